"""What a calculation works on: prices in the index currency with gaps filled for valuation, and rows in their order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hkconcept.errors import UsageError
from hkconcept.index.timeline import Clock, Timed, session_rates

if TYPE_CHECKING:
    from hkconcept.index.facts import Facts
    from hkconcept.index.methodology import Methodology, Scheme
    from hkconcept.market.arrays import Floats, Integers
    from hkconcept.market.panel import Panel

__all__ = ["BY_SHARES", "Inputs", "Mask"]

Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool]]

BY_SHARES: Final[tuple[Scheme, ...]] = ("market_value", "free_float_value", "exposure_value")
"""Schemes whose units are shares counted; the others hold whatever units give the weights of the review."""

_ACTIONS: Final = ("kind", "amount", "ratio", "price", "currency")


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """The panel of one stretch, and the facts by session.

    ``prices`` are closes in the index currency, a gap filled with the close before it (0 before the first close);
    the calculation rewrites the filled ones after a split. ``fresh`` says which closes are of their own session,
    ``first`` the session of the first close of a security (the number of sessions when there is none).
    """

    panel: Panel
    methodology: Methodology
    facts: Facts
    clock: Clock
    prices: Floats
    fresh: Mask
    first: Integers
    adjusted: bool
    members: Timed
    actions: Timed
    dividends: Timed
    share_rows: Timed
    score_rows: Timed

    @classmethod
    def of(cls, panel: Panel, methodology: Methodology, facts: Facts) -> Inputs:
        """Put the facts in order and fill the prices.

        Raises
        ------
        UsageError
            Members have prices on two bases, or weights by shares are asked for over adjusted prices.
        NotAvailableError
            A session has no rate of a currency that is needed.

        """
        clock = Clock(panel.sessions, panel.codes, hindsight=methodology.knowledge == "effective")
        members = clock.timed(facts.membership, ("change", "role"))
        actions = clock.timed(facts.actions, _ACTIONS, day="ex_date")
        kind = actions.values["kind"]
        paid = (kind == "dividend") | ((kind == "special_dividend") & (methodology.special_dividends == "total"))
        fresh = panel.close == panel.close  # only a nan differs from itself: one pass instead of two
        return cls(
            panel,
            methodology,
            facts,
            clock,
            _filled(panel, methodology, facts, fresh),
            fresh,
            _first(fresh),
            _is_adjusted(panel, members.code, methodology),
            members,
            actions.where(~paid),
            actions.where(paid),
            clock.timed(facts.shares, ("shares", "free_float")),
            clock.timed(facts.exposure, ("score",)),
        )

    @property
    def sessions(self) -> tuple[dt.date, ...]:
        """The sessions of the panel."""
        return self.panel.sessions

    def rates(self, currency: str) -> Floats:
        """Return units of the index currency for one unit of a currency, per session."""
        if currency == self.methodology.currency:
            return np.ones(len(self.sessions))
        return session_rates(self.facts.rates, currency, self.sessions, needed=self.methodology.index)


def _filled(panel: Panel, methodology: Methodology, facts: Facts, fresh: Mask) -> Floats:
    prices = np.empty_like(panel.close)
    prices[0] = np.where(fresh[0], panel.close[0], 0.0)
    for t in range(1, len(prices)):
        prices[t] = panel.close[t]
        np.copyto(prices[t], prices[t - 1], where=~fresh[t])
    for currency in sorted({one.currency for one in panel.segments} - {methodology.currency}):
        of = np.array([*(one.currency == currency for one in panel.segments), False])
        mine = of[panel.segment].any(axis=0)
        if mine.any():
            rates = session_rates(facts.rates, currency, panel.sessions, needed=methodology.index)
            prices[:, mine] *= rates[:, None]
    return prices


def _first(fresh: Mask) -> Integers:
    """Return the first session with a close per security, looking no further than needed."""
    first = np.full(fresh.shape[1], fresh.shape[0], dtype=np.int64)
    missing = np.arange(fresh.shape[1])
    for t in range(len(fresh)):
        there = fresh[t, missing]
        first[missing[there]] = t
        missing = missing[~there]
        if not len(missing):
            break
    return first


def _is_adjusted(panel: Panel, codes: Integers, methodology: Methodology) -> bool:
    if len(panel.segments) == 1:
        bases = {panel.segments[0].basis}
    else:
        held = panel.segment[:, np.unique(codes)]
        bases = {one.basis for n, one in enumerate(panel.segments) if (held == n).any()}
    if len(bases) > 1:
        raise UsageError(
            "members have prices on different bases", where=methodology.index, todo="give all on one basis"
        )
    by_shares = [version.scheme for version in methodology.versions if version.scheme in BY_SHARES]
    if bases == {"adjusted"} and by_shares:
        raise UsageError(
            f"weights by {by_shares[0]} need unadjusted prices: an adjusted price times shares is no market value",
            where=methodology.index,
            todo="give unadjusted prices, or weights that are equal or by exposure",
        )
    return bases == {"adjusted"}
