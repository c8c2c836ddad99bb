"""Conditions on a register's rows: ``column=value``, as a command line and the table of denominators write them."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hkconcept.errors import UsageError
from hkconcept.model import PartialDate
from hkconcept.registers.cells import parse_cell
from hkconcept.registers.schema import EVIDENCE, Column, ColumnType, Row, Schema, Value
from hkconcept.text import fold

__all__ = ["Condition", "matching", "parse_condition"]

# Comparing words costs the product of their lengths: a name is looked at no further than any name reaches.
_LONGEST_NAME: Final = 64
_WRITTEN: Final = re.compile(r"\s*([\w-]+)\s*(>=|<=|==|=|~)\s*(.*?)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; ``holds`` decides it for a row. A value that is not held meets no condition but ``=``-empty."""

    written: str
    holds: Callable[[Row], bool]


def parse_condition(schema: Schema, written: str) -> Condition:
    """Read a condition.

    ``column=value`` asks for the same value (letters of either case, full width or not; a date that lies within
    the period given), ``column==value`` for exactly what is written, ``column=`` for an empty one, ``column~text``
    for a part of it; ``>=`` and ``<=`` compare numbers and dates.

    Raises
    ------
    UsageError
        The condition cannot be read; an unknown column or word is answered with the nearest valid one.

    >>> from hkconcept.registers.deals import SCHEMA
    >>> parse_condition(SCHEMA, "upfront>=100000000").written
    'upfront>=100000000'

    """
    found = _WRITTEN.fullmatch(written)
    if not found:
        raise UsageError(f"{written!r} is not a condition", where="--where", todo="write column=value, as in type=tcm")
    name, operator, text = found.groups()
    column = schema.column(name)
    if column is None and name in ("source", "status"):
        column = Column(name=name, type=ColumnType.TEXT, meaning="")
    if column is None:
        names = [one.name for one in schema.columns]
        near = difflib.get_close_matches(name[:_LONGEST_NAME], (*names, *EVIDENCE), n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        todo = f"{hint}its columns are {', '.join(names)}"
        raise UsageError(f"{schema.register} has no column {name!r}", where="--where", todo=todo)
    if not text:
        return Condition(written, lambda row: row[name] is None)
    if operator == "==":
        return Condition(written, lambda row: _text(row, name) == text)
    if operator == "~":
        part = fold(text)
        return Condition(written, lambda row: part in fold(_text(row, name)))
    if operator == "=":
        return Condition(written, _same(schema, column, text))
    return Condition(written, _ordered(column, text, least=operator == ">="))


def _text(row: Row, name: str) -> str:
    if name == "source":
        return row.evidence.source
    return row.evidence.status if name == "status" else row.text(name)


def _same(schema: Schema, column: Column, text: str) -> Callable[[Row], bool]:
    name = column.name
    if column.type in (ColumnType.PARTIAL_DATE, ColumnType.DATE):
        period = _period(column, text)
        return lambda row: _within(row[name], period)
    if column.type in (ColumnType.DECIMAL, ColumnType.INTEGER):
        number = _value(column, text)
        return lambda row: row[name] == number
    if column.type is ColumnType.CHOICE and text not in column.choices:
        near = difflib.get_close_matches(text[:_LONGEST_NAME], column.choices, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        todo = f"{hint}choose one of {', '.join(column.choices)}"
        raise UsageError(f"{schema.register} has no {name} {text!r}", where="--where", todo=todo)
    wanted = fold(text)
    if column.type is ColumnType.CODE:
        # A row may concern several listings, 02142;06990, and is found by each.
        return lambda row: wanted in fold(_text(row, name)).split(";")
    return lambda row: fold(_text(row, name)) == wanted


def _ordered(column: Column, text: str, *, least: bool) -> Callable[[Row], bool]:
    name = column.name
    if column.type in (ColumnType.PARTIAL_DATE, ColumnType.DATE):
        period = _period(column, text)
        if least:
            return lambda row: (last := _day(row[name], last=True)) is not None and last >= period.first_day
        return lambda row: (first := _day(row[name], last=False)) is not None and first <= period.last_day
    if column.type not in (ColumnType.DECIMAL, ColumnType.INTEGER):
        raise UsageError(f"{name} holds text, which has no order", where="--where", todo="use = or ~")
    bound = _value(column, text)

    def holds(row: Row) -> bool:
        value = row[name]
        if not isinstance(value, (Decimal, int)) or not isinstance(bound, (Decimal, int)):
            return False
        return value >= bound if least else value <= bound

    return holds


def _value(column: Column, text: str) -> Value:
    try:
        return parse_cell(column, text)
    except ValueError as error:
        raise UsageError(f"{column.name}: {error}", where="--where", todo="give a plain number") from error


def _period(column: Column, text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise UsageError(f"{column.name}: {error}", where="--where", todo="give a date or a period") from error


def _day(value: Value, *, last: bool) -> dt.date | None:
    if isinstance(value, PartialDate):
        return value.last_day if last else value.first_day
    return value if isinstance(value, dt.date) else None


def _within(value: Value, period: PartialDate) -> bool:
    first, last = _day(value, last=False), _day(value, last=True)
    return first is not None and last is not None and period.first_day <= first and last <= period.last_day


def matching(rows: Sequence[Row], conditions: Sequence[Condition]) -> tuple[Row, ...]:
    """Return the rows that meet every condition, in their order."""
    return tuple(row for row in rows if all(one.holds(row) for one in conditions))
