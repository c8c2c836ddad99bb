"""Relations found by search: which of the figures near a claim explain it, and whether one slip of the pen would.

The phrasebook knows how a relation is worded. Here the wording only says that a figure wants an explanation: a rate of
change, a discount, a share, a total, an average. Every assignment of the figures around it that its units allow is
tried. One that holds explains the claim. Where none does, and the words single one assignment out, or a slip in one
figure (digits exchanged, one digit changed, a factor of ten) would mend one, the claim is wrong.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from hkconcept.claims.passage import Passage
from hkconcept.claims.recomputed import Recomputed
from hkconcept.claims.search.amounts import averages, conversions, differences, products, totals
from hkconcept.claims.search.candidates import as_slip, outcome, wrong
from hkconcept.claims.search.exact import exact_sums
from hkconcept.claims.search.rates import changes, complements, discounts, margins, moves, multiples, points, shares

__all__ = ["Searched", "as_slip", "search"]

_CLAIMS: Final = (changes, discounts, shares, points, margins, multiples, moves, products, averages, differences, totals, conversions)
_SHARED: Final = 2


class Searched(NamedTuple):
    """What a search found: relations that hold (``told`` where the words single them out), and those that are wrong."""

    holding: tuple[Recomputed, ...]
    told: tuple[Recomputed, ...]
    wrong: tuple[Recomputed, ...]


def search(passage: Passage) -> Searched:
    """Return the relations of a passage that a search explains or refutes."""
    if len(passage.figures) < 2:
        return Searched((), (), ())
    found = [outcome(passage, candidates) for claims in _CLAIMS for candidates in claims(passage) if candidates]
    holding = tuple([one.holding for one in found if one.holding])
    # What explains one figure is not what another one got wrong.
    taken = [frozenset(one.inputs) for one in holding]
    explained = {one.result for one in holding}
    refuted = [*complements(passage), *exact_sums(passage)]
    for one in found:
        left = [
            pair
            for pair in one.failing
            if pair[0].result not in explained and all(len(used.intersection(pair[0].inputs)) < _SHARED for used in taken)
        ]
        if left and (mistake := wrong(passage, left)):
            refuted.append(mistake)
    return Searched(holding, tuple([one.holding for one in found if one.holding and one.sure]), tuple(refuted))
