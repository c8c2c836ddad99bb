"""Panels from prices: the packaged sample, or folders of daily bars with a file of the benchmark's closes."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from hkconcept import calendars
from hkconcept.errors import SourceError
from hkconcept.market import Bars
from hkconcept.market.bars import INDEX
from hkconcept.study.arrays import Floats
from hkconcept.study.panel import ReturnPanel, from_closes

__all__ = ["from_bars", "from_folders"]

_MAX_BYTES: Final = 20_000_000
_HSI: Final = "Hang Seng Index"


def from_bars(bars: Bars, codes: Iterable[str], *, trade_to_trade: bool = False) -> ReturnPanel:
    """Return the panel of some securities from bars; a code without any prices is a column of NaN.

    >>> from_bars(Bars.packaged(), ["01801", "01167"]).returns.shape
    (41, 2)

    """
    held = bars.availability(INDEX)
    if held.first is None or held.last is None:
        raise SourceError("the benchmark has no closes", where=INDEX, todo="load its series")
    sessions = calendars.sessions(held.first, held.last)
    wanted = list(dict.fromkeys(codes))

    def column(code: str) -> list[float]:
        closes = (bars.close(code, day) for day in sessions)
        return [float("nan") if close is None else float(close) for close in closes]

    closes = np.array([column(code) for code in wanted]).reshape(len(wanted), len(sessions)).T
    market = np.array(column(INDEX))
    return from_closes(sessions, wanted, closes, market, trade_to_trade=trade_to_trade, market_name=_HSI)


def from_folders(
    folders: Sequence[Path],
    benchmark: Path,
    codes: Iterable[str],
    *,
    trade_to_trade: bool = False,
    market_name: str = _HSI,
) -> ReturnPanel:
    """Return the panel of some securities from folders with one file ``CODE.csv`` each.

    A file needs the columns ``date`` (ISO) and ``close``; ``volume`` is used when it is there, and a session
    with volume 0 counts as not traded. Each folder is one price basis (adjusted, unadjusted): no return
    reaches from one into another. Where two folders hold a session, the later folder is used. The benchmark
    is a file with ``date`` and ``close``. Days that the packaged calendar does not hold are left out.

    Raises
    ------
    SourceError
        A folder or file cannot be read, or a row is wrong; file and line are named. A security without a file
        is a column of NaN.

    """
    for folder in folders:
        if not folder.is_dir():
            raise SourceError("there is no such folder", where=str(folder), todo="give a folder of CODE.csv files")
    market = {day: close for day, close, _ in _rows(benchmark)}
    if not market:
        raise SourceError("the benchmark has no closes", where=str(benchmark), todo="give date,close rows")
    wanted = list(dict.fromkeys(codes))
    sessions = calendars.sessions(max(min(market), calendars.FIRST_DAY), min(max(market), calendars.LAST_DAY))
    at = {day: row for row, day in enumerate(sessions)}
    closes = np.full((len(sessions), len(wanted)), np.nan)
    volumes = np.full(closes.shape, np.nan)
    segment = np.full(closes.shape, -1)
    for number, folder in enumerate(folders):
        for column, code in enumerate(wanted):
            path = folder / f"{code}.csv"
            for day, close, volume in _rows(path) if path.is_file() else ():
                if day in at:
                    closes[at[day], column] = close
                    volumes[at[day], column] = np.nan if volume is None else volume
                    segment[at[day], column] = number
    levels: Floats = np.array([market.get(day, np.nan) for day in sessions])
    return from_closes(
        sessions,
        wanted,
        closes,
        levels,
        volumes=volumes,
        segments=_segments(segment),
        trade_to_trade=trade_to_trade,
        market_name=market_name,
    )


def _segments(segment: np.ndarray) -> Sequence[int]:
    """Return the folder of each session; a session that no folder holds keeps the one before."""
    found = segment.max(axis=1, initial=-1)
    return [int(n) for n in np.maximum.accumulate(found)]


def _rows(path: Path) -> Iterator[tuple[dt.date, float, float | None]]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise SourceError(f"the file has more than {_MAX_BYTES} bytes", where=str(path))
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(f"the prices cannot be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise SourceError("the prices are not UTF-8 text", where=str(path)) from error
    reader = csv.DictReader(text.splitlines())
    if not {"date", "close"} <= set(reader.fieldnames or ()):
        raise SourceError("the columns date and close are needed", where=str(path), todo="name them in the first row")
    seen: set[dt.date] = set()
    for line, row in enumerate(reader, start=2):
        where = f"{path} line {line}"
        try:
            day = dt.date.fromisoformat(row["date"])
            close = float(row["close"] or "nan")
            volume = float(row["volume"]) if row.get("volume") else None
        except (TypeError, ValueError) as error:
            raise SourceError(f"not a row of prices: {error}", where=where) from error
        if day in seen:
            raise SourceError(f"{day} is there twice", where=where, todo="keep one row per session")
        seen.add(day)
        yield day, close, volume
