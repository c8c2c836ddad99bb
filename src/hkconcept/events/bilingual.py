"""Events of a text that changes its language: each passage is read by the rules of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hkconcept.events.extract import find_events
from hkconcept.events.slots import Measured
from hkconcept.model import DateMention, Event, Language, Mention, Quantity, Quote, Span

__all__ = ["find_events_by_passage"]


@dataclass(frozen=True, slots=True)
class _Moved:
    """A quantity as its passage prints it."""

    span: Span
    quantity: Quantity


def _inside(span: Span, passage: Span) -> bool:
    return passage.start <= span.start and span.end <= passage.end


def _back(span: Span, by: int) -> Span:
    return Span(span.start - by, span.end - by)


def find_events_by_passage(  # noqa: PLR0913 - what the earlier steps found, one argument each
    text: str,
    passages: Sequence[tuple[Span, Language]],
    *,
    mentions: Sequence[Mention],
    dates: Sequence[DateMention],
    quantities: Sequence[Measured],
    published: dt.date | None,
) -> tuple[Event, ...]:
    """Return the events of every passage; an event that two languages tell alike is told once.

    Parameters
    ----------
    text
        The text as read; every span refers to it.
    passages
        Its passages of one language each, as :func:`hkconcept.text.language_passages` gives them.
    mentions, dates, quantities, published
        As of :func:`hkconcept.events.find_events`.

    """
    if len(passages) == 1:
        return find_events(
            text,
            language=passages[0][1],
            mentions=mentions,
            dates=dates,
            quantities=quantities,
            published=published,
        )
    found: list[Event] = []
    told: set[tuple[str, tuple[str, ...]]] = set()
    for passage, language in passages:
        start = passage.start
        events = find_events(
            text[slice(*passage)],
            language=language,
            mentions=[replace(m, span=_back(m.span, start)) for m in mentions if _inside(m.span, passage)],
            dates=[replace(d, span=_back(d.span, start)) for d in dates if _inside(d.span, passage)],
            quantities=[_Moved(_back(q.span, start), q.quantity) for q in quantities if _inside(q.span, passage)],
            published=published,
        )
        for event in events:
            if (event.type, event.codes) not in told:
                told.add((event.type, event.codes))
                at = event.quote.span
                found.append(replace(event, quote=Quote.cut(text, Span(at.start + start, at.end + start))))
    return tuple(found)
