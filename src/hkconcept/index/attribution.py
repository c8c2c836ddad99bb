"""What each security and role added to the level of an index between two closes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from hkconcept.index.held import Holding
    from hkconcept.market.arrays import Floats

__all__ = ["contributions", "points_between"]


def points_between(holdings: Sequence[Holding], prices: Floats, divisors: Floats, first: int, last: int) -> Floats:
    """Return the points that each security added after the close of row ``first``, up to that of row ``last``.

    ``prices`` is ``float64 (T, N)``, ``divisors`` ``float64 (T,)``; the result is ``float64 (N,)``.
    """
    points = np.zeros(prices.shape[1])
    ends = [holding.start for holding in holdings[1:]] + [len(prices)]
    for holding, stop in zip(holdings, ends, strict=True):
        begin, finish = max(holding.start, first + 1), min(stop, last + 1)
        if begin >= finish:
            continue
        opened = holding.open if begin == holding.start else prices[begin - 1]
        points += holding.units * (prices[finish - 1] - opened) / divisors[begin]
    return points


def contributions(codes: tuple[str, ...], roles: tuple[str, ...], points: Floats, level: float) -> pl.DataFrame:
    """Return the points that are not zero as a frame, the largest first; ``percent`` is of ``level``."""
    columns = np.flatnonzero(points)
    return pl.DataFrame(
        {
            "code": [codes[i] for i in columns],
            "role": [roles[i] for i in columns],
            "points": points[columns],
            "percent": points[columns] / level * 100.0,
        },
        schema_overrides={"code": pl.String, "role": pl.String},
    ).sort(["points", "code"], descending=[True, False])
