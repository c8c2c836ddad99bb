"""What a price move, a price or a weight comes to in money: market value lost, market value, a portion of a fund."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from hkconcept.claims.findings import against
from hkconcept.claims.intervals import Interval, Operand
from hkconcept.claims.passage import Passage
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.claims.wording import Wording, position
from hkconcept.model import Relation, Verdict
from hkconcept.text.lazily import lazily

__all__ = ["check_values"]

_LOST: Final = lazily(
    r"(?:市值[^,;，；。]{0,16}(?:蒸发|缩水|减少|损失|跌去|增加|增长|新增|抹去|少了|多了)|蒸发|抹去|跌去|"
    r"wip(?:ed|ing)(?: out)?|eras(?:ed|ing)|lost|shed(?:ding)?|add(?:ed|ing)|gain(?:ed|ing))[^,;，；。]{0,24}$"
)
_LOST_AFTER: Final = lazily(r"^[^,;，；。]{0,24}(?:市值|market (?:value|cap))")
_GONE_AFTER: Final = lazily(
    r"^ (?:of|in) (?:its )?market (?:value|cap\w*) (?:was|were|has been|had been|is) "
    r"(?:wiped|erased|lost|shed|added|gained)"
)
_VALUE_WORD: Final = lazily(r"市值|market (?:value|cap)")
_ALL_SHARES: Final = lazily(
    r"总股本|已发行股|股本总|发行股份总数|总发行股|全部股份|in issue|issued|outstanding|share count|total shares"
)
_PART: Final = lazily(r"流通|h股|a股|h shares|a shares|free float|内资股")
_MOST_APART: Final = 1  # sentences between the figures
_SLACK: Final = Decimal("0.02")  # share counts of different days
_COMES_ZH: Final = r"对应|相当于|折算|即|意味着|估算|推算|计算|测算|带来"
_COMES_EN: Final = (
    r"impl(?:ies|ying)|equivalent to|equates to|translat(?:es|ing) (?:in)?to|mean(?:s|ing)|amount(?:s|ing) to"
)
_COMES: Final = lazily(rf"{_COMES_ZH}|{_COMES_EN}")
# 规模359.63亿元，权重2.62%，对应约9.42亿元; $36bn fund with a 2.62% weight, implying $0.94bn
_PORTION: Final = tuple(
    Wording(pattern)
    for pattern in (
        rf"(?:规模|总额|资产|基金|总值|市值)~16{{a}}~24(?:权重|占比|比重|比例|仓位)~10{{p}}~16(?:{_COMES_ZH})~20{{v}}",
        rf"{{a}}~40[;；]?~30{{p}}~40(?:{_COMES_EN})~30{{v}}",
        rf"{{p}}~8(?:权重|weight(?:ing)?)~20(?:of|in|乘以|×|x)~20{{a}}~24(?:{_COMES_ZH}|{_COMES_EN})~24{{v}}",
    )
)


def check_values(passage: Passage) -> Iterator[Recomputed]:
    """Yield values that the text derives from a price and a number of shares, or from a sum and a weight."""
    if _VALUE_WORD.search(passage.skeleton):
        for index in range(len(passage.figures)):
            if _is_loss(passage, index) and (found := _move(passage, index)):
                yield found
    if not _COMES.search(passage.skeleton):
        return
    for pattern in _PORTION:
        for found_words in pattern.finditer(passage.skeleton):
            whole, share, part = (position(found_words, name) for name in "apv")
            if judged := _portion(passage, whole, share, part):
                yield judged


def _is_loss(passage: Passage, index: int) -> bool:
    quantity = passage.figures[index].quantity
    if not quantity.currency or quantity.unit.endswith("/share") or quantity.relation is Relation.RANGE:
        return False
    before, after = passage.before(index), passage.after(index)
    if _GONE_AFTER.match(after):
        return True
    return bool(_LOST.search(before)) and bool(_VALUE_WORD.search(before) or _LOST_AFTER.match(after))


def _move(passage: Passage, value: int) -> Recomputed | None:
    """Return the price move times all shares, when one price, one move and one share count stand around."""
    near = [
        index
        for index in range(max(0, value - 8), min(len(passage.figures), value + 9))
        if abs(passage.sentence[index] - passage.sentence[value]) <= _MOST_APART and index != value
    ]
    unit = passage.figures[value].quantity.unit
    shares = [
        i
        for i in near
        if passage.figures[i].quantity.unit == "shares"
        and _ALL_SHARES.search(passage.before(i)[-24:] + passage.after(i)[:24])
        and not _PART.search(passage.before(i)[-12:] + passage.after(i)[:8])
    ]
    prices = [
        i
        for i in near
        if passage.figures[i].quantity.unit == f"{unit}/share"
        or (passage.figures[i].quantity.unit == unit and passage.figures[i].quantity.value < 10_000)
    ]
    moves = [
        i for i in near if passage.figures[i].quantity.unit == "percent" and passage.figures[i].direction is not None
    ]
    if len(shares) != 1 or len(prices) not in {1, 2} or (len(prices) == 1 and len(moves) != 1):
        return None
    number, stated = operand(passage, shares[0]), operand(passage, value)
    if len(prices) == 2:
        high, low = sorted((operand(passage, i) for i in prices), key=lambda one: -one.value)
        if high.value == low.value:
            return None
        fall = Interval.of(high.quantity) + -Interval.of(low.quantity)
        step, shown, inputs = high.value - low.value, f"({high.show()} - {low.show()})", (*prices, *shares)
    else:
        price, rate = operand(passage, prices[0]), operand(passage, moves[0])
        down = passage.figures[moves[0]].direction == "down"
        if not 0 < rate.value < (100 if down else 1000) or Relation.RANGE in _relations(price, rate):
            return None
        sign = -1 if down else 1
        part = Interval.of(rate.quantity).scaled(Decimal("0.01"))
        one = Interval(Decimal(1), Decimal(1))
        fall = Interval.of(price.quantity).times(part.over(one + (part if sign > 0 else -part)))
        ratio = rate.value / 100
        step = price.value * ratio / (1 + sign * ratio)
        shown = f"{price.show()} × {rate.show()} / (1 {'+' if sign > 0 else '-'} {rate.show()})"
        inputs = (*prices, *moves, *shares)
    finding = against(
        f"{shown} × {number.show()}",
        step * number.value,
        fall.times(Interval.of(number.quantity)).widened(_SLACK),
        stated,
        mends=((number, stated.value / step),) if step else (),
    )
    return Recomputed("product", inputs, value, finding)


def _relations(*operands: Operand) -> set[Relation]:
    return {one.quantity.relation for one in operands}


def _portion(passage: Passage, whole: int, share: int, part: int) -> Recomputed | None:
    """Return a sum times a weight; a result that only fits in the sum's own currency is told as that."""
    base, rate, stated = (operand(passage, index) for index in (whole, share, part))
    money = base.quantity.currency and stated.quantity.currency
    if not money or rate.quantity.unit != "percent" or not 0 < rate.value < 100:
        return None
    if Relation.RANGE in _relations(base, rate, stated) or not passage.same_sentence(whole, part):
        return None
    reach = Interval.of(base.quantity).times(Interval.of(rate.quantity)).scaled(Decimal("0.01"))
    computed = base.value * rate.value / 100
    same_unit = base.quantity.unit == stated.quantity.unit
    target = Operand(replace(stated.quantity, unit=base.quantity.unit), stated.printed)
    shown = f"{base.show()} × {rate.show()}"
    finding = against(shown, computed, reach, target, mends=((base, stated.value * 100 / rate.value),))
    if not same_unit:
        if finding.verdict is not Verdict.CONSISTENT:
            return None
        amount = f"{computed:,.0f} {base.quantity.unit}"
        finding = replace(
            finding,
            verdict=Verdict.INCONSISTENT,
            formula=f"{shown} = {amount} ≠ {stated.show()}",
            reason=f"the product is in {base.quantity.unit}, but is printed as {stated.quantity.unit} unconverted",
            reason_zh=f"乘积的货币为{base.quantity.unit}，原文未经换算写作{stated.quantity.unit}",
            mend=f"{stated.quantity.unit} → {base.quantity.unit}",
        )
    return Recomputed("product", (whole, share), part, finding)
