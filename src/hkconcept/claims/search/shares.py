"""Shares that want an explanation: of a whole, of what makes the whole, of a revenue, of a hundred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from hkconcept.claims.arithmetic import judge_share, judge_sum
from hkconcept.claims.findings import Finding
from hkconcept.claims.intervals import Operand
from hkconcept.claims.passage import Passage, compatible
from hkconcept.claims.phrases.reading import direction
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.claims.search.candidates import Candidate
from hkconcept.claims.search.roles import (
    ABOVE,
    BELOW,
    MOVED_TO,
    RESPECTIVE,
    around,
    comparable,
    is_base,
    is_prior,
    is_value,
    moved_on,
    sentence_of,
    whole_sentence,
    words_of,
)
from hkconcept.claims.search.slips import mended_by_a_slip
from hkconcept.model import Quantity, Relation, Verdict
from hkconcept.text.lazily import lazily

__all__ = ["complements", "margins", "shares"]

_SHARE: Final = lazily(
    r"占|比例|比重|相当于|率|represent|account|royalt|equal to|equivalent|"
    r"\bof (?:its|the|all|total|an?)\b|\brate\b|utili[sz]|making up|缓解|应答|(?<![a-z])(?:orr|dcr)(?![a-z])"
)
_OF_WHOLE: Final = lazily(r"占[^,，;；。()]{0,8}$")
_OF_LAST: Final = lazily(r"^的(?:约|大约|近|逾)?$")
_NAMED: Final = lazily(r"占(?P<base>[^,，;；。()]{2,40}?)(?:的|之|比例|比重|约|为|大约)*$")
_PROFIT: Final = lazily(r"毛利(?!率)|净利润|纯利|溢利|profit")
_SALES: Final = lazily(r"收入|营收|营业额|revenue|sales|turnover")
_MARGIN: Final = lazily(r"毛利率|净利率|利润率|\bmargin")
_PROFITS: Final = frozenset({"gross profit", "net profit", "profit", "operating profit", "loss"})
_STAKE: Final = lazily(r"stake|股权|interest")
_VALUED: Final = lazily(r"valu|估值|对应")
_MOST_PARTS: Final = 4
_IN_WRONG_UNIT: Final = 100  # so much larger than its whole is a part only by a slip
_MOST_VALUES: Final = 8


def shares(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each share: two values of one unit in its sentence."""
    for index, rate in enumerate(passage.figures):
        if rate.quantity.unit != "percent" or rate.direction or rate.quantity.relation is Relation.RANGE:
            continue
        if moved_on(passage, index):
            continue
        of_last = _OF_LAST.match(passage.before(index)) is not None  # "18.0亿元的35%" is of what stands before it
        if not (of_last or _asks_for_share(passage, index)):
            continue
        sentence = sentence_of(passage, index)
        if not sentence or RESPECTIVE.search(words_of(passage, sentence)):
            continue
        values = [i for i in sentence if i != index and is_value(passage, i)][:_MOST_VALUES]
        named = _NAMED.search(passage.before(index))
        if named:
            earlier = [i for i in whole_sentence(passage, index) if i < sentence[0] and is_value(passage, i)]
            values += [i for i in earlier if _base_noun(named["base"]) in around(passage, i)]
        pairs = [
            (part, whole)
            for whole in values
            for part in values
            if part != whole
            and comparable(passage, part, whole)
            and not _has_own_share(passage, whole, index)
            and (whole == index - 1 or not of_last)
            and (
                is_base(passage, whole)
                or _is_part(passage, part, whole)
                or _is_part(passage, whole, part, _IN_WRONG_UNIT)
            )
            and (named is None or _base_noun(named["base"]) in around(passage, whole))
        ]
        pairs.sort(
            key=lambda pair: (
                not is_base(passage, pair[1]),
                not _is_part(passage, *pair),
                abs(pair[0] - index) + abs(pair[1] - index),
            )
        )
        sure = len(values) == 2 and bool(pairs) and is_base(passage, pairs[0][1]) and max(pairs[0]) - min(pairs[0]) <= 2
        found = [
            Candidate("share", pair, index, _share, sure and place == 0, rough=_rough_share)
            for place, pair in enumerate(pairs[:12])
        ]
        like = [
            i for i in values if values and compatible(passage.figures[i].quantity, passage.figures[values[0]].quantity)
        ]
        told = sum(
            _SHARE.search(passage.before(i)) is not None
            for i in sentence
            if passage.figures[i].quantity.unit == "percent"
        )
        if 1 < len(like) <= _MOST_PARTS and told > 1 and not named:
            found += [Candidate("share", (part, *like), index, _share_of_all) for part in like]
        yield found


def _is_part(passage: Passage, part: int, whole: int, times: int = 1) -> bool:
    return passage.figures[part].quantity.value * times < passage.figures[whole].quantity.value


def _share(operands: Sequence[Operand]) -> Finding:
    part, whole, share = operands
    return judge_share(part, whole, share)


def _rough_share(values: Sequence[float]) -> float:
    return values[0] / values[1] * 100


def _base_noun(base: str) -> str:
    """Return the last word of what a share is said to be of; of shares there are many kinds, so two words of it."""
    return base[-3:] if base.endswith(("股份", "股本", "股权")) else base[-2:]


def _share_of_all(operands: Sequence[Operand]) -> Finding:
    """Judge a share of what the values of the sentence make together."""
    part, *parts, share = operands
    total = replace(
        parts[0].quantity,
        value=sum((one.value for one in parts), Decimal(0)),
        step=max(one.quantity.step for one in parts),
    )
    return judge_share(part, Operand(total), share)


def _asks_for_share(passage: Passage, index: int) -> bool:
    """Whether the words around a rate say that it is a share of something, and no change of it."""
    words = around(passage, index)
    stake = _STAKE.search(words) and _VALUED.search(passage.text, passage.breaks[passage.sentence[index]])
    in_brackets = passage.before(index).endswith("(") and passage.after(index).startswith(")")
    if not (stake or in_brackets or _SHARE.search(words)):
        return False
    return not (direction(words) or BELOW.search(words) or ABOVE.search(words))


def _has_own_share(passage: Passage, whole: int, rate: int) -> bool:
    """Whether a value is itself called a share of something by the rate that follows it."""
    after = whole + 1
    return (
        after != rate
        and after < len(passage.figures)
        and passage.figures[after].quantity.unit == "percent"
        and bool(_SHARE.search(passage.before(after)))
    )


def margins(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each margin: a profit over a revenue, of its sentence or the one before."""
    for index, rate in enumerate(passage.figures):
        if rate.quantity.unit != "percent" or rate.quantity.relation is Relation.RANGE:
            continue
        words = passage.before(index) + passage.after(index)[:12]
        if index and passage.figures[index - 1].quantity.unit == "percent" and MOVED_TO.search(passage.before(index)):
            words = passage.before(index - 1)  # a margin that moved from one rate to this one
        elif is_prior(passage, index):
            continue
        if not _MARGIN.search(words):
            continue
        near = [
            i for i in whole_sentence(passage, index) if is_value(passage, i) and passage.figures[i].quantity.currency
        ]
        profits = [i for i in near if passage.figures[i].measure in _PROFITS or _PROFIT.search(around(passage, i))]
        sales = [i for i in near if i not in profits and _SALES.search(around(passage, i))]
        pairs = [(profit, sale) for profit in profits for sale in sales if _like(passage, profit, sale)]
        pairs.sort(key=lambda pair: (is_prior(passage, pair[0]) + is_prior(passage, pair[1]), index - pair[0]))
        yield [Candidate("share", pair, index, _share, rough=_rough_share) for pair in pairs[:6]]


def _like(passage: Passage, one: int, other: int) -> bool:
    return passage.figures[one].quantity.unit == passage.figures[other].quantity.unit


def complements(passage: Passage) -> Iterator[Recomputed]:
    """Yield two shares of one whole that do not make 100%, where one slip in one of them would."""
    if passage.text.count("占") < 2:
        return
    for second in range(1, len(passage.figures)):
        pair = (second - 1, second)
        if passage.figures[second - 1].quantity.unit != "percent":
            pair = (second - 2, second)
        if pair[0] < 0 or not passage.same_sentence(*pair):
            continue
        operands = [operand(passage, index) for index in pair]
        if any(one.quantity.unit != "percent" or one.quantity.step >= 1 for one in operands):
            continue
        if not all(_OF_WHOLE.search(passage.before(index)) and not passage.figures[index].direction for index in pair):
            continue
        if sum(_SHARE.search(passage.before(i)) is not None for i in sentence_of(passage, second)) != len(pair):
            continue
        finding = _hundred(operands)
        if finding.verdict is Verdict.INCONSISTENT and mended_by_a_slip(operands, _hundred):
            yield Recomputed("sum", pair, None, finding, passage.quote_span(pair))


def _hundred(operands: Sequence[Operand]) -> Finding:
    """Judge whether two shares make the whole."""
    step = max(one.quantity.step for one in operands)
    return judge_sum(operands, Operand(Quantity(Decimal(100), "percent", step=step)))
