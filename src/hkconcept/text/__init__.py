"""Text as printed: normalising, folding, language, sentences, quantities and dates. Pure functions.

Spans are code-point offsets into the text passed in, ends exclusive. Every pattern is linear in the
length of its text. The recognisers of every number, percentage and amount of money are imported when
they are first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from hkconcept.text.dates import find_date_expressions, find_dates
from hkconcept.text.fold import fold
from hkconcept.text.language import detect_language, language_passages
from hkconcept.text.lazily import lazily
from hkconcept.text.normalise import Normalised, normalise
from hkconcept.text.quantities import find_quantities
from hkconcept.text.quantity_match import QuantityMatch
from hkconcept.text.sentences import clauses, sentences

if TYPE_CHECKING:
    from hkconcept.text.amounts import Amount, find_numbers, find_percentages
    from hkconcept.text.money import find_currencies
    from hkconcept.text.numbers_many import find_numbers_in

__all__ = [
    "Amount",
    "Normalised",
    "QuantityMatch",
    "clauses",
    "detect_language",
    "find_currencies",
    "find_date_expressions",
    "find_dates",
    "find_numbers",
    "find_numbers_in",
    "find_percentages",
    "find_quantities",
    "fold",
    "language_passages",
    "lazily",
    "normalise",
    "sentences",
]

_LATER = dict.fromkeys(("Amount", "find_numbers", "find_percentages"), "hkconcept.text.amounts")
_LATER |= {"find_currencies": "hkconcept.text.money", "find_numbers_in": "hkconcept.text.numbers_many"}


def __getattr__(name: str) -> object:
    """Import a general recogniser when it is first asked for."""
    if name not in _LATER:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_LATER[name]), name)
