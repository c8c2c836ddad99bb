"""Several windows tested at once: p-values that allow for it."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["benjamini_hochberg", "benjamini_yekutieli", "holm"]


def holm(p: Sequence[float]) -> list[float]:
    """Return p-values adjusted so that the chance of any false finding stays below the level (Holm 1979).

    >>> [round(x, 4) for x in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]

    """
    order = sorted(range(len(p)), key=p.__getitem__)
    found = [0.0] * len(p)
    highest = 0.0
    for place, index in enumerate(order):
        highest = max(highest, min(1.0, (len(p) - place) * p[index]))
        found[index] = highest
    return found


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Return p-values adjusted so that the expected share of false findings stays below the level (1995).

    For tests that are independent or move together, as windows of one event mostly do.

    >>> [round(x, 4) for x in benjamini_hochberg([0.01, 0.04, 0.03])]
    [0.03, 0.04, 0.04]

    """
    order = sorted(range(len(p)), key=p.__getitem__, reverse=True)
    found = [0.0] * len(p)
    lowest = 1.0
    for place, index in enumerate(order):
        lowest = min(lowest, p[index] * len(p) / (len(p) - place))
        found[index] = lowest
    return found


def benjamini_yekutieli(p: Sequence[float]) -> list[float]:
    """Return the same control under any dependence (2001): Benjamini-Hochberg times 1 + 1/2 + ... + 1/m.

    >>> [round(x, 4) for x in benjamini_yekutieli([0.01, 0.04, 0.03])]
    [0.055, 0.0733, 0.0733]

    """
    harmonic = sum(1 / k for k in range(1, len(p) + 1))
    return [min(1.0, x * harmonic) for x in benjamini_hochberg(p)]
