"""Relations found by the phrasebook, recomputed: changes, factors, shares, sums, products.

Here the wording alone says which figure is what, so that a figure that was altered is found. What the wording leaves
open is settled with care for the innocent: a relation whose terms only seem to belong together is called wrong only
where it is nearly right, since numbers that have nothing to do with each other rarely come close.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hkconcept.claims.passage import FIRST_SLOT, Passage
from hkconcept.claims.phrases.amounts import find_amounts
from hkconcept.claims.phrases.changes import find_changes
from hkconcept.claims.phrases.factors import find_factors
from hkconcept.claims.phrases.means import find_means
from hkconcept.claims.phrases.shares import find_shares
from hkconcept.claims.phrases.sums import find_sums
from hkconcept.claims.recomputed import Recomputed
from hkconcept.claims.wording import LAST_SLOT
from hkconcept.text.lazily import lazily

__all__ = ["check_phrases"]


def check_phrases(passage: Passage) -> Iterator[Recomputed]:
    """Yield every relation that a phrase of the phrasebook states; a figure is a rate, or a value of one unit.

    No phrase reaches over the end of a sentence, so that only sentences with enough figures are looked at: two
    for what is said in words (doubled to B from A), three for everything else.
    """
    for least, finders in ((2, (find_factors,)), (3, _OF_THREE)):
        dense = _dense(passage, least)
        if dense is None:
            return
        for finder in finders:
            yield from finder(dense)


_OF_THREE: Final = (find_changes, find_shares, find_sums, find_amounts, find_means)
_PIECE: Final = lazily(r"[^。!?\n|]+")
_SLOT: Final = lazily(rf"[{chr(FIRST_SLOT)}-{chr(LAST_SLOT)}]")


def _dense(passage: Passage, least: int) -> Passage | None:
    """Return a passage with the sentences of few figures blanked out, ``None`` when none is left."""
    skeleton = passage.skeleton
    if len(passage.figures) < least:
        return None
    pieces: list[str] = []
    at, any_kept = 0, False
    for found in _PIECE.finditer(skeleton):
        pieces.append(skeleton[at : found.start()])
        at = found.end()
        kept = len(_SLOT.findall(found.group())) >= least
        any_kept |= kept
        pieces.append(found.group() if kept else "\n" * (at - found.start()))
    pieces.append(skeleton[at:])
    return replace(passage, skeleton="".join(pieces)) if any_kept else None
