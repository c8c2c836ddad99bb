"""What the words around a figure say of its part in a relation, whatever their order: prior value, total, price..."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hkconcept.claims.passage import Passage, compatible
from hkconcept.claims.phrases.reading import alike
from hkconcept.claims.recomputed import operand
from hkconcept.model import Figure, Relation
from hkconcept.text.lazily import lazily

__all__ = [
    "ABOVE",
    "BELOW",
    "MOVED_TO",
    "RATES",
    "RESPECTIVE",
    "TIMES",
    "around",
    "clause_after",
    "clause_before",
    "comparable",
    "is_average",
    "is_base",
    "is_gross",
    "is_net",
    "is_of_each",
    "is_prior",
    "is_reference",
    "is_value",
    "moved_on",
    "plain",
    "sentence_of",
    "whole_sentence",
    "words_of",
]

RATES: Final = frozenset({"percent", "percentage points", "basis points", "multiple"})
_FURTHEST: Final = 20_000  # a million printed for a billion, 万 for 亿
TIMES: Final = frozenset({"months", "years", "days", "weeks", "working days", "trading days", "hours", "minutes"})
_CLAUSE: Final = lazily(r"[,，;；:：。!?()（）]| and | but | while ")

ABOVE: Final = lazily(r"溢价|premium|upside|上行空间|上升空间|上涨空间|潜在升幅|潜在涨幅")
BELOW: Final = lazily(r"折让|折价|discount")
MOVED_TO: Final = lazily(
    r"(?:增|升|涨|降|跌|减|扩|缩|攀)[^,，;；。()]{0,6}(?:至|到)[^,，;；。()]{0,8}$|"
    r"\b(?:rose|risen|rising|increased|grew|grown|climbed|jumped|fell|fallen|declined|dropped|expanded|"
    r"narrowed|up|down) to [a-z ]{0,12}$"
)
RESPECTIVE: Final = lazily(r"分别|respectively|依次")
_PARTED: Final = lazily(r"[;；|\n]")
_PRIOR_BEFORE: Final = lazily(
    r"(?:较|比(?![例重])|相较于?|相比于?|由(?!于)|从|原(?:来|为|先)|上年(?:同期)?|去年(?:同期)?|前年|上年末|年初|期初|同期|此前|之前|上期|上季|上月|上周|前值|前一(?:交易)?日|前收|昨收|"
    r"\b(?:from|against|versus|vs\.?|than|compared (?:with|to))\b)"
    r"[^,，;；。()]{0,24}$|\b(?:on|over) (?:the |its )?$|[(（](?:20\d\d年|20\d\d:)[^,，;；。()]{0,12}$"
)
_PRIOR_AFTER: Final = lazily(
    r"^[^,，;；。()]{0,24}?(?:\ba (?:year|month|week|quarter) (?:ago|earlier|before)|"
    r"\b(?:last|previous|prior) (?:year|quarter|month)|\bthe (?:year|quarter|month) before|\bpreviously|"
    r"\b(?:previous|prior) close)"
)
_REFERENCE: Final = lazily(
    r"收市价|收盘价|收报|平均价|现价|股价|平均收|理论除权价|均价|\baverage\b|"
    r"\bclos(?:e|ing)\b|last (?:close|traded)|market price|trading price"
)
_GROSS: Final = lazily(
    r"所得(?:款项)?(?:总额|毛额)|[^除]款|金额|集资|募资|募集|筹资|总额|总代价|总价|总对价|代价|市值|耗资|涉资|斥资|总收益|收入|"
    r"gross|rais|proceeds|market (?:cap|value)|capitali[sz]ation|consideration|worth|totall?|valu|revenue|spen[dt]|cost"
)
_NET: Final = lazily(r"净额|净筹|净得|净价|净|扣除|\bnet\b|after (?:fees|costs|expenses)")
_AVERAGE: Final = lazily(
    r"(?:平均|均|每(?:家|人|周|期|批|份|笔|个?月|年|季|日|天|名|例|床|间|店|单|剂|盒|位|股)|人均|\baverag\w*|\bmean|\beach\b|"
    r"\bper (?:month|year|head|day|patient|bed|store)\b|\bmonthly\b|\bannual\w*\b)"
)
_AVERAGE_AFTER: Final = lazily(
    r"^[^,，;；。()]{0,12}?(?:\ba (?:month|year|day|week)\b|\beach\b|\bapiece\b|\bper \w+|\bon average)"
)
_ANY_AVERAGE: Final = lazily(r"每|均|averag|mean|each|apiece|\bper\b|monthly|annual|\ba (?:month|year|day|week)\b")
_BASE: Final = lazily(r"(?:\bof\b|占|其(?!中)|总|\bits\b|\btotal\b|全部|已发行)[^,，;；。()]{0,16}$")


def sentence_of(passage: Passage, index: int, *, most: int = 14) -> list[int]:
    """Return the positions of the figures of a sentence, or of its part between semicolons.

    Empty where there are more than can be searched.
    """
    number = passage.sentence[index]
    first = last = index
    while first and last - first < most and _joined(passage, first, number):
        first -= 1
    while last + 1 < len(passage.figures) and last - first < most and _joined(passage, last + 1, number):
        last += 1
    return list(range(first, last + 1)) if last - first < most else []


def _joined(passage: Passage, index: int, sentence: int) -> bool:
    """Whether a figure stands in a sentence with the one before it, and no semicolon parts them."""
    return passage.sentence[index - 1] == passage.sentence[index] == sentence and not _PARTED.search(
        passage.before(index)
    )


def whole_sentence(passage: Passage, index: int, *, most: int = 14) -> list[int]:
    """Return the positions of the figures of a sentence with the one before it, those near the figure only."""
    number = passage.sentence[index]
    near = range(max(0, index - most), min(len(passage.figures), index + most + 1))
    return [other for other in near if 0 <= number - passage.sentence[other] <= 1]


def clause_before(passage: Passage, index: int) -> str:
    """Return the words of a figure's own clause before it, back to the figure before it at most."""
    return _CLAUSE.split(passage.before(index))[-1]


def clause_after(passage: Passage, index: int) -> str:
    """Return the words of a figure's own clause after it, up to the figure after it at most."""
    return _CLAUSE.split(passage.after(index), maxsplit=1)[0]


def around(passage: Passage, index: int) -> str:
    """Return the words of a figure's own clause on both sides, parted by a bar."""
    return f"{clause_before(passage, index)}|{clause_after(passage, index)}"


def plain(figure: Figure) -> bool:
    """Whether a figure is one positive number and no change of another one."""
    return figure.quantity.relation is not Relation.RANGE and figure.quantity.value > 0 and figure.direction is None


def is_prior(passage: Passage, index: int) -> bool:
    """Whether the words make a figure the earlier value of a comparison, or its year does."""
    if _PRIOR_BEFORE.search(passage.before(index)) or _PRIOR_AFTER.search(passage.after(index)):
        return True
    period = passage.figures[index].period
    if period is None:
        return False
    near = (
        passage.figures[other] for other in (index - 1, index - 2) if other >= 0 and passage.same_sentence(other, index)
    )
    return any(figure.period is not None and figure.period.year > period.year for figure in near)


def is_reference(passage: Passage, index: int) -> bool:
    """Whether a price is one of the market, with which another price is compared."""
    return bool(_REFERENCE.search(around(passage, index)))


def is_net(passage: Passage, index: int) -> bool:
    """Whether an amount is what remains after costs."""
    return bool(_NET.search(clause_before(passage, index)))


def is_gross(passage: Passage, index: int) -> bool:
    """Whether an amount is a whole value: what is raised, paid, or the market value."""
    return bool(_GROSS.search(around(passage, index))) and not is_net(passage, index)


def is_average(passage: Passage, index: int) -> bool:
    """Whether a figure is of each, or of each span of time."""
    return bool(_AVERAGE.search(clause_before(passage, index)) or _AVERAGE_AFTER.search(passage.after(index)))


def is_of_each(text: str) -> bool:
    """Whether a text speaks of what each has, or of an average, at all."""
    return bool(_ANY_AVERAGE.search(text))


def is_base(passage: Passage, index: int) -> bool:
    """Whether the words make a figure the whole of a share."""
    return bool(_BASE.search(passage.before(index)))


def is_value(passage: Passage, index: int) -> bool:
    """Whether a figure is an amount or a number of things, no rate and no span of time."""
    figure = passage.figures[index]
    return figure.quantity.unit not in RATES | TIMES and figure.quantity.value > 0


def comparable(passage: Passage, one: int, other: int) -> bool:
    """Whether two figures may be of one thing: unit and measure agree where known, and they are not worlds apart."""
    first, second = passage.figures[one], passage.figures[other]
    if not compatible(first.quantity, second.quantity) and not alike(operand(passage, one), operand(passage, other)):
        return False
    if first.quantity.value == second.quantity.value:
        return False
    low, high = sorted((first.quantity.value, second.quantity.value))
    if high > low * _FURTHEST:
        return False
    return not first.measure or not second.measure or first.measure == second.measure


def moved_on(passage: Passage, index: int) -> bool:
    """Whether the words say that a rate moved from here to the one that follows."""
    after = index + 1
    return (
        after < len(passage.figures)
        and passage.figures[after].quantity.unit == passage.figures[index].quantity.unit
        and passage.same_sentence(index, after)
        and bool(MOVED_TO.search(passage.before(after)))
    )


def words_of(passage: Passage, sentence: Sequence[int]) -> str:
    """Return the words around and between some figures, parted by bars."""
    return "|".join([*(passage.before(index) for index in sentence), passage.after(sentence[-1])])
