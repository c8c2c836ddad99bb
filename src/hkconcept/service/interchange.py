"""The machine interface: findings as JSON-ready values, one line per document.

Offsets are code points, end exclusive; values are in base units, a pair for a range; a date range is
given by both of its ends (``2022-07; 2022-09``). ``--explain`` adds what a person would ask for next:
reasons, roles, quotes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hkconcept.events import Placement
from hkconcept.model import (
    Check,
    DateMention,
    Document,
    Event,
    Extraction,
    Figure,
    Judgement,
    Mention,
    Moment,
    Quantity,
)
from hkconcept.text import language_passages

__all__ = ["findings", "novelty", "number"]


def number(value: Decimal) -> int | float:
    """Return a JSON number: an integer when the value is whole, else the nearest float.

    >>> number(Decimal("1.3E+11")), number(Decimal("80.85"))
    (130000000000, 80.85)

    """
    return int(value) if value == value.to_integral_value() else float(value)


def _value(quantity: Quantity) -> int | float | list[int | float]:
    if quantity.upper is None:
        return number(quantity.value)
    return [number(quantity.value), number(quantity.upper)]


def _mention(mention: Mention, *, explain: bool) -> dict[str, Any]:
    # A name beside a wrong code is still a mention of the company named; the code is flagged apart.
    linked = mention.judgement in {Judgement.LINKED, Judgement.CONFLICT}
    row: dict[str, Any] = {"start": mention.span.start, "end": mention.span.end, "code": None}
    row["code"] = mention.code if linked else None
    if explain:
        row |= {
            "surface": mention.surface,
            "judgement": mention.judgement.value,
            "printed_code": mention.printed_code or None,
            "lines": list(mention.lines),
            "reason": mention.reason,
            "candidates": [
                {"code": candidate.code, "score": candidate.score, "reasons": list(candidate.reasons)}
                for candidate in mention.candidates
            ],
        }
    return row


def _figure(figure: Figure, *, explain: bool) -> dict[str, Any]:
    quantity = figure.quantity
    row: dict[str, Any] = {
        "start": figure.quote.span.start,
        "end": figure.quote.span.end,
        "value": _value(quantity),
        "unit": quantity.unit,
    }
    if explain:
        row |= {
            "id": figure.id,
            "surface": figure.quote.exact,
            "relation": quantity.relation.value,
            "counter": quantity.counter or None,
            "role": {
                "company": figure.company or None,
                "subject": figure.subject or None,
                "measure": figure.measure or None,
                "period": str(figure.period) if figure.period else None,
                "direction": figure.direction,
                "base": figure.base or None,
                "base_period": str(figure.base_period) if figure.base_period else None,
            },
            "attributes": {name: value for name, value in figure.attributes if name != "company"},
            "currency_assumed": quantity.currency_assumed,
        }
        if figure.scope is not None:
            row["scope"] = {
                "vendor": figure.scope.vendor or None,
                "cut_off": str(figure.scope.cut_off) if figure.scope.cut_off else None,
                "rule": figure.scope.rule or None,
                "from_register": figure.scope.from_register,
            }
    return row


def _date(date: DateMention) -> str:
    return f"{date.value}; {date.end}" if date.end else str(date.value)


def _events(event: Event, *, explain: bool) -> list[dict[str, Any]]:
    codes: tuple[str | None, ...] = event.codes or (None,)
    rows: list[dict[str, Any]] = [{"type": event.type, "code": code} for code in codes]
    if explain:
        for row in rows:
            row |= {
                "start": event.quote.span.start,
                "end": event.quote.span.end,
                "agency": event.agency or None,
                "date": str(event.date) if event.date else None,
                "known_at": _moment(event.known_at),
                "status": event.status,
                "frame": {name: value for name, value in event.frame if name != "status"},
            }
    return rows


def _moment(moment: Moment | None) -> dict[str, Any] | None:
    if moment is None:
        return None
    return {"at": moment.at.isoformat(), "precision": moment.precision, "zone_assumed": moment.zone_assumed}


def _check(check: Check) -> dict[str, Any]:
    return {
        "kind": check.claim.kind,
        "inputs": list(check.claim.inputs),
        "result": check.claim.result,
        "verdict": check.verdict.value,
        "formula": check.formula,
        "reason": check.reason,
        "mend": check.mend or None,
        "start": check.claim.quote.span.start,
        "end": check.claim.quote.span.end,
        "sources": list(check.sources),
    }


def novelty(placed: Placement) -> dict[str, Any]:
    """Return what is new in a document as JSON-ready values: what it repeats, and the story of each event."""

    def shown(document_id: str | None) -> str | None:
        return document_id.partition("\0")[0] if document_id is not None else None

    return {
        "repeats": shown(placed.duplicate_of),
        "similarity": round(placed.similarity, 2),
        "events": [
            {
                "type": event.type,
                "code": event.code,
                "story": event.story,
                "new": event.new,
                "first_seen": _moment(event.first_seen),
                "first_in": shown(event.first_in),
            }
            | ({"candidates": list(event.candidates)} if event.candidates else {})
            for event in placed.events
        ],
    }


def findings(
    document: Document, found: Extraction, *, row_id: str | None = None, explain: bool = False
) -> dict[str, Any]:
    """Return one document's findings as JSON-ready values; ``row_id`` names the row (default: the document's id)."""
    row: dict[str, Any] = {
        "id": document.id if row_id is None else row_id,
        "mentions": [_mention(mention, explain=explain) for mention in found.mentions],
        "figures": [_figure(figure, explain=explain) for figure in found.figures],
        "dates": [
            {"start": date.span.start, "end": date.span.end, "value": _date(date)}
            | ({"time": date.time} if date.time else {})
            for date in found.dates
        ],
        "events": [row for event in found.events if event.realised for row in _events(event, explain=explain)],
        "flags": [
            {"start": flag.span.start, "end": flag.span.end, "kind": flag.kind}
            | ({"message": flag.message} | dict(flag.detail) if explain else {})
            for flag in found.flags
        ],
    }
    unrealised = [
        {**row, "status": event.status}
        for event in found.events
        if not event.realised
        for row in _events(event, explain=explain)
    ]
    if unrealised:
        row["unrealised"] = unrealised
    if explain:
        row["language"] = document.language
        row["passages"] = [
            {"start": span.start, "end": span.end, "language": language}
            for span, language in language_passages(document.text)
        ]
        row["title"] = document.title
        row["published"] = _moment(document.published)
        row["checks"] = [_check(check) for check in found.checks]
    return row
