"""Index levels, weights, divisors and attribution of a basket, and mean returns.

The light part (:func:`equal_weight`, :func:`mean_return`) is imported at once; what needs numpy when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hkconcept.index.means import IndexLevels, MeanReturn, equal_weight, mean_return
from hkconcept.late import late

if TYPE_CHECKING:
    from hkconcept.index.calculation import Calculation, published
    from hkconcept.index.divisors import DivisorEntry
    from hkconcept.index.engine import calculate, calculate_stretches
    from hkconcept.index.facts import ActionRow, ExposureRow, Facts, MembershipRow, RateRow, SharesRow
    from hkconcept.index.methodology import Methodology
    from hkconcept.index.methodology_files import load_methodology

__all__ = [
    "ActionRow",
    "Calculation",
    "DivisorEntry",
    "ExposureRow",
    "Facts",
    "IndexLevels",
    "MeanReturn",
    "MembershipRow",
    "Methodology",
    "RateRow",
    "SharesRow",
    "calculate",
    "calculate_stretches",
    "equal_weight",
    "load_methodology",
    "mean_return",
    "published",
]

_LATE = {
    "ActionRow": "facts",
    "Calculation": "calculation",
    "DivisorEntry": "divisors",
    "ExposureRow": "facts",
    "Facts": "facts",
    "MembershipRow": "facts",
    "Methodology": "methodology",
    "RateRow": "facts",
    "SharesRow": "facts",
    "calculate": "engine",
    "calculate_stretches": "engine",
    "load_methodology": "methodology_files",
    "published": "calculation",
}

__getattr__ = late(__name__, _LATE)
