"""Reading the cells of a table into typed values: strictly, from text as well as from a spreadsheet's own types."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from hkconcept.errors import SourceError
from hkconcept.model import Moment, PartialDate
from hkconcept.registers.rows import status_of
from hkconcept.registers.schema import EVIDENCE, Column, ColumnType, Evidence, Finding, Row, Schema, Value

__all__ = ["parse_cell", "parse_row", "read_rows", "write_cell"]

# Beyond this a cell is no figure or name of a register but a text that strayed into it.
_LONGEST: Final = 4000
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


def parse_cell(column: Column, cell: object) -> Value:
    """Read one cell.

    Parameters
    ----------
    column
        What the cell must hold.
    cell
        Text, or what a spreadsheet gives: a number, a date, ``None``. Text is stripped; empty text is ``None``.

    Raises
    ------
    ValueError
        The cell cannot be such a value; the message is a sentence part without place.

    >>> parse_cell(Column(name="total", type=ColumnType.DECIMAL, meaning="total"), "1,250,000,000")
    Decimal('1250000000')
    >>> parse_cell(Column(name="hk_code", type=ColumnType.CODE, meaning="stock code"), 1276)
    Traceback (most recent call last):
    ValueError: 1276 is a number, and a code is text; leading zeros may be lost: format the column as text

    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, bool):
        msg = f"{cell} is a truth value, not {column.type.value}"
        raise ValueError(msg)  # noqa: TRY004 - one error type for every unreadable cell
    if isinstance(cell, str):
        if len(cell) > _LONGEST:
            msg = f"the cell has {len(cell)} characters, more than {_LONGEST}"
            raise ValueError(msg)
        return _from_text(column, cell.strip())
    return _from_object(column, cell)


def _from_text(column: Column, text: str) -> Value:
    if column.type is ColumnType.DECIMAL or column.type is ColumnType.INTEGER:
        return _number(column, text)
    if column.type is ColumnType.DATE:
        return dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else _no(text, "2026-01-07")
    if column.type is ColumnType.PARTIAL_DATE:
        return PartialDate.parse(text)
    return text


def _number(column: Column, text: str) -> Value:
    if not _NUMBER.fullmatch(text):
        msg = f"{text!r} is not a number"
        raise ValueError(msg)
    plain = text.replace(",", "")
    if column.type is ColumnType.DECIMAL:
        return Decimal(plain)
    if "." in plain:
        msg = f"{text!r} is not a whole number"
        raise ValueError(msg)
    return int(plain)


def _no(text: str, example: str) -> Value:
    msg = f"{text!r} is not a date of the form {example}"
    raise ValueError(msg)


def _from_object(column: Column, cell: object) -> Value:
    if column.type in (ColumnType.TEXT, ColumnType.CODE, ColumnType.CHOICE):
        if isinstance(cell, (int, float, Decimal)):
            msg = f"{cell} is a number, and a {column.type.value} is text"
            if column.type is ColumnType.CODE:
                msg += "; leading zeros may be lost: format the column as text"
            raise ValueError(msg)
    elif column.type in (ColumnType.DECIMAL, ColumnType.INTEGER) and isinstance(cell, (int, float, Decimal)):
        return _whole_or_decimal(column, cell)
    elif isinstance(cell, dt.date):
        day = cell.date() if isinstance(cell, dt.datetime) else cell
        if column.type is ColumnType.DATE:
            return day
        if column.type is ColumnType.PARTIAL_DATE:
            return PartialDate.of(day)
    elif isinstance(cell, PartialDate) and column.type is ColumnType.PARTIAL_DATE:
        return cell
    msg = f"{cell!r} is not a {column.type.value}"
    raise ValueError(msg)


def _whole_or_decimal(column: Column, cell: float | Decimal) -> Value:
    try:
        # A spreadsheet keeps 412.5 as a binary number: its shortest decimal form is what was typed.
        exact = cell if isinstance(cell, Decimal) else Decimal(repr(cell))
    except InvalidOperation:
        exact = Decimal("NaN")
    if not exact.is_finite():
        msg = f"{cell} is not a number"
        raise ValueError(msg)
    if column.type is ColumnType.DECIMAL:
        return exact.normalize() + 0 if exact == exact.to_integral_value() else exact
    if exact != exact.to_integral_value():
        msg = f"{cell} is not a whole number"
        raise ValueError(msg)
    return int(exact)


def write_cell(value: Value) -> str:
    """Write a typed value as text; :func:`parse_cell` reads it back.

    >>> write_cell(Decimal("1E+9")), write_cell(PartialDate(2025, half=1)), write_cell(None)
    ('1000000000', '2025-H1', '')

    """
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def parse_row(
    schema: Schema, cells: Mapping[str, object], *, where: str, evidence: Evidence | None = None
) -> tuple[Row | None, tuple[Finding, ...]]:
    """Read one row of a table.

    Parameters
    ----------
    schema
        The register's shape.
    cells
        Cells by column name; the evidence columns may be among them.
    where
        The place to name in findings: ``deals.csv line 7``.
    evidence
        Evidence of the whole file; a row's own evidence cells come before it.

    Returns
    -------
    tuple
        The row with the findings that reading it made. ``None`` when its evidence cannot be read: without it
        nothing can be recorded. Bounds and checks are for :meth:`Schema.findings`.

    """
    values: dict[str, Value] = {}
    found: list[Finding] = []
    names = {column.name: column for column in schema.columns}
    for name, cell in cells.items():
        if name in EVIDENCE:
            continue
        column = names.get(name)
        if column is None:
            found.append(Finding(where, "", name, f"{schema.register} has no such column"))
            continue
        try:
            value = parse_cell(column, cell)
        except ValueError as error:
            found.append(Finding(where, "", name, str(error)))
        else:
            if value is not None:
                values[name] = value
    dates: dict[str, dt.date | None] = {}
    for name in ("valid_from", "valid_to"):
        try:
            day = parse_cell(Column(name=name, type=ColumnType.DATE, meaning=""), cells.get(name))
            dates[name] = day if isinstance(day, dt.date) else None
        except ValueError as error:
            found.append(Finding(where, "", name, str(error)))
    read = _evidence(cells, evidence, where, found)
    if read is None:
        return None, tuple(found)
    row = Row(
        values=values,
        evidence=read,
        valid_from=dates.get("valid_from"),
        valid_to=dates.get("valid_to"),
        where=where,
    )
    subject = schema.subject(row)
    return row, tuple(Finding(one.where, subject, one.column, one.message) for one in found)


def _evidence(cells: Mapping[str, object], given: Evidence | None, where: str, found: list[Finding]) -> Evidence | None:
    def text(name: str) -> str:
        return str(cells.get(name) or "").strip()

    known, status = given.known_at if given else None, given.status if given else None
    if text("known_at"):
        try:
            # As the ledger gives it back: the words in which the moment was printed are not kept.
            known = replace(Moment.parse(text("known_at")), printed="")
        except ValueError as error:
            found.append(Finding(where, "", "known_at", str(error)))
    elif known is None:
        found.append(Finding(where, "", "known_at", "the moment of first knowledge is required"))
    if text("status"):
        try:
            status = status_of(text("status"), where)
        except SourceError as error:
            found.append(Finding(where, "", "status", error.what))
    elif status is None:
        found.append(Finding(where, "", "status", "a status is required: official, press or recalled"))
    if known is None or status is None:
        return None
    return Evidence(
        known_at=known,
        source=text("source") or (given.source if given else ""),
        status=status,
        known_at_basis=text("known_at_basis") or (given.known_at_basis if given else ""),
    )


def read_rows(
    schema: Schema, table: Iterable[tuple[str, Mapping[str, object]]], *, evidence: Evidence | None = None
) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Read a whole table and check it: cells, bounds, checks across columns and rows.

    Parameters
    ----------
    schema
        The register's shape.
    table
        Pairs of a place to name and the cells by column name.
    evidence
        Evidence of the whole file; a row's own comes before it.

    Returns
    -------
    tuple
        The rows whose evidence could be read, in order, and every finding; nothing of the table should be
        recorded while there is one. A cell that cannot be read is not called missing as well.

    """
    rows: list[Row] = []
    found: list[Finding] = []
    for where, cells in table:
        row, faults = parse_row(schema, cells, where=where, evidence=evidence)
        found += faults
        if row is not None:
            rows.append(row)
    unread = {(one.where, one.column) for one in found}
    found += (one for one in schema.findings(rows) if (one.where, one.column) not in unread)
    return tuple(rows), tuple(found)
