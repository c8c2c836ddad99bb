"""Rates that want an explanation: of change, of a discount, of a multiple, of points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Final, Literal

from hkconcept.claims.arithmetic import judge_difference, judge_growth
from hkconcept.claims.findings import Finding, against, no_divisor
from hkconcept.claims.intervals import Interval, Operand
from hkconcept.claims.lexicon import MEASURE_WORDS
from hkconcept.claims.passage import Passage
from hkconcept.claims.phrases.reading import OTHER_BASIS, alike, direction
from hkconcept.claims.recomputed import operand
from hkconcept.claims.search.candidates import Candidate
from hkconcept.claims.search.roles import (
    ABOVE,
    BELOW,
    MOVED_TO,
    RESPECTIVE,
    around,
    clause_before,
    comparable,
    is_prior,
    is_reference,
    is_value,
    plain,
    sentence_of,
    whole_sentence,
    words_of,
)
from hkconcept.model import Relation, Verdict
from hkconcept.text.lazily import lazily

__all__ = ["changes", "compounds", "discounts", "moves", "multiples", "points"]

_AFTER_RATE: Final = lazily(r"[a-z]|同期|上年|去年|年[则为:]*$|[(（]")
_TARGET: Final = lazily(r"目标价|\btarget")
_OR: Final = lazily(r"^[^\w]{0,4}(?:points?|pts|点|个点)?[,，(（\s]*(?:or |或|跌幅|升幅|涨幅|即|幅度)?[^\w]{0,3}$")
_LEVEL: Final = lazily(
    r"^[)）,，\s]*(?:to|at|ending at|closing at|to end at|to close at|报|收报|至|收于)\s*(?:a |about )?$"
)
_MOST_VALUES: Final = 8
_LARGER_LOSS: Final = lazily(
    r"亏损[^,，;；。]{0,16}$|增亏|减亏|亏损(?:扩大|收窄|减少|增加)|loss(?:es)? (?:widen|narrow)"
)
_LOSS: Final = lazily(r"亏损|增亏|减亏|亏|净损|\bloss(?:es)?\b")
_TIMES_OF: Final = lazily(r"^\s*(?:times|x)?\s*(?:the|that of|those|its|as much as)\b")
_TIMES_ZH: Final = lazily(r"的[^,，;；。()]{0,4}$")
_YEARLY: Final = lazily(r"同比|环比|按[年季月]|较|比|增幅|[升涨跌降]幅|增亏|减亏")
_FEW, _FEW_LATIN = 5, 40
_COMPOUND: Final = lazily(r"复合|cagr|compound")
_AT_LEAST: Final = frozenset({Relation.AT_LEAST, Relation.OVER})
_MOST_YEARS: Final = 30
_AVERAGED: Final = lazily(r"平均|均价|averag")
_HIGHEST_PRICE: Final = 10_000


def changes(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each rate of change: a value of its sentence against one that the words call earlier."""
    for index, rate in enumerate(passage.figures):
        if rate.quantity.unit != "percent" or rate.quantity.value <= 0:
            continue
        sentence = sentence_of(passage, index)
        if len(sentence) < 3:
            continue
        sign = 1 if rate.direction == "up" else -1 if rate.direction == "down" else _way(around(passage, index))
        words = words_of(passage, sentence)
        if not sign or BELOW.search(around(passage, index)) or RESPECTIVE.search(words):
            continue
        # What is expected is compared by its range; a rate alone may be of another basis.
        losses = _LARGER_LOSS.search(words)
        if losses:
            words = _LOSS.sub("", words)
        if rate.quantity.relation is not Relation.RANGE and OTHER_BASIS.search(words):
            continue
        values = [i for i in sentence if i != index and is_value(passage, i)]
        moved = {values[at - 1]: new for at, new in enumerate(values) if at and _moved_to(passage, new)}
        olds = [i for i in values if is_prior(passage, i) or i in moved]
        news = sorted((i for i in values if i not in olds), key=lambda i: abs(i - index))
        found = []
        for old in sorted(olds, key=lambda i: abs(i - index)):
            if old > index and not _AFTER_RATE.search(passage.before(old)):
                continue  # what a later clause compares with is not the base of this rate
            like = [new for new in news if comparable(passage, new, old)]
            if (to := moved.get(old)) in like:
                like = [to, *(new for new in like if new != to)]
            beside = bool(like) and abs(old - index) <= 2 and abs(like[0] - old) <= 2
            bare = _names_nothing(passage, index)
            sure = bare and beside and len(olds) == 1 and (len(like) == 1 or like[0] == to)
            sure = sure and ". " not in passage.text[slice(*_between(passage, old, index))]
            judge, rough = partial(_growth, sign=sign), partial(_rough_growth, sign=sign)
            found += [Candidate("growth", (new, old), index, judge, sure, rough=rough) for new in like[:3]]
            others = [i for i in whole_sentence(passage, index) if i not in sentence and is_value(passage, i)]
            others = [new for new in others if comparable(passage, new, old)]
            found += [Candidate("growth", (new, old), index, judge, acquits=True, rough=rough) for new in others]
        yield found


def _between(passage: Passage, one: int, other: int) -> tuple[int, int]:
    first, last = sorted((one, other))
    return passage.figures[first].quote.span.end, passage.figures[last].quote.span.start


def _names_nothing(passage: Passage, rate: int) -> bool:
    """Whether the clause of a rate says how something changed and not what: a subject of its own is another thing."""
    words = clause_before(passage, rate)
    return len(words) <= (_FEW_LATIN if words.isascii() else _FEW) or bool(_YEARLY.search(words))


def _way(words: str) -> Literal[-1, 0, 1]:
    """Return which way the words around a rate point; a loss that widens is a larger number."""
    if "增亏" in words or "扩大" in words:
        return 1
    if "减亏" in words or "收窄" in words:
        return -1
    return direction(words)


def _moved_to(passage: Passage, index: int) -> bool:
    """Whether the words say that what was named before moved to a value; another thing may be named between."""
    words = passage.before(index)
    return bool(MOVED_TO.search(words)) and not MEASURE_WORDS.names(words)


def _growth(operands: Sequence[Operand], *, sign: Literal[-1, 1]) -> Finding:
    new, old, rate = operands
    if new.quantity.relation in _AT_LEAST and rate.quantity.relation in _AT_LEAST:
        new, rate = _end(new, upper=False), _end(rate, upper=False)  # the least value grows by the least rate
    if rate.quantity.relation is not Relation.RANGE or new.quantity.relation is not Relation.RANGE:
        return judge_growth(new, old, rate, sign=sign)
    # A range grows by a range: the lower value by the lower rate, of a fall by the higher one.
    low, high = (_end(rate, upper=False), _end(rate, upper=True))
    first = judge_growth(_end(new, upper=False), old, low if sign > 0 else high, sign=sign)
    second = judge_growth(_end(new, upper=True), old, high if sign > 0 else low, sign=sign)
    return second if first.verdict is Verdict.CONSISTENT else first


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


def _end(one: Operand, *, upper: bool) -> Operand:
    quantity = one.quantity
    value = quantity.upper if upper and quantity.upper is not None else quantity.value
    return Operand(replace(quantity, value=value, upper=None, relation=Relation.EXACT), "")


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
        rough = partial(_rough_growth, sign=-1 if below else 1)
        yield [
            Candidate("growth", pair, index, judge, sure and place == 0, rough=rough)
            for place, pair in enumerate(pairs[:6])
        ]


def _rough_growth(values: Sequence[float], *, sign: Literal[-1, 1]) -> float:
    return sign * (values[0] / values[1] - 1) * 100


def compounds(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each compound rate: two values of its sentence whose years are known."""
    for index, rate in enumerate(passage.figures):
        if rate.quantity.unit != "percent" or rate.quantity.relation is Relation.RANGE:
            continue
        if not _COMPOUND.search(passage.before(index) + passage.after(index)[:24]):
            continue
        sentence = sentence_of(passage, index)
        values = [i for i in sentence if i != index and is_value(passage, i) and passage.figures[i].period]
        rates = [i for i in sentence if passage.figures[i].quantity.unit == "percent"]
        if len(values) != 2 or len(rates) > 2 or RESPECTIVE.search(words_of(passage, sentence)):
            continue  # of several spans of years the words alone say which is meant
        pairs = [pair for pair in (values, values[::-1]) if _years(passage, *pair) and comparable(passage, *pair)]
        yield [
            Candidate("cagr", (new, old), index, partial(_compound, years=_years(passage, new, old)), sure=True)
            for new, old in pairs
        ]


def _years(passage: Passage, new: int, old: int) -> int:
    """Return how many years lie between two figures; 0 where that is not known, or the wrong way round."""
    last, first = passage.figures[new].period, passage.figures[old].period
    return last.year - first.year if last and first and 0 < last.year - first.year <= _MOST_YEARS else 0


def _compound(operands: Sequence[Operand], *, years: int) -> Finding:
    new, old, rate = operands
    ratio = Interval.of(new.quantity).over(Interval.of(old.quantity))
    low, high = (None if end is None or end <= 0 else _yearly(end, years) for end in (ratio.low, ratio.high))
    times = (1 + rate.value / 100) ** years
    return against(
        f"({new.show()} / {old.show()})^(1/{years}) - 1",
        _yearly(new.value / old.value, years),
        Interval(low, high).widened(Decimal("0.005")),
        rate,
        ((new, old.value * times), (old, new.value / times)),
    )


def _yearly(ratio: Decimal, years: int) -> Decimal:
    return ((ratio.ln() / years).exp() - 1) * 100


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
