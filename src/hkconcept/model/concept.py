"""Stock concepts: who belongs, in which role, since when, and on what evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from hkconcept.model.entity import StockCode
from hkconcept.model.times import Moment

__all__ = ["Basket", "Evidence", "Membership", "Role"]

Role = Literal["innovator", "cxo"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a membership: a fact in our own words (both languages), its date, and its source."""

    kind: str
    fact_en: str
    fact_zh: str
    known_at: Moment
    source: str
    status: Literal["official", "press", "recalled"]


@dataclass(frozen=True, slots=True)
class Membership:
    """A security's place in a concept. A role is an attribute of the membership, never a separate concept."""

    concept: str
    code: StockCode
    role: Role
    evidence: tuple[Evidence, ...]

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
