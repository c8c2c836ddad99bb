"""Tests on the mean: cross-sectional t, Patell, Boehmer-Musumeci-Poulsen (BMP), and their adjusted forms."""

from __future__ import annotations

import math

import numpy as np

from hkconcept.market.arrays import Floats
from hkconcept.study.outcome import Outcome, absent, by_normal, by_t
from hkconcept.study.sample import WindowSample

__all__ = ["bmp", "clustered_bmp", "cross_sectional_t", "inflation", "kp_bmp", "kp_patell", "patell", "widening"]


def cross_sectional_t(sample: WindowSample) -> Outcome:
    """Return the mean CAR over its cross-sectional standard error: t with N - 1 degrees of freedom."""
    return _mean_over_error("cross_sectional_t", sample.car)


def bmp(sample: WindowSample) -> Outcome:
    """Return the mean standardised CAR over its cross-sectional standard error (Boehmer, Musumeci, Poulsen 1991)."""
    return _mean_over_error("bmp", sample.scar)


def patell(sample: WindowSample) -> Outcome:
    """Return the sum of standardised CARs over the root of their variances df / (df - 2) (Patell 1976)."""
    z = _patell(sample)
    return absent("patell", sample.n, "no security") if z is None else by_normal("patell", z, sample.n)


def kp_patell(sample: WindowSample) -> Outcome:
    """Return Patell's statistic over the root of 1 + (N - 1) r, r the mean correlation (Kolari, Pynnonen 2010)."""
    z = _patell(sample)
    if z is None:
        return absent("kp_patell", sample.n, "no security")
    return by_normal("kp_patell", z / math.sqrt(inflation(sample.n, sample.correlation)), sample.n)


def kp_bmp(sample: WindowSample) -> Outcome:
    """Return BMP's statistic times the root of (1 - r) / (1 + (N - 1) r) (Kolari, Pynnonen 2010).

    The reference is t with ``1 / (1 / (N - 1) + L2 / M)`` degrees of freedom, M the mean number of estimation
    returns: besides the spread of N securities, r itself rests on M / L2 independent windows.
    """
    plain = _mean_over_error("kp_bmp", sample.scar)
    if plain.statistic is None:
        return plain
    n, r = sample.n, sample.correlation
    df = 1 / (1 / (n - 1) + sample.window.length / float(sample.observations.mean()))
    return by_t("kp_bmp", plain.statistic * math.sqrt((1 - min(r, 0.99)) / inflation(n, r)), n, df)


def clustered_bmp(sample: WindowSample) -> Outcome:
    """Return the mean over dates of the mean standardised CAR, over its standard error: t with dates - 1.

    Securities that share a date count as one observation, so that what they share cannot be counted N times.
    With one security on each date it is BMP.
    """
    count = np.bincount(sample.group, minlength=sample.dates)
    means = np.bincount(sample.group, weights=sample.scar, minlength=sample.dates) / np.maximum(count, 1)
    found = _mean_over_error("clustered_bmp", means)
    if found.statistic is None:
        return absent("clustered_bmp", sample.n, "needs events on two dates or more")
    return by_t("clustered_bmp", found.statistic, sample.n, sample.dates - 1)


def inflation(n: int, r: float) -> float:
    """Return 1 + (n - 1) r, by which a shared correlation inflates the variance of a mean; never below 0.05."""
    return max(1 + (n - 1) * r, 0.05)


def widening(sample: WindowSample) -> float | None:
    """Return how many times wider than usual the standardised CARs lie, correlation allowed for; ``None`` below 3.

    1 when the event left volatility as it was.
    """
    if sample.n < 3:
        return None
    within = np.concatenate(
        [sample.scar[sample.group == g] - sample.scar[sample.group == g].mean() for g in range(sample.dates)]
    )
    freedom = sum(
        (int((sample.group == g).sum()) - 1) * (1 - min(r, 0.99)) for g, r in sample.group_correlation.items()
    )
    if freedom < 2:
        return float(sample.scar.std(ddof=1))
    return math.sqrt(float((within**2).sum()) / freedom)


def _mean_over_error(key: str, values: Floats) -> Outcome:
    n = len(values)
    if n < 2:
        return absent(key, n, "needs two securities or more")
    spread = float(values.std(ddof=1))
    if not spread > 0:
        return absent(key, n, "all values are equal")
    return by_t(key, float(values.mean()) / spread * math.sqrt(n), n, n - 1)


def _patell(sample: WindowSample) -> float | None:
    if not sample.n:
        return None
    return float(sample.scar.sum() / math.sqrt(float((sample.df / (sample.df - 2)).sum())))
