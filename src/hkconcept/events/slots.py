"""Slots: what the frame of an event says besides its type and its company."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from hkconcept.events.frames import VOCABULARY
from hkconcept.model import DateMention, PartialDate, Quantity, Span
from hkconcept.text.lazily import lazily

__all__ = ["Findings", "Measured", "fill"]


class Measured(Protocol):
    """A quantity found in a text: where it is printed and what it says."""

    @property
    def span(self) -> Span:
        """Where it is printed."""

    @property
    def quantity(self) -> Quantity:
        """What it says, in base units."""


_PHASE = lazily(
    r"(?:phase |第)?([ⅰⅱⅲⅳ]+|i{1,3}v?|[1-4]|[一二三四])([ab])?(?:/([ⅰⅱⅲ]+|i{1,3}|[1-4])([ab])?)?期"
    r"|\bphase (i{1,3}v?|[1-4])([ab])?(?:/(i{1,3}|[1-4])([ab])?)?\b"
)
_ROMAN = {
    "ⅰ": "I",
    "ⅱ": "II",
    "ⅲ": "III",
    "ⅳ": "IV",
    "一": "I",
    "二": "II",
    "三": "III",
    "四": "IV",
    "1": "I",
    "2": "II",
    "3": "III",
    "4": "IV",
}
_DRUG_CODE = lazily(
    r"(?<![a-z0-9])(?!(?:20|19)\d\d)[a-z]{2,6}-?[a-z]?[0-9]{2,6}(?:[a-z]{1,2}(?!期))?(?:-[0-9]{1,4})?(?![a-hj-z0-9])"
)
_DRUG_NAME = lazily(
    r"(?:注射用)?[一-鿿]{2,12}(?:单抗|双抗|滴眼液|注射液|胶囊|乳膏|颗粒|肽|替尼|疫苗|抗体)(?:片|注射液)?"
)
_BEFORE_NAME = lazily(r"(?:[一-鿿]{0,6}(?:产品|创新药|新药|药物|自研|研发的|公司的?|关于|子公司|的|联合|[两三四五]款))")
_NO_DRUG = lazily(r"^(?:asco|esmo|aacr|covid|her|cd|il|pd|tslp|glp|gpc|nct|hk|sh|sz|us|no|ph|wclc|cldn|bcma)-?[0-9]")
_MEETING = lazily(
    r"\b(?:asco|esmo|aacr|wclc|ash|eha|easd|ada|sabcs)\b|(?:asco|esmo|aacr|wclc|eha|easd)(?=年会|大会|[0-9])"
)
_RATING = lazily(
    r"买入|增持|跑赢(?:行业|大市)?|强烈推荐|推荐|优于大市|中性|持有|减持|沽出|\b(?:buy|outperform|overweight|neutral|hold|sell)\b"
)
_ROUND = lazily(r"第([0-9一二三四五六七八九十]{1,3})(?:批|轮)")
_OUT = lazily(r"调出|剔除|移出|删除|\b(?:remov|exclud|delet)")
_DOWN = lazily(r"减持|亏|预减|预降|警|下降|减少|沽|\bwarning\b|\bcut")
_UP = lazily(r"增持|增加|增长|盈喜|扭亏|预增|转盈|正面|\bpositive\b|\brais")
_PLANNED = lazily(r"拟|计划|建议|将于|预计|预期|考虑|\b(?:plans?|to buy|to acquire|agrees|proposes?|seeks)\b")
_LISTS = (
    ("商保", "commercial"),
    ("商业", "commercial"),
    ("commercial", "commercial"),
    ("基药", "EML"),
    ("基本药物", "EML"),
    ("医保", "NRDL"),
    ("nrdl", "NRDL"),
)
_APPROVED = lazily(r"([0-9]+)(?:款|个|种|余款| (?:innovative|novel|new))")
# Families whose wording alone does not tell whether the act is done.
_MAY_BE_PLANNED = frozenset({"buyback", "capital", "holding", "trial"})


@dataclass(frozen=True, slots=True)
class Findings:
    """Dates and quantities of a text in reading order, and the day of its publication."""

    dates: tuple[DateMention, ...]
    quantities: tuple[Measured, ...]
    published: dt.date | None
    date_starts: tuple[int, ...]
    quantity_starts: tuple[int, ...]

    @classmethod
    def of(cls, dates: Sequence[DateMention], quantities: Sequence[Measured], published: dt.date | None) -> Findings:
        """Put the findings into reading order."""
        in_order = sorted(dates, key=lambda date: date.span.start)
        measured = sorted(quantities, key=lambda one: one.span.start)
        return cls(
            tuple(in_order),
            tuple(measured),
            published,
            tuple([date.span.start for date in in_order]),
            tuple([one.span.start for one in measured]),
        )

    def dates_in(self, span: Span) -> tuple[PartialDate, ...]:
        """Return the dates printed inside a span."""
        first = bisect_left(self.date_starts, span.start)
        last = bisect_left(self.date_starts, span.end, first)
        return tuple([date.value for date in self.dates[first:last]])

    def day(self, span: Span) -> PartialDate | None:
        """Return the day on which a statement says that its event happened: the last printed that is not to come."""
        days = [date for date in self.dates_in(span) if date.day is not None]
        past = [day for day in days if self.published is None or day.first_day <= self.published]
        return past[-1] if past else None

    def money(self, span: Span) -> tuple[str, str] | None:
        """Return the first amount of money inside a span as plain digits in base units, and its currency."""
        first = bisect_left(self.quantity_starts, span.start)
        for place in range(first, len(self.quantities)):
            measured = self.quantities[place]
            if measured.span.start >= span.end:
                break
            quantity = measured.quantity
            if quantity.currency and "/" not in quantity.unit:
                return format(quantity.value.normalize(), "f"), quantity.currency
        return None


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the slots are read from."""

    text: str
    key: str
    span: Span
    findings: Findings

    def printed(self, pattern: re.Pattern[str], group: int = 0) -> str:
        """The words of the text that first match, or nothing."""
        found = pattern.search(self.key, *self.span)
        return self.text[slice(*found.span(group))] if found else ""

    def matches(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self.key, *self.span) is not None


def _phase(reading: _Reading) -> str:
    found = _PHASE.search(reading.key, *reading.span)
    if not found:
        return ""
    number, letter = (found.group(1), found.group(2)) if found.group(1) else (found.group(5), found.group(6))
    second = (found.group(3), found.group(4)) if found.group(1) else (found.group(7), found.group(8))
    first = _ROMAN.get(number, number.upper()) + (letter or "")
    return first + (f"/{_ROMAN.get(second[0], second[0].upper())}{second[1] or ''}" if second[0] else "")


def _drug(reading: _Reading) -> str:
    text, key, span = reading.text, reading.key, reading.span
    for found in _DRUG_CODE.finditer(key, *span):
        if not _NO_DRUG.match(found.group()):
            return text[slice(*found.span())]
    name = _DRUG_NAME.search(key, *span)
    if not name:
        return ""
    lead = _BEFORE_NAME.match(key, *name.span())
    return text[lead.end() if lead else name.start() : name.end()]


def _period(reading: _Reading) -> str:
    """The reporting period named: a year, half or quarter before a month."""
    inside = [date for date in reading.findings.dates_in(reading.span) if date.day is None]
    return next((str(date) for date in inside if date.month is None), str(inside[0]) if inside else "")


def _direction(reading: _Reading) -> str:
    if reading.matches(_DOWN):
        return "down"
    return "up" if reading.matches(_UP) else ""


def _list(reading: _Reading) -> str:
    words = reading.key[slice(*reading.span)]
    return next((name for word, name in _LISTS if word in words), "")


_READERS: Mapping[str, Callable[[_Reading], str]] = {
    "phase": _phase,
    "drug": _drug,
    "period": _period,
    "direction": _direction,
    "list": _list,
    "action": lambda reading: "out" if reading.matches(_OUT) else "in",
    "rating": lambda reading: reading.printed(_RATING),
    "round": lambda reading: reading.printed(_ROUND, 1),
    "meeting": lambda reading: reading.printed(_MEETING).upper(),
    "count": lambda reading: reading.printed(_APPROVED, 1),
}


def fill(kind: str, text: str, key: str, span: Span, findings: Findings) -> tuple[tuple[str, str], ...]:
    """Return the slots that a statement fills for an event type, as name and value; empty slots are left out.

    Parameters
    ----------
    kind
        A type of :data:`hkconcept.events.frames.VOCABULARY`.
    text, key, span
        The text, its folded key, and the statement that tells of the event.
    findings
        What was found in the text; money is given in base units as plain digits.

    """
    reading = _Reading(text, key, span, findings)
    frame: dict[str, str] = {}
    for slot in VOCABULARY[kind].slots:
        if slot in _READERS:
            frame[slot] = _READERS[slot](reading)
        elif slot in {"amount", "upfront"}:
            money = findings.money(span)
            if money is not None:
                frame[slot], frame["currency"] = money
    family = VOCABULARY[kind].family
    if kind.endswith("_plan") or (family in _MAY_BE_PLANNED and reading.matches(_PLANNED)):
        frame["status"] = "planned"
    return tuple((name, value) for name, value in frame.items() if value)
