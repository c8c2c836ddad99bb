"""Which printed date governs a figure: the period that it measures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from hkconcept.claims.passage import Passage
from hkconcept.model import DateMention, Language, PartialDate
from hkconcept.text.lazily import lazily

__all__ = ["govern"]

# A day that dates the report, not what it reports.
_REPORTED: Final = lazily(
    r"^.{0,16}?(?:电|讯|发布|公布|公告|宣布|消息|披露|报道|晚间|盘后|announce|report|said|publish|releas|filed)"
)
_YEAR_ENDED: Final = lazily(r"^\s*止(?:的?(?:12个月|十二个月|财?年度?|全年))|^\s*止年度")
_YEAR_ENDED_EN: Final = lazily(r"(?:year|twelve months|12 months) ended\s*$")
_LINK: Final = lazily(r"^[^,;，；:：()]{0,70}$")


def govern(passage: Passage, dates: Sequence[DateMention], language: Language) -> list[PartialDate | None]:
    """Return the period of each figure of a passage, ``None`` where the text gives none.

    In English a date that follows the figure without a comma governs it (``the 48 approved in 2024``);
    otherwise, and always in Chinese, the last date before it in the sentence does.
    """
    if not dates:
        return [None] * len(passage.figures)
    ordered = sorted(dates, key=lambda date: date.span)
    periods = [(mention, _period(passage.text, mention)) for mention in ordered]
    starts = [mention.span.start for mention in ordered]
    governed = []
    at, first, last = -1, 0, 0
    for index, number in enumerate(passage.sentence):
        if number != at:
            at = number
            first = bisect_left(starts, passage.breaks[number], first)
            last = bisect_left(starts, passage.breaks[number + 1], first)
        governed.append(_of(passage, index, periods[first:last], language))
    return governed


def _of(
    passage: Passage, index: int, dates: Sequence[tuple[DateMention, PartialDate | None]], language: Language
) -> PartialDate | None:
    last = passage.breaks[passage.sentence[index] + 1]
    start, end = passage.figures[index].quote.span
    if index + 1 < len(passage.figures):
        last = min(last, passage.figures[index + 1].quote.span.start)
    before: PartialDate | None = None
    for mention, period in dates:
        if period is None:
            continue
        if mention.span.end <= start:
            before = period
        elif language == "en" and end <= mention.span.start and mention.span.end <= last:
            if _LINK.match(passage.text[end : mention.span.start]):
                return period
            break
        elif mention.span.start >= end:
            break
    return before


def _period(text: str, mention: DateMention) -> PartialDate | None:
    """Return the period that a date names, ``None`` for the date of a report."""
    after = text[mention.span.end : mention.span.end + 40]
    value = mention.end or mention.value
    if _YEAR_ENDED.match(after) or _YEAR_ENDED_EN.search(text[max(0, mention.span.start - 24) : mention.span.start]):
        return PartialDate(value.year)
    if mention.value.day is not None and _REPORTED.match(after):
        return None
    return mention.value
