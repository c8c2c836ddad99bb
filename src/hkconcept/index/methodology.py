"""The methodology of an index as dated data: how securities are chosen and weighted, and when.

It has one or more versions, each in force from its day on. :mod:`.methodology_files` reads it from a file.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

__all__ = ["FastEntry", "Methodology", "Review", "Scheme", "Selection", "Version"]

Scheme = Literal["equal", "market_value", "free_float_value", "exposure", "exposure_value"]
"""How weights are set at a review, before capping: alike; by price times shares; the same times free float; by the
exposure score; by exposure score times free-float value."""


@dataclass(frozen=True, slots=True)
class Review:
    """When the basket is reviewed.

    A change takes effect at the opening of the first session after the ``nth`` ``weekday`` of each of ``months``,
    and of the first session on or after each of ``dates``. ``lag`` sessions lie between the close whose prices and
    facts are used (the reference) and the last close before the change; 0 uses that last close itself.
    """

    months: tuple[int, ...] = ()
    weekday: int = 4
    nth: int = 1
    dates: tuple[dt.date, ...] = ()
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """The largest ``count`` members by market value (by score, for exposure weights).

    A security outside enters when its rank is at most ``enter``; one inside stays while its rank is at most ``stay``.
    Places left over or too many are settled by rank.
    """

    count: int
    enter: int
    stay: int


@dataclass(frozen=True, slots=True)
class FastEntry:
    """A new listing enters ``after`` sessions of trading, outside reviews, when its market value ranks within ``rank``.

    Without ``rank`` every new listing of the membership enters so.
    """

    after: int
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """The rules in force from a day on; fields as in the reference of the methodology file."""

    valid_from: dt.date
    scheme: Scheme
    cap: Decimal | None = None
    review: Review = field(default_factory=Review)
    membership_changes: Literal["review", "effective"] = "review"
    share_changes: Literal["review", "effective"] = "review"
    selection: Selection | None = None
    fast_entry: FastEntry | None = None
    minimum_history: int = 0
    remove_suspended_after: int | None = None


@dataclass(frozen=True, slots=True)
class Methodology:
    """An index: its names, currency, base, and its rules over time.

    ``knowledge`` is ``known`` when a fact counts from the first opening at which it was public (an index that could
    have been held), ``effective`` when it counts from its effective day even where it became public later: a replay
    of what a provider did, in hindsight, and marked so.
    """

    index: str
    name_en: str
    name_zh: str
    currency: str
    base_date: dt.date
    base_level: Decimal
    versions: tuple[Version, ...]
    concept: str = ""
    knowledge: Literal["known", "effective"] = "known"
    dividend_tax: Decimal = Decimal(0)
    special_dividends: Literal["total", "price"] = "total"

    def version(self, on: dt.date) -> Version:
        """Return the rules in force on a day; before the first version, those of the first."""
        held = [v for v in self.versions if v.valid_from <= on]
        return held[-1] if held else self.versions[0]
