"""The definition of a concept: dated versions of its rules, how exposure is measured, and facts of its own.

It does not list members. Members follow from the rules and from dated facts: those of the registers named under
``facts_from``, and those written under ``facts`` because no register holds them. :mod:`.definition_files` reads them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hkconcept.model import Evidence, Moment, StockCode

__all__ = ["Component", "Criterion", "Definition", "Exclusion", "MarketRule", "RoleRule", "Strength", "Version"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A condition over the facts of one security: at least ``at_least`` facts of a kind that fit ``where``.

    ``where`` maps an attribute to the values allowed. A fact that lacks the attribute neither fits nor fails: it is
    kept apart as undecided. ``within_years`` leaves out facts that became public longer ago.
    """

    facts: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    at_least: int = 1
    within_years: int | None = None


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Who has a role: any one of the criteria suffices. ``en`` and ``zh`` say it in words."""

    role: str
    name_en: str
    name_zh: str
    en: str
    zh: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A security kept out whatever its facts say, and why."""

    code: StockCode
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class MarketRule:
    """A condition of the market: ``boards``, a fact required or forbidden, or a lowest median turnover.

    ``if_unknown`` says what happens where the fact or the price is not held: ``keep`` or ``drop``; either way the
    judgement says that it was not known.
    """

    kind: str
    values: tuple[str, ...] = ()
    least: Decimal | None = None
    sessions: int = 0
    if_unknown: str = "keep"


@dataclass(frozen=True, slots=True)
class Version:
    """The rules as they stood from ``effective`` on, once they were ``announced``."""

    version: str
    announced: dt.date
    effective: dt.date
    reason_en: str
    reason_zh: str
    roles: tuple[RoleRule, ...]
    exclusions: tuple[Exclusion, ...] = ()
    market: tuple[MarketRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """One part of an exposure score: ``weight`` times ``min(1, measure / full_at)``.

    ``measure`` is ``count`` (facts that fit) or ``sum:ATTRIBUTE``; ``over`` divides it by ``market_value`` (HKD, at
    ``rate`` per unit of the attribute). A negative weight lowers the score.
    """

    name: str
    en: str
    zh: str
    criterion: Criterion
    measure: str
    full_at: Decimal
    weight: Decimal
    over: str = ""
    rate: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Strength:
    """When evidence is called strong: so many facts of so many kinds; a single fact is weak, the rest moderate."""

    facts: int
    kinds: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A concept as defined. Use :func:`hkconcept.concept.basket` for the members at a moment.

    Before ``unknown_before`` memberships are unknown, not empty. ``written`` is the day on which the rules were
    written down: an answer about an earlier day replays them over what was known then. ``universe`` names the table
    of securities judged. ``facts`` are the facts of the definition's own file.
    """

    concept: str
    name_en: str
    name_zh: str
    description_en: str
    description_zh: str
    coverage_en: str
    coverage_zh: str
    unknown_before: dt.date
    written: dt.date
    universe: str
    facts_from: tuple[str, ...]
    versions: tuple[Version, ...]
    strength: Strength
    exposure: tuple[Component, ...]
    facts: Mapping[StockCode, tuple[Evidence, ...]]

    def version_at(self, known: Moment, on: dt.date) -> Version | None:
        """Return the rules in force on a day, of those announced by a moment."""
        held = [v for v in self.versions if v.effective <= on and Moment.of_day(v.announced).known_by <= known.known_by]
        return max(held, key=lambda version: version.effective, default=None)

    def role_rule(self, role: str) -> RoleRule:
        """Return the newest rule of a role, for its names."""
        return next(rule for version in reversed(self.versions) for rule in version.roles if rule.role == role)
