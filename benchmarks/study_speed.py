"""The event study's arithmetic beside ``eventstudy`` and a loop of statsmodels, on one panel in one process.

A panel of 3,000 sessions and 5,000 securities of made returns; one million event-securities for the CARs with
BMP scaling (estimation of 250 sessions, a window of 3), 20,000 for ranks, a few hundred for the peers, which
are asked for the same CARs. The peers: eventstudy 0.1a12 has no forecast-error term and divides by L instead
of L - 2, so its variances are not the same; statsmodels' OLS is given the forecast error by hand.
"""

from __future__ import annotations

import datetime as dt
import importlib
import resource
import sys
import time
from collections.abc import Callable
from types import ModuleType

import numpy as np
from benchmarks.rounds import medians, one_core, with_peers

from hkconcept.market.arrays import Floats, Ints
from hkconcept.study.design import Design, Window
from hkconcept.study.panel import ReturnPanel
from hkconcept.study.prefix import RunningSums, bmp_statistic, scaled_cars
from hkconcept.study.ranks import cumulative_rank_t
from hkconcept.study.sample import draw

SESSIONS, SECURITIES = 3000, 5000
EVENTS, RANKED, FEW = 1_000_000, 20_000, 200
BAR_CARS, BAR_RANKS, BAR_GB = 1_000_000, 80_000, 1.5
DESIGN = Design(estimation=Window(-260, -11), windows=(Window(-1, 1),), run_up=Window(-10, -1))


def panel_of(generator: np.random.Generator) -> ReturnPanel:
    market = generator.normal(0, 0.012, SESSIONS)
    returns = generator.standard_normal((SECURITIES, SESSIONS)).T  # a security's sessions side by side
    returns *= 0.02
    returns += market[:, None]
    days = tuple(dt.date(2010, 1, 1) + dt.timedelta(days=n) for n in range(SESSIONS))
    return ReturnPanel(days, tuple(f"{n:05d}" for n in range(SECURITIES)), returns, market)


def direct(panel: ReturnPanel, securities: Ints, zero: Ints) -> Callable[[], object]:
    return lambda: scaled_cars(panel, securities, zero, DESIGN)


def ranked(panel: ReturnPanel, securities: Ints, zero: Ints) -> Callable[[], object]:
    """Models, abnormal returns and ranks of every event, and the test over all; all of it is timed."""

    def run() -> None:
        for first in range(0, len(securities), 1000):
            part = slice(first, first + 1000)
            sample = draw(panel, securities[part], zero[part], DESIGN)
            cumulative_rank_t(sample.window(Window(-1, 1)))

    return run


def loop(statsmodels: ModuleType, panel: ReturnPanel, securities: Ints, zero: Ints) -> Callable[[], Floats]:
    def run() -> Floats:
        found = []
        for column, row in zip(securities, zero, strict=True):
            y, m = panel.returns[row - 260 : row - 10, column], panel.market[row - 260 : row - 10]
            fitted = statsmodels.OLS(y, statsmodels.add_constant(m)).fit()
            x = np.column_stack([np.ones(3), panel.market[row - 1 : row + 2]])
            car = (panel.returns[row - 1 : row + 2, column] - x @ fitted.params).sum()
            summed = x.sum(axis=0)
            spread = 3 + summed @ fitted.normalized_cov_params @ summed
            found.append(car / np.sqrt(fitted.mse_resid * spread))
        return np.array(found)

    return run


def package(eventstudy: ModuleType, panel: ReturnPanel, securities: Ints, zero: Ints) -> Callable[[], Floats]:
    models = importlib.import_module("eventstudy.models")

    def run() -> Floats:
        found = []
        for column, row in zip(securities, zero, strict=True):
            at = np.r_[row - 260 : row - 10, row - 1 : row + 2]
            one = eventstudy.Single(
                models.market_model,
                {"security_returns": panel.returns[at, column], "market_returns": panel.market[at]},
                event_window=(-1, 1),
                estimation_size=250,
                buffer_size=9,
            )
            found.append(one.CAR[-1])
        return np.array(found)

    return run


def main() -> int:
    one_core()
    peers = with_peers("study_speed", {"eventstudy": "eventstudy", "statsmodels": "statsmodels"})
    generator = np.random.default_rng(1)
    panel = panel_of(generator)
    securities = generator.integers(0, SECURITIES, EVENTS)
    zero = generator.integers(300, SESSIONS - 10, EVENTS)
    begun = time.process_time()
    sums = RunningSums(panel)
    build = time.process_time() - begun
    begun = time.process_time()
    scaled = scaled_cars(panel, securities, zero, DESIGN, sums=sums)
    first = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"panel {SESSIONS} x {SECURITIES}; running sums built in {build:.2f} s; peak {peak:.2f} GB (bar {BAR_GB})")
    print(f"cold: {EVENTS:,} CARs with the build in {build + first:.2f} s = {EVENTS / (build + first):,.0f}/s")
    print(f"BMP over all: {bmp_statistic(scaled):.4f}")
    few = slice(0, FEW)
    tasks: dict[str, Callable[[], object]] = {
        "warm": lambda: bmp_statistic(scaled_cars(panel, securities, zero, DESIGN, sums=sums)),
        "direct": direct(panel, securities[:RANKED], zero[:RANKED]),
        "ranks": ranked(panel, securities[:RANKED], zero[:RANKED]),
    }
    if peers:
        eventstudy = importlib.import_module("eventstudy")  # a peer, not a dependency
        statsmodels = importlib.import_module("statsmodels.api")  # as above
        tasks["eventstudy"] = package(eventstudy, panel, securities[few], zero[few])
        tasks["statsmodels"] = loop(statsmodels, panel, securities[few], zero[few])
        theirs = loop(statsmodels, panel, securities[few], zero[few])()
        print(f"largest difference to statsmodels: {np.abs(theirs - scaled.scar[few]).max():.1e}")
        cars = package(eventstudy, panel, securities[few], zero[few])()
        print(f"largest difference of the CARs to eventstudy: {np.abs(cars - scaled.car[few]).max():.1e}")
    seconds = medians(tasks, 5)
    sizes = {"warm": EVENTS, "direct": RANKED, "ranks": RANKED, "eventstudy": FEW, "statsmodels": FEW}
    rates = {name: sizes[name] / taken for name, taken in seconds.items()}
    print(f"\n{'event-securities a second, median of 5':<46}{'rate':>12}")
    for name, rate in rates.items():
        print(f"  {name:<44}{rate:>12,.0f}")
    for name in ("eventstudy", "statsmodels"):
        if name in rates:
            print(f"  warm / {name}: {rates['warm'] / rates[name]:,.0f} times")
    missed = rates["warm"] < BAR_CARS or rates["ranks"] < BAR_RANKS or peak > BAR_GB
    print(f"bars: CARs {BAR_CARS:,}/s, ranks {BAR_RANKS:,}/s, {BAR_GB} GB: {'MISSED' if missed else 'reached'}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
