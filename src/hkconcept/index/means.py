"""Equal-weight levels and mean returns, with every security that had to be left out named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hkconcept.errors import NotAvailableError, UsageError

__all__ = ["CloseOf", "IndexLevels", "MeanReturn", "equal_weight", "mean_return"]

CloseOf = Callable[[str, dt.date], Decimal | None]
"""Gives the close of a security on a day, or ``None``: ``Bars.close`` is one."""

_BASE: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class IndexLevels:
    """Levels of an equal-weight basket, one per session, base 100.

    ``constituents`` had a close in the base session; ``left_out`` had none and never enter. ``carried`` names,
    per session, the constituents without a close then, whose last close before stands in for it.
    """

    base_session: dt.date
    levels: tuple[tuple[dt.date, Decimal], ...]
    constituents: tuple[str, ...]
    left_out: tuple[str, ...]
    carried: tuple[tuple[dt.date, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class MeanReturn:
    """The unweighted mean of simple returns, as a fraction, over the ``n`` securities that have one.

    ``missing`` are those without a close on the first or the last day; the mean says nothing of them.
    ``value`` is ``None`` when ``n`` is 0.
    """

    value: Decimal | None
    n: int
    missing: tuple[str, ...]


def equal_weight(
    close_of: CloseOf, codes: Iterable[str], base_session: dt.date, sessions: Sequence[dt.date]
) -> IndexLevels:
    """Return buy-and-hold levels: the same sum in each security at the base close, never rebalanced.

    The level of a session is 100 times the mean over the constituents of close / base close. A security
    without a close in the base session is left out for good, so the denominator does not move. A later
    missing close is carried forward from the session before, only within the level, and is named in
    ``carried``: a halted holding is still held, at its last price.

    Parameters
    ----------
    close_of
        Close by code and day, in one currency per security.
    codes
        The basket; a code given twice counts once.
    base_session
        The session whose close is the base. It needs not be among ``sessions``.
    sessions
        The sessions wanted, ascending, none before the base. Sessions between the base and the first of
        them are not looked at.

    Raises
    ------
    UsageError
        ``sessions`` are not ascending, or begin before the base.
    NotAvailableError
        No security has a close in the base session.

    >>> prices = {("A", 1): "10", ("A", 2): "11", ("B", 1): "20", ("B", 2): "20"}
    >>> def close_of(code, day):
    ...     price = prices.get((code, day.day))
    ...     return Decimal(price) if price else None
    >>> first, second = dt.date(2026, 1, 1), dt.date(2026, 1, 2)
    >>> [str(level) for _, level in equal_weight(close_of, "ABC", first, [first, second]).levels]
    ['100', '105.0']

    """
    if list(sessions) != sorted(set(sessions)) or (sessions and sessions[0] < base_session):
        raise UsageError("the sessions of an index must ascend from its base session", where=f"base {base_session}")
    basket = tuple(dict.fromkeys(codes))
    base = {code: close for code in basket if (close := close_of(code, base_session)) is not None}
    if not base:
        raise NotAvailableError("no security of the basket has a close in the base session", where=str(base_session))
    latest = dict(base)
    levels: list[tuple[dt.date, Decimal]] = []
    carried: list[tuple[dt.date, tuple[str, ...]]] = []
    for day in sessions:
        closes = {code: close_of(code, day) for code in base}
        latest.update({code: close for code, close in closes.items() if close is not None})
        absent = tuple(code for code, close in closes.items() if close is None)
        if absent:
            carried.append((day, absent))
        relatives = sum((latest[code] / base[code] for code in base), Decimal(0))
        levels.append((day, _BASE * relatives / len(base)))
    return IndexLevels(
        base_session, tuple(levels), tuple(base), tuple(code for code in basket if code not in base), tuple(carried)
    )


def mean_return(close_of: CloseOf, codes: Iterable[str], start: dt.date, end: dt.date) -> MeanReturn:
    """Return the unweighted mean of the price returns from the close of ``start`` to that of ``end``.

    Nothing is carried forward here: a security without both closes is left out and named.
    """
    returns: list[Decimal] = []
    missing: list[str] = []
    for code in dict.fromkeys(codes):
        first, last = close_of(code, start), close_of(code, end)
        if first is None or last is None:
            missing.append(code)
        else:
            returns.append(last / first - 1)
    value = sum(returns, Decimal(0)) / len(returns) if returns else None
    return MeanReturn(value, len(returns), tuple(missing))
