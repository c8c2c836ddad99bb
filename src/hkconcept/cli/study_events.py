"""Which event ``hkconcept study`` is about, which securities it concerns, and the other events around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hkconcept.cli.arguments import Command
from hkconcept.cli.source import moment, open_document
from hkconcept.errors import NotAvailableError, UsageError
from hkconcept.linking import Gazetteer
from hkconcept.model import Moment, StockCode
from hkconcept.registers import policies
from hkconcept.service.clock import now
from hkconcept.service.concepts import Concept, open_concept
from hkconcept.service.facts import facts_version, packaged_facts
from hkconcept.service.pipeline import extract
from hkconcept.service.recorded_events import HeldEvent, held_events
from hkconcept.service.studies import basket_then, dated_facts, members_then, other_policies, policy_event
from hkconcept.service.tracking import named_codes
from hkconcept.service.workspace import Workspace
from hkconcept.study import StudyEvent

__all__ = ["Subject", "subject"]

_POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Subject:
    """The event, the roles of its securities, their names, earlier events of its kind, and other events."""

    event: StudyEvent
    groups: dict[str, tuple[str, ...]]
    names: dict[str, str]
    past: tuple[StudyEvent, ...]
    others: tuple[StudyEvent, ...]


def subject(command: Command, as_of: Moment) -> Subject:
    """Return what is to be studied, from only what was public at ``as_of``.

    With a SOURCE: the policy that it reports, and the securities that it names. Else ``--policy`` or
    ``--public``, with ``--codes`` or the members of the concept when the event became public, so that nobody is
    a member with hindsight.
    """
    gazetteer = Gazetteer.packaged()
    concept = open_concept(command.concept, gazetteer)
    if command.source or command.sample:
        event = _of_document(command, gazetteer, as_of)
    else:
        event = _named(command, concept, as_of)
    if event.public.at > as_of.known_by:
        raise UsageError(f"{event.id} became public {event.public}, after --as-of {as_of}", where="study")
    known = other_policies(event.id, as_of=as_of)
    roles = {member.code: member.role for member in basket_then(concept, event.public).members}
    groups = {
        role: tuple(code for code in event.codes if roles.get(StockCode(code)) == role)
        for role in dict.fromkeys(roles.values())
    }
    day = event.public.day
    names = {
        code: listing.name("en", day) if (listing := gazetteer.listing(code)) else code
        for code in (*event.codes, *roles)
    }
    recorded = [one.of() for one in _recorded(command, as_of)]
    past = (*(policy_event(one, members_then(concept, one.first_public)) for one in known), *recorded)
    others = (
        *recorded,
        *(policy_event(one, event.codes) for one in known),
        *dated_facts(concept, event.codes, as_of=as_of),
    )
    return Subject(event, {role: codes for role, codes in groups.items() if codes}, names, past, others)


def _recorded(command: Command, as_of: Moment) -> list[HeldEvent]:
    """Return the events of the companies that documents of a workspace told; none unless a workspace is named."""
    if not command.workspace:
        return []
    with Workspace.open(
        command.workspace, now=now(), packaged=packaged_facts, packaged_version=facts_version()
    ) as workspace:
        return [one for one in held_events(workspace, as_of=as_of) if one.codes]


def _of_document(command: Command, gazetteer: Gazetteer, as_of: Moment) -> StudyEvent:
    document = open_document(command)
    if document.published and document.published.at > as_of.known_by:
        raise UsageError(f"the document was published {document.published}, after --as-of {as_of}")
    found = extract(document, gazetteer, today=as_of)
    codes = named_codes(found)
    if not codes:
        raise NotAvailableError("the source names no Hong Kong listing", todo="give --codes with --public")
    match = policies.match(document.text, published=document.published, as_of=as_of)
    if match:
        return _policy_event(match.policy, codes, command.public or "")
    public = moment(command.public, "--public") if command.public else document.published
    if public is None:
        raise UsageError("the source prints no date", todo="say with --public when the event became public")
    return StudyEvent("document", public, codes, _POLICY, document.title, document.title)


def _named(command: Command, concept: Concept, as_of: Moment) -> StudyEvent:
    codes = _codes(command.codes)
    if command.policy:
        held = {policy.id: policy for policy in policies.packaged() if policy.known_by <= as_of.known_by}
        if command.policy not in held:
            raise UsageError(f"no policy {command.policy!r} is held", where="--policy", todo=f"held: {', '.join(held)}")
        event = _policy_event(held[command.policy], codes, command.public or "")
    elif command.public:
        event = StudyEvent(command.public, moment(command.public, "--public"), codes)
    else:
        raise UsageError("no event was given", todo="give a SOURCE, --sample, --policy or --public")
    if codes:
        return event
    return StudyEvent(
        event.id,
        event.public,
        members_then(concept, event.public),
        event.kind,
        event.label_en,
        event.label_zh,
    )


def _codes(text: str | None) -> tuple[str, ...]:
    try:
        return tuple(StockCode.parse(part) for part in (text or "").replace("，", ",").split(",") if part.strip())
    except ValueError as error:
        raise UsageError(str(error), where="--codes") from error


def _policy_event(policy: policies.Policy, codes: Sequence[str], public: str) -> StudyEvent:
    return policy_event(policy, codes, public=moment(public, "--public") if public else None)
