"""Event studies set up from what is held: who is concerned, which other events lie around, on which prices.

The packaged closes hold two months. :data:`SAMPLE_DESIGN` is what can be asked of them, and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hkconcept import calendars
from hkconcept.model import Basket, Moment
from hkconcept.note.reaction import FEWEST_RETURNS
from hkconcept.registers import policies
from hkconcept.study import Design, ReturnPanel, StudyEvent, Window

if TYPE_CHECKING:
    from hkconcept.service.concepts import Concept

__all__ = [
    "SAMPLE_DESIGN",
    "basket_then",
    "dated_facts",
    "known_panel",
    "members_then",
    "other_policies",
    "policy_event",
]

SAMPLE_DESIGN: Final = Design(
    estimation=Window(-23, -2), windows=(Window(0, 0), Window(0, 1), Window(0, 5)), run_up=Window(-1, -1),
    min_observations=FEWEST_RETURNS,
)  # fmt: skip
"""The packaged closes begin 23 returns before the event of the sample."""

_POLICY: Final = "policy"
_CONFOUNDING: Final = frozenset({"approvals", "deals", "designations"})


def policy_event(policy: policies.Policy, codes: Sequence[str], *, public: Moment | None = None) -> StudyEvent:
    """Return an instrument as an event of some securities; ``public`` overrides the moment that the register holds."""
    return StudyEvent(
        policy.id, public or policy.first_public, tuple(codes), _POLICY, policy.number_en, policy.number_zh
    )


def other_policies(event: str, *, as_of: Moment) -> list[policies.Policy]:
    """Return the packaged instruments that were public at a moment, but for one."""
    return [one for one in policies.packaged() if one.known_by <= as_of.known_by and one.id != event]


def basket_then(concept: Concept, public: Moment) -> Basket:
    """Return the members when an event became public, so that nobody is one with hindsight.

    Before the first day on which memberships are known they are those of that day.
    """
    first = concept.definition.unknown_before
    return concept.basket(as_of=public if public.day >= first else Moment.of_day(first))


def members_then(concept: Concept, public: Moment) -> tuple[str, ...]:
    """Return the codes of :func:`basket_then`."""
    return tuple(member.code for member in basket_then(concept, public).members)


def dated_facts(concept: Concept, codes: Sequence[str], *, as_of: Moment) -> list[StudyEvent]:
    """Return the approvals, deals and designations of some securities that are held to the day."""
    return [
        StudyEvent(f"{fact.kind}: {fact.fact_en}", fact.known_at, (code,), fact.kind, fact.fact_en, fact.fact_zh)
        for code, facts in concept.world.facts.items()
        if code in codes
        for fact in facts
        if fact.kind in _CONFOUNDING
        and fact.known_at.known_by <= as_of.known_by
        # A fact of which only the month is held cannot be placed in a window.
        and not fact.attribute("known_at_basis")
    ]


def known_panel(panel: ReturnPanel, as_of: Moment) -> ReturnPanel:
    """Return a panel without the sessions whose close was not past at a moment."""
    count = sum(calendars.session_open_close(day)[1] <= as_of.known_by for day in panel.sessions)
    return replace(panel, sessions=panel.sessions[:count], returns=panel.returns[:count], market=panel.market[:count])
