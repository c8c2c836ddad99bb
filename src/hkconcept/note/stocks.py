"""Rows of securities: those that the text names, and the members of the concept that it does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hkconcept.model import Basket, Document, Extraction, Judgement, Listing, Mention, Moment, Quote, StockCode
from hkconcept.note.citations import Citations
from hkconcept.note.contents import Bilingual, EvidenceLine, StockRow
from hkconcept.note.performance import Returns

__all__ = ["StockRows"]


@dataclass(frozen=True, slots=True)
class StockRows:
    """Makes rows from the facts that every row needs."""

    basket: Basket
    listings: Mapping[StockCode, Listing]
    returns: Returns
    citations: Citations
    as_of: Moment
    roles: tuple[str, ...]

    def named(self, document: Document, extraction: Extraction) -> tuple[StockRow, ...]:
        """Return a row for every security that the text names, by role, each group in reading order.

        A name printed with another company's code counts as named: the row has the right code, and an alert
        says what was printed.
        """
        mentions: dict[StockCode, list[Mention]] = {}
        for mention in extraction.mentions:
            if mention.code and mention.judgement in {Judgement.LINKED, Judgement.CONFLICT}:
                mentions.setdefault(mention.code, []).append(mention)
        rows = []
        for code, found in mentions.items():
            # The form printed with a code is the one that an editor looks for.
            printed = dict.fromkeys(m.surface for m in sorted(found, key=lambda m: not m.printed_code))
            quotes = tuple(Quote.cut(document.text, m.span) for m in found)
            rows.append(self._row(code, tuple(printed), quotes))
        return tuple(sorted(rows, key=self._order))

    def others(self, named: Sequence[StockRow]) -> tuple[StockRow, ...]:
        """Return a row for every member that is not named, by role, each group by code."""
        known = {row.code for row in named}
        rows = [self._row(member.code, (), ()) for member in self.basket.members if member.code not in known]
        return tuple(sorted(rows, key=lambda row: (self._order(row), row.code)))

    def _order(self, row: StockRow) -> int:
        return self.roles.index(row.role) if row.role in self.roles else len(self.roles)

    def _row(self, code: StockCode, printed: tuple[str, ...], quotes: tuple[Quote, ...]) -> StockRow:
        listing = self.listings.get(code)
        today = self.as_of.day
        name = Bilingual(listing.name("zh-Hans", today), listing.name("en", today)) if listing else None
        member = next((m for m in self.basket.members if m.code == code), None)
        newest_first = sorted(member.evidence if member else (), key=lambda e: e.known_at.at, reverse=True)
        series = self.returns.bars.availability(code)
        return StockRow(
            code,
            name or Bilingual(code, code),
            printed,
            member.role if member else None,
            tuple(
                EvidenceLine(Bilingual(e.fact_zh, e.fact_en), e.known_at.day, e.status, self.citations.cite(e.source))
                for e in newest_first
            ),
            self.returns.of(code),
            None if series.available else Bilingual(series.reason_zh, series.reason_en),
            quotes,
        )
