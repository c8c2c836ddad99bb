"""Who belongs to a concept as of a moment, and every change that led there.

Nothing is stored that could be rewritten: a basket and its history are replayed from dated rules and dated facts, so
that what becomes known later never changes an earlier answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from hkconcept.calendars import day_zero
from hkconcept.concept.definition import Definition
from hkconcept.concept.judgement import Judged, Reason, World, judge
from hkconcept.errors import NotAvailableError
from hkconcept.model import HKT, Basket, Evidence, Membership, Moment, StockCode

__all__ = ["Change", "LeftOut", "basket", "changes", "diff", "judgements", "left_out"]

Action = Literal["held_at_start", "joins", "leaves", "changes_role"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A security that was judged and is not in the basket of a moment, and why.

    ``no_evidence_yet``: no fact held was public by then, which does not show that there was none.
    ``no_listing_held``: the listings passed in do not have the code.
    """

    code: StockCode
    reason: Reason


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the membership ledger.

    ``announced`` is the moment of the fact or rule that caused the change, with its precision, and ``known_at`` the
    first instant at which it was certainly public. ``effective`` is the day from which the fact itself holds where it
    states one, else the first session in which the change could count; ``None`` for members held at the start of the
    history: when they joined is unknown. ``counted_from`` is the first instant whose basket shows the change: it is
    known and in effect. ``cause`` are the facts that were new. ``version`` is the version of the rules that decided.
    """

    code: StockCode
    action: Action
    role: str | None
    previous: str | None
    announced: Moment
    effective: dt.date | None
    known_at: dt.datetime
    counted_from: dt.datetime
    version: str
    reason: Reason
    cause: tuple[Evidence, ...]


def judgements(
    definition: Definition, world: World, codes: Iterable[StockCode], *, as_of: Moment, on: dt.date | None = None
) -> tuple[Judged, ...]:
    """Judge every security given, by code.

    Raises
    ------
    NotAvailableError
        The moment lies before the definition's ``unknown_before``: memberships are unknown then, not empty.

    """
    day = on or as_of.day
    if min(as_of.day, day) < definition.unknown_before:
        raise NotAvailableError(
            f"membership is unknown before {definition.unknown_before}",
            where=definition.concept,
            todo=f"ask as of {definition.unknown_before} or later",
        )
    return tuple(judge(definition, code, world, as_of=as_of, on=on) for code in sorted(set(codes)))


def basket(
    definition: Definition, world: World, codes: Iterable[StockCode], *, as_of: Moment, on: dt.date | None = None
) -> Basket:
    """Return the members as they could be known at a moment, each with the evidence known by then.

    A fact counts once it was certainly public (:attr:`Moment.known_by`), a security from its first day of trading. A
    security whose first day is not held began before ``unknown_before``. With ``on``, the members of that day as far
    as known at the moment: a constituent announced for next week is in the basket of next week.

    Raises
    ------
    NotAvailableError
        As :func:`judgements`.

    """
    return Basket(
        definition.concept,
        as_of,
        tuple(
            Membership(definition.concept, judged.code, judged.role, judged.evidence, judged.version)
            for judged in judgements(definition, world, codes, as_of=as_of, on=on)
            if judged.role is not None
        ),
    )


def left_out(definition: Definition, world: World, codes: Iterable[StockCode], *, as_of: Moment) -> tuple[LeftOut, ...]:
    """Return the securities judged that :func:`basket` leaves out, with the reason for each."""
    found = judgements(definition, world, codes, as_of=as_of)
    return tuple(LeftOut(judged.code, judged.reason) for judged in found if judged.role is None)


def changes(definition: Definition, world: World, codes: Iterable[StockCode], *, until: Moment) -> tuple[Change, ...]:
    """Return the membership ledger from the start of the known history to a moment, in order."""
    entries = (entry for code in sorted(set(codes)) for entry in _changes_of(definition, code, world, until))
    return tuple(sorted(entries, key=lambda entry: (entry.counted_from, entry.code)))


def diff(
    definition: Definition, world: World, codes: Iterable[StockCode], *, earlier: Moment, later: Moment
) -> tuple[Change, ...]:
    """Return what changed between the baskets of two moments, as entries of the membership ledger."""
    held = changes(definition, world, codes, until=later)
    return tuple(entry for entry in held if earlier.known_by < entry.counted_from and entry.action != "held_at_start")


def _changes_of(definition: Definition, code: StockCode, world: World, until: Moment) -> Iterator[Change]:
    start = dt.datetime.combine(definition.unknown_before, dt.time(), tzinfo=HKT)
    previous: Judged | None = None
    for instant in _instants(definition, code, world, start, until.known_by):
        # The day that has just ended is over, and the moment belongs to the next one: facts known to the day count.
        now = Moment(instant, "second")
        found = judge(definition, code, world, as_of=now)
        before = previous.role if previous else None
        if previous is None and found.role is not None:
            yield _change(code, "held_at_start", found, None, now, ())
        elif previous is not None and found.role != before:
            action: Action = "joins" if before is None else "leaves" if found.role is None else "changes_role"
            new = tuple(fact for fact in found.evidence if fact not in previous.evidence)
            yield _change(code, action, found, before, now, new)
        previous = found


def _change(  # noqa: PLR0913, PLR0917 - one entry, one call
    code: StockCode,
    action: Action,
    found: Judged,
    previous: str | None,
    now: Moment,
    cause: tuple[Evidence, ...],
) -> Change:
    deciding = max(cause, key=lambda fact: fact.known_at.known_by, default=None)
    announced = deciding.known_at if deciding else now
    if action == "held_at_start":
        effective = None
    else:
        effective = (deciding.valid_from if deciding else None) or day_zero(now).session
    known_at = min(announced.known_by, now.at)
    return Change(
        code, action, found.role, previous, announced, effective, known_at, now.at, found.version, found.reason, cause
    )


def _instants(
    definition: Definition, code: StockCode, world: World, start: dt.datetime, end: dt.datetime
) -> tuple[dt.datetime, ...]:
    """Return every instant at which the judgement on a security may change, the start first."""
    days: set[dt.date] = set()
    instants: set[dt.datetime] = {start}
    for version in definition.versions:
        days |= {version.effective, version.announced + dt.timedelta(days=1)}
    for fact in world.facts.get(code, ()):
        instants.add(fact.known_at.known_by)
        days |= {fact.valid_from} if fact.valid_from else set()
        days |= {fact.valid_to} if fact.valid_to else set()
        days |= set(_anniversaries(definition, fact))
    listing = world.listings.get(code)
    for first in (world.first_days.get(code), listing.listed_from if listing else None):
        days |= {first} if first else set()
    if listing and listing.listed_to:
        days.add(listing.listed_to + dt.timedelta(days=1))
    instants |= {dt.datetime.combine(day, dt.time(), tzinfo=HKT) for day in days}
    return tuple(sorted(instant for instant in instants if start <= instant <= end))


def _anniversaries(definition: Definition, fact: Evidence) -> Iterator[dt.date]:
    """Yield the days after which a fact is too old for a rule."""
    for version in definition.versions:
        for rule in version.roles:
            for criterion in rule.criteria:
                if criterion.facts == fact.kind and criterion.within_years is not None:
                    known = fact.known_at.day
                    day = known.day if (known.month, known.day) != (2, 29) else 28
                    anniversary = dt.date(known.year + criterion.within_years, known.month, day)
                    yield anniversary + dt.timedelta(days=1)
