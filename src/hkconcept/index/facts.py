"""What an index is calculated from besides prices: dated rows, each with when it holds and when it was known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from hkconcept.model import HKT, Moment

if TYPE_CHECKING:
    import polars as pl

__all__ = ["ActionKind", "ActionRow", "ExposureRow", "Facts", "MembershipRow", "RateRow", "SharesRow"]

ActionKind = Literal["dividend", "special_dividend", "split", "rights", "delisting"]


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A security joins (``in``) or leaves (``out``) at the opening of the first session on or after ``effective``.

    ``known_at`` is when the public could know it; ``announced`` the day of the announcement, where there was one.
    """

    code: str
    change: Literal["in", "out"]
    effective: dt.date
    known_at: Moment
    announced: dt.date | None = None
    role: str = ""
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A corporate action.

    Parameters
    ----------
    kind
        ``dividend`` and ``special_dividend``: ``amount`` a share in ``currency``. ``split``: each share becomes
        ``ratio`` shares (2 for a split in two, 0.1 for a consolidation of ten, 1.2 for a bonus of one for five).
        ``rights``: ``ratio`` new shares for each held, at ``price``. ``delisting``: the last day is the session
        before ``ex_date``; with ``price`` the shares count at that price in the session of ``ex_date`` (0 when
        nothing is left, an offer's cash) and go after it.
    ex_date
        The first session without the entitlement.

    """

    code: str
    kind: ActionKind
    ex_date: dt.date
    known_at: Moment
    amount: float = 0.0
    ratio: float = 0.0
    price: float | None = None
    currency: str = "HKD"
    source: str = ""


@dataclass(frozen=True, slots=True)
class SharesRow:
    """Shares of a class in issue from a day on, and the free float as a fraction of them."""

    code: str
    shares: float
    effective: dt.date
    known_at: Moment
    free_float: float = 1.0
    source: str = ""


@dataclass(frozen=True, slots=True)
class ExposureRow:
    """The exposure score of a security from a day on: not negative, on any scale."""

    code: str
    score: float
    effective: dt.date
    known_at: Moment
    source: str = ""


@dataclass(frozen=True, slots=True)
class RateRow:
    """Units of the index currency for one unit of ``currency`` at the close of a session."""

    currency: str
    session: dt.date
    rate: float
    source: str = ""


_Row = TypeVar("_Row", MembershipRow, ActionRow, SharesRow, ExposureRow)


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows of an index; their order does not matter.

    Large tables may be polars frames with the fields of the rows as columns (``known_at`` with a time zone, or a
    date, which stands for its end in Hong Kong). ``dividends_held`` says whether dividends were collected at all:
    without them there is no total return over unadjusted prices.
    """

    membership: Sequence[MembershipRow] = ()
    actions: Sequence[ActionRow] | pl.DataFrame = ()
    shares: Sequence[SharesRow] | pl.DataFrame = ()
    exposure: Sequence[ExposureRow] | pl.DataFrame = ()
    rates: Sequence[RateRow] = ()
    dividends_held: bool = False

    def known(self, as_of: Moment) -> Facts:
        """Return the rows that were certainly known at a moment."""
        by = as_of.known_by
        return Facts(
            _kept(self.membership, by),
            _kept_rows(self.actions, by),
            _kept_rows(self.shares, by),
            _kept_rows(self.exposure, by),
            tuple(row for row in self.rates if row.session < by.astimezone(HKT).date()),
            self.dividends_held,
        )


def _kept(rows: Sequence[_Row], by: dt.datetime) -> tuple[_Row, ...]:
    return tuple(row for row in rows if row.known_at.known_by <= by)


def _kept_rows(rows: Sequence[_Row] | pl.DataFrame, by: dt.datetime) -> Sequence[_Row] | pl.DataFrame:
    if isinstance(rows, Sequence):
        return _kept(rows, by)
    from hkconcept.index.timeline import known_micros  # noqa: PLC0415 - only frames need arrays

    return rows.filter(known_micros(rows) <= int(by.timestamp() * 1_000_000))
