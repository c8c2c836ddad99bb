"""Equal-weight levels and mean returns, worked out by hand."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.errors import NotAvailableError, UsageError
from hkconcept.index import equal_weight, mean_return
from hkconcept.market import Bars
from named_stocks import NAMED

DAYS = [dt.date(2026, 1, n) for n in (5, 6, 7, 8)]


class Prices:
    """Closes by code, one per day of DAYS; ``None`` is a gap."""

    def __init__(self, closes: Mapping[str, list[str | None]]) -> None:
        self._closes = closes

    def __call__(self, code: str, day: dt.date) -> Decimal | None:
        row = self._closes.get(code)
        text = row[DAYS.index(day)] if row else None
        return Decimal(text) if text is not None else None


THREE = Prices({"A": ["10", "11", "12", "9"], "B": ["20", "20", None, "30"], "C": [None, "5", "5", "5"]})


def test_buy_and_hold_levels_by_hand() -> None:
    # A: 1, 1.1, 1.2, 0.9. B: 1, 1, carried 1, 1.5. C has no base close and never enters.
    index = equal_weight(THREE, ["A", "B", "C"], DAYS[0], DAYS)
    assert [level for _, level in index.levels] == [100, 105, 110, 120]
    assert index.constituents == ("A", "B")
    assert index.left_out == ("C",)
    assert index.carried == ((DAYS[2], ("B",)),)


def test_weights_drift_and_are_not_reset() -> None:
    # Daily rebalancing would give 100, 150, 150 * (0.5 + 1) / 2 = 112.5; holding gives (1 + 1) / 2.
    prices = Prices({"A": ["1", "2", "1", "1"], "B": ["1", "1", "1", "1"]})
    index = equal_weight(prices, ["A", "B"], DAYS[0], DAYS[:3])
    assert [level for _, level in index.levels] == [100, 150, 100]


def test_a_code_given_twice_counts_once() -> None:
    once = equal_weight(THREE, ["A", "B"], DAYS[0], DAYS)
    assert equal_weight(THREE, ["A", "B", "A"], DAYS[0], DAYS) == once


def test_nothing_to_hold_is_said() -> None:
    with pytest.raises(NotAvailableError, match="no security of the basket has a close in the base session"):
        equal_weight(THREE, ["C"], DAYS[0], DAYS)


@pytest.mark.parametrize("sessions", [[DAYS[1], DAYS[0]], [DAYS[0], DAYS[0]], [DAYS[0]]])
def test_sessions_must_ascend_from_the_base(sessions: list[dt.date]) -> None:
    with pytest.raises(UsageError, match="must ascend from its base session"):
        equal_weight(THREE, ["A"], DAYS[1], sessions)


@pytest.mark.parametrize(
    ("start", "end", "value", "n", "missing"),
    [
        (0, 1, "0.05", 2, ("C",)),  # (0.1 + 0) / 2
        (1, 3, "0.10606", 3, ()),  # (-2/11 + 0.5 + 0) / 3
        (0, 2, "0.2", 1, ("B", "C")),  # B is not carried forward here
    ],
)
def test_mean_return_by_hand(start: int, end: int, value: str, n: int, missing: tuple[str, ...]) -> None:
    mean = mean_return(THREE, ["A", "B", "C"], DAYS[start], DAYS[end])
    assert (mean.n, mean.missing) == (n, missing)
    assert mean.value is not None
    assert abs(mean.value - Decimal(value)) < Decimal("0.00001")


def test_mean_of_nothing_is_not_zero() -> None:
    mean = mean_return(THREE, ["C", "D"], DAYS[0], DAYS[1])
    assert (mean.value, mean.n, mean.missing) == (None, 0, ("C", "D"))


@pytest.mark.parametrize(("start", "end", "percent"), [(6, 7, "5.97"), (7, 8, "0.55")])
def test_the_sixteen_of_the_column_moved_the_day_before_it(start: int, end: int, percent: str) -> None:
    bars = Bars.packaged()
    mean = mean_return(bars.close, NAMED, dt.date(2026, 1, start), dt.date(2026, 1, end))
    assert mean.value is not None
    assert f"{mean.value * 100:.2f}" == percent
    assert (mean.n, mean.missing) == (14, ("01167", "02105"))


def test_mean_of_the_fourteen_written_out() -> None:
    # Closes of 2026-01-06 and 2026-01-07 as printed, and each change in percent to three places.
    table = [
        ("01276", "74.55", "77.75", "4.292"),
        ("06990", "441.0", "473.8", "7.438"),
        ("00013", "21.3", "22.46", "5.446"),
        ("09926", "120.4", "129.2", "7.309"),
        ("01801", "84.5", "89.05", "5.385"),
        ("01093", "8.86", "9.12", "2.935"),
        ("09995", "81.2", "91.7", "12.931"),
        ("01530", "26.26", "28.14", "7.159"),
        ("03692", "38.58", "40.04", "3.784"),
        ("06821", "77.35", "84.25", "8.920"),
        ("03759", "21.94", "22.66", "3.282"),
        ("06127", "22.36", "23.22", "3.846"),
        ("02269", "34.1", "36.12", "5.924"),
        ("02359", "105.8", "111.0", "4.915"),
    ]
    bars = Bars.packaged()
    for code, before, after, percent in table:
        assert bars.close(code, dt.date(2026, 1, 6)) == Decimal(before)
        assert bars.close(code, dt.date(2026, 1, 7)) == Decimal(after)
        change = bars.change(code, dt.date(2026, 1, 6), dt.date(2026, 1, 7))
        assert change is not None
        assert f"{change * 100:.3f}" == percent
    assert round(sum(Decimal(percent) for *_, percent in table) / 14, 2) == Decimal("5.97")


prices = st.lists(st.integers(1, 10_000), min_size=4, max_size=4)


@given(st.lists(prices, min_size=1, max_size=6))
def test_level_one_session_on_is_the_mean_return(rows: list[list[int]]) -> None:
    closes = Prices({f"{n:05d}": [str(price) for price in row] for n, row in enumerate(rows)})
    codes = [f"{n:05d}" for n in range(len(rows))]
    index = equal_weight(closes, codes, DAYS[0], DAYS)
    mean = mean_return(closes, codes, DAYS[0], DAYS[3])
    assert mean.value is not None
    assert index.levels[0][1] == 100
    assert abs(index.levels[3][1] - 100 * (1 + mean.value)) < Decimal("1e-18")
    assert min(row[3] / row[0] for row in rows) <= float(index.levels[3][1]) / 100 + 1e-9
