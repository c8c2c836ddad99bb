"""From rows of prices to a dense panel: as of a moment, each cell from one source, with its flags."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from hkconcept import calendars
from hkconcept.errors import SourceError
from hkconcept.market.segments import Flag, Segment
from hkconcept.model import Moment

if TYPE_CHECKING:
    import polars as pl

    from hkconcept.market.panel import Panel

__all__ = ["Floats", "Integers", "PriceRow", "SegmentIds", "make_panel", "panel_of_frame"]

Floats: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Integers: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.signedinteger]]
SegmentIds: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.int8]]

_UNFLAT: Final = 1e-6  # relative: adjusted prices are quotients, so the same price differs in its last digits


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


def make_panel(
    rows: Mapping[Segment, Iterable[PriceRow]],
    *,
    as_of: Moment | None = None,
    halts: Iterable[tuple[str, dt.date]] = (),
) -> Panel:
    """Return the panel of rows by segment.

    Parameters
    ----------
    rows
        Rows by segment; the order within a segment does not matter.
    as_of
        Only closes of sessions that had ended by then, and only rows known by then. Default: all.
    halts
        Suspensions known from elsewhere, as (code, session).

    Raises
    ------
    SourceError
        A code has rows of two segments on one day or two segments that interleave, a day is no session of the
        market, or a price is not positive.

    """
    known_by = as_of.known_by if as_of else None
    pieces = []
    for number, (segment, held) in enumerate(rows.items()):
        latest: dict[tuple[str, dt.date], PriceRow] = {}
        for row in held:
            if known_by is not None and not _known(row, known_by):
                continue
            key = (row.code, row.session)
            other = latest.get(key)
            if other is not None and other.known_at == row.known_at and other != row:
                raise SourceError(f"{row.code} has two rows for {row.session}", where=str(segment))
            if other is None or _first(other) < _first(row):
                latest[key] = row
        pieces.append((number, tuple(latest.values())))
    flat = [(number, row) for number, held in pieces for row in held]
    return _dense(_Columns.of(flat), tuple(rows), halts=halts)


def panel_of_frame(
    frame: pl.DataFrame,
    segment: Segment,
    *,
    sessions: Sequence[dt.date] | None = None,
) -> Panel:
    """Return the panel of one segment from a long polars frame: ``code``, ``session``, ``close``, ``volume``.

    For large tables. ``volume`` may be missing. Rows of one cell that come later in the frame correct earlier ones.

    Parameters
    ----------
    frame
        ``code`` as text, enum or categorical; ``session`` as dates; ``close`` and ``volume`` as floats.
    segment
        Where all the rows come from.
    sessions
        The calendar; by default that of the Hong Kong market from the first to the last row.

    Raises
    ------
    SourceError
        As :func:`make_panel`.

    """
    import polars as pl  # noqa: PLC0415 - rows alone need no frames

    if frame.schema.get("session") != pl.Date or not {"code", "close"} <= set(frame.columns):
        what = "a table of prices needs code, session as dates, and close"
        raise SourceError(what, where=str(segment), todo=f"given: {', '.join(frame.columns)}")
    names, numbers = _numbered(frame["code"])
    days = frame["session"].to_physical().to_numpy()
    close = frame["close"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    volume = frame["volume"].cast(pl.Float64).fill_null(np.nan).to_numpy() if "volume" in frame.columns else None
    return _dense(_Columns(names, numbers, days, close, volume, None, None), (segment,), sessions=sessions)


def _numbered(codes: pl.Series) -> tuple[tuple[str, ...], np.ndarray[tuple[int, ...], np.dtype[np.int32]]]:
    """Return the sorted codes and the position of each row among them."""
    import polars as pl  # noqa: PLC0415 - as above

    if not isinstance(codes.dtype, pl.Enum):
        codes = codes.cast(pl.Enum(codes.unique().cast(pl.String).sort()))
    assert isinstance(codes.dtype, pl.Enum)  # noqa: S101 - as just made
    names = codes.dtype.categories
    numbers = codes.to_physical().to_numpy()
    there = np.bincount(numbers, minlength=len(names)) > 0
    order = names.arg_sort().to_numpy()
    order = order[there[order]]
    if len(order) == len(names) and (order[1:] > order[:-1]).all():
        return tuple(names), numbers.astype(np.int32)
    position = np.full(len(names), -1, dtype=np.int32)
    position[order] = np.arange(len(order), dtype=np.int32)
    return tuple(names.gather(order)), position[numbers]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Rows as arrays: position of the code, day number since 1970, close, volume, spread of the day, segment."""

    codes: tuple[str, ...]
    code: np.ndarray[tuple[int, ...], np.dtype[np.integer]]
    day: np.ndarray[tuple[int, ...], np.dtype[np.integer]]
    close: Floats
    volume: Floats | None
    flat: np.ndarray[tuple[int, ...], np.dtype[np.bool]] | None
    segment: SegmentIds | None

    @classmethod
    def of(cls, rows: Sequence[tuple[int, PriceRow]]) -> _Columns:
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


def _dense(
    columns: _Columns,
    segments: tuple[Segment, ...],
    *,
    sessions: Sequence[dt.date] | None = None,
    halts: Iterable[tuple[str, dt.date]] = (),
) -> Panel:
    from hkconcept.market.panel import Panel  # noqa: PLC0415 - a panel knows nothing of how it is made

    if not len(columns.day):
        empty = np.empty((0, 0))
        return Panel((), (), empty, empty, empty.astype(np.uint8), empty.astype(np.int8), segments)
    days = _calendar(columns, segments, sessions)
    shape = (len(days), len(columns.codes))
    row = _rows_of(columns, days, segments)
    if not columns.close.min() > 0:
        bad = int(np.argmin(columns.close > 0))
        raise SourceError(
            f"the close {columns.close[bad]:g} is not a price",
            where=f"{columns.codes[int(columns.code[bad])]} on {days[int(row[bad])]}",
            todo="leave the row out when there was no close",
        )
    # Positions fit into 32 bits up to two thousand million cells, and half the memory is half the time.
    cell = row * np.asarray(shape[1], dtype=row.dtype) + columns.code.astype(row.dtype, copy=False)
    close = np.full(shape, np.nan)
    close.reshape(-1)[cell] = columns.close
    if columns.volume is None:
        volume: Floats = np.broadcast_to(np.nan, shape)
    else:
        volume = np.full(shape, np.nan)
        volume.reshape(-1)[cell] = columns.volume
    segment = _span(close) if len(segments) == 1 else _spans(columns, cell, shape, days, segments)
    flags = _basis(segment, segments)
    gaps = np.isnan(close)
    gaps &= segment >= 0
    flags |= gaps.view(np.uint8) * np.uint8(Flag.GAP)
    panel = Panel(days, columns.codes, close, volume, flags, segment, segments)
    _mark_flat(panel, _flat_rows(columns, cell, shape))
    if sessions is None:
        halves = np.array([calendars.is_shortened(day) for day in days])
        flags[halves] |= np.uint8(Flag.HALF_DAY)
    for code, day in halts:
        if code in columns.codes and day in days:
            flags[days.index(day), columns.codes.index(code)] |= np.uint8(Flag.HALT)
    return panel


def _calendar(
    columns: _Columns, segments: tuple[Segment, ...], sessions: Sequence[dt.date] | None
) -> tuple[dt.date, ...]:
    if sessions is not None:
        return tuple(sessions)
    epoch = dt.date(1970, 1, 1).toordinal()
    first, last = (dt.date.fromordinal(int(d) + epoch) for d in (columns.day.min(), columns.day.max()))
    if not calendars.FIRST_DAY <= first <= last <= calendars.LAST_DAY:
        raise SourceError(
            f"rows from {first} to {last} reach outside the calendar of the market",
            where=str(segments[0]),
            todo=f"give rows from {calendars.FIRST_DAY} to {calendars.LAST_DAY}",
        )
    return calendars.sessions(first, last)


def _rows_of(columns: _Columns, days: tuple[dt.date, ...], segments: tuple[Segment, ...]) -> Integers:
    """Return the row of every day through a table over calendar days."""
    numbers = np.array(days, dtype="datetime64[D]").astype(np.int64)
    first = int(min(numbers[0], columns.day.min()))
    small: type[np.signedinteger] = np.int32 if len(days) * len(columns.codes) < 2**31 else np.int64
    table = np.full(int(max(numbers[-1], columns.day.max())) - first + 1, -1, dtype=small)
    table[numbers - first] = np.arange(len(days))
    row: Integers = np.asarray(table.take(columns.day - first))
    if row.min() < 0:
        bad = int(np.argmin(row))
        which = 0 if columns.segment is None else int(columns.segment[bad])
        raise SourceError(
            f"{columns.codes[int(columns.code[bad])]} has a row on {np.datetime64(int(columns.day[bad]), 'D')}, "
            "on which the market did not trade",
            where=str(segments[which]),
            todo="leave the row out",
        )
    return row


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
    columns: _Columns, cell: Integers, shape: tuple[int, int], days: tuple[dt.date, ...], segments: tuple[Segment, ...]
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


def _basis(segment: SegmentIds, segments: tuple[Segment, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    bits = [Flag.ADJUSTED if one.basis == "adjusted" else Flag.UNADJUSTED for one in segments]
    if len(bits) == 1:
        return (segment + 1).view(np.uint8) * np.uint8(bits[0])
    table = np.array([*(int(bit) for bit in bits), 0], dtype=np.uint8)  # position -1 is the last: no segment
    return table[segment]


def _flat_rows(
    columns: _Columns, cell: Integers, shape: tuple[int, int]
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool]] | None:
    """Return where the day's range was one price, or ``None`` when no ranges are given."""
    if columns.flat is None:
        return None
    flat = np.zeros(shape, dtype=np.bool)
    flat.reshape(-1)[cell] = columns.flat
    return flat


def _mark_flat(panel: Panel, flat: np.ndarray[tuple[int, ...], np.dtype[np.bool]] | None) -> None:
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
        repeated = np.isnan(earlier) | (np.abs(close[rows, codes] - earlier) <= _UNFLAT * close[rows, codes])
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


def _is_flat(row: PriceRow) -> bool:
    given = [price for price in (row.open, row.high, row.low) if price is not None]
    return all(abs(price - row.close) <= _UNFLAT * row.close for price in given)


def _first(row: PriceRow) -> dt.datetime:
    return row.known_at or dt.datetime.min.replace(tzinfo=dt.UTC)


def _known(row: PriceRow, by: dt.datetime) -> bool:
    if row.known_at is not None and row.known_at > by:
        return False
    return not calendars.is_session(row.session) or calendars.session_open_close(row.session)[1] <= by
