"""The scope of a figure: who counted, until when, by which rule, as its own sentence or a register says it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from hkconcept.claims.intervals import Interval
from hkconcept.claims.passage import Passage
from hkconcept.claims.registers import Total, answering
from hkconcept.model import DateMention, Figure, Moment, PartialDate, Scope
from hkconcept.text.lazily import lazily

__all__ = ["with_register_scopes", "with_scopes"]

_CUE: Final = lazily(
    r"数据|统计|据|口径|截至|截止|不含|不包括|剔除|仅计|只计|according to|data |as (?:of|at) |exclud|only "
)
_SOURCE: Final = lazily(
    r"(?:根?据|来自|援引)(?P<zh>[^,，。;；:：、()\d]{2,20}?)(?:的?(?:数据|统计|报告|资料|测算|口径))"
    r"|according to (?:data (?:from|by) |figures (?:from|by) )?(?P<en>[a-z][\w&.' -]{1,40}?)"
    r"(?=[,.;)]|$| data\b| figures\b)"
    r"|\bdata (?:from|by|compiled by) (?P<by>[a-z][\w&.' -]{1,40}?)(?= (?:show|suggest|indicate)|[,.;)]|$)"
)
_CUT_OFF: Final = lazily(r"(?:截至|截止|\bas of|\bas at|\bby the end of)\s?$")
_RULE: Final = lazily(
    r"(?:不含|不包括|剔除|仅计|只计|\bexcluding|\bcounting only|\bnot counting|\bnot including)[^,，。;；:：()]{1,40}"
)
_ENDS: Final = ". \n"


def with_scopes(
    text: str, passage: Passage, figures: Sequence[Figure], dates: Sequence[DateMention]
) -> tuple[Figure, ...]:
    """Return the figures with the scope that their own sentence prints.

    The words are given as printed. A sentence that names two sources, or two cut-offs, gives neither: which figure
    is whose is then left open.
    """
    if not _CUE.search(passage.text):
        return tuple(figures)
    scopes: dict[int, Scope | None] = {}
    cut_offs = _cut_offs(passage, dates)
    scoped = []
    for figure, sentence in zip(figures, passage.sentence, strict=True):
        if sentence not in scopes:
            scopes[sentence] = _printed(text, passage, sentence, cut_offs.get(sentence, []))
        scoped.append(replace(figure, scope=scopes[sentence]) if scopes[sentence] else figure)
    return tuple(scoped)


def _cut_offs(passage: Passage, dates: Sequence[DateMention]) -> dict[int, list[PartialDate]]:
    found: dict[int, list[PartialDate]] = {}
    for mention in dates:
        start = mention.span.start
        if mention.end is None and _CUT_OFF.search(passage.text, max(0, start - 14), start):
            found.setdefault(bisect_right(passage.breaks, start) - 1, []).append(mention.value)
    return found


def _printed(text: str, passage: Passage, sentence: int, cut_offs: Sequence[PartialDate]) -> Scope | None:
    start, end = passage.breaks[sentence], passage.breaks[sentence + 1]
    names = {
        text[slice(*found.span(found.lastgroup or 0))].strip() for found in _SOURCE.finditer(passage.text, start, end)
    }
    rules = {text[slice(*found.span())].strip(_ENDS) for found in _RULE.finditer(passage.text, start, end)}
    scope = Scope(
        vendor=names.pop() if len(names) == 1 else "",
        cut_off=cut_offs[0] if len(set(cut_offs)) == 1 else None,
        rule=rules.pop() if len(rules) == 1 else "",
    )
    return scope if scope != Scope() else None


def with_register_scopes(
    figures: Sequence[Figure], asked: Sequence[Figure], totals: Iterable[Total], *, as_of: Moment
) -> tuple[Figure, ...]:
    """Return the figures with the scope of the published total that agrees, where the text prints none itself.

    ``asked`` are the same figures in the terms of the registers, see :func:`hkconcept.claims.asked.as_asked`. Only
    where one body's total alone agrees: of several the text does not say whose it took.
    """
    known = [row for row in totals if row.known_at.known_by <= as_of.known_by]
    scoped = []
    for figure, question in zip(figures, asked, strict=True):
        agreeing = [
            row for row in answering(known, question) if Interval.of(figure.quantity).meets(Interval.of(row.quantity))
        ]
        if figure.scope is None and len({row.vendor for row in agreeing}) == 1:
            row = agreeing[0]
            scoped.append(replace(figure, scope=Scope(row.vendor, None, row.scope_en, from_register=True)))
        else:
            scoped.append(figure)
    return tuple(scoped)
