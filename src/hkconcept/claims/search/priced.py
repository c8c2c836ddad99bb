"""Amounts that want an explanation: a price times a number, earnings times a multiple, an average."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from hkconcept.claims.findings import Finding, against
from hkconcept.claims.intervals import Interval, Operand
from hkconcept.claims.passage import Passage
from hkconcept.claims.phrases.reading import alike
from hkconcept.claims.recomputed import operand
from hkconcept.claims.search.candidates import Candidate
from hkconcept.claims.search.roles import (
    RATES,
    TIMES,
    around,
    clause_before,
    is_average,
    is_gross,
    is_of_each,
    plain,
    sentence_of,
)
from hkconcept.model import Relation
from hkconcept.text.lazily import lazily

__all__ = ["averages", "products", "valuations"]

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
_OF_TIME: Final = lazily(r"[日月年周季]均|每个?[日月年周季天]|month|year|annual|day|week|quarter|daily")
_WITH_COSTS: Final = lazily(r"另加|成交|换手|turnover|traded|\bplus\b.{0,24}(?:commission|brokerage|levy|levies)")
_SENTENCES_BACK: Final = 2
_EXTREME: Final = lazily(r"最高|最低|highest|lowest")
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
        value, numbers = value.reached(), [one.reached() for one in numbers]
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
        if not plain(figure) or figure.quantity.unit in RATES | TIMES or not is_average(passage, index):
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


def _average(operands: Sequence[Operand]) -> Finding:
    total, number, stated = operands
    reach = Interval.of(total.quantity).over(Interval.of(number.quantity))
    mends = ((total, stated.value * number.value), (number, total.value / stated.value))
    return against(f"{total.show()} / {number.show()}", total.value / number.value, reach, stated, mends)
