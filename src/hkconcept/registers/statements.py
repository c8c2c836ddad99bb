"""Between a register's rows and the ledger's statements: one subject per row, one attribute per column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from hkconcept.ledger.statement import JsonValue, Recorded, Statement
from hkconcept.model import SourceStatus
from hkconcept.registers.cells import parse_cell, write_cell
from hkconcept.registers.schema import Evidence, Row, Schema, Value

__all__ = ["Conflict", "rows_of", "statements_of"]

_RANK: Final[Mapping[str, int]] = {"official": 2, "press": 1, "recalled": 0}
_Place: TypeAlias = tuple[str, "dt.date | None", "dt.date | None"]
_Known: TypeAlias = tuple[dt.datetime, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values that stand for one column of one row at one moment: the one shown, and the one that is not."""

    subject: str
    column: str
    shown: str
    other: str
    source: str
    other_source: str

    def __str__(self) -> str:
        """Return the conflict as a sentence part."""
        return f"{self.subject}, {self.column}: {self.shown} ({self.source}) and {self.other} ({self.other_source})"


def statements_of(
    schema: Schema,
    row: Row,
    *,
    status: Literal["packaged", "accepted"] = "packaged",
    supersedes: Mapping[str, str] | None = None,
) -> Iterator[Statement]:
    """Yield one statement for each value that a row holds.

    Parameters
    ----------
    schema
        The register; its name becomes the subject kind, the row's key the subject, a column the attribute.
    row
        Without findings.
    status
        ``packaged`` for facts that come with the software, ``accepted`` for imported or reviewed ones.
    supersedes
        By column: the id of the statement that the new value corrects; see :attr:`Row.statements`.

    """
    subject = schema.subject(row)
    evidence = row.evidence
    replaced = supersedes or {}
    for column in schema.columns:
        value = row[column.name]
        if value is None:
            continue
        stated: dict[str, JsonValue] = {"value": write_cell(value), "status": evidence.status}
        if evidence.known_at_basis:
            stated["known_at_basis"] = evidence.known_at_basis
        yield Statement(
            subject_kind=schema.register,
            subject=subject,
            attribute=column.name,
            value=stated,
            known_at=evidence.known_at,
            status=status,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            source=evidence.source,
            supersedes=replaced.get(column.name),
        )


def rows_of(schema: Schema, recorded: Iterable[Recorded]) -> tuple[tuple[Row, ...], tuple[Conflict, ...]]:
    """Put rows together from the statements that stand at a moment (``ledger.as_of``).

    Where two statements stand for one column of one row, the one known later is shown, then the official before
    the press before memory; the other is a :class:`Conflict`, never dropped in silence. The order in which they
    were recorded does not matter.

    Returns
    -------
    tuple
        Rows in the order of their subjects, and the conflicts met.

    """
    columns = {column.name: column for column in schema.columns}
    places: dict[_Place, dict[str, Recorded]] = {}
    conflicts: list[Conflict] = []
    for one in recorded:
        statement = one.statement
        if statement.subject_kind != schema.register or statement.attribute not in columns:
            continue
        held = places.setdefault((statement.subject, statement.valid_from, statement.valid_to), {})
        other = held.setdefault(statement.attribute, one)
        if other is not one:
            first, last = sorted((other, one), key=_order)
            held[statement.attribute] = last
            if _text(first.statement) != _text(last.statement):
                conflicts.append(_conflict(last.statement, first.statement))
    ordered = sorted(places.items(), key=lambda item: (item[0][0], str(item[0][1] or ""), str(item[0][2] or "")))
    seen: dict[_Known, Evidence] = {}
    rows = tuple(_row(schema, place, held, seen) for place, held in ordered)
    return rows, tuple(sorted(conflicts, key=str))


def _conflict(shown: Statement, other: Statement) -> Conflict:
    return Conflict(shown.subject, shown.attribute, _text(shown), _text(other), shown.source, other.source)


def _order(one: Recorded) -> tuple[dt.datetime, int, bool, str]:
    statement = one.statement
    return (
        statement.known_at.known_by,
        _RANK.get(_status(statement), 0),
        statement.status == "accepted",
        one.id,
    )


def _row(schema: Schema, place: _Place, held: Mapping[str, Recorded], seen: dict[_Known, Evidence]) -> Row:
    values: dict[str, Value] = {}
    for column in schema.columns:
        if column.name in held:
            values[column.name] = parse_cell(column, _text(held[column.name].statement))
    # The row's own evidence is that of its key; values known with it or later keep theirs beside it.
    named = [held[name] for name in schema.key if name in held] or list(held.values())
    return Row(
        values=values,
        evidence=_evidence(min(named, key=_order).statement, seen),
        valid_from=place[1],
        valid_to=place[2],
        statements={name: one.id for name, one in held.items()},
        by_column={name: _evidence(one.statement, seen) for name, one in held.items()},
    )


def _evidence(statement: Statement, seen: dict[_Known, Evidence]) -> Evidence:
    # Most values of a row share their evidence, and making it is much of the cost of a view.
    basis = _member(statement.value, "known_at_basis")
    known = (statement.known_at.at, statement.known_at.precision, statement.source, _status(statement), basis)
    held = seen.get(known)
    if held is None:
        held = seen[known] = Evidence(
            known_at=statement.known_at,
            source=statement.source,
            status=_status(statement),
            known_at_basis=basis,
        )
    return held


def _status(statement: Statement) -> SourceStatus:
    word = _member(statement.value, "status")
    return "official" if word == "official" else "press" if word == "press" else "recalled"


def _text(statement: Statement) -> str:
    return _member(statement.value, "value")


def _member(value: JsonValue, name: str) -> str:
    return str(value.get(name) or "") if isinstance(value, Mapping) else ""
