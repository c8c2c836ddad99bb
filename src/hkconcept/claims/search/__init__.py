"""Relations found by search: which of the figures near a claim explain it, and whether one slip of the pen would.

The phrasebook knows how a relation is worded. Here the wording only says that a figure wants an explanation: a rate of
change, a discount, a share, a total, an average. Every assignment of the figures around it that its units allow is
tried. One that holds explains the claim. Where none does, and the words single one assignment out, or a slip in one
figure (digits exchanged, one digit changed, a factor of ten) would mend one, the claim is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from hkconcept.claims.passage import Passage
from hkconcept.claims.recomputed import Recomputed
from hkconcept.claims.search.candidates import Candidate, as_slip, outcome, wrong
from hkconcept.claims.search.exact import exact_sums
from hkconcept.claims.search.growth import changes, compounds
from hkconcept.claims.search.priced import averages, products, valuations
from hkconcept.claims.search.ratios import discounts, moves, multiples, points
from hkconcept.claims.search.shares import complements, margins, shares
from hkconcept.claims.search.sums import conversions, differences, totals

__all__ = ["OF_BARE_NUMBERS", "Searched", "as_slip", "search"]

Claims: TypeAlias = Callable[[Passage], Iterator[list[Candidate]]]
_CLAIMS: Final[tuple[Claims, ...]] = (
    changes,
    discounts,
    shares,
    points,
    margins,
    compounds,
    multiples,
    moves,
    products,
    valuations,
    averages,
    differences,
    totals,
    conversions,
)
OF_BARE_NUMBERS: Final[tuple[Claims, ...]] = (changes, moves, shares)
"""What may be said of numbers without a unit: where an index stood, how many came."""
_SHARED: Final = 2


class Searched(NamedTuple):
    """What a search found: relations that hold (``told`` where the words single them out), and those that are wrong."""

    holding: tuple[Recomputed, ...]
    told: tuple[Recomputed, ...]
    wrong: tuple[Recomputed, ...]


def search(passage: Passage, claims_of: Sequence[Claims] = _CLAIMS) -> Searched:
    """Return the relations of a passage that a search explains or refutes."""
    if len(passage.figures) < 2:
        return Searched((), (), ())
    found = [outcome(passage, candidates) for claims in claims_of for candidates in claims(passage) if candidates]
    holding = tuple([one.holding for one in found if one.holding])
    # What explains one figure is not what another one got wrong.
    taken: list[tuple[frozenset[int], frozenset[int | None], str]] = [
        (frozenset(one.inputs), frozenset((*one.inputs, one.result)), one.kind) for one in holding
    ]
    explained = {one.result for one in holding}
    refuted = [*complements(passage)] if claims_of is _CLAIMS else []
    made, slipped = exact_sums(passage) if claims_of is _CLAIMS else (set(), [])
    taken += [(frozenset(), trio, "sum") for trio in made]
    refuted += slipped
    apart = {frozenset(one.inputs) for one in holding if one.kind == "difference"}
    for one in found:
        left = [
            # Two values whose difference is printed, and right, are what the rate beside it is of.
            candidate._replace(sure=True) if frozenset(candidate.inputs) in apart else candidate
            for candidate in one.failing
            if candidate.result not in explained and not any(_spoken_for(candidate, *used) for used in taken)
        ]
        if left and (mistake := wrong(passage, left)):
            refuted.append(mistake)
    return Searched(holding, tuple([one.holding for one in found if one.holding and one.sure]), tuple(refuted))


def _spoken_for(candidate: Candidate, inputs: frozenset[int], members: frozenset[int | None], kind: str) -> bool:
    """Whether two figures of a candidate explain another figure already, or stand in one sum that comes out."""
    if kind == "difference" and candidate.kind == "growth":
        return False
    mine = (*candidate.inputs, candidate.result) if candidate.kind == "sum" else candidate.inputs
    if len(inputs.intersection(mine)) >= _SHARED:
        return True
    return (
        kind == candidate.kind == "sum" and len(members.intersection((*candidate.inputs, candidate.result))) >= _SHARED
    )
