"""Dates against the weekdays printed with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from hkconcept.claims.findings import Finding
from hkconcept.claims.passage import Passage
from hkconcept.claims.recomputed import Recomputed
from hkconcept.model import DateMention, Span, Verdict
from hkconcept.text import find_dates
from hkconcept.text.lazily import lazily

__all__ = ["check_weekdays"]

_NAMES_ZH: Final = "一二三四五六日"
_NAMES_EN: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EN: Final = r"mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_ANY: Final = lazily(
    r"星期[一二三四五六日天]|周[一二三四五六日天]|礼拜[一二三四五六日天]|m(?<!\wm)on(?:day)?\b|t(?<!\wt)(?:ues?|hu(?:rs?)?)(?:day)?\b|"
    r"w(?<!\ww)ed(?:nesday)?\b|f(?<!\wf)ri(?:day)?\b|s(?<!\ws)(?:at(?:urday)?|un(?:day)?)\b"
)
_AFTER: Final = lazily(rf"^\s?[(,]?\s?(?:(?:星期|周|礼拜)(?P<zh>[一二三四五六日天])(?!刊|年)|(?P<en>{_EN})(?![a-z]))")
_BEFORE: Final = lazily(rf"(?:(?:星期|周|礼拜)(?P<zh>[一二三四五六日天])|(?<![a-z])(?P<en>{_EN}))\.?\s?[(,]?\s?$")
_WIDEST: Final = 24


def check_weekdays(passage: Passage, source: str, dates: Sequence[DateMention] | None = None) -> Iterator[Recomputed]:
    """Yield every date of year, month and day that has a weekday directly beside it.

    A date printed without its year can only agree: which year is meant is not certain enough to refute it.

    Parameters
    ----------
    passage
        The text as its relations see it.
    source
        The text as read.
    dates
        The dates of the text; without them only dates printed with their year are checked.

    """
    if not _ANY.search(passage.text):
        return
    for mention in find_dates(source, None) if dates is None else dates:
        value = mention.value
        if value.month is None or value.day is None or mention.end is not None:
            continue
        start, end = mention.span
        inside = _ANY.search(passage.text, start, end)
        after = _AFTER.match(passage.text[end : end + _WIDEST])
        before = _BEFORE.search(passage.text[max(0, start - _WIDEST) : start])
        try:
            day = dt.date(value.year, value.month, value.day)
        except ValueError:
            continue
        if inside:
            name, span = inside.group(), Span(start, end)
        elif after:
            name, span = after["zh"] or after["en"], Span(start, end + after.end())
        elif before:
            name, span = before["zh"] or before["en"], Span(max(0, start - _WIDEST) + before.start(), end)
        else:
            continue
        finding = _judged(day, _number(name))
        if finding.verdict is Verdict.INCONSISTENT and str(value.year) not in passage.text[start:end]:
            # The year was inferred; another year may be meant.
            continue
        yield Recomputed("weekday", (), None, finding, span)


def _number(name: str) -> int:
    last = "日" if name[-1] == "天" else name[-1]
    if last in _NAMES_ZH:
        return _NAMES_ZH.index(last)
    return next(number for number, whole in enumerate(_NAMES_EN) if whole.startswith(name[:3]))


def _judged(day: dt.date, printed: int) -> Finding:
    actual = day.weekday()
    en, zh = _NAMES_EN[actual].capitalize(), f"星期{_NAMES_ZH[actual]}"
    if actual == printed:
        return Finding(Verdict.CONSISTENT, f"{day} = {en}", f"{day} is a {en}", f"{day}为{zh}")
    stated, stated_zh = _NAMES_EN[printed].capitalize(), f"星期{_NAMES_ZH[printed]}"
    nearest = day + dt.timedelta(days=(printed - actual + 3) % 7 - 3)
    return Finding(
        Verdict.INCONSISTENT,
        f"{day} = {en} ≠ {stated}",
        f"{day} is a {en}, not a {stated}",
        f"{day}为{zh}，而非{stated_zh}",
        mend=f"{stated} → {en} | {day} → {nearest}",
    )
