"""The relations found in a text, each at its place, and how what a search finds joins them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from hkconcept.claims.passage import Passage
from hkconcept.claims.recomputed import Recomputed
from hkconcept.claims.search import Searched, as_slip
from hkconcept.claims.search.roles import moved_on
from hkconcept.model import Verdict

__all__ = ["Found", "add_searched", "place_of"]

Found: TypeAlias = "dict[tuple[object, ...], tuple[Passage, Recomputed]]"
"""Every relation by its place, with the passage that its positions count in."""


def place_of(passage: Passage, one: Recomputed) -> tuple[object, ...]:
    """Return what tells one relation from another: the places of its figures, whoever found it."""
    indexes = (*one.inputs, *(() if one.result is None else (one.result,)))
    order = one.kind if one.kind in {"order", "same", "register"} else ""
    return order, one.span, frozenset(passage.figures[index].quote.span.start for index in indexes)


def add_searched(found: Found, passage: Passage, searched: Searched) -> None:
    """Add what a search refutes, where nothing that holds explains the figure; take back what it explains."""
    explained = {_starts(passage, one.result) for one in searched.holding}
    changed = {_starts(passage, one.result) for one in searched.holding if one.kind in {"growth", "share"}}
    for place, (where, one) in [*found.items()]:
        if one.result is None or one.kind in {"order", "same", "register"}:
            continue
        if one.finding.verdict is Verdict.CONSISTENT:
            explained.add(_starts(where, one.result))
        elif one.finding.verdict is Verdict.INCONSISTENT:
            if _acquitted(where, one, changed):
                del found[place]
            else:
                explained.add(_starts(where, one.result))
        elif one.kind == "sum" and (mended := as_slip(where, one)):
            # A list that is not said to be whole is, where one slip makes it so.
            found[place] = (where, mended)
    for one in (*searched.told, *searched.wrong):
        if one.finding.verdict is Verdict.INCONSISTENT and _starts(passage, one.result) in explained:
            continue
        place = place_of(passage, one)
        if place not in found or found[place][1].finding.verdict is Verdict.NOT_CHECKABLE:
            found[place] = (passage, one)


def _acquitted(where: Passage, one: Recomputed, changed: Collection[int | None]) -> bool:
    """Whether a rate is right of other values of its sentence, or was what it was before it moved."""
    if one.kind == "growth":
        return _starts(where, one.result) in changed
    return one.kind == "share" and one.result is not None and moved_on(where, one.result)


def _starts(passage: Passage, index: int | None) -> int | None:
    return None if index is None else passage.figures[index].quote.span.start
