"""The sample of a study: what each event's model leaves unexplained, before and around day 0, and who is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from hkconcept.errors import UsageError
from hkconcept.market.arrays import Floats, Ints
from hkconcept.study.correlation import mean_correlation
from hkconcept.study.design import Design, Model, Window
from hkconcept.study.models import Fit, Regressors, fit
from hkconcept.study.panel import ReturnPanel

__all__ = ["Dropped", "Sample", "WindowSample", "draw"]

Why = Literal["few_observations", "not_identified", "no_market"]


@dataclass(frozen=True, slots=True)
class Dropped:
    """An event-security, by its position among those asked for, that has no model, and why.

    ``few_observations`` has ``held`` returns in the estimation window; ``no_market`` has no return of the
    market in most of it; ``not_identified`` has regressors or returns that do not vary.
    """

    position: int
    why: Why
    held: int


@dataclass(frozen=True, eq=False)  # no slots: correlations are computed when first asked for
class WindowSample:
    """The N event-securities that have a return in every session of one window.

    Attributes
    ----------
    window
        The window, of L2 sessions.
    rows
        (N,) positions in the :class:`Sample`.
    car, error, scar, bhar
        (N,) the sum of the abnormal returns; its forecast standard error; their ratio; and the buy-and-hold
        abnormal return, the compounded return less the compounded prediction.
    abnormal
        (N, L2) abnormal returns of the window.
    estimation
        (N, L1) abnormal returns of the estimation window, NaN where there is none.
    sigma, df, observations
        (N,) of the fitted models.
    group
        (N,) the number of the date of day 0: equal where two events share it.

    """

    window: Window
    rows: Ints
    car: Floats
    error: Floats
    scar: Floats
    bhar: Floats
    abnormal: Floats
    estimation: Floats
    sigma: Floats
    df: Floats
    observations: Floats
    group: Ints

    @property
    def n(self) -> int:
        """How many event-securities there are."""
        return len(self.car)

    @property
    def dates(self) -> int:
        """On how many dates they fall."""
        return int(self.group.max(initial=-1)) + 1

    @property
    def correlation(self) -> float:
        """The mean correlation of the estimation residuals over all pairs; pairs of different dates count as 0."""
        return self._correlations[0]

    @property
    def group_correlation(self) -> dict[int, float]:
        """The same within each date, by its number; 0 for a date with one security."""
        return self._correlations[1]

    @cached_property
    def _correlations(self) -> tuple[float, dict[int, float]]:
        return mean_correlation(self.estimation, self.group)


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """All event-securities with a model: E of them, on the sessions from ``first`` on.

    ``positions`` (E,) are their places among those asked for, ``day_zero`` (E,) rows of the panel. ``returns``,
    ``abnormal`` and ``market`` have the shape (E, P) over the sessions ``path`` relative to day 0.
    """

    path: Window
    positions: Ints
    securities: Ints
    day_zero: Ints
    fitted: Fit
    returns: Floats
    abnormal: Floats
    market: Floats
    predictors: Floats
    dropped: tuple[Dropped, ...]

    def scaled(self, window: Window) -> tuple[Floats, Floats]:
        """Return the CAR of every event-security and the same over its standard error, NaN without a return."""
        car, error = self.forecast(window)
        return car, car / error

    def forecast(self, window: Window) -> tuple[Floats, Floats]:
        """Return the CAR of every event-security, NaN where a return is missing, and its forecast standard error."""
        at = slice(window.first - self.path.first, window.last - self.path.first + 1)
        summed = self.predictors[:, at].sum(axis=1)
        spread = window.length + np.einsum("ek,ekm,em->e", summed, self.fitted.inverse, summed)
        car = self.abnormal[:, at].sum(axis=1)
        return car, self.fitted.sigma * np.sqrt(spread)

    def window(self, window: Window, among: Ints | None = None) -> WindowSample:
        """Cut one window out; ``among`` keeps only these rows."""
        at = slice(window.first - self.path.first, window.last - self.path.first + 1)
        rows = np.arange(len(self.positions)) if among is None else among
        rows = rows[np.isfinite(self.abnormal[rows, at]).all(axis=1)]
        abnormal = self.abnormal[rows, at]
        fitted = self.fitted
        car, error = self.forecast(window)
        returns = self.returns[rows, at]
        group = np.unique(self.day_zero[rows], return_inverse=True)[1].astype(np.int64)
        return WindowSample(
            window,
            rows,
            car[rows],
            error[rows],
            car[rows] / error[rows],
            (1 + returns).prod(axis=1) - (1 + returns - abnormal).prod(axis=1),
            abnormal,
            fitted.residuals[rows],
            fitted.sigma[rows],
            fitted.df[rows],
            fitted.observations[rows],
            group,
        )


def draw(
    panel: ReturnPanel, securities: Sequence[int] | Ints, day_zero: Sequence[int] | Ints, design: Design
) -> Sample:
    """Fit every event-security and return what can be studied; the others are in ``dropped``.

    Parameters
    ----------
    panel
        T sessions of S securities.
    securities
        (E,) columns of the panel.
    day_zero
        (E,) rows of the panel: the session of day 0.
    design
        Windows and model. Sessions outside the panel count as without returns.

    """
    columns, zero = np.asarray(securities, dtype=np.int64), np.asarray(day_zero, dtype=np.int64)
    if design.model is Model.FACTORS and not panel.has_factors:
        raise UsageError("the model 'factors' needs further factors", where="panel", todo="pass them in its factors")
    before = design.estimation
    returns, given = _cut(panel, columns, zero, before, design.model)
    fitted = fit(design.model, returns, given)
    enough = fitted.observations >= design.min_observations
    keep = np.flatnonzero(fitted.sound & enough)
    dropped = tuple(
        Dropped(int(e), _why(returns[e], given.market[e], design, enough=bool(enough[e])), int(fitted.observations[e]))
        for e in np.flatnonzero(~(fitted.sound & enough))
    )
    fitted = fitted.of(keep)
    columns, zero = columns[keep], zero[keep]
    around, given = _cut(panel, columns, zero, design.path, design.model)
    return Sample(
        design.path,
        keep,
        columns,
        zero,
        fitted,
        around,
        fitted.abnormal(around, given),
        given.market,
        fitted.predictors(given),
        dropped,
    )


def _why(returns: Floats, market: Floats, design: Design, *, enough: bool) -> Why:
    if enough:
        return "not_identified"
    held = int(np.isfinite(returns).sum())
    return "no_market" if held >= design.min_observations and np.isfinite(market).sum() < held else "few_observations"


def _cut(panel: ReturnPanel, columns: Ints, zero: Ints, window: Window, model: Model) -> tuple[Floats, Regressors]:
    """Return the returns (E, L) of a window and the regressors beside them."""
    rows = zero[:, None] + np.arange(window.first, window.last + 1)
    market, shape = panel.market, rows.shape
    around = model in (Model.SCHOLES_WILLIAMS, Model.DIMSON)
    nothing = np.empty((0, 0))
    if panel.has_factors:
        inside = (rows >= 0) & (rows < len(panel.factors))
        factors = np.where(inside[:, :, None], panel.factors[np.where(inside, rows, 0)], np.nan)
    else:
        factors = np.empty((*shape, 0))
    return _taken(panel.returns, rows, columns), Regressors(
        _taken(market, rows, columns),
        _taken(market, rows - 1, columns) if around else nothing,
        _taken(market, rows + 1, columns) if around else nothing,
        factors,
    )


def _taken(values: Floats, rows: Ints, columns: Ints) -> Floats:
    """Return the values (E, L) at rows of each event's column, NaN outside; of one column for all if 1-D."""
    count = len(values)
    outside = bool(rows.size) and not (rows.min() >= 0 and rows.max() < count)
    safe = np.clip(rows, 0, count - 1) if outside else rows
    if values.ndim == 1:
        picked = values.take(safe)
    elif values.flags.f_contiguous:
        # Column after column: the sessions of a window lie side by side in memory.
        picked = values.reshape(-1, order="F").take(safe + (columns * count)[:, None])
    else:
        picked = values[safe, columns[:, None]]
    return np.where((rows >= 0) & (rows < count), picked, np.nan) if outside else picked
