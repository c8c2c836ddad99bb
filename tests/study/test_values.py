"""Every statistic equals answers worked out by hand, the formulas in plain Python, and scipy, to 1e-8."""

from __future__ import annotations

import csv
import datetime as dt
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from hkconcept.study import Design, ReturnPanel, Window
from hkconcept.study.choice import evaluate
from hkconcept.study.outcome import Outcome
from hkconcept.study.ranks import ranks
from hkconcept.study.sample import Sample, WindowSample, draw
from study import reference
from study.conftest import CODES, ZERO, made_panel

ANSWERS = Path(__file__).resolve().parents[1] / "answers" / "study"
PATTERN = {
    "A": (0, 1, (1, -1, 0, -1, 1), 1, 3),
    "B": (0, 2, (-1, 2, -2, 2, -1), -1, 2),
    "C": (1, 0, (1, -1, 0, -1, 1), -1, 1),
    "D": (0, 1, (2, -2, 0, -2, 2), 1, 4),
}


def four_stocks() -> tuple[WindowSample, Sample]:
    """Return the sample of tests/answers/study/README.md; returns there are in percent."""
    market = np.array([-2.0, -1, 0, 1, 2] * 2 + [0, 2])
    columns = []
    for alpha, beta, noise, sign, abnormal in PATTERN.values():
        e = np.array([*noise, *(sign * n for n in noise), 0, abnormal])
        columns.append(alpha + beta * market + e)
    # A session between the windows belongs to the run-up.
    days = tuple(dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(12))
    panel = ReturnPanel(days, tuple(PATTERN), np.array(columns).T / 100, market / 100)
    design = Design(estimation=Window(-11, -2), windows=(Window(0, 0),), run_up=Window(-1, -1), min_observations=10)
    sample = draw(panel, range(4), [11] * 4, design)
    return sample.window(Window(0, 0)), sample


def outcome(sample: WindowSample, key: str, zero: int = ZERO) -> Outcome:
    (found,) = evaluate(sample, np.full(sample.n, zero), 199, (key,))
    return found


with (ANSWERS / "four_stocks.csv").open(encoding="utf-8") as file:
    WORKED = [(row["test"], float(row["statistic"])) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("key", "expected"), WORKED)
def test_four_stocks_worked_out_by_hand(key: str, expected: float) -> None:
    sample, _ = four_stocks()
    assert outcome(sample, key, 11).statistic == pytest.approx(expected, abs=1e-8)


def test_the_models_of_the_four_stocks() -> None:
    sample, whole = four_stocks()
    assert whole.fitted.coefficients == pytest.approx(np.array([[0, 1], [0, 2], [0.01, 0], [0, 1]]), abs=1e-12)
    assert whole.fitted.sigma**2 * 1e4 == pytest.approx(np.array([1, 3.5, 1, 4]))
    assert sample.car * 100 == pytest.approx(np.array([3, 2, 1, 4]))
    assert sample.scar == pytest.approx(np.array([3, 2 / math.sqrt(3.5), 1, 2]) / math.sqrt(1.3))
    assert sample.correlation == pytest.approx((1 - 12 / math.sqrt(224)) / 6)


def test_the_p_values_that_are_known_by_hand() -> None:
    sample, _ = four_stocks()
    assert outcome(sample, "wilcoxon", 11).p == 0.125
    assert outcome(sample, "kp_bmp", 11).df == pytest.approx(30 / 13)
    assert outcome(sample, "cross_sectional_t", 11).p == pytest.approx(2 * stats.t.sf(math.sqrt(15), 3))


def both(seed: int, window: Window, holes: float = 0.05) -> tuple[WindowSample, list[reference.Stock]]:
    panel = made_panel(seed, holes=holes)
    design = Design(windows=(window,))
    sample = draw(panel, range(len(CODES)), [ZERO] * len(CODES), design).window(window)
    stocks = []
    for column in range(len(CODES)):
        before = slice(ZERO - 250, ZERO - 10)
        around = slice(ZERO + window.first, ZERO + window.last + 1)
        held = [None if math.isnan(r) else float(r) for r in panel.returns[before, column]]
        stocks.append(
            reference.market_model(
                held,
                panel.market[before].tolist(),
                panel.returns[around, column].tolist(),
                panel.market[around].tolist(),
            )
        )
    return sample, stocks


WINDOWS = [Window(0, 0), Window(0, 2), Window(-1, 5)]


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_the_formulas_in_plain_python_agree(window: Window) -> None:
    sample, stocks = both(3, window)
    n, length = len(stocks), window.length
    r = reference.correlation(stocks)
    bmp = reference.mean_over_error([s.scar for s in stocks])
    u = reference.deviations(stocks)
    mean_ranks = [sum(row[t] or 0.0 for row in u) for t in range(len(u[0]))]
    held = [sum(row[t] is not None for row in u) for t in range(len(u[0]))]
    dummy = [0.0] * (len(u[0]) - length) + [1.0] * length
    expected = {
        "cross_sectional_t": reference.mean_over_error([s.car for s in stocks]),
        "bmp": bmp,
        "patell": reference.patell(stocks),
        "kp_patell": reference.patell(stocks) / math.sqrt(1 + (n - 1) * r),
        "kp_bmp": bmp * math.sqrt((1 - r) / (1 + (n - 1) * r)),
        "corrado": reference.corrado(stocks, length),
        "cumulative_rank_z": reference.cumulative_rank_z(stocks, length),
        "cumulative_rank_t": reference.regression_t(
            [m / math.sqrt(h * n) for m, h in zip(mean_ranks, held, strict=True)], dummy
        ),
        "grank_t": reference.grank_t(stocks),
        "grank_z": reference.grank_z(stocks),
        "generalised_sign": reference.generalised_sign(stocks),
        "calendar_time": reference.portfolio(stocks, length),
    }
    for key, value in expected.items():
        assert outcome(sample, key).statistic == pytest.approx(value, abs=1e-8), key


@pytest.mark.parametrize("window", WINDOWS[:2], ids=str)
@pytest.mark.parametrize("seed", [3, 4, 5])
def test_the_calibrated_test_in_plain_python_agrees(seed: int, window: Window) -> None:
    sample, stocks = both(seed, window)
    found = outcome(sample, "calibrated")
    statistic, p, placebos = reference.calibrated(stocks, window.length)
    assert found.statistic == pytest.approx(statistic, abs=1e-8)
    assert found.p == pytest.approx(p, abs=1e-8)
    assert found.placebos == placebos


def test_scipy_agrees() -> None:
    sample, stocks = both(7, Window(0, 2), holes=0.0)
    cars = np.array([s.car for s in stocks])
    scars = np.array([s.scar for s in stocks])
    for key, values in (("cross_sectional_t", cars), ("bmp", scars)):
        theirs = stats.ttest_1samp(values, 0.0)
        assert outcome(sample, key).statistic == pytest.approx(theirs.statistic, abs=1e-8)
        assert outcome(sample, key).p == pytest.approx(theirs.pvalue, abs=1e-8)
    assert outcome(sample, "wilcoxon").p == pytest.approx(stats.wilcoxon(cars, method="exact").pvalue, abs=1e-8)
    panel = made_panel(7)
    fitted = stats.linregress(panel.market[ZERO - 250 : ZERO - 10], panel.returns[ZERO - 250 : ZERO - 10, 0])
    design = Design(windows=(Window(0, 2),))
    ours = draw(panel, [0], [ZERO], design).fitted
    assert ours.coefficients[0] == pytest.approx([fitted.intercept, fitted.slope], abs=1e-10)
    # The standard error of the slope is s / sqrt(Sxx): the same as from the inverse of X'X.
    assert ours.sigma[0] * math.sqrt(ours.inverse[0, 1, 1]) == pytest.approx(fitted.stderr, abs=1e-10)
    r = np.asarray(np.corrcoef(sample.estimation))
    assert sample.correlation == pytest.approx(r[np.triu_indices(len(r), 1)].mean(), abs=1e-10)


def test_wilcoxon_with_ties_follows_the_normal_approximation() -> None:
    sample, _ = four_stocks()
    values = np.array([3.0, 2, -2, 4, 1, 1, 5, -6])
    tied = WindowSample(
        sample.window,
        np.arange(8),
        values,
        np.ones(8),
        values,
        values,
        values[:, None],
        np.zeros((8, 10)),
        np.ones(8),
        np.full(8, 8.0),
        np.full(8, 10.0),
        np.zeros(8, dtype=np.int64),
    )
    theirs = stats.wilcoxon(values, method="asymptotic", correction=False)
    assert outcome(tied, "wilcoxon").p == pytest.approx(theirs.pvalue, abs=1e-8)


def test_ranks_are_those_of_scipy_with_ties_and_gaps() -> None:
    values = np.array([[0.3, 0.1, 0.3, np.nan, -1.0, 0.1], [5.0, 4.0, 3.0, 2.0, 1.0, 0.0]])
    theirs = stats.rankdata(values, axis=1, nan_policy="omit")
    assert np.array_equal(ranks(values), theirs, equal_nan=True)
