"""When an index is reviewed, and the target weights of those who are eligible."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hkconcept.errors import UsageError
from hkconcept.index.weights import capped, tree_sum

if TYPE_CHECKING:
    from hkconcept.index.methodology import Methodology, Review, Scheme, Version
    from hkconcept.market.arrays import Floats

__all__ = ["Sizes", "review_sessions", "target_weights"]

_VALUED: tuple[Scheme, ...] = ("market_value", "free_float_value", "exposure_value")


@dataclass(frozen=True, slots=True)
class Sizes:
    """What a security is weighted by, all ``float64 (n,)``; 0 where it is not known."""

    price: Floats
    shares: Floats
    free_float: Floats
    score: Floats

    def base(self, scheme: Scheme) -> Floats:
        """Return the weights before normalising and capping; 0 where a figure that the scheme needs is missing."""
        value = self.price * self.shares
        match scheme:
            case "equal":
                return np.where(self.price > 0, 1.0, 0.0)
            case "market_value":
                return value
            case "free_float_value":
                return value * self.free_float
            case "exposure":
                return np.where(self.price > 0, self.score, 0.0)
            case "exposure_value":
                return value * self.free_float * self.score

    def rank(self, scheme: Scheme) -> Floats:
        """Return what securities are ranked by: the score for exposure weights, else full market value."""
        return self.score if scheme == "exposure" else self.price * self.shares

    def at(self, columns: Floats | np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Sizes:
        """Return the figures of some securities."""
        return Sizes(self.price[columns], self.shares[columns], self.free_float[columns], self.score[columns])


def target_weights(sizes: Sizes, version: Version) -> tuple[Floats, str]:
    """Return weights that sum to one and respect the cap, and a clause on how the cap was met."""
    base = sizes.base(version.scheme)
    if version.cap is None:
        return base / tree_sum(base.copy()), ""
    weights, used, rounds = capped(base, float(version.cap))
    if used > float(version.cap):
        return weights, f"{len(base)} members cannot meet a cap of {version.cap}: all are alike"
    return weights, f"cap {version.cap} met in {rounds} rounds" if rounds else ""


def review_sessions(methodology: Methodology, sessions: Sequence[dt.date]) -> list[int]:
    """Return the positions of the sessions at whose opening a review takes effect, ascending.

    Raises
    ------
    UsageError
        A review day has fewer sessions before it than its reference needs.

    """
    if not sessions:
        return []
    found: set[int] = set()
    first = sessions[0].replace(day=1)
    months = [(y, m) for y in range(first.year, sessions[-1].year + 1) for m in range(1, 13)]
    for number, version in enumerate(methodology.versions):
        later = methodology.versions[number + 1].valid_from if number + 1 < len(methodology.versions) else dt.date.max
        earliest = dt.date.min if number == 0 else version.valid_from
        at = [bisect_right(sessions, _nth(y, m, version.review)) for y, m in months if m in version.review.months]
        at += [bisect_left(sessions, day) for day in version.review.dates]
        found.update(t for t in at if 0 < t < len(sessions) and earliest <= sessions[t] < later)
    for t in found:
        lag = methodology.version(sessions[t]).review.lag
        if t - 1 - lag < 0:
            raise UsageError(f"the review of {sessions[t]} has no reference {lag} sessions before", where="review")
    return sorted(found)


def _nth(year: int, month: int, review: Review) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(review.weekday - first.weekday()) % 7 + 7 * (review.nth - 1))
