"""Closes at which nobody is shown to have traded: the source repeats the last price, without volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hkconcept.market.arrays import Bools, Integers
from hkconcept.market.price_rows import UNFLAT, Columns
from hkconcept.market.segments import Flag

if TYPE_CHECKING:
    from hkconcept.market.panel import Panel

__all__ = ["flat_rows", "mark_flat"]


def flat_rows(columns: Columns, cell: Integers, shape: tuple[int, int]) -> Bools | None:
    """Return where the day's range was one price, or ``None`` when no ranges are given."""
    if columns.flat is None:
        return None
    flat = np.zeros(shape, dtype=np.bool)
    flat.reshape(-1)[cell] = columns.flat
    return flat


def mark_flat(panel: Panel, flat: Bools | None) -> None:
    """Flag rows without volume, and take away those closes at which nobody is shown to have traded."""
    close, volume, flags, segment = panel.close, panel.volume, panel.flags, panel.segment
    if not volume.strides[0]:
        return  # no volumes are given
    rows, codes = np.nonzero(volume == 0)
    if not len(rows):
        return
    if flat is not None:
        repeated = flat[rows, codes]
    else:  # without the day's range: flat when the close repeats the one before
        earlier = close[np.maximum(rows - 1, 0), codes]
        repeated = np.isnan(earlier) | (np.abs(close[rows, codes] - earlier) <= UNFLAT * close[rows, codes])
    flags[rows[~repeated], codes[~repeated]] |= np.uint8(Flag.VOLUME_LOST)
    volume[rows[~repeated], codes[~repeated]] = np.nan
    rows, codes = rows[repeated], codes[repeated]
    flags[rows, codes] |= np.uint8(Flag.FLAT)
    close[rows, codes] = np.nan
    still = (flags & Flag.FLAT) != 0
    for t in np.unique(rows):
        for number in np.unique(segment[t][still[t]]):
            mine = segment[t] == number
            # When most of a source stood still, the source lost the session; of one or two nobody can tell.
            priced = int(np.count_nonzero(mine))
            if priced > 2 and priced > 2 * int(np.count_nonzero(still[t] & mine)):
                flags[t][still[t] & mine] |= np.uint8(Flag.HALT)
