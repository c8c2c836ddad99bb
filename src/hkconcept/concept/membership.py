"""Who belongs to a concept as of a moment: only evidence public by then, only securities listed by then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from hkconcept.concept.definition import Definition
from hkconcept.errors import NotAvailableError
from hkconcept.model import Basket, Listing, Membership, Moment, StockCode

__all__ = ["LeftOut", "basket", "left_out"]

Reason = Literal["no_evidence_yet", "no_listing_held", "not_listed_yet", "no_longer_listed"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A security of the definition that is not in the basket of a moment, and why.

    ``no_evidence_yet``: no fact held was public by then, which does not show that there was none.
    ``no_listing_held``: the listings passed in do not have the code.
    """

    code: StockCode
    reason: Reason


def basket(definition: Definition, *, as_of: Moment, listings: Mapping[StockCode, Listing]) -> Basket:
    """Return the members as they could be known at a moment, each with the evidence known by then.

    A fact counts once it was certainly public (:attr:`Moment.known_by`), a security from its first day of
    trading, as the listing or the definition gives it. A listing whose first day neither holds began before
    ``unknown_before``.

    Raises
    ------
    NotAvailableError
        The moment lies before the definition's ``unknown_before``: memberships are unknown then, not empty.

    """
    members = tuple(member for member, reason in _sorted_out(definition, as_of, listings) if reason is None)
    return Basket(definition.concept, as_of, members)


def left_out(definition: Definition, *, as_of: Moment, listings: Mapping[StockCode, Listing]) -> tuple[LeftOut, ...]:
    """Return the securities of the definition that :func:`basket` leaves out, with the reason for each.

    Raises
    ------
    NotAvailableError
        As :func:`basket`.

    """
    return tuple(
        LeftOut(member.code, reason)
        for member, reason in _sorted_out(definition, as_of, listings)
        if reason is not None
    )


def _sorted_out(
    definition: Definition, as_of: Moment, listings: Mapping[StockCode, Listing]
) -> Iterator[tuple[Membership, Reason | None]]:
    if as_of.day < definition.unknown_before:
        raise NotAvailableError(
            f"membership is unknown before {definition.unknown_before}",
            where=definition.concept,
            todo=f"ask as of {definition.unknown_before} or later",
        )
    for member in definition.members:
        evidence = tuple(fact for fact in member.evidence if fact.known_at.known_by <= as_of.known_by)
        first = definition.first_days.get(member.code)
        reason: Reason | None
        if not evidence:
            reason = "no_evidence_yet"
        elif first is not None and as_of.day < first.day:
            reason = "not_listed_yet"
        else:
            reason = _absence(listings.get(member.code), as_of)
        yield replace(member, evidence=evidence), reason


def _absence(listing: Listing | None, as_of: Moment) -> Reason | None:
    if listing is None:
        return "no_listing_held"
    if listing.listed_on(as_of.day):
        return None
    return "no_longer_listed" if listing.listed_to is not None and listing.listed_to < as_of.day else "not_listed_yet"
