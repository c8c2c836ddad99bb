"""The packaged sample of closes: values, gaps, and what is known when."""

import csv
import datetime as dt
import itertools
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept import calendars
from hkconcept.market import Availability, Bar, Bars, Gap
from hkconcept.market.bars import INDEX
from hkconcept.model import HKT, Moment
from named_stocks import NAMED

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "market"
FIRST, LAST = dt.date(2025, 12, 1), dt.date(2026, 1, 30)
BARS = Bars.packaged()


def january(day: int) -> dt.date:
    return dt.date(2026, 1, day)


@pytest.mark.parametrize(
    ("code", "day", "close"),
    [
        ("00013", january(6), "21.3"),
        ("00013", january(7), "22.46"),
        ("01801", dt.date(2025, 12, 24), "80.75"),
        ("HSI", january(6), "26710.45"),
        ("HSI", january(7), "26458.95"),
        ("HSI", january(2), "26338.47"),
    ],
)
def test_closes_as_printed(code: str, day: dt.date, close: str) -> None:
    assert BARS.close(code, day) == Decimal(close)


@pytest.mark.parametrize(
    ("code", "start", "end", "percent"),
    [
        ("00013", january(6), january(7), "5.446"),  # 22.46 / 21.3
        ("HSI", january(6), january(7), "-0.942"),  # 26458.95 / 26710.45
        ("HSI", january(7), january(8), "-1.170"),  # 26149.31 / 26458.95
        ("HSI", january(7), january(7), "0.000"),
    ],
)
def test_changes_by_hand(code: str, start: dt.date, end: dt.date, percent: str) -> None:
    change = BARS.change(code, start, end)
    assert change is not None
    assert f"{change * 100:.3f}" == percent


def test_every_session_of_the_window_is_there_for_every_priced_series() -> None:
    sessions = calendars.sessions(FIRST, LAST)
    assert len(sessions) == 42
    priced = [code for code in (*BARS.codes, INDEX) if BARS.availability(code).available]
    assert len(priced) == 35
    for code in priced:
        held = BARS.availability(code)
        assert (held.first, held.last, held.missing) == (FIRST, LAST, ())
        assert all(BARS.close(code, day) for day in sessions)
        assert held.provider
        assert held.origin
        assert held.basis == ("price index" if code == INDEX else "unadjusted")


def test_the_two_without_prices_say_so() -> None:
    missing = [code for code in NAMED if not BARS.availability(code).available]
    assert missing == ["01167", "02105"]
    for code in missing:
        held = BARS.availability(code)
        assert held.reason_en
        assert held.reason_zh
        assert BARS.close(code, january(7)) is None
        assert BARS.gap(code, january(7)) is Gap.NO_SERIES
        assert BARS.change_or_gap(code, january(6), january(7)).gap is Gap.NO_SERIES


def test_a_code_never_collected_is_not_available() -> None:
    held = BARS.availability("00700")
    assert not held.available
    assert held.reason_en
    assert held.reason_zh


@pytest.mark.parametrize(
    ("day", "gap"),
    [
        (january(7), None),
        (january(10), Gap.NO_SESSION),  # a Saturday
        (dt.date(2025, 12, 25), Gap.NO_SESSION),
        (dt.date(2025, 11, 28), Gap.OUTSIDE),
        (dt.date(2026, 2, 2), Gap.OUTSIDE),
    ],
)
def test_gaps_have_names(day: dt.date, gap: Gap | None) -> None:
    assert BARS.gap("01801", day) is gap
    assert (BARS.close("01801", day) is None) is (gap is not None)


def made() -> Bars:
    """Two series: one complete, one with a halt on the 6th and no row on the 7th."""
    full = {january(5): Bar(Decimal(10), 100), january(6): Bar(Decimal(11), 50), january(7): Bar(Decimal(12), 70)}
    halted = {january(5): Bar(Decimal(4), 9), january(6): Bar(Decimal(4), 0)}
    series = {code: Availability(code, available=True) for code in ("00001", "00002")}
    return Bars({"00001": full, "00002": halted}, series)


def test_a_bar_without_volume_is_a_halt_and_gives_no_close() -> None:
    bars = made()
    assert bars.gap("00002", january(6)) is Gap.NO_TRADE
    assert bars.close("00002", january(6)) is None
    assert bars.volume("00002", january(6)) == 0
    assert bars.change("00002", january(5), january(6)) is None
    assert bars.change_or_gap("00002", january(5), january(6)).gap is Gap.NO_TRADE


def test_a_missing_row_on_a_session_is_a_gap() -> None:
    bars = made()
    assert bars.gap("00002", january(7)) is Gap.NO_BAR
    assert bars.change_or_gap("00002", january(5), january(7)).gap is Gap.NO_BAR
    assert bars.change("00001", january(5), january(7)) == Decimal("0.2")


@pytest.mark.parametrize(
    ("as_of", "session"),
    [
        ("2026-01-08 08:07", "2026-01-07"),
        ("2026-01-08 15:59", "2026-01-07"),
        ("2026-01-08 16:00", "2026-01-08"),
        ("2026-01-08", "2026-01-08"),  # a day stands for its end
        ("2025-12-24 12:00", "2025-12-24"),  # a half day
        ("2025-12-24 11:59", "2025-12-23"),
        ("2026-01-11 12:00", "2026-01-09"),
        ("2026-11-23", "2026-01-30"),
        ("2025-12-01 15:00", "None"),
    ],
)
def test_last_session_whose_close_was_known(as_of: str, session: str) -> None:
    assert str(BARS.last_session(Moment.parse(as_of))) == session


@given(st.integers(min_value=0, max_value=70 * 24 * 60))
def test_no_close_is_known_before_its_session_ends(minutes: int) -> None:
    at = dt.datetime(2025, 11, 28, tzinfo=HKT) + dt.timedelta(minutes=minutes)
    last = BARS.last_session(Moment(at))
    if last is not None:
        assert calendars.session_open_close(last)[1] <= at


def test_no_change_between_sessions_looks_like_a_split() -> None:
    # The three largest daily moves of the window are news days of their companies, far from a ratio of 1:2.
    sessions = calendars.sessions(FIRST, LAST)
    moves = {
        (code, day): change
        for code in BARS.codes
        for before, day in itertools.pairwise(sessions)
        if (change := BARS.change(code, before, day)) is not None
    }
    assert max(moves.values()) < Decimal("0.25")
    assert min(moves.values()) > Decimal("-0.20")


@pytest.mark.corpus
def test_the_figures_are_those_of_the_source_files() -> None:
    folder = SHARED / "prices" / "tencent_unadj_2025-11_2026-04"
    if not folder.is_dir():
        pytest.skip("the private price files are not here")
    for code in BARS.codes:
        path = folder / f"{code}.csv"
        assert path.is_file() is BARS.availability(code).available
        if path.is_file():
            with path.open(encoding="utf-8") as file:
                rows = {row["date"]: row for row in csv.DictReader(file)}
            for day in calendars.sessions(FIRST, LAST):
                assert BARS.close(code, day) == Decimal(rows[str(day)]["close"])
                assert BARS.volume(code, day) == int(rows[str(day)]["volume"])
