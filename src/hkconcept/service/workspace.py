"""The folder in which everything lives that is kept between runs: ledger, archive, notes."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from hkconcept.errors import HkconceptError, StoreError
from hkconcept.ledger.statement import Statement
from hkconcept.model import Moment
from hkconcept.service.durable import TEMPORARY, refusals_told, write_atomically
from hkconcept.service.lock import RunLock

if TYPE_CHECKING:
    from hkconcept.ledger.store import Ledger

__all__ = ["FORMAT", "Workspace", "default_folder"]

FORMAT = 1
"""Format of the folder's layout; the ledger inside has a format of its own."""

_MARK = "workspace.json"
_LOCK = "workspace.lock"
_LEDGER = "ledger.sqlite"
_OWN = {_MARK, _LOCK, _LEDGER, f"{_LEDGER}-wal", f"{_LEDGER}-shm", f"{_LEDGER}-journal", "archive", "notes"}


def default_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the workspace used when none is named.

    That is ``HKCONCEPT_HOME``, or ``hkconcept`` in the user's data folder (``XDG_DATA_HOME``, by default
    ``~/.local/share``).

    >>> default_folder({"HKCONCEPT_HOME": "/srv/hk"}).as_posix()
    '/srv/hk'
    >>> default_folder({"XDG_DATA_HOME": "/data"}).as_posix()
    '/data/hkconcept'

    """
    if named := environment.get("HKCONCEPT_HOME"):
        return _expanded(Path(named))
    data = environment.get("XDG_DATA_HOME", "")
    # The base-directory rules say that a relative XDG_DATA_HOME is to be ignored.
    return (Path(data) if data.startswith("/") else _expanded(Path("~/.local/share"))) / "hkconcept"


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise StoreError(
            "the home folder is not known", where=str(path), todo="set HKCONCEPT_HOME to a folder"
        ) from error


def _no_facts() -> Iterable[Statement]:
    return ()


class Workspace:
    """An open workspace. Only one run at a time may hold it; close it, or use a ``with`` block.

    Attributes
    ----------
    folder, archive, notes
        The folder, and in it the folders of raw sources and of finished notes.
    ledger
        The open :class:`~hkconcept.ledger.store.Ledger`.
    made
        Whether this run made the workspace.
    loaded
        Number of statements that loading the packaged facts wrote in this run; 0 when they were there.

    """

    write_atomically = staticmethod(write_atomically)

    def __init__(self, folder: Path, ledger: Ledger, held: ExitStack, *, made: bool, loaded: int) -> None:
        """Keep what :meth:`open` has opened; use that instead."""
        self.folder = folder
        self.archive = folder / "archive"
        self.notes = folder / "notes"
        self.ledger = ledger
        self.made = made
        self.loaded = loaded
        self._held = held

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        now: Moment,
        packaged: Callable[[], Iterable[Statement]] = _no_facts,
        packaged_version: str = "",
    ) -> Self:
        """Open a workspace, making it on first use.

        Parameters
        ----------
        path
            Its folder; :func:`default_folder` when ``None``.
        now
            The present moment; what is recorded is dated from it, plus the time that has passed since.
        packaged
            Gives the packaged facts; only called when another version of them is loaded.
        packaged_version
            A hash of those facts; empty for none.

        Raises
        ------
        StoreError
            When another run is active, or the folder or its ledger cannot be used; it names the path.

        """
        folder = default_folder() if path is None else _expanded(Path(path))
        with ExitStack() as held:
            with refusals_told("the workspace cannot be made", folder):
                folder.mkdir(parents=True, exist_ok=True)
            _refuse_foreign(folder)  # before anything is put into it
            held.enter_context(RunLock(folder / _LOCK, now=now))
            made = _mark(folder, now)
            with refusals_told("the workspace cannot be made", folder):
                for part in (folder / "archive", folder / "notes"):
                    part.mkdir(exist_ok=True)
                for left in (*folder.glob(TEMPORARY), *folder.glob(f"notes/{TEMPORARY}")):
                    left.unlink(missing_ok=True)

            from hkconcept.ledger.store import Ledger  # noqa: PLC0415 - brings the database toolkit, 0.2 to 0.4 s

            ledger = held.enter_context(Ledger.open(folder / _LEDGER, clock=_clock_from(now)))
            loaded = 0
            # Registers loaded later add themselves to the version, behind a plus sign.
            if packaged_version and (ledger.packaged_version or "").partition("+")[0] != packaged_version:
                loaded = ledger.restate_packaged(packaged(), version=packaged_version)
            return cls(folder, ledger, held.pop_all(), made=made, loaded=loaded)

    @contextmanager
    def run(self, *, command: str, version: str, as_of: Moment | None = None) -> Iterator[str]:
        """Note a run in the ledger around a block; gives its id. How it ended is noted too, also when it failed."""
        run = self.ledger.begin_run(command=command, version=version, as_of=as_of)
        try:
            yield run
        except BaseException as error:
            # The error that ended the run is the one to show, not that its end could not be noted.
            with suppress(HkconceptError):
                self.ledger.finish_run(run, outcome=f"failed: {error or type(error).__name__}")
            raise
        self.ledger.finish_run(run, outcome="finished")

    def close(self) -> None:
        """Close the ledger and let the next run in."""
        self._held.close()

    def __enter__(self) -> Self:
        """Return the workspace."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the workspace."""
        self.close()


def _clock_from(now: Moment) -> Callable[[], dt.datetime]:
    started = time.monotonic()
    return lambda: now.at + dt.timedelta(seconds=time.monotonic() - started)


def _refuse_foreign(folder: Path) -> None:
    with refusals_told("the workspace cannot be read", folder):
        names = {item.name for item in folder.iterdir() if not item.match(TEMPORARY)}
    if _MARK not in names and names - _OWN:
        what = f"this folder is no workspace: it holds {min(names - _OWN)!r} and has no {_MARK}"
        raise StoreError(what, where=str(folder), todo="give an empty or a new folder")


def _mark(folder: Path, now: Moment) -> bool:
    """Check the mark of a workspace, or set it in a new one; say whether it was set."""
    mark = folder / _MARK
    with refusals_told("the workspace cannot be read", mark):
        held = mark.read_bytes() if mark.exists() else None
    if held is not None:
        _check_format(mark, held)
        return False
    write_atomically(mark, json.dumps({"format": FORMAT, "made": now.at.isoformat()}).encode() + b"\n")
    return True


def _check_format(mark: Path, data: bytes) -> None:
    try:
        found = json.loads(data)["format"]
    except (ValueError, KeyError, TypeError):
        found = None
    if not isinstance(found, int) or isinstance(found, bool):
        what = "the mark of this workspace is damaged"
        raise StoreError(what, where=str(mark), todo=f'write {{"format": {FORMAT}}} into it')
    if found > FORMAT:
        what = f"this workspace has format {found} and this version of hkconcept knows formats up to {FORMAT}"
        raise StoreError(what, where=str(mark.parent), todo="upgrade hkconcept, or give another workspace")
