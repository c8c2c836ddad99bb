"""What a register's rows must look like: columns with types and bounds, keys, and checks across columns and rows.

A schema refuses nothing by itself: it collects findings, each naming the row and the column, so that a file
with three faults is told once and not three times. Only rows without findings may enter a register.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from hkconcept.model import Moment, PartialDate, SourceStatus

__all__ = [
    "EVIDENCE",
    "Check",
    "Column",
    "ColumnType",
    "Evidence",
    "Finding",
    "Row",
    "Schema",
    "Value",
]

Value: TypeAlias = str | Decimal | int | dt.date | PartialDate | None
"""A typed cell: text, code and choice are strings; ``None`` is empty."""

EVIDENCE: Final = ("valid_from", "valid_to", "known_at", "known_at_basis", "source", "status")
"""The columns that close every table: when the row holds, from when it could be known, from where, and how surely."""


class ColumnType(StrEnum):
    """What a column holds."""

    TEXT = "text"
    CODE = "code"  # digits or letters that are a name, never a number: 01276, XA16AB, CXHS2300040
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    PARTIAL_DATE = "partial date"  # 2025-01-16, 2025-01, 2025-Q1, 2025-H1 or 2025
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Parameters
    ----------
    name
        Its name in the packaged table, in exports and as the attribute in the ledger.
    type
        What it holds.
    meaning
        What a value says, in a few words; shown in the reference and in the export's first sheet.
    required
        Whether every row needs it.
    unit
        Unit of a number: ``currency units`` for money in base units of the row's currency, ``%``, ``drugs``.
    minimum, maximum
        Bounds of a number, included; ``None`` is open.
    choices
        The words allowed in a choice.
    pattern
        A regular expression that a code must match in full, and the sentence part that says so.
    shape
        What the pattern asks for, in words: ``five digits such as 01801``.

    """

    name: str
    type: ColumnType
    meaning: str
    required: bool = False
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()
    pattern: str = ""
    shape: str = ""

    def fault(self, value: Value) -> str | None:
        """Say what is wrong with a typed value, or ``None`` when it may stand.

        >>> Column(name="drugs", type=ColumnType.INTEGER, meaning="number of drugs", minimum=Decimal(0)).fault(-3)
        '-3 is below the minimum 0'

        """
        if value is None or value == "":
            return "a value is required" if self.required else None
        if isinstance(value, (Decimal, int)):
            return self._number_fault(value)
        if self.type is ColumnType.CHOICE and value not in self.choices:
            return f"{value!r} is none of {', '.join(self.choices)}"
        if self.pattern and not re.fullmatch(self.pattern, str(value)):
            return f"{str(value)!r} is not {self.shape or self.pattern}"
        return None

    def _number_fault(self, value: Decimal | int) -> str | None:
        if isinstance(value, Decimal) and not value.is_finite():
            return f"{value} is not a number"
        if self.minimum is not None and value < self.minimum:
            return f"{value} is below the minimum {self.minimum}"
        if self.maximum is not None and value > self.maximum:
            return f"{value} is above the maximum {self.maximum}"
        return None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a table: the place, the row's key, the column (empty for the row as a whole), the reason."""

    where: str
    row: str
    column: str
    message: str

    def __str__(self) -> str:
        """Return one sentence part: place, row, column, reason.

        >>> str(Finding("deals.csv line 7", "202301-mabwell-9mw3011", "total", "5 is below upfront 10"))
        "deals.csv line 7, row '202301-mabwell-9mw3011', column 'total': 5 is below upfront 10"

        """
        place = ", ".join(
            part
            for part in (self.where, f"row {self.row!r}" if self.row else "", f"column {self.column!r}")
            if part and part != "column ''"
        )
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a row is known from, and from when.

    ``known_at`` is when the public could know it; where only a month is printed, the end of that month, and
    ``known_at_basis`` says so. ``status`` says how: ``official``, ``press`` or ``recalled``.
    """

    known_at: Moment
    source: str
    status: SourceStatus
    known_at_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: typed values by column name, with the days on which they hold and their evidence.

    Parameters
    ----------
    values
        Typed values of the schema's columns; absent and ``None`` are the same: not held.
    evidence
        Of the row as read; a row put together from a ledger has that of its key.
    valid_from, valid_to
        The days on which the row holds: first included, last excluded; ``None`` is unknown or open.
    where
        The file and line, or the sheet and row, that it was read from; not part of the row's identity.
    statements
        For a row put together from a ledger: the id of the statement behind each value, so that a correction
        can name what it supersedes.
    by_column
        For such a row: the evidence of each value, which may have become known at different moments.

    """

    values: Mapping[str, Value]
    evidence: Evidence
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    where: str = ""
    statements: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    by_column: Mapping[str, Evidence] = field(default_factory=lambda: MappingProxyType({}))

    def __getitem__(self, column: str) -> Value:
        """Return a value, ``None`` when it is not held."""
        return self.values.get(column)

    def text(self, column: str) -> str:
        """Return a value as it is written in a table; empty when it is not held."""
        value = self.values.get(column)
        if value is None:
            return ""
        return f"{value:f}" if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True, slots=True)
class Check:
    """A rule across the columns of one row; ``fault`` says what is wrong, or gives ``None``."""

    column: str
    fault: Callable[[Row], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A register's shape.

    Parameters
    ----------
    register
        Its name, also the subject kind of its statements in the ledger.
    title
        What it lists, in a few words.
    key
        The columns that name a row, of which not all may be empty; two rows of one key must differ in the days
        on which they hold.
    columns
        In the order of the table; the evidence columns are implied and close every table.
    checks
        Rules across the columns of a row.
    across
        A rule across rows: given all of them, it yields findings.
    denominator
        What a complete register would list, in words.
    unknown_before
        The day before which the packaged rows are single finds at most: an answer about an earlier moment is
        "unknown", not "none".

    """

    register: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    checks: tuple[Check, ...] = ()
    across: Callable[[Sequence[Row]], Iterable[Finding]] | None = None
    denominator: str
    unknown_before: dt.date | None = None

    def __post_init__(self) -> None:
        """Refuse a schema whose key is not among its columns or that names a column twice."""
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names) or set(names) & set(EVIDENCE):
            msg = f"schema {self.register}: a column is named twice or as an evidence column"
            raise ValueError(msg)
        if not set(self.key) <= set(names):
            msg = f"schema {self.register}: key {self.key} is not among the columns"
            raise ValueError(msg)

    @property
    def header(self) -> tuple[str, ...]:
        """The column names of a table in this register's form, evidence last."""
        return (*(column.name for column in self.columns), *EVIDENCE)

    def column(self, name: str) -> Column | None:
        """Return a column by name, ``None`` when there is none."""
        return next((column for column in self.columns if column.name == name), None)

    def subject(self, row: Row) -> str:
        """Return the name of a row in the ledger: its key values, joined by ``|``."""
        return "|".join(row.text(column) for column in self.key)

    def findings(self, rows: Sequence[Row]) -> tuple[Finding, ...]:
        """Return everything wrong in rows: unknown columns, values out of bounds, failed checks, duplicate keys.

        Parameters
        ----------
        rows
            All rows of one table, so that duplicates are seen.

        """
        found: list[Finding] = []
        for row in rows:
            found += self._of_row(row)
        found += self._duplicates(rows)
        if self.across is not None:
            found += self.across(rows)
        return tuple(found)

    def _of_row(self, row: Row) -> Iterable[Finding]:
        subject = self.subject(row)

        def at(column: str, message: str) -> Finding:
            return Finding(row.where, subject, column, message)

        known = {column.name for column in self.columns}
        yield from (at(name, f"{self.register} has no such column") for name in row.values if name not in known)
        for column in self.columns:
            if fault := column.fault(row[column.name]):
                yield at(column.name, fault)
        if not subject.strip("|"):
            yield at(self.key[0], "the key is empty")
        if row.valid_from is not None and row.valid_to is not None and row.valid_to <= row.valid_from:
            yield at("valid_to", f"{row.valid_to} is not after valid_from {row.valid_from} (the end is excluded)")
        if not row.evidence.source:
            yield at("source", "a source is required")
        yield from (at(check.column, fault) for check in self.checks if (fault := check.fault(row)))

    def _duplicates(self, rows: Sequence[Row]) -> Iterable[Finding]:
        first: dict[tuple[str, dt.date | None, dt.date | None], Row] = {}
        for row in rows:
            subject = self.subject(row)
            seen = first.setdefault((subject, row.valid_from, row.valid_to), row)
            if seen is not row:
                other = f" (first at {seen.where})" if seen.where else ""
                yield Finding(row.where, subject, self.key[0], f"the key stands twice for the same days{other}")
