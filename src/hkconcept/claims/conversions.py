"""One amount printed twice: in two units of one currency, or in two currencies.

Between two currencies the amount is recomputed when the text states the rate, or when law fixes it: since
18 May 2005 the Hong Kong Monetary Authority buys and sells US dollars at 7.75 and 7.85 Hong Kong dollars.
Otherwise two pairs of one text must agree with each other; a single pair is not checkable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from hkconcept.claims.arithmetic import judge_whole
from hkconcept.claims.findings import Finding, against
from hkconcept.claims.intervals import Interval, Operand
from hkconcept.claims.passage import Passage
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.claims.wording import Wording, position
from hkconcept.model import Relation, Verdict
from hkconcept.text.lazily import lazily

__all__ = ["check_conversions"]

_SAME_PLAIN: Final = (
    r"约?折合(?:为|成)?|约合|相当于|合约|即|equivalent to|equal to|or about|or approximately|or around|or some"
)
_SAME: Final = rf"{_SAME_PLAIN}|约为?|即|合|about|approximately|approx\.?|around|or|i\.e\.,?"
# €42m ($50m); 6.5亿美元，约合46.8亿元人民币
_PAIR: Final = tuple(
    Wording(pattern, *cues)
    for pattern, *cues in (
        (rf"{{a}}~2\(~3(?:{_SAME})?~10{{b}}~6[),]", "("),
        (rf"{{a}}~8\(~3(?:{_SAME})~10{{b}}~6[),]", "("),
        (rf"{{a}}~2,?~2(?:{_SAME_PLAIN})~10{{b}}", "合", "相当于", "即", "equ", "or "),
        (r"{a}~1,~1or~1{b}", "or"),
        (r"{a}~10\b(?:equals|is equal to|is equivalent to|converts to|is worth)~6{b}", "equ", "converts", "is worth"),
    )
)
_SAME_UNIT: Final = lazily(r"即|折合|约合|等于|equivalent|equal|\bor\b")
# 1美元兑7.2元人民币; an exchange rate of $1.19 per euro; US$1 = HK$7.8
_RATE: Final = tuple(
    Wording(pattern, *cues)
    for pattern, *cues in (
        (r"{a}~4(?:兑换?|折合?|合|=|≈|to|equals?)~6{b}", "兑", "折", "合", "=", "≈", "to", "equal"),
        (
            r"\b(?:rate|rate of exchange|at)\b~20{b}~2(?:per|to the|to one|for each) ?(?P<per>[a-z. ]{4,12})",
            "per",
            "to ",
            "for each",
        ),
    )
)
_DIGITS: Final = lazily(r"[\d,.，．]+")
# The first of two is the base of their rate, so that rates read as they are quoted: 7.2 yuan to the dollar.
_QUOTED: Final = ("GBP", "EUR", "CHF", "USD", "SGD", "AUD", "CAD", "CNY", "HKD", "MOP", "TWD", "JPY", "KRW")
_PER: Final = {
    "euro": "EUR", "pound": "GBP", "us dollar": "USD", "u.s. dollar": "USD", "dollar": "USD", "yuan": "CNY",
    "swiss franc": "CHF",
}  # fmt: skip
_PEG: Final = Interval(Decimal("7.75"), Decimal("7.85"))
_PEG_SOURCE: Final = "https://www.hkma.gov.hk/eng/key-functions/money/linked-exchange-rate-system/"
_PEG_SLACK: Final = Decimal("0.01")  # 7.8 is rounded to, and cards and banks quote beyond the band
_RATE_SLACK: Final = Decimal("0.005")
_APART: Final = Decimal("0.25")  # between two rates of one text: no pair here moves so far within a year of news
_EXACT: Final = frozenset({Relation.EXACT, Relation.ABOUT})


class _Pair(NamedTuple):
    one: int
    other: int
    rate: Interval
    middle: Decimal


def check_conversions(passage: Passage) -> Iterator[Recomputed]:
    """Yield every amount that is printed a second time in another unit or currency."""
    rates = dict(_rates(passage))
    pairs: defaultdict[tuple[str, str], list[_Pair]] = defaultdict(list)
    seen: set[int] = set()
    for pattern in _PAIR:
        for found in pattern.finditer(passage.skeleton):
            one, other = position(found, "a"), position(found, "b")
            first, second = passage.figures[one].quantity, passage.figures[other].quantity
            if one in seen or not _amounts(passage, one, other):
                continue
            if first.unit == second.unit:
                if first.currency and _SAME_UNIT.search(passage.before(other)) and _rescaled(passage, one, other):
                    seen.add(one)
                    finding = judge_whole(operand(passage, one), operand(passage, other))
                    yield Recomputed("conversion", (one,), other, finding)
                continue
            if not (first.currency and second.currency) or "/" in first.unit + second.unit:
                continue
            seen.add(one)
            if (rate := _rate(rates, first.unit, second.unit)) is not None:
                yield Recomputed("conversion", (one,), other, _at_rate(passage, one, other, rate))
            elif {first.unit, second.unit} == {"USD", "HKD"}:
                yield _pegged(passage, one, other)
            else:
                key = _base_and_quote(first.unit, second.unit)
                pairs[key].append(_pair(passage, *((one, other) if first.unit == key[0] else (other, one))))
    for together in pairs.values():
        yield from _implied(passage, together)


def _base_and_quote(one: str, other: str) -> tuple[str, str]:
    first, second = sorted((one, other), key=_QUOTED.index)
    return first, second


def _rescaled(passage: Passage, one: int, other: int) -> bool:
    """Whether two amounts are printed in different units: "5 million or 6 million" is a choice."""
    words = [_DIGITS.sub("", passage.figures[index].quote.exact).strip() for index in (one, other)]
    return words[0] != words[1]


def _amounts(passage: Passage, one: int, other: int) -> bool:
    first, second = passage.figures[one], passage.figures[other]
    return (
        {first.quantity.relation, second.quantity.relation} <= _EXACT | {Relation.OVER, Relation.UP_TO}
        and first.quantity.value > 0
        and second.quantity.value > 0
        and first.direction is None
        and second.direction is None
        and passage.same_sentence(one, other)
    )


def _rates(passage: Passage) -> Iterator[tuple[tuple[str, str], Interval]]:
    """Yield the exchange rates that a text states: units of the second currency for one of the first."""
    for found in _RATE[0].finditer(passage.skeleton):
        one, other = (passage.figures[position(found, name)].quantity for name in "ab")
        if one.currency and other.currency and one.unit != other.unit and one.value in {1, 100}:
            yield (one.unit, other.unit), Interval.of(other).scaled(1 / one.value)
    for found in _RATE[1].finditer(passage.skeleton):
        other = passage.figures[position(found, "b")].quantity
        base = next((unit for name, unit in _PER.items() if found["per"].startswith(name)), other.unit)
        if other.currency and other.unit != base:
            yield (base, other.unit), Interval.of(other)


def _rate(rates: dict[tuple[str, str], Interval], one: str, other: str) -> Interval | None:
    if (rate := rates.get((one, other))) is not None:
        return rate
    if (rate := rates.get((other, one))) is not None:
        return Interval(Decimal(1), Decimal(1)).over(rate)
    return None


def _at_rate(passage: Passage, one: int, other: int, rate: Interval) -> Finding:
    amount, stated = operand(passage, one), operand(passage, other)
    low, high = rate.low or Decimal(0), rate.high or Decimal(0)
    middle = (low + high) / 2
    if stated.quantity.relation is Relation.ABOUT:
        # 约 beside a conversion speaks of the rate and of rounding, not of the amount.
        stated = Operand(replace(stated.quantity, relation=Relation.EXACT), stated.printed)
    return against(
        f"{amount.show()} × {middle:.4g}",
        amount.value * middle,
        Interval.of(amount.quantity).times(rate).widened(_RATE_SLACK),
        stated,
        mends=((amount, stated.value / middle),) if middle else (),
    )


def _pegged(passage: Passage, one: int, other: int) -> Recomputed:
    band = _PEG.widened(_PEG_SLACK)
    if passage.figures[one].quantity.unit == "HKD":
        band = Interval(Decimal(1), Decimal(1)).over(band)
    return Recomputed("conversion", (one,), other, _at_rate(passage, one, other, band), sources=(_PEG_SOURCE,))


def _pair(passage: Passage, one: int, other: int) -> _Pair:
    base, quote = passage.figures[one].quantity, passage.figures[other].quantity
    return _Pair(one, other, Interval.of(quote).over(Interval.of(base)), quote.value / base.value)


def _implied(passage: Passage, pairs: list[_Pair]) -> Iterator[Recomputed]:
    """Yield pairs of one text whose rates cannot both be right, and the others as what they are: no proof.

    Of two pairs that differ neither is the odd one out: the later is reported against the earlier.
    """
    told = pairs[0] if len(pairs) == 2 else sorted(pairs, key=lambda pair: pair.middle)[len(pairs) // 2]
    for pair in pairs:
        base, quote = operand(passage, pair.one), operand(passage, pair.other)
        formula = f"{quote.show()} / {base.show()} = {pair.middle:.4g} {quote.quantity.unit}/{base.quantity.unit}"
        if not pair.rate.meets(told.rate.widened(_APART)):
            finding = _odd(base, quote, pair, told, formula)
        else:
            finding = Finding(
                Verdict.NOT_CHECKABLE,
                formula,
                "the text states no exchange rate and no date for one",
                "原文未给出汇率或其日期",
                pair.middle,
            )
        yield Recomputed("conversion", (min(pair.one, pair.other),), max(pair.one, pair.other), finding)


def _odd(base: Operand, quote: Operand, pair: _Pair, told: _Pair, formula: str) -> Finding:
    return Finding(
        Verdict.INCONSISTENT,
        f"{formula} ≠ {told.middle:.4g}",
        f"another pair of the text implies a rate of {told.middle:.4g}; this one {pair.middle:.4g}",
        f"同文另一组金额隐含汇率{told.middle:.4g}，此处为{pair.middle:.4g}",
        base.value * told.middle,
        mend=f"{quote.show()} → {quote.show(base.value * told.middle)} | "
        f"{base.show()} → {base.show(quote.value / told.middle)}",
    )
