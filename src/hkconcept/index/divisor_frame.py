"""The divisor log of a calculated index as a polars frame: changes as they were kept, and dividends beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from hkconcept.index.held import Logged
    from hkconcept.index.timeline import Timed
    from hkconcept.market.arrays import Floats
    from hkconcept.market.panel import Panel

__all__ = ["Valued", "divisor_frame"]


_FIGURES: Final = (
    "units_before",
    "units_after",
    "price_before",
    "price_after",
    "value_before",
    "value_after",
    "divisor_before",
    "divisor_after",
    "total_divisor_before",
    "total_divisor_after",
)


class Valued(NamedTuple):
    """Prices ``(T, N)`` and, by session ``(T,)``, the values, divisors and growth of a calculation."""

    prices: Floats
    values: Floats
    divisors: Floats
    growth: Floats


def divisor_frame(panel: Panel, logged: Sequence[Logged], paid: Timed, valued: Valued) -> pl.DataFrame:
    """Return the divisor log, a row per change; see :class:`hkconcept.index.divisors.DivisorEntry` for its columns."""
    rows = pl.DataFrame(logged, schema=_schema(), orient="row")
    at = rows["at"].to_numpy()
    rows = rows.with_columns(
        total_divisor_before=rows["divisor_before"] * valued.growth[at],
        total_divisor_after=rows["divisor_after"] * valued.growth[at],
        rank=pl.int_range(pl.len()) + len(paid),
    )
    dividends = _dividends(paid, valued)
    both = pl.concat([dividends, rows.select(dividends.columns)]).sort("at", "rank")
    days = np.array(panel.sessions, dtype="datetime64[D]")
    names = np.array([*panel.codes, ""])
    last = len(days) - 1
    return both.select(
        pl.Series("session", days[both["at"].to_numpy()]),
        pl.Series("due", days[np.minimum(both["due"].to_numpy(), last)]),
        "kind",
        pl.Series("code", names[both["code"].to_numpy()]),
        *_FIGURES,
        (pl.col("due") < pl.col("at")).alias("late"),
        pl.col("detail"),
    )


def _dividends(paid: Timed, valued: Valued) -> pl.DataFrame:
    n = len(paid)
    worth = np.asarray(paid.values["value"], dtype=np.float64)
    before = valued.values[paid.at - 1] if n else np.zeros(0)
    whole = np.cumsum(worth)
    first = np.searchsorted(paid.at, paid.at, side="left")
    spent = whole - worth - np.where(first > 0, whole[first - 1], 0.0) if n else np.zeros(0)
    value_before, divisor = before - spent, valued.divisors[paid.at - 1] if n else np.zeros(0)
    total = divisor * valued.growth[paid.at - 1] * (value_before / before) if n else np.zeros(0)
    close = valued.prices[paid.due - 1, paid.code] if n else np.zeros(0)
    return pl.DataFrame(
        {
            "at": paid.at,
            "due": paid.due,
            "kind": ["dividend"] * n,
            "code": paid.code,
            "units_before": paid.values["units"],
            "units_after": paid.values["units"],
            "price_before": close,
            "price_after": close - np.asarray(paid.values["amount"], dtype=np.float64),
            "value_before": value_before,
            "value_after": value_before - worth,
            "divisor_before": divisor,
            "divisor_after": divisor,
            "total_divisor_before": total,
            "total_divisor_after": total * ((value_before - worth) / value_before),
            "detail": [""] * n,
            "rank": np.arange(n),
        },
        schema={
            **_schema(),
            "total_divisor_before": pl.Float64,
            "total_divisor_after": pl.Float64,
            "rank": pl.Int64,
        },
    )


def _schema() -> dict[str, type[pl.DataType]]:
    figures: dict[str, type[pl.DataType]] = dict.fromkeys(_FIGURES[:8], pl.Float64)
    return {"at": pl.Int64, "due": pl.Int64, "kind": pl.String, "code": pl.Int64, **figures, "detail": pl.String}
