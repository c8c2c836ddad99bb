"""An index from its methodology, prices and memberships, as of a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hkconcept.errors import UsageError
from hkconcept.index import Calculation, Facts, MembershipRow, calculate_stretches, load_methodology
from hkconcept.index.membership import membership_rows
from hkconcept.index.reading import read_facts, read_members
from hkconcept.market import load_panel, open_folder, packaged_source
from hkconcept.model import Moment

if TYPE_CHECKING:
    from hkconcept.market import PriceSource

__all__ = ["Index", "open_index"]


@dataclass(frozen=True)
class Index:
    """Calculations, one for each stretch of comparable prices, and the facts that they rest on."""

    calculations: tuple[Calculation, ...]
    facts: Facts
    remarks: tuple[str, ...]

    @property
    def latest(self) -> Calculation:
        """The last stretch."""
        return self.calculations[-1]


def open_index(
    methodology: str,
    *,
    as_of: Moment,
    prices: Sequence[str | Path] = (),
    members: str | Path | None = None,
    facts: str | Path | None = None,
) -> Index:
    """Calculate an index with what was known at a moment.

    Parameters
    ----------
    methodology
        The name of a packaged one, or a file.
    as_of
        Closes of sessions that had ended by then, and facts known by then.
    prices
        Folders of price files; default: the packaged sample.
    members
        A table of memberships; default: the one of the folder of facts, else the ledger of the methodology's concept.
    facts
        A folder of tables, see :func:`hkconcept.index.reading.read_facts`.

    Raises
    ------
    SourceError, NotAvailableError, UsageError
        What cannot be read, is not held, or does not fit together.

    """
    rules = load_methodology(methodology)
    held = read_facts(facts) if facts else Facts()
    if members:
        held = replace(held, membership=read_members(members))
    elif not held.membership:
        held = replace(held, membership=_of_concept(rules.concept, as_of))
    sources: list[PriceSource] = [open_folder(one) for one in prices] or [packaged_source()]
    codes = sorted({row.code for row in held.membership})
    panel = load_panel(sources, codes, as_of=as_of)
    found = calculate_stretches(panel, rules, held, as_of=as_of)
    return Index(found, held.known(as_of), _remarks(found, codes))


def _of_concept(name: str, as_of: Moment) -> tuple[MembershipRow, ...]:
    from hkconcept.linking import Gazetteer  # noqa: PLC0415 - only a concept needs the listings
    from hkconcept.service.concepts import open_concept  # noqa: PLC0415 - as above

    if not name:
        raise UsageError("the methodology names no concept, and no memberships are given", todo="give --members")
    concept = open_concept(name, Gazetteer.packaged())
    return membership_rows(concept.changes(until=as_of), unknown_before=concept.definition.unknown_before)


def _remarks(found: Sequence[Calculation], codes: Sequence[str]) -> tuple[str, ...]:
    remarks = []
    for one in found:
        span = f"{one.sessions[0]} to {one.sessions[-1]}"
        kind = "total return over adjusted prices" if one.adjusted else "price return"
        if not one.adjusted and one.dividends_held:
            kind = "price and total return"
        missing = set(one.unpriced)
        remarks.append(f"{span}: {kind}; {len(codes) - len(missing)} of {len(codes)} securities have prices")
        if missing:
            remarks.append(f"{span}: no prices for {', '.join(sorted(missing))}")
        if one.methodology.knowledge == "effective":
            remarks.append(f"{span}: in hindsight; memberships count from their effective day, known or not")
    if len(found) > 1:
        remarks.append("levels of different stretches are not linked: what lies between them is not held")
    return tuple(remarks)
