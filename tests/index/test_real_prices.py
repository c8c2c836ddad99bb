"""September 2025 and January 2026 on real closes, and twins of both in made figures that are always there."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from hkconcept.index import Calculation, Facts, MembershipRow, calculate, calculate_stretches, load_methodology
from hkconcept.index.methodology import Methodology
from hkconcept.market import Panel, PriceRow, Segment, load_panel, make_panel, open_folder, packaged_source
from hkconcept.model import Moment
from index.scenarios import rules

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "market" / "prices"
LONG_AGO = Moment.of_day(dt.date(2025, 1, 2))
NEW = "02617"
OTHERS = ("01801", "09926", "06990", "01276")
EFFECTIVE = dt.date(2025, 9, 15)
# The provider had not published the change. From when the public knew is not held: its evening is assumed here.
KNOWN = Moment.parse("2025-09-15 18:00")
PRICED_OF_THE_COLUMN = (
    *("01276", "06990", "00013", "09926", "01801", "01093", "09995", "01530", "03692", "06821", "03759", "06127"),
    *("02269", "02359"),
)


def september(panel: Panel, knowledge: str) -> Calculation:
    methodology = rules("equal", dt.date(2025, 9, 10), knowledge=knowledge, version={"membership_changes": "effective"})
    rows = [MembershipRow(code, "in", dt.date(2025, 1, 2), LONG_AGO, role="innovator") for code in OTHERS]
    entry = MembershipRow(NEW, "in", EFFECTIVE, KNOWN, role="innovator", reason="entry to the provider's index")
    return calculate(panel, methodology, Facts([*rows, entry]))


def twin() -> Panel:
    """Closes of our own with the moves of the real ones: 02617 +115.58%, then -53.73%, the others stand still."""
    days = [dt.date(2025, 9, day) for day in (10, 11, 12, 15, 16, 17)]
    closes = {code: [50.0] * 6 for code in OTHERS} | {NEW: [45.0, 54.35, 96.25, 207.5, 96.0, 104.6]}
    rows = [
        PriceRow(code, day, close, 9) for code, held in closes.items() for day, close in zip(days, held, strict=True)
    ]
    return make_panel({Segment("made", "unadjusted"): rows})


def real() -> Panel:
    if not SHARED.is_dir():
        pytest.skip("the private price files are not here")
    folder = open_folder(SHARED / "yahoo_adj_to_2025-10", provider="yahoo", basis="adjusted")
    return load_panel([folder], [*OTHERS, NEW], first=dt.date(2025, 9, 10), last=dt.date(2025, 9, 17))


def told(panel: Panel) -> None:
    """What must hold of the replay on either panel."""
    day = [dt.date(2025, 9, n) for n in (12, 15, 16, 17)]
    moves = panel.returns()[:, panel.column(NEW)]
    shown = [f"{100 * moves[panel.row(one)]:.2f}" for one in day[1:3]]
    assert shown == ["115.58", "-53.73"]
    replay, held = september(panel, "effective"), september(panel, "known")
    # As of the 12th neither basket holds it; the provider's does from the 15th, one that could be held from the 16th.
    for index in (replay, held):
        assert NEW not in index.weights(day[0])["code"].to_list()
    assert NEW in replay.weights(day[1])["code"].to_list()
    assert NEW not in held.weights(day[1])["code"].to_list()
    assert NEW in held.weights(day[2])["code"].to_list()
    (early,) = [entry for entry in replay.entries() if entry.kind == "addition"]
    (late,) = [entry for entry in held.entries() if entry.kind == "addition"]
    assert (early.session, early.due, early.late) == (EFFECTIVE, EFFECTIVE, False)
    assert (late.session, late.due, late.late) == (day[2], EFFECTIVE, True)
    for index, entry in ((replay, early), (held, late)):
        # Continuous: the basket before and after the entry has the level of the close before.
        before = panel.sessions[panel.row(entry.session) - 1]
        level = index.levels().row(by_predicate=pl.col("session") == before, named=True)
        assert entry.value_before / entry.divisor_before == pytest.approx(
            entry.value_after / entry.divisor_after, rel=1e-14
        )
        assert level["divisor"] == entry.divisor_before
        assert entry.value_after / entry.value_before == pytest.approx(5 / 4)
    # Up to the close of the 12th they agree to the last bit; the hindsight one then rides up and down.
    t = panel.row(day[0])
    assert (replay.main_levels[: t + 1] == held.main_levels[: t + 1]).all()
    assert replay.main_levels[t + 1] > 1.15 * replay.main_levels[t]
    assert held.main_levels[t + 2] < 0.95 * held.main_levels[t + 1]


def test_the_twin_of_september_2025() -> None:
    panel = twin()
    told(panel)
    # By hand: four names at 50 stand still. Replay: a fifth of the basket x 2.15584; then that part x 0.46265.
    replay = [str(level) for level in september(panel, "effective").levels()["price"]]
    assert replay == ["1000.00", "1000.00", "1000.00", "1231.17", "999.48", "1017.35"]
    held = [str(level) for level in september(panel, "known").levels()["price"]]
    assert held == ["1000.00", "1000.00", "1000.00", "1000.00", "892.53", "900.82"]


def test_as_of_the_evening_before_nothing_of_it_is_known() -> None:
    panel = twin()
    methodology = rules("equal", dt.date(2025, 9, 10), version={"membership_changes": "effective"})
    facts = Facts([MembershipRow(NEW, "in", EFFECTIVE, KNOWN), MembershipRow("01801", "in", LONG_AGO.day, LONG_AGO)])
    then = calculate(panel, methodology, facts, as_of=Moment.parse("2025-09-15 17:59"))
    assert [entry.kind for entry in then.entries()] == ["base"]


@pytest.mark.corpus
def test_september_2025_on_real_closes() -> None:
    told(real())


def january(panel: Panel, codes: tuple[str, ...], base: dt.date) -> tuple[Calculation, ...]:
    facts = Facts([MembershipRow(code, "in", dt.date(2025, 1, 2), LONG_AGO) for code in codes])
    return calculate_stretches(panel, _equal(base), facts)


def _equal(base: dt.date) -> Methodology:
    return rules("equal", base)


def test_the_fourteen_of_the_column_on_the_packaged_closes() -> None:
    panel = load_panel([packaged_source()], PRICED_OF_THE_COLUMN)
    (index,) = january(panel, PRICED_OF_THE_COLUMN, dt.date(2026, 1, 6))
    levels = [str(level) for level in index.levels()["price"][:2]]
    # An equal basket set on the 6th: its level of the 7th is the mean return. The fourteen changes in percent, written
    # out in tests/index/test_means.py, sum to 83.566; a fourteenth is 5.969.
    assert levels == ["1000.00", "1059.69"]
    assert f"{float(index.main_levels[1]) / 10 - 100:.2f}" == "5.97"
    points = index.contributions(dt.date(2026, 1, 6), dt.date(2026, 1, 7))
    assert len(points) == 14
    assert points["percent"].sum() == pytest.approx(5.97, abs=0.005)


@pytest.mark.corpus
def test_levels_over_both_segments_are_not_linked() -> None:
    if not SHARED.is_dir():
        pytest.skip("the private price files are not here")
    sources = [
        open_folder(SHARED / "yahoo_adj_to_2025-10", provider="yahoo", basis="adjusted"),
        open_folder(SHARED / "tencent_unadj_2025-11_2026-04", provider="tencent", basis="unadjusted"),
    ]
    panel = load_panel(sources, PRICED_OF_THE_COLUMN, first=dt.date(2025, 6, 2))
    older, newer = january(panel, PRICED_OF_THE_COLUMN, dt.date(2025, 6, 2))
    assert (older.sessions[-1], newer.sessions[0]) == (dt.date(2025, 10, 30), dt.date(2025, 11, 12))
    assert older.price_levels is None  # over adjusted prices there is a total return alone
    assert newer.total_levels is None  # and over these no dividends are held
    assert float(newer.main_levels[0]) == pytest.approx(1000.0)
    assert len(newer.sessions) == 103


def test_the_packaged_methodology_is_read() -> None:
    assert load_methodology("cn-innovative-drugs-equal").base_date == dt.date(2025, 12, 1)
