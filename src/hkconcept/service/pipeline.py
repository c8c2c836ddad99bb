"""From a document to its findings: a pure function, the same in one process, in a pool, or on a cluster."""

from __future__ import annotations

from hkconcept.claims import check_figures, find_figures
from hkconcept.events import find_events
from hkconcept.linking import Gazetteer, link
from hkconcept.model import Document, Extraction, Flag, Moment, Span, Verdict
from hkconcept.text import find_dates, find_quantities

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
    quantities = find_quantities(text, taken)
    figures = find_figures(text, quantities, dates=dates, language=document.language, mentions=linked.mentions)
    events = find_events(
        text,
        language=document.language,
        mentions=linked.mentions,
        dates=dates,
        quantities=quantities,
        published=document.published.day if document.published else None,
    )
    checks = check_figures(text, figures, dates=dates)
    bad = {
        claim_id: check
        for check in checks
        if check.verdict is Verdict.INCONSISTENT
        for claim_id in (check.claim.result,)
    }
    flags = [
        *linked.flags,
        *(
            Flag(Span(*figure.quote.span), "bad_figure", bad[figure.id].reason, (("formula", bad[figure.id].formula),))
            for figure in figures
            if figure.id in bad
        ),
    ]
    return Extraction(
        document_id=document.id,
        mentions=linked.mentions,
        figures=figures,
        dates=dates,
        events=events,
        checks=checks,
        flags=tuple(sorted(flags, key=lambda flag: flag.span)),
    )
