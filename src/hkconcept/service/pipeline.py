"""From a document to its findings: a pure function, the same in one process, in a pool, or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hkconcept.claims import check_figures, find_figures
from hkconcept.events import find_events_by_passage, with_first_knowledge
from hkconcept.linking import Gazetteer, link
from hkconcept.model import Check, Document, Extraction, Figure, Flag, Moment, Span, Verdict
from hkconcept.text import find_dates, find_quantities, language_passages

__all__ = ["extract"]


def extract(document: Document, gazetteer: Gazetteer, *, today: Moment) -> Extraction:
    """Find companies, dates, figures, events and checks in a document.

    Parameters
    ----------
    document
        The document as read. Companies are resolved as of the day it was published.
    gazetteer
        The listings and their names over time.
    today
        Stands for the day of publication when the document prints none; given by the caller so that the
        result depends on nothing but the arguments.

    Returns
    -------
    Extraction
        Findings in reading order, with spans into ``document.text``.

    """
    text = document.text
    day = (document.published or today).day
    linked = link(text, gazetteer, day)
    dates = find_dates(text, day)
    # Digits of codes and dates are spoken for before figures are looked for.
    taken = sorted({*linked.code_spans, *(date.span for date in dates)})
    quantities = find_quantities(
        text, taken, hong_kong=document.language == "zh-Hant", listed=any(m.printed_code for m in linked.mentions)
    )
    figures = find_figures(text, quantities, dates=dates, language=document.language, mentions=linked.mentions)
    events = find_events_by_passage(
        text,
        language_passages(text, document.language),
        mentions=linked.mentions,
        dates=dates,
        quantities=quantities,
        published=document.published.day if document.published else None,
    )
    events = with_first_knowledge(text, events, dates, document.published)
    checks = check_figures(text, figures, dates=dates)
    flags = (*linked.flags, *_bad_figures(figures, checks))
    return Extraction(
        document_id=document.id,
        mentions=linked.mentions,
        figures=figures,
        dates=dates,
        events=events,
        checks=checks,
        flags=tuple(sorted(flags, key=lambda flag: flag.span)),
    )


def _bad_figures(figures: Sequence[Figure], checks: Sequence[Check]) -> Iterator[Flag]:
    """Yield one flag for each place where a stated relation fails.

    A failing weekday or table total is no figure; its flag stands on the words that state it.
    """
    places = {figure.id: figure.quote.span for figure in figures}
    told: set[Span] = set()
    for check in checks:
        span = places.get(check.claim.result, check.claim.quote.span)
        if check.verdict is Verdict.INCONSISTENT and span not in told:
            told.add(span)
            yield Flag(Span(*span), "bad_figure", check.reason, (("formula", check.formula),))
