"""Whole-process time and memory of the commands, beside a bare interpreter, on this machine.

Each command runs in a process of its own, warm disk, after one unmeasured run; the table gives minimum,
median and maximum wall time and the largest resident set. Budgets are those of docs/performance.md; a
median over its budget makes the exit status 1.

    python benchmarks/commands.py [--runs 9] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HKCONCEPT = str(Path(sys.executable).parent / "hkconcept")
MEGABYTE = 1024  # ru_maxrss counts kilobytes on Linux


def cases(folder: Path) -> list[tuple[str, list[str], float | None, float | None]]:
    """Return (name, command, wall budget in seconds, memory budget in megabytes)."""
    warm = ["--workspace", str(folder / "workspace"), "--out", str(folder / "notes")]
    sample = str(ROOT / "src" / "hkconcept" / "data" / "sample" / "column.en.md")
    return [
        ("python -c pass", [sys.executable, "-c", "pass"], None, None),
        ("hkconcept --help", [HKCONCEPT, "--help"], 0.15, None),
        ("hkconcept extract SAMPLE", [HKCONCEPT, "extract", sample], 0.4, None),
        ("hkconcept note SAMPLE", [HKCONCEPT, "note", sample, *warm], 1.5, 300),
    ]


def once(command: list[str]) -> tuple[float, float]:
    """Run a command; return its wall seconds and its largest resident set in megabytes."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        error = process.stderr.read().decode() if process.stderr else ""
        print(f"{' '.join(command)} ended with {process.returncode}: {error}", file=sys.stderr)
        raise SystemExit(3)
    if process.stderr:
        process.stderr.close()
    return wall, usage.ru_maxrss / MEGABYTE


def main() -> int:
    """Measure every case, print the table, and compare with the budgets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows = []
    over = 0
    print(f"{'command':<28}{'min s':>8}{'median s':>10}{'max s':>8}{'RSS MB':>9}   budget")
    with tempfile.TemporaryDirectory() as folder:
        for name, command, wall_budget, memory_budget in cases(Path(folder)):
            once(command)
            measured = [once(command) for _ in range(options.runs)]
            walls = [wall for wall, _ in measured]
            median, memory = statistics.median(walls), max(memory for _, memory in measured)
            late = wall_budget is not None and median > wall_budget
            large = memory_budget is not None and memory > memory_budget
            over += late or large
            budget = " ".join(
                [f"{wall_budget} s" if wall_budget else "-", f"{memory_budget} MB" if memory_budget else ""]
            )
            print(
                f"{name:<28}{min(walls):>8.3f}{median:>10.3f}{max(walls):>8.3f}{memory:>9.0f}   {budget}"
                f"{'  OVER' if late or large else ''}"
            )
            rows.append({"command": name, "median_s": round(median, 3), "rss_mb": round(memory)})
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())
