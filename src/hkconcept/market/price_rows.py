"""Rows of prices, and the same rows as arrays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from hkconcept.market.arrays import Bools, Floats, SegmentIds

__all__ = ["UNFLAT", "Columns", "PriceRow"]


UNFLAT: Final = 1e-6  # relative: adjusted prices are quotients, so the same price differs in its last digits


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One row of a source: closes in the currency of the segment, volume in shares, ``None`` where not given.

    ``known_at`` is the moment from which this row was to be had when that is later than the close of its session:
    a correction. Of several rows for one cell of a segment the one known last by the moment asked for holds.
    """

    code: str
    session: dt.date
    close: float
    volume: float | None = None
    open: float | None = None
    high: float | None = None
    low: float | None = None
    known_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows as arrays: position of the code, day number since 1970, close, volume, spread of the day, segment."""

    codes: tuple[str, ...]
    code: np.ndarray[tuple[int, ...], np.dtype[np.integer]]
    day: np.ndarray[tuple[int, ...], np.dtype[np.integer]]
    close: Floats
    volume: Floats | None
    flat: Bools | None
    segment: SegmentIds | None

    @classmethod
    def of(cls, rows: Sequence[tuple[int, PriceRow]]) -> Columns:
        """Return rows, each with the position of its segment, as arrays."""
        codes = tuple(sorted({row.code for _, row in rows}))
        at = {code: n for n, code in enumerate(codes)}
        epoch = dt.date(1970, 1, 1).toordinal()
        return cls(
            codes,
            np.array([at[row.code] for _, row in rows], dtype=np.int64),
            np.array([row.session.toordinal() - epoch for _, row in rows], dtype=np.int64),
            np.array([row.close for _, row in rows], dtype=np.float64),
            np.array([np.nan if row.volume is None else row.volume for _, row in rows], dtype=np.float64),
            np.array([_is_flat(row) for _, row in rows], dtype=np.bool),
            np.array([number for number, _ in rows], dtype=np.int8),
        )


def _is_flat(row: PriceRow) -> bool:
    given = [price for price in (row.open, row.high, row.low) if price is not None]
    return all(abs(price - row.close) <= UNFLAT * row.close for price in given)
