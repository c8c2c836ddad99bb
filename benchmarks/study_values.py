"""The values of the event study beside independent software, on one made sample, to 1e-8.

``statsmodels`` (models, forecast standard errors), ``eventstudy`` 0.1a12 and ``event-study-toolkit`` 1.0.0 where
they are right. Where they are not, their value is printed with the reason and is no bar.
"""

from __future__ import annotations

import datetime as dt
import importlib
import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from benchmarks.rounds import with_peers

from hkconcept.study.choice import evaluate
from hkconcept.study.design import Design, Window
from hkconcept.study.panel import ReturnPanel
from hkconcept.study.ranks import ranks
from hkconcept.study.sample import Sample, WindowSample, draw

STOCKS, BEFORE, GAP, BAR = 14, 120, 9, 1e-8
WINDOW = Window(-1, 1)
ZERO = BEFORE + GAP + 1
DESIGN = Design(estimation=Window(-ZERO, -GAP - 2), windows=(WINDOW,), run_up=Window(-2, -1))


def made() -> tuple[ReturnPanel, Sample, WindowSample]:
    generator = np.random.default_rng(5)
    count = ZERO + 3
    market = generator.normal(0, 0.01, count)
    returns = market[:, None] * generator.uniform(0.5, 1.5, STOCKS) + generator.normal(0.001, 0.02, (count, STOCKS))
    days = [dt.date(2015, 1, 5) + dt.timedelta(days=n) for n in range(count)]
    panel = ReturnPanel(tuple(days), tuple(f"{n:05d}" for n in range(STOCKS)), returns, market)
    sample = draw(panel, range(STOCKS), [ZERO] * STOCKS, DESIGN)
    return panel, sample, sample.window(WINDOW)


def by_statsmodels(panel: ReturnPanel, sample: Sample, cut: WindowSample) -> Iterator[tuple[str, float]]:
    sm = importlib.import_module("statsmodels.api")
    apart = {"alpha and beta": 0.0, "residual sigma": 0.0, "standardised AR of day 0": 0.0, "standardised CAR": 0.0}
    for e in range(STOCKS):
        fitted = sm.OLS(panel.returns[:BEFORE, e], sm.add_constant(panel.market[:BEFORE])).fit()
        x = np.column_stack([np.ones(3), panel.market[ZERO - 1 : ZERO + 2]])
        # The standard error of a new observation is statsmodels' own.
        error = float(fitted.get_prediction(x[1:2]).summary_frame()["obs_ci_upper"].iloc[0])
        error -= float(fitted.get_prediction(x[1:2]).predicted_mean[0])
        scipy_stats = importlib.import_module("scipy.stats")
        error /= float(scipy_stats.t.ppf(0.975, BEFORE - 2))
        one = (panel.returns[ZERO, e] - float(x[1] @ fitted.params)) / error
        whole = x.sum(axis=0)
        spread = 3 + whole @ fitted.normalized_cov_params @ whole
        car = float((panel.returns[ZERO - 1 : ZERO + 2, e] - x @ fitted.params).sum())
        ours = sample.window(Window(0, 0)).scar[e]
        for name, gap in (
            ("alpha and beta", np.abs(sample.fitted.coefficients[e] - fitted.params).max()),
            ("residual sigma", abs(sample.fitted.sigma[e] - np.sqrt(fitted.mse_resid))),
            ("standardised AR of day 0", abs(ours - one)),
            ("standardised CAR", abs(cut.scar[e] - car / np.sqrt(fitted.mse_resid * spread))),
        ):
            apart[name] = max(apart[name], float(gap))
    yield from apart.items()


def by_eventstudy(panel: ReturnPanel, cut: WindowSample) -> Iterator[tuple[str, float]]:
    package, models = importlib.import_module("eventstudy"), importlib.import_module("eventstudy.models")
    at = np.r_[:BEFORE, ZERO - 1 : ZERO + 2]
    singles = [
        package.Single(
            models.market_model,
            {"security_returns": panel.returns[at, e], "market_returns": panel.market[at]},
            event_window=(-1, 1),
            estimation_size=BEFORE,
            buffer_size=GAP,
        )
        for e in range(STOCKS)
    ]
    both = package.Multiple(singles)
    yield "AR of every session", max(float(np.abs(s.AR - cut.abnormal[e]).max()) for e, s in enumerate(singles))
    yield "CAR", max(abs(float(s.CAR[-1]) - cut.car[e]) for e, s in enumerate(singles))
    yield "CAAR", abs(float(both.CAAR[-1]) - cut.car.mean())
    scaled = singles[0].CAR[-1] / np.sqrt(singles[0].var_CAR[-1])
    print(
        f"  wrong there: its standardised CAR is {scaled / cut.scar[0]:.4f} of ours: it divides by L instead of L - 2, "
        "leaves out the forecast error, and tests with L - 1 degrees"
    )


def by_toolkit(panel: ReturnPanel, cut: WindowSample) -> Iterator[tuple[str, float]]:
    pandas: Any = importlib.import_module("pandas")
    module: Any = importlib.import_module("event_study_toolkit.eventstudy")
    calendars: Any = importlib.import_module("pandas_market_calendars")
    days = calendars.get_calendar("NYSE").schedule("2015-01-01", "2016-12-31").index[: len(panel.sessions)]
    rows = [
        {"permno": e, "date": day, "ret_dlst_adj": panel.returns[t, e], "vwretd": panel.market[t]}
        for e in range(STOCKS)
        for t, day in enumerate(days)
    ]
    events = pandas.DataFrame([{"permno": e, "EVT_DATE": days[ZERO], "CCAR": 1} for e in range(STOCKS)])
    study = module.eventstudy(BEFORE, GAP, -1, 1, pandas.DataFrame(rows), events, groups=["CCAR"])
    found = study.getFullSampleTestStatistic("market").iloc[0]
    ours = {o.key: o.statistic or 0.0 for o in evaluate(cut, np.full(STOCKS, ZERO), 99)}
    yield "mean CAR", abs(float(found.car_mean) - cut.car.mean())
    yield "cross-sectional t", abs(float(found.car_t) - ours["cross_sectional_t"])
    yield "Cowan generalised sign", abs(float(found.gen_z) - ours["generalised_sign"])
    print(
        f"  wrong there: its Patell statistic is {float(found.tpatell) / ours['patell']:.4f} of ours: no forecast "
        "error and a variance of 1 for each standardised CAR instead of (L - 2) / (L - 4)"
    )
    grank = float(study.getGRANK("market", "CCAR")["GRANK_Z"].iloc[0])
    # It divides the plain CAR / sigma by the spread of CAR / (sigma sqrt(L2)): too large by sqrt(L2).
    plain = cut.car / cut.sigma
    theirs = replace(cut, scar=plain / (plain / np.sqrt(WINDOW.length)).std(ddof=1))
    again = np.concatenate([cut.estimation / cut.sigma[:, None], theirs.scar[:, None]], axis=1)
    sessions = BEFORE + 1
    z = (ranks(again)[:, -1] / (sessions + 1) - 0.5).sum() / np.sqrt(STOCKS * (sessions - 1) / (12 * (sessions + 1)))
    print(
        f"  wrong there: GRANK-Z {grank:.4f}, ours {ours['grank_z']:.4f}; its standardised CAR is sqrt(L2) too large "
        f"(with that mistake ours is {z:.4f})"
    )


def main() -> int:
    needed = {
        "eventstudy": "eventstudy",
        "statsmodels": "statsmodels",
        "event_study_toolkit": "event-study-toolkit",
    }
    if not with_peers("study_values", needed):
        return 0
    warnings.simplefilter("ignore")
    panel, sample, cut = made()
    worst = 0.0
    for name, values in (
        ("statsmodels", by_statsmodels(panel, sample, cut)),
        ("eventstudy", by_eventstudy(panel, cut)),
        ("event-study-toolkit", by_toolkit(panel, cut)),
    ):
        print(name)
        for what, gap in values:
            print(f"  {what:<28} largest difference {gap:.1e}")
            worst = max(worst, gap)
    print(f"bar {BAR:g}: {'reached' if worst <= BAR else 'MISSED'}")
    return int(worst > BAR)


if __name__ == "__main__":
    sys.exit(main())
