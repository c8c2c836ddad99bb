"""A whole index history with its divisor log: ours beside bt, a pandas loop, polars joins and a fused numpy loop.

Ours begins at the long point-in-time tables and does everything: the dense panel, knowledge dates, quarterly reviews
with a cap and free float, splits, dividends for the total return, entries and exits, the divisor log as a frame. The
peers are given more and asked for less: target weights, or units and divisors, ready from us; no actions, no log.
Every one builds its own wide or joined table from the same long one; bt's time without that is printed too.

    PYTHONPATH=src python -m benchmarks.index_history [--securities 3000] [--sessions 5000] [--rounds 5] [--equal]

``--equal`` compares with bt on one small case that both can express (weights by market value, set anew on review
days): the levels must agree to 1e-9.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl
from benchmarks.index_tables import Tables, made
from benchmarks.rounds import medians, one_core, with_peers

from hkconcept.index.calculation import Calculation
from hkconcept.index.engine import _calculation, _values, calculate
from hkconcept.index.facts import Facts, MembershipRow, SharesRow
from hkconcept.index.inputs import Inputs
from hkconcept.index.methodology import Methodology, Review, Version
from hkconcept.market.dense import panel_of_frame
from hkconcept.market.segments import Segment
from hkconcept.model import Moment

SECONDS, GIGABYTES, AGAINST_BT, AGAINST_NUMPY, AGREEMENT = 1.0, 1.5, 20.0, 5.0, 1e-9
MADE = Segment("made", "unadjusted")


def whole(tables: Tables) -> Calculation:
    """Return the index from the long tables, its log made."""
    index = calculate(panel_of_frame(tables.closes, MADE, sessions=tables.sessions), tables.methodology, tables.facts)
    index.divisor_log()
    return index


def summed(index: Calculation) -> Callable[[], object]:
    """Return a loop that multiplies, sums and divides in numpy, units and divisors given."""
    prices, blocks = index.prices, _blocks(index)

    def run() -> object:
        levels = np.empty(len(prices))
        for start, stop, units, divisor in blocks:
            levels[start:stop] = (prices[start:stop] * units).sum(axis=1) / divisor
        return levels

    return run


def arithmetic(index: Calculation) -> Callable[[], object]:
    """Return our arithmetic alone: sums in one fixed order over those held, units and divisors given."""
    prices, blocks = index.prices, _blocks(index)

    def run() -> object:
        levels = np.empty(len(prices))
        for start, stop, units, divisor in blocks:
            levels[start:stop] = _values(prices[start:stop], units) / divisor
        return levels

    return run


def fused(index: Calculation) -> Callable[[], object]:
    """Return a loop of dot products, whose order of addition is the processor's: the least work there is."""
    prices, blocks = index.prices, _blocks(index)

    def run() -> object:
        levels = np.empty(len(prices))
        for start, stop, units, divisor in blocks:
            np.dot(prices[start:stop], units, out=levels[start:stop])
            levels[start:stop] /= divisor
        return levels

    return run


def pandas_loop(tables: Tables, index: Calculation) -> Callable[[], object]:
    """Return a loop over sessions, units and divisors given."""
    pandas = importlib.import_module("pandas")
    long = tables.closes.with_columns(pl.col("code").cast(pl.String))
    frame = pandas.DataFrame({name: long[name].to_numpy() for name in long.columns})
    blocks = _blocks(index)

    def run() -> object:
        wide = frame.pivot(index="session", columns="code", values="close").ffill()
        levels = {}
        for start, stop, units, divisor in blocks:
            held = pandas.Series(units, index=wide.columns)
            for day in wide.index[start:stop]:
                levels[day] = (wide.loc[day] * held).sum() / divisor
        return levels

    return run


def polars_joins(tables: Tables, index: Calculation) -> Callable[[], object]:
    """Return a join of closes with units by block, summed by session; closes that are missing count as nothing."""
    blocks = _blocks(index)
    number = np.zeros(len(tables.sessions), dtype=np.uint32)
    for n, (start, stop, _, _) in enumerate(blocks):
        number[start:stop] = n
    sessions = pl.DataFrame({"session": tables.sessions, "block": number})
    kind = tables.closes["code"].dtype
    units = pl.concat(
        pl.DataFrame({"code": pl.Series(index.panel.codes).cast(kind), "units": units / divisor}).with_columns(
            block=pl.lit(n, dtype=pl.UInt32)
        )
        for n, (_, _, units, divisor) in enumerate(blocks)
    )

    def run() -> object:
        return (
            tables.closes.lazy()
            .join(sessions.lazy(), on="session")
            .join(units.lazy(), on=["block", "code"])
            .group_by("session")
            .agg((pl.col("close") * pl.col("units")).sum())
            .sort("session")
            .collect()
        )

    return run


def bt_run(prices: Any, targets: Any) -> Any:  # noqa: ANN401 - frames of the peer
    """Return bt's level of a strategy that takes target weights at the closes of given days."""
    bt = importlib.import_module("bt")
    algos = [bt.algos.RunOnDate(*targets.index), bt.algos.WeighTarget(targets), bt.algos.Rebalance()]
    test = bt.Backtest(
        bt.Strategy("peer", algos), prices, initial_capital=1e9, integer_positions=False, progress_bar=False
    )
    test.run()
    return test.strategy.prices


def against_bt(tables: Tables, index: Calculation) -> tuple[float, float]:
    """Return bt's processor seconds with and without its wide table, once: it is slow, and its ratio is large."""
    pandas = importlib.import_module("pandas")
    long = tables.closes.with_columns(pl.col("code").cast(pl.String))
    frame = pandas.DataFrame({name: long[name].to_numpy() for name in long.columns})
    rows = {}
    for start, _, units, _ in _blocks(index):
        day = tables.sessions[max(0, start - 1)]
        if start == 0 or _is_review(index, start):
            worth = units * index.prices[max(0, start - 1)]
            rows[pandas.Timestamp(day)] = worth / worth.sum()
    targets = pandas.DataFrame.from_dict(rows, orient="index", columns=list(index.panel.codes))
    begun = time.process_time()
    wide = frame.pivot(index="session", columns="code", values="close").ffill().bfill()
    ready = time.process_time()
    bt_run(wide, targets)
    done = time.process_time()
    return done - begun, done - ready


def agreement() -> float:
    """Return the largest relative difference of our levels from bt's, on a case that both can express."""
    pandas = importlib.import_module("pandas")
    rng = np.random.default_rng(3)
    days = [day.item() for day in np.arange("2020-01-06", "2021-12-31", dtype="datetime64[D]") if np.is_busday(day)]
    codes = [f"{n:05d}" for n in range(1, 41)]
    close = np.exp(np.cumsum(rng.normal(0, 0.02, (len(days), len(codes))), axis=0)) * rng.uniform(1, 50, len(codes))
    reviews = days[60::60]
    known = Moment.of_day(days[0].replace(year=2019))
    shares = rng.uniform(1e6, 1e9, (1 + len(reviews), len(codes)))
    long = pl.DataFrame(
        {
            "code": np.tile(codes, len(days)),
            "session": np.repeat(np.array(days, dtype="datetime64[D]"), len(codes)),
            "close": close.ravel(),
        }
    )
    facts = Facts(
        [MembershipRow(code, "in", days[0], known) for code in codes],
        (),
        [
            SharesRow(code, shares[n, i], day, known)
            for n, day in enumerate([days[0], *reviews])
            for i, code in enumerate(codes)
        ],
    )
    version = Version(days[0], "market_value", None, Review(dates=tuple(reviews)))
    rules = Methodology("made", "Made", "虚构", "HKD", days[0], Decimal(1000), (version,))
    ours = calculate(panel_of_frame(long, MADE, sessions=days), rules, facts).main_levels
    wide = pandas.DataFrame(close, index=pandas.to_datetime(days), columns=codes)
    at = [0, *(days.index(day) - 1 for day in reviews)]
    worth = close[at] * shares
    targets = pandas.DataFrame(worth / worth.sum(axis=1, keepdims=True), index=wide.index[at], columns=codes)
    theirs = bt_run(wide, targets).loc[wide.index].to_numpy()
    return float(np.max(np.abs(ours / ours[0] / (theirs / theirs[0]) - 1)))


def _blocks(index: Calculation) -> list[tuple[int, int, Any, float]]:
    stops = [holding.start for holding in index.holdings[1:]] + [len(index.panel.sessions)]
    return [
        (holding.start, stop, holding.units, float(index.divisors[holding.start]))
        for holding, stop in zip(index.holdings, stops, strict=True)
    ]


def _is_review(index: Calculation, start: int) -> bool:
    return any(one.at == start and one.kind == "reweighting" for one in index.logged)


def memory(options: argparse.Namespace) -> float:
    """Return the largest resident set of a process that makes our tables and calculates once, in GB."""
    command = [sys.executable, "-m", "benchmarks.index_history", "--alone"]
    command += ["--securities", str(options.securities), "--sessions", str(options.sessions)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
    return float(json.loads(done.stdout)["gigabytes"])


def alone(options: argparse.Namespace) -> int:
    """Calculate once and print the largest resident set, the making of the tables included."""
    whole(made(options.securities, options.sessions))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps({"gigabytes": used}))
    return 0


def told(name: str, value: float, bar: float, unit: str, *, least: bool = False) -> bool:
    """Print a figure beside its bar."""
    good = value >= bar if least else value <= bar
    print(f"  {name:<52}{value:>10.3g} {unit:<6} bar {bar:g}: {'reached' if good else 'MISSED'}")
    return good


def main() -> int:
    """Measure and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--securities", type=int, default=3000)
    parser.add_argument("--sessions", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--equal", action="store_true")
    parser.add_argument("--alone", action="store_true")
    options = parser.parse_args()
    if options.alone:
        return alone(options)
    os.environ["POLARS_MAX_THREADS"] = "1"
    peers = with_peers("index_history", {"bt": "bt", "pandas": "pandas"})
    warnings.simplefilter("ignore")  # the peers' dependencies warn about each other
    one_core()
    good = True
    if peers:
        good &= told("largest relative difference from bt", agreement(), AGREEMENT, "")
        if options.equal:
            return 0 if good else 1
    used = memory(options)
    tables = made(options.securities, options.sessions)
    index = whole(tables)
    inputs = Inputs.of(index.panel, tables.methodology, tables.facts)
    levels = np.asarray(fused(index)())
    difference = float(np.max(np.abs(levels / index.main_levels - 1)))
    print(
        f"{options.securities:,} securities × {options.sessions:,} sessions, {tables.closes.height:,} closes, ", end=""
    )
    print(f"{index.divisor_log().height:,} entries in the log; largest difference from dot products {difference:.1e}")
    tasks: dict[str, Callable[[], object]] = {
        "ours, from the long tables to the log": lambda: whole(tables),
        "ours, warm: inputs ready, all changes made": lambda: _calculation(inputs, 0),
        "ours, arithmetic: units and divisors given": arithmetic(index),
        "numpy multiply and sum, units and divisors given": summed(index),
        "numpy dot products, units and divisors given": fused(index),
    }
    seconds = medians(tasks, options.rounds)
    tasks = {"polars joins, units and divisors given": polars_joins(tables, index)}
    if peers:
        tasks["pandas loop, units and divisors given"] = pandas_loop(tables, index)
    seconds |= medians(tasks, min(options.rounds, 2))
    if peers:
        seconds["bt, its wide table included"], seconds["bt, its wide table ready"] = against_bt(tables, index)
    for name, value in seconds.items():
        print(f"  {name:<52}{value:>10.3f} s")
    ours, warm, bare, loop, dot = (seconds[name] for name in list(seconds)[:5])
    good &= told("ours", ours, SECONDS, "s")
    good &= told("largest resident set, the tables included", used, GIGABYTES, "GB")
    good &= told("arithmetic over a loop of multiply and sum", bare / loop, AGAINST_NUMPY, "times")
    print(
        f"  arithmetic over dot products {bare / dot:.1f} times;"
        f" the warm run {warm / loop:.1f} and {warm / dot:.1f} times"
    )
    if peers:
        ratio = seconds["bt, its wide table included"] / ours
        good &= told("times faster than bt, all in", ratio, AGAINST_BT, "times", least=True)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
