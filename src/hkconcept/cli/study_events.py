"""Which event ``hkconcept study`` is about, which securities it concerns, and the other events around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hkconcept.cli.arguments import Command
from hkconcept.cli.source import moment, open_document
from hkconcept.errors import NotAvailableError, UsageError
from hkconcept.linking import Gazetteer
from hkconcept.model import Judgement, Moment, StockCode
from hkconcept.registers import policies
from hkconcept.service.concepts import Concept, open_concept
from hkconcept.service.pipeline import extract
from hkconcept.study import StudyEvent

__all__ = ["Subject", "subject"]

_POLICY = "policy"
_CONFOUNDING = frozenset({"approvals", "deals", "designations"})


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
    known = [policy for policy in policies.packaged() if policy.known_by <= as_of.known_by and policy.id != event.id]
    members = concept.basket(as_of=_known_history(concept, event.public)).members
    roles = {member.code: member.role for member in members}
    groups = {
        role: tuple(code for code in event.codes if roles.get(StockCode(code)) == role)
        for role in dict.fromkeys(roles.values())
    }
    day = event.public.day
    names = {
        code: listing.name("en", day) if (listing := gazetteer.listing(code)) else code
        for code in (*event.codes, *roles)
    }
    past = tuple(_policy_event(p, _members(concept, p.first_public), "") for p in known)
    others = (*(_policy_event(p, event.codes, "") for p in known), *_facts(concept, event.codes, as_of))
    return Subject(event, {role: codes for role, codes in groups.items() if codes}, names, past, others)


def _of_document(command: Command, gazetteer: Gazetteer, as_of: Moment) -> StudyEvent:
    document = open_document(command)
    if document.published and document.published.at > as_of.known_by:
        raise UsageError(f"the document was published {document.published}, after --as-of {as_of}")
    found = extract(document, gazetteer, today=as_of)
    linked = {Judgement.LINKED, Judgement.CONFLICT}
    codes = tuple(dict.fromkeys(m.code for m in found.mentions if m.code and m.judgement in linked))
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
        _members(concept, event.public),
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
    known = moment(public, "--public") if public else policy.first_public
    return StudyEvent(policy.id, known, tuple(codes), _POLICY, policy.number_en, policy.number_zh)


def _known_history(concept: Concept, public: Moment) -> Moment:
    """Return a moment, or the first day on which memberships are known where that is later."""
    first = concept.definition.unknown_before
    return public if public.day >= first else Moment.of_day(first)


def _members(concept: Concept, public: Moment) -> tuple[str, ...]:
    found = concept.basket(as_of=_known_history(concept, public))
    return tuple(member.code for member in found.members)


def _facts(concept: Concept, codes: Sequence[str], as_of: Moment) -> list[StudyEvent]:
    """Return the dated facts of each security (approvals, deals) that are held to the day."""
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
