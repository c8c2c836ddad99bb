"""Long numbers printed to the last digit: two of them make a third, or one of the three has a slip in it.

Numbers of five digits and more that have nothing to do with each other do not come within one digit of adding up. So
their words need not say how they belong together: shares before and after an issue, tranches of an offer.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from hkconcept.claims.arithmetic import judge_sum
from hkconcept.claims.passage import Passage
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.model import Relation

__all__ = ["exact_sums"]

_LEAST: Final = 5  # digits before the zeros at the end
_MOST: Final = 12
_SENTENCES: Final = 3
_SWAPPED: Final = 2


def exact_sums(passage: Passage) -> Iterator[Recomputed]:
    """Yield sums of two long numbers that one slip in one of the three keeps from coming out."""
    long = [index for index in range(len(passage.figures)) if _is_long(passage, index)]
    if not _SENTENCES <= len(long) <= _MOST:
        return
    numbers = {index: int(passage.figures[index].quantity.value) for index in long}
    made = {
        frozenset(trio)
        for trio in combinations(long, 3)
        if 2 * max(numbers[i] for i in trio) == sum(numbers[i] for i in trio)
    }
    explained = {index for trio in made for index in trio}
    for trio in combinations(long, 3):
        first, second, whole = sorted(trio, key=numbers.__getitem__)
        if explained.issuperset(trio) or len({numbers[i] for i in trio}) < len(trio):
            continue
        if max(passage.sentence[i] for i in trio) - min(passage.sentence[i] for i in trio) >= _SENTENCES:
            continue
        if len({passage.figures[i].quantity.unit for i in trio}) > 1:
            continue
        gap = numbers[whole] - numbers[first] - numbers[second]
        if any(_one_slip(numbers[i], numbers[i] + (gap if i != whole else -gap)) for i in trio):
            parts = (first, second)
            finding = judge_sum([operand(passage, i) for i in parts], operand(passage, whole))
            yield Recomputed("sum", parts, whole, finding)


def _is_long(passage: Passage, index: int) -> bool:
    quantity = passage.figures[index].quantity
    if quantity.relation is not Relation.EXACT or quantity.step != 1 or quantity.value != int(quantity.value):
        return False
    return len(str(int(quantity.value)).rstrip("0")) >= _LEAST


def _one_slip(printed: int, meant: int) -> bool:
    """Whether two numbers differ in one digit, or in two digits that changed places."""
    one, other = str(printed), str(meant)
    if len(one) != len(other) or printed == meant:
        return False
    places = [at for at in range(len(one)) if one[at] != other[at]]
    if len(places) == 1:
        return True
    return len(places) == _SWAPPED and one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
