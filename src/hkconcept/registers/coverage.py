"""How much of what there is a register holds: every view that counts prints its denominator and what is missing."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hkconcept.errors import SourceError
from hkconcept.model import Moment, SourceStatus
from hkconcept.registers.conditions import Condition, matching, parse_condition
from hkconcept.registers.rows import read_table, status_of
from hkconcept.registers.schema import Row, Schema

__all__ = ["Coverage", "Denominator", "Share", "coverage", "denominators"]

_COLUMNS: Final = (
    "register", "id", "what_en", "what_zh", "where", "counted", "relation", "total", "vendor", "known_at",
    "known_at_basis", "source", "status",
)  # fmt: skip

_NUMBERS: Final = (("acceptance_no", "acceptance number"), ("approval_no", "approval number"))


@dataclass(frozen=True, slots=True)
class Denominator:
    """A number that somebody counted, which rows of a register can be held against.

    ``conditions`` say which rows belong to it, ``counted`` which column's distinct values are counted (the rows
    themselves when empty). ``relation`` is ``exact`` or ``over``.
    """

    id: str
    what_en: str
    what_zh: str
    conditions: tuple[Condition, ...]
    counted: str
    relation: str
    total: int
    vendor: str
    known_at: Moment
    source: str
    status: SourceStatus


@dataclass(frozen=True, slots=True)
class Share:
    """How much of one denominator is held."""

    denominator: Denominator
    held: int

    @property
    def missing(self) -> int:
        """How many are not held; 0 when more rows are held than were counted."""
        return max(self.denominator.total - self.held, 0)

    def __str__(self) -> str:
        """Return ``61 of 76 innovative drugs of 2025 by name (NMPA), 15 missing``."""
        one = self.denominator
        bound = "over " if one.relation == "over" else ""
        missing = f", {self.missing} missing" if self.missing else ""
        if self.missing and bound:
            missing = f", at least {self.missing} missing"
        recalled = ", recalled" if one.status == "recalled" else ""
        return f"{self.held} of {bound}{one.total:,} {one.what_en} ({one.vendor}{recalled}){missing}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a view rests on: its rows, the shares of the denominators known at its moment, and what stays unknown.

    ``numbers`` say for how many rows an authority's number is held, ``conflicts`` are values that contradict each
    other, ``open`` published sums that do not come out, ``early`` says that single rows were known before the register
    became systematic (``unknown_before``).
    """

    rows: int
    shares: tuple[Share, ...]
    denominator: str
    unknown_before: dt.date | None
    conflicts: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    early: bool = False
    numbers: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """One sentence part per share, conflict and limit, in that order."""
        told = [str(share) for share in self.shares]
        if not told:
            told.append(
                f"no count to hold the {self.rows:,} rows against was known; complete would be: {self.denominator}"
            )
        told += self.numbers
        told += [f"open: {one}" for one in self.open]
        told += [f"two values stand: {one}" for one in self.conflicts]
        if self.unknown_before is not None:
            single = ", but for single rows" if self.early else ""
            told.append(f"unknown before {self.unknown_before}{single}")
        return tuple(told)

    def __str__(self) -> str:
        """Return the lines as one sentence part."""
        return "; ".join(self.lines)


def coverage(
    schema: Schema,
    rows: Sequence[Row],
    *,
    as_of: Moment,
    conflicts: Sequence[str] = (),
    still_open: Sequence[str] = (),
) -> Coverage:
    """Hold all rows of a register, as they stood at a moment, against the counts that were known at it."""
    shares = []
    for one in denominators(schema):
        if one.known_at.known_by <= as_of.known_by:
            hits = matching(rows, one.conditions)
            names = {row.text(one.counted) or schema.subject(row) for row in hits} if one.counted else hits
            shares.append(Share(one, len(names)))
    begins = schema.unknown_before
    return Coverage(
        len(rows),
        tuple(shares),
        schema.denominator,
        begins,
        tuple(conflicts),
        tuple(still_open),
        early=begins is not None and any(row.evidence.known_at.day < begins for row in rows),
        numbers=tuple(_numbers_held(schema, rows)),
    )


def _numbers_held(schema: Schema, rows: Sequence[Row]) -> Iterator[str]:
    """Say for how many rows an authority's number is held: few sources print one, and none is filled in."""
    for name, told in _NUMBERS:
        if schema.column(name) is not None and name not in schema.key and rows:
            held = sum(row[name] is not None for row in rows)
            yield f"{told} held for {held:,} of {len(rows):,} rows"


def denominators(schema: Schema) -> tuple[Denominator, ...]:
    """Return the counts that a register can be held against, in the order of the table.

    Raises
    ------
    SourceError
        A row of the packaged table cannot be read; it is named.

    """
    return tuple(_denominator(schema, row, where) for where, row in _table() if row["register"] == schema.register)


@functools.cache
def _table() -> tuple[tuple[str, dict[str, str]], ...]:
    return tuple(read_table("denominators.csv", _COLUMNS))


def _denominator(schema: Schema, row: dict[str, str], where: str) -> Denominator:
    if row["relation"] not in ("exact", "over") or not row["source"] or not row["vendor"]:
        raise SourceError("a source, a vendor and the relation exact or over are required", where=where)
    try:
        return Denominator(
            id=row["id"],
            what_en=row["what_en"],
            what_zh=row["what_zh"],
            conditions=tuple(parse_condition(schema, one) for one in row["where"].split(";") if one),
            counted=row["counted"],
            relation=row["relation"],
            total=int(row["total"]),
            vendor=row["vendor"],
            known_at=Moment.parse(row["known_at"]),
            source=row["source"],
            status=status_of(row["status"], where),
        )
    except ValueError as error:
        raise SourceError(str(error), where=where) from error
