"""A point-in-time panel: sessions by securities, each cell with its quality, and returns that never cross a break.

The arrays have the shape ``(sessions, securities)``; sessions ascend, codes are sorted. A close that nobody is shown
to have traded at is ``nan``. Segments (a source on a basis, see :class:`Segment`) are never mixed: a return is taken
inside a segment, and asking for prices across two of them is refused.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from hkconcept.errors import NotAvailableError, UsageError
from hkconcept.market.segments import Flag, Segment

if TYPE_CHECKING:
    import polars as pl

    from hkconcept.market.arrays import Floats, SegmentIds

__all__ = ["Flag", "Panel", "Segment"]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Closes and volumes of securities over sessions.

    Parameters
    ----------
    sessions
        Every session of the calendar from the first to the last row, ascending: a session that no source has is
        there, with ``GAP`` where it lies inside a segment.
    codes
        Sorted; a column each.
    close
        ``float64 (T, N)``, in the currency of the segment; ``nan`` where there is no usable close.
    volume
        ``float64 (T, N)``, shares; ``nan`` where unknown.
    flags
        ``uint8 (T, N)``, bits of :class:`Flag`.
    segment
        ``int8 (T, N)``, position in ``segments``; -1 outside the span of every segment of the security.
    segments
        The sources, in the order given.

    """

    sessions: tuple[dt.date, ...]
    codes: tuple[str, ...]
    close: Floats
    volume: Floats
    flags: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
    segment: SegmentIds
    segments: tuple[Segment, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Number of sessions and of securities."""
        return len(self.sessions), len(self.codes)

    def column(self, code: str) -> int:
        """Return the column of a security.

        Raises
        ------
        NotAvailableError
            No prices are held for it.

        """
        at = bisect_left(self.codes, code)
        if at == len(self.codes) or self.codes[at] != code:
            raise NotAvailableError("no prices are held for this security", where=code, todo="give a source with it")
        return at

    def row(self, session: dt.date) -> int:
        """Return the row of a session.

        Raises
        ------
        NotAvailableError
            The day is no session of the panel.

        """
        at = bisect_left(self.sessions, session)
        if at == len(self.sessions) or self.sessions[at] != session:
            held = f"{self.sessions[0]} to {self.sessions[-1]}" if self.sessions else "no session"
            raise NotAvailableError(f"{session} is no session of the panel ({held})")
        return at

    def flag(self, code: str, session: dt.date) -> Flag:
        """Return the flags of one cell."""
        return Flag(int(self.flags[self.row(session), self.column(code)]))

    def returns(
        self, kind: Literal["simple", "log"] = "simple", *, over: Literal["adjacent", "last"] = "adjacent"
    ) -> Floats:
        """Return the returns of every session, ``float64 (T, N)``, as fractions; the first row is ``nan``.

        Parameters
        ----------
        kind
            ``simple`` (p / q - 1) or ``log`` (ln p / q).
        over
            ``adjacent``: from the session just before, ``nan`` unless both closes are usable. ``last``: from the
            last usable close of the same segment, so that the first session after a halt carries the whole move.

        Notes
        -----
        In an adjusted segment these are total returns, in an unadjusted one price returns: ex-dates are in them.
        """
        close, segment = self.close, self.segment
        before = np.full_like(close, np.nan)
        if over == "adjacent":
            same = segment[1:] == segment[:-1]
            before[1:] = np.where(same, close[:-1], np.nan)
        else:
            before[1:] = self.carried()[:-1]
            before[1:][segment[1:] != segment[:-1]] = np.nan
        ratio = close / before
        return np.log(ratio) if kind == "log" else ratio - 1.0

    def carried(self) -> Floats:
        """Return the last usable close of the same segment up to each session, ``float64 (T, N)``; else ``nan``.

        For valuing a holding that is suspended. Never a price of the session itself where that is missing.
        """
        filled = self.close.copy()
        for t in range(1, len(filled)):
            hole = np.isnan(filled[t])
            if hole.any():
                keep = hole & (self.segment[t] == self.segment[t - 1]) & (self.segment[t] >= 0)
                np.copyto(filled[t], filled[t - 1], where=keep)
        return filled

    def prices(self, start: dt.date, end: dt.date, codes: Sequence[str] | None = None) -> Floats:
        """Return closes that may be compared with each other, ``float64 (t, n)``, both ends included.

        Raises
        ------
        UsageError
            A security has two segments in the span, or a session lies outside its segment: such prices are on
            different bases or have a hole between them. Use :meth:`returns`, which stays inside segments.

        """
        first, last = self.row(start), self.row(end)
        wanted = self.codes if codes is None else tuple(codes)
        columns = [self.column(code) for code in wanted]
        ids = self.segment[first : last + 1][:, columns]
        for code, held in zip(wanted, ids.T, strict=True):
            changed = np.flatnonzero(held[1:] != held[:-1])
            if held[0] < 0 or changed.size:
                at = int(changed[0]) if changed.size else 0
                raise UsageError(self._apart(held, at, first), where=code, todo="use returns within segments instead")
        return self.close[first : last + 1][:, columns]

    def _apart(self, held: SegmentIds, at: int, first: int) -> str:
        day, after = self.sessions[first + at], self.sessions[min(first + at + 1, len(self.sessions) - 1)]
        one, other = int(held[at]), int(held[min(at + 1, len(held) - 1)])
        if one < 0 or other < 0:
            return f"no source covers {day if one < 0 else after}, so prices on either side are not comparable"
        return (
            f"prices up to {day} ({self.segments[one]}) do not compare with those from {after} ({self.segments[other]})"
        )

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Yield maximal runs of sessions ``[start, end)`` inside which no security changes its segment.

        Rows at which every security lies outside its segments belong to no run.
        """
        covered = np.asarray((self.segment >= 0).any(axis=1)).tolist()
        latest = np.full(len(self.codes), -1, dtype=np.int8)
        start: int | None = None
        for t, held in enumerate(self.segment):
            if start is not None and (not covered[t] or (len(self.segments) > 1 and _moved(latest, held))):
                yield start, t
                start = None
            if start is None and covered[t]:
                start, latest = t, np.full_like(latest, -1)
            if len(self.segments) > 1:
                latest = np.where(held >= 0, held, latest)
        if start is not None:
            yield start, len(self.sessions)

    def between(self, start: dt.date, end: dt.date) -> Panel:
        """Return the sessions from ``start`` to ``end``, both included, as views of the same arrays."""
        span = slice(bisect_left(self.sessions, start), bisect_right(self.sessions, end))
        return replace(
            self,
            sessions=self.sessions[span],
            close=self.close[span],
            volume=self.volume[span],
            flags=self.flags[span],
            segment=self.segment[span],
        )

    def frame(self) -> pl.DataFrame:
        """Return the cells inside segments as a long polars frame with a column for each flag."""
        import polars as pl  # noqa: PLC0415 - arrays alone need no frames

        rows, columns = np.nonzero(self.segment >= 0)
        flags = self.flags[rows, columns]
        days = np.array(self.sessions, dtype="datetime64[D]")
        return pl.DataFrame(
            {
                "session": days[rows],
                "code": np.array(self.codes)[columns],
                "close": self.close[rows, columns],
                "volume": self.volume[rows, columns],
                "provider": np.array([s.provider for s in self.segments])[self.segment[rows, columns]],
                **{str(flag.name).lower(): (flags & flag) != 0 for flag in Flag},
            }
        ).with_columns(pl.col("close", "volume").fill_nan(None))


def _moved(latest: SegmentIds, held: SegmentIds) -> bool:
    return bool(((held >= 0) & (latest >= 0) & (held != latest)).any())
