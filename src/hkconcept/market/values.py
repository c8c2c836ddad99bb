"""Market values on the few days for which they are held, and the turnover of the sessions before a moment."""

from __future__ import annotations

import datetime as dt
import functools
import statistics
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from hkconcept import calendars
from hkconcept.model import Moment, StockCode
from hkconcept.readers.strict_csv import read_rows

__all__ = ["market_value", "median_turnover"]

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


def median_turnover(code: StockCode, as_of: Moment, sessions: int) -> Decimal | None:
    """Return the median of close times volume, in HKD, over the last sessions closed at a moment.

    A session without a trade counts as nothing traded. ``None`` when any of the sessions is not held.

    >>> median_turnover(StockCode("01167"), Moment.parse("2026-01-08"), 5) is None
    True

    """
    from hkconcept.market.bars import Bars, Gap  # noqa: PLC0415 - only a rule about turnover needs prices

    bars = Bars.packaged()
    day = bars.last_session(as_of)
    traded: list[Decimal] = []
    while day is not None and len(traded) < sessions:
        gap = bars.gap(code, day)
        if gap not in {None, Gap.NO_TRADE}:
            return None
        close, volume = bars.close(code, day), bars.volume(code, day)
        traded.append(close * volume if close is not None and volume is not None else Decimal(0))
        day = calendars.previous_session(day)
    return statistics.median(traded) if len(traded) == sessions else None


@functools.cache
def _values() -> Mapping[str, tuple[tuple[dt.date, Decimal, str], ...]]:
    held: dict[str, list[tuple[dt.date, Decimal, str]]] = {}
    for _, row in read_rows(_FILE, _COLUMNS):
        entry = (dt.date.fromisoformat(row["day"]), Decimal(row["hkd_million"]) * _MILLION, row["source"])
        held.setdefault(row["code"], []).append(entry)
    return {code: tuple(entries) for code, entries in held.items()}
