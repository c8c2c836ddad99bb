"""What was found in a document, as statements that quote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hkconcept.ledger.statement import JsonValue, Statement, document_key
from hkconcept.model.claim import Check, DateMention, Figure
from hkconcept.model.document import Document, Quote, Span
from hkconcept.model.entity import Flag, Judgement, Mention
from hkconcept.model.event import Event
from hkconcept.model.extraction import Extraction
from hkconcept.model.times import Moment, PartialDate

__all__ = ["statements_of"]


def statements_of(document: Document, found: Extraction) -> tuple[Statement, ...]:
    """Return the findings of a document as ``extracted`` statements, each with its quote and span.

    A mention that is linked is about the ``security``; everything else is about the ``document``, under the
    attributes ``mention``, ``figure``, ``date``, ``event``, ``check`` and ``flag``. Figures are strings of digits
    in base units. All are known from the document's own date, or from its fetch when it prints none. An event that
    is planned, expected, negated or denied has a ``status``, and one that was announced before its document appeared
    a ``public``.

    Raises
    ------
    ValueError
        When the extraction is of another document.

    """
    if found.document_id != document.id:
        msg = f"the extraction is of document {found.document_id}, not of {document.id}"
        raise ValueError(msg)
    says = _Says(document, document_key(document))
    return tuple(_all(says, found))


def _all(says: _Says, found: Extraction) -> Iterator[Statement]:
    for mention in found.mentions:
        code = mention.code if mention.judgement is Judgement.LINKED else None
        yield says("mention", _mention(mention), says.cut(mention.span), security=code)
    for figure in found.figures:
        yield says("figure", _figure(figure), figure.quote)
    for date in found.dates:
        yield says("date", _date(date), says.cut(date.span))
    for event in found.events:
        # Only a day that is printed says from when the event is a fact; a month or a year leaves it unknown.
        on = event.date.first_day if event.date and event.date.day else None
        yield says("event", _event(event, says.known_at), event.quote, valid_from=on)
    for check in found.checks:
        yield says("check", _check(check), check.claim.quote)
    for flag in found.flags:
        yield says("flag", _flag(flag), says.cut(flag.span))


@dataclass(frozen=True, slots=True)
class _Says:
    """Makes the statements of one reading of one document."""

    document: Document
    key: str

    @property
    def known_at(self) -> Moment:
        """The moment from which what the document says is known."""
        return self.document.published or self.document.origin.fetched_at

    def cut(self, span: Span) -> Quote:
        return Quote.cut(self.document.text, span)

    def __call__(
        self,
        attribute: str,
        value: JsonValue,
        quote: Quote,
        *,
        security: str | None = None,
        valid_from: dt.date | None = None,
    ) -> Statement:
        return Statement(
            subject_kind="document" if security is None else "security",
            subject=self.document.id if security is None else str(security),
            attribute=attribute,
            value=value,
            known_at=self.known_at,
            status="extracted",
            valid_from=valid_from,
            document=self.key,
            quote=quote,
        )


def _digits(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _text(date: PartialDate | None) -> str | None:
    return None if date is None else str(date)


def _mention(mention: Mention) -> JsonValue:
    return {
        "surface": mention.surface,
        "judgement": mention.judgement.value,
        "code": mention.code,
        "printed_code": mention.printed_code,
        "candidates": [
            {"code": candidate.code, "score": repr(candidate.score), "reasons": list(candidate.reasons)}
            for candidate in mention.candidates
        ],
        "reason": mention.reason,
    }


def _figure(figure: Figure) -> JsonValue:
    quantity = figure.quantity
    return {
        "figure": figure.id,
        "value": str(quantity.value),
        "upper": _digits(quantity.upper),
        "unit": quantity.unit,
        "relation": quantity.relation.value,
        "step": str(quantity.step),
        "counter": quantity.counter,
        "currency_assumed": quantity.currency_assumed,
        "subject": figure.subject,
        "measure": figure.measure,
        "period": _text(figure.period),
        "attributes": [list(pair) for pair in figure.attributes],
        "direction": figure.direction,
        "base": figure.base,
    }


def _date(date: DateMention) -> JsonValue:
    return {"value": str(date.value), "end": _text(date.end), "time": date.time}


def _event(event: Event, told: Moment) -> JsonValue:
    value: dict[str, JsonValue] = {
        "type": event.type,
        "codes": list(event.codes),
        "agency": event.agency,
        "date": _text(event.date),
        "frame": [list(pair) for pair in event.frame],
    }
    # Most events happened and were told when they became known: only what is otherwise takes room.
    if event.status != "done":
        value["status"] = event.status
    if event.known_at and event.known_at != told:
        value["public"] = str(event.known_at).removesuffix(" HKT")
    return value


def _check(check: Check) -> JsonValue:
    return {
        "kind": check.claim.kind,
        "inputs": list(check.claim.inputs),
        "result": check.claim.result,
        "verdict": check.verdict.value,
        "formula": check.formula,
        "reason": check.reason,
        "computed": _digits(check.computed),
        "tolerance": _digits(check.tolerance),
        "mend": check.mend,
        "sources": list(check.sources),
    }


def _flag(flag: Flag) -> JsonValue:
    return {"kind": flag.kind, "message": flag.message, "detail": [list(pair) for pair in flag.detail]}
