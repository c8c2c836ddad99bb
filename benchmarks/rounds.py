"""How the benchmarks measure: us and the peer in one process, turn about, and medians over rounds.

A peer is no dependency of the project. When it is not installed, the benchmark starts itself again in an
overlay of this environment that ``uv run --with`` makes; where that fails too, our figures are printed alone.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
_TOLD = "HKCONCEPT_BENCHMARK_PEERS"


def with_peers(module: str, requirements: Mapping[str, str]) -> bool:
    """Whether the peers can be imported; starts the benchmark again with them when they are not installed.

    ``requirements`` names what to install by the module that proves it there. Returns false, with a line
    that says so, when they cannot be had.
    """
    missing = [needed for name, needed in requirements.items() if importlib.util.find_spec(name) is None]
    if not missing:
        return True
    uv = Path(sys.executable).with_name("uv")
    if _TOLD in os.environ or not uv.exists():
        print(f"peer not installed ({', '.join(missing)}): our figures alone, no ratio.")
        return False
    extra = [part for needed in missing for part in needed.split()]
    options = [part for needed in extra for part in ("--with", needed)]
    command = [str(uv), "run", "--no-sync", *options, "python", "-m", f"benchmarks.{module}", *sys.argv[1:]]
    environment = {**os.environ, _TOLD: "1", "PYTHONPATH": str(ROOT / "src")}
    tried = subprocess.run([*command[: command.index("python")], "python", "-c", ""], check=False, env=environment)
    if tried.returncode:
        print(f"peer cannot be installed here ({', '.join(missing)}): our figures alone, no ratio.")
        return False
    raise SystemExit(subprocess.run(command, check=False, env=environment, cwd=ROOT).returncode)


def one_core() -> None:
    """Keep this process on one core, where the system allows it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def medians(tasks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Run every task once per round, turn about; return the median processor seconds of each.

    Processor time, not wall time: other work on the machine then disturbs less. One unmeasured round first.
    """
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(rounds + 1):
        for name, task in tasks.items():
            gc.collect()
            begun = time.process_time()
            task()
            if number:
                seconds[name].append(time.process_time() - begun)
    return {name: statistics.median(values) for name, values in seconds.items()}


def news() -> tuple[str, list[str]]:
    """Return texts to measure on and what they are: the news items when they are there, else written ones."""
    path = CORPUS / "news_zh.jsonl"
    if path.exists():
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return f"{len(rows)} news items", [f"{row['title']}\n{row.get('snippet') or ''}" for row in rows]
    texts = [pattern.format(**slots(number)) for number in range(1000) for pattern in _PATTERNS]
    return f"{len(texts)} synthetic items", texts


def slots(number: int) -> dict[str, str]:
    """Return the fillings of the written templates for one number."""
    names = ("康方生物", "信达生物", "恒瑞医药", "百济神州", "Innovent", "Akeso")
    codes = ("09926", "01801", "01276", "06160", "01801", "09926")
    return {
        "name": names[number % 6],
        "code": codes[number % 6],
        "count": f"{number * 7 % 900 + 10}",
        "money": f"{number * 13 % 5000 + 1:,}",
        "share": f"{number * 3 % 90}.{number % 10}",
        "day": str(number % 28 + 1),
    }


_PATTERNS: Sequence[str] = (
    "{name}({code}.HK)7月{day}日斥资{money}万港元回购{count}万股\n{name}发布公告，公司于2026年7月{day}日回购{count}万股。",
    "{name}：上半年收入{money}万元 同比增长{share}%\n截至2026年6月30日止六个月，{name}净利润同比增长{share}%。",
    "{name} wins approval for its drug\nOn July {day}, 2026, {name} said sales rose {share}% to ${money} million.",
    "国家药监局批准{name}新药上市\n{name}（{code}）宣布，其创新药获批，用于{count}名患者的临床研究。",
)


def against(name: str, ours: float, peer: float, bar: float) -> bool:
    """Print how many times faster we are than a peer, and whether that reaches the bar."""
    ratio = peer / ours
    print(f"  {name:<46}{ratio:>9.2f} times   bar {bar:g}: {'reached' if ratio >= bar else 'MISSED'}")
    return ratio >= bar
