"""Sessions and half days of the Hong Kong market."""

import csv
import datetime as dt
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept import calendars
from hkconcept.errors import NotAvailableError
from hkconcept.model import HKT, Moment

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
DATA = Path(calendars.__file__).parents[1] / "data" / "calendars"

days = st.dates(calendars.FIRST_DAY, calendars.LAST_DAY)
inner_days = st.dates(dt.date(2024, 1, 10), dt.date(2026, 12, 20))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_number_of_sessions_per_year_by_hand() -> None:
    # 262 weekdays in 2024, 16 of them closed; 261 and 15 in 2025; 261 and 14 in 2026.
    counts = {year: len(calendars.sessions(dt.date(year, 1, 1), dt.date(year, 12, 31))) for year in (2024, 2025, 2026)}
    assert counts == {2024: 246, 2025: 246, 2026: 247}


def test_agrees_with_exchange_calendars() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the peer's own dependencies warn about each other
        import exchange_calendars  # noqa: PLC0415 - slow to import, only this test needs it

        peer = exchange_calendars.get_calendar("XHKG", start="2024-01-01", end="2026-12-31")
    assert list(calendars.sessions(calendars.FIRST_DAY, calendars.LAST_DAY)) == [s.date() for s in peer.sessions]
    half_days = [d for d in calendars.sessions(calendars.FIRST_DAY, calendars.LAST_DAY) if calendars.is_half_day(d)]
    assert half_days == [s.date() for s in peer.early_closes]


@pytest.mark.corpus
def test_agrees_with_the_days_that_have_an_index_close() -> None:
    path = SHARED / "data" / "market" / "benchmark" / "hsi_close_1986_2026-07.csv"
    if not path.is_file():
        pytest.skip("the private price files are not here")
    with path.open(encoding="utf-8") as file:
        closes = {day(row["date"]) for row in csv.DictReader(file)}
    expected = set(calendars.sessions(calendars.FIRST_DAY, dt.date(2026, 7, 24)))
    assert {d for d in closes if d >= calendars.FIRST_DAY} <= expected
    assert expected - closes == {dt.date(2026, 7, 14)}  # typed by hand from there on, one row was missed


@pytest.mark.parametrize("name", ["hkex.csv", "mainland.csv"])
def test_every_exception_has_a_source_and_stands_once_in_order(name: str) -> None:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    dates = [row["date"] for row in rows]
    assert dates == sorted(set(dates))
    assert all(row["source"] and row["name"] for row in rows)


@pytest.mark.parametrize(
    ("text", "session", "half"),
    [
        ("2026-01-07", True, False),
        ("2026-01-10", False, False),  # a Saturday
        ("2024-09-06", False, False),  # a typhoon
        ("2025-12-24", True, True),
        ("2025-12-25", False, False),
        ("2026-02-16", True, True),
        ("2026-04-07", False, False),
    ],
)
def test_single_days(text: str, session: bool, half: bool) -> None:
    assert (calendars.is_session(day(text)), calendars.is_half_day(day(text))) == (session, half)


def test_trading_hours() -> None:
    full = [[f"{t:%H:%M}" for t in period] for period in calendars.trading_hours(dt.date(2026, 1, 7))]
    assert full == [["09:30", "12:00"], ["13:00", "16:00"]]
    half = [[f"{t:%H:%M}" for t in period] for period in calendars.trading_hours(dt.date(2025, 12, 31))]
    assert half == [["09:30", "12:00"]]
    assert calendars.session_open_close(dt.date(2026, 1, 7))[1] == dt.datetime(2026, 1, 7, 16, tzinfo=HKT)


@pytest.mark.parametrize(
    ("moment", "session", "basis"),
    [
        ("2026-01-07", "2026-01-07", "time_unknown"),
        ("2026-01-07 17:21", "2026-01-08", "after_close"),
        ("2026-01-07 15:59", "2026-01-07", "before_close"),
        ("2026-01-07 16:00", "2026-01-08", "after_close"),
        ("2026-01-08 08:07", "2026-01-08", "before_close"),
        ("2026-01-09 18:00", "2026-01-12", "after_close"),  # a Friday evening
        ("2026-01-10 10:00", "2026-01-12", "no_session"),
        ("2026-01-10", "2026-01-12", "time_unknown_no_session"),
        ("2025-12-24 12:30", "2025-12-29", "after_close"),  # a half day before the holidays
        ("2026-01-07T09:21:00+00:00", "2026-01-08", "after_close"),  # 17:21 in Hong Kong
    ],
)
def test_day_zero(moment: str, session: str, basis: str) -> None:
    zero = calendars.day_zero(Moment.parse(moment))
    assert (str(zero.session), zero.basis) == (session, basis)
    assert zero.time_known is not basis.startswith("time_unknown")
    assert ("unknown" in zero.reason) is not zero.time_known


@given(inner_days)
def test_next_and_previous_session_are_neighbours(any_day: dt.date) -> None:
    after, before = calendars.next_session(any_day), calendars.previous_session(any_day)
    assert before < any_day < after
    between = calendars.sessions(before, after)
    assert between == ((before, any_day, after) if calendars.is_session(any_day) else (before, after))


@given(days, days)
def test_sessions_are_the_days_that_are_sessions(one: dt.date, other: dt.date) -> None:
    start, end = sorted((one, other))
    found = calendars.sessions(start, end)
    assert all(start <= d <= end and d.weekday() < 5 and calendars.is_session(d) for d in found)
    assert len(found) == sum(calendars.is_session(start + dt.timedelta(n)) for n in range((end - start).days + 1))


@pytest.mark.parametrize("text", ["2023-12-29", "2027-01-04"])
def test_outside_the_table_nothing_is_computed(text: str) -> None:
    with pytest.raises(NotAvailableError, match="ask for a day from 2024-01-01 to 2026-12-31"):
        calendars.is_session(day(text))


def test_no_hours_on_a_day_without_trading() -> None:
    with pytest.raises(NotAvailableError, match="does not trade on 2026-01-01"):
        calendars.trading_hours(dt.date(2026, 1, 1))
