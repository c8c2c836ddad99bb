"""Slips of the pen: the numbers that were meant when one figure was printed wrong in the commonest ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Final

from hkconcept.claims.findings import Finding
from hkconcept.claims.intervals import Operand
from hkconcept.model import Relation, Verdict

__all__ = ["mended_by_a_slip", "slips"]

_MOST_PERMUTED: Final = 4  # digits that are put into every order; longer numbers have two of them exchanged
_LEAST_CHANGED: Final = 3  # in a shorter number one changed digit reaches too much
_SCALES: Final = (Decimal(10), Decimal(1000), Decimal(10_000))
_ROUGHLY: Final = 0.15
_WIDE, _NARROW = Decimal("0.08"), Decimal("0.02")


def slips(value: Decimal, step: Decimal) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
    """Yield the numbers that one slip turns into a printed one, each with its step and the room left for a relation.

    Digits in another order, one digit changed, a factor of ten, of a thousand (million for billion), of 万 (for 亿).
    The room is a fraction of the result: orders of few digits hit by chance less often than changed digits do.
    ``step`` is the value of one unit in the last printed digit.

    >>> [str(one) for one, *_ in slips(Decimal(31), Decimal(1))][:3]
    ['13', '310', '3.1']
    >>> Decimal("1.88") in {one for one, *_ in slips(Decimal("1.98"), Decimal("0.01"))}
    True

    """
    digits = str(int(value / step))
    seen = {digits}
    for room, others in ((_WIDE, _exchanged(digits)), (_NARROW, _changed(digits))):
        for other in others:
            if other not in seen and other[0] != "0":
                seen.add(other)
                yield int(other) * step, step, room
    for scale in _SCALES:
        yield value * scale, step * scale, _WIDE
        yield value / scale, step / scale, _WIDE


def _exchanged(digits: str) -> Iterator[str]:
    if len(digits) <= _MOST_PERMUTED:
        yield from ("".join(order) for order in permutations(digits))
        return
    for one in range(len(digits) - 1):
        for other in range(one + 1, len(digits)):
            if digits[one] != digits[other]:
                swapped = [*digits]
                swapped[one], swapped[other] = digits[other], digits[one]
                yield "".join(swapped)


def _changed(digits: str) -> Iterator[str]:
    if len(digits.rstrip("0")) < _LEAST_CHANGED:
        return
    for place, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit:
                yield digits[:place] + other + digits[place + 1 :]


def mended_by_a_slip(
    operands: Sequence[Operand],
    judge: Callable[[Sequence[Operand]], Finding],
    rough: Callable[[Sequence[float]], float] | None = None,
) -> bool:
    """Whether one of the figures of a relation that fails, printed as it was probably meant, makes it hold.

    Parameters
    ----------
    operands
        The figures of the relation.
    judge
        Judges the relation for other values of the same figures.
    rough
        The result from the values of the inputs, to judge only what comes near it.

    """
    plain = [_exact(one) for one in operands]
    values = [float(one.value) for one in plain]
    for place, one in enumerate(plain):
        if one.quantity.relation is Relation.RANGE or one.value <= 0:
            continue
        for value, step, room in slips(one.value, one.quantity.step):
            if rough is not None and not _comes_near(rough, [*values[:place], float(value), *values[place + 1 :]]):
                continue
            meant = Operand(replace(one.quantity, value=value, step=step))
            of = [*plain[:place], meant, *plain[place + 1 :]]
            finding = judge(of)
            if finding.verdict is Verdict.CONSISTENT and _fits(finding, of[-1], room):
                return True
    return False


def _comes_near(rough: Callable[[Sequence[float]], float], values: Sequence[float]) -> bool:
    return abs(rough(values[:-1]) - values[-1]) <= abs(values[-1]) * _ROUGHLY


def _exact(one: Operand) -> Operand:
    """Return a figure without "about" or "up to": what was printed wrong was printed digit by digit."""
    if one.quantity.relation is Relation.RANGE:
        return one
    return Operand(one.reached().quantity)


def _fits(finding: Finding, result: Operand, room: Decimal) -> bool:
    """Whether the digits of a relation leave so little room that it does not hold by chance."""
    if finding.tolerance is None or not finding.computed:
        return False
    return finding.tolerance + result.quantity.step / 2 <= abs(finding.computed) * room
