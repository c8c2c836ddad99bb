"""Stock concepts: who belongs, in which role, since when, and on what evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from hkconcept.model.entity import StockCode
from hkconcept.model.times import Moment

__all__ = ["Basket", "Evidence", "Membership", "Role", "SourceStatus"]

SourceStatus = Literal["official", "press", "recalled"]
"""How well a fact is supported: by the authority or the company itself, by the press, or from memory."""

Role = str
"""What a member is to the concept, a word of its definition: ``innovator``, ``cxo``..."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One dated fact about a security, in our own words (both languages), with its source.

    ``kind`` names the register or the class of the fact (``approvals``, ``deals``, ``business``); ``record`` is the
    row in it. ``attributes`` are what rules and measures look at, as text. ``valid_from`` and ``valid_to`` are the
    days for which the fact holds (the end excluded, ``None`` is open); ``known_at`` is when it was public.
    """

    kind: str
    fact_en: str
    fact_zh: str
    known_at: Moment
    source: str
    status: SourceStatus
    record: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def attribute(self, name: str) -> str:
        """Return an attribute, or an empty text when the fact does not have it."""
        return next((value for key, value in self.attributes if key == name), "")

    def holds(self, *, known: Moment, on: dt.date) -> bool:
        """Whether the fact was certainly public at a moment and holds on a day."""
        return (
            self.known_at.known_by <= known.known_by
            and (self.valid_from is None or self.valid_from <= on)
            and (self.valid_to is None or on < self.valid_to)
        )


@dataclass(frozen=True, slots=True)
class Membership:
    """A security's place in a concept. A role is an attribute of the membership, never a separate concept.

    ``evidence`` is every fact that the rules counted, newest knowledge last; ``version`` is the version of the rules.
    """

    concept: str
    code: StockCode
    role: Role
    evidence: tuple[Evidence, ...]
    version: str = ""

    @property
    def known_at(self) -> dt.datetime:
        """The first instant at which any evidence was certainly public."""
        return min(e.known_at.known_by for e in self.evidence)


@dataclass(frozen=True, slots=True)
class Basket:
    """The members of a concept as they could be known at a moment."""

    concept: str
    as_of: Moment
    members: tuple[Membership, ...]

    def __contains__(self, code: object) -> bool:
        """Whether a security is a member."""
        return any(member.code == code for member in self.members)
