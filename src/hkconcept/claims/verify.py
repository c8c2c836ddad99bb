"""Recomputing every relation that a text states between its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from hkconcept.claims.aligned import check_aligned
from hkconcept.claims.arithmetic import (
    judge_difference,
    judge_growth,
    judge_order,
    judge_share,
    judge_sum,
    judge_whole,
)
from hkconcept.claims.bare import with_bare_numbers
from hkconcept.claims.conversions import check_conversions
from hkconcept.claims.elapsed import check_elapsed
from hkconcept.claims.findings import Finding
from hkconcept.claims.found import Found, add_searched, place_of
from hkconcept.claims.headline import check_headline
from hkconcept.claims.intervals import Operand
from hkconcept.claims.itemised import check_itemised
from hkconcept.claims.passage import Passage, read_passage
from hkconcept.claims.payments import check_payments
from hkconcept.claims.phrases import check_phrases
from hkconcept.claims.phrases.means import find_per_time
from hkconcept.claims.products import check_products
from hkconcept.claims.rates import check_rates
from hkconcept.claims.recomputed import Recomputed
from hkconcept.claims.relations import find_relations
from hkconcept.claims.search import OF_BARE_NUMBERS, search
from hkconcept.claims.search.roles import TIMES
from hkconcept.claims.stated import Stated
from hkconcept.claims.tables import check_tables
from hkconcept.claims.values import check_values
from hkconcept.claims.weekdays import check_weekdays
from hkconcept.model import Check, Claim, DateMention, Figure, Quote, Verdict
from hkconcept.text.lazily import lazily

__all__ = ["check_figures"]

_AVERAGED: Final = lazily(r"(?i)均|averag|mean")
_SEPARATORS = frozenset(",，.．")
_RANK = {Verdict.CONSISTENT: 0, Verdict.NOT_CHECKABLE: 1, Verdict.INCONSISTENT: 2}

# Between two finders: a reading that holds acquits, and one that can be checked is worth more than one that cannot.
_PREFERRED = {Verdict.CONSISTENT: 0, Verdict.INCONSISTENT: 1, Verdict.NOT_CHECKABLE: 2}


def check_figures(
    text: str, figures: Sequence[Figure], *, dates: Sequence[DateMention] | None = None
) -> tuple[Check, ...]:
    """Check every relation that a text states between its figures, in reading order.

    A claim that the wording lets one read in several ways is inconsistent only when every reading is.
    Restatements that agree are no news and are left out.

    Parameters
    ----------
    text
        The text that the figures were found in.
    figures
        The figures, as :func:`hkconcept.claims.find_figures` returns them.
    dates
        The dates of the text, for their weekdays; without them only dates printed with a year are looked at.

    """
    # A span of time is never part of these relations, and "the eight months ended" stands inside many.
    related = [figure for figure in figures if figure.quantity.unit not in TIMES and not _torn(text, figure)]
    passage = read_passage(text, related)
    found: Found = {}
    for one in (*_recomputed(passage, text, dates), *_stated(passage)):
        found.setdefault(place_of(passage, one), (passage, one))
    if dates and len(dates) > 1:
        spans_of_time = read_passage(text, figures)
        for one in check_elapsed(spans_of_time, text, dates):
            found.setdefault(place_of(spans_of_time, one), (spans_of_time, one))
    wider = with_bare_numbers(passage, text, related, dates or ())
    if len(wider.figures) > 1:
        held_results = {_stands(where, one) for where, one in found.values()}
        for one in check_phrases(wider):
            place = place_of(wider, one)
            if place not in found and _stands(wider, one) in held_results:
                continue  # the same claim, read with another mention of one of its figures
            held = found.get(place)
            if held is None or _PREFERRED[one.finding.verdict] < _PREFERRED[held[1].finding.verdict]:
                found[place] = (wider, one)
    for where, one in _with_times(text, figures):
        found.setdefault(place_of(where, one), (where, one))
    times = any(figure.quantity.unit in TIMES for figure in figures)
    whole = read_passage(text, [figure for figure in figures if not _torn(text, figure)]) if times else passage
    add_searched(found, whole, search(whole))
    if len(wider.figures) > len(passage.figures):
        add_searched(found, wider, search(wider, OF_BARE_NUMBERS))
    checks = [_check(where, text, one) for where, one in found.values()]
    return tuple(sorted(checks, key=lambda check: check.claim.quote.span))


def _stands(passage: Passage, one: Recomputed) -> tuple[object, ...]:
    """Return what a claim is about: its kind and the figure that it gives."""
    return one.kind, None if one.result is None else passage.figures[one.result].quote.span.start, one.span


def _with_times(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Passage, Recomputed]]:
    """Yield relations of spans of time, which other relations leave out: survival against control, a daily average."""
    times = sum(figure.quantity.unit in TIMES for figure in figures)
    if times < 1 or len(figures) < 3 or (times < 3 and not _AVERAGED.search(text)):
        return
    passage = read_passage(text, figures)
    for one in find_per_time(passage):
        yield passage, one
    if times > 2:
        for one in check_phrases(passage):
            if one.result is not None and passage.figures[one.result].quantity.unit in TIMES:
                yield passage, one


def _torn(text: str, figure: Figure) -> bool:
    """Whether a figure is the tail of a longer numeral, such as the 200 of ``1，424，200``."""
    start = figure.quote.span.start
    return (
        start > 1
        and text[start - 1] in _SEPARATORS
        and text[start - 2].isdecimal()
        and figure.quote.exact[:1].isdecimal()
    )


def _recomputed(passage: Passage, text: str, dates: Sequence[DateMention] | None) -> Iterator[Recomputed]:
    """Yield the relations that bring their own arithmetic."""
    yield from check_weekdays(passage, text, dates)
    yield from check_tables(text)
    yield from check_itemised(passage)
    money = sum(figure.quantity.currency is not None for figure in passage.figures)
    if money > 1:
        yield from check_conversions(passage)
    if len(passage.figures) > 1:
        yield from check_headline(passage)
    if len(passage.figures) > 2:
        yield from check_rates(passage)
        if money:
            yield from check_products(passage)
            yield from check_values(passage)
        if money > 2:
            yield from check_payments(passage)
        yield from check_aligned(passage)


def _stated(passage: Passage) -> Iterator[Recomputed]:
    if len(passage.figures) < 2:
        return
    for stated in find_relations(passage):
        inputs, result, finding = _best(passage, stated)
        if stated.kind != "same" or finding.verdict is Verdict.INCONSISTENT:
            yield Recomputed(stated.kind, inputs, result, finding)


def _check(passage: Passage, text: str, one: Recomputed) -> Check:
    span = one.span or passage.quote_span((*one.inputs, *(() if one.result is None else (one.result,))))
    # A bare number has no id: it is an operand of this formula and no figure of the text.
    inputs = tuple(passage.figures[index].id for index in one.inputs if passage.figures[index].id)
    result = "" if one.result is None else passage.figures[one.result].id
    return Check(
        Claim(one.kind, inputs, result, Quote.cut(text, span)),
        one.finding.verdict,
        one.finding.formula,
        one.finding.reason,
        one.finding.computed,
        one.finding.tolerance,
        one.finding.mend,
        one.sources,
        one.finding.reason_zh,
    )


def _best(passage: Passage, stated: Stated) -> tuple[tuple[int, ...], int, Finding]:
    """Return the reading that holds, or else the first."""
    readings = [(stated.inputs, stated.result), *stated.readings]
    judged = [(inputs, result, _judge(passage, stated, inputs, result)) for inputs, result in readings]
    return min(judged, key=lambda one: _RANK[one[2].verdict])


def _judge(passage: Passage, stated: Stated, inputs: Sequence[int], result: int) -> Finding:
    operands = [Operand(passage.figures[i].quantity, passage.figures[i].quote.exact) for i in inputs]
    implied = Operand(passage.figures[result].quantity, passage.figures[result].quote.exact)
    sign: Literal[-1, 1] = -1 if stated.sign < 0 else 1
    match stated.kind:
        case "sum":
            return judge_sum(operands, implied, complete=stated.complete)
        case "share":
            return judge_share(operands[0], operands[1], implied)
        case "order":
            return judge_order(implied, operands[0])
        case "difference":
            return judge_difference(operands[0], operands[1], implied, sign=sign)
        case "same":
            return judge_whole(operands[0], implied)
        case _:
            forms: tuple[Literal["by", "to"], ...] = ("by", "to") if stated.form == "either" else (stated.form,)
            found = [judge_growth(operands[0], operands[1], implied, form=form, sign=sign) for form in forms]
            return min(found, key=lambda finding: _RANK[finding.verdict])
