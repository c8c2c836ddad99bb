"""Rules across the columns of a row that several registers have in common."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hkconcept.model import PartialDate
from hkconcept.registers.schema import Check, Row, Value

__all__ = ["at_least", "before", "required_when"]


def at_least(column: str, lower: str) -> Check:
    """Return the rule that one amount is at least another, where both are held: total ≥ upfront."""

    def fault(row: Row) -> str | None:
        more, less = row[column], row[lower]
        if isinstance(more, (Decimal, int)) and isinstance(less, (Decimal, int)) and more < less:
            return f"{more} is below {lower} {less}"
        return None

    return Check(column, fault)


def before(first: str, last: str) -> Check:
    """Return the rule that one date comes before another, where both are held.

    Of partial dates only what is certain is refused: 2025-06 is not before 2025-01, but 2025 may be.
    """

    def fault(row: Row) -> str | None:
        start, end = _earliest(row[first]), _latest(row[last])
        if start is not None and end is not None and start > end:
            return f"{row.text(last)} comes before {first} {row.text(first)}"
        return None

    return Check(last, fault)


def required_when(column: str, other: str, value: str) -> Check:
    """Return the rule that a column is needed in rows in which another has a value."""

    def fault(row: Row) -> str | None:
        return f"a value is required where {other} is {value}" if row[other] == value and row[column] is None else None

    return Check(column, fault)


def _earliest(value: Value) -> dt.date | None:
    return value.first_day if isinstance(value, PartialDate) else value if isinstance(value, dt.date) else None


def _latest(value: Value) -> dt.date | None:
    return value.last_day if isinstance(value, PartialDate) else value if isinstance(value, dt.date) else None
