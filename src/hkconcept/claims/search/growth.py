"""Rates of change that want an explanation: of a value against an earlier one, over one year or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Final, Literal

from hkconcept.claims.arithmetic import judge_growth
from hkconcept.claims.findings import Finding, against
from hkconcept.claims.intervals import Interval, Operand
from hkconcept.claims.lexicon import MEASURE_WORDS
from hkconcept.claims.passage import Passage
from hkconcept.claims.phrases.reading import OTHER_BASIS, direction
from hkconcept.claims.rates import yearly_growth
from hkconcept.claims.search.candidates import Candidate, rough_growth
from hkconcept.claims.search.roles import (
    BELOW,
    MOVED_TO,
    RESPECTIVE,
    around,
    clause_before,
    comparable,
    is_prior,
    is_value,
    sentence_of,
    whole_sentence,
    words_of,
)
from hkconcept.model import Relation, Verdict
from hkconcept.text.lazily import lazily

__all__ = ["changes", "compounds"]

_AFTER_RATE: Final = lazily(r"[a-z]|同期|上年|去年|年[则为:]*$|[(（]")
_LARGER_LOSS: Final = lazily(
    r"亏损[^,，;；。]{0,16}$|增亏|减亏|亏损(?:扩大|收窄|减少|增加)|loss(?:es)? (?:widen|narrow)"
)
_LOSS: Final = lazily(r"亏损|增亏|减亏|亏|净损|\bloss(?:es)?\b")
_YEARLY: Final = lazily(r"同比|环比|按[年季月]|较|比|增幅|[升涨跌降]幅|增亏|减亏")
_FEW, _FEW_LATIN = 5, 40
_COMPOUND: Final = lazily(r"复合|cagr|compound")
_AT_LEAST: Final = frozenset({Relation.AT_LEAST, Relation.OVER})
_MOST_YEARS: Final = 30


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
        bare = _names_nothing(passage, index)
        others = [i for i in whole_sentence(passage, index) if i not in sentence and is_value(passage, i)]
        judge, rough = partial(_growth, sign=sign), partial(rough_growth, sign=sign)
        found = []
        for old in sorted(olds, key=lambda i: abs(i - index)):
            if old > index and not _AFTER_RATE.search(passage.before(old)):
                continue  # what a later clause compares with is not the base of this rate
            like = [new for new in news if comparable(passage, new, old)]
            if (to := moved.get(old)) in like:
                like = [to, *(new for new in like if new != to)]
            beside = bool(like) and abs(old - index) <= 2 and abs(like[0] - old) <= 2
            sure = bare and beside and len(olds) == 1 and (len(like) == 1 or like[0] == to)
            sure = sure and ". " not in passage.text[slice(*_between(passage, old, index))]
            found += [Candidate("growth", (new, old), index, judge, sure, rough=rough) for new in like[:3]]
            found += [
                Candidate("growth", (new, old), index, judge, acquits=True, rough=rough)
                for new in others
                if comparable(passage, new, old)
            ]
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


def _end(one: Operand, *, upper: bool) -> Operand:
    quantity = one.quantity
    value = quantity.upper if upper and quantity.upper is not None else quantity.value
    return Operand(replace(quantity, value=value, upper=None, relation=Relation.EXACT), "")


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
    low, high = (None if end is None or end <= 0 else yearly_growth(end, years) for end in (ratio.low, ratio.high))
    times = (1 + rate.value / 100) ** years
    return against(
        f"({new.show()} / {old.show()})^(1/{years}) - 1",
        yearly_growth(new.value / old.value, years),
        Interval(low, high).widened(Decimal("0.005")),
        rate,
        ((new, old.value * times), (old, new.value / times)),
    )
