"""Giving each quantity of a text its meaning: subject, measure, period, attributes, base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal, Protocol

from hkconcept.claims.changes import find_orders
from hkconcept.claims.inheritance import inherited
from hkconcept.claims.lexicon import ATTRIBUTE_HINT, ATTRIBUTE_WORDS, MEASURE_WORDS, SUBJECT_WORDS
from hkconcept.claims.passage import Passage, apart, lay_out
from hkconcept.claims.periods import govern
from hkconcept.claims.scopes import printed_scopes
from hkconcept.model import DateMention, Figure, Language, Mention, Quantity, Quote, Relation, Span
from hkconcept.text.lazily import lazily

__all__ = ["Printed", "find_figures"]


class Printed(Protocol):
    """A quantity where it is printed, as the text room finds it."""

    @property
    def span(self) -> Span:
        """Where it is printed."""
        ...

    @property
    def quantity(self) -> Quantity:
        """What is printed."""
        ...

    @property
    def direction(self) -> Literal["up", "down"] | None:
        """The direction of a change, when the wording gives one."""
        ...

    @property
    def noun(self) -> str:
        """The noun printed with a count; empty when there is none."""
        ...


# Every alternative begins with a character of one set, so that no other place of a text is looked at.
_SEPARATES: Final = (
    r"[,;:、，；()和及与以ao\d](?:(?<=[,;、，；()和及与])|(?<=:)\s|(?<=以)及|(?<=a)(?<!\wa)nd\b|(?<=o)(?<!\wo)r\b|"
    r"(?<=\d)or\b)"
)
_SEPARATOR: Final = lazily(_SEPARATES)
_LAST_SEPARATOR: Final = lazily(rf"(?s:.*){_SEPARATES}")
_CONTAINER: Final = lazily(
    r"中(?![药国成位期等型小风])|其中|包括|包含|涵盖|分别为|includ|compris|consist|of which|made up of|"
    r"accounting for|占|exceed|超过|高于|mostly|mainly|largely|多为|大多|主要"
)
_SHARE_VERBS: Final = frozenset({"占", "accounting for"})
_YEARLY: Final = lazily(
    r"同比|按年|较(?:上年|去年)|比(?:上年|去年)|year-on-year|year on year|year over year|yoy|from a year earlier"
)
_SEQUENTIAL: Final = lazily(
    r"环比|按季|按月|quarter-on-quarter|quarter on quarter|month-on-month|qoq|m(?<!\wm)om\b|sequentially"
)
_COMPARISONS: Final = frozenset({Relation.OVER, Relation.AT_LEAST, Relation.LESS_THAN, Relation.UP_TO})


def find_figures(
    text: str,
    quantities: Sequence[Printed],
    *,
    dates: Sequence[DateMention],
    language: Language,
    mentions: Sequence[Mention],
) -> tuple[Figure, ...]:
    """Return the figures of a text in reading order, each with what the text says that it measures.

    Parameters
    ----------
    text
        The text that the spans of all other arguments refer to.
    quantities
        The printed quantities; of two that overlap the first is kept.
    dates
        The dates printed in the text: a figure's period is the one that governs it.
    language
        The language of the text; it decides whether a date may follow the figure that it governs.
    mentions
        The companies named: the one that a sentence names alone is an attribute ``company`` of its figures.

    """
    if not quantities:
        return ()
    printed = {quantity.span: quantity for quantity in quantities}
    spans = apart(printed)
    passage = lay_out(text, spans)
    periods, companies = govern(passage, spans, dates, language), _companies(passage, spans, mentions)
    scopes = printed_scopes(text, passage, dates)
    # Few texts name a type, an origin or the like: one search tells that of the words around every figure.
    qualified = ATTRIBUTE_HINT.search(passage.text) is not None
    contains = _CONTAINER.search(passage.text) is not None
    figures: list[Figure] = []
    for index, span in enumerate(spans):
        found = printed[span]
        before, after = passage.befores[index], passage.afters[index]
        quantity, direction, noun = found.quantity, found.direction, found.noun
        own_before, own_after = _own_words(before, after, contains=contains, share=quantity.unit == "percent")
        attributes = _attributes(own_before, own_after) if qualified else []
        if companies[index]:
            attributes.append(("company", companies[index]))
        figures.append(
            Figure(
                f"f{index + 1}",
                Quote.cut(text, span),
                quantity,
                SUBJECT_WORDS.first(f"{noun.lower()} {own_after}" if noun else own_after) or SUBJECT_WORDS.last(before),
                _measure(quantity, own_before, own_after, before, after),
                periods[index],
                tuple(attributes),
                direction,
                _base(before[-24:] + own_after) if direction else "",
                scopes[index],
            )
        )
    figures = _compared(passage, _continued(passage, figures))
    return tuple(inherited(passage, figures))


def _attributes(before: str, after: str) -> list[tuple[str, str]]:
    """Return the attributes that a figure's own words name, of each dimension at most one."""
    attributes = []
    for dimension, words in ATTRIBUTE_WORDS.items():
        if len(found := set(words.names(after) or words.names(before))) == 1:
            attributes.append((dimension, found.pop()))
    return attributes


def _base(words: str) -> str:
    """Return what a change is measured from."""
    if _YEARLY.search(words):
        return "year on year"
    return "period on period" if _SEQUENTIAL.search(words) else ""


def _own_words(before: str, after: str, *, contains: bool, share: bool) -> tuple[str, str]:
    """Cut the words on both sides of a figure down to its own phrase; ``contains`` when the text has a container.

    A share's phrase runs back over its verb: in ``国产占比80.85%`` the part is named before it.
    """
    last = _LAST_SEPARATOR.match(before)
    start = last.end() if last else 0
    if end := _SEPARATOR.search(after):
        after = after[: end.start()]
    if contains:
        for found in _CONTAINER.finditer(before, start):
            if not (share and found[0] in _SHARE_VERBS):
                start = found.end()
        # A word cut in two by a separator is none, and the set of words holds no separator.
        if end := _CONTAINER.search(after):
            after = after[: end.start()]
    return before[start:], after


def _compared(passage: Passage, figures: Sequence[Figure]) -> list[Figure]:
    """Read the second figure of a comparison as what it is: "exceeding the 48 of 2024" sets no bound on 48.

    It measures what the first one does, unless the text says otherwise.
    """
    out = list(figures)
    for stated in find_orders(passage.of(figures)):
        first, second = stated.positions
        quantity = out[second].quantity
        if quantity.relation in _COMPARISONS:
            quantity = replace(quantity, relation=Relation.EXACT)
        out[second] = replace(
            out[second],
            quantity=quantity,
            subject=out[second].subject or out[first].subject,
            measure=out[second].measure or out[first].measure,
        )
    return out


def _continued(passage: Passage, figures: Sequence[Figure]) -> list[Figure]:
    """Give a bare count of deals the subject of the deal value that its sentence names before it."""
    out = list(figures)
    for index in range(1, len(out)):
        figure, previous = out[index], out[index - 1]
        if figure.quantity.counter != "deal" or not passage.same_sentence(index - 1, index):
            continue
        if previous.measure in {"deals", "deal value"} and figure.measure in {"", "deals"}:
            out[index] = replace(
                figure,
                measure="deals",
                subject=figure.subject or previous.subject,
                period=figure.period or previous.period,
            )
    return out


def _measure(quantity: Quantity, own_before: str, own_after: str, before: str, after: str) -> str:
    """Return the measure of the figure's own phrase, else of the wording up to its neighbours."""
    last = MEASURE_WORDS.last(before)
    if quantity.unit == "percent":
        return last
    measure = _no_share(f"{own_before} {own_after}")
    if not measure and last != "share":
        measure = last
    if not measure:
        measure = _no_share(_CONTAINER.split(after, maxsplit=1)[0])
    return "deal value" if measure == "deals" and quantity.currency else measure


def _no_share(words: str) -> str:
    """Return the first measure that some words name, a share aside."""
    for name in MEASURE_WORDS.names(words):
        if name != "share":
            return name
    return ""


def _companies(passage: Passage, spans: Sequence[Span], mentions: Sequence[Mention]) -> list[str]:
    """Return the company that each figure is about: the only one named before it in its sentence, else nothing."""
    linked = sorted([(mention.span[0], str(mention.code)) for mention in mentions if mention.code])
    if not linked:
        return [""] * len(spans)
    named: list[str] = []
    codes: set[str] = set()
    next_name = 0
    sentence = -1
    for (start, _), number in zip(spans, passage.sentence, strict=True):
        if number != sentence:
            sentence, opens = number, passage.breaks[number]
            codes.clear()
            while next_name < len(linked) and linked[next_name][0] < opens:
                next_name += 1
        while next_name < len(linked) and linked[next_name][0] < start:
            codes.add(linked[next_name][1])
            next_name += 1
        named.append(next(iter(codes)) if len(codes) == 1 else "")
    return named
