"""Tests on signs and on ranks across securities: Cowan's generalised sign test and Wilcoxon's signed ranks."""

from __future__ import annotations

import math

import numpy as np

from hkconcept.study.outcome import Outcome, absent, by_normal
from hkconcept.study.ranks import ranks
from hkconcept.study.sample import WindowSample

__all__ = ["generalised_sign", "wilcoxon"]

_EXACT = 50  # securities; beyond, the normal approximation is as good


def generalised_sign(sample: WindowSample) -> Outcome:
    """Return how the number of positive CARs exceeds the usual share of positive days (Cowan 1992): normal."""
    n = sample.n
    held = np.isfinite(sample.estimation).sum(axis=1)
    # What differs from zero by rounding alone is not positive.
    tiny = 1e-9 * sample.sigma
    usual = float(((sample.estimation > tiny[:, None]).sum(axis=1) / np.maximum(held, 1)).mean()) if n else 0.0
    if not 0 < usual < 1:
        return absent("generalised_sign", n, "the estimation window has returns of one sign only")
    positive = int((sample.car > tiny).sum())
    return by_normal("generalised_sign", (positive - n * usual) / math.sqrt(n * usual * (1 - usual)), n)


def wilcoxon(sample: WindowSample) -> Outcome:
    """Return Wilcoxon's signed-rank test that CARs lie evenly around zero.

    Zeros are left out. The statistic is the standardised sum of the positive ranks; without ties and up to 50
    securities the p-value is exact, else normal with the correction for ties.
    """
    values = sample.car[sample.car != 0]
    n = len(values)
    if n < 2:
        return absent("wilcoxon", sample.n, "needs two securities or more")
    sizes = np.abs(values)
    placed = ranks(sizes[None, :])[0]
    positive = float(placed[values > 0].sum())
    _, counts = np.unique(sizes, return_counts=True)
    ties = float((counts.astype(np.float64) ** 3 - counts).sum())
    mean = n * (n + 1) / 4
    deviation = math.sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48)
    z = (positive - mean) / deviation
    if ties or n > _EXACT:
        return by_normal("wilcoxon", z, sample.n)
    return Outcome("wilcoxon", z, _exact(int(min(positive, n * (n + 1) / 2 - positive)), n), "exact", sample.n)


def _exact(smaller: int, n: int) -> float:
    """Return the two-sided probability that the smaller of the two rank sums is no greater."""
    ways = [1] + [0] * (n * (n + 1) // 2)
    for rank in range(1, n + 1):
        for total in range(len(ways) - 1, rank - 1, -1):
            ways[total] += ways[total - rank]
    return min(1.0, float(2 * sum(ways[: smaller + 1]) / 2**n))
