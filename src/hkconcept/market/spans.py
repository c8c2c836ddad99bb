"""Which source every cell of a panel is from, and on which basis its price is."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt

from hkconcept.errors import SourceError
from hkconcept.market.arrays import Floats, Integers, SegmentIds
from hkconcept.market.price_rows import Columns
from hkconcept.market.segments import Flag, Segment

__all__ = ["basis_flags", "segment_of_cells"]


def segment_of_cells(
    columns: Columns, cell: Integers, close: Floats, days: tuple[dt.date, ...], segments: tuple[Segment, ...]
) -> SegmentIds:
    """Return the position of the segment of every cell, -1 outside all of them.

    Raises
    ------
    SourceError
        Two segments of a security overlap.

    """
    return _span(close) if len(segments) == 1 else _spans(columns, cell, close.shape, days, segments)


def _span(close: Floats) -> SegmentIds:
    """Return the segment of every cell of a panel with one source: 0 from the first to the last row."""
    found = np.zeros(close.shape, dtype=np.int8)
    for rows in (range(len(close)), range(len(close) - 1, -1, -1)):
        outside = np.arange(close.shape[1])
        for t in rows:
            outside = outside[np.isnan(close[t, outside])]
            if not len(outside):
                break
            found[t, outside] = -1
    return found


def _spans(
    columns: Columns, cell: Integers, shape: tuple[int, ...], days: tuple[dt.date, ...], segments: tuple[Segment, ...]
) -> SegmentIds:
    """Return the segment of every cell: from the first to the last row that a segment has of a security."""
    found = np.full(shape, -1, dtype=np.int8)
    for number in range(len(segments)):
        mine = cell if columns.segment is None else cell[columns.segment == number]
        if not len(mine):
            continue
        row, code = np.divmod(mine, shape[1])
        first, last = np.full(shape[1], shape[0]), np.full(shape[1], -1)
        np.minimum.at(first, code, row)
        np.maximum.at(last, code, row)
        for column in np.flatnonzero(last >= 0):
            span = found[first[column] : last[column] + 1, column]
            if len(segments) > 1 and (span >= 0).any():
                day = days[int(first[column]) + int(np.argmax(span >= 0))]
                other = segments[int(span.max())]
                raise SourceError(
                    f"rows of {segments[number]} and of {other} overlap from {day}",
                    where=columns.codes[int(column)],
                    todo="give one of them, or cut them so that they follow each other",
                )
            span[:] = number
    return found


def basis_flags(segment: SegmentIds, segments: tuple[Segment, ...]) -> npt.NDArray[np.uint8]:
    """Return the flag of its basis for every cell of a segment."""
    bits = [Flag.ADJUSTED if one.basis == "adjusted" else Flag.UNADJUSTED for one in segments]
    if len(bits) == 1:
        return (segment + 1).view(np.uint8) * np.uint8(bits[0])
    table = np.array([*(int(bit) for bit in bits), 0], dtype=np.uint8)  # position -1 is the last: no segment
    return table[segment]
