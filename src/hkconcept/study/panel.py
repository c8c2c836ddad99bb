"""Returns of many securities and of the market on the same sessions; what was not traded is no return.

This is the only shape in which the room takes market data: plain arrays, so that any source can fill it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from hkconcept.errors import SourceError, UsageError
from hkconcept.market.arrays import Bools, Floats, Ints

__all__ = ["ReturnPanel", "from_closes"]


def _none() -> Floats:
    return np.empty((0, 0))


@dataclass(frozen=True, slots=True, eq=False)
class ReturnPanel:
    """Simple returns by session and security.

    Parameters
    ----------
    sessions
        T exchange sessions, ascending, none missing in between: a session without data is a row of NaN.
    codes
        S securities.
    returns
        Shape (T, S), float64, as fractions; NaN where there is no return. Many events are studied several
        times faster when a security's sessions lie side by side (``numpy.asfortranarray``).
    market
        Shape (T,), or (T, S) when the market's return is taken over the span of each security's return
        (trade-to-trade); NaN where there is none.
    market_name
        What the market is, for the reader.
    factors
        Shape (T, K), further factors for the model ``factors``; may be (0, 0).

    """

    sessions: tuple[dt.date, ...]
    codes: tuple[str, ...]
    returns: Floats
    market: Floats
    market_name: str = "market"
    factors: Floats = field(default_factory=_none)

    def __post_init__(self) -> None:
        """Refuse shapes that do not fit together, repeated codes, and sessions out of order."""
        shape = (len(self.sessions), len(self.codes))
        if self.returns.shape != shape:
            raise UsageError(f"the returns have the shape {self.returns.shape} instead of {shape}", where="panel")
        if self.market.shape not in (shape[:1], shape):
            raise UsageError(f"the market has the shape {self.market.shape} instead of {shape[:1]}", where="panel")
        if self.factors.size and (self.factors.ndim != 2 or self.factors.shape[0] != shape[0]):
            raise UsageError(f"the factors have the shape {self.factors.shape} instead of ({shape[0]}, K)")
        _ascending(self.sessions)
        twice = sorted({code for code in self.codes if self.codes.count(code) > 1}) if _repeats(self.codes) else []
        if twice:
            raise SourceError(f"{twice[0]} is in the panel twice", todo="keep one series per security")

    @property
    def has_factors(self) -> bool:
        """Whether further factors are held."""
        return self.factors.size > 0


def from_closes(  # noqa: PLR0913 - each is one column of the source
    sessions: Sequence[dt.date],
    codes: Sequence[str],
    closes: Floats,
    market_closes: Floats,
    *,
    volumes: Floats | None = None,
    segments: npt.NDArray[np.integer[Any]] | None = None,
    trade_to_trade: bool = False,
    market_name: str = "market",
) -> ReturnPanel:
    """Make returns from closes, so that halts, days without volume and gaps never become returns.

    Parameters
    ----------
    sessions
        T exchange sessions in order, those without any data included.
    codes
        S securities.
    closes
        Shape (T, S); NaN where there is none. A close that is not positive is refused.
    market_closes
        Shape (T,).
    volumes
        Shape (T, S) shares; a close with volume 0 only repeats an older one and counts as missing.
        NaN is "not known" and says nothing.
    segments
        Shape (T,) or (T, S): the number of the price basis (adjusted and unadjusted prices have two). No return
        reaches from one basis into another.
    trade_to_trade
        By default a return needs closes in two sessions that follow each other. With this, the return of a
        session reaches back to the last close that was traded, and the market's return over the same span
        stands beside it (Maynes and Rumsey 1993).
    market_name
        What the market is.

    Raises
    ------
    SourceError
        A close is zero or negative; security and session are named.

    """
    _ascending(sessions)
    shape = (len(sessions), len(codes))
    if closes.shape != shape or market_closes.shape != shape[:1]:
        raise UsageError(f"closes of the shape {closes.shape} do not fit {shape[0]} sessions of {shape[1]} securities")
    wrong = np.argwhere(closes <= 0)
    if len(wrong):
        row, column = wrong[0]
        raise SourceError(f"the close {closes[row, column]:g} is not a price", where=f"{codes[column]} {sessions[row]}")
    traded = np.isfinite(closes)
    if volumes is not None:
        traded &= ~(volumes == 0)
    basis = np.zeros(shape, dtype=np.int64)
    if segments is not None:
        basis[:] = segments if segments.ndim == 2 else segments[:, None]
    held = np.where(traded, closes, np.nan)
    if trade_to_trade:
        returns, market = _over_spans(held, market_closes, traded, basis)
    else:
        returns = np.full(shape, np.nan)
        market = np.full(shape[0], np.nan)
        returns[1:] = np.where(basis[1:] == basis[:-1], held[1:] / held[:-1] - 1, np.nan)
        # The market's own series has one basis throughout: only its missing closes are gaps.
        market[1:] = market_closes[1:] / market_closes[:-1] - 1
    return ReturnPanel(tuple(sessions), tuple(codes), np.asfortranarray(returns), market, market_name)


def _over_spans(closes: Floats, market: Floats, traded: Bools, basis: Ints) -> tuple[Floats, Floats]:
    """Return security and market returns, each from the last session that was traded in the same segment."""
    count = len(closes)
    rows = np.arange(count)[:, None]
    last = np.maximum.accumulate(np.where(traded, rows, -1), axis=0)
    before = np.vstack([np.full((1, closes.shape[1]), -1), last[:-1]])
    start = np.maximum(before, 0)
    columns = np.broadcast_to(np.arange(closes.shape[1]), closes.shape)
    ok = traded & (before >= 0) & (basis[start, columns] == basis)
    returns = np.where(ok, closes / closes[start, columns] - 1, np.nan)
    # Where nothing traded the market keeps its one-session return, for leads and lags.
    own = np.full(count, np.nan)
    own[1:] = market[1:] / market[:-1] - 1
    return returns, np.where(ok, market[:, None] / market[start] - 1, own[:, None])


def _ascending(sessions: Sequence[dt.date]) -> None:
    for earlier, later in pairwise(sessions):
        if later <= earlier:
            what = "is there twice" if later == earlier else f"comes after {earlier}"
            raise SourceError(f"the session {later} {what}", todo="give each session once, in order")


def _repeats(codes: Sequence[str]) -> bool:
    return len(set(codes)) < len(codes)
