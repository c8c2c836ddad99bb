"""Models of normal returns beside numpy's least squares and formulas written out."""

from __future__ import annotations

import numpy as np
import pytest

from hkconcept.errors import UsageError
from hkconcept.study import Design, Model, ReturnPanel, Window
from hkconcept.study.sample import Sample, draw
from study.conftest import CODES, SESSIONS, ZERO, made_panel

BEFORE = slice(ZERO - 250, ZERO - 10)


def drawn(panel: ReturnPanel, model: Model) -> Sample:
    return draw(panel, [0, 1], [ZERO, ZERO], Design(model=model))


@pytest.fixture
def holed() -> ReturnPanel:
    return made_panel(5, holes=0.1)


def ok(panel: ReturnPanel) -> np.ndarray:
    return np.isfinite(panel.returns[BEFORE, 0])


def test_dimson_sums_the_slopes_of_lead_and_lag(holed: ReturnPanel) -> None:
    m, held = holed.market, ok(holed)
    lags = [m[ZERO - 251 : ZERO - 11], m[BEFORE], m[ZERO - 249 : ZERO - 9]]
    x = np.column_stack([np.ones(240), *lags])[held]
    y = holed.returns[BEFORE, 0][held]
    beta = np.linalg.lstsq(x, y, rcond=None)[0][1:].sum()
    found = drawn(holed, Model.DIMSON).fitted
    assert found.coefficients[0] == pytest.approx([y.mean() - beta * m[BEFORE][held].mean(), beta], abs=1e-10)
    assert found.df[0] == held.sum() - 4


def test_scholes_williams_divides_by_the_autocorrelation_of_the_market(holed: ReturnPanel) -> None:
    m, held = holed.market, ok(holed)
    y = holed.returns[BEFORE, 0][held]
    lagged = [part[held] for part in (m[ZERO - 251 : ZERO - 11], m[BEFORE], m[ZERO - 249 : ZERO - 9])]
    slopes = [np.cov(y, part, bias=True)[0, 1] / part.var() for part in lagged]
    rho = np.corrcoef(lagged[0], lagged[1])[0, 1]
    beta = sum(slopes) / (1 + 2 * rho)
    found = drawn(holed, Model.SCHOLES_WILLIAMS).fitted
    assert found.coefficients[0] == pytest.approx([y.mean() - beta * lagged[1].mean(), beta], abs=1e-10)


def test_the_adjusted_models_have_no_beta(holed: ReturnPanel) -> None:
    y, held = holed.returns[BEFORE, 0], ok(holed)
    mean = drawn(holed, Model.MEAN_ADJUSTED)
    assert mean.fitted.coefficients[0] == pytest.approx([y[held].mean()], abs=1e-12)
    assert mean.fitted.sigma[0] == pytest.approx(y[held].std(ddof=1))
    adjusted = drawn(holed, Model.MARKET_ADJUSTED)
    assert adjusted.abnormal[0, 10] == pytest.approx(holed.returns[ZERO, 0] - holed.market[ZERO])
    assert adjusted.fitted.sigma[0] == pytest.approx((y - holed.market[BEFORE])[held].std(ddof=1))
    # Nothing is estimated, so the standard error of a CAR of three sessions is sigma * sqrt(3).
    car, scar = adjusted.scaled(Window(0, 2))
    assert scar[0] == pytest.approx(car[0] / (adjusted.fitted.sigma[0] * np.sqrt(3)))


def test_factors_equal_least_squares_on_all_of_them(holed: ReturnPanel) -> None:
    factors = np.random.default_rng(3).normal(0, 0.01, (len(SESSIONS), 2))
    panel = ReturnPanel(SESSIONS, CODES, holed.returns, holed.market, factors=factors)
    held = ok(holed)
    x = np.column_stack([np.ones(240), panel.market[BEFORE], factors[BEFORE]])[held]
    y = panel.returns[BEFORE, 0][held]
    expected, left, *_ = np.linalg.lstsq(x, y, rcond=None)
    sample = drawn(panel, Model.FACTORS)
    assert sample.fitted.coefficients[0] == pytest.approx(expected, abs=1e-10)
    assert sample.fitted.sigma[0] == pytest.approx(np.sqrt(left[0] / (held.sum() - 4)))
    at = np.array([1.0, panel.market[ZERO], *factors[ZERO]])
    error = sample.fitted.sigma[0] * np.sqrt(1 + at @ np.linalg.inv(x.T @ x) @ at)
    assert sample.scaled(Window(0, 0))[1][0] == pytest.approx((panel.returns[ZERO, 0] - at @ expected) / error)


def test_factors_must_be_there() -> None:
    with pytest.raises(UsageError, match=r"the model 'factors' needs further factors; pass them"):
        drawn(made_panel(), Model.FACTORS)


def test_the_market_model_equals_the_factor_model_without_factors(holed: ReturnPanel) -> None:
    one = drawn(holed, Model.MARKET)
    general = ReturnPanel(SESSIONS, CODES, holed.returns, holed.market, factors=holed.market[:, None] ** 2 * 0 + 1e-9)
    # A constant factor beside the constant cannot be told from it, and is refused by name.
    assert [d.why for d in drawn(general, Model.FACTORS).dropped] == ["not_identified"] * 2
    assert one.dropped == ()


def test_a_market_that_does_not_move_identifies_nothing() -> None:
    panel = made_panel()
    still = ReturnPanel(SESSIONS, CODES, panel.returns, np.zeros(len(SESSIONS)))
    assert [d.why for d in drawn(still, Model.MARKET).dropped] == ["not_identified"] * 2
    assert drawn(still, Model.MARKET_ADJUSTED).dropped == ()


@pytest.mark.parametrize("model", [m for m in Model if m is not Model.FACTORS])
def test_every_model_takes_most_of_what_the_market_explains(model: Model) -> None:
    panel = made_panel(2)
    sample = draw(panel, range(len(CODES)), [ZERO] * len(CODES), Design(model=model))
    spread = np.nanstd(sample.fitted.residuals)
    assert spread <= np.nanstd(panel.returns[BEFORE]) * 1.02
