"""One run at a time: an advisory lock that the system itself releases when its holder dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from hkconcept.errors import StoreError
from hkconcept.model import Moment
from hkconcept.service.durable import refusals_told

__all__ = ["RunLock"]

_LONGEST = 200


class RunLock:
    """The right to write in a workspace, held by one process at a time.

    The file says who holds it; the lock itself is the system's, so a killed run leaves nothing to clean up.

    Parameters
    ----------
    path
        The lock file; it is made when it is not there and never removed, since removing it would race.
    now
        When this run started.

    Raises
    ------
    StoreError
        When another run holds the lock, with its process id and the time of its start.

    """

    def __init__(self, path: Path, *, now: Moment) -> None:
        """Take the lock, or refuse at once."""
        with refusals_told("the workspace cannot be locked", path):
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.read(self._handle, _LONGEST).decode("utf-8", "replace").strip()
                os.close(self._handle)
                who = f"another run is active ({holder})" if holder else "another run is active"
                raise StoreError(who, where=str(path.parent), todo="wait for it to end, or end it") from None
            except OSError:
                os.close(self._handle)
                raise
            self._say(f"pid {os.getpid()} since {now}\n")

    def _say(self, text: str) -> None:
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, text.encode(), 0)

    def release(self) -> None:
        """Give the lock back; doing so twice is harmless."""
        if self._handle >= 0:
            handle, self._handle = self._handle, -1
            try:
                os.ftruncate(handle, 0)
            finally:
                os.close(handle)

    def __enter__(self) -> Self:
        """Return the lock."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back."""
        self.release()
