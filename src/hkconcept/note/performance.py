"""Returns around an event: windows of sessions, returns against the benchmark, means, and rebased lines.

Nothing is interpolated: a security without a close at either end of a window has no return there, and
means say over how many securities they run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hkconcept import calendars
from hkconcept.errors import NotAvailableError
from hkconcept.index import equal_weight, mean_return
from hkconcept.market import Bars
from hkconcept.market.bars import INDEX
from hkconcept.model import Moment, StockCode
from hkconcept.note.contents import Bilingual, GroupMean, Performance, Series, StockRow, Window
from hkconcept.note.i18n import both

__all__ = ["Returns", "event_session", "level_series", "sessions_known", "windows"]

_HUNDRED = Decimal(100)


def sessions_known(bars: Bars, as_of: Moment) -> tuple[dt.date, ...]:
    """Return the sessions of the benchmark whose close was past at a moment, in order.

    >>> str(sessions_known(Bars.packaged(), Moment.parse("2026-01-08 08:07"))[-1])
    '2026-01-07'

    """
    first, last = bars.availability(INDEX).first, bars.last_session(as_of)
    return calendars.sessions(first, last) if first and last and first <= last else ()


def event_session(public: Moment, sessions: Sequence[dt.date]) -> dt.date | None:
    """Return the first session that could trade on a fact, or ``None`` when its prices are not held.

    >>> days = calendars.sessions(dt.date(2026, 1, 5), dt.date(2026, 1, 9))
    >>> [str(event_session(Moment.parse(t), days)) for t in ("2026-01-07", "2026-01-07 17:21", "2026-01-02")]
    ['2026-01-07', '2026-01-08', 'None']

    """
    try:
        session = calendars.day_zero(public).session
    except NotAvailableError:
        return None  # outside the packaged calendar there are no prices either
    return session if session in sessions else None


def windows(event: dt.date, sessions: Sequence[dt.date]) -> tuple[Window, ...]:
    """Return the event day, the next session, and everything since, as far as sessions are held."""
    at = sessions.index(event)
    found = []
    if at > 0:
        found.append(Window("event", both("window_event"), sessions[at - 1], event))
    if at + 1 < len(sessions):
        found.append(Window("next", both("window_next"), event, sessions[at + 1]))
    if at + 2 < len(sessions):
        found.append(Window("since", both("window_since"), event, sessions[-1]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Returns:
    """Returns of securities and of the benchmark over the note's windows, in percent."""

    bars: Bars
    windows: tuple[Window, ...]

    def of_benchmark(self) -> tuple[Performance, ...]:
        """Return the benchmark's own performance; it has no excess."""
        return tuple(Performance(w.key, self._change(INDEX, w), None) for w in self.windows)

    def of(self, code: StockCode) -> tuple[Performance, ...]:
        """Return a security's performance over each window, ``None`` where a close is missing."""
        found = []
        for window in self.windows:
            moved, market = self._change(code, window), self._change(INDEX, window)
            found.append(Performance(window.key, moved, None if moved is None or market is None else moved - market))
        return tuple(found)

    def mean(self, key: str, label: Bilingual, rows: Sequence[StockRow]) -> GroupMean:
        """Return the simple mean of a group, window by window, over the securities that have a return there."""
        performance, priced = [], []
        for window in self.windows:
            taken = mean_return(self.bars.close, [row.code for row in rows], window.start, window.end)
            moved = None if taken.value is None else taken.value * _HUNDRED
            market = self._change(INDEX, window)
            excess = None if moved is None or market is None else moved - market
            performance.append(Performance(window.key, moved, excess))
            priced.append(taken.n)
        return GroupMean(key, label, tuple(performance), tuple(priced), len(rows))

    def _change(self, code: str, window: Window) -> Decimal | None:
        moved = self.bars.change(code, window.start, window.end)
        return None if moved is None else moved * _HUNDRED


def level_series(  # noqa: PLR0913 - a line, its label and its scale
    key: str, label: Bilingual, bars: Bars, codes: Sequence[str], *, base: dt.date, days: Sequence[dt.date]
) -> tuple[Series | None, int]:
    """Return the equal-weight line of some securities, 100 at the close of ``base``, and how many it holds.

    The same sum goes into each security at the base and is held. Before the base the line is the mean of
    the same relatives; it has a gap where one of its securities has no close.
    """
    try:
        after = equal_weight(bars.close, codes, base, [day for day in days if day >= base])
    except NotAvailableError:
        return None, 0
    held = [(code, close) for code in after.constituents if (close := bars.close(code, base)) is not None]
    values: list[Decimal | None] = []
    for day in days:
        if day >= base:
            break
        closes = [(bars.close(code, day), start) for code, start in held]
        relatives = [close / start for close, start in closes if close is not None]
        values.append(sum(relatives, Decimal(0)) / len(held) * _HUNDRED if len(relatives) == len(held) else None)
    values += [level for _, level in after.levels]
    return Series(key, label, tuple(values)), len(held)
