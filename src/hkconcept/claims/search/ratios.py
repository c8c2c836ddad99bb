"""Ratios that want an explanation: a discount, a multiple, a move of an index, points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Final, Literal

from hkconcept.claims.arithmetic import judge_difference, judge_growth
from hkconcept.claims.findings import Finding, against, no_divisor
from hkconcept.claims.intervals import Interval, Operand
from hkconcept.claims.passage import Passage
from hkconcept.claims.phrases.reading import alike, direction
from hkconcept.claims.recomputed import operand
from hkconcept.claims.search.candidates import Candidate, rough_growth
from hkconcept.claims.search.roles import (
    ABOVE,
    BELOW,
    around,
    comparable,
    is_prior,
    is_reference,
    is_value,
    plain,
    sentence_of,
)
from hkconcept.model import Relation
from hkconcept.text.lazily import lazily

__all__ = ["discounts", "moves", "multiples", "points"]

_TARGET: Final = lazily(r"目标价|\btarget")
_OR: Final = lazily(r"^[^\w]{0,4}(?:points?|pts|点|个点)?[,，(（\s]*(?:or |或|跌幅|升幅|涨幅|即|幅度)?[^\w]{0,3}$")
_LEVEL: Final = lazily(
    r"^[)）,，\s]*(?:to|at|ending at|closing at|to end at|to close at|报|收报|至|收于)\s*(?:a |about )?$"
)
_MOST_VALUES: Final = 8
_TIMES_OF: Final = lazily(r"^\s*(?:times|x)?\s*(?:the|that of|those|its|as much as)\b")
_TIMES_ZH: Final = lazily(r"的[^,，;；。()]{0,4}$")
_AVERAGED: Final = lazily(r"平均|均价|averag")
_HIGHEST_PRICE: Final = 10_000


def _of_prices(operands: Sequence[Operand], *, sign: Literal[-1, 1]) -> Finding:
    """Judge a discount; a price is what was paid to the last digit, unless it is an average."""
    new, old, rate = operands
    reach = _paid(new).over(_paid(old))
    reach = (reach + Interval(Decimal(-1), Decimal(-1))).scaled(Decimal(100))
    computed = (new.value / old.value - 1) * 100
    shown = f"{new.show()} / {old.show()}"
    if sign < 0:
        reach, computed = -reach, -computed
    wanted = 1 + sign * rate.value / 100
    mends = ((new, old.value * wanted), *(((old, new.value / wanted),) if wanted > 0 else ()))
    return against(f"{shown} - 1" if sign > 0 else f"1 - {shown}", computed, reach, rate, mends)


def _paid(one: Operand) -> Interval:
    return Interval.of(one.quantity) if _AVERAGED.search(one.printed) else Interval(one.value, one.value)


def discounts(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each discount, premium or upside: a price against one of the market."""
    for index, rate in enumerate(passage.figures):
        if rate.quantity.unit != "percent" or rate.quantity.relation is Relation.RANGE:
            continue
        words = around(passage, index)
        below, above = BELOW.search(words), ABOVE.search(words)
        if bool(below) == bool(above):
            continue
        sentence = sentence_of(passage, index)
        prices = [i for i in sentence if _price(passage, i)]
        references = [i for i in prices if is_reference(passage, i) and not _TARGET.search(around(passage, i))]
        offers = [i for i in prices if i not in references]
        if not offers and sentence and sentence[0]:
            offers = [i for i in sentence_of(passage, sentence[0] - 1) if _price(passage, i)]
        # The reference that the rate follows directly, or that follows the rate.
        near = sorted(references, key=lambda i: (abs(i - index), i > index))[:2]
        judge = partial(_of_prices, sign=-1 if below else 1)
        sure = len({passage.figures[i].quantity.value for i in offers}) == 1
        pairs = [(new, old) for old in near for new in offers if alike(operand(passage, new), operand(passage, old))]
        rough = partial(rough_growth, sign=-1 if below else 1)
        yield [
            Candidate("growth", pair, index, judge, sure and place == 0, rough=rough)
            for place, pair in enumerate(pairs[:6])
        ]


def multiples(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each multiple: one value of its sentence against another."""
    for index, rate in enumerate(passage.figures):
        if rate.quantity.unit != "multiple" or rate.quantity.relation is Relation.RANGE or rate.quantity.value <= 0:
            continue
        values = [i for i in sentence_of(passage, index) if i != index and is_value(passage, i)][:_MOST_VALUES]
        named = (
            index + 1
            if _TIMES_OF.search(passage.after(index))
            else index - 1
            if _TIMES_ZH.search(passage.before(index))
            else -1
        )
        pairs = [(new, old) for old in values for new in values if new != old and comparable(passage, new, old)]
        if named == index + 1 and named in values:  # "5.3x the 2.4bn" is of that and of nothing else
            pairs = [pair for pair in pairs if pair[1] == named]
        pairs.sort(key=lambda pair: (pair[1] != named, abs(pair[0] - index) + abs(pair[1] - index)))
        sure = bool(pairs) and pairs[0][1] == named and len(values) == 2
        judge = partial(_times, more=bool(direction(around(passage, index))))
        yield [Candidate("growth", pair, index, judge, sure and place == 0) for place, pair in enumerate(pairs[:8])]


def _times(operands: Sequence[Operand], *, more: bool) -> Finding:
    """Judge "is 2.6 times", or "2.6 times more", which adds to the whole."""
    return judge_growth(*operands, form="by" if more else "to")


def moves(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each "rose 20.1 points, or 0.3%, to 7,001.2": the move over where it began."""
    for index in range(1, len(passage.figures) - 1):
        move, rate, level = passage.figures[index - 1 : index + 2]
        if rate.quantity.unit != "percent" or not passage.same_sentence(index - 1, index + 1):
            continue
        if not _OR.match(passage.before(index)) or not _LEVEL.search(passage.before(index + 1)):
            continue
        sign = (
            1
            if move.direction == "up"
            else -1
            if move.direction == "down"
            else direction(passage.before(index - 1)[-40:])
        )
        if sign and level.quantity.value > move.quantity.value > 0:
            yield [Candidate("growth", (index - 1, index + 1), index, partial(_move, sign=sign))]


def _move(operands: Sequence[Operand], *, sign: Literal[-1, 1]) -> Finding:
    move, level, rate = operands
    began = level.value - sign * move.value
    if began <= 0:
        return no_divisor(level)
    reach = Interval.of(move.quantity).over(Interval(began, began)).scaled(Decimal(100))
    shown = f"{move.show()} / ({level.show()} {'-' if sign > 0 else '+'} {move.show()})"
    return against(shown, move.value / began * 100, reach, rate, ((move, began * rate.value / 100),))


def points(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each number of points: two rates of its sentence."""
    for index, change in enumerate(passage.figures):
        if change.quantity.unit not in {"percentage points", "basis points"}:
            continue
        rates = [i for i in sentence_of(passage, index) if passage.figures[i].quantity.unit == "percent"]
        rates = [i for i in rates if passage.figures[i].quantity.relation is not Relation.RANGE]
        pairs = [(new, old) for old in rates for new in rates if new != old]
        pairs.sort(key=lambda pair: (not is_prior(passage, pair[1]), abs(pair[0] - index) + abs(pair[1] - index)))
        pairs = [pair for pair in pairs if operand(passage, pair[0]).value > operand(passage, pair[1]).value]
        yield [Candidate("difference", pair, index, _points) for pair in pairs[:6]]


def _points(operands: Sequence[Operand]) -> Finding:
    new, old, change = operands
    if change.quantity.unit == "basis points":
        scale = Decimal(100)
        new, old = (
            Operand(replace(one.quantity, value=one.value * scale, step=one.quantity.step * scale), "")
            for one in (new, old)
        )
    return judge_difference(new, old, change)


def _price(passage: Passage, index: int) -> bool:
    figure = passage.figures[index]
    return plain(figure) and figure.quantity.currency is not None and figure.quantity.value < _HIGHEST_PRICE
