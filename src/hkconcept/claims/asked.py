"""What a figure asks of the registers of payment, procurement and designations, by the words around it.

The figures of a text measure many things; these registers hold published totals of few. A figure is put to them only
where its sentence names the register's subject (a reimbursement list, a round of procurement) and its own clause says
which of the totals is meant. Everything else about the figure stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from hkconcept.claims.passage import Passage, read_passage
from hkconcept.model import Figure, PartialDate
from hkconcept.text.lazily import lazily
from hkconcept.text.numerals import parse_chinese

if TYPE_CHECKING:
    import re

__all__ = ["INNOVATIVE", "as_asked"]

INNOVATIVE: Final = "innovative drugs"


class _Measure(NamedTuple):
    """A total that a register may hold: its name, the words of a clause that ask for it, what is counted."""

    name: str
    cue: re.Pattern[str]
    counters: frozenset[str]


class _Topic(NamedTuple):
    """The subject of a register: the words that name it, its measures in the order in which they are tried."""

    names: re.Pattern[str]
    measures: tuple[_Measure, ...]
    attributes: Mapping[tuple[str, str], re.Pattern[str]]
    numbered: str = ""
    """The attribute that holds the number of a round or list; with it the total needs no period."""


class _Words(NamedTuple):
    """The words around a figure: its sentence before it, its whole clause, and what is nearest to it alone."""

    before: str
    clause: str
    own: str


_DRUGS: Final = frozenset({"", "drug"})
_COMPANIES: Final = frozenset({"company"})
_ANY: Final = lazily("")

_TOPICS: Final = (
    _Topic(
        lazily(r"商业?(?:健康)?保险?.{0,8}目录|commercial (?:health )?insurance.{0,40}(?:catalog|list)"),
        (
            _Measure("catalogue companies", _ANY, _COMPANIES),
            _Measure("catalogue drugs", lazily(r"药|纳入|收录|drug|medicine|therap"), _DRUGS),
        ),
        {("class", "1"): lazily(r"1类|一类|class[ -]1")},
    ),
    _Topic(
        lazily(
            r"医保(?:药品)?目录|基本医疗保险.{0,24}药品目录|\bnrdl\b|reimbursement (?:drug )?(?:list|catalog)"
            r"|reimbursed drug list"
        ),
        (
            _Measure("added drugs", lazily(r"新增|新纳入|新进|调入|\badd|\bnew(?:ly)?\b"), _DRUGS),
            _Measure("removed drugs", lazily(r"调出|移出|剔除|remov|dropp|delet"), _DRUGS),
            _Measure(
                "listed drugs", lazily(r"总数|收载|收录|共|西药|中成药|协议期|total|contain|cover|compris"), _DRUGS
            ),
        ),
        {
            ("part", "western"): lazily(r"西药部分"),
            ("part", "tcm"): lazily(r"中成药部分"),
            ("part", "agreement"): lazily(r"协议期|under agreement"),
            ("type", "western"): lazily(r"西药(?!部分)|western"),
            ("type", "tcm"): lazily(r"中成药(?!部分)|chinese (?:patent )?medicine"),
            ("way", "negotiation"): lazily(r"谈判新增|通过谈判|through negotiation"),
            ("way", "bidding"): lazily(r"竞价|bidding"),
            ("class", "1"): lazily(r"1类|一类|class[ -]1"),
        },
    ),
    _Topic(
        lazily(
            r"集采|集中(?:带量)?采购|带量采购|volume-based procurement|centrali[sz]ed (?:drug )?procurement|\bvbp\b"
        ),
        (
            _Measure("winning products", lazily(r"产品.{0,8}[中拟入]选|[中拟入]选.{0,4}产品|winning product"), _DRUGS),
            _Measure("bid products", lazily(r"产品.{0,8}(?:投标|申报)|(?:投标|申报).{0,4}产品|products? bid"), _DRUGS),
            _Measure("winners", lazily(r"[中入]选|中标|\bw[io]n|winn|select"), _COMPANIES),
            _Measure("bidders", lazily(r"投标|参与|申报|\bbid"), _COMPANIES),
            _Measure("procured drugs", lazily(r"品种|种药|款药|drug|medicine|molecule"), _DRUGS),
        ),
        {},
        numbered="round",
    ),
    _Topic(
        lazily(r"临床急需境外新药|urgently needed overseas (?:new )?drug"),
        (_Measure("urgent overseas drugs", lazily(r"品种|药|遴选|drug"), _DRUGS),),
        {},
        numbered="batch",
    ),
    _Topic(
        lazily(r"罕见病目录|(?:catalog(?:ue)?|list) of rare diseases"),
        (_Measure("rare diseases", lazily(r"罕见病|疾病|病种|disease"), frozenset({""})),),
        {},
        numbered="batch",
    ),
    _Topic(
        lazily(r"罕见病(?:用?药|治疗药|新药)|rare[- ]disease (?:drug|medicine|treatment|therap)|orphan drug"),
        (_Measure("rare-disease drugs", lazily(r"批准|获批|上市|approv"), _DRUGS),),
        {},
    ),
    _Topic(
        lazily(r"突破性治疗|附条件批准|优先审评|breakthrough|conditional(?:ly)? approv|priority review"),
        (_Measure("designated drugs", lazily(r"累计|截至|截止|to date|cumulative|so far|in total"), _DRUGS),),
        {
            ("kind", "breakthrough therapy"): lazily(r"突破性治疗|breakthrough"),
            ("kind", "conditional approval"): lazily(r"附条件批准|conditional"),
            ("kind", "priority review"): lazily(r"优先审评|priority review"),
        },
    ),
)
_TOPIC: Final = lazily(
    r"目录|集采|采购|罕见病|急需|突破性|附条件|优先审评|catalog|list|nrdl|procure|vbp|rare|orphan|urgent|breakthrough"
    r"|conditional|priority|授权|交易|许可|licens|deal"
)
_SEPARATOR: Final = lazily(r"[，；;：:。!?！？\n]|[,.] ")
_ITEM: Final = lazily(r"[、和及与]| and ")
_NUMBERED: Final = lazily(
    r"第(?P<zh>[一二三四五六七八九十]{1,3}|\d{1,2})(?:批|轮)|首(?P<first>批|轮)"
    r"|(?P<en>\d{1,2}|[a-z]+(?:st|nd|rd|th))(?:st|nd|rd|th)? (?:round|batch|list)"
)
_ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
_OF_CHINA: Final = lazily(r"创新药|innovative|新药|中国|国产|china|chinese")
_IN_ALL: Final = lazily(r"总[金]?额|合计|总值|total|worth|value")
_DEALS: Final = frozenset({"deals", "deal value", "upfront"})


def as_asked(text: str, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figures with measure, period and attributes in the terms of the registers that can answer them.

    Parameters
    ----------
    text
        The text that the figures were found in.
    figures
        As :func:`hkconcept.claims.figures.find_figures` gives them.

    Returns
    -------
    tuple of Figure
        The same figures in reading order. Where a sentence names the subject of a register, its figures carry the
        measure of a published total, such as ``added drugs``, and what narrows it, such as ``("round", "11")``;
        a numbered round or list stands in place of the period.

    """
    passage = read_passage(text, figures)
    if not _TOPIC.search(passage.text):
        return passage.figures
    return tuple([_asked(text, passage, index) for index in range(len(passage.figures))])


def _asked(text: str, passage: Passage, index: int) -> Figure:
    figure, number = passage.figures[index], passage.sentence[index]
    if any(name == "company" for name, _ in figure.attributes):
        return figure
    start, end = passage.breaks[number], passage.breaks[number + 1]
    words = _words(text, passage, index)
    if figure.subject in {"", "drugs"} and _OF_CHINA.search(passage.text, start, end):
        measure = figure.measure
        if not measure and figure.quantity.currency and _IN_ALL.search(words.clause) and _follows_deals(passage, index):
            measure = "deal value"
        if measure in _DEALS:
            return replace(figure, subject=INNOVATIVE, measure=measure)
    if (
        figure.quantity.unit != "count"
        or figure.direction
        or figure.measure == "approvals"
        or _is_class(passage, index)
    ):
        return figure
    return next((found for topic in _TOPICS if (found := _of_topic(topic, figure, words))), figure)


def _of_topic(topic: _Topic, figure: Figure, words: _Words) -> Figure | None:
    """Return the figure in the terms of one register; ``None`` where the words do not say which total is meant."""
    if not (topic.names.search(words.before) or topic.names.search(words.clause)):
        return None
    narrowed = {name: value for (name, value), cue in topic.attributes.items() if cue.search(words.own)}
    if topic.numbered:
        numbers = {_number(found.groupdict()) for found in _NUMBERED.finditer(words.before)}
        if len(numbers) != 1:
            return None
        narrowed[topic.numbered] = str(numbers.pop())
    for said in (words.own, words.clause):
        for measure in topic.measures:
            if figure.quantity.counter in measure.counters and measure.cue.search(said):
                return replace(
                    figure,
                    subject="",
                    measure=measure.name,
                    period=None if topic.numbered else _year(figure.period),
                    attributes=tuple(narrowed.items()),
                )
    return None


def _words(text: str, passage: Passage, index: int) -> _Words:
    """Return the words around a figure, folded, that may say what it asks."""
    span, number = passage.figures[index].quote.span, passage.sentence[index]
    start, end = passage.breaks[number], passage.breaks[number + 1]
    first = start
    for found in _SEPARATOR.finditer(text, start, span.start):
        first = found.end()
    after = _SEPARATOR.search(text, span.end, end)
    last = after.start() if after else end
    # Its own: not past its neighbours, nor past the next item of a list.
    begin = first if index == 0 or _is_class(passage, index - 1) else passage.figures[index - 1].quote.span.end
    finish = min(last, passage.figures[index + 1].quote.span.start if index + 1 < len(passage.figures) else end)
    own_before = _ITEM.split(passage.text[max(first, begin) : span.start])[-1]
    own_after = _ITEM.split(passage.text[span.end : finish], maxsplit=1)[0]
    return _Words(
        passage.text[start : span.start], passage.text[first:last], own_before + passage.text[slice(*span)] + own_after
    )


def _is_class(passage: Passage, index: int) -> bool:
    """Whether a figure is the class of drugs that another one counts: "50 class 1 drugs"."""
    return passage.text[slice(*passage.figures[index].quote.span)].endswith("类")


def _follows_deals(passage: Passage, index: int) -> bool:
    """Whether the figure before, in the same sentence, counts deals: a total of money is then their value."""
    return index > 0 and passage.same_sentence(index - 1, index) and passage.figures[index - 1].measure == "deals"


def _number(named: Mapping[str, str | None]) -> int:
    if named["first"]:
        return 1
    printed = named["zh"] or named["en"] or ""
    if printed.isdecimal():
        return int(printed)
    if printed in _ORDINALS:
        return _ORDINALS.index(printed) + 1
    read = parse_chinese(printed)
    return int(read.value) if read else 0


def _year(period: PartialDate | None) -> PartialDate | None:
    return PartialDate(period.year) if period else None
