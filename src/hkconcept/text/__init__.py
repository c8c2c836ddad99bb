"""Text as printed: normalising, folding, language, sentences, quantities and dates. Pure functions.

Spans are code-point offsets into the text passed in, ends exclusive. Every pattern is linear in the
length of its text.
"""

from hkconcept.text.dates import find_dates
from hkconcept.text.fold import fold
from hkconcept.text.language import detect_language
from hkconcept.text.normalise import Normalised, normalise
from hkconcept.text.quantities import QuantityMatch, find_quantities
from hkconcept.text.sentences import clauses, sentences

__all__ = [
    "Normalised",
    "QuantityMatch",
    "clauses",
    "detect_language",
    "find_dates",
    "find_quantities",
    "fold",
    "normalise",
    "sentences",
]
