"""What a partial date refers to: the year that a text leaves out, from its publication and its earlier dates."""

from __future__ import annotations

import calendar
import datetime as dt

from hkconcept.model import PartialDate
from hkconcept.text.lazily import lazily
from hkconcept.text.readings import Reading

__all__ = ["Reference"]

_FUTURE = lazily(
    r"(?:将|拟|派发|预计|预期|计划|有望|定于|料|下一?次"
    r"|will |expected |plans? to |by |until |due |scheduled )"
)
_AHEAD = lazily(r"(?:起|复牌|召开|挂牌)")  # 15日复牌: a day to come
_JOINED = lazily(r" ?(?:-|~|至|到|—|–|、|及|和|与|to|and) ?")
_SIX_MONTHS, _THREE_MONTHS = lazily(r"[止日]的?(?:六|6)个?月"), lazily(r"[止日]的?(?:三|3)个?月")
_NEAR = 31
# In news a day of nine months ago is printed with its year; without one, a day of the next months is meant.
_NEAR_IN_NEWS = 122
_CLOSE = 10


class Reference:
    """The state that completes dates while a text is read from left to right."""

    def __init__(self, anchor: dt.date | None, *, day_first: bool = True, news: bool = False) -> None:
        self._anchor = anchor
        self._near = _NEAR_IN_NEWS if news else _NEAR  # days ahead up to which a day without a year is meant
        self._day_first = day_first
        self._last: PartialDate | None = None
        self._period: PartialDate | None = None
        self._end = 0

    def remember(self, value: PartialDate, until: PartialDate | None, end: int) -> None:
        """Keep a date, printed up to ``end``, as the context of those that follow."""
        self._last = until or value
        self._end = end
        if value.quarter or value.half or value.month:
            self._period = value

    def complete(self, key: str, reading: Reading) -> tuple[PartialDate | None, PartialDate | None]:
        """Return the date of a reading and the end of its period; ``None`` when it cannot be completed.

        Raises
        ------
        ValueError
            When the parts make no date that a calendar has.

        """
        if reading.relative is not None:
            return self._relative(reading), None
        if reading.slashed is not None:
            return self._slashed(*reading.slashed), None
        year = reading.year
        if reading.year_shift is not None and self._anchor is not None:
            year = self._anchor.year + reading.year_shift
        if reading.same_period:
            return self._same_period(key, reading, year), None
        if reading.day is not None and reading.month is None:
            return self._day_only(reading.day, ahead=_AHEAD.match(key, reading.end) is not None), None
        if year is None and reading.year_shift is None:
            year = self._year_for(key, reading)
            if year is not None and (reading.month, reading.day) == (2, 29):
                year -= next((back for back in range(8) if calendar.isleap(year - back)), 0)
        if year is None:
            return None, None
        value = PartialDate(year, reading.month, reading.day, reading.quarter, reading.half, fiscal=reading.fiscal)
        return value, self._until(reading, value)

    def _until(self, reading: Reading, value: PartialDate) -> PartialDate | None:
        parts = reading.until
        if parts is None:
            return None
        year, month, day, quarter = parts
        until = PartialDate(year or value.year, month, day, quarter)
        if until.last_day < value.first_day:
            if year is not None or month is None:
                raise ValueError(reading)
            until = PartialDate(value.year + 1, month, day)
        return until

    def _year_for(self, key: str, reading: Reading) -> int | None:
        anchor = self._anchor
        last = self._last
        if anchor is None:
            return last.year if last is not None and not last.fiscal else None
        if last is not None and not last.fiscal and last.month and _JOINED.fullmatch(key, self._end, reading.start):
            # 2025年12月1日至3月31日: the second date shares the year of the first, or follows in the next.
            return last.year + (reading.month is not None and reading.month < last.month and bool(reading.day))
        window = key[max(0, reading.start - 12) : reading.start] + key[reading.end : reading.end + 5]
        if reading.quarter or reading.half:
            late = (reading.quarter == 4 and anchor.month <= 4) or (reading.half == 2 and anchor.month <= 2)
            return anchor.year - 1 if late and not _FUTURE.search(window) else anchor.year
        month = reading.month or 1
        day = min(reading.day or 1, 28)
        this = dt.date(anchor.year, month, day)
        ahead = (this - anchor).days
        if ahead > (self._near if reading.day else _NEAR) and not _FUTURE.search(window):
            return anchor.year - 1
        if ahead < _NEAR - 365 or (ahead < -_NEAR and _FUTURE.search(window) and reading.day is None and ahead < -180):
            return anchor.year + 1
        return anchor.year

    def _day_only(self, day: int, *, ahead: bool) -> PartialDate | None:
        last = self._last
        if last is not None and last.month is not None:
            return PartialDate(last.year, last.month, day)
        if self._anchor is None:
            return None
        first = self._anchor.replace(day=1)
        if day > self._anchor.day and not ahead:
            first = (first - dt.timedelta(days=1)).replace(day=1)
        return PartialDate(first.year, first.month, day)

    def _same_period(self, key: str, reading: Reading, year: int | None) -> PartialDate | None:
        if year is None:
            return None
        period = self._period
        if period is None or period.fiscal:
            return PartialDate(year)
        if period.day is None:
            return PartialDate(year, period.month, quarter=period.quarter, half=period.half)
        # 截至2026年6月30日止六个月: the day closes a period whose length is printed after it.
        closing = key[max(0, reading.start - 90) : reading.start]
        if period.month == 6 and _SIX_MONTHS.search(closing):
            return PartialDate(year, half=1)
        if (period.month or 1) % 3 == 0 and _THREE_MONTHS.search(closing):
            return PartialDate(year, quarter=(period.month or 3) // 3)
        return PartialDate(year)

    def _slashed(self, first: int, second: int, year: int) -> PartialDate | None:
        day_first = month_first = None
        if 1 <= second <= 12 and 1 <= first <= 31:
            day_first = PartialDate(year, second, first)
        if 1 <= first <= 12 and 1 <= second <= 31:
            try:
                month_first = PartialDate(year, first, second)
            except ValueError:
                month_first = None
        if day_first is None or month_first is None:
            return day_first or month_first
        if not self._day_first:
            return month_first
        if self._anchor is not None:
            near = [abs((date.first_day - self._anchor).days) for date in (day_first, month_first)]
            if near[1] <= _CLOSE < near[0]:
                return month_first
        return day_first

    def _relative(self, reading: Reading) -> PartialDate | None:
        anchor = self._anchor
        if anchor is None or reading.relative is None:
            return None
        unit, shift = reading.relative
        if unit == "day":
            return PartialDate.of(anchor + dt.timedelta(days=shift))
        if unit == "weekday":
            # A weekday without more is the last one up to the day of publication.
            return PartialDate.of(anchor - dt.timedelta(days=(anchor.weekday() - shift) % 7))
        if unit == "month":
            months = anchor.year * 12 + anchor.month - 1 + shift
            return PartialDate(months // 12, months % 12 + 1)
        return PartialDate(anchor.year + shift)
