"""Normal returns: each event's model fitted over its estimation window, all events at once.

A fit keeps what the variance of a forecast needs: the residual standard deviation and the inverse of X'X, so
that a cumulative abnormal return over n sessions with summed regressors x has the variance
``sigma**2 * (n + x' inverse x)``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hkconcept.market.arrays import Bools, Floats, Ints
from hkconcept.study.design import Model

__all__ = ["Fit", "Regressors", "fit"]


@dataclass(frozen=True, slots=True, eq=False)
class Regressors:
    """What returns are explained by, over a stretch of L sessions of E events.

    ``market``, ``before`` and ``after`` have the shape (E, L): the market's return in the session, in the one
    before and in the one after; only Scholes-Williams and Dimson need the last two. ``factors`` has the shape
    (E, L, K).
    """

    market: Floats
    before: Floats
    after: Floats
    factors: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The fitted model of E events with k predicting regressors.

    ``coefficients`` (E, k), ``inverse`` (E, k, k), ``sigma`` (E,) residual standard deviation, ``df`` (E,) its
    degrees of freedom, ``observations`` (E,), ``residuals`` (E, L) with NaN where there is no return.
    ``sound`` (E,) is false where the regressors do not vary or too few returns are held.
    """

    model: Model
    coefficients: Floats
    inverse: Floats
    sigma: Floats
    df: Floats
    observations: Floats
    residuals: Floats
    sound: Bools

    def abnormal(self, returns: Floats, given: Regressors) -> Floats:
        """Return the abnormal returns, shape (E, L), of other sessions of the same events."""
        return _abnormal(self.model, returns, given, self.coefficients)

    def of(self, events: Ints) -> Fit:
        """Return the fit of some of the events, by their positions."""
        return Fit(
            self.model,
            self.coefficients[events],
            self.inverse[events],
            self.sigma[events],
            self.df[events],
            self.observations[events],
            self.residuals[events],
            self.sound[events],
        )

    def predictors(self, given: Regressors) -> Floats:
        """Return the predicting regressors, shape (E, L, k), for the variance of a forecast."""
        return _predictors(self.model, given)


def fit(model: Model, returns: Floats, given: Regressors) -> Fit:
    """Fit a model to returns of the shape (E, L); NaN in a return or a regressor leaves that session out.

    The residual variance divides by the observations less the parameters estimated: 2 for the market model
    and Scholes-Williams, 4 for Dimson, 1 for the adjusted models, 2 + K with factors.
    """
    if model is Model.MARKET:
        return _fit_market(returns, given.market)
    estimating = _estimators(model, given)
    ok = np.isfinite(returns) & np.isfinite(estimating).all(axis=2)
    predicting = _predictors(model, given)
    count = ok.sum(axis=1).astype(np.float64)
    inverse, sound = _inverse(predicting, ok)
    if model is Model.MARKET_ADJUSTED:
        coefficients = np.zeros((len(returns), 0))
    elif model in (Model.SCHOLES_WILLIAMS, Model.DIMSON):
        beta, varied = (_scholes_williams if model is Model.SCHOLES_WILLIAMS else _dimson)(returns, given, ok)
        sound &= varied
        level = _mean(returns, ok) - beta * _mean(given.market, ok)
        coefficients = np.stack([level, beta], axis=1)
    else:
        coefficients = np.einsum("ekm,em->ek", inverse, _against(predicting, returns, ok))
    residuals = np.where(ok, _abnormal(model, returns, given, coefficients), np.nan)
    filled = np.where(ok, residuals, 0.0)
    if model is Model.MARKET_ADJUSTED:
        filled = np.where(ok, residuals - _mean(residuals, ok)[:, None], 0.0)
    df = count - _parameters(model, estimating.shape[2])
    sound &= df > 2
    with np.errstate(divide="ignore", invalid="ignore"):
        sigma = np.sqrt((filled**2).sum(axis=1) / df)
    # A series that the model explains to the last digit has no noise to measure against.
    sound &= np.isfinite(sigma) & (sigma > 1e-12)
    return Fit(model, coefficients, inverse, sigma, df, count, residuals, sound)


def _fit_market(y: Floats, market: Floats) -> Fit:
    """Fit the market model in closed form; the other models' way would do the same several times slower."""
    ok = np.isfinite(y)
    ok &= np.isfinite(market)
    whole = bool(ok.all())
    r, m = (y, market) if whole else (np.where(ok, y, 0.0), np.where(ok, market, 0.0))
    n = np.full(len(y), float(y.shape[1])) if whole else ok.sum(axis=1).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_r, mean_m = r.sum(axis=1) / n, m.sum(axis=1) / n
        away = m - mean_m[:, None]
        if not whole:
            away *= ok
        square = np.einsum("el,el->e", away, away)
        beta = np.einsum("el,el->e", away, r) / square
        alpha = mean_r - beta * mean_m
        residuals = r - beta[:, None] * m
        residuals -= alpha[:, None]
        if not whole:
            residuals *= ok
        sigma = np.sqrt(np.einsum("el,el->e", residuals, residuals) / (n - 2))
        cross = -mean_m / square
        inverse = np.stack([1 / n + mean_m**2 / square, cross, cross, 1 / square], axis=1).reshape(-1, 2, 2)
    if not whole:
        residuals[~ok] = np.nan
    df = n - 2
    sound = (square > 1e-18) & (df > 2) & (sigma > 1e-12)
    return Fit(Model.MARKET, np.stack([alpha, beta], axis=1), inverse, sigma, df, n, residuals, sound)


def _parameters(model: Model, estimated: int) -> int:
    return {Model.MARKET_ADJUSTED: 1, Model.SCHOLES_WILLIAMS: 2}.get(model, estimated)


def _estimators(model: Model, given: Regressors) -> Floats:
    """Return every regressor that must be there for a session to count in the estimation."""
    if model in (Model.SCHOLES_WILLIAMS, Model.DIMSON):
        one = np.ones_like(given.market)
        return np.stack([one, given.before, given.market, given.after], axis=2)
    if model is Model.MARKET_ADJUSTED:
        return given.market[:, :, None]
    return _predictors(model, given)


def _predictors(model: Model, given: Regressors) -> Floats:
    one = np.ones_like(given.market)
    if model is Model.MARKET_ADJUSTED:
        return np.empty((*given.market.shape, 0))
    if model is Model.MEAN_ADJUSTED:
        return one[:, :, None]
    both = np.stack([one, given.market], axis=2)
    return np.concatenate([both, given.factors], axis=2) if model is Model.FACTORS else both


def _abnormal(model: Model, returns: Floats, given: Regressors, coefficients: Floats) -> Floats:
    if model is Model.MARKET_ADJUSTED:
        return returns - given.market
    if model is not Model.MEAN_ADJUSTED and model is not Model.FACTORS:
        return returns - coefficients[:, :1] - coefficients[:, 1:] * given.market
    predicted: Floats = np.einsum("elk,ek->el", _predictors(model, given), coefficients)
    return returns - predicted


def _inverse(x: Floats, ok: Bools) -> tuple[Floats, Bools]:
    """Return the inverse of X'X over the sessions that count, and whether it exists, per event."""
    held = np.where(ok[:, :, None], x, 0.0)
    square = np.einsum("elk,elm->ekm", held, held)
    if not square.shape[1]:
        return square, np.ones(len(x), dtype=np.bool_)
    # Scaled to a unit diagonal: then the condition does not depend on the units of a factor.
    scale = np.sqrt(np.einsum("ekk->ek", square))
    sound = (scale > 0).all(axis=1)
    scale = np.where(scale > 0, scale, 1.0)
    scaled = square / (scale[:, :, None] * scale[:, None, :])
    sound &= np.linalg.matrix_rank(scaled, tol=1e-10, hermitian=True) == square.shape[1]
    scaled[~sound] = np.eye(square.shape[1])
    return np.linalg.inv(scaled) / (scale[:, :, None] * scale[:, None, :]), sound


def _against(x: Floats, y: Floats, ok: Bools) -> Floats:
    found: Floats = np.einsum("elk,el->ek", np.where(ok[:, :, None], x, 0.0), np.where(ok, y, 0.0))
    return found


def _mean(values: Floats, ok: Bools) -> Floats:
    found: Floats = np.where(ok, values, 0.0).sum(axis=1) / np.maximum(ok.sum(axis=1), 1)
    return found


def _slope(y: Floats, x: Floats, ok: Bools) -> tuple[Floats, Bools]:
    away = np.where(ok, x - _mean(x, ok)[:, None], 0.0)
    square = (away**2).sum(axis=1)
    varied = square > 1e-18
    return (away * np.where(ok, y, 0.0)).sum(axis=1) / np.where(varied, square, 1.0), varied


def _scholes_williams(returns: Floats, given: Regressors, ok: Bools) -> tuple[Floats, Bools]:
    """Return (b- + b0 + b+) / (1 + 2 rho), rho the first autocorrelation of the market."""
    slopes = [_slope(returns, x, ok) for x in (given.before, given.market, given.after)]
    now = given.market - _mean(given.market, ok)[:, None]
    then = given.before - _mean(given.before, ok)[:, None]
    products = np.where(ok, now * then, 0.0).sum(axis=1)
    sizes = np.sqrt(np.where(ok, now**2, 0.0).sum(axis=1) * np.where(ok, then**2, 0.0).sum(axis=1))
    rho = products / np.where(sizes > 0, sizes, 1.0)
    return sum(slope for slope, _ in slopes) / (1 + 2 * rho), np.logical_and.reduce([varied for _, varied in slopes])


def _dimson(returns: Floats, given: Regressors, ok: Bools) -> tuple[Floats, Bools]:
    """Return the sum of the slopes on the market's return before, in and after the session."""
    x = np.stack([np.ones_like(given.market), given.before, given.market, given.after], axis=2)
    inverse, sound = _inverse(x, ok)
    return np.einsum("ekm,em->ek", inverse, _against(x, returns, ok))[:, 1:].sum(axis=1), sound
