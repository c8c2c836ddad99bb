"""Working days in mainland China, which statutory time limits count.

The weekdays, changed by a packaged table of holidays and of weekend days that are worked to make up for them, each with
the notice of the State Council (``data/calendars/mainland.csv``).
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from hkconcept.calendars.table import exceptions
from hkconcept.errors import NotAvailableError

__all__ = ["is_mainland_working_day"]

FIRST_DAY: Final = dt.date(2024, 1, 1)
LAST_DAY: Final = dt.date(2026, 12, 31)


def is_mainland_working_day(day: dt.date) -> bool:
    """Whether a day is a working day in mainland China, make-up weekends included.

    Statutory time limits of the drug regulator count these days.

    Raises
    ------
    NotAvailableError
        The day is outside 2024 to 2026: later arrangements are not yet published, so any answer would
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
    match exceptions("mainland.csv").get(day):
        case "holiday":
            return False
        case "make_up":
            return True
        case _:
            return day.weekday() < 5
