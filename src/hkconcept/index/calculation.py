"""A calculated index: levels, weights, the divisor log and contributions, as values and as polars frames."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from hkconcept.errors import NotAvailableError, UsageError
from hkconcept.index.divisors import DivisorEntry
from hkconcept.index.held import Holding, Logged
from hkconcept.index.timeline import session_rates

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from hkconcept.index.facts import RateRow
    from hkconcept.index.methodology import Methodology
    from hkconcept.index.timeline import Timed
    from hkconcept.market.arrays import Floats
    from hkconcept.market.panel import Panel

__all__ = ["Calculation", "published"]

_FINE: Final = Decimal("1e-9")
_CENT: Final = Decimal("0.01")


def published(level: float) -> Decimal:
    """Return a level to two decimals, half up.

    The last bits of a binary fraction are first rounded away (to nine decimals), so that 1000.125, which may have
    come out as 1000.12499999999989, is 1000.13.

    >>> published(1000.12499999999989), published(999.9949)
    (Decimal('1000.13'), Decimal('999.99'))

    """
    return Decimal(level).quantize(_FINE, ROUND_HALF_EVEN).quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True, eq=False)
class Calculation:
    """An index from its base session on.

    Sessions and securities are those of ``panel``; ``base`` is the row of the base session. Arrays by session are
    ``nan`` before it.

    Parameters
    ----------
    prices
        ``float64 (T, N)`` in the index currency, a gap filled with the close before it; 0 before the first close.
    fresh
        ``bool (T, N)``: whether the close is one of that session.
    values, divisors
        ``float64 (T,)``: value of the basket at the closes, and the divisor of the price index.
    growth
        ``float64 (T,)``: the total divisor over the price divisor, 1 before the first dividend.
    holdings
        The baskets in their order.
    paid
        Dividends on units held: session, security, units, amount a share, value.
    roles
        The latest known role by security.

    """

    panel: Panel
    methodology: Methodology
    base: int
    prices: Floats
    fresh: np.ndarray[tuple[int, ...], np.dtype[np.bool]]
    values: Floats
    divisors: Floats
    growth: Floats
    holdings: tuple[Holding, ...]
    logged: list[Logged]
    paid: Timed
    roles: tuple[str, ...]
    dividends_held: bool
    unpriced: tuple[str, ...]
    adjusted: bool

    @property
    def sessions(self) -> tuple[dt.date, ...]:
        """The sessions that have a level."""
        return self.panel.sessions[self.base :]

    @property
    def price_levels(self) -> Floats | None:
        """Levels without dividends, ``float64``, one per session from the base on; ``None`` over adjusted prices."""
        return None if self.adjusted else self.values[self.base :] / self.divisors[self.base :]

    @property
    def total_levels(self) -> Floats | None:
        """Levels with dividends reinvested; ``None`` over unadjusted prices for which no dividends are held."""
        if not self.adjusted and not self.dividends_held:
            return None
        return self.values[self.base :] / (self.divisors[self.base :] * self.growth[self.base :])

    @property
    def main_levels(self) -> Floats:
        """Price levels where there are any, else total-return levels."""
        levels = self.price_levels if self.price_levels is not None else self.total_levels
        assert levels is not None  # noqa: S101 - one of them always is
        return levels

    def levels(self, *, currency: str | None = None, rates: Sequence[RateRow] = ()) -> pl.DataFrame:
        """Return a row per session: levels to two decimals, value, divisors, constituents, and how many were carried.

        Parameters
        ----------
        currency
            Another currency: the level is multiplied by the change of its price since the base.
        rates
            Units of the index currency for one unit of ``currency``, for every session.

        Raises
        ------
        NotAvailableError
            A session has no rate.

        """
        import polars as pl  # noqa: PLC0415 - arrays alone need no frames

        factor = np.ones(len(self.sessions))
        if currency is not None and currency != self.methodology.currency:
            held = session_rates(rates, currency, self.sessions, needed=self.methodology.index)
            factor = held[0] / held
        starts = [max(0, holding.start - self.base) for holding in self.holdings]
        counts = [int(np.count_nonzero(holding.units)) for holding in self.holdings]
        last = np.searchsorted(np.array(starts), np.arange(len(self.sessions)), side="right") - 1
        carried = np.zeros(len(self.sessions), dtype=np.int64)
        rows, _ = self._carried
        np.add.at(carried, rows - self.base, 1)
        return pl.DataFrame(
            {
                "session": list(self.sessions),
                "price": _published(self.price_levels, factor),
                "total": _published(self.total_levels, factor),
                "value": self.values[self.base :],
                "divisor": self.divisors[self.base :],
                "total_divisor": self.divisors[self.base :] * self.growth[self.base :],
                "constituents": np.array(counts)[last],
                "carried": carried,
            },
            schema_overrides={"price": pl.Decimal(None, 2), "total": pl.Decimal(None, 2)},
        ).with_columns(currency=pl.lit(currency or self.methodology.currency))

    def weights(self, session: dt.date) -> pl.DataFrame:
        """Return the basket at the close of a session, the largest weight first: units, price, weight, role."""
        import polars as pl  # noqa: PLC0415 - as above

        t = self._row(session)
        holding = self._holding(t)
        columns = np.flatnonzero(holding.units)
        worth = holding.units[columns] * self.prices[t, columns]
        codes = [self.panel.codes[i] for i in columns]
        return pl.DataFrame(
            {
                "session": [session] * len(columns),
                "code": codes,
                "role": [self.roles[i] for i in columns],
                "units": holding.units[columns],
                "price": self.prices[t, columns],
                "weight": worth / self.values[t],
                "carried": ~self.fresh[t, columns],
            },
            schema_overrides={"session": pl.Date, "code": pl.String, "role": pl.String},
        ).sort(["weight", "code"], descending=[True, False])

    def divisor_log(self) -> pl.DataFrame:
        """Return the divisor log as a frame, a row per change; see :class:`DivisorEntry` for its columns."""
        from hkconcept.index.divisor_frame import Valued, divisor_frame  # noqa: PLC0415 - as above

        prices = Valued(self.prices, self.values, self.divisors, self.growth)
        return divisor_frame(self.panel, self.logged, self.paid, prices)

    def entries(self) -> Iterator[DivisorEntry]:
        """Yield the divisor log as values."""
        for row in self.divisor_log().drop("late").iter_rows(named=True):
            yield DivisorEntry(**row)

    def contributions(self, start: dt.date, end: dt.date) -> pl.DataFrame:
        """Return what each security and role added to the level between two closes, in points and in percent.

        The points of a session are units times the change of price since the close before (on the basis of the
        opening), over the divisor; they sum to the change of the main level exactly, up to rounding. Dividends are not
        in the points over unadjusted prices. ``percent`` is the points over the level at ``start``.
        """
        from hkconcept.index.attribution import contributions, points_between  # noqa: PLC0415 - as above

        first, last = self._row(start), self._row(end)
        if last < first:
            raise UsageError(f"{end} comes before {start}", where="contributions", todo="give the earlier day first")
        level = float(self.main_levels[first - self.base])
        points = points_between(self.holdings, self.prices, self.divisors, first, last)
        return contributions(self.panel.codes, self.roles, points, level)

    @cached_property
    def _carried(self) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int64]], ...]:
        """Sessions and securities held without a close of their own: valued at the close before."""
        ends = [holding.start for holding in self.holdings[1:]] + [len(self.panel.sessions)]
        rows, columns = [], []
        for holding, stop in zip(self.holdings, ends, strict=True):
            start = max(holding.start, self.base)
            t, i = np.nonzero(~self.fresh[start:stop] & (holding.units > 0))
            rows.append(t + start)
            columns.append(i)
        return np.concatenate(rows), np.concatenate(columns)

    def carried(self) -> list[tuple[dt.date, str]]:
        """Return every session in which a security held had no close of its own, with its code."""
        return [(self.panel.sessions[t], self.panel.codes[i]) for t, i in zip(*self._carried, strict=True)]

    def _row(self, session: dt.date) -> int:
        t = self.panel.row(session)
        if t < self.base:
            raise NotAvailableError(f"{session} is before the base {self.sessions[0]}", where=self.methodology.index)
        return t

    def _holding(self, t: int) -> Holding:
        return next(holding for holding in reversed(self.holdings) if holding.start <= t)


def _published(levels: Floats | None, factor: Floats) -> list[Decimal | None]:
    if levels is None:
        return [None] * len(factor)
    return [published(level) for level in (levels * factor).tolist()]
