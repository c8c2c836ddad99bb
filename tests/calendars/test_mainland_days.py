"""Working days in mainland China."""

import datetime as dt

import chinese_calendar
import pytest

from hkconcept import calendars
from hkconcept.calendars import mainland


def all_days() -> list[dt.date]:
    length = (mainland.LAST_DAY - mainland.FIRST_DAY).days + 1
    return [mainland.FIRST_DAY + dt.timedelta(days=n) for n in range(length)]


def test_agrees_with_chinesecalendar() -> None:
    ours = [day for day in all_days() if calendars.is_mainland_working_day(day)]
    assert ours == [day for day in all_days() if chinese_calendar.is_workday(day)]


def test_january_2026_by_hand() -> None:
    # 22 weekdays, without the 1st and 2nd, with the make-up Sunday of the 4th.
    january = [day for day in all_days() if (day.year, day.month) == (2026, 1)]
    assert sum(map(calendars.is_mainland_working_day, january)) == 21


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (dt.date(2025, 1, 26), True),  # a Sunday worked before the Spring Festival
        (dt.date(2025, 1, 28), False),
        (dt.date(2025, 10, 8), False),
        (dt.date(2025, 10, 11), True),  # a Saturday
        (dt.date(2026, 1, 7), True),
        (dt.date(2026, 1, 10), False),
    ],
)
def test_single_days(day: dt.date, working: bool) -> None:
    assert calendars.is_mainland_working_day(day) is working
