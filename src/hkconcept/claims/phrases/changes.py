"""Changes said by a phrase: from A to B by P, B up from A, an amount moved and what it led to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final, Literal

from hkconcept.claims.arithmetic import judge_difference, judge_growth
from hkconcept.claims.findings import Finding, against
from hkconcept.claims.intervals import Interval, Operand
from hkconcept.claims.passage import Passage
from hkconcept.claims.phrases.book import phrases
from hkconcept.claims.phrases.reading import OTHER_BASIS, RATES, alike, direction, downs, ups, words_around
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.claims.wording import position
from hkconcept.model import Relation
from hkconcept.text.lazily import lazily

__all__ = ["find_changes"]

_POINTS: Final = lazily(r"^[ -]?(?:percentage )?points?\b")
_FURTHEST: Final = 30  # two values further apart are hardly one thing at two times
_LESS_LOSS: Final = lazily(r"收窄|减亏|扩大|narrow|widen")
_BECAUSE: Final = lazily(r"由于|因|主要|\bdue\b|owing|driven|reflect|mainly|because|thanks")
_OF: Final = lazily(r"^ of\b")
_APART: Final = lazily(r"\b(?:difference|gap|spread|advantage|shortfall)\b|\bby $|相差|差距|之差")
_LOSS: Final = lazily(r"净?亏损?|减亏|扭亏|loss(?:es)?")
_MOVES_ON: Final = lazily(r"[增减升降涨跌]")
_LEADS_TO: Final = lazily(r"^ ?(?:to\b|至|到)(?!今)")
_REACHES: Final = lazily(r"(?:至|到|(?<![幅率])为|\bto|\bat)\s?(?:约|about|around)?\s*$")


def find_changes(passage: Passage) -> Iterator[Recomputed]:
    """Yield every change that a phrase states with its values, its rate or its amount."""
    yield from _changes(passage)
    yield from _moved(passage)
    yield from _amounts_moved(passage)
    yield from _times(passage)


def _changes(passage: Passage) -> Iterator[Recomputed]:
    for wording in phrases("change", passage.skeleton):
        for found in wording.finditer(passage.skeleton):
            new, old, rate = (position(found, name) for name in "bap")
            words = passage.before(min(new, old, rate))[-30:] + words_around(passage, found)
            kind = _kind(passage, rate)
            if not passage.same_sentence(min(new, old, rate), max(new, old, rate)):
                continue
            # A rate of change of a loss is said in two ways; a difference of two losses in one.
            lesser = kind == "difference" and _LESS_LOSS.search(words)
            if OTHER_BASIS.search(_LOSS.sub("", words) if lesser else words) or _BECAUSE.search(passage.before(rate)):
                continue
            beside = passage.before(rate) + passage.after(rate)[:12] + passage.skeleton[found.end() : found.end() + 24]
            told = ups(beside) or downs(beside) or _APART.search(beside)
            if not told and (kind == "difference" or _OF.match(passage.after(rate))):
                continue
            if _LEADS_TO.match(passage.after(rate)) and new != rate + 1:
                continue  # grew by 7% to C: the rate of another value
            if _MOVES_ON.search(_gap(passage, old)) or _REACHES.search(passage.before(rate)):
                continue
            if finding := _change(passage, new, old, rate, direction(words)):
                yield Recomputed(kind, (new, old), rate, finding)


def _gap(passage: Passage, old: int) -> str:
    """Return the words from the sign of a comparison to the value compared with: 较去年同期."""
    before = passage.before(old)
    at = max(before.rfind(word) for word in ("较", "比"))
    return before[at:] if at >= 0 else ""


def _kind(passage: Passage, rate: int) -> Literal["growth", "difference"]:
    return "growth" if passage.figures[rate].quantity.unit in {"percent", "multiple"} else "difference"


def _change(passage: Passage, new: int, old: int, rate: int, told: Literal[-1, 0, 1]) -> Finding | None:
    """Judge a change; where the wording gives no one direction (a narrowed loss is an improvement), the values do."""
    b, a, p = (operand(passage, index) for index in (new, old, rate))
    sign: Literal[-1, 1] = told or (1 if b.value >= a.value else -1)
    comparable = alike(b, a) and a.value / _FURTHEST <= b.value <= a.value * _FURTHEST
    if not comparable or p.quantity.relation is Relation.RANGE or p.value <= 0:
        return None
    unit, value = p.quantity.unit, b.quantity.unit
    if value == "percent" and unit == "basis points":
        in_points = replace(p.quantity, value=p.value / 100, unit="percentage points", step=p.quantity.step / 100)
        return judge_difference(b, a, Operand(in_points), sign=sign)
    if value in RATES:
        points = value == "percent" and (
            unit == "percentage points" or _POINTS.search(passage.after(rate)[:8]) is not None
        )
        return judge_difference(b, a, p, sign=sign) if points else None
    if unit == "percent":
        return judge_growth(b, a, p, sign=sign)
    same = alike(p, b)
    return judge_difference(b, a, p, sign=sign) if same and unit != "multiple" else None


def _moved(passage: Passage) -> Iterator[Recomputed]:
    for wording in phrases("moved-by", passage.skeleton):
        for found in wording.finditer(passage.skeleton):
            amount, reached, rate = (position(found, name) for name in "dbp")
            d, b, p = (operand(passage, index) for index in (amount, reached, rate))
            words = words_around(passage, found, 4)
            sign = direction(words)
            if not sign or p.quantity.unit != "percent" or not _alike_move(d, b) or OTHER_BASIS.search(words):
                continue
            base = b.value - sign * d.value
            if base <= 0 or d.value >= b.value * 2:
                continue
            spread = Interval.of(b.quantity) + (-Interval.of(d.quantity) if sign > 0 else Interval.of(d.quantity))
            finding = against(
                f"{d.show()} / ({b.show()} {'-' if sign > 0 else '+'} {d.show()})",
                d.value / base * 100,
                Interval.of(d.quantity).over(spread).scaled(Decimal(100)),
                p,
                mends=((d, base * p.value / 100), (b, d.value * 100 / p.value + sign * d.value)) if p.value else (),
            )
            yield Recomputed("growth", (amount, reached), rate, finding)


def _alike_move(amount: Operand, reached: Operand) -> bool:
    if amount.quantity.unit == "index points" or reached.quantity.unit == "index points":
        return {amount.quantity.unit, reached.quantity.unit} <= {"index points", "count"}
    return alike(amount, reached) and amount.quantity.unit not in RATES


def _amounts_moved(passage: Passage) -> Iterator[Recomputed]:
    for wording in phrases("amount-moved", passage.skeleton):
        for found in wording.finditer(passage.skeleton):
            amount, new, old = (position(found, name) for name in "dba")
            d, b, a = (operand(passage, index) for index in (amount, new, old))
            if not alike(b, a) or not alike(d, b) or b.quantity.unit in RATES:
                continue
            if OTHER_BASIS.search(found.group()) or not a.value / _FURTHEST <= b.value <= a.value * _FURTHEST:
                continue
            told = direction(found.group())
            sign: Literal[-1, 1] = told or (1 if b.value >= a.value else -1)
            yield Recomputed("difference", (new, old), amount, judge_difference(b, a, d, sign=sign))


def _times(passage: Passage) -> Iterator[Recomputed]:
    for wording in phrases("times", passage.skeleton):
        for found in wording.finditer(passage.skeleton):
            new, old, times = (position(found, name) for name in "bam")
            b, a, m = (operand(passage, index) for index in (new, old, times))
            if m.quantity.unit == "multiple" and alike(b, a) and b.quantity.unit not in RATES:
                yield Recomputed("growth", (new, old), times, judge_growth(b, a, m, form="to"))
