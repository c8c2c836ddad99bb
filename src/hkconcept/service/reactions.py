"""The reaction that a note tells: a study of its event on the packaged closes, or the reason why there is none.

Whether there is anything to compute is decided first, because computing brings numpy and a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from hkconcept.model import Moment, StockCode
from hkconcept.note.performance import event_session, sessions_known
from hkconcept.note.reaction import FEWEST_RETURNS, Reaction, reaction_of, without_reaction
from hkconcept.registers.instruments import Policy

if TYPE_CHECKING:
    from hkconcept.market import Bars
    from hkconcept.service.concepts import Concept

__all__ = ["note_reaction"]


def note_reaction(
    policy: Policy | None, codes: Iterable[str], concept: Concept, bars: Bars, *, as_of: Moment
) -> Reaction:
    """Return the reaction of some securities to an instrument on its event day.

    Parameters
    ----------
    policy
        The instrument; without one the moment of first public knowledge is not known, and nothing is studied.
    codes
        The securities that the document names.
    concept, as_of
        For other events of the same securities, as they could be known at a moment.
    bars
        The packaged closes; sessions that close after ``as_of`` are not used.

    """
    named = tuple(dict.fromkeys(codes))
    if policy is None:
        return without_reaction("reaction_no_policy")
    return _lacking(policy, named, bars, as_of) or _studied(policy, named, concept, as_of)


def _lacking(policy: Policy, named: tuple[str, ...], bars: Bars, as_of: Moment) -> Reaction | None:
    """Return why the event cannot be studied, or ``None`` when it can."""
    if not named:
        return without_reaction("reaction_no_stocks")
    if not any(bars.availability(StockCode(code)).available for code in named):
        return without_reaction("reaction_no_prices", n=len(named))
    sessions = sessions_known(bars, as_of)
    day = event_session(policy.first_public, sessions)
    if day is None:
        if not sessions:
            return without_reaction("reaction_no_closes")
        return without_reaction("reaction_no_day", first=sessions[0], last=sessions[-1])
    # A return needs the close before it, and the run-up of one session is kept out of the estimation.
    needed, before = FEWEST_RETURNS + 2, sessions.index(day)
    if before < needed:
        return without_reaction("reaction_too_short", before=before, needed=needed)
    return None


def _studied(policy: Policy, named: tuple[str, ...], concept: Concept, as_of: Moment) -> Reaction:
    from hkconcept.service.studies import (  # noqa: PLC0415 - numpy, only for a study
        SAMPLE_DESIGN,
        dated_facts,
        known_panel,
        other_policies,
        policy_event,
    )
    from hkconcept.study import from_sample, run  # noqa: PLC0415 - as above

    others = [
        *(policy_event(one, named) for one in other_policies(policy.id, as_of=as_of)),
        *dated_facts(concept, named, as_of=as_of),
    ]
    design = replace(SAMPLE_DESIGN, windows=SAMPLE_DESIGN.windows[:1])
    study = run(known_panel(from_sample(named), as_of), [policy_event(policy, named)], design, others=others)
    return reaction_of(study, others)
