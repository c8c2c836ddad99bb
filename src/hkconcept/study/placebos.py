"""The statistic of the calibrated test on one date, and the same statistic in every window where nothing happened."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hkconcept.market.arrays import Bools, Floats, Ints
from hkconcept.study.parametric import inflation
from hkconcept.study.sample import WindowSample

__all__ = ["FEWEST_SECURITIES", "Date", "dates", "mean_and_spread", "portfolio_dates", "shrink"]

FEWEST_SECURITIES = 4
"""On a date; below, nothing is left to measure the spread with."""


@dataclass(frozen=True, slots=True, eq=False)
class Date:
    """One date. Its statistic is ``mean / error``, evened for ``n`` securities, beside ``placebos`` on one scale.

    An effect of ``c`` on every security moves ``mean`` by ``c * slope`` and leaves ``error`` as it is, so that
    the test can be turned around into a band. ``usual_error`` is the median error of the placebos. ``n`` is
    ``None`` for the portfolio's statistic, which is not evened and has the error 1.
    """

    mean: float
    slope: float
    error: float
    usual_error: float
    placebos: Floats
    n: int | None

    def statistic(self, shift: float = 0.0) -> float:
        """Return the statistic when ``shift`` is taken off every CAR."""
        plain = (self.mean - shift * self.slope) / self.error
        return plain if self.n is None else float(_evened(np.array([plain]), np.array([self.n]))[0])

    def place(self, shift: float = 0.0) -> float:
        """Return its place among the placebos, as a share strictly between 0 and 1.

        The k-th smallest of n placebos is at ``k / (n + 1)``, and places in between are interpolated; beyond the
        outermost placebo nothing is known, so the place stays theirs.
        """
        ordered = np.sort(self.placebos)
        n = len(ordered)
        return float(np.interp(self.statistic(shift), ordered, np.arange(1.0, n + 1))) / (n + 1)

    def plain_at(self, share: float) -> float | None:
        """Return the statistic, not evened, at a place; ``None`` when it lies beyond the outermost placebo."""
        n = len(self.placebos)
        if not 1 - 1e-9 <= share * (n + 1) <= n + 1e-9:
            return None
        value = float(np.quantile(self.placebos, share, method="weibull"))
        if self.n is None:
            return value
        df = self.n - 2.0
        back = value * (8 * df + 3) / (8 * df + 1)
        return math.copysign(math.sqrt(df * math.expm1(back * back / df)), value)


def dates(sample: WindowSample) -> Iterator[Date]:
    """Yield every date with four securities or more."""
    standard = sample.estimation / sample.sigma[:, None]
    for number in range(sample.dates):
        among = sample.group == number
        n = int(among.sum())
        if n < FEWEST_SECURITIES:
            continue
        r = sample.group_correlation[number]
        placebos, errors = _placebos(standard[among], sample.window.length, r, 1 / sample.sigma[among])
        one = np.ones((n, 1), dtype=np.bool_)
        mean, spread = mean_and_spread(sample.scar[among][:, None], one, 1 / sample.error[among])
        if not spread[0] > 0 or not len(placebos):
            continue
        yield Date(
            float(mean[0]),
            float((1 / sample.error[among]).mean()),
            float(spread[0]) / math.sqrt(n) / shrink(n, r),
            float(np.median(errors)) / math.sqrt(sample.window.length),
            placebos,
            n,
        )


def portfolio_dates(sample: WindowSample) -> Iterator[Date]:
    """Yield every date with the mean standardised CAR itself as the statistic."""
    length = sample.window.length
    standard = sample.estimation / sample.sigma[:, None]
    for number in range(sample.dates):
        among = sample.group == number
        sums, whole = _sums(standard[among], length)
        held = whole.sum(axis=0)
        usable = held >= max(1, whole.shape[0] / 2)
        total = np.where(whole, sums, 0.0).sum(axis=0)
        means = total[usable] / held[usable] / math.sqrt(length)
        yield Date(float(sample.scar[among].mean()), float((1 / sample.error[among]).mean()), 1.0, 1.0, means, None)


def shrink(n: int, r: float) -> float:
    """Return the Kolari-Pynnonen factor, the root of (1 - r) / (1 + (n - 1) r)."""
    return math.sqrt((1 - min(r, 0.99)) / inflation(n, r))


def _placebos(standard: Floats, length: int, r: float, scale: Floats) -> tuple[Floats, Floats]:
    """Return the statistic of every estimation window of the event's length, and its standard error.

    A security takes part in a window when it has a return in each of its sessions, as in the event's. A window
    with fewer than half of the securities is passed over.
    """
    sums, whole = _sums(standard, length)
    usable = whole.sum(axis=0) >= max(FEWEST_SECURITIES, len(standard) / 2)
    sums, whole = sums[:, usable], whole[:, usable]
    held: Ints = whole.sum(axis=0)
    mean, spread = mean_and_spread(sums, whole, scale)
    error = spread / np.sqrt(held * (1 - min(r, 0.99)) / np.maximum(1 + (held - 1) * r, 0.05))
    kept = error > 0
    return _evened(mean[kept] / error[kept], held[kept]), error[kept]


def mean_and_spread(values: Floats, held: Bools, scale: Floats) -> tuple[Floats, Floats]:
    """Return the mean of each column (N, W) over the securities held, and their spread around a line in ``scale``.

    An effect of equal percentages is unequal in units of each security's volatility, and the other way round.
    Neither is noise: the spread is what is left after a constant and a slope on (N,) ``scale``.
    """
    n = held.sum(axis=0)
    filled = np.where(held, values, 0.0)
    mean = filled.sum(axis=0) / n
    away = np.where(held, filled - mean, 0.0)
    line = np.where(held, scale[:, None], 0.0)
    line = np.where(held, line - line.sum(axis=0) / n, 0.0)
    square = (line**2).sum(axis=0)
    flat = square <= 1e-18 * float((scale**2).sum())
    slope = np.where(flat, 0.0, (line * away).sum(axis=0) / np.where(flat, 1.0, square))
    left = ((away - slope * line) ** 2).sum(axis=0)
    return mean, np.sqrt(left / np.maximum(n - 2, 1))


def _evened(statistic: Floats, n: Ints) -> Floats:
    """Bring statistics of different numbers of securities to one scale, that of a normal.

    Fewer securities give heavier tails. Wallace's formula (1959) turns t with n - 2 degrees of freedom into a
    normal score; where every window holds the same n it changes no place.
    """
    df = n - 2.0
    found: Floats = np.sign(statistic) * np.sqrt(df * np.log1p(statistic**2 / df)) * ((8 * df + 1) / (8 * df + 3))
    return found


def _sums(values: Floats, length: int) -> tuple[Floats, Bools]:
    """Return the sums over all runs of ``length`` columns, and whether each is whole."""
    held = np.isfinite(values)
    if length == 1:
        return np.where(held, values, 0.0), held
    none = np.zeros((len(values), 1))
    running = np.concatenate([none, np.where(held, values, 0.0).cumsum(axis=1)], axis=1)
    counted = np.concatenate([none, held.cumsum(axis=1)], axis=1)
    return running[:, length:] - running[:, :-length], counted[:, length:] - counted[:, :-length] == length
