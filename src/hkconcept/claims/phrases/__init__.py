"""Relations found by the phrasebook, recomputed: changes, factors, shares, sums, products.

Here the wording alone says which figure is what, so that a figure that was altered is found. What the wording leaves
open is settled with care for the innocent: a relation whose terms only seem to belong together is called wrong only
where it is nearly right, since numbers that have nothing to do with each other rarely come close.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from hkconcept.claims.passage import FIRST_SLOT, Passage
from hkconcept.claims.phrases.amounts import find_amounts
from hkconcept.claims.phrases.changes import find_changes
from hkconcept.claims.phrases.factors import find_factors, says_factor
from hkconcept.claims.phrases.means import find_means
from hkconcept.claims.phrases.shares import find_shares
from hkconcept.claims.phrases.sums import find_sums
from hkconcept.claims.recomputed import Recomputed
from hkconcept.claims.wording import LAST_SLOT
from hkconcept.model import Relation
from hkconcept.text.lazily import lazily

__all__ = ["check_phrases"]


def check_phrases(passage: Passage) -> Iterator[Recomputed]:
    """Yield every relation that a phrase of the phrasebook states; a figure is a rate, or a value of one unit.

    No phrase reaches over the end of a sentence, so that only sentences with enough figures are looked at: two
    for what is said in words (doubled to B from A), three for everything else.
    """
    if says_factor(passage) and (dense := _dense(passage, 2)):
        yield from find_factors(dense)
    if dense := _dense(passage, 3):
        for finder in _OF_THREE:
            yield from finder(dense)


_OF_THREE: Final = (find_changes, find_shares, find_sums, find_amounts, find_means)
_PIECE: Final = lazily(r"[^。!?\n|]+")
_SLOT: Final = lazily(rf"[{chr(FIRST_SLOT)}-{chr(LAST_SLOT)}]")


_MOST_COMPARED: Final = 12
_COUNTED: Final = frozenset({"shares", "index points"})
_POINTS: Final = frozenset({"percentage points", "basis points"})
_OF_RATES: Final = lazily(r"point|均|averag|mean")
_FURTHEST: Final = 1000  # a price beside a turnover is no part of it


def _dense(passage: Passage, least: int) -> Passage | None:
    """Return a passage with the sentences blanked out that can state no relation, ``None`` when none is left."""
    skeleton = passage.skeleton
    if len(passage.figures) < least:
        return None
    pieces: list[str] = []
    at, blanked = 0, 0
    for found in _PIECE.finditer(skeleton):
        slots = _SLOT.findall(found.group())
        if len(slots) >= least and _relatable(passage, slots, found.group()):
            continue
        start, end = found.span()
        pieces.append(skeleton[at:start])
        pieces.append("\n" * (end - start))
        at = end
        blanked += len(slots)
    if blanked == len(passage.figures):
        return None
    if not blanked:
        return passage
    pieces.append(skeleton[at:])
    return replace(passage, skeleton="".join(pieces))


def _relatable(passage: Passage, slots: Sequence[str], words: str) -> bool:
    """Whether two figures of a sentence are of one unit and not worlds apart, or of two currencies."""
    if len(slots) > _MOST_COMPARED:
        return True
    if any(passage.figures[ord(slot) - FIRST_SLOT].quantity.unit in _POINTS for slot in slots):
        return True
    currencies: set[str] = set()
    by_unit: dict[str, list[Decimal]] = {}
    for slot in slots:
        quantity = passage.figures[ord(slot) - FIRST_SLOT].quantity
        if quantity.relation is Relation.RANGE or quantity.unit == "multiple":
            continue
        if quantity.unit == "percent" and not _OF_RATES.search(words):
            continue  # rates stand beside one another; only points and averages are taken of them
        unit = quantity.currency or ("count" if quantity.unit in _COUNTED else quantity.unit)
        if quantity.currency:
            currencies.add(unit)
        by_unit.setdefault(unit, []).append(quantity.value)
    if len(currencies) > 1 or (currencies and "count" in by_unit):
        return True
    return any(len(values) > 1 and _close(sorted(values)) for values in by_unit.values())


def _close(values: Sequence[Decimal]) -> bool:
    return any(high <= low * _FURTHEST for low, high in pairwise(values))
