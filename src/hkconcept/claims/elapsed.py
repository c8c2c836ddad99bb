"""Days between two printed dates, against the number of days that the text states with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from hkconcept.claims.findings import Finding
from hkconcept.claims.passage import Passage
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.model import DateMention, Relation, Span, Verdict
from hkconcept.text.lazily import lazily

__all__ = ["check_elapsed"]

_FROM: Final = lazily(r"(?:从|自|由|\bfrom|\bbetween)[^,，。;；]{0,24}$")
_TO: Final = lazily(r"^[^,，。;；]{0,24}(?:至|到|\bto\b|\band\b|\buntil\b)[^,，。;；]{0,24}$")
_LASTED: Final = lazily(
    r"历时|耗时|用时|共|相隔|间隔|用了|花了|\btook\b|\btaking\b|\bafter\b|\bin\b|\bspan|\blasted\b|elapsed|later|"
    r"\bperiod of\b|duration|期间|为期|长达"
)
_WORKING: Final = lazily(r"工作日|交易日|working|business|trading|session")
_REACH: Final = 40
_INCLUSIVE: Final = Decimal(1)  # a span may be counted with both of its days


def check_elapsed(passage: Passage, text: str, dates: Sequence[DateMention]) -> Iterator[Recomputed]:
    """Yield every number of days stated with both of its dates: from 13 July to 31 December, 171 days.

    The count may leave out the first day or include both; working days are not counted here.
    """
    days = [mention for mention in dates if mention.value.day is not None and mention.end is None]
    figures = [
        (index, figure)
        for index, figure in enumerate(passage.figures)
        if figure.quantity.unit == "days" and figure.quantity.relation is Relation.EXACT
    ]
    if not figures or len(days) < 2:
        return
    for first, last in pairwise(sorted(days, key=lambda mention: mention.span)):
        between = passage.text[first.span.end : last.span.start]
        before = passage.text[max(0, first.span.start - _REACH) : first.span.start]
        if not _TO.match(between) or not _FROM.search(before):
            continue
        for index, figure in figures:
            start, end = figure.quote.span
            near = text[last.span.end : start] if start >= last.span.end else text[end : first.span.start]
            if len(near) > _REACH or "\n" in near or "。" in near:
                continue
            words = passage.text[max(0, start - 12) : end + 12]
            if not _LASTED.search(words + near) or _WORKING.search(text[start : end + 10]):
                continue
            span = Span(min(first.span.start, start), max(last.span.end, end))
            yield Recomputed("difference", (), index, _judged(passage, index, first, last), span)


def _judged(passage: Passage, index: int, first: DateMention, last: DateMention) -> Finding:
    stated = operand(passage, index)
    gap = Decimal((last.value.first_day - first.value.first_day).days)
    shown = f"{last.value} - {first.value}"
    if stated.value in {gap, gap + _INCLUSIVE}:
        both = stated.value != gap
        return Finding(
            Verdict.CONSISTENT,
            f"{shown} = {stated.value:f} d",
            "the days between the two dates" + (", both counted" if both else ""),
            "两个日期之间的天数" + ("（首尾均计）" if both else ""),
            gap,
            _INCLUSIVE,
        )
    return Finding(
        Verdict.INCONSISTENT,
        f"{shown} = {gap:f} d ≠ {stated.value:f} d",
        f"from {first.value} to {last.value} are {gap:f} days, not {stated.value:f}",
        f"{first.value}至{last.value}为{gap:f}天，而非{stated.value:f}天",
        gap,
        _INCLUSIVE,
        f"{stated.value:f} → {gap:f}",
    )
