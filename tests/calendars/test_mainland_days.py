"""Working days in mainland China."""

import datetime as dt
import itertools

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept import calendars
from hkconcept.calendars import mainland, statutory
from hkconcept.errors import NotAvailableError

published = st.dates(mainland.FIRST_DAY, mainland.LAST_DAY)


def all_days(first: dt.date = mainland.FIRST_DAY, last: dt.date = mainland.LAST_DAY) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def test_agrees_with_chinesecalendar_for_every_day_since_2004() -> None:
    ours = [day for day in all_days() if calendars.is_mainland_working_day(day)]
    assert ours == [day for day in all_days() if chinese_calendar.is_workday(day)]
    assert len(all_days()) == 8401  # 23 years, six of them leap years


def test_january_2026_by_hand() -> None:
    # 22 weekdays, without the 1st and 2nd, with the make-up Sunday of the 4th.
    january = all_days(dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    assert sum(map(calendars.is_mainland_working_day, january)) == 21


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (dt.date(2006, 12, 30), True),  # a Saturday worked for the New Year holiday of 2007
        (dt.date(2015, 9, 3), False),  # once only: seventy years after the war
        (dt.date(2020, 1, 31), False),  # the Spring Festival prolonged during the epidemic
        (dt.date(2021, 9, 18), True),  # a Saturday
        (dt.date(2021, 10, 9), True),  # a Saturday
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


@pytest.mark.parametrize("day", [dt.date(2003, 12, 31), dt.date(2027, 1, 4)])
def test_outside_the_published_years_no_single_day_is_answered(day: dt.date) -> None:
    with pytest.raises(NotAvailableError, match="ask for a day from 2004-01-01 to 2026-12-31"):
        calendars.is_mainland_working_day(day)


@pytest.mark.parametrize(
    ("after", "number", "day"),
    [
        # The 8th and 9th are a Thursday and a Friday; the week from the 12th has five working days.
        (dt.date(2026, 1, 7), 0, dt.date(2026, 1, 7)),
        (dt.date(2026, 1, 7), 1, dt.date(2026, 1, 8)),
        (dt.date(2026, 1, 7), 3, dt.date(2026, 1, 12)),
        # From a Saturday that is not worked to the Monday.
        (dt.date(2026, 1, 10), 1, dt.date(2026, 1, 12)),
        # Over the National Day of 2025: 1 to 8 October are off, the Sunday of 28 September and the Saturday of the
        # 11th are worked: 28, 29, 30, 9, 10, 11, 13.
        (dt.date(2025, 9, 26), 7, dt.date(2025, 10, 13)),
    ],
)
def test_counting_forward_by_hand(after: dt.date, number: int, day: dt.date) -> None:
    assert calendars.nth_working_day(after, number) == calendars.WorkingDay.certain(day)


@given(published, published)
def test_the_count_is_the_number_of_working_days(one: dt.date, other: dt.date) -> None:
    after, upto = sorted((one, other))
    counted = sum(map(calendars.is_mainland_working_day, all_days(after + dt.timedelta(1), upto)))
    assert calendars.working_days_between(after, upto) == counted
    assert calendars.working_days_between(upto, after) == 0


@given(st.dates(mainland.FIRST_DAY, dt.date(2025, 6, 30)), st.integers(1, 300))
def test_counting_forward_and_between_are_each_others_inverse(after: dt.date, number: int) -> None:
    reached = calendars.nth_working_day(after, number)
    assert not reached.provisional
    assert calendars.is_mainland_working_day(reached.day)
    assert calendars.working_days_between(after, reached.day) == number


def test_the_range_of_a_year_to_come_is_what_the_rule_missed_in_each_year_held() -> None:
    within, at_end = [], []
    for year in range(statutory.FIRST_YEAR, mainland.LAST_DAY.year + 1):
        missed = itertools.accumulate(
            calendars.is_mainland_working_day(day) - (day.weekday() < 5 and not statutory.is_statutory_holiday(day))
            for day in all_days(dt.date(year, 1, 1), dt.date(year, 12, 31))
        )
        differences = list(missed)
        within += differences
        at_end.append(differences[-1])
    assert (min(within), max(within)) == statutory.YEAR_RANGE
    assert (min(at_end), max(at_end)) == statutory.YEAR_END


@pytest.mark.parametrize("year", range(statutory.FIRST_YEAR, 2027))
def test_statutory_holidays_are_off_in_every_published_year(year: int) -> None:
    # Only days in lieu are moved by an arrangement; the festivals themselves never are.
    festivals = [dt.date(year, 1, 1), dt.date(year, 5, 1), *(dt.date(year, 10, day) for day in (1, 2, 3))]
    assert all(statutory.is_statutory_holiday(day) for day in festivals)
    assert not any(calendars.is_mainland_working_day(day) for day in festivals)


def test_2027_by_hand() -> None:
    # 1 January is a Friday. The 60th working day after 2 November 2026: November has 20 more (3rd to 30th),
    # December 23, January 2027 from Monday the 4th: 17 are left, 4-8, 11-15, 18-22, 25, 26.
    reached = calendars.nth_working_day(dt.date(2026, 11, 2), 60)
    assert reached.day == dt.date(2027, 1, 26)
    # Two more working days than expected: the 22nd; three fewer: the 29th.
    assert (reached.earliest, reached.latest) == (dt.date(2027, 1, 22), dt.date(2027, 1, 29))
    assert reached.provisional


def test_the_range_never_reaches_back_into_settled_days() -> None:
    reached = calendars.nth_working_day(dt.date(2026, 12, 24), 2)
    assert (reached.day, reached.earliest) == (dt.date(2026, 12, 28), dt.date(2026, 12, 26))


@given(st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)), st.integers(1, 250))
def test_a_longer_count_never_ends_earlier(after: dt.date, number: int) -> None:
    one, other = calendars.nth_working_day(after, number), calendars.nth_working_day(after, number + 1)
    assert one.day < other.day
    assert one.earliest <= one.day
    assert one.latest is not None
    assert other.latest is not None
    assert one.day <= one.latest < other.latest


def test_beyond_the_horizon_nothing_is_computed() -> None:
    with pytest.raises(NotAvailableError, match="200 working days after 2030-06-03 lie beyond 2030-12-31"):
        calendars.nth_working_day(dt.date(2030, 6, 3), 200)
    with pytest.raises(NotAvailableError, match="or provisionally to 2030-12-31"):
        calendars.working_days_between(dt.date(2026, 1, 1), dt.date(2031, 1, 1))
    with pytest.raises(ValueError, match="-1 working days"):
        calendars.nth_working_day(dt.date(2026, 1, 7), -1)
