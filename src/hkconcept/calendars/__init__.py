"""Trading sessions in Hong Kong and working days in mainland China, from packaged tables of dated exceptions."""

from hkconcept.calendars.hkex import (
    FIRST_DAY,
    LAST_DAY,
    DayZero,
    day_zero,
    is_half_day,
    is_session,
    is_shortened,
    next_session,
    previous_session,
    session_open_close,
    sessions,
    trading_hours,
)
from hkconcept.calendars.mainland import (
    WorkingDay,
    is_mainland_working_day,
    nth_working_day,
    working_day_arrays,
    working_days_between,
)

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "DayZero",
    "WorkingDay",
    "day_zero",
    "is_half_day",
    "is_mainland_working_day",
    "is_session",
    "is_shortened",
    "next_session",
    "nth_working_day",
    "previous_session",
    "session_open_close",
    "sessions",
    "trading_hours",
    "working_day_arrays",
    "working_days_between",
]
