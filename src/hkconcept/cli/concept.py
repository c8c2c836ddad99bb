"""``hkconcept concept``: a concept's rules, its members as of a moment, their changes, and the reasons."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hkconcept.cli.answer import as_table, write_lines
from hkconcept.cli.arguments import Command
from hkconcept.cli.source import moment, open_document
from hkconcept.concept import Change, Exposure, packaged_definitions, sensitivity, strength
from hkconcept.errors import UsageError
from hkconcept.linking import Gazetteer
from hkconcept.model import Evidence, Moment, StockCode
from hkconcept.service.clock import now
from hkconcept.service.concepts import Concept, open_concept

__all__ = ["run"]

_CLEAN, _FINDINGS = 0, 1
Rows = Iterator[dict[str, Any]]


def run(command: Command) -> int:
    """Answer one question about a concept; ``compare`` exits 1 when a named security lacks evidence."""
    gazetteer = Gazetteer.packaged()
    concept = open_concept(command.concept, gazetteer)
    as_of = moment(command.as_of, "--as-of") if command.as_of else now()
    rows = list(_ACTIONS[command.action](command, concept, gazetteer, as_of))
    if as_table(command):
        from hkconcept.cli.concept_tables import show  # noqa: PLC0415 - 80 ms that only a table needs

        show(command.action, rows)
    else:
        write_lines(rows)
    weak = any(row.get("group") in {"weak", "outside", "unjudged"} for row in rows)
    return _FINDINGS if command.action == "compare" and weak else _CLEAN


def _show(_: Command, concept: Concept, __: Gazetteer, as_of: Moment) -> Rows:
    definition = concept.definition
    version = definition.version_at(as_of, as_of.day)
    found = concept.judgements(as_of=as_of)
    yield {
        "type": "concept",
        "concept": definition.concept,
        "name": {"en": definition.name_en, "zh": definition.name_zh},
        "description": {"en": definition.description_en, "zh": definition.description_zh},
        "coverage": {"en": definition.coverage_en, "zh": definition.coverage_zh},
        "as_of": str(as_of),
        "unknown_before": str(definition.unknown_before),
        "rules_written": str(definition.written),
        "version": version.version if version else None,
        "universe": concept.universe.name,
        "universe_taken_on": str(concept.universe.taken_on) if concept.universe.taken_on else None,
        "judged": len(found),
        "members": sum(judged.role is not None for judged in found),
        "facts_from": list(definition.facts_from),
        "packaged": list(packaged_definitions()),
    }
    for rule in version.roles if version else ():
        members = sum(judged.role == rule.role for judged in found)
        yield {"type": "role", "role": rule.role, "members": members, "rule": {"en": rule.en, "zh": rule.zh}}
    for reason, count in sorted(Counter(judged.reason for judged in found if judged.role is None).items()):
        yield {"type": "left_out", "reason": reason, "securities": count}


def _basket(command: Command, concept: Concept, _: Gazetteer, as_of: Moment) -> Rows:
    on = _day(command.on) if command.on else None
    joined = {change.code: change for change in concept.changes(until=as_of) if change.role is not None}
    for judged in concept.judgements(as_of=as_of, on=on):
        if judged.role is None or (command.role and judged.role != command.role):
            continue
        change = joined.get(judged.code)
        since = change.effective if change else None
        yield {
            "type": "member",
            **_named(concept, judged.code, as_of),
            "role": judged.role,
            "since": str(since) if since else f"before {concept.definition.unknown_before}",
            "strength": strength(concept.definition, judged.evidence),
            "facts": len(judged.evidence),
            **_score(concept.exposure(judged.code, as_of=as_of)),
            "version": judged.version,
            "unknown": list(judged.unknown),
        }


def _diff(command: Command, concept: Concept, _: Gazetteer, as_of: Moment) -> Rows:
    if not command.since:
        raise UsageError(
            "no earlier moment was given", where="concept diff", todo="give --from, for example 2025-06-30"
        )
    earlier = moment(command.since, "--from")
    if earlier.known_by > as_of.known_by:
        raise UsageError(f"--from {earlier} lies after --as-of {as_of}", todo="swap them")
    yield from (_entry(concept, change) for change in concept.diff(earlier=earlier, later=as_of))


def _changes(_: Command, concept: Concept, __: Gazetteer, as_of: Moment) -> Rows:
    yield from (_entry(concept, change) for change in concept.changes(until=as_of))


def _explain(command: Command, concept: Concept, _: Gazetteer, as_of: Moment) -> Rows:
    code = _code(command)
    judged = concept.explain(code, as_of=as_of)
    rule = concept.definition.role_rule(judged.role) if judged.role else None
    yield {
        "type": "judgement",
        **_named(concept, code, as_of),
        "industry": concept.universe.industries[code][0],
        "reason": judged.reason,
        "role": judged.role,
        "rule": rule.en if rule else None,
        "version": judged.version,
        "detail": judged.detail_en,
        "unknown": list(judged.unknown),
        "strength": strength(concept.definition, judged.evidence),
        "as_of": str(as_of),
    }
    yield from ({"type": "evidence", **_evidence(fact)} for fact in judged.evidence)
    score = concept.exposure(code, as_of=as_of)
    for part in score.parts:
        yield {
            "type": "part",
            "part": part.name,
            "points": _text(part.points),
            "formula": part.formula,
            "facts": [fact.record or fact.fact_en for fact in part.evidence],
            "without_value": part.without_value,
        }
    yield {"type": "score", **_score(score)}
    yield from (_entry(concept, change) for change in concept.changes(until=as_of) if change.code == code)


def _compare(command: Command, concept: Concept, gazetteer: Gazetteer, as_of: Moment) -> Rows:
    from hkconcept.service.pipeline import extract  # noqa: PLC0415 - only a source needs it

    document = open_document(command)
    found = extract(document, gazetteer, today=as_of)
    named = {mention.code for mention in found.mentions if mention.code}
    result = concept.compare(named, as_of=as_of)
    groups = {
        "supported": result.supported,
        "weak": result.weak,
        "outside": result.outside,
        "strong_unnamed": result.strong_unnamed,
    }
    for group, members in groups.items():
        for judged in members:
            yield {
                "type": "compared",
                "group": group,
                **_named(concept, judged.code, as_of),
                "role": judged.role,
                "reason": judged.reason,
                "facts": len(judged.evidence),
                "latest": judged.evidence[-1].fact_en if judged.evidence else "",
            }
    for code in result.unjudged:
        yield {"type": "compared", "group": "unjudged", **_named(concept, code, as_of), "reason": "not_in_universe"}


def _sensitivity(_: Command, concept: Concept, __: Gazetteer, as_of: Moment) -> Rows:
    members = concept.basket(as_of=as_of).members
    for item in sensitivity([concept.exposure(member.code, as_of=as_of) for member in members]):
        yield {
            "type": "sensitivity",
            "part": item.part,
            "factor": str(item.factor),
            "rank_correlation": None if item.rank_correlation is None else round(item.rank_correlation, 4),
            "largest_move": item.largest_move,
            "places": item.places,
            "members": len(members),
        }


_ACTIONS: Mapping[str, Callable[[Command, Concept, Gazetteer, Moment], Rows]] = {
    "show": _show,
    "basket": _basket,
    "diff": _diff,
    "changes": _changes,
    "explain": _explain,
    "compare": _compare,
    "sensitivity": _sensitivity,
}


def _code(command: Command) -> StockCode:
    if not command.source:
        raise UsageError("no stock code was given", where="concept explain", todo="give one, for example 01801")
    try:
        return StockCode.parse(command.source)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a day", where="--on", todo="write it like 2026-01-08") from error


def _named(concept: Concept, code: StockCode, as_of: Moment) -> dict[str, str]:
    day = as_of.day
    return {"code": code, "name": concept.name(code, "en", on=day), "name_zh": concept.name(code, "zh-Hans", on=day)}


def _score(score: Exposure) -> dict[str, str | None]:
    return {"exposure_low": _text(score.low), "exposure_high": _text(score.high)}


def _text(value: object) -> str | None:
    return None if value is None else f"{value:.3f}"


def _evidence(fact: Evidence) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "record": fact.record,
        "known_at": str(fact.known_at.printed or fact.known_at),
        "fact": fact.fact_en,
        "fact_zh": fact.fact_zh,
        "status": fact.status,
        "source": fact.source,
    }


def _entry(concept: Concept, change: Change) -> dict[str, Any]:
    return {
        "type": "change",
        **_named(concept, change.code, Moment(change.counted_from, "second")),
        "action": change.action,
        "role": change.role,
        "previous": change.previous,
        "announced": str(change.announced),
        "effective": str(change.effective) if change.effective else None,
        "known_at": change.known_at.isoformat(),
        "version": change.version,
        "reason": change.reason,
        "cause": [_evidence(fact) for fact in change.cause],
    }
