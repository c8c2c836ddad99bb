"""Rates over several years or several things: compound annual growth, and averages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from hkconcept.claims.findings import Finding, against
from hkconcept.claims.intervals import Interval, Operand
from hkconcept.claims.passage import Passage, compatible
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.claims.wording import Wording, position
from hkconcept.model import Relation
from hkconcept.text.lazily import lazily

__all__ = ["check_rates", "yearly_growth"]

_YEARS: Final = r"(?P<{}>20\d\d)(?:年|e|f)?"
_Y0, _Y1, _Y2, _Y3 = (_YEARS.format(name) for name in ("y", "z", "u", "v"))
_CAGR_ZH: Final = r"(?:复合年(?:均)?增长率|年(?:均)?复合增长率|年均复合增速|复合增长率|复合年增速|复合增速)"
_CAGR_EN: Final = r"(?:cagr|compound(?:ed)? annual (?:growth )?rate|annual compound (?:growth )?rate)"
# a is the first value, b the last, p the rate, y and z the years between which it is compounded.
_COMPOUND: Final = tuple(
    Wording(pattern, cue)
    for pattern, cue in (
        # 由2020年的A增至2025年的B，复合年增长率为P
        (rf"(?:由|从)~12{_Y0}~16{{a}}~20(?:至|到)~12{_Y1}~16{{b}}[,，(]?~24{_CAGR_ZH}~8{{p}}", "复合"),
        # 由2020年的A以P的复合年增长率增至2025年的B
        (
            rf"(?:由|从)~12{_Y0}~16{{a}}~4(?:以|按)~4(?:{_CAGR_ZH}~6{{p}}|{{q}}~2的?{_CAGR_ZH})~12(?:至|到)~12{_Y1}~16{{b}}",
            "复合",
        ),
        # 由2020年的A增至2025年的B，2020年至2025年的复合年增长率为P
        (
            rf"(?:由|从)~12{_Y0}~16{{a}}~20(?:至|到)~12{_Y1}~16{{b}}[,，]?~10{_Y2}~3(?:至|到|-|~|—|–)~3{_Y3}~8{_CAGR_ZH}~8{{p}}",
            "复合",
        ),
        # from A in 2020 to B in 2025, a CAGR of P
        (rf"\bfrom ~12{{a}}~16\bin {_Y0}~16\bto ~12{{b}}~16\b(?:in|by) {_Y1}~40{_CAGR_EN}~12{{p}}", "from"),
        # from A in 2020 to B in 2025, at P CAGR
        (rf"\bfrom ~12{{a}}~16\bin {_Y0}~16\bto ~12{{b}}~16\b(?:in|by) {_Y1}~24{{p}}~4{_CAGR_EN}", "from"),
        # at a CAGR of P from A in 2020 to B in 2025
        (rf"{_CAGR_EN}~12{{p}}~8\bfrom ~12{{a}}~16\bin {_Y0}~16\bto ~12{{b}}~16\b(?:in|by) {_Y1}", "from"),
    )
)
_AVERAGE: Final = tuple(
    Wording(pattern)
    for pattern in (
        # 12笔交易，总额V，平均每笔A
        r"{n}~16[,，]?~10{v}~3[,，]~8(?:平均|均值|每~3平均)~12{a}",
        # V for n deals, an average of A
        r"{n}~30{v}~24[,(]~8(?:average|averaging|mean)~16{a}",
        r"{v}~20\b(?:across|for|in|over|from) ~12{n}~24[,(]~8(?:average|averaging|mean)~16{a}",
    )
)
_NOT_AVERAGE: Final = lazily(
    r"其中|首付|中位|每年|每月|每日|年均|月均|日均|价|median|price|upfront|annual|a year|per day|of which"
)
_MOST_YEARS: Final = 60
_ESTIMATED: Final = 1_000  # counts from here on that end in zeros are read as rounded
_PER_ELSE: Final = lazily(r"^\s?(?:/|每|per (?!deal|transaction|company|drug|person|case)|a (?!deal|transaction|drug))")


def check_rates(passage: Passage) -> Iterator[Recomputed]:
    """Yield compound growth rates with both values and both years, and averages with their total and count."""
    skeleton = passage.skeleton
    if "复合" in skeleton or "compound" in skeleton or "cagr" in skeleton:
        taken: set[int] = set()
        for pattern in _COMPOUND:
            for found in pattern.finditer(skeleton):
                rate = position(found, "q" if found.groupdict().get("q") else "p")
                if rate not in taken and (judged := _compounded(passage, found, rate)):
                    taken.add(rate)
                    yield judged
    if "平均" in skeleton or "均值" in skeleton or "averag" in skeleton or "mean" in skeleton:
        for pattern in _AVERAGE:
            for found in pattern.finditer(skeleton):
                count, total, mean = (position(found, name) for name in "nva")
                if judged := _averaged(passage, count, total, mean, found.group()):
                    yield judged


def _compounded(passage: Passage, found: re.Match[str], rate: int) -> Recomputed | None:
    first, last = position(found, "a"), position(found, "b")
    years = int(found["z"]) - int(found["y"])
    if "u" in found.re.groupindex and (found["u"], found["v"]) != (found["y"], found["z"]):
        return None
    old, new, stated = (operand(passage, index) for index in (first, last, rate))
    ranges = Relation.RANGE in {old.quantity.relation, new.quantity.relation, stated.quantity.relation}
    if not 0 < years <= _MOST_YEARS or ranges or stated.quantity.unit != "percent":
        return None
    if not compatible(old.quantity, new.quantity) or old.value <= 0 or new.value <= 0 or stated.value < 0:
        return None
    ratio = _as_estimated(new).over(_as_estimated(old))
    falls = new.value < old.value and passage.figures[rate].direction == "down"
    low, high = (None if end is None or end <= 0 else yearly_growth(end, years) for end in (ratio.low, ratio.high))
    reach, computed = Interval(low, high), yearly_growth(new.value / old.value, years)
    if falls:
        reach, computed = -reach, -computed
    compound = (1 + (-stated.value if falls else stated.value) / 100) ** years
    finding = against(
        f"({new.show()} / {old.show()})^(1/{years}) - 1",
        computed,
        reach.widened(Decimal("0.005")),
        stated,
        mends=((new, old.value * compound), (old, new.value / compound)) if compound > 0 else (),
    )
    return Recomputed("cagr", (last, first), rate, finding)


def _as_estimated(one: Operand) -> Interval:
    """Return the true values of a figure, whose trailing zeros are taken for rounding: 12,100 cases are no count."""
    quantity = one.quantity
    if quantity.unit == "count" and quantity.value >= _ESTIMATED and quantity.step == 1:
        step = Decimal(1)
        while quantity.value % (step * 10) == 0:
            step *= 10
        quantity = replace(quantity, step=step)
    return Interval.of(quantity)


def yearly_growth(ratio: Decimal, years: int) -> Decimal:
    """Return the yearly growth in per cent that multiplies by ``ratio`` in some years.

    >>> round(yearly_growth(Decimal("1.21"), 2), 6)
    Decimal('10.000000')

    """
    return ((ratio.ln() / years).exp() - 1) * 100


def _averaged(passage: Passage, count: int, total: int, mean: int, words: str) -> Recomputed | None:
    number, whole, stated = (operand(passage, index) for index in (count, total, mean))
    counted = number.quantity.unit == "count" and number.value > 0
    if not counted or whole.quantity.unit != stated.quantity.unit or not whole.quantity.currency:
        return None
    if _NOT_AVERAGE.search(words) or _PER_ELSE.match(passage.after(mean)):
        return None
    if any(passage.figures[index].direction for index in (count, total, mean)):
        return None
    if not passage.same_sentence(count, mean) or not passage.same_sentence(total, mean):
        return None
    finding: Finding = against(
        f"{whole.show()} / {number.show()}",
        whole.value / number.value,
        Interval.of(whole.quantity).over(Interval.of(number.quantity)),
        stated,
        mends=((whole, stated.value * number.value),),
    )
    return Recomputed("average", (total, count), mean, finding)
