"""Amounts that want an explanation: price times number, an average, a difference, a total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Final

from hkconcept.claims.arithmetic import judge_difference, judge_sum
from hkconcept.claims.findings import Finding, against
from hkconcept.claims.intervals import Interval, Operand
from hkconcept.claims.passage import Passage
from hkconcept.claims.phrases.reading import alike
from hkconcept.claims.recomputed import operand
from hkconcept.claims.search.candidates import Candidate
from hkconcept.claims.search.roles import (
    TIMES,
    around,
    clause_before,
    is_average,
    is_gross,
    is_of_each,
    is_prior,
    plain,
    sentence_of,
)
from hkconcept.model import Quantity, Relation
from hkconcept.text.lazily import lazily

__all__ = ["averages", "conversions", "differences", "products", "totals", "valuations"]

_RATES: Final = frozenset({"percent", "percentage points", "basis points", "multiple"})
_COUNTS: Final = frozenset({"count", "shares"})
_EACH: Final = lazily(
    r"一口价|招股价|发售价|offer price|每股|每份|每(?:单位|台|支|盒|位|名|人|床)|\beach\b|apiece|per |a share\b"
)
_PAR: Final = lazily(r"面值|面額|的普通股|\bpar\b|nominal")
_TARGET: Final = lazily(r"目标价|\btarget price|\bprice target|\btarget of")
_MULTIPLE: Final = lazily(r"市盈率|\bp/?e\b|earnings|pe(?![a-z])")
_CURRENT: Final = lazily(r"当前|现价|现股价|股价|\bcurrent|\bnow\b|trad")
_EARNINGS: Final = lazily(r"每股(?:收益|盈利|盈余)|(?<![a-z])eps(?![a-z])|earnings (?:a|per) share")
_RAISED: Final = lazily(r"所得(?:款项)?(?:总额|毛额)?|集资|募资|募集|gross proceeds|\brais(?:e|ed|es|ing)\b")
_APART: Final = lazily(
    r"差|蒸发|增加|增持|减少|净增|多|少|扩大|缩|升|降|跌|涨|gap|differ|\bby\b|\bup\b|\bdown\b|\badd|more|fewer|less|higher|lower|gain|lost|sav(?:e|es|ed|ing)|节约|节省|节资"
    r"|loss|dividend|remain|left|profit|利润"
)
_IN_ALL: Final = lazily(
    r"合共|合计|共计|总计|共|总|全部|\btotal|together|in all|altogether|combined|\baggregate|"
    r"add(?:s|ed)? up|sum of|headline|value of|\bput\b|bring|worth|\ball\b"
)
_DIVIDED: Final = lazily(
    r"其中|包括|包含|分为|分别|由|其余|余下|余|剩余|of which|of whom|includ|compris|consist|remaining|other|\brest\b|"
    r"while|split|and"
    r"|及|和|以及|首|次|末|[(（]i+"
)
_OF_TIME: Final = lazily(r"[日月年周季]均|每个?[日月年周季天]|month|year|annual|day|week|quarter|daily")
_BEFORE_RESULT: Final = lazily(r"(?:(?<!截)至|到|为|\bto) ?[^,，;；。()]{0,30}$")
_WITH_COSTS: Final = lazily(r"另加|成交|换手|turnover|traded|\bplus\b.{0,24}(?:commission|brokerage|levy|levies)")
_SENTENCES_BACK: Final = 2
_EXTREME: Final = lazily(r"最高|最低|highest|lowest")
_NOT_ADDED: Final = lazily(r"分别|respectively|抵销|抵消|offset|依次|[(（]即|折合|约合|equivalent")
_ADDABLE: Final = frozenset({"count", "shares"})
_AT_RATE: Final = lazily(
    r"[^,，;；。]{0,12}?(?:汇率|\bat\b|\brate of\b|兑)[^\d,，;；。]{0,12}(?P<rate>\d{1,3}\.\d{1,4})(?![\d%])"
)
_NEAR: Final = 40
_LINES: Final = frozenset({"revenue", "gross profit", "net profit", "loss", "R&D expense"})
_ADDED_UP: Final = lazily(r"\badd(?:s|ed|ing)? up to\s*$")
_MOST_PARTS: Final = 7
_FURTHEST: Final = 14  # figures from a total to its last part, the rates between them counted
_ONE: Final = Decimal(1)


def products(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each amount that is raised, paid or valued: a price times a number."""
    if not (_EACH.search(passage.text) or any(one.quantity.unit.endswith("/share") for one in passage.figures)):
        return
    for index, figure in enumerate(passage.figures):
        quantity = figure.quantity
        if (
            not quantity.currency
            or quantity.unit.endswith("/share")
            or not plain(figure)
            or not is_gross(passage, index)
        ):
            continue
        near = sentence_of(passage, index)
        for _ in range(_SENTENCES_BACK):
            both = any(_unit_price(passage, i) for i in near) and any(_is_number(passage, i) for i in near)
            if near and near[0] and not both:
                near = [*sentence_of(passage, near[0] - 1), *near]
        if any(_WITH_COSTS.search(passage.before(i)) for i in near):
            continue  # a commission is in the amount, or what was traded changed hands at many prices
        prices = [i for i in near if i != index and _unit_price(passage, i)]
        prices = [i for i in prices if passage.figures[i].quantity.currency == quantity.currency]
        numbers = [i for i in near if _is_number(passage, i)]
        same = all(passage.same_sentence(i, index) for i in (*prices, *numbers))
        sure = same and len(prices) == 1 and len(numbers) == 1 and bool(_RAISED.search(around(passage, index)))
        pairs = [(price, number) for price in prices for number in numbers]
        pairs.sort(key=lambda pair: abs(pair[0] - index) + abs(pair[1] - index))
        found = [Candidate("product", pair, index, _product, sure, rough=_rough_product) for pair in pairs[:6]]
        if len(numbers) > 1:
            found += [
                Candidate("product", (price, *numbers), index, _product, rough=_rough_product) for price in prices[:2]
            ]
        yield found


def _is_number(passage: Passage, index: int) -> bool:
    figure = passage.figures[index]
    return plain(figure) and figure.quantity.unit in _COUNTS and figure.quantity.value > _ONE


def _unit_price(passage: Passage, index: int) -> bool:
    figure = passage.figures[index]
    if not plain(figure) or not figure.quantity.currency or _PAR.search(around(passage, index)):
        return False
    return figure.quantity.unit.endswith("/share") or bool(_EACH.search(around(passage, index)))


def _product(operands: Sequence[Operand]) -> Finding:
    price, *numbers, value = operands
    if value.quantity.relation is Relation.UP_TO and all(one.quantity.relation is Relation.UP_TO for one in numbers):
        value, numbers = _reached(value), [_reached(one) for one in numbers]
    number = sum((one.value for one in numbers), Decimal(0))
    reach = Interval(Decimal(0), Decimal(0))
    for one in numbers:
        reach += Interval.of(one.quantity)
    reach = Interval.of(price.quantity).times(reach).widened(Decimal("0.005"))
    mends: tuple[tuple[Operand, Decimal], ...] = ((price, value.value / number),)
    shown = " + ".join(one.show() for one in numbers)
    if len(numbers) == 1:
        mends = ((numbers[0], value.value / price.value), *mends)
    else:
        shown = f"({shown})"
    return against(f"{price.show()} × {shown}", price.value * number, reach, value, mends)


def _is_given(passage: Passage, index: int) -> bool:
    """Whether a multiple of earnings is what a value follows from, and not where the price stands."""
    words = around(passage, index)
    is_multiple = passage.figures[index].quantity.unit == "multiple"
    return is_multiple and bool(_MULTIPLE.search(words)) and not _CURRENT.search(words)


def valuations(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each target price: earnings a share times the multiple that a sentence gives them."""
    if not _TARGET.search(passage.text):
        return
    for index, figure in enumerate(passage.figures):
        if not plain(figure) or not figure.quantity.currency or not _TARGET.search(clause_before(passage, index)):
            continue
        near = sentence_of(passage, index)
        many = [i for i in near if _is_given(passage, i)]
        earned = [
            i
            for i in near
            if i != index and _EARNINGS.search(passage.before(i)) and passage.figures[i].quantity.currency
        ]
        earned = [i for i in earned if passage.figures[i].quantity.currency == figure.quantity.currency]
        sure = len(many) == len(earned) == 1
        yield [
            Candidate("product", (one, times), index, _product, sure, rough=_rough_product)
            for one in earned
            for times in many
        ]


def averages(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each average: a total of its sentence over a number, or over a span of time."""
    if not is_of_each(passage.text):
        return
    for index, figure in enumerate(passage.figures):
        if not plain(figure) or figure.quantity.unit in _RATES | TIMES or not is_average(passage, index):
            continue
        if _EXTREME.search(clause_before(passage, index)):
            continue
        near = [i for i in sentence_of(passage, index) if i != index and plain(passage.figures[i])]
        totals = [i for i in near if alike(operand(passage, i), operand(passage, index))]
        totals = [i for i in totals if operand(passage, i).value > figure.quantity.value]
        of_time = _OF_TIME.search(f"{clause_before(passage, index)}|{passage.after(index)[:16]}")
        numbers = [i for i in near if passage.figures[i].quantity.unit in (TIMES if of_time else _COUNTS)]
        pairs = [(total, number) for total in totals for number in numbers if total != number]
        pairs.sort(key=lambda pair: abs(pair[0] - index) + abs(pair[1] - index))
        yield [Candidate("average", pair, index, _average, rough=lambda of: of[0] / of[1]) for pair in pairs[:6]]


def _rough_product(values: Sequence[float]) -> float:
    return values[0] * sum(values[1:])


def _difference(operands: Sequence[Operand]) -> Finding:
    big, small, change = operands
    return judge_difference(big, small, change)


def _average(operands: Sequence[Operand]) -> Finding:
    total, number, stated = operands
    reach = Interval.of(total.quantity).over(Interval.of(number.quantity))
    mends = ((total, stated.value * number.value), (number, total.value / stated.value))
    return against(f"{total.show()} / {number.show()}", total.value / number.value, reach, stated, mends)


def differences(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each amount that something rose, fell or differs by: two values of its sentence."""
    for index in (one for group in _crowds(passage) for one in group):
        figure = passage.figures[index]
        if figure.quantity.unit in _RATES or figure.quantity.value <= 0 or figure.quantity.relation is Relation.RANGE:
            continue
        if not figure.direction and not _APART.search(around(passage, index)):
            continue
        if _BEFORE_RESULT.search(passage.before(index)) or is_prior(passage, index):
            continue
        mine = operand(passage, index)
        near = [i for i in sentence_of(passage, index) if i != index and alike(operand(passage, i), mine)]
        pairs = [(big, small) for big in near for small in near]
        pairs = [pair for pair in pairs if operand(passage, pair[0]).value > operand(passage, pair[1]).value]
        pairs.sort(key=lambda pair: abs(pair[0] - index) + abs(pair[1] - index))
        yield [Candidate("difference", pair, index, _difference, rough=lambda of: of[0] - of[1]) for pair in pairs[:6]]


def totals(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each total: the figures of its unit that stand next to it, on one side or the other."""
    for index in _largest(passage):
        figure = passage.figures[index]
        of_whole = figure.quantity.unit == "percent" and figure.quantity.step < 1
        if not (plain(figure) or _ADDED_UP.search(passage.before(index))) or is_prior(passage, index):
            continue
        if not (figure.quantity.currency or figure.quantity.unit in _ADDABLE or of_whole):
            continue
        after, before = _run(passage, index, 1), _run(passage, index, -1)
        if of_whole and not _IN_ALL.search(clause_before(passage, index)):
            continue
        called = bool(_IN_ALL.search(f"{clause_before(passage, index)}|{passage.after(index)[:24]}"))
        found = []
        for run in (after, before):
            said = (
                passage.before(index),
                *(passage.before(part) for part in run),
                passage.after(max(run, default=index)),
            )
            if any(_NOT_ADDED.search(words) for words in said):
                continue
            divided = any(_DIVIDED.search(passage.before(part)) for part in run)
            if (called and run) or (divided and run is after):
                found += [
                    Candidate("sum", tuple(sorted(run[:size])), index, _sum, rough=sum)
                    for size in range(min(len(run), _MOST_PARTS), 1, -1)
                ]
        yield found


def _crowds(passage: Passage) -> list[list[int]]:
    """Return the figures of one unit and one sentence, where there are three: fewer make no sum and no difference."""
    groups: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for index, figure in enumerate(passage.figures):
        unit = "count" if figure.quantity.unit == "shares" else figure.quantity.unit.split("/")[0]
        groups[passage.sentence[index], unit].append(index)
    return [group for group in groups.values() if len(group) > 2]


def _largest(passage: Passage) -> list[int]:
    """Return the figures that may be totals: of each crowd the two largest, since a slip may make a part too large."""
    values = [figure.quantity.value for figure in passage.figures]
    return [index for group in _crowds(passage) for index in sorted(group, key=values.__getitem__)[-2:]]


def _run(passage: Passage, index: int, step: int) -> list[int]:
    """Return the figures of one unit on one side of a total, the nearest first; rates between them are passed over."""
    mine = operand(passage, index)
    run: list[int] = []
    at = index + step
    while 0 <= at < len(passage.figures) and abs(at - index) <= _FURTHEST and passage.same_sentence(at, index):
        if len(run) == _MOST_PARTS:
            break
        figure = passage.figures[at]
        if figure.quantity.unit == mine.quantity.unit or figure.quantity.unit not in _RATES | TIMES:
            if not plain(figure) or not alike(operand(passage, at), mine) or is_prior(passage, at):
                break
            measures = {figure.measure, passage.figures[index].measure}
            if figure.quantity.value == mine.value or (len(measures) > 1 and measures <= _LINES):
                break
            run.append(at)
        at += step
    return run


def _sum(operands: Sequence[Operand]) -> Finding:
    # "Up to" bounds the parts and the total alike: the amounts that would be reached add up.
    *parts, whole = (_reached(one) if one.quantity.relation is Relation.UP_TO else one for one in operands)
    return judge_sum(parts, whole)


def _reached(one: Operand) -> Operand:
    return Operand(replace(one.quantity, relation=Relation.EXACT), one.printed)


def conversions(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each amount printed beside one of another currency with the rate between them."""
    for second in range(1, len(passage.figures)):
        one, other = passage.figures[second - 1].quantity, passage.figures[second].quantity
        if (
            not one.currency
            or not other.currency
            or one.currency == other.currency
            or not passage.same_sentence(second - 1, second)
        ):
            continue
        spans = (passage.figures[second - 1].quote.span, passage.figures[second].quote.span)
        between = _AT_RATE.search(passage.text, spans[0].end, spans[1].start)
        printed = between or _AT_RATE.match(passage.text, spans[1].end, spans[1].end + _NEAR)
        if printed:
            rate = Operand(
                Quantity(Decimal(printed["rate"]), "count", step=Decimal(1).scaleb(-len(printed["rate"].split(".")[1])))
            )
            judges = (partial(_converted, rate=rate, times=True), partial(_converted, rate=rate, times=False))
            yield [Candidate("conversion", (second - 1,), second, judge) for judge in judges]


def _converted(operands: Sequence[Operand], *, rate: Operand, times: bool) -> Finding:
    one, other = operands
    if times:
        reach = Interval.of(one.quantity).times(Interval.of(rate.quantity))
        return against(
            f"{one.show()} × {rate.value}", one.value * rate.value, reach, other, ((one, other.value / rate.value),)
        )
    reach = Interval.of(one.quantity).over(Interval.of(rate.quantity))
    return against(
        f"{one.show()} / {rate.value}", one.value / rate.value, reach, other, ((one, other.value * rate.value),)
    )
