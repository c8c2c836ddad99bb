"""When each fact counts: sessions in which dated rows take effect, given what was known at each opening.

A change between two closes happens before the opening of the later session. A fact therefore counts in session ``t``
when it is effective by that day and was public by 09:30 of it; known later, it counts later, never earlier.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hkconcept.errors import NotAvailableError
from hkconcept.market.arrays import Floats, Integers

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Clock", "Timed", "known_micros", "session_rates"]

_EPOCH: Final = dt.date(1970, 1, 1)
_MICROS_A_DAY: Final = 86_400_000_000
_OPENING_UTC: Final = int(1.5 * 3_600_000_000)  # 09:30 in Hong Kong is 01:30 UTC, summer and winter
_DAY_END_UTC: Final = 16 * 3_600_000_000  # midnight after a day in Hong Kong is 16:00 UTC of it


@dataclass(frozen=True, slots=True)
class Timed:
    """Rows of one table in the order in which they count: by session, effective day, moment of knowledge, code.

    ``at`` is the session in which a row counts, ``due`` the one in which it is effective, ``code`` the column of the
    panel. ``at`` may be past the last session: the row then counts in none that is held.
    """

    at: Integers
    due: Integers
    code: Integers
    values: Mapping[str, Any]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.at)

    def where(self, mask: np.ndarray[tuple[int, ...], np.dtype[np.bool]]) -> Timed:
        """Return some of the rows."""
        held = {name: column[mask] for name, column in self.values.items()}
        return Timed(self.at[mask], self.due[mask], self.code[mask], held)


class Clock:
    """The sessions of a calculation, and when rows count in them."""

    __slots__ = ("_columns", "_days", "_hindsight", "_openings")

    def __init__(self, sessions: Sequence[dt.date], codes: Sequence[str], *, hindsight: bool) -> None:
        """Take the sessions and the columns of a panel; with hindsight, rows count from their effective day."""
        self._days = np.array(sessions, dtype="datetime64[D]").astype(np.int64)
        self._openings = self._days * _MICROS_A_DAY + _OPENING_UTC
        self._columns = {code: column for column, code in enumerate(codes)}
        self._hindsight = hindsight

    def session_of(self, day: dt.date) -> int:
        """Return the first session on or after a day, counted from 0; the number of sessions when there is none."""
        return int(np.searchsorted(self._days, (day - _EPOCH).days))

    def timed(self, rows: Sequence[Any] | pl.DataFrame, values: Sequence[str], *, day: str = "effective") -> Timed:
        """Return rows in the order in which they count; rows of securities without a column are left out."""
        if isinstance(rows, Sequence):
            code = np.array([self._columns.get(row.code, -1) for row in rows], dtype=np.int64)
            days = np.array([(getattr(row, day) - _EPOCH).days for row in rows], dtype=np.int64)
            known = np.array([_micros(row.known_at.known_by) for row in rows], dtype=np.int64)
            held = {name: np.array([getattr(row, name) for row in rows]) for name in values}
        else:
            code = self._column_of(rows["code"])
            days = rows[day].to_physical().to_numpy().astype(np.int64)
            known = known_micros(rows)
            held = {name: rows[name].to_numpy() for name in values}
        due = np.searchsorted(self._days, days)
        at = due if self._hindsight else np.maximum(due, np.searchsorted(self._openings, known))
        # The values stand last in the order, so that equal rows cannot make the result hang on how they were given.
        keys = [*(held[name].astype(str) for name in values)] if len(rows) < 1000 else []
        order = np.lexsort((*keys, code, known, days, at))
        order = order[code[order] >= 0]
        return Timed(at[order], due[order], code[order], {name: column[order] for name, column in held.items()})

    def _column_of(self, codes: pl.Series) -> Integers:
        import polars as pl  # noqa: PLC0415 - only frames come here

        names = codes.unique().cast(pl.String).sort()
        columns = np.array([self._columns.get(name, -1) for name in names], dtype=np.int64)
        found: Integers = columns[codes.cast(pl.Enum(names)).to_physical().to_numpy()]
        return found


def known_micros(frame: pl.DataFrame) -> Integers:
    """Return the moments of knowledge of a frame in microseconds since 1970 (UTC)."""
    import polars as pl  # noqa: PLC0415 - only frames come here

    column = frame["known_at"]
    if column.dtype == pl.Date:
        return column.to_physical().to_numpy().astype(np.int64) * _MICROS_A_DAY + _DAY_END_UTC
    return column.dt.convert_time_zone("UTC").dt.cast_time_unit("us").to_physical().to_numpy().astype(np.int64)


def session_rates(rows: Sequence[Any], currency: str, sessions: Sequence[dt.date], *, needed: str) -> Floats:
    """Return the rate of a currency in every session.

    Raises
    ------
    NotAvailableError
        A session has no rate: none is made up.

    """
    held = {row.session: row.rate for row in rows if row.currency == currency}
    missing = [day for day in sessions if day not in held]
    if missing:
        raise NotAvailableError(
            f"no rate of {currency} for {len(missing)} of {len(sessions)} sessions, the first {missing[0]}",
            where=needed,
            todo="give a rate for each session",
        )
    return np.array([held[day] for day in sessions], dtype=np.float64)


def _micros(moment: dt.datetime) -> int:
    return int((moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) / dt.timedelta(microseconds=1))
