"""The Python interface: the same steps as the command line, one call each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from hkconcept.errors import UsageError
from hkconcept.model import Document, Extraction, Moment
from hkconcept.note.contents import Note, NoteLanguage
from hkconcept.service.analyses import Analyses
from hkconcept.service.clock import now
from hkconcept.service.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hkconcept.ledger.sources import Source
    from hkconcept.registers.levels import Level
    from hkconcept.service.companies import Concerned
    from hkconcept.service.imports import ImportReport
    from hkconcept.service.registers import Register
    from hkconcept.service.review import Review

__all__ = ["Session", "WrittenNote", "extract", "moment", "open_concept", "open_session", "read"]

if TYPE_CHECKING:
    from hkconcept.service.concepts import Concept

_DEFAULT_CONCEPT = "cn-innovative-drugs"


def read(source: str | Path, *, published: str | None = None) -> Document:
    """Read a document from a path, ``-`` or an http(s) address, without a workspace.

    Parameters
    ----------
    source
        What to read.
    published
        When it was published, for example ``2026-01-08 08:07`` (Hong Kong time); overrides what it prints.

    Raises
    ------
    SourceError
        The source cannot be read; the sentence says why.

    """
    return _read(source, published, None)


def extract(document: Document, *, as_of: str | None = None) -> Extraction:
    """Return what is found in a document: mentions, figures, dates, events, checks, flags, each with its span.

    Figures are compared with the packaged registers as they could be known at ``as_of`` (default: now).
    """
    from hkconcept.linking import Gazetteer  # noqa: PLC0415 - loaded when something is to be linked
    from hkconcept.service.tracking import findings_as_of  # noqa: PLC0415 - as above

    return findings_as_of(document, Gazetteer.packaged(), as_of=_moment(as_of))


def open_concept(name_or_path: str | Path = _DEFAULT_CONCEPT) -> Concept:
    """Open a packaged concept by name, or any by the path of its definition; ask it as of a :func:`moment`.

    Raises
    ------
    NotAvailableError, SourceError
        There is no such concept, or its file breaks the contract.

    """
    from hkconcept.linking import Gazetteer  # noqa: PLC0415 - loaded when it is needed
    from hkconcept.service import concepts  # noqa: PLC0415 - as above

    return concepts.open_concept(name_or_path, Gazetteer.packaged())


def moment(text: str) -> Moment:
    """Read ``2026-01-08`` or ``2026-01-08 16:30`` (Hong Kong time) as a moment of knowledge."""
    return Moment.parse(text)


def open_session(path: str | Path | None = None) -> Session:
    """Open a workspace, making it from the packaged facts on first use; use it in a ``with`` block.

    Raises
    ------
    StoreError
        Another run is active, or the folder or its ledger cannot be used.

    """
    from hkconcept.service.facts import facts_version, packaged_facts  # noqa: PLC0415 - only a workspace needs them

    return Session(Workspace.open(path, now=now(), packaged=packaged_facts, packaged_version=facts_version()))


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """A note that can be saved; ``note`` holds its values."""

    note: Note
    document: Document

    def save(self, folder: str | Path) -> tuple[Path, ...]:
        """Write HTML, Markdown, JSON and charts into a folder of their own under ``folder``; return the paths."""
        from hkconcept.service.tracking import write_note  # noqa: PLC0415 - drawing is only needed here

        return write_note(self.note, self.document, out=Path(folder))


class Session(Analyses):
    """An open workspace and the steps of the main job."""

    def __init__(self, workspace: Workspace) -> None:
        """Keep an open workspace; use :func:`hkconcept.open` instead."""
        self.workspace = workspace

    def read(self, source: str | Path, *, published: str | None = None) -> Document:
        """Read a document and keep its bytes in the archive; see :func:`hkconcept.read`."""
        return _read(source, published, self.workspace.archive)

    def extract(self, document: Document, *, as_of: str | None = None) -> Extraction:
        """Return what is found in a document and record it in the ledger with its quotes."""
        from hkconcept.ledger.records import statements_of  # noqa: PLC0415 - only recording needs it

        found = extract(document, as_of=as_of)
        with self.workspace.run(command="extract", version=version("hkconcept"), as_of=_moment(as_of)) as run:
            self.workspace.ledger.record_document(document, statements_of(document, found), run=run)
        return found

    def note(
        self,
        document: Document,
        *,
        as_of: str | None = None,
        concept: str = _DEFAULT_CONCEPT,
        languages: Sequence[NoteLanguage] = (),
    ) -> WrittenNote:
        """Compose the note of a document as of a moment (default: now).

        ``languages`` are those of the note, ``zh`` and ``en``, in the order in which they are shown; without any it
        has both and begins with the document's own.

        Raises
        ------
        UsageError
            A language is neither ``zh`` nor ``en``, or is given twice.

        >>> import hkconcept as hk, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, hk.open(folder + "/desk") as desk:
        ...     written = desk.note(desk.read(hk.sample("zh")), as_of="2026-02-01", languages=("zh",))
        >>> written.note.languages, written.note.policy.first_public.day.isoformat()
        (('zh',), '2026-01-07')

        """
        from hkconcept.linking import Gazetteer  # noqa: PLC0415 - as above
        from hkconcept.service import concepts  # noqa: PLC0415 - as above
        from hkconcept.service.tracking import compose_note, findings_as_of  # noqa: PLC0415 - as above

        if len(set(languages)) != len(languages) or set(languages) - {"zh", "en"}:
            what = f"{', '.join(map(repr, languages))} are not languages of a note"
            raise UsageError(what, where="languages", todo="give 'zh', 'en' or both, each once")
        # One moment for the findings and the note: "now" asked twice would be two moments.
        moment, gazetteer = _moment(as_of), Gazetteer.packaged()
        found = findings_as_of(document, gazetteer, as_of=moment)
        opened = concepts.open_concept(concept, gazetteer)
        note = compose_note(document, found, opened, as_of=moment, languages=languages)
        return WrittenNote(note, document)

    def register(self, name: str) -> Register:
        """Open a register, such as ``approvals``; ask it ``.as_of("2026-01-08")``.

        Raises
        ------
        UsageError
            There is no register of that name.

        """
        from hkconcept.service.registers import open_register  # noqa: PLC0415 - only a register needs them

        return open_register(self.workspace, name)

    def companies(self, drug: str, *, as_of: str) -> Concerned:
        """Return the listed companies that a drug, an approval or a deal concerns, and since when one could know.

        Raises
        ------
        NotAvailableError
            Nothing held at that moment has this name.

        """
        from hkconcept.service.companies import companies  # noqa: PLC0415 - as above

        return companies(self.workspace, drug, as_of=Moment.parse(as_of))

    def payment_level(self, drug: str, *, day: str, as_of: str) -> Level:
        """Return at which level a drug is paid on a day: basic, commercial, neither, or unknown with the reason."""
        from hkconcept.service.companies import payment_level  # noqa: PLC0415 - as above

        return payment_level(self.workspace, drug, day=dt.date.fromisoformat(day), as_of=Moment.parse(as_of))

    def import_file(  # noqa: PLR0913 - keyword-only choices of one import
        self,
        register: str,
        path: str | Path,
        *,
        map_name: str = "",
        sheet: str = "",
        published: str | None = None,
        url: str = "",
        given: Mapping[str, str] | None = None,
        dry_run: bool = False,
    ) -> ImportReport:
        """Import an official list or an export into a register, all of it or nothing; a dry run says what would change.

        Raises
        ------
        ImportRefusedError
            The file has faults; its ``findings`` name row and column of each.
        SourceError, UsageError
            The file cannot be read, no map fits it, or it does not say when it was published.

        """
        from hkconcept.readers.tables import read_table_file  # noqa: PLC0415 - only an import needs them
        from hkconcept.service.imports import import_file  # noqa: PLC0415 - as above

        return import_file(
            self.workspace,
            register,
            read_table_file(str(path)),
            now=now(),
            version=version("hkconcept"),
            map_name=map_name,
            sheet=sheet,
            published=Moment.parse(published) if published else None,
            url=url,
            given=given,
            dry_run=dry_run,
        )

    def sources(self) -> tuple[Source, ...]:
        """Return where everything recorded was read: address, publisher, moments of publication and of the fetch.

        >>> import hkconcept as hk, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, hk.open(folder + "/desk") as desk:
        ...     _ = desk.extract(desk.read(hk.sample("en"), published="2026-01-08 08:07"))
        ...     str(desk.sources()[0].published[0])
        '2026-01-08 08:07 HKT'

        """
        return self.workspace.ledger.sources()

    def review(self) -> Review:
        """Open the queue of facts found by machine; ask it ``.queue()``, and ``.accept(item, by="...")``."""
        from hkconcept.service.review import Review  # noqa: PLC0415 - only a review needs it

        return Review(self.workspace, now=now(), version=version("hkconcept"))

    def close(self) -> None:
        """Close the workspace."""
        self.workspace.close()

    def __enter__(self) -> Self:
        """Return the session."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the workspace."""
        self.close()


def _moment(text: str | None) -> Moment:
    return Moment.parse(text) if text else now()


def _read(source: str | Path, published: str | None, archive: Path | None) -> Document:
    import sys  # noqa: PLC0415 - standard input is only looked at when something is read

    from hkconcept.readers import Archive  # noqa: PLC0415 - as above
    from hkconcept.readers import read as read_source  # noqa: PLC0415 - as above
    from hkconcept.text import detect_language  # noqa: PLC0415 - as above

    return read_source(
        str(source),
        stdin=sys.stdin.buffer,
        archive=Archive(archive) if archive else None,
        now=now(),
        published=Moment.parse(published) if published else None,
        detect_language=detect_language,
    )
