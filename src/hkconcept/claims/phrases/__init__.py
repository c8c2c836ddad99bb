"""Relations found by the phrasebook, recomputed: changes, factors, shares, sums, products.

Here the wording alone says which figure is what, so that a figure that was altered is found. What the wording leaves
open is settled with care for the innocent: a relation whose terms only seem to belong together is called wrong only
where it is nearly right, since numbers that have nothing to do with each other rarely come close.
"""

from __future__ import annotations

from collections.abc import Iterator

from hkconcept.claims.passage import Passage
from hkconcept.claims.phrases.amounts import find_amounts
from hkconcept.claims.phrases.changes import find_changes
from hkconcept.claims.phrases.factors import find_factors
from hkconcept.claims.phrases.means import find_means
from hkconcept.claims.phrases.shares import find_shares
from hkconcept.claims.phrases.sums import find_sums
from hkconcept.claims.recomputed import Recomputed

__all__ = ["check_phrases"]


def check_phrases(passage: Passage) -> Iterator[Recomputed]:
    """Yield every relation that a phrase of the phrasebook states; a figure is a rate, or a value of one unit."""
    yield from find_changes(passage)
    yield from find_factors(passage)
    yield from find_shares(passage)
    yield from find_sums(passage)
    yield from find_amounts(passage)
    yield from find_means(passage)
