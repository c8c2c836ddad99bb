"""The outcome of a recomputation, and how a computed interval is compared with a printed figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hkconcept.claims.intervals import Interval, Operand
from hkconcept.model import Relation, Verdict

__all__ = ["Finding", "against", "half_width", "left_open", "no_divisor"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one recomputation.

    ``computed`` is in the base units of the figure that the claim implies; ``tolerance`` is half the width
    of what the printed digits allow there; ``mend`` lists single changes that would make it hold,
    as ``76 → 77 | 48 → 47``.
    """

    verdict: Verdict
    formula: str
    reason: str
    reason_zh: str
    computed: Decimal | None = None
    tolerance: Decimal | None = None
    mend: str = ""


def against(
    shown: str, computed: Decimal, reach: Interval, stated: Operand, mends: Sequence[tuple[Operand, Decimal]]
) -> Finding:
    """Compare what the inputs allow with what is printed, as rounded and as cut.

    Parameters
    ----------
    shown
        The recomputation without its result, as a reader would write it.
    computed
        The result from the printed values, in base units of ``stated``.
    reach
        Every result that the printed digits of the inputs allow.
    stated
        The figure that the text gives for the result.
    mends
        For each input, the value that would make the relation hold.

    """
    target = Interval.of(stated.quantity)
    step = stated.quantity.step
    formula = f"{shown} = {stated.show(computed)}"
    if reach.meets(target):
        if not (reach.closed and target.closed):
            return left_open(formula, computed)
        near = stated.show(computed) == stated.show()
        return Finding(
            Verdict.CONSISTENT,
            formula if near else f"{shown} ≈ {stated.show()}",
            "recomputed from the printed figures"
            if near
            else f"{stated.show(computed)}, within rounding of the inputs",
            "按原文数字重算相符" if near else f"重算为{stated.show(computed)}，在四舍五入范围内",
            computed,
            half_width(reach),
        )
    cut = Interval(stated.value, stated.value + step)
    if stated.quantity.relation is Relation.EXACT and step < 1 and reach.meets(cut):
        return Finding(
            Verdict.CONSISTENT,
            f"{shown} = {stated.show(computed)} ≈ {stated.show()}",
            f"{stated.show()} is cut, not rounded; rounded it is {stated.show(computed)}",
            f"{stated.show()}为截尾所得，四舍五入应为{stated.show(computed)}",
            computed,
            half_width(reach),
        )
    options = [f"{stated.show()} → {stated.show(computed)}"] if computed > 0 else []
    options += [
        f"{operand.show()} → {operand.show(value)}"
        for operand, value in mends
        if operand.show(value) not in {operand.show(), operand.show(Decimal(0))} and value > 0
    ]
    return Finding(
        Verdict.INCONSISTENT,
        f"{formula} ≠ {stated.show()}",
        f"the printed figures give {stated.show(computed)}, not {stated.show()}",
        f"按原文数字重算为{stated.show(computed)}，而非{stated.show()}",
        computed,
        half_width(reach),
        " | ".join(options),
    )


def half_width(reach: Interval) -> Decimal | None:
    """Return the tolerance that an interval of true values leaves, ``None`` when it is unbounded."""
    return (reach.high - reach.low) / 2 if reach.low is not None and reach.high is not None else None


def left_open(formula: str, computed: Decimal) -> Finding:
    """Return the finding for figures whose bounds allow both that a relation holds and that it does not."""
    return Finding(
        Verdict.NOT_CHECKABLE,
        formula,
        "an open or approximate bound leaves room: the figures neither prove nor refute it",
        "含“超过”“约”等开放或近似界限，无法证实或否定",
        computed,
    )


def no_divisor(operand: Operand) -> Finding:
    """Return the finding for a quotient whose divisor is printed as nothing."""
    return Finding(Verdict.NOT_CHECKABLE, "", f"{operand.show()} cannot be a divisor", f"{operand.show()}不能作除数")
