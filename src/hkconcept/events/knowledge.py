"""The moment of first public knowledge: when a text says that an event was announced, else when the text appeared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hkconcept.model import DateMention, Event, Moment
from hkconcept.text.fold import fold
from hkconcept.text.lazily import lazily

__all__ = ["with_first_knowledge"]

# 7月2日,公司(01801)公告 / 于1月7日发布公告 / "said on January 7", "announced on".
_ANNOUNCED_AFTER = lazily(
    r"(?:晚间?|盘后|早间|早晨|上午|下午|午间|傍晚|凌晨)?[^。;\n\d]{0,28}?(?:\([0-9a-z./:;, ]{4,24}\))?[^。;\n\d]{0,14}?"
    r"(?:发布|公布|公告|宣布|披露|通报|印发|表示|称|announc|said|says|publish|disclos|report|unveil|releas)"
)
_ANNOUNCED_BEFORE = lazily(
    r"(?:发布|公布|公告|宣布|披露|印发)(?:于|日期为)?$"
    r"|(?:announced|said|published|disclosed|unveiled|released|reported)(?: [a-z]+){0,3} (?:on|dated) $"
)
_NO_ANNOUNCEMENT = lazily(r"(?:预计|拟|将|计划|止|起|截至|生效|expects?|effective|ended)")


def with_first_knowledge(
    text: str, events: Sequence[Event], dates: Sequence[DateMention], published: Moment | None
) -> tuple[Event, ...]:
    """Return the events with the moment by which the public could first know each.

    Parameters
    ----------
    text, events, dates
        The text, its events and its dates in reading order; spans refer to the text.
    published
        When the text appeared. An announcement is never dated after it.

    Returns
    -------
    tuple of Event
        ``known_at`` is known to the day where the text gives the day of the announcement and to the minute where it
        gives the time; on the day of publication itself, the moment of publication. ``None`` when the text gives
        neither. A moment is an upper bound: something may have been known earlier to readers of another source.

    """
    if not events:
        return ()
    key = fold(text)
    days = [date for date in dates if date.value.day is not None and date.end is None]
    return tuple(replace(event, known_at=_known(key, event, days, published)) for event in events)


def _known(key: str, event: Event, days: Sequence[DateMention], published: Moment | None) -> Moment | None:
    start, end = event.quote.span
    for date in days:
        if not start <= date.span.start < end:
            continue
        after = _ANNOUNCED_AFTER.match(key, date.span.end, end)
        told = after is not None and not _NO_ANNOUNCEMENT.search(after[0])
        if not told and not _ANNOUNCED_BEFORE.search(key[max(start, date.span.start - 48) : date.span.start]):
            continue
        day = date.value.first_day
        if published is not None and day > published.day:
            continue
        if published is not None and day == published.day and published.precision != "day":
            return published
        if date.time:
            return Moment.parse(f"{day.isoformat()} {date.time}")
        return Moment.of_day(day, printed=key[slice(*date.span)])
    return published
