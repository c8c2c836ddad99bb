"""Segments of prices: one source on one basis. Prices compare with each other inside a segment only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntFlag
from typing import Literal

__all__ = ["Basis", "Flag", "Segment"]

Basis = Literal["adjusted", "unadjusted"]


class Flag(IntFlag):
    """What is known of one cell of a panel; several may hold.

    A close is usable when neither ``GAP`` nor ``FLAT`` is set and the cell lies inside a segment.
    """

    HALF_DAY = 1  # the session was shortened: no afternoon, or cut by a storm
    ADJUSTED = 2  # in a segment adjusted for splits and dividends: its returns are total returns
    UNADJUSTED = 4  # in a segment as printed on the day: its returns are price returns
    GAP = 8  # a session inside the span of the segment for which the source has no row
    FLAT = 16  # a row without volume that repeats one price: nothing shows that anybody traded at it
    HALT = 32  # as FLAT while most of at least three securities of the source traded; or known from elsewhere
    VOLUME_LOST = 64  # a row without volume whose price moved: the price is kept, the volume is not believed


@dataclass(frozen=True, slots=True)
class Segment:
    """One source of prices on one basis.

    Parameters
    ----------
    provider
        Who gave the prices, for example ``yahoo``; shown wherever they are used.
    basis
        ``adjusted`` (for splits and dividends, backwards from the day of retrieval) or ``unadjusted``.
    currency
        ISO 4217 code of the prices.
    retrieved
        The day on which the prices were fetched, where held. Adjusted prices rest on every dividend and split up
        to that day: their levels are hindsight, their returns are not.
    origin
        Folder, file or address they came from.

    """

    provider: str
    basis: Basis
    currency: str = "HKD"
    retrieved: dt.date | None = None
    origin: str = ""

    def __str__(self) -> str:
        """Return what is shown to a reader."""
        return f"{self.provider}, {self.basis}, {self.currency}"
