"""What the chart shows: the concept, the named stocks and the benchmark, rebased, with the events marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hkconcept.market import Bars
from hkconcept.market.bars import INDEX
from hkconcept.model import Document
from hkconcept.note.contents import Bilingual, ChartData, ChartEvent, Policy, StockRow
from hkconcept.note.i18n import both, day
from hkconcept.note.performance import level_series

__all__ = ["chart_data"]

_BEFORE = 25  # sessions shown before the base: about five weeks


def chart_data(  # noqa: PLR0913 - each argument is one kind of line or mark
    document: Document,
    policy: Policy | None,
    event: dt.date | None,
    known: Sequence[dt.date],
    *,
    bars: Bars,
    named: Sequence[StockRow],
    members: Sequence[StockRow],
) -> ChartData | None:
    """Return the lines and marks, or ``None`` when no session before the event, or no price, is held."""
    if event is None or known.index(event) == 0:
        return None
    at = known.index(event)
    days = known[max(0, at - 1 - _BEFORE) :]
    base = known[at - 1]
    concept = [row.code for row in named if row.role] + [row.code for row in members]
    series, counts = [], []
    for key, codes in (("concept", concept), ("named", [row.code for row in named]), ("benchmark", [INDEX])):
        label = both("benchmark") if key == "benchmark" else both(f"series_{key}")
        line, count = level_series(key, label, bars, codes, base=base, days=days)
        counts.append((count, len(codes)))
        if line:
            series.append(line)
    if not series:
        return None
    caption = Bilingual(
        *(
            both(
                "chart_caption",
                base=day(base, language),
                concept_n=counts[0][0],
                concept_total=counts[0][1],
                named_n=counts[1][0],
                named_total=counts[1][1],
            ).text(language)
            for language in ("zh", "en")
        )
    )
    return ChartData(tuple(days), base, tuple(series), _chart_events(document, policy, days), caption)


def _chart_events(document: Document, policy: Policy | None, days: Sequence[dt.date]) -> tuple[ChartEvent, ...]:
    marks: list[tuple[dt.date, Bilingual]] = []
    if policy:
        marks.append((policy.first_public.day, both("chart_event_public", number=policy.number)))
    if document.published:
        marks.append((document.published.day, both("chart_event_document")))
    shown = [(d, text) for d, text in marks if d in days]
    return tuple(ChartEvent(n, d, text) for n, (d, text) in enumerate(shown, 1))
