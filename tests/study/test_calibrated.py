"""The default holds what it promises: it is blind to scale, reads its placebos rightly, and rejects at its size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hkconcept.study import Design, ReturnPanel, Window
from hkconcept.study.bands import effect
from hkconcept.study.calibrated import calibrated, portfolio_calibrated
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


def shifted(sample: WindowSample, effect_: float) -> WindowSample:
    """Return the sample with an effect taken off every CAR."""
    car = sample.car - effect_
    return replace(sample, car=car, scar=car / sample.error)


def samples() -> list[tuple[str, WindowSample]]:
    panel = made_panel(6)
    many = draw(panel, range(12), [ZERO - 4 * n for n in range(12)], Design(windows=(DAY,))).window(DAY)
    two = draw(panel, [*range(6), *range(6)], [ZERO] * 6 + [ZERO - 30] * 6, Design(windows=(DAY,))).window(DAY)
    return [
        ("calibrated", cut(panel)),
        ("calibrated", cut(panel, Window(0, 4))),
        ("calibrated", two),
        ("portfolio_calibrated", cut(panel, codes=2)),
        ("kp_bmp", cut(panel)),
        ("clustered_bmp", many),
    ]


@pytest.mark.parametrize(("key", "sample"), samples(), ids=lambda value: value if isinstance(value, str) else "")
@pytest.mark.parametrize("level", [0.05, 0.1])
def test_the_band_is_the_test_turned_around(key: str, sample: WindowSample, level: float) -> None:
    found = effect(sample, level, key)
    assert found.low is not None
    assert found.high is not None
    if key.endswith("bmp"):  # the spread is kept, so the test is turned around in units of the standardised CAR
        slope = float((1 / sample.error).mean())
        for edge in (found.low, found.high):
            moved = replace(sample, scar=sample.scar - edge * slope)
            assert evaluate(moved, np.full(sample.n, ZERO), 9, (key,))[0].p == pytest.approx(level, rel=1e-6)
        return
    for edge in (found.low, found.high):
        (at,) = evaluate(shifted(sample, edge), np.full(sample.n, ZERO), 9, (key,))
        assert at.p == pytest.approx(level, rel=1e-6)
    width = found.high - found.low
    for inside, outside in (
        (found.low + width / 9, found.low - width / 9),
        (found.high - width / 9, found.high + width / 9),
    ):
        assert (evaluate(shifted(sample, inside), np.full(sample.n, ZERO), 9, (key,))[0].p or 0) > level
        assert (evaluate(shifted(sample, outside), np.full(sample.n, ZERO), 9, (key,))[0].p or 0) < level


@pytest.mark.parametrize(("key", "sample"), samples()[:4], ids=lambda value: value if isinstance(value, str) else "")
def test_an_effect_moves_the_band_by_itself_and_leaves_what_is_detectable(key: str, sample: WindowSample) -> None:
    one, other = effect(sample, 0.05, key), effect(shifted(sample, -0.03), 0.05, key)
    assert other.mean == pytest.approx(one.mean + 0.03)
    assert other.low == pytest.approx((one.low or 0) + 0.03, abs=1e-9)
    assert other.high == pytest.approx((one.high or 0) + 0.03, abs=1e-9)
    assert other.detectable == pytest.approx(one.detectable)
    assert (one.detectable or 0) > ((one.high or 0) - (one.low or 0)) / 2


def test_a_level_that_the_placebos_cannot_show_has_no_band() -> None:
    assert effect(cut(made_panel(6)), 0.005, "calibrated").low is None
    assert effect(cut(made_panel(6), codes=1), 0.05, "kp_bmp").low is None


def test_what_is_detectable_is_found_in_four_of_five_events() -> None:
    """Every placebo day in turn is given the detectable effect of its own spread."""
    sample = cut(made_panel(6))
    usual = effect(sample, 0.05, "calibrated").detectable_usual
    assert usual is not None
    found = 0
    for day in range(240):
        car = sample.estimation[:, day] + usual
        moved = replace(sample, car=car, scar=car / sample.sigma, error=sample.sigma)
        found += (calibrated(moved).p or 1) <= 0.05
    assert 0.7 < found / 240 < 0.9


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
