"""Where prices come from: one protocol for folders and network clients, and the panel that several make.

A source has one segment (provider, basis, currency). Two sources meet in a panel only where one ends before the other
begins; anything else is refused, so nothing is mixed silently. A source that cannot answer raises
:class:`SourceError`: no other takes its place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hkconcept import calendars
from hkconcept.errors import SourceError
from hkconcept.market.dense import make_panel
from hkconcept.market.price_rows import PriceRow
from hkconcept.market.segments import Segment
from hkconcept.model import Moment

if TYPE_CHECKING:
    from hkconcept.market.panel import Panel

__all__ = ["Fetched", "PriceSource", "load_panel", "trading_rows"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """Rows of one source, and what was left out of them, as sentences."""

    rows: tuple[PriceRow, ...]
    remarks: tuple[str, ...] = ()


class PriceSource(Protocol):
    """Something that gives daily rows on one basis."""

    @property
    def segment(self) -> Segment:
        """Provider, basis and currency of every row."""

    def fetch(
        self, codes: Sequence[str] | None = None, first: dt.date | None = None, last: dt.date | None = None
    ) -> Fetched:
        """Return the rows of the codes (default: all that the source has) from ``first`` to ``last``, both included.

        Raises
        ------
        SourceError
            The source is down or cannot be read.

        """


def load_panel(
    sources: Iterable[PriceSource],
    codes: Sequence[str] | None = None,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    as_of: Moment | None = None,
) -> Panel:
    """Return the panel of one or several sources.

    Raises
    ------
    SourceError
        A source is down, none has a row, two overlap for a security, or a row lies on a day without trading.

    >>> from hkconcept.market import packaged_source
    >>> panel = load_panel([packaged_source()], ["00013", "01801"], first=dt.date(2026, 1, 6), last=dt.date(2026, 1, 7))
    >>> [f"{value:.4f}" for value in panel.returns()[1]]
    ['0.0545', '0.0538']

    """
    rows: dict[Segment, tuple[PriceRow, ...]] = {}
    for source in sources:
        fetched = source.fetch(codes, first, last)
        if source.segment in rows:
            raise SourceError(
                f"two sources are both called {source.segment}",
                where=source.segment.origin,
                todo="give each its own provider name",
            )
        rows[source.segment] = fetched.rows
    if not any(rows.values()):
        wanted = "any security" if codes is None else ", ".join(codes[:5])
        raise SourceError(f"no source has a row for {wanted}", todo="check the codes and the days")
    return make_panel(rows, as_of=as_of)


def trading_rows(rows: Iterable[PriceRow], where: str) -> tuple[list[PriceRow], list[str]]:
    """Leave out flat rows without volume on days without trading, which some vendors print; say how many.

    A row with a volume on such a day stays, and the panel refuses it: the calendar or the source is wrong.
    """
    kept, dropped = [], []
    for row in rows:
        held = calendars.FIRST_DAY <= row.session <= calendars.LAST_DAY
        if held and not row.volume and row.volume is not None and not calendars.is_session(row.session):
            dropped.append(row)
        else:
            kept.append(row)
    if not dropped:
        return kept, []
    days = sorted({row.session for row in dropped})
    shown = ", ".join(str(day) for day in days[:3]) + (", …" if len(days) > 3 else "")
    return kept, [f"{where}: {len(dropped)} rows without volume on days without trading left out ({shown})"]
