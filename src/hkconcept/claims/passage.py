"""A text as its relations see it: folded, cut into sentences, with the wording between the figures.

Relations are claimed by the words that stand between figures, so those words are kept apart from
the figures themselves: in the skeleton of a text every figure is one character.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hkconcept.model import Figure, Quantity, Span
from hkconcept.text.fold import fold
from hkconcept.text.sentences import sentences

__all__ = ["FIRST_SLOT", "Passage", "apart", "compatible", "lay_out", "read_passage"]

FIRST_SLOT: Final = 0xF0000  # a private-use plane of 65,534 characters: one per figure
_MAX_FIGURES: Final = 60_000
# Words for one drug-like thing: "76 drugs" and "23 products" may be whole and part.
_THINGS: Final = frozenset({"", "drug", "item", "product", "variety", "medicine", "approval", "unit"})


def compatible(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities may be added: one unit, no loss, counts of one thing as far as printed."""
    if one.unit != other.unit or one.value < 0 or other.value < 0:
        return False
    return (
        one.counter == other.counter or not one.counter or not other.counter or {one.counter, other.counter} <= _THINGS
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole text with its figures in reading order and the sentence that each stands in.

    ``skeleton`` is the folded text with every figure reduced to one private-use character, whose code
    is ``FIRST_SLOT`` plus the figure's position; ``sentence`` numbers the sentence of each figure;
    ``befores`` and ``afters`` are the words around each figure, see :meth:`before` and :meth:`after`.
    """

    text: str
    figures: tuple[Figure, ...]
    sentence: tuple[int, ...]
    skeleton: str
    breaks: tuple[int, ...]
    befores: tuple[str, ...]
    afters: tuple[str, ...]

    def before(self, index: int) -> str:
        """Return the words between a figure and the one before it (or the start of its sentence)."""
        return self.befores[index]

    def after(self, index: int) -> str:
        """Return the words between a figure and the one after it (or the end of its sentence)."""
        return self.afters[index]

    def of(self, figures: Sequence[Figure]) -> Passage:
        """Return the passage with more said of its figures, which stay where they are."""
        return Passage(self.text, tuple(figures), self.sentence, self.skeleton, self.breaks, self.befores, self.afters)

    def same_sentence(self, one: int, other: int) -> bool:
        """Whether two figures stand in one sentence."""
        return self.sentence[one] == self.sentence[other]

    def quote_span(self, indexes: Sequence[int]) -> Span:
        """Return the span from the first to the last of some figures."""
        spans = [self.figures[index].quote.span for index in indexes]
        return Span(min(span.start for span in spans), max(span.end for span in spans))


def read_passage(text: str, figures: Sequence[Figure]) -> Passage:
    """Lay out a text and its figures; figures beyond 60,000 are left out, overlapping ones too."""
    by_place: dict[Span, Figure] = {}
    for figure in figures:
        by_place.setdefault(figure.quote.span, figure)
    spans = apart(by_place)
    return lay_out(text, spans).of([by_place[span] for span in spans])


def apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in reading order; of two that overlap the first, and 60,000 at most."""
    kept: list[Span] = []
    last = 0
    for span in sorted(spans):
        if span[0] >= last:
            kept.append(span)
            last = span[1]
    return tuple(kept[:_MAX_FIGURES])


@lru_cache(maxsize=1)
def lay_out(text: str, spans: tuple[Span, ...]) -> Passage:
    """Return the passage of figures that stand at some spans, without them: the same spans are asked for twice."""
    folded, starts = _laid_out(text)
    breaks = (0, *starts, len(folded))
    sentence: list[int] = []
    pieces: list[str] = []
    befores: list[str] = []
    afters: list[str] = []
    at, number = 0, 0
    for index, (start, end) in enumerate(spans):
        if index:
            afters.append(folded[at : min(breaks[number + 1], start)])
        while breaks[number + 1] <= start:
            number += 1
        sentence.append(number)
        befores.append(folded[max(breaks[number], at) : start])
        pieces += (folded[at:start], chr(FIRST_SLOT + index))
        at = end
    if spans:
        afters.append(folded[at : breaks[number + 1]])
    pieces.append(folded[at:])
    return Passage(folded, (), tuple(sentence), "".join(pieces), breaks, befores=tuple(befores), afters=tuple(afters))


@lru_cache(maxsize=1)
def _laid_out(text: str) -> tuple[str, tuple[int, ...]]:
    """Return a text folded, and where its sentences start; figures and checks both ask for the same text."""
    return fold(text), tuple(_sentence_starts(text))


def _sentence_starts(text: str) -> list[int]:
    """Return the starts of all sentences but the first; a semicolon divides a list, not what it says."""
    return [
        start for start, _ in sentences(text)[1:] if not text[max(0, start - 3) : start].rstrip().endswith(("；", ";"))
    ]
