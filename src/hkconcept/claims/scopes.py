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

__all__ = ["printed_scopes", "with_register_scopes"]

_CUE: Final = lazily(
    r"数据|统计|据|口径|截至|截止|不含|不包括|剔除|仅计|只计|according to|data |as (?:of|at) |exclud|only "
)
_SOURCE: Final = lazily(
    r"(?:根?据|来自|援引)(?P<zh>[^,，。;；:：、()\d]{2,20}?)(?:的?(?:数据|统计|报告|资料|测算|口径))"
    r"|according to (?:data (?:from|by) |figures (?:from|by) )?(?P<en>[a-z][\w&.' -]{1,40}?)"
    r"(?=[,.;)]|$| data\b| figures\b)"
    r"|\bdata (?:from|by|compiled by) (?P<by>[a-z][\w&.' -]{1,40}?)(?= (?:show|suggest|indicate)|[,.;)]|$)"
)
# What a source or a rule begins with.
_STATES: Final = lazily(
    r"据|来自|援引|according to|data (?:from|by|compiled)|不含|不包括|剔除|仅计|只计|excluding|counting only"
    r"|not counting|not including"
)
_CUT_OFF_WORDS: Final = ("截至", "截止", "as of", "as at", "by the end of")
_CUT_OFF: Final = lazily(r"(?:截至|截止|\bas of|\bas at|\bby the end of)\s?$")
_RULE: Final = lazily(
    r"(?:不含|不包括|剔除|仅计|只计|\bexcluding|\bcounting only|\bnot counting|\bnot including)[^,，。;；:：()]{1,40}"
)
_ENDS: Final = ". \n"


def printed_scopes(text: str, passage: Passage, dates: Sequence[DateMention]) -> list[Scope | None]:
    """Return the scope of each figure of a passage that its own sentence prints.

    The words are given as printed. A sentence that names two sources, or two cut-offs, gives neither: which figure
    is whose is then left open.
    """
    if not _CUE.search(passage.text):
        return [None] * len(passage.sentence)
    cut_offs = _cut_offs(passage, dates)
    stating = {bisect_right(passage.breaks, found.start()) - 1 for found in _STATES.finditer(passage.text)}
    scopes = {
        sentence: _printed(text, passage, sentence, cut_offs.get(sentence, []), states=sentence in stating)
        for sentence in {*stating, *cut_offs}.intersection(passage.sentence)
    }
    return [scopes.get(sentence) for sentence in passage.sentence]


def _cut_offs(passage: Passage, dates: Sequence[DateMention]) -> dict[int, list[PartialDate]]:
    found: dict[int, list[PartialDate]] = {}
    text = passage.text
    for mention in dates:
        start = mention.span.start
        if (
            mention.end is None
            and text[max(0, start - 16) : start].rstrip().endswith(_CUT_OFF_WORDS)
            and _CUT_OFF.search(text, max(0, start - 14), start)
        ):
            found.setdefault(bisect_right(passage.breaks, start) - 1, []).append(mention.value)
    return found


def _printed(
    text: str, passage: Passage, sentence: int, cut_offs: Sequence[PartialDate], *, states: bool
) -> Scope | None:
    start, end = passage.breaks[sentence], passage.breaks[sentence + 1]
    vendor = rule = ""
    if states:
        names = {
            text[slice(*found.span(found.lastgroup or 0))].strip()
            for found in _SOURCE.finditer(passage.text, start, end)
        }
        vendor = names.pop() if len(names) == 1 else ""
        rules = {text[slice(*found.span())].strip(_ENDS) for found in _RULE.finditer(passage.text, start, end)}
        rule = rules.pop() if len(rules) == 1 else ""
    cut_off = cut_offs[0] if len(set(cut_offs)) == 1 else None
    return Scope(vendor, cut_off, rule) if vendor or cut_off or rule else None


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
