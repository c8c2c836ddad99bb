"""Daily closes and volumes from the packaged sample: figures only, every series with its source.

The sample covers the sessions from 2025-12-01 to 2026-01-30. Stock closes are unadjusted and in Hong Kong
dollars, so a change between two of them is a price return: dividends are not added, and the dates on which
shares went ex-dividend are not held. A gap stays a gap and has a name; nothing is filled in.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from hkconcept import calendars
from hkconcept.errors import SourceError
from hkconcept.model import Moment, StockCode

__all__ = ["INDEX", "Availability", "Bar", "Bars", "Change", "Gap"]

INDEX: Final = "HSI"
"""The key of the Hang Seng Index, a price index without dividends."""

_DATA = Path(__file__).parents[1] / "data" / "market"


class Gap(StrEnum):
    """Why a close is missing."""

    NO_SERIES = "no_series"  # no prices are held for the security at all
    OUTSIDE = "outside"  # the day is before the first or after the last session held
    NO_SESSION = "no_session"  # the market did not trade
    NO_BAR = "no_bar"  # a session, but the source has no row for it
    NO_TRADE = "no_trade"  # a row without volume: halted or suspended, its close repeats an older one


@dataclass(frozen=True, slots=True)
class Bar:
    """One session of one series: close in the currency of the series, volume in shares (``None`` for an index)."""

    close: Decimal
    volume: int | None


@dataclass(frozen=True, slots=True)
class Availability:
    """What is held of a series. ``first`` and ``last`` are sessions, both included.

    Without prices ``available`` is false, the dates are ``None`` and the reason is given in both languages.
    ``missing`` are the sessions from ``first`` to ``last`` without a usable close.
    """

    code: str
    available: bool
    first: dt.date | None = None
    last: dt.date | None = None
    missing: tuple[dt.date, ...] = ()
    currency: str = ""
    provider: str = ""
    basis: str = ""
    origin: str = ""
    reason_en: str = ""
    reason_zh: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A simple return between the closes of two sessions, as a fraction (0.0597 is 5.97%), or the gap that bars it."""

    value: Decimal | None
    gap: Gap | None = None


class Bars:
    """Closes by series and session.

    >>> bars = Bars.packaged()
    >>> bars.close("01801", dt.date(2025, 12, 31))
    Decimal('76.25')
    >>> bars.gap("01167", dt.date(2025, 12, 31))
    <Gap.NO_SERIES: 'no_series'>

    """

    __slots__ = ("_bars", "_first", "_last", "_series")

    def __init__(self, bars: Mapping[str, Mapping[dt.date, Bar]], series: Mapping[str, Availability]) -> None:
        """Take bars by code and session, and what is known of each series."""
        self._bars = bars
        days = [day for held in bars.values() for day in held]
        self._first = min(days, default=None)
        self._last = max(days, default=None)
        self._series = series

    @classmethod
    @functools.cache
    def packaged(cls) -> Self:
        """Return the packaged sample.

        Raises
        ------
        SourceError
            A packaged row cannot be read; the line is named.

        """
        bars: dict[str, dict[dt.date, Bar]] = {}
        with (_DATA / "closes.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            for line, (date, code, close, volume) in enumerate(reader, start=2):
                day = _day(date)
                held = bars.setdefault(code, {})
                if day in held:
                    raise SourceError(f"{code} has two rows for {date}", where=f"closes.csv line {line}")
                held[day] = Bar(Decimal(close), int(volume) if volume else None)
        with (_DATA / "series.csv").open(encoding="utf-8", newline="") as file:
            series = {row["code"]: _availability(row, bars.get(row["code"], {})) for row in csv.DictReader(file)}
        for code in bars.keys() - series.keys():
            raise SourceError(f"the source of series {code} is not given", where="series.csv", todo="add its row")
        return cls(bars, series)

    @property
    def codes(self) -> tuple[StockCode, ...]:
        """The stocks that are asked about, priced or not, in the order of their codes."""
        return tuple(StockCode(code) for code in sorted(self._series) if code != INDEX)

    def held(self, code: str) -> Mapping[dt.date, Bar]:
        """Return every row held of a series by session, those without volume too."""
        return self._bars.get(code, {})

    def gap(self, code: str, day: dt.date) -> Gap | None:
        """Return why there is no usable close of a series on a day, or ``None`` when there is one."""
        held = self._bars.get(code)
        if not held:
            return Gap.NO_SERIES
        bar = held.get(day)
        if bar is not None:
            return Gap.NO_TRADE if bar.volume == 0 else None
        if self._first is None or self._last is None or not self._first <= day <= self._last:
            return Gap.OUTSIDE
        return Gap.NO_BAR if calendars.is_session(day) else Gap.NO_SESSION

    def close(self, code: str, day: dt.date) -> Decimal | None:
        """Return the close of a session as printed, or ``None``; :meth:`gap` says why.

        The close of a session without volume only repeats an older price and is not given.
        """
        return None if self.gap(code, day) else self._bars[code][day].close

    def volume(self, code: str, day: dt.date) -> int | None:
        """Return the shares traded in a session, or ``None`` when there is no row or the series is an index."""
        bar = self._bars.get(code, {}).get(day)
        return bar.volume if bar else None

    def change(self, code: str, start_day: dt.date, end_day: dt.date) -> Decimal | None:
        """Return the simple price return from the close of one day to that of another, as a fraction.

        ``None`` when either close is missing; :meth:`change_or_gap` says why.

        >>> change = Bars.packaged().change("HSI", dt.date(2026, 1, 6), dt.date(2026, 1, 7))
        >>> f"{change:.4f}"
        '-0.0094'

        """
        return self.change_or_gap(code, start_day, end_day).value

    def change_or_gap(self, code: str, start_day: dt.date, end_day: dt.date) -> Change:
        """Return the simple price return between two closes, or the first gap that bars it."""
        gap = self.gap(code, start_day) or self.gap(code, end_day)
        if gap is not None:
            return Change(None, gap)
        held = self._bars[code]
        return Change(held[end_day].close / held[start_day].close - 1)

    def availability(self, code: str) -> Availability:
        """Return what is held of a series; a code never collected is not available, and says so."""
        held = self._series.get(code)
        return held or Availability(
            code, False, reason_en="no prices are held for this security", reason_zh="未收集到该证券的价格"
        )

    def last_session(self, as_of: Moment) -> dt.date | None:
        """Return the last session held whose close was certainly known at a moment, or ``None``.

        A close is known from the end of its session (16:00, or 12:00 on a half day); a moment given to the
        day stands for the end of that day.

        >>> str(Bars.packaged().last_session(Moment.parse("2026-01-08 08:07")))
        '2026-01-07'

        """
        if self._first is None or self._last is None:
            return None
        known_by = as_of.known_by
        for day in reversed(calendars.sessions(self._first, self._last)):
            if calendars.session_open_close(day)[1] <= known_by:
                return day
        return None


@functools.cache
def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _availability(row: Mapping[str, str], held: Mapping[dt.date, Bar]) -> Availability:
    code = row["code"]
    if not held:
        return Availability(code, False, reason_en=row["reason_en"], reason_zh=row["reason_zh"])
    first, last = min(held), max(held)
    missing = tuple(day for day in calendars.sessions(first, last) if day not in held or held[day].volume == 0)
    return Availability(code, True, first, last, missing, row["currency"], row["provider"], row["basis"], row["origin"])
