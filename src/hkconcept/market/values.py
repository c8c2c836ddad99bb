"""Market values of Hong Kong healthcare listings on the few days for which they are held."""

from __future__ import annotations

import csv
import datetime as dt
import functools
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from hkconcept.errors import SourceError
from hkconcept.model import Moment, StockCode

__all__ = ["market_value"]

_FILE = Path(__file__).parents[1] / "data" / "market" / "market_values.csv"
_COLUMNS = ["code", "day", "hkd_million", "status", "source"]
_MILLION = Decimal(1_000_000)


def market_value(code: StockCode, as_of: Moment) -> tuple[Decimal, str] | None:
    """Return the newest market value in HKD certainly known at a moment, with its source, or ``None``.

    Values are as printed by the table (total shares times close); they are held for two days of 2026 only, and no
    value is carried back to an earlier day.

    >>> market_value(StockCode("01801"), Moment.parse("2026-01-08")) is None
    True

    """
    known = [
        (day, value, source)
        for day, value, source in _values().get(code, ())
        if Moment.of_day(day).known_by <= as_of.known_by
    ]
    if not known:
        return None
    _, value, source = max(known)
    return value, source


@functools.cache
def _values() -> Mapping[str, tuple[tuple[dt.date, Decimal, str], ...]]:
    held: dict[str, list[tuple[dt.date, Decimal, str]]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != _COLUMNS:
            raise SourceError(f"the columns are {reader.fieldnames}, expected {_COLUMNS}", where=_FILE.name)
        for row in reader:
            entry = (dt.date.fromisoformat(row["day"]), Decimal(row["hkd_million"]) * _MILLION, row["source"])
            held.setdefault(row["code"], []).append(entry)
    return {code: tuple(entries) for code, entries in held.items()}
