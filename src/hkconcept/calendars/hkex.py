"""Trading sessions in Hong Kong: their days, their hours, and the first session after a moment.

The weekdays, changed by a packaged table of dated exceptions, each with its source (``data/calendars/hkex.csv``).
Outside the table nothing is computed: :class:`NotAvailableError` says which days are held. Times are Hong Kong time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from hkconcept.calendars.table import exceptions
from hkconcept.errors import NotAvailableError
from hkconcept.model import HKT, Moment

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "DayZero",
    "day_zero",
    "is_half_day",
    "is_session",
    "is_shortened",
    "next_session",
    "previous_session",
    "session_open_close",
    "sessions",
    "trading_hours",
]

FIRST_DAY: Final = dt.date(2009, 1, 1)
LAST_DAY: Final = dt.date(2026, 12, 31)

_ONE_DAY = dt.timedelta(days=1)
_Period = tuple[dt.time, dt.time]

# The morning and the afternoon from a day on; HKEX lengthened both in two steps.
_HOURS: Final[tuple[tuple[dt.date, _Period, _Period], ...]] = (
    (dt.date(2012, 3, 5), (dt.time(9, 30), dt.time(12, 0)), (dt.time(13, 0), dt.time(16, 0))),
    (dt.date(2011, 3, 7), (dt.time(9, 30), dt.time(12, 0)), (dt.time(13, 30), dt.time(16, 0))),
    (dt.date.min, (dt.time(10, 0), dt.time(12, 30)), (dt.time(14, 30), dt.time(16, 0))),
)
_STORM_END: Final = dt.time(13, 55)  # a quarter of an hour after the signal of 13:40, on both days held


def _held(day: dt.date) -> dt.date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise NotAvailableError(
            f"{day} is outside the packaged HKEX calendar",
            where="HKEX",
            todo=f"ask for a day from {FIRST_DAY} to {LAST_DAY}",
        )
    return day


def is_session(day: dt.date) -> bool:
    """Whether the Hong Kong market trades on a day (a half day counts).

    Raises
    ------
    NotAvailableError
        The day is outside 2009 to 2026.

    >>> is_session(dt.date(2026, 1, 7)), is_session(dt.date(2024, 9, 6))  # the second: a typhoon
    (True, False)

    """
    closed = exceptions("hkex.csv").get(_held(day)) == "closed"
    return day.weekday() < 5 and not closed


def is_half_day(day: dt.date) -> bool:
    """Whether a session has no afternoon: the eves of Christmas, New Year and Lunar New Year."""
    return exceptions("hkex.csv").get(_held(day)) == "half_day"


def is_shortened(day: dt.date) -> bool:
    """Whether a session was shorter than ordinary: a half day, or cut by a typhoon or a rainstorm.

    >>> is_shortened(dt.date(2025, 12, 24)), is_shortened(dt.date(2012, 7, 24)), is_shortened(dt.date(2026, 1, 7))
    (True, True, False)

    """
    return exceptions("hkex.csv").get(_held(day)) in ("half_day", "late_opening", "early_close")


def sessions(start: dt.date, end: dt.date) -> tuple[dt.date, ...]:
    """Return the sessions from ``start`` to ``end``, both included, in order.

    Raises
    ------
    NotAvailableError
        Either end is outside 2009 to 2026.

    >>> [f"{day:%m-%d}" for day in sessions(dt.date(2025, 12, 24), dt.date(2026, 1, 5))]
    ['12-24', '12-29', '12-30', '12-31', '01-02', '01-05']

    """
    _held(start)
    _held(end)
    days = (start + dt.timedelta(days=n) for n in range((end - start).days + 1))
    return tuple(day for day in days if is_session(day))


def next_session(day: dt.date) -> dt.date:
    """Return the first session strictly after a day.

    >>> next_session(dt.date(2026, 2, 16))
    datetime.date(2026, 2, 20)

    """
    day += _ONE_DAY
    while not is_session(day):
        day += _ONE_DAY
    return day


def previous_session(day: dt.date) -> dt.date:
    """Return the last session strictly before a day.

    >>> previous_session(dt.date(2026, 1, 5))
    datetime.date(2026, 1, 2)

    """
    day -= _ONE_DAY
    while not is_session(day):
        day -= _ONE_DAY
    return day


def trading_hours(day: dt.date) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
    """Return the trading periods of a session: 09:30-12:00, and 13:00-16:00 unless it is a half day.

    Until 2012-03-02 the afternoon began at 13:30, until 2011-03-04 the hours were 10:00-12:30 and 14:30-16:00. When a
    storm took the morning, the afternoon is given whole: when it began is not held. When one ended the afternoon, it
    ends then. The auctions before the opening and after the close are left out.

    Raises
    ------
    NotAvailableError
        The market does not trade on that day, or the day is outside the table.

    """
    if not is_session(day):
        raise NotAvailableError(f"the Hong Kong market does not trade on {day}", todo="ask for a session")
    morning, afternoon = next((first, second) for since, first, second in _HOURS if day >= since)
    match exceptions("hkex.csv").get(day):
        case "half_day":
            periods: tuple[_Period, ...] = (morning,)
        case "late_opening":
            periods = (afternoon,)
        case "early_close":
            periods = (morning, (afternoon[0], _STORM_END))
        case _:
            periods = (morning, afternoon)
    return tuple((_at(day, start), _at(day, end)) for start, end in periods)


def session_open_close(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return the opening and the close of a session: 09:30 and 16:00 HKT, or 12:00 HKT on a half day; see hours above.

    Raises
    ------
    NotAvailableError
        The market does not trade on that day, or the day is outside the table.

    >>> [f"{time:%H:%M %Z}" for time in session_open_close(dt.date(2025, 12, 24))]
    ['09:30 HKT', '12:00 HKT']

    """
    periods = trading_hours(day)
    return periods[0][0], periods[-1][1]


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=HKT)


DayZeroBasis = Literal["before_close", "after_close", "no_session", "time_unknown", "time_unknown_no_session"]

_REASONS: Final[Mapping[DayZeroBasis, str]] = {
    "before_close": "public before the close of that day's session",
    "after_close": "public after the close; the market could react in the next session",
    "no_session": "public on a day without trading; the market could react in the next session",
    "time_unknown": "the time of day is unknown: taken as that day's session, which may be one too early",
    "time_unknown_no_session": "the time of day is unknown, and the market did not trade that day: the next session",
}


@dataclass(frozen=True, slots=True)
class DayZero:
    """The first session in which the market could react, and on what ground.

    ``time_known`` is false when the source gave only the day; :attr:`reason` then says so.
    """

    session: dt.date
    basis: DayZeroBasis

    @property
    def time_known(self) -> bool:
        """Whether the time of day decided, instead of a convention."""
        return not self.basis.startswith("time_unknown")

    @property
    def reason(self) -> str:
        """One clause in English for the reader."""
        return _REASONS[self.basis]


def day_zero(moment: Moment) -> DayZero:
    """Return the first session on which the market could react to something public at ``moment``.

    Before the close of a session it is that session; at the close or later, the next one (the closing
    auction is not counted as time to react). A moment known only to the day takes that day's session,
    or the next when there is none, and says that the time of day is unknown.

    Raises
    ------
    NotAvailableError
        The moment lies outside the table.

    >>> day_zero(Moment.parse("2026-01-07 17:21")).session
    datetime.date(2026, 1, 8)
    >>> day_zero(Moment.parse("2026-01-07"))
    DayZero(session=datetime.date(2026, 1, 7), basis='time_unknown')

    """
    day = moment.day
    by_day = moment.precision == "day"
    if not is_session(day):
        return DayZero(next_session(day), "time_unknown_no_session" if by_day else "no_session")
    if by_day:
        return DayZero(day, "time_unknown")
    if moment.at < session_open_close(day)[1]:
        return DayZero(day, "before_close")
    return DayZero(next_session(day), "after_close")
