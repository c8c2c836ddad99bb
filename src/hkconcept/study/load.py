"""Panels of returns from the market room: the packaged sample, or folders of prices with a file of the benchmark."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from hkconcept import calendars
from hkconcept.errors import SourceError
from hkconcept.market.bars import INDEX, Bars
from hkconcept.study.panel import ReturnPanel, from_closes

if TYPE_CHECKING:
    from hkconcept.market import Panel

__all__ = ["HSI", "from_folders", "from_market", "from_sample", "read_levels"]

HSI: Final = "Hang Seng Index"
_MAX_BYTES: Final = 20_000_000
_BASES: Final = ("adjusted", "unadjusted")


def from_market(
    panel: Panel,
    levels: Mapping[dt.date, float],
    codes: Iterable[str],
    *,
    trade_to_trade: bool = False,
    market_name: str = HSI,
) -> ReturnPanel:
    """Return the returns of some securities of a price panel beside those of a benchmark.

    ``levels`` are the benchmark's closes by session; a session without one is a hole. A code that the panel does
    not have is a column of NaN. Unusable closes (halts, flat rows, gaps) are NaN in the panel already, and no
    return crosses from one of its segments into another.
    """
    wanted = list(dict.fromkeys(codes))
    at = {code: column for column, code in enumerate(panel.codes)}
    shape = (len(panel.sessions), len(wanted))
    closes, segment = np.full(shape, np.nan), np.full(shape, -1, dtype=np.int64)
    for column, code in enumerate(wanted):
        if code in at:
            closes[:, column] = panel.close[:, at[code]]
            segment[:, column] = panel.segment[:, at[code]]
    market = np.array([levels.get(day, np.nan) for day in panel.sessions])
    return from_closes(
        panel.sessions,
        wanted,
        closes,
        market,
        segments=segment,
        trade_to_trade=trade_to_trade,
        market_name=market_name,
    )


def from_sample(codes: Iterable[str], *, trade_to_trade: bool = False) -> ReturnPanel:
    """Return the packaged closes of 2025-12-01 to 2026-01-30 against the Hang Seng Index.

    >>> from_sample(["01801", "01167"]).returns.shape
    (42, 2)

    """
    from hkconcept.market import load_panel, packaged_source  # noqa: PLC0415 - folders need other sources

    bars = Bars.packaged()
    wanted = list(dict.fromkeys(codes))
    held = bars.availability(INDEX)
    if held.first is None or held.last is None:
        raise SourceError("the benchmark has no closes", where=INDEX, todo="load its series")
    days = calendars.sessions(held.first, held.last)
    levels = {day: float(close) for day in days if (close := bars.close(INDEX, day)) is not None}
    return from_market(load_panel([packaged_source()], wanted), levels, wanted, trade_to_trade=trade_to_trade)


def from_folders(
    folders: Sequence[str],
    benchmark: Path,
    codes: Iterable[str],
    *,
    trade_to_trade: bool = False,
    market_name: str = HSI,
) -> ReturnPanel:
    """Return the panel of some securities from folders of prices, each one price basis.

    ``folders`` are paths, or ``adjusted=PATH`` and ``unadjusted=PATH`` where no ``source.yml`` beside the files
    says the basis; see :func:`hkconcept.market.open_folder`. ``benchmark`` is read by :func:`read_levels`. Days
    that the packaged calendar does not hold are left out.

    Raises
    ------
    SourceError
        A folder, the benchmark or a row cannot be read; it is named.

    """
    from hkconcept.market import load_panel, open_folder  # noqa: PLC0415 - the sample needs none

    wanted = list(dict.fromkeys(codes))
    sources = []
    for named in folders:
        basis, separator, path = named.partition("=")
        said = {"basis": basis} if separator and basis in _BASES else {}
        sources.append(open_folder(path if said else named, **said))
    panel = load_panel(sources, wanted, first=calendars.FIRST_DAY, last=calendars.LAST_DAY)
    return from_market(
        panel, dict(read_levels(benchmark)), wanted, trade_to_trade=trade_to_trade, market_name=market_name
    )


def read_levels(path: Path) -> Iterator[tuple[dt.date, float]]:
    """Yield the closes of a benchmark from a CSV file with the columns ``date`` (ISO) and ``close``.

    Raises
    ------
    SourceError
        The file cannot be read, a row is wrong, a day is there twice, or a close is not positive.

    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise SourceError(f"the file has more than {_MAX_BYTES} bytes", where=str(path))
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(f"the benchmark cannot be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise SourceError("the benchmark is not UTF-8 text", where=str(path)) from error
    reader = csv.DictReader(text.splitlines())
    if not {"date", "close"} <= set(reader.fieldnames or ()):
        raise SourceError("the columns date and close are needed", where=str(path), todo="name them in the first row")
    seen: set[dt.date] = set()
    for line, row in enumerate(reader, start=2):
        where = f"{path} line {line}"
        if not row["close"]:
            continue
        try:
            day, close = dt.date.fromisoformat(row["date"]), float(row["close"])
        except (TypeError, ValueError) as error:
            raise SourceError(f"not a row of closes: {error}", where=where, todo="write 2026-01-07,26150.5") from error
        if day in seen:
            raise SourceError(f"{day} is there twice", where=where, todo="keep one row per session")
        if not close > 0:
            raise SourceError(f"the close {close:g} is not a level", where=where)
        seen.add(day)
        yield day, close
