"""From rows of prices to a dense panel: as of a moment, each cell from one source, with its flags."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from hkconcept import calendars
from hkconcept.errors import SourceError
from hkconcept.market.arrays import Floats, Integers
from hkconcept.market.price_rows import Columns, PriceRow
from hkconcept.market.segments import Flag, Segment
from hkconcept.market.spans import basis_flags, segment_of_cells
from hkconcept.market.standing import flat_rows, mark_flat
from hkconcept.model import Moment

if TYPE_CHECKING:
    import polars as pl

    from hkconcept.market.panel import Panel

__all__ = ["make_panel", "panel_of_frame"]


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
    return _dense(Columns.of(flat), tuple(rows), halts=halts)


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
    return _dense(Columns(names, numbers, days, close, volume, None, None), (segment,), sessions=sessions)


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


def _dense(
    columns: Columns,
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
    segment = segment_of_cells(columns, cell, close, days, segments)
    flags = basis_flags(segment, segments)
    gaps = np.isnan(close)
    gaps &= segment >= 0
    flags |= gaps.view(np.uint8) * np.uint8(Flag.GAP)
    panel = Panel(days, columns.codes, close, volume, flags, segment, segments)
    mark_flat(panel, flat_rows(columns, cell, shape))
    if sessions is None:
        halves = np.array([calendars.is_shortened(day) for day in days])
        flags[halves] |= np.uint8(Flag.HALF_DAY)
    for code, day in halts:
        if code in columns.codes and day in days:
            flags[days.index(day), columns.codes.index(code)] |= np.uint8(Flag.HALT)
    return panel


def _calendar(
    columns: Columns, segments: tuple[Segment, ...], sessions: Sequence[dt.date] | None
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


def _rows_of(columns: Columns, days: tuple[dt.date, ...], segments: tuple[Segment, ...]) -> Integers:
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


def _first(row: PriceRow) -> dt.datetime:
    return row.known_at or dt.datetime.min.replace(tzinfo=dt.UTC)


def _known(row: PriceRow, by: dt.datetime) -> bool:
    if row.known_at is not None and row.known_at > by:
        return False
    return not calendars.is_session(row.session) or calendars.session_open_close(row.session)[1] <= by
