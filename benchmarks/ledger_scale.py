"""The ledger at 100,000, 1 million and 10 million facts, beside DuckDB (a sorted table) and polars over Parquet.

A register is 5,000 subjects of 20 attributes, each stated ten times over 30 months (990,000 facts), and 10,000
corrections of facts among them. Ten registers make 10 million facts. Every store answers the same questions as of
a moment and a day, superseded facts left out, and the numbers of rows are compared:

- point: what holds of one subject (20 rows), a thousand subjects drawn at random;
- cross-section: one attribute of a register (5,000 rows);
- register: every row of a register that was known (980,000 and more rows), into a polars frame.

Ours goes through ``Ledger.load``, ``record``, ``as_of`` and ``frame``. Processor time, medians of five rounds; the
commits of 1,000 statements and the points are in wall time, because waiting for the disk belongs to them, and so is
the whole register ("elapsed"), which two threads read, besides its processor time.

    python -m benchmarks.ledger_scale [--registers 10] [--folder DIR]
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
from benchmarks.rounds import medians, with_peers

from hkconcept.ledger import Ledger, Statement
from hkconcept.model import Moment

SUBJECTS, ATTRIBUTES, VERSIONS = 5_000, 20, 10
CORRECTED = 10_000
KNOWN = Moment.parse("2022-01-01")
DAY = dt.date(2021, 5, 1)
START = dt.datetime(2019, 1, 1, tzinfo=dt.UTC)
BARS = {"load": 250_000, "commits": 30_000, "point": 0.0002, "cross": 0.05, "elapsed": 1.0, "bytes": 2e9}


def register(number: int) -> pl.DataFrame:
    """Return the facts of one register as they are loaded."""
    rows = pl.DataFrame({"n": pl.int_range(SUBJECTS * ATTRIBUTES * VERSIONS, eager=True)}).with_columns(
        s=pl.col("n") // (ATTRIBUTES * VERSIONS), a=pl.col("n") // VERSIONS % ATTRIBUTES, v=pl.col("n") % VERSIONS
    )
    day = pl.lit(START.date()) + pl.duration(days=pl.col("v") * 90)
    plain = rows.filter(pl.col("n") >= CORRECTED).select(
        subject_kind=pl.lit(f"register-{number}"),
        subject=pl.format("subject-{}", pl.col("s") + 10_000),
        attribute=pl.format("attribute-{}", "a"),
        value=pl.format("{}.{}", (pl.col("s") * 7919 + pl.col("a") * 31) % 99_991, "v"),
        valid_from=day,
        valid_to=day + pl.duration(days=90),
        known_at=pl.lit(START) + pl.duration(days=pl.col("v") * 90, hours=16 + pl.col("a") % 8),
        source=pl.format("https://www.example.com/registers/{}/{}", pl.lit(number), "a"),
        status=pl.lit("packaged"),
        supersedes=pl.lit(None, pl.String),
    )
    # Every 99th fact is stated again a day later with another value, which replaces it.
    wrong = plain.gather_every(99).head(CORRECTED)
    ids = [named(row).id for row in wrong.iter_rows(named=True)]
    right = wrong.with_columns(
        pl.col("value") + "5", pl.col("known_at") + pl.duration(days=1), supersedes=pl.Series(ids, dtype=pl.String)
    )
    return pl.concat([plain, right])


def named(row: dict[str, Any]) -> Statement:
    """Return one row as a statement."""
    return Statement(**{**row, "known_at": Moment(row["known_at"], "second")})


def measure_ours(ledger: Ledger, registers: int) -> tuple[dict[str, float], dict[str, int]]:
    """Return seconds and numbers of rows of the three questions."""
    kinds = [f"register-{number}" for number in range(registers)]
    draw = random.Random(5)  # noqa: S311 - which subjects are asked for
    held = ledger.frame(kinds[0], known=KNOWN, valid=DAY, attribute="attribute-7")["subject"].to_list()
    waits: list[float] = []
    rows: dict[str, int] = {}
    for _ in range(1_000):
        kind, subject = draw.choice(kinds), draw.choice(held)
        begun = time.perf_counter()
        answer = ledger.as_of(known=KNOWN, valid=DAY, subject_kind=kind, subject=subject)
        waits.append(time.perf_counter() - begun)
        rows["point"] = len(answer)

    def cross() -> None:
        rows["cross"] = len(ledger.frame(kinds[0], known=KNOWN, valid=DAY, attribute="attribute-7"))

    def whole() -> None:
        rows["register"] = len(ledger.frame(kinds[0], known=KNOWN, valid=None))

    seconds = medians({"cross": cross, "register": whole}, 5)
    elapsed = []
    for _ in range(5):
        begun = time.perf_counter()
        whole()
        elapsed.append(time.perf_counter() - begun)
    # Two threads share this work, so that a user waits less than the processors work.
    return {"point": statistics.median(waits), "elapsed": statistics.median(elapsed), **seconds}, rows


def commits(ledger: Ledger) -> float:
    """Return the rows a second of 50 commits of 1,000 statements each, of subjects drawn at random, in wall time."""
    draw = random.Random(7)  # noqa: S311 - which subjects are written
    batches = [
        [
            Statement(
                subject_kind="register-0",
                subject=f"subject-{draw.randrange(10_000, 10_000 + SUBJECTS)}",
                attribute=f"attribute-{draw.randrange(ATTRIBUTES)}",
                value=f"{batch}.{number}",
                known_at=Moment(START + dt.timedelta(days=2_000, seconds=number), "second"),
                status="accepted",
                source="an editor",
            )
            for number in range(1_000)
        ]
        for batch in range(50)
    ]
    begun = time.perf_counter()
    new = sum(ledger.record(batch) for batch in batches)
    return new / (time.perf_counter() - begun)


QUESTION = """
SELECT subject, attribute, value, valid_from, valid_to, known_at, source, status FROM facts f
WHERE subject_kind = 'register-0' AND known_at <= ? AND {narrowed}
AND NOT EXISTS (SELECT 1 FROM facts l WHERE l.supersedes = f.id AND l.known_at <= ?)
"""


def peers(parquet: Path, folder: Path) -> dict[str, Callable[[], int]]:
    """Return the questions to DuckDB and polars, each giving its number of rows."""
    duckdb = importlib.import_module("duckdb")  # a peer, not a dependency
    store = duckdb.connect(str(folder / "facts.duckdb"))
    store.execute("SET TimeZone = 'UTC'")
    store.execute(
        f"CREATE TABLE facts AS SELECT * FROM read_parquet('{parquet}/*.parquet') "  # noqa: S608 - a path of our own
        "ORDER BY subject_kind, subject, attribute, valid_from"
    )
    known = KNOWN.known_by
    on_day = f"valid_from <= DATE '{DAY}' AND valid_to > DATE '{DAY}'"

    def duck(narrowed: str) -> Callable[[], int]:
        return lambda: len(store.execute(QUESTION.format(narrowed=narrowed), [known, known]).fetchall())

    facts = pl.scan_parquet(parquet / "*.parquet")
    taken_back = facts.filter(pl.col("supersedes").is_not_null(), pl.col("known_at") <= known).select(id="supersedes")

    def polar(*narrowed: pl.Expr) -> Callable[[], int]:
        asked = facts.filter(pl.col("subject_kind") == "register-0", pl.col("known_at") <= known, *narrowed)
        kept = asked.join(taken_back, on="id", how="anti").select(pl.exclude("id", "supersedes", "subject_kind"))
        return lambda: len(kept.collect())

    day = (pl.col("valid_from") <= DAY, pl.col("valid_to") > DAY)
    return {
        "point, DuckDB": duck(f"{on_day} AND subject = 'subject-12345'"),
        "point, polars": polar(*day, pl.col("subject") == "subject-12345"),
        "cross, DuckDB": duck(f"{on_day} AND attribute = 'attribute-7'"),
        "cross, polars": polar(*day, pl.col("attribute") == "attribute-7"),
        "register, DuckDB": duck("true"),
        "register, polars": polar(),
    }


def main() -> int:
    """Load, measure at each size, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--registers", type=int, default=10)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with_them = with_peers("ledger_scale", {"duckdb": "duckdb"})
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        return run(Path(name), options.registers, with_them=with_them)


def run(folder: Path, registers: int, *, with_them: bool) -> int:
    """Do all of it in a folder; return the exit status."""
    parquet = folder / "facts"
    parquet.mkdir()
    path = folder / "ledger.sqlite"
    reached: dict[str, float] = {}
    load_wall = load_cpu = 0.0
    held = 0
    print(
        f"{'facts':>12}{'load/s':>10}{'point ms':>10}{'cross ms':>10}"
        f"{'register s':>12}{'its rows':>10}{'bytes/fact':>12}"
    )
    with Ledger.open(path) as ledger:
        for number in range(registers):
            facts = register(number)
            for part in (facts.head(100_000), facts.slice(100_000)) if number == 0 else (facts,):
                wall, cpu = time.perf_counter(), time.process_time()
                held += ledger.load(part)
                load_wall += time.perf_counter() - wall
                load_cpu += time.process_time() - cpu
                if number in (0, registers - 1):
                    seconds, rows = measure_ours(ledger, number + 1)
                    size = sum(item.stat().st_size for item in folder.glob("ledger.sqlite*"))
                    reached = {**seconds, "load": held / load_cpu, "bytes": size}
                    print(
                        f"{held:>12,}{held / load_cpu:>10,.0f}{seconds['point'] * 1e3:>10.3f}"
                        f"{seconds['cross'] * 1e3:>10.1f}{seconds['register']:>12.2f}{rows['register']:>10,}"
                        f"{size / held:>12.1f}"
                    )
            if with_them:
                keep_as_parquet(ledger, number, facts, parquet)
        print(f"load in wall time: {held / load_wall:,.0f} facts/s (the machine's other work included)")
        ours = rows
        reached["commits"] = commits(ledger)
    if with_them:
        compare(parquet, folder, reached, ours)
    return verdict(reached)


def keep_as_parquet(ledger: Ledger, number: int, facts: pl.DataFrame, parquet: Path) -> None:
    """Write a register for the peers, with the ids that supersede and are superseded."""
    ids = ledger.frame(f"register-{number}", known=Moment.parse("2100-01-01"), valid=None, ids=True)
    names = ("subject", "attribute", "value", "known_at")
    known = facts.with_columns(pl.col("known_at").dt.cast_time_unit("us"))
    # A fact that was replaced is in no answer of ours; the one that replaces it has its id.
    replaced = known.filter(pl.col("supersedes").is_not_null())["supersedes"]
    live = known.join(ids.select(*names, "id"), on=names, how="left")
    gone = [named(row).id for row in live.filter(pl.col("id").is_null()).drop("id").iter_rows(named=True)]
    if set(gone) != set(replaced):
        msg = "the register does not answer with what was loaded"
        raise SystemExit(msg)
    mended = live.filter(pl.col("id").is_null()).with_columns(id=pl.Series(gone, dtype=pl.String))
    whole = pl.concat([live.filter(pl.col("id").is_not_null()), mended])
    whole.sort("subject", "attribute", "valid_from").write_parquet(parquet / f"{number:02}.parquet")


def compare(parquet: Path, folder: Path, ours: dict[str, float], rows: dict[str, int]) -> None:
    """Print the peers' figures beside ours."""
    asked = peers(parquet, folder)
    for name, question in asked.items():
        found = question()
        if found != rows[name.split(",")[0]]:
            raise SystemExit(f"{name} found {found} rows, ours {rows[name.split(',')[0]]}")
    for name, seconds in medians(asked, 5).items():
        own = ours[name.split(",")[0]]
        print(f"  {name:<20}{seconds * 1e3:>10.2f} ms   ours {own * 1e3:>10.2f} ms   {seconds / own:>8.1f} times")
    sizes = {"DuckDB": folder / "facts.duckdb", "Parquet": parquet}
    for name, path in sizes.items():
        size = sum(item.stat().st_size for item in (path.glob("*") if path.is_dir() else (path,)))
        print(f"  {name} takes {size / 1e9:.2f} GB, ours {ours['bytes'] / 1e9:.2f} GB")


def verdict(reached: dict[str, float]) -> int:
    """Print each bar; return 1 when one was missed."""
    good = True
    for name, bar in BARS.items():
        held = reached[name] >= bar if name in ("load", "commits") else reached[name] <= bar
        good &= held
        print(f"  {name:<10}{reached[name]:>18,.5g}   bar {bar:>14,.5g}: {'reached' if held else 'MISSED'}")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
