"""Our normal and t distributions beside scipy's."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from hkconcept.study.distributions import normal_quantile, normal_two_sided, t_quantile, t_two_sided


@given(st.floats(-30, 30))
def test_the_normal_tail(z: float) -> None:
    assert normal_two_sided(z) == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-11)


@given(st.floats(-40, 40), st.floats(0.5, 5000))
def test_the_t_tail_with_fractional_degrees_of_freedom(t: float, df: float) -> None:
    assert t_two_sided(t, df) == pytest.approx(2 * stats.t.sf(abs(t), df), rel=1e-9, abs=1e-200)


@given(st.floats(0.001, 0.999), st.floats(1, 500))
def test_quantiles(p: float, df: float) -> None:
    assert normal_quantile(p) == pytest.approx(stats.norm.ppf(p), rel=1e-9, abs=1e-12)
    assert t_quantile(p, df) == pytest.approx(stats.t.ppf(p, df), rel=1e-8, abs=1e-9)


def test_a_t_of_zero_is_certain_and_of_infinity_impossible() -> None:
    assert t_two_sided(0.0, 7) == 1.0
    assert t_two_sided(math.inf, 7) == 0.0
