"""Long numbers printed to the last digit: two of them make a third, or one of the three has a slip in it.

Numbers of five digits and more that have nothing to do with each other do not come within one digit of adding up. So
their words need not say how they belong together: shares before and after an issue, tranches of an offer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from hkconcept.claims.arithmetic import judge_sum
from hkconcept.claims.passage import Passage
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.model import Relation

__all__ = ["exact_sums"]

_LEAST: Final = 5  # digits before the zeros at the end
_LARGE: Final = 1_000
_MOST: Final = 12
_SENTENCES: Final = 3
_MOVED: Final = 3


def exact_sums(passage: Passage) -> tuple[set[frozenset[int]], list[Recomputed]]:
    """Return the trios of long numbers that make a sum, and the sums that one slip in one of three keeps from it."""
    whole = {
        index: int(figure.quantity.value)
        for index, figure in enumerate(passage.figures)
        if figure.quantity.step == 1 and figure.quantity.value >= _LARGE
    }
    if not _SENTENCES <= len(whole) <= _MOST:
        return set(), []
    made = {
        frozenset(trio)
        for trio in combinations(whole, 3)
        if 2 * max(whole[i] for i in trio) == sum(whole[i] for i in trio)
    }
    numbers = {index: value for index, value in whole.items() if _is_long(passage, index)}
    return made, [*_with_a_slip(passage, numbers, {index for trio in made for index in trio})]


def _with_a_slip(passage: Passage, numbers: Mapping[int, int], explained: set[int]) -> Iterator[Recomputed]:
    for trio in combinations(numbers, 3):
        if explained.issuperset(trio) or len({numbers[i] for i in trio}) < len(trio):
            continue
        if max(passage.sentence[i] for i in trio) - min(passage.sentence[i] for i in trio) >= _SENTENCES:
            continue
        if len({passage.figures[i].quantity.unit for i in trio}) > 1:
            continue
        for whole in sorted(trio, key=numbers.__getitem__, reverse=True):
            parts = tuple(i for i in trio if i != whole)
            gap = numbers[whole] - sum(numbers[i] for i in parts)
            if any(_one_slip(numbers[i], numbers[i] + (gap if i != whole else -gap)) for i in trio):
                finding = judge_sum([operand(passage, i) for i in parts], operand(passage, whole))
                yield Recomputed("sum", parts, whole, finding)
                break


def _is_long(passage: Passage, index: int) -> bool:
    quantity = passage.figures[index].quantity
    if quantity.relation is not Relation.EXACT or quantity.step != 1 or quantity.value != int(quantity.value):
        return False
    return len(str(int(quantity.value)).rstrip("0")) >= _LEAST


def _one_slip(printed: int, meant: int) -> bool:
    """Whether two numbers differ in one digit, or in the order of two or three digits."""
    one, other = str(printed), str(meant)
    if len(one) != len(other) or printed == meant:
        return False
    places = [at for at in range(len(one)) if one[at] != other[at]]
    return len(places) == 1 or (len(places) <= _MOVED and sorted(one) == sorted(other))
