"""A study of the events of a desk: prices, the design that they allow, and what else happened to the securities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hkconcept.errors import NotAvailableError, UsageError
from hkconcept.model import Moment
from hkconcept.service.recorded_events import HeldEvent, held_events
from hkconcept.service.studies import SAMPLE_DESIGN, dated_facts, known_panel, members_then
from hkconcept.study import Design, ReturnPanel, Study, StudyEvent, Window, earlier, from_folders, from_sample, run

if TYPE_CHECKING:
    from hkconcept.service.concepts import Concept
    from hkconcept.service.workspace import Workspace

__all__ = ["desk_study"]


def desk_study(  # noqa: PLR0913 - the choices of one study, each named by its caller
    workspace: Workspace,
    events: Sequence[StudyEvent],
    *,
    concept: Concept,
    spans: tuple[Window, ...],
    prices: Sequence[str],
    benchmark: str | Path | None,
    design: Design | None,
    as_of: Moment,
) -> Study:
    """Study events; see :meth:`hkconcept.service.analyses.Analyses.study` for the parameters.

    Other events are the policy instruments, the approvals, deals and designations of the registers, and what recorded
    documents told of the same securities. For one event the earlier ones of its kind are studied too.
    """
    held = held_events(workspace, as_of=as_of)
    codes = tuple(dict.fromkeys(code for event in events for code in event.codes))
    ids = {event.id for event in events}
    others = [
        *(one.of(codes) for one in held if one.id not in ids),
        *dated_facts(concept, codes, as_of=as_of),
    ]
    past = _past(events, held, concept)
    wanted = list(dict.fromkeys((*codes, *(code for event in past for code in event.codes))))
    panel = known_panel(_panel(prices, benchmark, wanted), as_of)
    rules = design or (Design() if prices else SAMPLE_DESIGN)
    rules = replace(rules, windows=spans) if spans else rules
    study = run(panel, events, rules, others=others)
    if not study.events or not study.stocks:
        why = next((one for one in study.left_out if not one.code), None) or next(iter(study.left_out), None)
        raise NotAvailableError(
            f"nothing can be studied: {why.reason_en}" if why else "nothing can be studied: no securities",
            where=events[0].id if events else "study",
            todo="give longer prices, or another event",
        )
    return replace(study, earlier=earlier(panel, events[0], past, rules)) if len(events) == 1 else study


def _past(events: Sequence[StudyEvent], held: Sequence[HeldEvent], concept: Concept) -> list[StudyEvent]:
    """Return the earlier events of the kind of the one studied: on the members of that day, or their own companies."""
    if len(events) != 1:
        return []
    like = [one for one in held if one.kind == events[0].kind and one.id != events[0].id]
    return [one.of(() if one.codes else members_then(concept, one.public)) for one in like]


def _panel(prices: Sequence[str], benchmark: str | Path | None, codes: list[str]) -> ReturnPanel:
    if not prices:
        return from_sample(codes)
    if benchmark is None:
        raise UsageError("prices were given without a benchmark", where="study", todo="give benchmark=, a CSV file")
    return from_folders(prices, Path(benchmark), codes)
