"""Made tables for the index benchmarks: prices, shares, dividends, splits and memberships, each with when it was known.

Random walks with a fixed seed: nothing in them is real. One close in a thousand is missing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import polars as pl

from hkconcept.index.facts import Facts, MembershipRow
from hkconcept.index.methodology import Methodology, Review, Version
from hkconcept.model import Moment

__all__ = ["Tables", "made"]


@dataclass(frozen=True)
class Tables:
    """A history: the calendar, a long table of closes, the facts, and the methodology."""

    sessions: list[dt.date]
    closes: pl.DataFrame
    facts: Facts
    methodology: Methodology


def made(securities: int, sessions: int, *, seed: int = 7) -> Tables:
    """Return a history of weekdays from 2005-01-03 on: quarterly reviews, free-float value, capped."""
    rng = np.random.default_rng(seed)
    days = np.arange("2005-01-03", "2030-01-01", dtype="datetime64[D]")
    days = days[np.is_busday(days)][:sessions]
    codes = [f"{n:05d}" for n in range(1, securities + 1)]
    steps = rng.normal(0.0002, 0.02, (sessions, securities))
    close = np.exp(np.cumsum(steps, axis=0)) * rng.uniform(1, 100, securities)
    splits = _splits(rng, close, days, codes)
    close = np.maximum(np.round(close, 3), 0.001)
    t, i = np.nonzero(rng.random((sessions, securities)) >= 0.001)
    kind = pl.Enum(codes)
    closes = pl.DataFrame(
        {"code": pl.Series(i.astype(np.uint32)).cast(pl.UInt32), "session": days[t], "close": close[t, i]}
    ).with_columns(pl.Series("code", np.array(codes)[i]).cast(kind))
    dividends = _dividends(rng, close, days, codes)
    return Tables(
        days.tolist(),
        closes,
        Facts(_members(codes, days), pl.concat([dividends, splits]), _shares(rng, codes, days), dividends_held=True),
        Methodology(
            "made",
            "Made",
            "虚构",
            "HKD",
            days[0].item(),
            Decimal(1000),
            (Version(days[0].item(), "free_float_value", Decimal("0.0010"), Review(months=(3, 6, 9, 12))),),
        ),
    )


def _members(codes: list[str], days: np.ndarray) -> list[MembershipRow]:
    """Every tenth joins later, every fifteenth leaves again."""
    rows = []
    for n, code in enumerate(codes):
        joins = days[0] if n % 10 else days[(n * 7) % (len(days) // 2)]
        rows.append(MembershipRow(code, "in", joins.item(), Moment.of_day((joins - 9).item())))
        if n % 15 == 4:
            leaves = days[len(days) // 2 + (n * 11) % (len(days) // 2)]
            rows.append(MembershipRow(code, "out", leaves.item(), Moment.of_day((leaves - 9).item())))
    return rows


def _shares(rng: np.random.Generator, codes: list[str], days: np.ndarray) -> pl.DataFrame:
    quarters = days[::62]
    n = len(codes)
    first = rng.uniform(1e7, 1e9, n)
    drift = np.cumprod(np.vstack([np.ones(n), rng.uniform(0.99, 1.02, (len(quarters) - 1, n))]), axis=0)
    return pl.DataFrame(
        {
            "code": pl.Series(np.tile(np.array(codes), len(quarters))).cast(pl.Enum(codes)),
            "shares": np.round(first * drift).reshape(-1),
            "free_float": np.tile(np.round(rng.uniform(0.2, 1.0, n), 2), len(quarters)),
            "effective": np.repeat(quarters, n),
            "known_at": np.repeat(quarters - 3, n),
        }
    )


def _dividends(
    rng: np.random.Generator,
    close: np.ndarray,
    days: np.ndarray,
    codes: list[str],
) -> pl.DataFrame:
    """Two a year for each security."""
    half_years = range(40, len(days), 125)
    t = np.concatenate(
        [rng.integers(max(1, start - 39), min(start + 39, len(days)), len(codes)) for start in half_years]
    )
    i = np.tile(np.arange(len(codes)), len(half_years))
    return _actions("dividend", t, i, days, codes, amount=np.round(close[t - 1, i] * 0.01, 4))


def _splits(
    rng: np.random.Generator,
    close: np.ndarray,
    days: np.ndarray,
    codes: list[str],
) -> pl.DataFrame:
    """One for every fifth security, taken out of its closes."""
    i = np.arange(0, len(codes), 5)
    t = rng.integers(2, len(days), len(i))
    for column, row in zip(i, t, strict=True):
        close[row:, column] /= 2
    return _actions("split", t, i, days, codes, ratio=np.full(len(i), 2.0))


def _actions(  # noqa: PLR0913, PLR0917 - a table's columns
    kind: str,
    t: np.ndarray,
    i: np.ndarray,
    days: np.ndarray,
    codes: list[str],
    amount: np.ndarray | None = None,
    ratio: np.ndarray | None = None,
) -> pl.DataFrame:
    zero = np.zeros(len(t))
    return pl.DataFrame(
        {
            "code": pl.Series(np.array(codes)[i]).cast(pl.Enum(codes)),
            "kind": [kind] * len(t),
            "amount": zero if amount is None else amount,
            "ratio": zero if ratio is None else ratio,
            "price": np.full(len(t), np.nan),
            "currency": ["HKD"] * len(t),
            "ex_date": days[t],
            "known_at": days[t] - 12,
        }
    )
