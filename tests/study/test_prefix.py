"""Running sums over a whole panel give what the windows cut out one by one give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hkconcept.errors import UsageError
from hkconcept.study import Design, Model, ReturnPanel, Window
from hkconcept.study import prefix as prefix_module
from hkconcept.study.parametric import bmp
from hkconcept.study.prefix import RunningSums, bmp_statistic, scaled_cars
from hkconcept.study.sample import draw
from study.conftest import CODES, SESSIONS, made_panel

DESIGN = Design(windows=(Window(-1, 3),), min_observations=100)
MODELS = (Model.MARKET, Model.MARKET_ADJUSTED, Model.MEAN_ADJUSTED)


def events(count: int = 400) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(4)
    # Some reach beyond either end of the panel.
    return generator.integers(0, len(CODES), count), generator.integers(0, len(SESSIONS), count)


@pytest.fixture
def panel() -> ReturnPanel:
    made = made_panel(6, holes=0.05)
    market = made.market.copy()
    market[[40, 41, 200]] = np.nan
    return replace(made, market=market)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("order", ["C", "F"])
def test_both_ways_agree(panel: ReturnPanel, model: Model, order: str) -> None:
    panel = replace(panel, returns=np.asarray(panel.returns, order=order))  # type: ignore[call-overload]
    securities, zero = events()
    design = replace(DESIGN, model=model)
    one = scaled_cars(panel, securities, zero, design)
    other = scaled_cars(panel, securities, zero, design, sums=RunningSums(panel))
    assert 50 < np.isfinite(one.scar).sum() < 400
    assert other.car == pytest.approx(one.car, abs=1e-10, nan_ok=True)
    assert other.scar == pytest.approx(one.scar, abs=1e-8, nan_ok=True)
    assert np.array_equal(one.observations, other.observations)


def test_the_statistic_is_that_of_the_test(panel: ReturnPanel) -> None:
    securities, zero = events()
    sample = draw(panel, securities, zero, DESIGN).window(Window(-1, 3))
    assert bmp_statistic(scaled_cars(panel, securities, zero, DESIGN)) == pytest.approx(bmp(sample).statistic)


def test_the_number_of_events_decides_the_way(panel: ReturnPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[ReturnPanel] = []

    def build(given: ReturnPanel) -> RunningSums:
        built.append(given)
        return RunningSums(given)

    monkeypatch.setattr(prefix_module, "RunningSums", build)
    securities, zero = events(30)
    scaled_cars(panel, securities, zero, DESIGN)
    assert built == []
    scaled_cars(panel, *events(2000), DESIGN)
    assert len(built) == 1


def test_other_models_are_refused_or_cut_out(panel: ReturnPanel) -> None:
    securities, zero = events(2000)
    found = scaled_cars(panel, securities, zero, replace(DESIGN, model=Model.DIMSON))
    assert np.isfinite(found.scar).any()
    with pytest.raises(UsageError, match="the model 'dimson' has no running sums"):
        scaled_cars(panel, securities, zero, replace(DESIGN, model=Model.DIMSON), sums=RunningSums(panel))
    with pytest.raises(UsageError, match="running sums need one market return per session"):
        RunningSums(replace(panel, market=np.tile(panel.market[:, None], (1, len(CODES)))))
