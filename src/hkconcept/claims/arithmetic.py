"""Interval arithmetic on printed digits: does a stated relation hold, and what would mend it.

Every printed number stands for an interval of true values: half a step of the last digit either
side, an open bound where the wording opens one. A relation is *consistent* when some true values
inside those intervals satisfy it, and *inconsistent* when none do. Figures that were cut instead of
rounded are accepted too, and the reason says so. Formulas read the same in every language.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from hkconcept.claims.findings import Finding, against, half_width, left_open, no_divisor
from hkconcept.claims.intervals import Interval, Operand
from hkconcept.model import Verdict

__all__ = [
    "Finding",
    "judge_difference",
    "judge_growth",
    "judge_order",
    "judge_share",
    "judge_sum",
    "judge_whole",
]

_ZERO, _ONE, _HUNDRED = Decimal(0), Decimal(1), Decimal(100)


def judge_sum(parts: Sequence[Operand], whole: Operand, *, complete: bool = True) -> Finding:
    """Judge ``parts`` against their ``whole``; ``complete`` when the text declares that these are all the parts.

    >>> from hkconcept.model import Quantity
    >>> judge_sum([Operand(Quantity(Decimal(n), "count")) for n in (48, 23, 6)], Operand(Quantity(Decimal(76), "count"))
    ... ).formula
    '48 + 23 + 6 = 77 ≠ 76'

    """
    computed = sum((part.value for part in parts), _ZERO)
    reach = Interval(_ZERO, _ZERO)
    for part in parts:
        reach += Interval.of(part.quantity)
    target = Interval.of(whole.quantity)
    shown = " + ".join(part.show() for part in parts)
    finest = min(operand.quantity.step for operand in (*parts, whole))
    total, stated = whole.show(computed, _digits(computed, whole.quantity.step, finest)), whole.show()
    if reach.meets(target):
        if not (reach.closed and target.closed):
            return left_open(f"{shown} = {total}", computed)
        exact = computed == whole.value
        sign = "=" if exact else "≈"
        return Finding(
            Verdict.CONSISTENT,
            f"{shown} {sign} {stated}",
            "the parts add up to the total" if exact else f"the parts sum to {total}, within rounding of {stated}",
            "各项相加等于总数" if exact else f"各项之和为{total}，与{stated}之差在四舍五入范围内",
            computed,
            half_width(reach),
        )
    if not complete:
        return Finding(
            Verdict.NOT_CHECKABLE,
            f"{shown} = {total}",
            f"the parts named sum to {total} of {stated}; the text does not say that they are all",
            f"所列各项之和为{total}，总数为{stated}；原文未说明所列为全部",
            computed,
            half_width(reach),
        )
    gap = computed - whole.value
    mends = [f"{stated} → {total}"]
    mends += [f"{part.show()} → {part.show(part.value - gap)}" for part in parts if part.value > gap]
    return Finding(
        Verdict.INCONSISTENT,
        f"{shown} = {total} ≠ {stated}",
        f"{stated} would need parts summing to {stated}; they sum to {total}",
        f"总数为{stated}，但各项之和为{total}",
        computed,
        half_width(reach),
        " | ".join(mends),
    )


def judge_share(part: Operand, whole: Operand, share: Operand) -> Finding:
    """Judge a printed percentage against the part and the whole that it is a share of.

    >>> from hkconcept.model import Quantity
    >>> count = lambda n: Operand(Quantity(Decimal(n), "count"))
    >>> judge_share(count(38), count(47), Operand(Quantity(Decimal("80.85"), "percent", step=Decimal("0.01")))).formula
    '38 / 47 = 80.85%'

    """
    if whole.value <= 0:
        return no_divisor(whole)
    computed = part.value / whole.value * _HUNDRED
    reach = Interval.of(part.quantity).over(Interval.of(whole.quantity)).scaled(_HUNDRED)
    return against(
        f"{part.show()} / {whole.show()}",
        computed,
        reach,
        share,
        mends=(
            (part, whole.value * share.value / _HUNDRED),
            *(((whole, part.value * _HUNDRED / share.value),) if share.value else ()),
        ),
    )


def judge_growth(
    new: Operand, old: Operand, change: Operand, *, form: Literal["by", "to"] = "by", sign: Literal[-1, 1] = 1
) -> Finding:
    """Judge a printed rate of change between two printed values.

    ``change`` is a percentage or a multiple; ``form`` is ``by`` (grew by 2.5x, 增长2.5倍) or ``to``
    (is 2.5x, 为2.5倍); ``sign`` is -1 for a decline, whose size is printed.
    """
    if old.value <= 0:
        return no_divisor(old)
    unit = _HUNDRED if change.quantity.unit == "percent" else _ONE
    ratio = Interval.of(new.quantity).over(Interval.of(old.quantity))
    base = _ZERO if form == "to" else _ONE
    reach = (ratio + Interval(-base, -base)).scaled(unit)
    computed = (new.value / old.value - base) * unit
    if sign < 0:
        reach, computed = -reach, -computed
    shown = f"{new.show()} / {old.show()}"
    if base:
        shown = f"{shown} - 1" if sign > 0 else f"1 - {shown}"
    wanted = old.value * (base + sign * change.value / unit)
    start = base + sign * change.value / unit
    return against(
        shown,
        computed,
        reach,
        change,
        mends=((new, wanted), *(((old, new.value / start),) if start > 0 else ())),
    )


def judge_difference(new: Operand, old: Operand, change: Operand, *, sign: Literal[-1, 1] = 1) -> Finding:
    """Judge a printed difference between two printed values of one unit (percentages: a difference in points)."""
    reach = Interval.of(new.quantity) + -Interval.of(old.quantity)
    computed = new.value - old.value
    shown = f"{new.show()} - {old.show()}"
    if sign < 0:
        reach, computed, shown = -reach, -computed, f"{old.show()} - {new.show()}"
    return against(
        shown,
        computed,
        reach,
        change,
        mends=((new, old.value + sign * change.value), (old, new.value - sign * change.value)),
    )


def judge_order(larger: Operand, smaller: Operand) -> Finding:
    """Judge a statement that one figure exceeds another."""
    high, low = Interval.of(larger.quantity), Interval.of(smaller.quantity)
    if high.low is not None and low.high is not None and high.low >= low.high and larger.value > smaller.value:
        return Finding(
            Verdict.CONSISTENT,
            f"{larger.show()} > {smaller.show()}",
            f"{larger.show()} is more than {smaller.show()}",
            f"{larger.show()}大于{smaller.show()}",
            larger.value - smaller.value,
        )
    if high.high is not None and low.low is not None and high.high <= low.low:
        return Finding(
            Verdict.INCONSISTENT,
            f"{larger.show()} ≤ {smaller.show()}",
            f"the text puts {larger.show()} above {smaller.show()}, which is not less",
            f"原文称{larger.show()}高于{smaller.show()}，实则不高于",
            larger.value - smaller.value,
            mend=f"{larger.show()} ↔ {smaller.show()}",
        )
    return left_open(f"{larger.show()} ? {smaller.show()}", larger.value - smaller.value)


def judge_whole(first: Operand, again: Operand) -> Finding:
    """Judge two mentions of one and the same figure."""
    if Interval.of(first.quantity).meets(Interval.of(again.quantity)):
        return Finding(
            Verdict.CONSISTENT,
            f"{first.show()} = {again.show()}",
            "both mentions give the same figure",
            "前后数字一致",
            first.value,
        )
    return Finding(
        Verdict.INCONSISTENT,
        f"{first.show()} ≠ {again.show()}",
        f"the text first gives {first.show()} and then refers back to it as {again.show()}",
        f"原文先称{first.show()}，后又称{again.show()}",
        first.value,
        mend=f"{again.show()} → {first.show()} | {first.show()} → {again.show()}",
    )


def _digits(value: Decimal, step: Decimal, finest: Decimal) -> Decimal:
    """Return the step with which a sum is shown: the whole's own, or as many digits more as the sum needs."""
    while step > finest and value % step:
        step /= 10
    return step
