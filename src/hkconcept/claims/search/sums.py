"""Amounts that want an explanation: a difference, a total, the same in another currency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
    RATES,
    TIMES,
    around,
    clause_before,
    is_prior,
    plain,
    sentence_of,
)
from hkconcept.model import Quantity, Relation
from hkconcept.text.lazily import lazily

__all__ = ["conversions", "differences", "totals"]

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
_BEFORE_RESULT: Final = lazily(r"(?:(?<!截)至|到|为|\bto) ?[^,，;；。()]{0,30}$")
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


def _difference(operands: Sequence[Operand]) -> Finding:
    big, small, change = operands
    return judge_difference(big, small, change)


def differences(passage: Passage) -> Iterator[list[Candidate]]:
    """Yield what may explain each amount that something rose, fell or differs by: two values of its sentence."""
    for index in (one for group in _crowds(passage) for one in group):
        figure = passage.figures[index]
        if figure.quantity.unit in RATES or figure.quantity.value <= 0 or figure.quantity.relation is Relation.RANGE:
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
        if figure.quantity.unit == mine.quantity.unit or figure.quantity.unit not in RATES | TIMES:
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
    *parts, whole = (one.reached() if one.quantity.relation is Relation.UP_TO else one for one in operands)
    return judge_sum(parts, whole)


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
