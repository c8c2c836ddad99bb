"""Panels by hand: cells and their flags, returns inside segments, splicing refused, nothing known later."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept import calendars
from hkconcept.errors import NotAvailableError, SourceError, UsageError
from hkconcept.market import (
    Flag,
    Panel,
    PriceRow,
    Segment,
    load_panel,
    make_panel,
    open_folder,
    packaged_source,
    panel_of_frame,
)
from hkconcept.model import HKT, Moment

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "market" / "prices"
OLD = Segment("yahoo", "adjusted", retrieved=dt.date(2026, 1, 31))
NEW = Segment("tencent", "unadjusted")


def january(day: int) -> dt.date:
    return dt.date(2026, 1, day)


def rows(code: str, closes: dict[int, float], volume: float | None = 100) -> list[PriceRow]:
    return [PriceRow(code, january(day), close, volume) for day, close in closes.items()]


def halted() -> Panel:
    """Three securities; 00002 stands still on the 6th and has no row on the 7th."""
    still = PriceRow("00002", january(6), 4.0, 0, 4.0, 4.0, 4.0)
    return make_panel(
        {
            NEW: [
                *rows("00001", {5: 10, 6: 11, 7: 12.1, 8: 12.1}),
                *rows("00003", {6: 5, 7: 5, 8: 6}),
                *rows("00002", {5: 4, 8: 5}),
                still,
            ]
        }
    )


def test_cells_have_their_flags() -> None:
    panel = halted()
    assert panel.codes == ("00001", "00002", "00003")
    assert panel.sessions == tuple(january(n) for n in (5, 6, 7, 8))
    assert panel.flag("00001", january(6)) == Flag.UNADJUSTED
    assert panel.flag("00002", january(6)) == Flag.UNADJUSTED | Flag.FLAT | Flag.HALT
    assert panel.flag("00002", january(7)) == Flag.UNADJUSTED | Flag.GAP
    assert panel.flag("00003", january(5)) == Flag(0)  # before its first row: no gap, it is outside
    assert panel.segment[:, panel.column("00003")].tolist() == [-1, 0, 0, 0]
    np.testing.assert_array_equal(panel.close[:, 1], [4, np.nan, np.nan, 5])


def test_returns_by_hand() -> None:
    panel = halted()
    np.testing.assert_allclose(panel.returns()[:, 0], [np.nan, 0.1, 0.1, 0.0], atol=1e-15)
    np.testing.assert_array_equal(panel.returns()[:, 1], [np.nan] * 4)  # no two neighbouring closes
    np.testing.assert_allclose(panel.returns(over="last")[:, 1], [np.nan, np.nan, np.nan, 0.25])
    np.testing.assert_allclose(panel.returns("log")[1:3, 0], np.log(1.1))
    np.testing.assert_array_equal(panel.carried()[:, 1], [4, 4, 4, 5])


def two_segments() -> Panel:
    """One security on two bases: sessions 5 to 7 adjusted, 12 to 14 unadjusted; 8 and 9 are in neither."""
    return make_panel({OLD: rows("00001", {5: 1, 6: 2, 7: 4}), NEW: rows("00001", {12: 40, 13: 50, 14: 25})})


def test_no_return_crosses_a_break() -> None:
    panel = two_segments()
    assert panel.shape == (8, 1)
    expected = [np.nan, 1.0, 1.0, np.nan, np.nan, np.nan, 0.25, -0.5]
    np.testing.assert_array_equal(panel.returns()[:, 0], expected)
    np.testing.assert_array_equal(panel.returns(over="last")[:, 0], expected)
    assert panel.flag("00001", january(7)) == Flag.ADJUSTED
    assert panel.flag("00001", january(12)) == Flag.UNADJUSTED
    assert [(panel.sessions[a], panel.sessions[b - 1]) for a, b in panel.stretches()] == [
        (january(5), january(7)),
        (january(12), january(14)),
    ]


def test_segments_that_touch_are_still_apart() -> None:
    panel = make_panel({OLD: rows("00001", {5: 1, 6: 2}), NEW: rows("00001", {7: 40, 8: 50})})
    for over in ("adjacent", "last"):
        np.testing.assert_array_equal(panel.returns(over=over)[:, 0], [np.nan, 1.0, np.nan, 0.25])
    assert list(panel.stretches()) == [(0, 2), (2, 4)]
    with pytest.raises(UsageError) as caught:
        panel.prices(january(6), january(7))
    assert str(caught.value) == (
        "00001: prices up to 2026-01-06 (yahoo, adjusted, HKD) do not compare with those from 2026-01-07 "
        "(tencent, unadjusted, HKD); use returns within segments instead."
    )


def test_splicing_over_missing_sessions_is_refused() -> None:
    panel = two_segments()
    with pytest.raises(UsageError, match="no source covers 2026-01-08, so prices on either side are not comparable"):
        panel.prices(january(6), january(13))
    np.testing.assert_array_equal(panel.prices(january(12), january(14))[:, 0], [40, 50, 25])


@pytest.mark.parametrize(
    ("pieces", "sentence"),
    [
        (
            {OLD: rows("00001", {5: 1, 7: 2}), NEW: rows("00001", {6: 40})},
            (
                "00001: rows of tencent, unadjusted, HKD and of yahoo, adjusted, HKD overlap from 2026-01-06; "
                "give one of them, or cut them so that they follow each other."
            ),
        ),
        (
            {NEW: [*rows("00001", {5: 1}), *rows("00001", {5: 2})]},
            "tencent, unadjusted, HKD: 00001 has two rows for 2026-01-05.",
        ),
        (
            {NEW: rows("00001", {5: 1, 10: 2})},
            (
                "tencent, unadjusted, HKD: 00001 has a row on 2026-01-10, on which the market did not trade; "
                "leave the row out."
            ),
        ),
        (
            {NEW: rows("00001", {5: 1, 6: 0})},
            "00001 on 2026-01-06: the close 0 is not a price; leave the row out when there was no close.",
        ),
        (
            {NEW: [PriceRow("00001", dt.date(1999, 1, 4), 1.0)]},
            (
                "tencent, unadjusted, HKD: rows from 1999-01-04 to 1999-01-04 reach outside the calendar "
                f"of the market; give rows from {calendars.FIRST_DAY} to {calendars.LAST_DAY}."
            ),
        ),
    ],
)
def test_what_cannot_be_one_panel_is_refused(pieces: dict[Segment, Iterable[PriceRow]], sentence: str) -> None:
    with pytest.raises(SourceError) as caught:
        make_panel(pieces)
    assert str(caught.value) == sentence


def test_a_row_without_volume_whose_price_moved_keeps_its_price() -> None:
    odd = PriceRow("00001", january(6), 11.0, 0, 10.0, 11.5, 10.0)
    panel = make_panel({NEW: [*rows("00001", {5: 10, 7: 12}), odd]})
    assert panel.flag("00001", january(6)) == Flag.UNADJUSTED | Flag.VOLUME_LOST
    assert panel.close[1, 0] == 11.0
    assert np.isnan(panel.volume[1, 0])


def test_a_session_that_the_whole_source_lost_is_no_halt() -> None:
    eve = dt.date(2025, 12, 24)
    lost = [PriceRow(code, eve, 4.0, 0, 4.0, 4.0, 4.0) for code in ("00001", "00002", "00003")]
    before = [PriceRow(code, dt.date(2025, 12, 23), 4.0, 7) for code in ("00001", "00002", "00003")]
    panel = make_panel({NEW: [*before, *lost]})
    assert panel.flag("00002", eve) == Flag.UNADJUSTED | Flag.FLAT | Flag.HALF_DAY
    assert np.isnan(panel.close[1]).all()


def test_a_halt_known_from_elsewhere_is_marked() -> None:
    panel = make_panel({NEW: rows("00001", {5: 10, 7: 12})}, halts=[("00001", january(6)), ("00009", january(6))])
    assert panel.flag("00001", january(6)) == Flag.UNADJUSTED | Flag.GAP | Flag.HALT


def test_corrections_hold_from_when_they_are_known() -> None:
    wrong = PriceRow("00001", january(6), 110.0, 5)
    right = replace(wrong, close=11.0, known_at=dt.datetime(2026, 1, 8, 9, tzinfo=HKT))
    pieces = {NEW: [right, wrong, *rows("00001", {5: 10})]}
    assert make_panel(pieces, as_of=Moment.parse("2026-01-07")).close[:, 0].tolist() == [10.0, 110.0]
    assert make_panel(pieces, as_of=Moment.parse("2026-01-08 09:00")).close[:, 0].tolist() == [10.0, 11.0]


def test_a_session_counts_from_its_close() -> None:
    pieces = {NEW: rows("00001", {5: 10, 6: 11, 7: 12})}
    assert make_panel(pieces, as_of=Moment.parse("2026-01-06 15:59")).sessions == (january(5),)
    assert make_panel(pieces, as_of=Moment.parse("2026-01-06 16:00")).sessions == (january(5), january(6))
    assert make_panel(pieces, as_of=Moment.parse("2026-01-02")).shape == (0, 0)


def test_what_is_not_held_is_said() -> None:
    panel = halted()
    with pytest.raises(NotAvailableError, match="00700: no prices are held for this security"):
        panel.column("00700")
    with pytest.raises(NotAvailableError, match=r"2026-01-09 is no session of the panel \(2026-01-05 to 2026-01-08\)"):
        panel.row(january(9))
    with pytest.raises(SourceError, match="no source has a row for 01167; check the codes and the days"):
        load_panel([packaged_source()], ["01167"])


def test_a_large_table_gives_the_same_panel_as_rows() -> None:
    held = [*rows("00001", {5: 10, 6: 11, 8: 12}), *rows("00002", {6: 3, 7: 4})]
    frame = pl.DataFrame(
        {
            "code": [row.code for row in held],
            "session": [row.session for row in held],
            "close": [row.close for row in held],
            "volume": [row.volume for row in held],
        }
    )
    large, small = panel_of_frame(frame.reverse(), NEW), make_panel({NEW: held})
    assert (large.sessions, large.codes) == (small.sessions, small.codes)
    np.testing.assert_array_equal(large.close, small.close)
    np.testing.assert_array_equal(large.flags, small.flags)
    np.testing.assert_array_equal(large.segment, small.segment)


def test_the_frame_holds_the_cells_inside_segments() -> None:
    frame = halted().frame()
    assert frame.height == 4 + 4 + 3
    gap = frame.filter(pl.col("gap"))
    assert gap.select("session", "code", "close").rows() == [(january(7), "00002", None)]


def test_a_slice_is_the_same_panel() -> None:
    part = halted().between(january(6), january(7))
    assert part.sessions == (january(6), january(7))
    assert part.close[:, 0].tolist() == [11.0, 12.1]


sessions = calendars.sessions(january(5), january(16))
cells = st.lists(st.tuples(st.integers(1, 4), st.sampled_from(sessions), st.integers(1, 999)), min_size=1, max_size=20)


@given(cells, st.randoms(use_true_random=False), st.sampled_from(sessions))
def test_neither_order_nor_later_rows_change_a_panel(
    drawn: list[tuple[int, dt.date, int]],
    random: Random,
    last: dt.date,
) -> None:
    unique = {(code, day): PriceRow(f"{code:05d}", day, float(price), 9) for code, day, price in drawn}
    held = list(unique.values())
    shuffled = held.copy()
    random.shuffle(shuffled)
    one, other = make_panel({NEW: held}), make_panel({NEW: shuffled})
    np.testing.assert_array_equal(one.close, other.close)
    np.testing.assert_array_equal(one.flags, other.flags)
    early = [row for row in held if row.session <= last]
    then = make_panel({NEW: held}, as_of=Moment.of_day(last))
    np.testing.assert_array_equal(then.close, make_panel({NEW: early}).close)


@pytest.mark.corpus
def test_the_september_of_transthera() -> None:
    if not SHARED.is_dir():
        pytest.skip("the private price files are not here")
    folder = open_folder(SHARED / "yahoo_adj_to_2025-10", provider="yahoo", basis="adjusted")
    panel = load_panel([folder], ["02617"], first=dt.date(2025, 9, 10), last=dt.date(2025, 9, 17))
    shown = [f"{100 * value:.2f}" for value in panel.returns()[1:, 0]]
    assert shown == ["20.78", "77.09", "115.58", "-53.73", "8.96"]


@pytest.mark.corpus
def test_both_segments_of_the_price_files() -> None:
    if not SHARED.is_dir():
        pytest.skip("the private price files are not here")
    adjusted = open_folder(SHARED / "yahoo_adj_to_2025-10", provider="yahoo", basis="adjusted")
    unadjusted = open_folder(SHARED / "tencent_unadj_2025-11_2026-04", provider="tencent", basis="unadjusted")
    panel = load_panel([adjusted, unadjusted], ["00239", "01801"], first=dt.date(2025, 1, 2))
    spans = [(str(panel.sessions[a]), str(panel.sessions[b - 1])) for a, b in panel.stretches()]
    assert spans == [("2025-01-02", "2025-10-30"), ("2025-11-12", "2026-04-16")]
    assert len(calendars.sessions(dt.date(2025, 10, 31), dt.date(2025, 11, 11))) == 8  # the hole between them
    eve = dt.date(2025, 1, 28)
    # Yahoo lost the volumes of that half day for every security: the session is flat, nobody was halted.
    assert panel.flag("01801", eve) == Flag.ADJUSTED | Flag.HALF_DAY | Flag.FLAT
    suspended = panel.flags[:, panel.column("00239")] & Flag.HALT
    assert np.count_nonzero(suspended[panel.row(dt.date(2025, 11, 12)) :]) == 0  # two securities show no majority
    assert np.isnan(panel.returns()[panel.row(dt.date(2025, 11, 12))]).all()
