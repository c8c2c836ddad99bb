"""A concept opened for questions: its definition, the facts that its rules look at, and the securities it judges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hkconcept.concept import (
    Change,
    Comparison,
    Definition,
    Exposure,
    Judged,
    Universe,
    World,
    basket,
    changes,
    compare,
    diff,
    exposure,
    first_days,
    judgements,
    load_definition,
    load_universe,
)
from hkconcept.concept.register_facts import gathered
from hkconcept.errors import UsageError
from hkconcept.linking import Gazetteer
from hkconcept.market.values import market_value, median_turnover
from hkconcept.model import Basket, Language, Listing, Moment, StockCode
from hkconcept.registers.schema import Row

__all__ = ["Concept", "open_concept"]


@dataclass(frozen=True)
class Concept:
    """A concept with everything needed to answer; every answer is as of a moment given by the caller.

    ``listings`` are the names of the securities over time, ``universe`` the securities judged.
    """

    definition: Definition
    world: World
    universe: Universe
    listings: Mapping[StockCode, Listing]

    def basket(self, *, as_of: Moment, on: dt.date | None = None) -> Basket:
        """Return the members known at a moment, for its day or another; see :func:`hkconcept.concept.basket`."""
        return basket(self.definition, self.world, self.universe.codes, as_of=as_of, on=on)

    def judgements(self, *, as_of: Moment, on: dt.date | None = None) -> tuple[Judged, ...]:
        """Return the judgement on every security of the universe."""
        return judgements(self.definition, self.world, self.universe.codes, as_of=as_of, on=on)

    def explain(self, code: StockCode, *, as_of: Moment, on: dt.date | None = None) -> Judged:
        """Return the judgement on one security.

        Raises
        ------
        UsageError
            The security is not in the universe.
        NotAvailableError
            The moment lies before the known history.

        """
        if code not in self.universe.industries:
            raise UsageError(
                f"{code.display} is not among the {len(self.universe.codes)} securities that this concept judges",
                where=self.definition.concept,
                todo=f"its universe is {self.universe.name}",
            )
        (found,) = judgements(self.definition, self.world, [code], as_of=as_of, on=on)
        return found

    def changes(self, *, until: Moment) -> tuple[Change, ...]:
        """Return the membership ledger up to a moment."""
        return changes(self.definition, self.world, self.universe.codes, until=until)

    def diff(self, *, earlier: Moment, later: Moment) -> tuple[Change, ...]:
        """Return what changed between two moments, each entry with its cause."""
        return diff(self.definition, self.world, self.universe.codes, earlier=earlier, later=later)

    def exposure(self, code: StockCode, *, as_of: Moment) -> Exposure:
        """Return the exposure score of a security, part by part."""
        return exposure(self.definition, code, self.world, as_of=as_of, market_value=market_value)

    def compare(self, named: Iterable[StockCode], *, as_of: Moment) -> Comparison:
        """Sort the securities that a source names by the evidence held for them."""
        return compare(self.definition, self.judgements(as_of=as_of), named)

    def name(self, code: StockCode, language: Language, *, on: dt.date) -> str:
        """Return the name of a security on a day."""
        listing = self.listings.get(code)
        return listing.name(language, on) if listing else code


def open_concept(
    name_or_path: str | Path, gazetteer: Gazetteer, *, rows: Mapping[str, Iterable[Row]] | None = None
) -> Concept:
    """Open a packaged concept by name, or any by the path of its definition.

    Parameters
    ----------
    name_or_path
        ``cn-innovative-drugs``, or the path of a YAML file.
    gazetteer
        The listings.
    rows
        Rows of the registers, by name; the packaged ones when ``None``.

    """
    definition = load_definition(name_or_path)
    world = World(gathered(definition, rows), gazetteer.listings, first_days(), median_turnover)
    return Concept(definition, world, load_universe(definition.universe, gazetteer.listings), gazetteer.listings)
