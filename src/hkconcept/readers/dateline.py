"""Moments as printed on pages: ``2026年1月8日 08:07``, ``08:07 08/01/2026``, ``Jan. 8, 2026 at 8:07 a.m. HKT``.

Only dates with a year are taken: a dateline without one needs an anchor, and a reader of documents has none. All
numbers with slashes are day first, as Hong Kong prints them, unless the second is over 12; without an offset Hong
Kong time is assumed and marked so. Text glued around the numbers (``2019-09-3007:42``, ``12:11来源``) is normal.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hkconcept.model import HKT, Moment, Span

__all__ = ["PrintedMoment", "machine_moment", "printed_moments"]

_WIDE = str.maketrans("０１２３４５６７８９：／－．　年月日", "0123456789:/-. 年月日")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_CLOCK = r"(?P<{0}hour>[01]?\d|2[0-3]):(?P<{0}minute>[0-5]\d)(?::(?P<{0}second>[0-5]\d)(?:\.\d{{1,9}})?)?"
_HALF = r"(?:\s?(?P<{0}half>[ap]\.?m\.?)(?![a-z]))?"
_ZONE = (
    r"(?:\s?\(?(?P<{0}zone>Z(?![a-z])|[+-](?:0\d|1[0-4]):?[0-5]\d(?!\d)|(?:GMT|UTC)[+-]\d{{1,2}}(?!\d)|HKT|GMT|UTC|BST|"
    r"E[SD]?T|P[SD]?T|C[SE]?T|JST|SGT)(?![a-z])\)?)?"
)


def _clock(name: str) -> str:
    return _CLOCK.format(name) + _HALF.format(name) + _ZONE.format(name)


_GAP = (
    r"(?:T|[ \t\u00a0]{0,4}(?:[,|·at-]{1,2}[ \t\u00a0]{1,3})?(?P<noon>上午|下午|晚上|早上|凌晨|中午)?[ \t\u00a0]{0,2})"
)
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_AFTER = rf"(?:{_GAP}{_clock('after')})?"
_BEFORE = rf"(?<![\w/.-])(?<!\d:)(?:{_clock('before')}[ ,|\t\u00a0]{{1,4}})?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
# 2026-01-08, 2026/1/8, 2026.01.08, 2026年1月8日
_YEAR_FIRST = (
    rf"(?<![\d/.-])(?<!\d:){_YEAR}(?:\s?年\s?|(?P<sep>[-/.]))(?P<month>0?[1-9]|1[0-2])(?:(?(sep)(?P=sep)|\s?月\s?))"
    rf"(?P<day>3[01]|[12]\d|0?[1-9])(?(sep)|\s?日)"
)
# 08:07 08/01/2026 and 08/01/2026 08:07
_DAY_FIRST = (
    r"(?P<first>0?[1-9]|[12]\d|3[01])(?P<sep>[-/.])(?P<second>0?[1-9]|[12]\d|3[01])(?P=sep)" + _YEAR + r"(?!\d)"
)
# 8 January 2026, 8th Jan, 2026
_DAY_WORD = _DAY + r"[ -]" + _MONTH.format("word") + r"[ ,-]{1,2}" + _YEAR + r"(?!\d)"
# January 8, 2026
_WORD_DAY = _MONTH.format("word") + r" {1,2}" + _DAY + r",? {1,2}" + _YEAR + r"(?!\d)"
# 二〇二六年一月八日
_HAN_DATE = (
    r"(?P<hanyear>[一二][〇零○一二三四五六七八九]{3})年(?P<hanmonth>[一二三四五六七八九十]{1,2})月"
    r"(?P<handay>[一二三四五六七八九十]{1,3})日"
)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Compile on first use: long alternations cost more than an import may take."""
    forms = (
        _YEAR_FIRST + _AFTER,
        *(_BEFORE + form + _AFTER for form in (_DAY_FIRST, _DAY_WORD, _WORD_DAY)),
        _HAN_DATE,
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


_HAN = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_OFFSETS = {
    "HKT": 8, "SGT": 8, "GMT": 0, "UTC": 0, "Z": 0, "BST": 1, "EST": -5, "EDT": -4, "PST": -8, "PDT": -7,
    "CET": 1, "CEST": 2, "JST": 9,
}  # fmt: skip
_LABELLED_BEIJING = re.compile(r"(?:北京|香港|HK|Beijing|Hong Kong)(?:时间|時間| time)[:：]?\s?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedMoment:
    """A moment and the span of the words that print it."""

    span: Span
    moment: Moment

    @property
    def has_time(self) -> bool:
        """Whether a clock time was printed."""
        return self.moment.precision != "day"


def printed_moments(text: str) -> Iterator[PrintedMoment]:
    """Yield the full dates printed in a text, with their clock time where one stands beside them, in reading order.

    >>> [str(found.moment) for found in printed_moments("avatar 08:07 08/01/2026 GMT Eight")]
    ['2026-01-08 08:07 HKT']
    >>> [found.moment.printed for found in printed_moments("更新于2019-09-3007:42来源：证券时报网")]
    ['2019-09-3007:42']

    """
    plain = text.translate(_WIDE)
    found: list[PrintedMoment] = []
    for pattern in _patterns():
        for match in pattern.finditer(plain):
            moment = _moment(match, text)
            if moment is not None and not any(known.span.overlaps(Span(*match.span())) for known in found[-64:]):
                found.append(PrintedMoment(Span(*match.span()), moment))
    yield from sorted(found, key=lambda one: one.span)


def machine_moment(value: str) -> Moment | None:
    """Read a date from a tag (ISO, ``20190221``, or any printed form); ``None`` when it is no full date.

    >>> machine_moment("2019-02-21T08:00:08.000Z").at.isoformat()
    '2019-02-21T08:00:08+00:00'

    """
    value = value.strip()[:80]
    if re.fullmatch(r"(?:19|20)\d{6}(?:\d{4}(?:\d{2})?)?", value):
        clock = ":".join(value[at : at + 2] for at in range(8, len(value), 2))
        value = f"{value[:4]}-{value[4:6]}-{value[6:8]} {clock}".strip()
    return next((found.moment for found in printed_moments(value)), None)


def _moment(match: re.Match[str], text: str) -> Moment | None:
    part = match.groupdict()
    day = _day(part)
    if day is None:
        return None
    printed = text[match.start() : match.end()]
    side = next((name for name in ("after", "before") if part.get(f"{name}hour")), "")
    if not side:
        return Moment.of_day(day, printed=printed)
    hour = _hour(int(part[f"{side}hour"]), part.get(f"{side}half") or "", part.get("noon") or "")
    zone, assumed = _zone(part.get(f"{side}zone") or "", text[max(0, match.start() - 12) : match.start()])
    if hour is None or zone is None:
        return Moment.of_day(day, printed=printed)
    second = part.get(f"{side}second")
    at = dt.datetime(day.year, day.month, day.day, hour, int(part[f"{side}minute"]), int(second or 0), tzinfo=zone)
    return Moment(at, "second" if second else "minute", zone_assumed=assumed, printed=printed)


def _day(part: dict[str, str | None]) -> dt.date | None:
    if part.get("hanyear"):
        year = int("".join(str(_HAN[char]) for char in part["hanyear"] or ""))
        month, day = _han_number(part["hanmonth"] or ""), _han_number(part["handay"] or "")
    else:
        year = int(part["year"] or 0)
        if part.get("first"):
            day, month = int(part["first"] or 0), int(part["second"] or 0)
            if month > 12:
                day, month = month, day
        else:
            day = int(part["day"] or 0)
            word = part.get("word")
            month = _MONTHS.index(word[:3].lower()) + 1 if word else int(part["month"] or 0)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _han_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN.get(text, 0) if len(text) == 1 else 0
    return (_HAN.get(tens, 0) if tens else 1) * 10 + (_HAN.get(ones, 0) if ones else 0)


def _hour(hour: int, half: str, noon: str) -> int | None:
    afternoon = half.lower().startswith("p") or noon in ("下午", "晚上") or (noon == "中午" and hour < 11)
    if afternoon and hour < 12:
        return hour + 12
    if half.lower().startswith("a") and hour == 12:
        return 0
    return hour if not half or hour <= 12 else None


def _zone(label: str, before: str) -> tuple[dt.tzinfo | None, bool]:
    """Return the zone and whether it was assumed; ``None`` for a label that names no single offset (ET, CST)."""
    label = label.upper()
    if not label:
        return HKT, not _LABELLED_BEIJING.search(before)
    if label in _OFFSETS:
        return (HKT if label == "HKT" else dt.timezone(dt.timedelta(hours=_OFFSETS[label]))), False
    digits = label.removeprefix("GMT").removeprefix("UTC")
    if digits[:1] not in ("+", "-"):
        return None, True
    sign = -1 if digits[0] == "-" else 1
    number = digits[1:].replace(":", "")
    hours, minutes = (int(number[:-2]), int(number[-2:])) if len(number) > 2 else (int(number), 0)
    return dt.timezone(sign * dt.timedelta(hours=min(hours, 14), minutes=minutes)), False
