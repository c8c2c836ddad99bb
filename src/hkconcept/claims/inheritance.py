"""What figures take over from each other: parts from their whole, a repeated number from its first mention."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import replace
from decimal import Decimal
from typing import Final

from hkconcept.claims.frames import find_frames
from hkconcept.claims.passage import Passage
from hkconcept.model import Figure

__all__ = ["inherited"]

_REMEMBERED: Final = 8  # earlier mentions of one number that a later one may repeat
_NESTED: Final = 4  # levels of wholes within wholes that inherit from each other
_CHANGES: Final = frozenset({"percent", "percentage points", "multiple"})


def inherited(passage: Passage, figures: list[Figure]) -> list[Figure]:
    """Give the parts of a whole, and the shares printed with them, what their whole says for them.

    A later "the 47 chemical drugs" is the 47 of before and takes over what was said there. What it took
    over its own parts take over in turn, so both are repeated until nothing changes; how deep a text can
    nest wholes is capped.
    """
    out = _under_their_wholes(passage, figures)
    for _ in range(_NESTED):
        restated = _under_their_restated(out)
        if restated is out or restated == out:
            break
        out = _under_their_wholes(passage, restated)
    return out


def _under_their_restated(figures: list[Figure]) -> list[Figure]:
    """Give a repeated number what its earlier mention says for it; the same list where there is none."""
    if not [figure for figure in figures if figure.period is None and figure.quantity.unit == "count"]:
        return figures
    if len({figure.quantity.value for figure in figures}) == len(figures):
        return figures
    out = list(figures)
    earlier: defaultdict[Decimal, deque[Figure]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))
    for index, figure in enumerate(out):
        known = earlier[figure.quantity.value]
        if before := next((one for one in reversed(known) if _restates(figure, one)), None):
            out[index] = _under(figure, before)
        known.append(out[index])
    return out


def _under_their_wholes(passage: Passage, figures: list[Figure]) -> list[Figure]:
    """Give the parts of each whole what it says for them; the same list where there is none."""
    frames = find_frames(passage.of(figures))
    if not frames:
        return figures
    out = list(figures)
    for frame in frames:
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
