"""Giving each quantity of a text its meaning: subject, measure, period, attributes, base."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, Literal, Protocol

from hkconcept.claims.changes import find_orders
from hkconcept.claims.frames import find_frames
from hkconcept.claims.lexicon import ATTRIBUTE_WORDS, MEASURE_WORDS, SUBJECT_WORDS, Term
from hkconcept.claims.passage import Passage, read_passage
from hkconcept.claims.periods import govern
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


_SEPARATOR: Final = lazily(r"[,;、，；()]|:\s|\band\b|和|及|以及|与|(?:\d|\b)or\b")
_CONTAINER: Final = lazily(
    r"中(?![药国成位期等型小风])|其中|包括|包含|涵盖|分别为|includ|compris|consist|of which|made up of|"
    r"accounting for|占|exceed|超过|高于|mostly|mainly|largely|多为|大多|主要"
)
_SHARE_VERBS: Final = frozenset({"占", "accounting for"})
_YEARLY: Final = lazily(
    r"同比|按年|[较比](?:上年|去年)|year-on-year|year on year|year over year|yoy|from a year earlier"
)
_SEQUENTIAL: Final = lazily(
    r"环比|按季|按月|quarter-on-quarter|quarter on quarter|month-on-month|qoq|\bmom\b|sequentially"
)
_BASES: Final = (("year on year", _YEARLY), ("period on period", _SEQUENTIAL))
_COMPARISONS: Final = frozenset({Relation.OVER, Relation.AT_LEAST, Relation.LESS_THAN, Relation.UP_TO})
_REMEMBERED: Final = 8  # earlier mentions of one number that a later one may repeat
_NESTED: Final = 4  # levels of wholes within wholes that inherit from each other
_CHANGES: Final = frozenset({"percent", "percentage points", "multiple"})


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
    printed: dict[Span, Printed] = {quantity.span: quantity for quantity in quantities}
    drafts = [
        Figure("", Quote.cut(text, span), found.quantity, direction=found.direction) for span, found in printed.items()
    ]
    passage = read_passage(text, drafts)
    figures = [
        _described(passage, index, printed[figure.quote.span].noun) for index, figure in enumerate(passage.figures)
    ]
    periods = govern(passage, dates, language)
    figures = [replace(figure, period=period) for figure, period in zip(figures, periods, strict=True)]
    figures = _compared(passage, _companies(passage, _continued(passage, figures), mentions))
    figures = _inherited(replace(passage, figures=tuple(figures)), figures)
    return tuple(replace(figure, id=f"f{number}") for number, figure in enumerate(figures, 1))


def _described(passage: Passage, index: int, noun: str) -> Figure:
    """Return a figure with the subject, measure and attributes that its own phrase prints."""
    figure = passage.figures[index]
    before, after = _own_words(passage.before(index), passage.after(index), share=figure.quantity.unit == "percent")
    phrase = f"{before} {after}"
    attributes = []
    for dimension, words in ATTRIBUTE_WORDS.items():
        found = words.find(after) or words.find(before)
        if len({term.name for term in found}) == 1:
            attributes.append((dimension, found[0].name))
    subject = _nearest(SUBJECT_WORDS.find(f"{noun.lower()} {after}"), SUBJECT_WORDS.find(passage.before(index)))
    wide_before, wide_after = passage.before(index), _CONTAINER.split(passage.after(index), maxsplit=1)[0]
    measure = _measure(figure.quantity, phrase, wide_before, wide_after)
    base = next(
        (name for name, cue in _BASES if figure.direction and cue.search(passage.before(index)[-24:] + after)), ""
    )
    return replace(figure, subject=subject, measure=measure, attributes=tuple(attributes), base=base)


def _own_words(before: str, after: str, *, share: bool) -> tuple[str, str]:
    """Cut the words on both sides of a figure down to its own phrase.

    A share's phrase runs back over its verb: in ``国产占比80.85%`` the part is named before it.
    """
    cuts = list(_SEPARATOR.finditer(before))
    cuts += [found for found in _CONTAINER.finditer(before) if not (share and found.group() in _SHARE_VERBS)]
    start = max((found.end() for found in cuts), default=0)
    ends = [found.start() for found in (_SEPARATOR.search(after), _CONTAINER.search(after)) if found]
    return before[start:], after[: min(ends, default=len(after))]


def _compared(passage: Passage, figures: Sequence[Figure]) -> list[Figure]:
    """Read the second figure of a comparison as what it is: "exceeding the 48 of 2024" sets no bound on 48.

    It measures what the first one does, unless the text says otherwise.
    """
    out = list(figures)
    for stated in find_orders(replace(passage, figures=tuple(figures))):
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


def _nearest(after: Sequence[Term], before: Sequence[Term]) -> str:
    return after[0].name if after else before[-1].name if before else ""


def _measure(quantity: Quantity, phrase: str, before: str, after: str) -> str:
    """Return the measure of the figure's own phrase, else of the wording up to its neighbours."""
    if quantity.unit == "percent":
        own = [term.name for term in MEASURE_WORDS.find(before)]
        return own[-1] if own else ""
    own = [term.name for term in MEASURE_WORDS.find(phrase)]
    wide = [term.name for term in MEASURE_WORDS.find(before)][-1:] + [term.name for term in MEASURE_WORDS.find(after)]
    found = [name for name in own + wide if name != "share"]
    measure = found[0] if found else ""
    return "deal value" if measure == "deals" and quantity.currency else measure


def _companies(passage: Passage, figures: Sequence[Figure], mentions: Sequence[Mention]) -> list[Figure]:
    """Add the company that a figure is about: the only one named before it in its sentence."""
    named: list[Figure] = []
    linked = sorted((mention.span.start, str(mention.code)) for mention in mentions if mention.code)
    starts = [start for start, _ in linked]
    for index, figure in enumerate(figures):
        start = passage.breaks[passage.sentence[index]]
        first, last = bisect_left(starts, start), bisect_left(starts, figure.quote.span.start)
        codes = {code for _, code in linked[first:last]}
        if len(codes) == 1:
            figure = replace(figure, attributes=(*figure.attributes, ("company", codes.pop())))  # noqa: PLW2901 - one figure, one step
        named.append(figure)
    return named


def _inherited(passage: Passage, figures: list[Figure]) -> list[Figure]:
    """Give the parts of a whole, and the shares printed with them, what their whole says for them.

    A later "the 47 chemical drugs" is the 47 of before and takes over what was said there. What it took
    over its own parts take over in turn, so both are repeated until nothing changes; how deep a text can
    nest wholes is capped.
    """
    out = _under_their_wholes(passage, figures)
    for _ in range(_NESTED):
        restated = _under_their_restated(out)
        if restated == out:
            break
        out = _under_their_wholes(passage, restated)
    return out


def _under_their_restated(figures: Sequence[Figure]) -> list[Figure]:
    """Give a repeated number what its earlier mention says for it."""
    out = list(figures)
    earlier: defaultdict[Decimal, deque[Figure]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))
    for index, figure in enumerate(out):
        known = earlier[figure.quantity.value]
        if before := next((one for one in reversed(known) if _restates(figure, one)), None):
            out[index] = _under(figure, before)
        known.append(out[index])
    return out


def _under_their_wholes(passage: Passage, figures: Sequence[Figure]) -> list[Figure]:
    out = list(figures)
    for frame in find_frames(replace(passage, figures=tuple(out))):
        whole = out[frame.whole]
        last = max((frame.whole, *frame.parts))
        shares = [
            index
            for index in range(frame.whole + 1, min(last + 2, len(out)))
            if out[index].measure == "share"
            and out[index].quantity.unit == "percent"
            and passage.same_sentence(last, index)
        ]
        for index in (*frame.parts, *shares):
            out[index] = _under(out[index], whole)
    return out


def _under(figure: Figure, whole: Figure) -> Figure:
    """Return a figure with the period, subject, measure and attributes that it takes over from its whole."""
    share = figure.quantity.unit in _CHANGES
    attributes = dict(whole.attributes) | dict(figure.attributes)
    return replace(
        figure,
        period=figure.period or whole.period,
        subject=whole.subject if figure.subject in {"", "drugs"} else figure.subject,
        measure=figure.measure if share else figure.measure or whole.measure,
        attributes=tuple(attributes.items()),
    )


def _restates(figure: Figure, earlier: Figure) -> bool:
    """Whether a count without a period repeats an earlier one of the same kind."""
    mine, theirs = dict(figure.attributes), dict(earlier.attributes)
    return (
        figure.period is None
        and figure.quantity.unit == "count"
        and figure.quantity.value == earlier.quantity.value
        and figure.quantity.counter in {"", earlier.quantity.counter or figure.quantity.counter}
        and bool(mine or figure.subject)
        and all(theirs.get(name) == value for name, value in mine.items())
        and (figure.subject in {"", "drugs"} or figure.subject == earlier.subject)
    )
