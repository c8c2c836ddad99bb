"""How long completed cases took: an empirical distribution with its size, never a probability of approval.

Only cases that were approved, and known to be, by the day asked about are used. Cases still under review, refused or
withdrawn are not in a register of approvals, so the distribution describes those that came through and is short of
the slow ones of late years; the answer says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from hkconcept.calendars import working_days_between
from hkconcept.errors import UsageError
from hkconcept.pathway.rules import Text

__all__ = ["FEWEST", "Completed", "CompletedCase", "Durations", "durations"]

FEWEST: Final = 5
"""With fewer cases no quantiles are given, only the values."""

_CAVEAT: Final = Text(
    "approved cases only: running, refused and withdrawn ones are missing, so slow cases of late years are too few; "
    "this is no probability of approval",
    "仅含已获批案例：在审、未获批和撤回的不在其中，近年的慢案偏少；并非获批概率",
)


class Completed(Protocol):
    """A completed case as any register may hold it. ``known_at`` is the day by which its approval was public."""

    @property
    def accepted(self) -> dt.date: ...  # noqa: D102 - a field
    @property
    def approved(self) -> dt.date: ...  # noqa: D102 - a field
    @property
    def channel(self) -> str: ...  # noqa: D102 - a field
    @property
    def known_at(self) -> dt.date: ...  # noqa: D102 - a field


@dataclass(frozen=True, slots=True)
class CompletedCase:
    """A completed case as a value."""

    accepted: dt.date
    approved: dt.date
    channel: str
    known_at: dt.date
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Durations:
    """Working days from acceptance to approval of ``n`` completed cases of a channel, known by ``as_of``.

    ``working_days`` are sorted. The quantiles are ``None`` with fewer than :data:`FEWEST` cases. With ``elapsed``,
    only the cases that took longer count (``n_longer``).
    """

    channel: str
    as_of: dt.date
    n: int
    working_days: tuple[int, ...]
    quartiles: tuple[int, int, int] | None
    elapsed: int = 0
    n_longer: int = 0
    quartiles_longer: tuple[int, int, int] | None = None
    caveat: Text = _CAVEAT


def durations(cases: Iterable[Completed], channel: str, *, as_of: dt.date, elapsed: int = 0) -> Durations:
    """Return how long the completed cases of a channel took, as known on a day.

    Quartiles are values that occurred (the nearest rank), in working days, make-up weekends included; clock stops are
    not taken out, because a register of approvals does not hold them.

    Raises
    ------
    UsageError
        A case was approved before it was accepted, or known before it was approved.

    >>> day = dt.date.fromisoformat
    >>> one = CompletedCase(day("2021-07-13"), day("2021-12-31"), "priority", day("2021-12-31"))
    >>> durations([one], "priority", as_of=day("2022-01-31")).working_days
    (119,)

    """
    found: list[int] = []
    for case in cases:
        if case.approved < case.accepted:
            raise UsageError(
                f"a case accepted on {case.accepted} is given as approved on {case.approved}", where="completed cases"
            )
        if case.known_at < case.approved:
            raise UsageError(
                f"a case approved on {case.approved} is given as known on {case.known_at}", where="completed cases"
            )
        if case.channel == channel and case.known_at <= as_of:
            found.append(working_days_between(case.accepted, case.approved))
    found.sort()
    longer = [days for days in found if days > elapsed]
    return Durations(
        channel,
        as_of,
        len(found),
        tuple(found),
        _quartiles(found),
        elapsed,
        len(longer),
        _quartiles(longer) if elapsed else None,
    )


def _quartiles(values: list[int]) -> tuple[int, int, int] | None:
    if len(values) < FEWEST:
        return None
    ranks = [-(-len(values) * quarter // 4) for quarter in (1, 2, 3)]
    return values[ranks[0] - 1], values[ranks[1] - 1], values[ranks[2] - 1]
