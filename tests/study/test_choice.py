"""The default is chosen by the data's shape, and what fails says so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from hkconcept.study import Design, Window
from hkconcept.study.choice import TESTS, choose, warning
from hkconcept.study.correction import benjamini_hochberg, benjamini_yekutieli, holm
from hkconcept.study.sample import WindowSample, draw
from hkconcept.study.sentence import TEST_NAMES
from study.conftest import ZERO, made_panel

DAY, YEAR = Window(0, 0), Window(-250, -11)


def shaped(dates: int, each: int, estimation: Window = YEAR) -> WindowSample:
    panel = made_panel(3)
    zeros = [ZERO - 3 * date for date in range(dates) for _ in range(each)]
    columns = [n for _ in range(dates) for n in range(each)]
    design = Design(estimation=estimation, windows=(DAY,), min_observations=20)
    return draw(panel, columns, zeros, design).window(DAY)


@pytest.mark.parametrize(
    ("dates", "each", "estimation", "expected"),
    [
        (1, 12, Window(-250, -11), "calibrated"),
        (4, 6, Window(-250, -11), "calibrated"),
        (1, 12, Window(-40, -11), "kp_bmp"),
        (1, 1, Window(-250, -11), "portfolio_calibrated"),
        (3, 2, Window(-250, -11), "portfolio_calibrated"),
        (12, 1, Window(-250, -11), "clustered_bmp"),
        (12, 6, Window(-250, -11), "clustered_bmp"),
    ],
)
def test_the_shape_decides(dates: int, each: int, estimation: Window, expected: str) -> None:
    choice = choose(shaped(dates, each, estimation))
    assert choice.key == expected
    assert choice.reason_en
    assert choice.reason_zh


def test_the_result_does_not_decide() -> None:
    sample = shaped(1, 12)
    assert choose(sample) == choose(replace(sample, scar=sample.scar + 10, car=sample.car + 1))


@pytest.mark.parametrize("key", ["bmp", "patell", "cross_sectional_t", "grank_z", "generalised_sign", "wilcoxon"])
def test_independence_on_a_shared_date_is_warned_of(key: str) -> None:
    en, zh = warning(key, shaped(1, 12))
    assert en.startswith("takes 12 securities on 1 date as independent; their residuals correlate by 0.")
    assert "times as large" in en
    assert "视为相互独立" in zh


def test_one_security_a_date_needs_no_such_warning() -> None:
    assert warning("bmp", shaped(12, 1)) == ("", "")


def test_a_wider_day_is_warned_of_where_volatility_is_taken_as_steady() -> None:
    sample = shaped(1, 12)
    mean = sample.scar.mean()
    wide = replace(sample, scar=mean + (sample.scar - mean) * 4)
    for key in ("corrado", "calendar_time", "block_bootstrap", "kp_patell"):
        assert "takes volatility as unchanged" in warning(key, wide)[0]
    assert warning("calibrated", wide) == ("", "")


def test_every_test_has_a_name_in_both_languages() -> None:
    assert TEST_NAMES.keys() == TESTS.keys()


def test_corrections_agree_with_scipy_and_with_holm_by_hand() -> None:
    p = [0.001, 0.2, 0.012, 0.04, 0.012]
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p, method="bh").tolist())
    assert benjamini_yekutieli(p) == pytest.approx(np.minimum(1, stats.false_discovery_control(p, method="by")))
    # Sorted: .001*5, .012*4, .012*3 (held up to .048), .04*2, .2*1.
    assert holm(p) == pytest.approx([0.005, 0.2, 0.048, 0.08, 0.048])
    assert holm([]) == []
