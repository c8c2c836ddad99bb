"""Which printed date governs a figure: the period that it measures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter
from typing import Final

from hkconcept.claims.passage import Passage
from hkconcept.model import DateMention, Language, PartialDate, Span
from hkconcept.text.lazily import lazily

__all__ = ["govern"]

# A day that dates the report, not what it reports.
_REPORTED: Final = lazily(
    r"^.{0,16}?(?:电|讯|发布|公布|公告|宣布|消息|披露|报道|晚间|盘后|announce|report|said|publish|releas|filed)"
)
_YEAR_ENDED: Final = lazily(r"^\s*止(?:的?(?:12个月|十二个月|财?年度?|全年))|^\s*止年度")
_YEAR_ENDED_EN: Final = lazily(r"(?:year|twelve months|12 months) ended\s*$")
_LINK: Final = lazily(r"^[^,;，；:：()]{0,70}$")


def govern(
    passage: Passage, spans: Sequence[Span], dates: Sequence[DateMention], language: Language
) -> list[PartialDate | None]:
    """Return the period of each figure of a passage, ``None`` where the text gives none; ``spans`` are the figures'.

    In English a date that follows the figure without a comma governs it (``the 48 approved in 2024``);
    otherwise, and always in Chinese, the last date before it in the sentence does.
    """
    if not dates:
        return [None] * len(spans)
    # Of a date that is no period there is nothing to say.
    known = sorted(
        [(mention.span, period) for mention in dates if (period := _period(passage.text, mention)) is not None],
        key=itemgetter(0),
    )
    starts = [span[0] for span, _ in known]
    governed: list[PartialDate | None] = []
    at, first, last, until = -1, 0, 0, 0
    for index, number in enumerate(passage.sentence):
        if number != at:
            at, until = number, passage.breaks[number + 1]
            first = bisect_left(starts, passage.breaks[number], first)
            last = bisect_left(starts, until, first)
        if first == last:
            governed.append(None)
            continue
        following = min(until, spans[index + 1][0]) if index + 1 < len(spans) else until
        governed.append(_of(passage.text, spans[index], following, known[first:last], language))
    return governed


def _of(
    text: str, span: Span, last: int, dates: Sequence[tuple[Span, PartialDate]], language: Language
) -> PartialDate | None:
    start, end = span
    before: PartialDate | None = None
    for (opens, closes), period in dates:
        if closes <= start:
            before = period
        elif language == "en" and end <= opens and closes <= last:
            if _LINK.match(text[end:opens]):
                return period
            break
        elif opens >= end:
            break
    return before


def _period(text: str, mention: DateMention) -> PartialDate | None:
    """Return the period that a date names, ``None`` for the date of a report."""
    start, end = mention.span
    after = text[end : end + 40]
    before = text[max(0, start - 24) : start].rstrip()
    if ("止" in after and _YEAR_ENDED.match(after)) or (before.endswith("ended") and _YEAR_ENDED_EN.search(before)):
        return PartialDate((mention.end or mention.value).year)
    if mention.value.day is not None and _REPORTED.match(after):
        return None
    return mention.value
