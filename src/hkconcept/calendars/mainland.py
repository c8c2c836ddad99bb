"""Working days in mainland China, which statutory time limits count.

The weekdays, changed by a packaged table of holidays and of weekend days that are worked to make up for them, each with
the notice of the State Council (``data/calendars/mainland.csv``). A notice covers one calendar year; the year after the
last notice is not published. There nothing is certain but the statutory holidays (see
:mod:`hkconcept.calendars.statutory`), and every answer that reaches beyond :data:`SETTLED_TO` comes with a range.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hkconcept.calendars.statutory import LAST_YEAR, deviation, is_statutory_holiday
from hkconcept.calendars.table import exceptions
from hkconcept.errors import NotAvailableError

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "SETTLED_TO",
    "WorkingDay",
    "is_mainland_working_day",
    "nth_working_day",
    "working_day_arrays",
    "working_days_between",
]

FIRST_DAY: Final = dt.date(2004, 1, 1)
LAST_DAY: Final = dt.date(2026, 12, 31)
"""The last day for which the State Council's arrangement is held."""

SETTLED_TO: Final = dt.date(2026, 12, 25)
"""The last day that no later notice can change: New Year's notices moved the last days of 2006, 2007, 2011 and 2018."""

_HORIZON: Final = dt.date(LAST_YEAR, 12, 31)


@dataclass(frozen=True, slots=True, order=True)
class WorkingDay:
    """A day reached by counting, with the range that an unpublished arrangement leaves open.

    ``earliest`` and ``latest`` equal ``day`` as long as the whole count lies in published years. ``latest`` is
    ``None`` when nothing bounds it (used by the review clock for a stop without a limit).
    """

    day: dt.date
    earliest: dt.date
    latest: dt.date | None

    @property
    def provisional(self) -> bool:
        """Whether the day is not certain."""
        return self.earliest != self.day or self.latest != self.day

    @classmethod
    def certain(cls, day: dt.date) -> WorkingDay:
        """Return a day without a range."""
        return cls(day, day, day)


def is_mainland_working_day(day: dt.date) -> bool:
    """Whether a day is a working day in mainland China, make-up weekends included.

    Statutory time limits of the drug regulator count these days.

    Raises
    ------
    NotAvailableError
        The day is outside 2004 to 2026: later arrangements are not yet published, so any answer would
        be provisional.

    >>> is_mainland_working_day(dt.date(2026, 1, 4)), is_mainland_working_day(dt.date(2026, 1, 2))
    (True, False)

    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise NotAvailableError(
            f"{day} is outside the packaged mainland working-day calendar",
            where="mainland working-day",
            todo=f"ask for a day from {FIRST_DAY} to {LAST_DAY}",
        )
    return _published(day)


def _published(day: dt.date) -> bool:
    match exceptions("mainland.csv").get(day):
        case "holiday":
            return False
        case "make_up":
            return True
        case _:
            return day.weekday() < 5


def _expected(day: dt.date) -> bool:
    """Whether a day counts: as published, beyond that every weekday that is no statutory holiday."""
    return _published(day) if day <= LAST_DAY else not is_statutory_holiday(day) and day.weekday() < 5


@functools.cache
def working_day_arrays() -> tuple[int, Sequence[int], Sequence[int]]:
    """Return what makes counting cheap: ``(base, counts, days)``.

    ``counts[d - base]`` is the number of working days from the first day up to and including the day with
    proleptic ordinal ``d``; ``days`` are the ordinals of the working days in order. Hence the ``n``-th working day
    after ``d`` is ``days[counts[d - base] + n - 1]``, and ``(a, b]`` holds ``counts[b - base] - counts[a - base]``.
    Days after :data:`LAST_DAY` are as expected, not as published.
    """
    base = FIRST_DAY.toordinal()
    counts: list[int] = []
    days: list[int] = []
    for ordinal in range(base, _HORIZON.toordinal() + 1):
        if _expected(dt.date.fromordinal(ordinal)):
            days.append(ordinal)
        counts.append(len(days))
    return base, tuple(counts), tuple(days)


def _held(day: dt.date) -> int:
    if not FIRST_DAY <= day <= _HORIZON:
        raise NotAvailableError(
            f"{day} is outside the mainland working-day calendar",
            where="mainland working-day",
            todo=f"ask for a day from {FIRST_DAY} to {LAST_DAY}, or provisionally to {_HORIZON}",
        )
    return day.toordinal()


def working_days_between(after: dt.date, upto: dt.date) -> int:
    """Return the number of working days in ``(after, upto]``; 0 when ``upto`` is not later.

    Beyond the published calendar the count is the expected one.

    Raises
    ------
    NotAvailableError
        Either day is outside 2004 to 2030.

    >>> working_days_between(dt.date(2021, 7, 13), dt.date(2021, 12, 31))
    119

    """
    first, last = _held(after), _held(upto)
    base, counts, _ = working_day_arrays()
    return max(0, counts[last - base] - counts[first - base])


def nth_working_day(after: dt.date, number: int) -> WorkingDay:
    """Return the ``number``-th working day after a day, with a range when it is not published yet.

    Zero working days after a day is the day itself. The range is what the expected calendar would have missed at
    most, had it been used in any year since 2014 in place of the arrangement that was then published.

    Raises
    ------
    NotAvailableError
        The count leaves the years 2004 to 2030.

    >>> nth_working_day(dt.date(2026, 1, 7), 130).day
    datetime.date(2026, 7, 20)
    >>> late = nth_working_day(dt.date(2026, 11, 2), 60)
    >>> late.day, late.provisional, late.earliest < late.day < late.latest
    (datetime.date(2027, 1, 26), True, True)

    """
    if number < 0:
        msg = f"{number} working days cannot be counted"
        raise ValueError(msg)
    base, counts, days = working_day_arrays()
    start = _held(after)
    if number == 0:
        return WorkingDay.certain(after)
    position = counts[start - base] + number - 1
    if position + 40 >= len(days):
        raise NotAvailableError(
            f"{number} working days after {after} lie beyond {_HORIZON}",
            where="mainland working-day",
            todo="ask for an earlier day or a shorter limit",
        )
    day = dt.date.fromordinal(days[position])
    if day <= SETTLED_TO:
        return WorkingDay.certain(day)
    fewest, most = deviation(max(1, day.year - LAST_DAY.year))
    # The count up to the last settled day is certain, so the range cannot reach back to it.
    earliest = max(dt.date.fromordinal(days[position - most]), max(SETTLED_TO, after) + dt.timedelta(days=1))
    return WorkingDay(day, min(earliest, day), dt.date.fromordinal(days[position - fewest]))
