"""Importing a file into a register: archived, read by its map, compared, and recorded whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hkconcept.errors import SourceError, UsageError
from hkconcept.model import Moment
from hkconcept.readers.archive import Archive
from hkconcept.readers.tables import TableFile
from hkconcept.registers.difference import Change, diff
from hkconcept.registers.imports import ColumnMap, Fit, Imported, choose_map, fit, published_above, read_by_map
from hkconcept.registers.schema import Finding, Row
from hkconcept.registers.statements import rows_of
from hkconcept.service.import_statements import new_statements, overtaken_by, table_document
from hkconcept.service.registers import open_register
from hkconcept.service.workspace import Workspace

__all__ = ["ImportRefusedError", "ImportReport", "import_file"]

_TOLD = 3


class ImportRefusedError(SourceError):
    """A file with faults: nothing of it was imported. ``findings`` are all of them, each with row and column."""

    def __init__(self, findings: Sequence[Finding], *, where: str) -> None:
        """Tell the first faults in the sentence, and how many there are."""
        self.findings = tuple(findings)
        count = len(self.findings)
        told = "; ".join(str(finding).removeprefix(f"{where}, ") for finding in self.findings[:_TOLD])
        more = f"; and {count - _TOLD} more" if count > _TOLD else ""
        what = f"nothing was imported, because of {count} fault{'s' if count > 1 else ''}: {told}{more}"
        super().__init__(what, where=where, todo="correct the file and import it again")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, or would do.

    Parameters
    ----------
    register, map, table
        The register, the map's name, and where in the file the table stands.
    sha256
        Of the file; names its snapshot.
    published
        The moment from which the rows were public; ``None`` when each row has its own.
    read, left_out, ignored
        Number of rows read; numbers of rows left out, by reason; columns ignored, each with its reason.
    added, changed
        Rows that the register did not hold; changes of values that it did, column by column.
    unchanged
        Number of rows that say nothing new.
    not_in_file
        Names of the register's rows that the file does not list; they stay.
    recorded
        Number of statements written; 0 for a dry run, and when the file was imported before.
    dry_run
        Whether nothing was to be written.

    """

    register: str
    map: str
    table: str
    sha256: str
    published: Moment | None
    read: int
    left_out: Mapping[str, int]
    ignored: tuple[tuple[str, str], ...]
    added: tuple[Row, ...]
    changed: tuple[Change, ...]
    unchanged: int
    not_in_file: tuple[str, ...]
    recorded: int
    dry_run: bool


def import_file(  # noqa: PLR0913 - the choices of one import, each named by its caller
    workspace: Workspace,
    register: str,
    file: TableFile,
    *,
    now: Moment,
    version: str,
    map_name: str = "",
    sheet: str = "",
    published: Moment | None = None,
    url: str = "",
    given: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Import a file into a register, all of it or nothing, in one transaction.

    The file is compared with the register as it could be known when the file was published, so that importing an old
    edition late never undoes what a newer one said. Values that the register has and the file does not are kept: a
    table that does not list something has not denied it. Every statement quotes the row of the file. The ledger also
    keeps who published the file, when, and ``url``, the address that it was fetched from.

    Raises
    ------
    ImportRefusedError
        The file has faults.
    SourceError, UsageError
        The file, the map or the options do not fit together.

    """
    column_map = choose_map(register, file.tables, map_name, where=file.name)
    fitted = fit(column_map, file.tables, sheet=sheet)
    moment = published or published_above(fitted) or file.published
    if moment is not None and moment.at > now.at:
        raise UsageError(f"{moment} is still to come", where="--published", todo="give the moment of publication")
    _refuse_undated(fitted, moment)
    open_register(workspace, register)
    archive = Archive(workspace.archive)
    sha256 = _sha256(file.content) if dry_run else archive.put(file.content)
    held = workspace.ledger.as_of(known=moment or now, valid=None, subject_kind=register)
    old, _ = rows_of(column_map.schema, held)
    imported = read_by_map(
        fitted,
        published=moment,
        source=f"{column_map.publisher}; {file.name}, sha256 {sha256[:12]}",
        given=_checked(given or {}, column_map),
        held={column_map.schema.subject(row): row for row in old},
    )
    late = [_late(row, now) for row in imported.rows if row.evidence.known_at.at > now.at]
    if imported.findings or late:
        raise ImportRefusedError((*imported.findings, *late), where=file.name)
    imported = _aligned(imported, column_map, old)
    difference = diff(column_map.schema, old, imported.rows)
    document, spans = table_document(file, fitted, sha256, moment=moment, url=url, now=now)
    statements = tuple(new_statements(difference, imported, document, spans, held))
    overtaken = tuple(overtaken_by(statements, workspace.ledger, now)) if statements else ()
    recorded = 0
    if not dry_run:
        with workspace.run(command=f"import {register}", version=version) as run:
            # First what takes back: a run that is killed in between has then changed no answer.
            recorded = workspace.ledger.record(overtaken, run=run) if overtaken else 0
            recorded += workspace.ledger.record_document(document, statements, size=len(file.content), run=run)
    new = {(one.subject, one.attribute) for one in statements}
    touched = {subject for subject, _ in new}
    return ImportReport(
        register=register,
        map=column_map.name,
        table=fitted.table.place(fitted.header),
        sha256=sha256,
        published=moment,
        read=imported.read,
        left_out=imported.left_out,
        ignored=imported.ignored,
        added=difference.added,
        changed=tuple(one for one in difference.changes if one.new and (one.subject, one.column) in new),
        unchanged=sum(column_map.schema.subject(row) not in touched for row in imported.rows),
        not_in_file=tuple(dict.fromkeys(column_map.schema.subject(row) for row in difference.removed)),
        recorded=recorded,
        dry_run=dry_run,
    )


def _aligned(imported: Imported, column_map: ColumnMap, old: Sequence[Row]) -> Imported:
    """Take a row for the register's row of the same name although their days differ: the date is what is corrected.

    Only where a row is an event and holds from its day on; an agreement of another period is another row.
    """
    if not column_map.valid_from or column_map.valid_to:
        return imported
    schema = column_map.schema
    places: dict[str, list[Row]] = {}
    for row in old:
        places.setdefault(schema.subject(row), []).append(row)
    rows = []
    for row in imported.rows:
        held = places.get(schema.subject(row), [])
        only = held[0] if len(held) == 1 else row
        rows.append(replace(row, valid_from=only.valid_from, valid_to=only.valid_to))
    return replace(imported, rows=tuple(rows))


def _sha256(content: bytes) -> str:
    import hashlib  # noqa: PLC0415 - only a dry run hashes without storing

    return hashlib.sha256(content).hexdigest()


def _checked(given: Mapping[str, str], column_map: ColumnMap) -> Mapping[str, str]:
    for name in given:
        if column_map.schema.column(name) is None:
            known = ", ".join(column.name for column in column_map.schema.columns)
            what = f"the register {column_map.schema.register} has no column {name!r}"
            raise UsageError(what, where="--set", todo=f"choose one of {known}")
    return given


def _refuse_undated(fitted: Fit, moment: Moment | None) -> None:
    own = any("known_at" in rule.to for _, rule in fitted.rules)
    if moment is None and not fitted.map.known_at and not own:
        what = "the file does not say when it was published, and from then on its rows could be known"
        raise UsageError(what, where=fitted.table.where, todo="give --published, for example --published 2025-12-07")


def _late(row: Row, now: Moment) -> Finding:
    return Finding(row.where, "", "known_at", f"{row.evidence.known_at} is still to come on {now}")
