"""What each security and role added to the level of an index between two closes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from hkconcept.errors import UsageError

if TYPE_CHECKING:
    from hkconcept.index.calculation import Calculation

__all__ = ["contributions"]


def contributions(index: Calculation, start: dt.date, end: dt.date) -> pl.DataFrame:
    """Return points and percent by security; see :meth:`hkconcept.index.calculation.Calculation.contributions`."""
    first, last = index.row(start), index.row(end)
    if last < first:
        raise UsageError(f"{end} comes before {start}", where="contributions", todo="give the earlier day first")
    points = np.zeros(len(index.panel.codes))
    ends = [holding.start for holding in index.holdings[1:]] + [len(index.panel.sessions)]
    for holding, stop in zip(index.holdings, ends, strict=True):
        begin, finish = max(holding.start, first + 1), min(stop, last + 1)
        if begin >= finish:
            continue
        opened = holding.open if begin == holding.start else index.prices[begin - 1]
        points += holding.units * (index.prices[finish - 1] - opened) / index.divisors[begin]
    columns = np.flatnonzero(points)
    level = float(index.main_levels[first - index.base])
    return pl.DataFrame(
        {
            "code": [index.panel.codes[i] for i in columns],
            "role": [index.roles[i] for i in columns],
            "points": points[columns],
            "percent": points[columns] / level * 100.0,
        },
        schema_overrides={"code": pl.String, "role": pl.String},
    ).sort(["points", "code"], descending=[True, False])
