"""Find the events that a text tells of: what happened, to which company, on whose word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hkconcept.events.author import find_author
from hkconcept.events.english_moves import find_english_moves
from hkconcept.events.frames import FAMILIES, VOCABULARY
from hkconcept.events.lexicon import Agency, agency_forms
from hkconcept.events.moves import find_moves
from hkconcept.events.policy import Policy, find_agency, find_policies
from hkconcept.events.rows import find_rows
from hkconcept.events.scene import Scene, Subject
from hkconcept.events.slots import Findings, Measured, fill
from hkconcept.events.triggers import Hit, find_hits
from hkconcept.events.unlisted import find_unlisted
from hkconcept.model import DateMention, Event, Language, Mention, Quote, StockCode
from hkconcept.text.fold import fold
from hkconcept.text.lazily import lazily

__all__ = ["find_events"]

_CHINESE = lazily(r"[\u4e00-\u9fff]")
# Families whose types are wordings of one fact: headline and body may choose different ones.
_ONE_FACT = frozenset(
    {"approval", "ind", "acceptance", "buyback", "deal", "holding", "policy", "price_move", "profit_alert", "results"}
)


def find_events(  # noqa: PLR0913 - what the earlier steps found, one argument each
    text: str,
    *,
    language: Language,
    mentions: Sequence[Mention],
    dates: Sequence[DateMention],
    quantities: Sequence[Measured],
    published: dt.date | None,
    issuer: StockCode | None = None,
) -> tuple[Event, ...]:
    """Return the events that a text tells of.

    Parameters
    ----------
    text, language
        The text as read, headline on the first line, and its language.
    mentions, dates, quantities
        What was found in the text; spans refer to ``text``.
    published
        The day of publication, when known.
    issuer
        The company that speaks as "we" in its own filing, when known. Without it, what a filing says of
        its unnamed author gives no event.

    Returns
    -------
    tuple of Event
        Acts of policy first, then in reading order; one event per type's family and company. An event
        without ``codes`` concerns a whole sector, or a company without a Hong Kong code.

    Notes
    -----
    Rules read one statement at a time and every pattern is linear, so the cost grows with the length of
    the text, whatever its length. What the text denies, hopes for or says has not happened carries that as
    its status and is not :attr:`~hkconcept.model.Event.realised`; a plan that is itself news (a buy-back, a
    placing, a purchase) is ``planned``.

    """
    if not text.strip():
        return ()
    english = language == "en" and not _mostly_chinese(text)
    ordered = sorted(mentions, key=lambda m: m.span.start)
    author = issuer or find_author(text, ordered)
    if not english:
        ordered = sorted([*ordered, *find_unlisted(fold(text), ordered)], key=lambda m: m.span.start)
    scene = Scene.lay_out(text, ordered, english=english, issuer=author)
    hits = [*find_hits(scene), *_hits_of_moves(scene)]
    hits += [Hit(row.type, Subject(row.code, named=True), row.span) for row in find_rows(scene)]
    hits.sort(key=lambda hit: hit.span.start)
    findings = Findings.of(dates, quantities, published)
    forms = agency_forms(scene.key)
    return (
        *(_event_of_policy(scene, policy, findings) for policy in find_policies(scene, forms)),
        *(_event_of_hit(scene, hit, findings, forms) for hit in _settled(hits)),
    )


def _mostly_chinese(text: str) -> bool:
    sample = text[:2000]
    return len(_CHINESE.findall(sample)) * 5 > len(sample)


def _stated(**slots: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in slots.items() if value)


def _hits_of_moves(scene: Scene) -> list[Hit]:
    moves = find_english_moves(scene) if scene.english else find_moves(scene)
    return [
        Hit(
            "price_move",
            Subject(move.code, named=move.named or bool(move.index)),
            move.span,
            frame=_stated(direction=move.direction, percent=move.percent, index=move.index),
        )
        for move in moves
    ]


def _event_of_policy(scene: Scene, policy: Policy, findings: Findings) -> Event:
    return Event(
        "policy_report" if policy.report else "policy",
        Quote.cut(scene.text, policy.span),
        agency=policy.agency,
        date=findings.day(policy.span),
        frame=_stated(instrument=policy.instrument, number=policy.number, topic=policy.topic),
    )


def _event_of_hit(scene: Scene, hit: Hit, findings: Findings, forms: Sequence[tuple[str, Agency]]) -> Event:
    agency = find_agency(scene.key, *hit.span, forms) if "agency" in VOCABULARY[hit.type].slots else None
    frame = hit.frame or fill(hit.type, scene.text, scene.key, hit.span, findings)
    return Event(
        hit.type,
        Quote.cut(scene.text, hit.span),
        codes=(hit.subject.code,) if hit.subject.code else (),
        agency=agency[0].name if agency else "",
        date=findings.day(hit.span),
        frame=frame,
        status="planned" if hit.status == "done" and ("status", "planned") in frame else hit.status,
    )


def _settled(hits: Sequence[Hit]) -> list[Hit]:
    """Keep one hit per fact and company, and drop what another hit explains better.

    A statement that names nobody repeats the event that the rest of the text tells of a company, and a
    result beside a profit alert of the same company is the figure that the alert compares with.
    """
    hoped = [hit for hit in hits if hit.status != "done"]
    hits = [hit for hit in hits if hit.status == "done"]
    named = {FAMILIES[hit.type] for hit in hits if hit.subject.named}
    alerted = {hit.subject.code for hit in hits if FAMILIES[hit.type] == "profit_alert" and hit.type != "guidance"}
    # Results and then an outlook are two facts; an outlook and then the figure that it compares with are one.
    foreseen = {hit.subject.code: hit.span.start for hit in reversed(hits) if hit.type == "guidance"}
    kept: dict[tuple[str, StockCode | None], Hit] = {}
    for hit in hits:
        family = FAMILIES[hit.type]
        if not hit.subject.named and family in named:
            continue
        code = hit.subject.code
        if family == "results" and (code in alerted or foreseen.get(code, hit.span.end) <= hit.span.start):
            continue
        kept.setdefault((family if family in _ONE_FACT else hit.type, hit.subject.code), hit)
    told = {(FAMILIES[hit.type], hit.subject.code) for hit in kept.values()}
    for hit in hoped:
        # A headline that hopes adds nothing to a body that tells.
        if (FAMILIES[hit.type], hit.subject.code) not in told and (hit.subject.named or VOCABULARY[hit.type].sector):
            kept.setdefault((FAMILIES[hit.type], hit.subject.code), hit)
    return sorted(kept.values(), key=lambda hit: hit.span.start)
