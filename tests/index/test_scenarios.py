"""Every scenario of the answers: levels to the cent, divisors, the log, and that the log can be computed again."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from index.scenarios import calculated, january, scenarios

SCENARIOS = scenarios()


@pytest.mark.parametrize("case", SCENARIOS, ids=lambda case: case["name"])
def test_levels_and_divisors_are_those_worked_out_by_hand(case: dict[str, Any]) -> None:
    index = calculated(case)
    levels = index.levels()
    assert [str(level) for level in levels["price"]] == case["price"]
    if "total" in case:
        assert [str(level) for level in levels["total"]] == case["total"]
    else:
        assert levels["total"].null_count() == len(levels)
    expected = [float(Fraction(text)) for text in case["divisors"]]
    np.testing.assert_allclose(levels["divisor"].to_numpy(), expected, rtol=1e-14)
    assert index.carried() == [(january(day), code) for day, code in case.get("carried", [])]


@pytest.mark.parametrize("case", SCENARIOS, ids=lambda case: case["name"])
def test_the_log_names_each_change_and_can_be_computed_again(case: dict[str, Any]) -> None:
    index = calculated(case)
    log = list(index.entries())
    assert [f"{entry.kind} {entry.code}".strip() for entry in log] == case["log"]
    base, *changes = log
    price, total = base.divisor_after, base.divisor_after
    for entry in changes:
        assert entry.reason
        if entry.kind == "dividend":
            total *= entry.value_after / entry.value_before
        else:
            price *= entry.value_after / entry.value_before
            total *= entry.value_after / entry.value_before
        assert entry.divisor_after == pytest.approx(price, rel=1e-14)
        assert entry.total_divisor_after == pytest.approx(total, rel=1e-14)
    last = index.levels().row(-1, named=True)
    assert (last["divisor"], last["total_divisor"]) == (
        pytest.approx(price, rel=1e-14),
        pytest.approx(total, rel=1e-14),
    )


@pytest.mark.parametrize("case", SCENARIOS, ids=lambda case: case["name"])
def test_contributions_sum_to_the_change_of_the_level(case: dict[str, Any]) -> None:
    index = calculated(case)
    first, last = index.sessions[0], index.sessions[-1]
    points = index.contributions(first, last)["points"].sum()
    assert points == pytest.approx(index.main_levels[-1] - index.main_levels[0], abs=1e-9)


def test_there_are_scenarios_for_every_action() -> None:
    kinds = {entry.split()[0] for case in SCENARIOS for entry in case["log"]}
    assert kinds >= {
        *("split", "rights", "rights_not_taken", "special_dividend", "dividend", "shares", "addition", "deletion"),
        *("delisting", "reweighting", "postponed", "left_out"),
    }
    assert len(SCENARIOS) >= 12
