"""Interval arithmetic on printed digits, and stories that stay consistent."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.claims.arithmetic import (
    judge_difference,
    judge_growth,
    judge_order,
    judge_share,
    judge_sum,
    judge_whole,
)
from hkconcept.claims.intervals import Operand
from hkconcept.model import Quantity, Relation, Verdict

OK, WRONG, OPEN = Verdict.CONSISTENT, Verdict.INCONSISTENT, Verdict.NOT_CHECKABLE


def op(number: str, unit: str = "count", relation: Relation = Relation.EXACT) -> Operand:
    value = Decimal(number)
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    return Operand(Quantity(value, unit, relation, step=step), number)


def pct(number: str, relation: Relation = Relation.EXACT) -> Operand:
    return op(number, "percent", relation)


@pytest.mark.parametrize(
    ("part", "whole", "share", "verdict"),
    [
        ("38", "47", "80.85", OK), ("38", "47", "81.85", WRONG), ("37", "47", "80.85", WRONG),
        ("21", "23", "91.30", OK), ("2", "3", "66.67", OK), ("2", "3", "66.66", OK), ("2", "3", "66.68", WRONG),
        ("1", "3", "33", OK), ("0", "5", "0", OK),
    ],
)  # fmt: skip
def test_shares(part: str, whole: str, share: str, verdict: Verdict) -> None:
    assert judge_share(op(part), op(whole), pct(share)).verdict is verdict


def test_a_cut_share_says_so() -> None:
    found = judge_share(op("2"), op("3"), pct("66.66"))
    assert "cut, not rounded" in found.reason
    assert "截尾" in found.reason_zh


def test_growth() -> None:
    assert judge_growth(op("76"), op("48"), pct("58.3")).verdict is OK
    assert judge_growth(op("76"), op("48"), pct("58.4")).verdict is WRONG
    assert judge_growth(op("48"), op("76"), pct("36.8"), sign=-1).verdict is OK
    assert judge_growth(op("48"), op("76"), pct("36.8")).verdict is WRONG


def test_growing_by_a_multiple_is_not_being_a_multiple() -> None:
    by, to = op("2.5", "multiple"), op("3.5", "multiple")
    assert judge_growth(op("7"), op("2"), by, form="by").verdict is OK
    assert judge_growth(op("7"), op("2"), to, form="by").verdict is WRONG
    assert judge_growth(op("7"), op("2"), to, form="to").verdict is OK


def test_what_would_mend_a_sum_is_said() -> None:
    found = judge_sum([op("47"), op("23"), op("6")], op("77"))
    assert found.verdict is WRONG
    assert found.computed == 76
    assert found.mend == "77 → 76 | 47 → 48 | 23 → 24 | 6 → 7"
    assert found.reason == "77 would need parts summing to 77; they sum to 76"


@pytest.mark.parametrize(
    ("parts", "whole", "complete", "verdict"),
    [
        ((op("40"), op("3")), op("43"), True, OK),
        ((op("40"), op("2")), op("43"), True, WRONG),
        ((op("40"), op("2")), op("43"), False, OPEN),
        ((op("40", relation=Relation.OVER), op("2")), op("43"), True, OPEN),
        ((op("44", relation=Relation.OVER), op("2")), op("43"), True, WRONG),
        ((op("1.2", "USD"), op("1.3", "USD")), op("2.6", "USD"), True, OK),
        ((op("1.2", "USD"), op("1.3", "USD")), op("2.8", "USD"), True, WRONG),
    ],
)
def test_sums(parts: tuple[Operand, ...], whole: Operand, complete: bool, verdict: Verdict) -> None:
    assert judge_sum(parts, whole, complete=complete).verdict is verdict


def test_order_difference_and_restatement() -> None:
    assert judge_order(op("76"), op("48")).verdict is OK
    assert judge_order(op("48"), op("48")).verdict is WRONG
    assert judge_order(op("76"), op("48", relation=Relation.OVER)).verdict is OPEN
    assert judge_difference(op("76"), op("48"), op("28")).verdict is OK
    assert judge_difference(op("76"), op("48"), op("27")).verdict is WRONG
    assert judge_difference(op("48"), op("76"), op("28"), sign=-1).verdict is OK
    assert judge_whole(op("76"), op("77")).verdict is WRONG
    assert judge_whole(op("76"), op("76")).verdict is OK


def test_nothing_is_divided_by_zero() -> None:
    assert judge_share(op("0"), op("0"), pct("0")).verdict is OPEN
    assert judge_growth(op("1"), op("0"), pct("5")).verdict is OPEN


counts = st.lists(st.integers(1, 500), min_size=2, max_size=8)


@given(counts, st.randoms())
def test_a_sum_holds_in_any_order_and_breaks_by_one(parts: list[int], random: object) -> None:
    operands = [op(str(part)) for part in parts]
    random.shuffle(operands)  # type: ignore[attr-defined]
    assert judge_sum(operands, op(str(sum(parts)))).verdict is OK
    assert judge_sum(operands, op(str(sum(parts) + 1))).verdict is WRONG
    assert judge_sum([op(str(parts[0] + 1)), *map(op, map(str, parts[1:]))], op(str(sum(parts)))).verdict is WRONG


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(0, 3), st.sampled_from([ROUND_HALF_UP, ROUND_DOWN]))
def test_a_share_holds_under_rounding_and_cutting_and_breaks_beyond(
    part: int, rest: int, places: int, how: str
) -> None:
    step = Decimal(1).scaleb(-places)
    whole = part + rest
    share = (Decimal(part) * 100 / whole).quantize(step, how)
    if how == ROUND_DOWN and places == 0:
        share = (Decimal(part) * 100 / whole).quantize(step, ROUND_HALF_UP)
    assert judge_share(op(str(part)), op(str(whole)), pct(str(share))).verdict is OK
    assert judge_share(op(str(part)), op(str(whole)), pct(str(share + 2 * step))).verdict is WRONG


@given(st.integers(10_000, 99_999), st.integers(10_000, 99_999))
def test_growth_holds_when_values_and_rate_are_rounded(old: int, new: int) -> None:
    printed_old, printed_new = (Decimal(v).quantize(Decimal("1e2")) / 10_000 for v in (old, new))
    rate = ((Decimal(new) / old - 1) * 100).quantize(Decimal("0.1"))
    sign = -1 if rate < 0 else 1
    inputs = op(f"{printed_new:.2f}", "CNY"), op(f"{printed_old:.2f}", "CNY")
    assert judge_growth(*inputs, pct(str(abs(rate))), sign=sign).verdict is OK  # type: ignore[arg-type]
    assert judge_growth(*inputs, pct(str(abs(rate) + 40)), sign=sign).verdict is WRONG  # type: ignore[arg-type]
