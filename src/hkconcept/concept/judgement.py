"""Judging one security by the rules of a concept: as of a moment, from facts public by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from hkconcept.concept.definition import Criterion, Definition, MarketRule, RoleRule, Version
from hkconcept.model import Evidence, Listing, Moment, StockCode

__all__ = ["Facts", "Judged", "Reason", "Turnover", "World", "fitting", "judge"]

Facts = Mapping[StockCode, tuple[Evidence, ...]]
Turnover = Callable[[StockCode, Moment, int], Decimal | None]
"""Gives the median turnover in HKD of a security over its last sessions before a moment, or ``None``."""

Reason = Literal[
    "member",
    "no_evidence_yet",
    "undecided",
    "excluded",
    "market",
    "no_listing_held",
    "not_listed_yet",
    "no_longer_listed",
    "no_rules_yet",
]


@dataclass(frozen=True)
class World:
    """What judging looks at besides the rules: facts, listings, first days of trading, turnover."""

    facts: Facts
    listings: Mapping[StockCode, Listing]
    first_days: Mapping[StockCode, dt.date] = field(default_factory=dict)
    turnover: Turnover | None = None

    @cached_property
    def _first_known(self) -> Mapping[str, dt.datetime]:
        first: dict[str, dt.datetime] = {}
        for facts in self.facts.values():
            for fact in facts:
                first[fact.kind] = min(first.get(fact.kind, fact.known_at.known_by), fact.known_at.known_by)
        return first

    def kinds_held(self, as_of: Moment) -> frozenset[str]:
        """Return the kinds of fact of which anything was public: a rule about another kind cannot be decided."""
        return frozenset(kind for kind, known_by in self._first_known.items() if known_by <= as_of.known_by)


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgement on one security.

    ``role`` is ``None`` unless ``reason`` is ``member``. ``evidence`` are the facts that the rule of the role counted,
    oldest knowledge first; for a security that is no member, all facts held. ``unknown`` names what could not be
    decided: attributes that facts lack, market conditions that are not held.
    """

    code: StockCode
    reason: Reason
    role: str | None = None
    version: str = ""
    evidence: tuple[Evidence, ...] = ()
    unknown: tuple[str, ...] = ()
    detail_en: str = ""
    detail_zh: str = ""


def judge(definition: Definition, code: StockCode, world: World, *, as_of: Moment, on: dt.date | None = None) -> Judged:
    """Judge a security as of a moment of knowledge, for a day (by default that of the moment).

    Roles are tried in the order of the rules; the first that fits holds.
    """
    on = on or as_of.day
    version = definition.version_at(as_of, on)
    held = tuple(
        sorted(
            (fact for fact in world.facts.get(code, ()) if fact.holds(known=as_of, on=on)),
            key=lambda fact: (fact.known_at.known_by, fact.kind, fact.record, fact.fact_en),
        )
    )
    if version is None:
        return Judged(code, "no_rules_yet", evidence=held)
    for exclusion in version.exclusions:
        if exclusion.code == code:
            reason = ("excluded", exclusion.en, exclusion.zh)
            return Judged(code, "excluded", None, version.version, held, (), *reason[1:])
    undecided: list[str] = []
    for rule in version.roles:
        counted = _counted(rule, held, as_of, undecided)
        if counted:
            return _placed(code, rule, version, counted, world, as_of, on)
    if undecided:
        return Judged(code, "undecided", None, version.version, held, tuple(dict.fromkeys(undecided)))
    return Judged(code, "no_evidence_yet", None, version.version, held)


def fitting(
    criterion: Criterion, facts: Sequence[Evidence], as_of: Moment
) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
    """Return the facts that fit a criterion, and the attributes that others lack to be decided."""
    fit: list[Evidence] = []
    lacking: list[str] = []
    for fact in facts:
        if fact.kind != criterion.facts or _too_old(fact, criterion, as_of):
            continue
        values = [(name, fact.attribute(name), allowed) for name, allowed in criterion.where]
        if any(value and value not in allowed for _, value, allowed in values):
            continue
        missing = [name for name, value, _ in values if not value]
        if missing:
            lacking.extend(f"{criterion.facts}.{name}" for name in missing)
        else:
            fit.append(fact)
    return tuple(fit), tuple(lacking)


def _too_old(fact: Evidence, criterion: Criterion, as_of: Moment) -> bool:
    if criterion.within_years is None:
        return False
    known = fact.known_at.day
    year = as_of.day.year - criterion.within_years
    return (known.year, known.month, known.day) < (year, as_of.day.month, as_of.day.day)


def _counted(rule: RoleRule, held: Sequence[Evidence], as_of: Moment, undecided: list[str]) -> tuple[Evidence, ...]:
    counted: dict[int, Evidence] = {}
    for criterion in rule.criteria:
        fit, lacking = fitting(criterion, held, as_of)
        if len(fit) >= criterion.at_least:
            counted.update((id(fact), fact) for fact in fit)
        else:
            undecided.extend(lacking)
    return tuple(fact for fact in held if id(fact) in counted)


def _placed(  # noqa: PLR0913, PLR0917 - what a placement depends on
    code: StockCode,
    rule: RoleRule,
    version: Version,
    counted: tuple[Evidence, ...],
    world: World,
    as_of: Moment,
    on: dt.date,
) -> Judged:
    absent = _absence(code, world, on)
    if absent is not None:
        return Judged(code, absent, None, version.version, counted)
    unknown: list[str] = []
    for condition in version.market:
        met = _met(condition, code, world, as_of, on)
        if met is None:
            unknown.append(condition.kind)
        if met is False or (met is None and condition.if_unknown == "drop"):
            known = "is not met" if met is False else "is not known"
            detail_en = f"the market rule {condition.kind} {known}"
            detail_zh = f"市场规则 {condition.kind} {'未满足' if met is False else '无法判断'}"
            return Judged(code, "market", None, version.version, counted, tuple(unknown), detail_en, detail_zh)
    return Judged(code, "member", rule.role, version.version, counted, tuple(unknown))


def _absence(
    code: StockCode, world: World, on: dt.date
) -> Literal["no_listing_held", "not_listed_yet", "no_longer_listed"] | None:
    first = world.first_days.get(code)
    if first is not None and on < first:
        return "not_listed_yet"
    listing = world.listings.get(code)
    if listing is None:
        return "no_listing_held"
    if listing.listed_on(on):
        return None
    return "no_longer_listed" if listing.listed_to is not None and listing.listed_to < on else "not_listed_yet"


def _met(rule: MarketRule, code: StockCode, world: World, as_of: Moment, on: dt.date) -> bool | None:
    if rule.kind == "boards":
        # The exchange's allocation plan gives the growth board the codes 08000 to 08999.
        return ("gem" if code.startswith("08") else "main") in rule.values
    if rule.kind == "min_median_turnover":
        median = world.turnover(code, as_of, rule.sessions) if world.turnover else None
        return None if median is None or rule.least is None else median >= rule.least
    kinds = world.kinds_held(as_of)
    if not set(rule.values) <= kinds:
        return None
    holds = any(fact.kind in rule.values and fact.holds(known=as_of, on=on) for fact in world.facts.get(code, ()))
    return holds if rule.kind == "require" else not holds
