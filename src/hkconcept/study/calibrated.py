"""The test that is calibrated on the estimation window, the confidence band that belongs to it, and its power.

A policy event hits N securities on one date, so there is one observation of what they share. Two things about
it are not known: how strongly they move together, and by how much the day widened every move. The statistic
is therefore the mean over its cross-sectional standard error (a wider day cancels out), adjusted for the mean
correlation as Kolari and Pynnonen (2010) do. The spread is taken around a line in 1 / sigma, because an effect
that is equal in percent is not equal in units of each security's volatility, and that is no noise. Its
distribution is not assumed: the same statistic is computed for every window of the same length in the
estimation window, where nothing happened, and the event's place among these is the p-value. If days are alike
but for a common scale, every place is equally likely, whatever the tails, the correlation and N. The idea of
taking sample quantiles of an event-free window is that of Gelbach, Helland and Klick (2013); it is applied here
to the self-normalised cross-section.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hkconcept.study.arrays import Bools, Floats, Ints
from hkconcept.study.distributions import normal_quantile, normal_two_sided, t_quantile
from hkconcept.study.outcome import Outcome, absent
from hkconcept.study.parametric import inflation
from hkconcept.study.sample import WindowSample

__all__ = ["FEWEST_SECURITIES", "Effect", "calibrated", "effect", "enough_placebos", "portfolio_calibrated"]

FEWEST_PLACEBOS = 39
"""Below, no place among the placebos is extreme enough for 5% on two sides."""
_WINDOWS_APART = 20  # the estimation window must hold so many event windows side by side
FEWEST_SECURITIES = 4
"""On a date; below, nothing is left to measure the spread with."""
_POWER = 0.8


@dataclass(frozen=True, slots=True)
class _Date:
    """The statistic of one date and its placebos; ``error`` is the standard error that it divides by."""

    weight: float
    mean: float
    error: float
    statistic: float
    placebos: Floats
    usual_error: float


@dataclass(frozen=True, slots=True)
class Effect:
    """A mean cumulative abnormal return with its band, and what could have been detected; all are fractions.

    ``low`` and ``high`` bound the effects, equal for all securities, that the same calibrated statistic of the
    unscaled CARs would not reject. ``detectable`` is the smallest effect that it finds in 80 of 100 such
    events, with the spread of this window; ``detectable_usual`` with the spread of an ordinary window.
    """

    mean: float
    low: float | None
    high: float | None
    detectable: float | None
    detectable_usual: float | None
    n: int


def enough_placebos(sample: WindowSample) -> bool:
    """Whether the estimation window is long enough, for each date, to calibrate on."""
    length = sample.window.length
    for number in range(sample.dates):
        rows = sample.estimation[sample.group == number]
        statistics = _placebos(rows, length, 0.0, np.ones(len(rows)))[0]
        if len(statistics) < FEWEST_PLACEBOS or rows.shape[1] < _WINDOWS_APART * length:
            return False
    return sample.dates > 0


def calibrated(sample: WindowSample) -> Outcome:
    """Return the self-normalised, correlation-adjusted mean of the standardised CARs, placed among its placebos.

    On one date the p-value is twice the share, the event included, of the windows at least as extreme on the
    same side, interpolated between neighbours; it cannot fall below ``2 / (placebos + 1)``. On several dates
    each place is turned into a normal score and the scores are averaged. A date needs four securities;
    :func:`portfolio_calibrated` serves fewer.
    """
    return _placed(
        "calibrated",
        sample,
        list(_dates(sample, sample.scar, sample.estimation / sample.sigma[:, None], 1 / sample.sigma)),
    )


def portfolio_calibrated(sample: WindowSample) -> Outcome:
    """Return the mean standardised CAR placed among the means of the estimation windows.

    For fewer than four securities on a date. It cannot tell a shift from a day that was wider for everybody.
    """
    found = []
    length = sample.window.length
    standard = sample.estimation / sample.sigma[:, None]
    for number in range(sample.dates):
        among = sample.group == number
        sums, whole = _sums(standard[among], length)
        held = whole.sum(axis=0)
        usable = held >= max(1, whole.shape[0] / 2)
        total = np.where(whole, sums, 0.0).sum(axis=0)
        means = total[usable] / held[usable] / math.sqrt(length)
        mean = float(sample.scar[among].mean())
        found.append(_Date(1.0, mean, 1.0, mean, means, 1.0))
    return _placed("portfolio_calibrated", sample, found)


def effect(sample: WindowSample, level: float) -> Effect:
    """Return the mean CAR, its band of coverage ``1 - level``, and the smallest effect that could be detected.

    The band turns the test around: it holds every constant that, taken off all CARs, leaves the statistic
    within its placebos. Without enough placebos Student's t of the Kolari-Pynnonen statistic stands in; on ten
    dates or more the spread between dates does. With one security there is no band.
    """
    n = sample.n
    mean = float(sample.car.mean()) if n else math.nan
    dates = list(_dates(sample, sample.car, sample.estimation, sample.sigma))
    bare = Effect(mean, None, None, None, None, n)
    if sample.dates >= 10:
        return _between_dates(sample, level, bare)
    if not dates or len(dates) < sample.dates:
        return bare
    error = math.sqrt(sum((d.weight * d.error) ** 2 for d in dates))
    usual = math.sqrt(sum((d.weight * d.usual_error) ** 2 for d in dates))
    if len(dates) == 1 and enough_placebos(sample):
        placebos = dates[0].placebos
        critical = _quantile(np.abs(placebos), 1 - level)
        needed = critical - _quantile(placebos * math.copysign(1, mean), 1 - _POWER)
    elif enough_placebos(sample):
        # Each date's own quantile over the normal one tells how much heavier its tails are.
        normal = normal_quantile(1 - level / 2)
        heavier = float(np.mean([_quantile(np.abs(d.placebos), 1 - level) / normal for d in dates]))
        critical = normal * heavier
        needed = critical + normal_quantile(_POWER) * heavier
    else:
        error = usual = float(sample.car.std(ddof=1)) / math.sqrt(n) / _shrink(n, sample.correlation)
        df = 1 / (1 / (n - 1) + sample.window.length / float(sample.observations.mean()))
        critical = t_quantile(1 - level / 2, df)
        needed = critical + t_quantile(_POWER, df)
    return Effect(mean, mean - critical * error, mean + critical * error, needed * error, needed * usual, n)


def _between_dates(sample: WindowSample, level: float, bare: Effect) -> Effect:
    count = np.bincount(sample.group, minlength=sample.dates)
    share = count / sample.n
    means = np.bincount(sample.group, weights=sample.car, minlength=sample.dates) / count
    error = math.sqrt(float((share**2 * (means - bare.mean) ** 2).sum()) * sample.dates / (sample.dates - 1))
    critical = t_quantile(1 - level / 2, sample.dates - 1)
    needed = critical + t_quantile(_POWER, sample.dates - 1)
    return Effect(bare.mean, bare.mean - critical * error, bare.mean + critical * error, needed * error, None, sample.n)


def _dates(sample: WindowSample, values: Floats, estimation: Floats, scale: Floats) -> Iterator[_Date]:
    """Yield the statistic of every date with four securities or more, and its placebos."""
    for number in range(sample.dates):
        among = sample.group == number
        n = int(among.sum())
        if n < FEWEST_SECURITIES:
            continue
        r = sample.group_correlation[number]
        statistics, errors = _placebos(estimation[among], sample.window.length, r, scale[among])
        own = values[among]
        whole = np.ones((n, 1), dtype=np.bool_)
        spread = float(_mean_and_spread(own[:, None], whole, scale[among])[1][0])
        if not spread > 0 or not len(statistics):
            continue
        error = spread / math.sqrt(n) / _shrink(n, r)
        mean = float(own.mean())
        statistic = float(_evened(np.array([mean / error]), np.array([n]))[0])
        yield _Date(n / sample.n, mean, error, statistic, statistics, float(np.median(errors)))


def _placebos(estimation: Floats, length: int, r: float, scale: Floats) -> tuple[Floats, Floats]:
    """Return the statistic of every estimation window of the event's length, and its standard error.

    A security takes part in a window when it has a return in each of its sessions, as in the event's. A window
    with fewer than half of the securities is passed over.
    """
    sums, whole = _sums(estimation, length)
    usable = whole.sum(axis=0) >= max(FEWEST_SECURITIES, len(estimation) / 2)
    sums, whole = sums[:, usable], whole[:, usable]
    held: Ints = whole.sum(axis=0)
    mean, spread = _mean_and_spread(sums, whole, scale)
    error = spread / np.sqrt(held * (1 - min(r, 0.99)) / np.maximum(1 + (held - 1) * r, 0.05))
    kept = error > 0
    return _evened(mean[kept] / error[kept], held[kept]), error[kept]


def _mean_and_spread(values: Floats, held: Bools, scale: Floats) -> tuple[Floats, Floats]:
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


def _shrink(n: int, r: float) -> float:
    return math.sqrt((1 - min(r, 0.99)) / inflation(n, r))


def _placed(key: str, sample: WindowSample, dates: list[_Date]) -> Outcome:
    if not dates or len(dates) < sample.dates:
        return absent(key, sample.n, "needs four securities or more on each date")
    fewest = min(len(date.placebos) for date in dates)
    if fewest < FEWEST_PLACEBOS:
        why = f"{fewest} windows to compare with, {FEWEST_PLACEBOS} needed"
        return absent(key, sample.n, why)
    if len(dates) == 1:
        place = _place(dates[0])
        p = 2 * min(place, 1 - place)
        return Outcome(key, dates[0].statistic, p, "placebo", sample.n, placebos=fewest)
    z = sum(_score(date) for date in dates) / math.sqrt(len(dates))
    return Outcome(key, z, normal_two_sided(z), "placebo", sample.n, placebos=fewest)


def _score(date: _Date) -> float:
    """Return the normal score of the event's place among its placebos."""
    return normal_quantile(_place(date))


def _place(date: _Date) -> float:
    """Return the event's place among its placebos, as a share strictly between 0 and 1.

    The k-th smallest of n placebos is at ``k / (n + 1)``, and places in between are interpolated; beyond the
    outermost placebo nothing is known, so the place stays theirs.
    """
    ordered = np.sort(date.placebos)
    n = len(ordered)
    return float(np.interp(date.statistic, ordered, np.arange(1.0, n + 1))) / (n + 1)


def _quantile(values: Floats, share: float) -> float:
    """Return the value at a place of :func:`_place`."""
    return float(np.quantile(values, share, method="weibull"))
