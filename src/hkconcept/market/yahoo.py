"""Daily prices from Yahoo through its well-kept client ``yfinance``, an extra: ``pip install 'hkconcept[yahoo]'``.

Yahoo's own closes are adjusted for splits whatever is asked for. For unadjusted ones the splits up to today are taken
out again, so a history is always fetched up to today, and cut here.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any, Final, Protocol

from hkconcept.errors import SourceError
from hkconcept.market.price_rows import PriceRow
from hkconcept.market.segments import Basis, Segment
from hkconcept.market.sources import Fetched, trading_rows
from hkconcept.market.spellings import spell
from hkconcept.model import StockCode

__all__ = ["Client", "Yahoo"]

_COLUMNS: Final = ("Open", "High", "Low", "Close", "Volume", "Stock Splits")


class Client(Protocol):
    """What is used of ``yfinance``."""

    def Ticker(self, symbol: str) -> Any:  # noqa: ANN401, N802 - the client's own names
        """Return what answers ``history(start=, auto_adjust=, actions=, raise_errors=)`` with a pandas frame."""


class Yahoo:
    """Yahoo as a :class:`hkconcept.market.PriceSource`.

    Parameters
    ----------
    basis
        ``adjusted`` for splits and dividends, or ``unadjusted``: as printed on the day.
    retrieved
        Today, kept with the prices.
    client
        ``yfinance``, or something that answers like it.

    """

    __slots__ = ("_client", "_segment")

    def __init__(self, basis: Basis, *, retrieved: dt.date, client: Client | None = None) -> None:
        """Keep what is to be asked for; nothing is fetched yet."""
        self._client = client
        self._segment = Segment("yahoo", basis, "HKD", retrieved, "https://finance.yahoo.com")

    @property
    def segment(self) -> Segment:
        """Provider, basis and currency of every row."""
        return self._segment

    def fetch(
        self, codes: Sequence[str] | None = None, first: dt.date | None = None, last: dt.date | None = None
    ) -> Fetched:
        """Return the rows of the codes; see :meth:`hkconcept.market.PriceSource.fetch`.

        Raises
        ------
        SourceError
            No codes are given, the client is not installed, or Yahoo did not answer for one of them: then nothing is
            returned for the others either. A code that Yahoo does not know is named in the remarks.

        """
        if codes is None:
            raise SourceError("Yahoo gives no list of its securities", where="yahoo", todo="name the codes")
        client = self._client or _yfinance()
        rows: list[PriceRow] = []
        remarks: list[str] = []
        for code in codes:
            held = self._rows(client, StockCode(code), first or dt.date(2000, 1, 1))
            if not held:
                remarks.append(f"yahoo: no rows for {code}")
            kept, left_out = trading_rows((row for row in held if last is None or row.session <= last), f"yahoo {code}")
            rows.extend(kept)
            remarks.extend(left_out)
        return Fetched(tuple(rows), tuple(remarks))

    def _rows(self, client: Client, code: StockCode, first: dt.date) -> list[PriceRow]:
        symbol = spell(code, "yahoo")
        try:
            frame = client.Ticker(symbol).history(
                start=str(first), auto_adjust=self._segment.basis == "adjusted", actions=True, raise_errors=True
            )
        except Exception as error:  # the client raises whatever its own parts raise
            if type(error).__name__ == "YFPricesMissingError":
                return []
            reason = f"{type(error).__name__}: {error}"[:160]
            raise SourceError(
                f"Yahoo did not answer for {symbol} ({reason})", where="yahoo", todo="try again later, or use a folder"
            ) from error
        try:
            columns = [list(frame[name]) for name in _COLUMNS]
        except KeyError as error:
            raise SourceError(f"the answer for {symbol} has no column {error}", where="yahoo") from error
        return self._unsplit(code, [moment.date() for moment in frame.index], columns)

    def _unsplit(self, code: StockCode, days: Sequence[dt.date], columns: Sequence[Sequence[float]]) -> list[PriceRow]:
        rows = []
        after = 1.0  # the product of the splits after a day
        for n in range(len(days) - 1, -1, -1):
            opened, high, low, close, volume, split = (float(column[n]) for column in columns)
            factor = 1.0 if self._segment.basis == "adjusted" else after
            if close > 0:  # a nan is not
                shares = None if math.isnan(volume) else volume / factor
                day = [None if math.isnan(value) else value * factor for value in (opened, high, low)]
                rows.append(PriceRow(code, days[n], close * factor, shares, day[0], day[1], day[2]))
            if split > 0:
                after *= split
        return rows[::-1]


def _yfinance() -> Client:
    from importlib import import_module  # noqa: PLC0415 - only this source needs it

    try:
        client: Client = import_module("yfinance")
    except ImportError as error:
        raise SourceError(
            "the client of Yahoo is not installed", where="yahoo", todo="run pip install 'hkconcept[yahoo]'"
        ) from error
    return client
