"""Kill an import with SIGKILL at many of its steps and report what is found afterwards.

The import loads a frame, then records twelve batches, each a commit of its own, and says after each that it is
done. A step is the start or the end of an SQL statement, a commit, a file system call, or a stretch of work inside
SQLite. Run as a program of its own: ``killed_imports.py KILLS FOLDER`` prints one JSON object.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import polars as pl

from hkconcept.ledger import Ledger, Statement
from hkconcept.model import Moment
from killing import killed, watch

LOADED = 3_000
BATCHES = 12
BATCH = 100
EVER = Moment.parse("2100-01-01")


def clock() -> dt.datetime:
    return dt.datetime(2026, 1, 10, tzinfo=dt.UTC)


def a_frame() -> pl.DataFrame:
    numbers = pl.DataFrame({"n": pl.int_range(LOADED, eager=True)})
    return numbers.select(
        subject_kind=pl.lit("drug"),
        subject=pl.format("drug-{}", pl.col("n") % 300),
        attribute=pl.format("attribute-{}", pl.col("n") // 300),
        value=pl.col("n").cast(pl.String),
        known_at=pl.lit(dt.date(2025, 1, 1)),
        source=pl.lit("a register"),
        status=pl.lit("packaged"),
    )


def a_batch(number: int) -> list[Statement]:
    return [
        Statement(
            subject_kind="drug",
            subject=f"drug-{item * 37 % 300}",
            attribute="stage",
            value=f"{number}.{item}",
            known_at=Moment.parse("2025-06-01"),
            status="accepted",
            source=f"batch {number}",
        )
        for item in range(BATCH)
    ]


def import_all(path: Path, says: int) -> None:
    with Ledger.open(path, clock=clock) as ledger:
        ledger.load(a_frame())
        os.write(says, b"L")
        for number in range(BATCHES):
            ledger.record(a_batch(number))
            os.write(says, b"B")


def held(path: Path) -> tuple[list[str], dict[str, int]]:
    """Return what a reader finds wrong, and the rows of each source, before any other run has mended anything."""
    if not path.exists():
        return [], {}
    with closing(sqlite3.connect(path)) as reader:
        wrong = [] if reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)] else ["a damaged ledger"]
        if not reader.execute("SELECT count(*) FROM sqlite_master WHERE name = 'statements'").fetchone()[0]:
            return wrong, {}
        return wrong, dict(reader.execute("SELECT source, count(*) FROM statements GROUP BY source"))


def complaints(path: Path, reported: str) -> list[str]:
    wrong, rows = held(path)
    loaded = rows.pop("a register", 0)
    if loaded not in (0, LOADED):
        wrong.append(f"half a frame: {loaded} rows")
    if "L" in reported and loaded != LOADED:
        wrong.append("a loaded frame was lost")
    if any(count != BATCH for count in rows.values()):
        wrong.append(f"half a batch: {rows}")
    if len(rows) < reported.count("B"):
        wrong.append(f"{reported.count('B')} batches were committed and {len(rows)} are held")
    if sorted(rows) != sorted(f"batch {number}" for number in range(len(rows))):
        wrong.append(f"batches out of order: {sorted(rows)}")
    return wrong


def log(path: Path) -> dict[str, Statement]:
    with Ledger.open(path) as ledger:
        return {row.id: row.statement for row in ledger.log()}


def campaign(base: Path, kills: int) -> dict[str, object]:
    path = base / "ledger.sqlite"

    def afresh() -> None:
        shutil.rmtree(base, ignore_errors=True)
        base.mkdir(parents=True)

    afresh()
    died, _, steps = killed(lambda says: import_all(path, says), 0)
    expected = log(path)
    found = ["the import without a kill died"] if died else []
    # Evenly over all steps; fewer kills than steps leave some out, more repeat none.
    wanted = sorted({1 + step * (steps - 1) // max(kills - 1, 1) for step in range(kills)})
    deaths = 0
    states = set()
    for last in wanted:
        afresh()
        died, reported, _ = killed(lambda says: import_all(path, says), last)
        deaths += died
        states.add(reported)
        found += [f"step {last} ({reported}): {item}" for item in complaints(path, reported)]
        died, reported, _ = killed(lambda says: import_all(path, says), 0)
        if died or log(path) != expected:
            found.append(f"step {last}: the next import came to {reported!r} and another ledger")
    return {"steps": steps, "kills": deaths, "states": len(states), "rows": len(expected), "wrong": found}


if __name__ == "__main__":
    watch()
    print(json.dumps(campaign(Path(sys.argv[2]) / "killed", int(sys.argv[1]))))  # noqa: T201 - its answer
