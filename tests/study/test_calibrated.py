"""The default holds what it promises: it is blind to scale, reads its placebos rightly, and rejects at its size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hkconcept.study import Design, ReturnPanel, Window
from hkconcept.study.calibrated import calibrated, effect, portfolio_calibrated
from hkconcept.study.choice import evaluate
from hkconcept.study.sample import WindowSample, draw
from study.conftest import CODES, SESSIONS, ZERO, made_panel

DAY = Window(0, 0)


def cut(panel: ReturnPanel, window: Window = DAY, codes: int = len(CODES)) -> WindowSample:
    design = Design(windows=(window,))
    return draw(panel, range(codes), [ZERO] * codes, design).window(window)


@settings(max_examples=25)
@given(st.floats(0.2, 8), st.integers(0, 20))
def test_a_day_that_is_wider_for_everybody_changes_nothing(scale: float, seed: int) -> None:
    sample = cut(made_panel(seed))
    wider = replace(sample, scar=sample.scar * scale, car=sample.car * scale)
    assert calibrated(wider).p == pytest.approx(calibrated(sample).p)
    # The portfolio test has no such protection.
    assert abs(portfolio_calibrated(wider).statistic or 0) == pytest.approx(
        scale * abs(portfolio_calibrated(sample).statistic or 0)
    )


@settings(max_examples=25)
@given(st.integers(0, 30))
def test_the_sign_turns_with_the_returns(seed: int) -> None:
    sample = cut(made_panel(seed))
    turned = replace(sample, scar=-sample.scar, estimation=-sample.estimation)
    assert calibrated(turned).statistic == pytest.approx(-(calibrated(sample).statistic or 0))
    assert calibrated(turned).p == pytest.approx(calibrated(sample).p)


def test_an_event_beyond_all_placebos_has_the_smallest_p_value_possible() -> None:
    panel = made_panel(4)
    returns = panel.returns.copy()
    returns[ZERO] += 0.5
    found = calibrated(cut(replace(panel, returns=returns)))
    assert found.placebos == 240
    assert found.p == pytest.approx(2 / 241)


def test_the_band_holds_exactly_the_shifts_that_are_not_rejected() -> None:
    sample = cut(made_panel(6))
    found = effect(sample, 0.05)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.mean < found.high
    assert found.mean - found.low == pytest.approx(found.high - found.mean)
    moved = effect(replace(sample, car=sample.car + 0.03), 0.05)
    assert moved.low == pytest.approx(found.low + 0.03)
    wider = effect(sample, 0.01)
    assert wider.low is not None
    assert wider.low < found.low


def test_a_detectable_effect_is_larger_than_the_half_width_of_the_band() -> None:
    found = effect(cut(made_panel(6)), 0.05)
    assert found.detectable is not None
    assert found.high is not None
    assert found.detectable > found.high - found.mean


def test_several_dates_are_joined_by_normal_scores() -> None:
    panel = made_panel(8)
    zeros = [ZERO] * 6 + [ZERO - 30] * 6
    sample = draw(panel, [*range(6), *range(6)], zeros, Design(windows=(DAY,))).window(DAY)
    parts = [draw(panel, range(6), [z] * 6, Design(windows=(DAY,))).window(DAY) for z in (ZERO, ZERO - 30)]
    assert sample.dates == 2
    singles = [calibrated(part) for part in parts]
    together = calibrated(sample)
    assert together.reference == "placebo"
    # Each place is known from its own test: the score is the normal quantile of p / 2 with the statistic's sign.
    from scipy import stats  # noqa: PLC0415 - beside the one use

    scores = [np.sign(s.statistic or 0) * stats.norm.isf((s.p or 1) / 2) for s in singles]
    assert together.statistic == pytest.approx(sum(scores) / np.sqrt(2))


def test_too_few_placebos_are_said() -> None:
    panel = made_panel()
    design = Design(estimation=Window(-40, -11), windows=(DAY,), min_observations=20)
    sample = draw(panel, range(8), [ZERO] * 8, design).window(DAY)
    assert calibrated(sample).absent == "30 windows to compare with, 39 needed"
    assert calibrated(cut(panel, codes=3)).absent == "needs four securities or more on each date"


def test_a_rejection_rate_near_its_nominal_size_where_others_fail() -> None:
    """300 event dates without any event; the whole grid is in the benchmark ``study_size``."""
    generator = np.random.default_rng(11)
    count, rejected = 300, dict.fromkeys(("calibrated", "kp_bmp", "bmp", "patell"), 0)
    design = Design(windows=(DAY,))
    for _ in range(count):
        common = generator.standard_t(4, (262, 1))
        residual = 0.02 * (np.sqrt(0.3) * common + np.sqrt(0.7) * generator.standard_t(4, (262, 12)))
        residual[255] *= 1.5
        panel = ReturnPanel(SESSIONS[:262], CODES, residual, generator.normal(0, 0.01, 262))
        sample = draw(panel, range(12), [255] * 12, design).window(DAY)
        for found in evaluate(sample, np.full(12, 255), 99, tuple(rejected)):
            rejected[found.key] += (found.p or 1) <= 0.05
    rates = {key: value / count for key, value in rejected.items()}
    assert 0.02 <= rates["calibrated"] <= 0.085
    assert rates["bmp"] > 0.25
    assert rates["patell"] > 0.25
