"""Size and power of every test of the event study, on returns in which it is known whether anything happened.

16 stocks share one date. Residuals follow one common factor and their own noise, so that every pair correlates
by 0, 0.2 or 0.5; closes and volumes are made from them and go through the whole study. Scenarios: normal; t4
(factor and noise each of their own Student t with 4 degrees of freedom); t4 with one scale a day for all;
volatility 1.5 times as high on the day; thin trading (each stock misses 0 to 30% of its sessions); and t4, jump
and thin trading together. Daily residual volatility is lognormal with the median 2%.

A cell holds the correlations 0 / 0.2 / 0.5 (0.2 / 0.5 on several dates), and for power the effects 1 / 2 / 3%.
``python -m benchmarks.study_size [--repetitions 5000] [--jobs 1]``; the exit status is 1 when the default
leaves its bounds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from hkconcept.market.arrays import Floats, Ints
from hkconcept.study.choice import TESTS, choose, evaluate
from hkconcept.study.design import Design, Window
from hkconcept.study.panel import from_closes
from hkconcept.study.sample import draw

STOCKS = 16
LEVEL = 0.05
DEFAULT = "default"
CORRELATIONS = (0.0, 0.2, 0.5)
EFFECTS = (0.01, 0.02, 0.03)
DAY, YEAR = Window(0, 0), Window(-250, -11)


@dataclass(frozen=True)
class Cell:
    """One cell of a table: how the returns are made and what is tested."""

    name: str
    correlation: float
    tails: str = "normal"
    jump: float = 1.0
    missed: float = 0.0
    effects: tuple[float, ...] = (0.0,)
    window: Window = DAY
    estimation: Window = YEAR
    dates: int = 1
    stocks: int = STOCKS
    common_jump: float = 1.0
    own_jump: float = 1.0


SCENARIOS: dict[str, dict[str, object]] = {
    "normal": {},
    "t4": {"tails": "t4"},
    "t4, one scale a day": {"tails": "scale"},
    "volatility x1.5": {"jump": 1.5},
    "thin trading": {"missed": 0.15},
    "t4, x1.5, thin": {"tails": "t4", "jump": 1.5, "missed": 0.15},
}


def _draws(generator: np.random.Generator, tails: str, shape: tuple[int, ...], scale: Floats) -> Floats:
    if tails == "t4":
        heavy: Floats = generator.standard_t(4, shape) / np.sqrt(2)
        return heavy
    noise: Floats = generator.standard_normal(shape) * scale
    return noise


def rejections(cell: Cell, repetitions: int, seed: int) -> dict[str, Floats]:
    """Return how often each test rejects at 5%, per effect; and how often each was the default."""
    generator = np.random.default_rng(seed)
    design = Design(
        estimation=cell.estimation,
        windows=(cell.window,),
        min_observations=min(60, int(cell.estimation.length * 0.5)),
        bootstrap_draws=499,
    )
    length = design.path.last - cell.estimation.first + 2
    spacing = 15  # sessions between dates: estimation windows overlap, event windows do not
    total = length + spacing * (cell.dates - 1)
    codes = [f"{n:05d}" for n in range(cell.stocks * cell.dates)]
    sessions = [dt.date(2000, 1, 1) + dt.timedelta(days=n) for n in range(total)]
    zero = [1 - cell.estimation.first + spacing * (n // cell.stocks) for n in range(len(codes))]
    counts = {key: np.zeros(len(cell.effects)) for key in (*TESTS, DEFAULT)}
    for _ in range(repetitions):
        closes, market, volumes = _prices(generator, cell, total, zero)
        for place, effect in enumerate(cell.effects):
            moved = closes.copy()
            for column, row in enumerate(zero):
                moved[row:, column] *= 1 + effect
            panel = from_closes(sessions, codes, moved, market, volumes=volumes)
            whole = draw(panel, range(len(codes)), zero, design)
            sample = whole.window(cell.window)
            if sample.n < 3:
                continue
            key = choose(sample).key
            for outcome in evaluate(sample, whole.day_zero[sample.rows], design.bootstrap_draws):
                rejected = outcome.p is not None and outcome.p <= LEVEL + 1e-12
                counts[outcome.key][place] += rejected
                if outcome.key == key:
                    counts[DEFAULT][place] += rejected
    return {key: value / repetitions for key, value in counts.items()}


def _prices(
    generator: np.random.Generator, cell: Cell, total: int, zero: Sequence[int]
) -> tuple[Floats, Floats, Floats]:
    count = len(zero)
    ones = np.ones((total, 1))
    scale = np.sqrt(2 / generator.chisquare(4, (total, 1))) if cell.tails == "scale" else ones
    common = _draws(generator, cell.tails, (total, 1), scale)
    own = _draws(generator, cell.tails, (total, count), scale)
    rows: Ints = np.asarray(zero)[:, None] + np.arange(cell.window.first, cell.window.last + 1)
    common[np.unique(rows)] *= cell.common_jump
    own[rows, np.arange(count)[:, None]] *= cell.own_jump
    residual = np.sqrt(cell.correlation) * common + np.sqrt(1 - cell.correlation) * own
    residual[rows, np.arange(count)[:, None]] *= cell.jump
    residual *= 0.02 * np.exp(generator.normal(0, 0.3, count))
    market = 0.012 * _draws(generator, cell.tails, (total,), ones[:, 0])
    beta = generator.normal(1, 0.3, count)
    returns = np.maximum(residual + beta * market[:, None], -0.9)
    closes = 100 * (1 + returns).cumprod(axis=0)
    missed = generator.random((total, count)) < generator.uniform(0, 2 * cell.missed, count)
    volumes = np.where(missed, 0.0, 1000.0)
    return closes, 100 * (1 + np.maximum(market, -0.9)).cumprod(), volumes


def tables() -> dict[str, list[Cell]]:
    """Return the cells of every table, by its heading."""
    size = [
        Cell(name, r, **options)  # type: ignore[arg-type]
        for name, options in SCENARIOS.items()
        for r in CORRELATIONS
    ]
    hard = SCENARIOS["t4, x1.5, thin"]
    power = [
        Cell(name, r, effects=EFFECTS, **options)  # type: ignore[arg-type]
        for name, options in (("normal", {}), ("t4, x1.5, thin", hard))
        for r in CORRELATIONS
    ]
    other = [
        *(Cell("5 sessions", r, window=Window(0, 4)) for r in CORRELATIONS),
        *(Cell("5 sessions, t4 x1.5", r, window=Window(0, 4), tails="t4", jump=1.5) for r in CORRELATIONS),
        *(Cell("60 to calibrate on", r, estimation=Window(-70, -11)) for r in CORRELATIONS),
        *(Cell("60, t4 x1.5", r, estimation=Window(-70, -11), tails="t4", jump=1.5) for r in CORRELATIONS),
        *(Cell("30, too few", r, estimation=Window(-40, -11)) for r in CORRELATIONS),
        *(Cell("30, t4 x1.5", r, estimation=Window(-40, -11), tails="t4", jump=1.5) for r in CORRELATIONS),
        *(Cell("4 dates x 16", r, dates=4) for r in CORRELATIONS[1:]),
        *(Cell("4 dates x 16, t4 x1.5", r, dates=4, tails="t4", jump=1.5) for r in CORRELATIONS[1:]),
        *(Cell("20 dates x 4", r, dates=20, stocks=4) for r in CORRELATIONS[1:]),
        *(Cell("20 dates x 4, t4 x1.5", r, dates=20, stocks=4, tails="t4", jump=1.5) for r in CORRELATIONS[1:]),
        *(Cell("only the common part x1.5", r, common_jump=1.5) for r in CORRELATIONS),
        *(Cell("only the own parts x1.5", r, own_jump=1.5) for r in CORRELATIONS),
    ]
    return {"Size": size, "Power": power, "Other shapes": other}


def _run(task: tuple[Cell, int, int]) -> dict[str, Floats]:
    return rejections(*task)


def main() -> int:
    options = argparse.ArgumentParser(description="Size and power of the event study's tests.")
    options.add_argument("--repetitions", type=int, default=5000)
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--only", choices=("Size", "Power", "Other shapes"))
    asked = options.parse_args()
    begun = time.monotonic()
    failed = False
    for heading, cells in tables().items():
        if asked.only not in (None, heading):
            continue
        tasks = [(cell, asked.repetitions, 7000 + number) for number, cell in enumerate(cells)]
        if asked.jobs > 1:
            with ProcessPoolExecutor(asked.jobs) as pool:
                found = list(pool.map(_run, tasks))
        else:
            found = [_run(task) for task in tasks]
        print(f"\n## {heading}, % of {asked.repetitions} repetitions rejected at 5%\n")
        _print(heading, cells, found)
        if heading == "Size":
            failed |= _bars(cells, found)
    print(f"\n{time.monotonic() - begun:.0f} s")
    return int(failed)


def _print(heading: str, cells: Sequence[Cell], found: Sequence[dict[str, Floats]]) -> None:
    """Print a row for each test: a column for each scenario (power: and correlation), its cells side by side."""

    def column(cell: Cell) -> str:
        return f"{cell.name}, r {cell.correlation:g}" if heading == "Power" else cell.name

    columns = list(dict.fromkeys(column(cell) for cell in cells))
    print("| test | " + " | ".join(columns) + " |")
    print("|---|" + "---|" * len(columns))
    for key in (DEFAULT, *TESTS):
        shown = []
        for name in columns:
            rates = [
                rate for cell, held in zip(cells, found, strict=True) if column(cell) == name for rate in held[key]
            ]
            # A test that a shape does not allow never rejects.
            shown.append(" / ".join(f"{100 * rate:.1f}" for rate in rates) if any(rates) else "-")
        if any(text != "-" for text in shown):
            print(f"| {key} | " + " | ".join(shown) + " |")
    print()


def _bars(cells: Sequence[Cell], found: Sequence[dict[str, Floats]]) -> bool:
    failed = False
    for cell, rates in zip(cells, found, strict=True):
        low, high = (0.04, 0.06) if cell.correlation == 0.2 else (0.035, 0.065)
        rate = float(rates[DEFAULT][0])
        if not low <= rate <= high:
            print(f"MISSED: {cell.name}, r {cell.correlation:g}: {rate:.2%} is outside [{low:.1%}, {high:.1%}]")
            failed = True
    print("default within its bounds: " + ("no" if failed else f"in all {len(cells)} cells"))
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
