"""The numbers of many texts together: one folding, and one look for all plain numbers.

The answers are those of :func:`hkconcept.text.find_numbers`, text by text.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from hkconcept.text.fold_many import fold_joined, text_of
from hkconcept.text.signed_numbers import END, NO_END, number_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["NumbersOfTexts", "find_numbers_in"]


class NumbersOfTexts(NamedTuple):
    """Numbers found in many texts, in reading order: one element of each column for each number.

    ``texts`` are numbers of texts; ``starts`` and ``ends`` (exclusive) are code points in the text as printed, its
    sign included; ``kinds`` are integer, decimal, fraction and power.
    """

    texts: NDArray[Any]
    starts: NDArray[Any]
    ends: NDArray[Any]
    values: list[Decimal]
    kinds: list[str]


def find_numbers_in(texts: Sequence[str], *, fractions: bool = True) -> NumbersOfTexts:
    """Find every number of many texts, as :func:`~hkconcept.text.find_numbers` does in each of them.

    Parameters
    ----------
    texts
        Chinese or English.
    fractions
        Whether fractions in words are one number each.

    >>> found = find_numbers_in(["负三成，1,300亿", "two dozen"])
    >>> [column.tolist() for column in found[:3]], [str(value) for value in found.values]
    ([[0, 0, 1], [0, 4, 0], [2, 10, 9]], ['-3', '130000000000', '24'])

    """
    import numpy as np  # noqa: PLC0415 - only many texts together are worth its start-up

    joined = fold_joined(texts, prose=True)
    if joined.text.count(END) > len(texts):
        joined = fold_joined([text.replace(END, NO_END) for text in texts], prose=True)
    found = number_columns(joined.text, text_of(joined.key), fractions=fractions, joined=True)
    starts, ends = (np.fromiter(column, dtype=np.int64, count=len(column)) for column in found[:2])
    number = np.searchsorted(joined.begins, starts, side="right") - 1
    begin = joined.begins.take(number)
    return NumbersOfTexts(number, starts - begin, ends - begin, found.values, found.kinds)
