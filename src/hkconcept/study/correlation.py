"""How much the residuals of securities that share a date move together: the mean over all pairs."""

from __future__ import annotations

import numpy as np

from hkconcept.market.arrays import Floats, Ints

__all__ = ["mean_correlation"]

_FEWEST = 10  # sessions that a pair must share to count
_MANY = 1000  # securities; beyond, the pairs are not formed one by one


def mean_correlation(residuals: Floats, group: Ints) -> tuple[float, dict[int, float]]:
    """Return the mean correlation over all pairs of N securities, and within each group.

    Parameters
    ----------
    residuals
        Shape (N, L), NaN where there is none. Columns of the same group are the same sessions.
    group
        Shape (N,), numbered from 0. Pairs of different groups count as uncorrelated.

    """
    count = np.bincount(group)
    within = dict.fromkeys(range(len(count)), 0.0)
    order = np.argsort(group, kind="stable")
    ends = count.cumsum()
    total = 0.0
    for number in np.flatnonzero(count > 1).tolist():
        size = int(count[number])
        within[number] = _within(residuals[order[ends[number] - size : ends[number]]])
        total += within[number] * size * (size - 1)
    pairs = len(residuals) * (len(residuals) - 1)
    return (total / pairs if pairs else 0.0), within


def _within(residuals: Floats) -> float:
    held = np.isfinite(residuals)
    n = len(residuals)
    if held.all() or n > _MANY:
        count = np.maximum(held.sum(axis=1, keepdims=True), 1)
        filled = np.where(held, residuals, 0.0)
        away = np.where(held, filled - filled.sum(axis=1, keepdims=True) / count, 0.0)
        size = np.sqrt((away**2).sum(axis=1, keepdims=True) / count)
        z = away / np.where(size > 0, size, 1.0)
        products = (z.sum(axis=0) ** 2 - (z**2).sum(axis=0)).sum()
        there = held.sum(axis=0)
        pairs = (there * (there - 1)).sum()
        return float(products / pairs) if pairs else 0.0
    mask = held.astype(np.float64)
    x = np.where(held, residuals, 0.0)
    shared = mask @ mask.T
    with np.errstate(divide="ignore", invalid="ignore"):
        sums = x @ mask.T  # of the row's residuals, over the sessions shared with the column
        spread = (x**2) @ mask.T - sums**2 / shared
        together = (x @ x.T - sums * sums.T / shared) / np.sqrt(spread * spread.T)
    usable = (shared >= _FEWEST) & np.isfinite(together)
    np.fill_diagonal(usable, val=False)
    return float(together[usable].mean()) if usable.any() else 0.0
