"""Interval arithmetic on printed digits: does a stated relation hold, and what would mend it.

Every printed number stands for an interval of true values: half a step of the last digit either
side, an open bound where the wording opens one. A relation is *consistent* when some true values
inside those intervals satisfy it, and *inconsistent* when none do. Figures that were cut instead of
rounded are accepted too, and the reason says so. Formulas read the same in every language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from hkconcept.claims.intervals import Interval, Operand
from hkconcept.model import Relation, Verdict

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
    total, stated = whole.show(computed, finest), whole.show()
    if reach.meets(target):
        if not (reach.closed and target.closed):
            return _open(f"{shown} = {total}", computed)
        exact = computed == whole.value
        sign = "=" if exact else "≈"
        return Finding(
            Verdict.CONSISTENT,
            f"{shown} {sign} {stated}",
            "the parts add up to the total" if exact else f"the parts sum to {total}, within rounding of {stated}",
            "各项相加等于总数" if exact else f"各项之和为{total}，与{stated}之差在四舍五入范围内",
            computed,
            _half(reach),
        )
    if not complete:
        return Finding(
            Verdict.NOT_CHECKABLE,
            f"{shown} = {total}",
            f"the parts named sum to {total} of {stated}; the text does not say that they are all",
            f"所列各项之和为{total}，总数为{stated}；原文未说明所列为全部",
            computed,
            _half(reach),
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
        _half(reach),
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
        return _zero(whole)
    computed = part.value / whole.value * _HUNDRED
    reach = Interval.of(part.quantity).over(Interval.of(whole.quantity)).scaled(_HUNDRED)
    return _against(
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
        return _zero(old)
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
    return _against(
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
    return _against(
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
    return _open(f"{larger.show()} ? {smaller.show()}", larger.value - smaller.value)


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


def _against(
    shown: str, computed: Decimal, reach: Interval, stated: Operand, mends: Sequence[tuple[Operand, Decimal]]
) -> Finding:
    """Compare what the inputs allow with what is printed, as rounded and as cut."""
    target = Interval.of(stated.quantity)
    step = stated.quantity.step
    formula = f"{shown} = {stated.show(computed)}"
    if reach.meets(target):
        if not (reach.closed and target.closed):
            return _open(formula, computed)
        near = stated.show(computed) == stated.show()
        return Finding(
            Verdict.CONSISTENT,
            formula if near else f"{shown} ≈ {stated.show()}",
            "recomputed from the printed figures"
            if near
            else f"{stated.show(computed)}, within rounding of the inputs",
            "按原文数字重算相符" if near else f"重算为{stated.show(computed)}，在四舍五入范围内",
            computed,
            _half(reach),
        )
    cut = Interval(stated.value, stated.value + step)
    if stated.quantity.relation is Relation.EXACT and step < 1 and reach.meets(cut):
        return Finding(
            Verdict.CONSISTENT,
            f"{shown} = {stated.show(computed)} ≈ {stated.show()}",
            f"{stated.show()} is cut, not rounded; rounded it is {stated.show(computed)}",
            f"{stated.show()}为截尾所得，四舍五入应为{stated.show(computed)}",
            computed,
            _half(reach),
        )
    options = [f"{stated.show()} → {stated.show(computed)}"] if computed > 0 else []
    options += [
        f"{operand.show()} → {operand.show(value)}"
        for operand, value in mends
        if operand.show(value) != operand.show() and value > 0
    ]
    return Finding(
        Verdict.INCONSISTENT,
        f"{formula} ≠ {stated.show()}",
        f"the printed figures give {stated.show(computed)}, not {stated.show()}",
        f"按原文数字重算为{stated.show(computed)}，而非{stated.show()}",
        computed,
        _half(reach),
        " | ".join(options),
    )


def _half(reach: Interval) -> Decimal | None:
    return (reach.high - reach.low) / 2 if reach.low is not None and reach.high is not None else None


def _open(formula: str, computed: Decimal) -> Finding:
    return Finding(
        Verdict.NOT_CHECKABLE,
        formula,
        "an open or approximate bound leaves room: the figures neither prove nor refute it",
        "含“超过”“约”等开放或近似界限，无法证实或否定",
        computed,
    )


def _zero(operand: Operand) -> Finding:
    return Finding(Verdict.NOT_CHECKABLE, "", f"{operand.show()} cannot be a divisor", f"{operand.show()}不能作除数")
