"""The main job on the sample columns and on the real one: what a reader must find in the result."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from e2e.commands import SAMPLE, SHARED, Run
from hkconcept.ledger import Ledger
from hkconcept.model import Moment

INNOVATORS = {
    *("01276", "06990", "00013", "09926", "01801", "01093", "09995", "01530", "01167", "02105", "03692"),
}
CXO = {"06821", "03759", "06127", "02269", "02359"}

# (value, unit, relation, period) of every figure that the column states, worked out by reading it.
FIGURES = {
    ("76", "count", "exact", "2025"),
    ("48", "count", "exact", "2024"),
    ("47", "count", "exact", "2025"),
    ("23", "count", "exact", "2025"),
    ("6", "count", "exact", "2025"),
    ("38", "count", "exact", "2025"),
    ("9", "count", "exact", "2025"),
    ("80.85", "percent", "exact", "2025"),
    ("21", "count", "exact", "2025"),
    ("2", "count", "exact", "2025"),
    ("91.30", "percent", "exact", "2025"),
    ("130000000000", "USD", "over", "2025"),
    ("150", "count", "over", "2025"),
}
CONSISTENT = {
    "47 + 23 + 6 = 76",
    "38 + 9 = 47",
    "38 / 47 = 80.85%",
    "21 + 2 = 23",
    "21 / 23 = 91.30%",
    "76 > 48",
}

SEED = next(iter(sorted((SHARED / "seed").glob("*.txt"))), SHARED / "seed")
seed_only = pytest.mark.skipif(not SEED.is_file(), reason="the original column is not beside the project")
SOURCES = [
    pytest.param(SAMPLE / "column.en.md", id="sample-en"),
    pytest.param(SAMPLE / "column.zh.md", id="sample-zh"),
    pytest.param(SEED, id="original", marks=[seed_only, pytest.mark.corpus]),
]


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def written(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


def note_of(run: Run, source: Path, *options: str) -> dict[str, Any]:
    """Write the note of a source and return its JSON."""
    done = run("note", source, *options)
    assert done.returncode == 0, done.stderr
    path = next(row["path"] for row in written(done.stdout) if row["type"] == "file" and row["path"].endswith(".json"))
    note: dict[str, Any] = json.loads((done.folder / path).read_text(encoding="utf-8"))
    return note


def test_the_column_gives_its_stocks_figures_verdicts_and_event(run: Run, source: Path) -> None:
    note = note_of(run, source, "--as-of", "2026-02-01")

    roles = {row["code"]: row["role"] for row in note["named"]}
    assert {code for code, role in roles.items() if role == "innovator"} == INNOVATORS
    assert {code for code, role in roles.items() if role == "cxo"} == CXO
    assert not note["alerts"]

    figures = {
        (f["quantity"]["value"], f["quantity"]["unit"], f["quantity"]["relation"], f["period"]) for f in note["figures"]
    }
    assert figures == FIGURES
    assert all(f["subject"]["en"].startswith("innovative drugs") for f in note["figures"])
    workings = [w for f in note["figures"] for w in f["workings"]]
    assert {w["formula"] for w in workings if w["verdict"] == "consistent" and w["kind"] != "register"} == CONSISTENT
    assert {f["verdict"] for f in note["figures"]} == {"consistent"}

    assert note["policy"]["number"]["en"] == "NMPA Announcement No. 3 of 2026"
    assert note["policy"]["first_public"]["at"] == "2026-01-07"
    assert note["policy"]["first_public"]["precision"] == "day"
    assert note["document"]["published"]["at"] == "2026-01-08T08:07:00+08:00"
    assert note["event_agency"] == "NMPA"


def test_the_event_day_is_the_seventh_and_missing_prices_stay_missing(run: Run) -> None:
    note = note_of(run, SAMPLE / "column.en.md", "--as-of", "2026-02-01")
    event = next(w for w in note["windows"] if w["key"] == "event")
    assert (event["start"], event["end"]) == ("2026-01-06", "2026-01-07")
    everybody = next(mean for mean in note["named_means"] if mean["key"] == "all")
    by_window = {p["window"]: p for p in everybody["performance"]}
    # Worked out by hand from the fourteen pairs of closes: see tests/market.
    assert round(Decimal(by_window["event"]["change"]), 2) == Decimal("5.97")
    assert round(Decimal(by_window["next"]["change"]), 2) == Decimal("0.55")
    assert (everybody["priced"][0], everybody["total"]) == (14, 16)
    without = {row["code"] for row in note["named"] if row["unavailable"]}
    assert without == {"01167", "02105"}
    index = next(p for p in note["benchmark"] if p["window"] == "event")
    assert round(Decimal(index["change"]), 2) == Decimal("-0.94")


def test_nothing_known_later_reaches_an_earlier_note(run: Run) -> None:
    morning = note_of(run, SAMPLE / "column.en.md", "--as-of", "2026-01-08 08:30")
    # At that hour the session of the 8th has not closed: only the event day is held.
    assert [w["key"] for w in morning["windows"]] == ["event"]
    assert max(morning["chart"]["days"]) == "2026-01-07"
    # The column is its own witness of 76; totals published later are not.
    assert all(source["address"] != "" for source in morning["sources"])


def test_the_same_source_recorded_twice_changes_nothing(run: Run, home: Path) -> None:
    first = note_of(run, SAMPLE / "column.en.md", "--as-of", "2026-02-01")
    size = statements(home)
    again = note_of(run, SAMPLE / "column.en.md", "--as-of", "2026-02-01")
    assert first == again
    assert statements(home) == size


def test_the_summary_tells_figures_verdicts_stocks_and_paths(run: Run) -> None:
    done = run("note", "--sample", "--format", "table", "--as-of", "2026-02-01")
    assert done.returncode == 0, done.stderr
    assert "NMPA Announcement No. 3 of 2026, first public 2026-01-07" in done.stdout
    assert re.search(r"✓ +over US\$130bn +innovative drugs, deal value +2025", done.stdout)
    assert re.search(r"38 / 47 = 80\.85%", done.stdout)
    assert re.search(r"01167\.HK +JACOBIO-B +JACOBIO-B +innovator +n/a +n/a +n/a", done.stdout)
    assert "mean of 14 of 16 priced names, Event day: ▲ +5.97%" in done.stdout
    assert "16 figures: 16 consistent; 16 stocks named" in done.stdout
    for path in re.findall(r"^wrote (.+)$", done.stdout, re.MULTILINE):
        assert (done.folder / path).is_file()


def statements(home: Path) -> int:
    with Ledger.open(home / "ledger.sqlite") as ledger:
        return int(ledger.counts()["statements"])


def test_every_figure_name_and_check_is_recorded_with_its_quote(run: Run, home: Path) -> None:
    note_of(run, SAMPLE / "column.en.md", "--as-of", "2026-02-01")
    text = (SAMPLE / "column.en.md").read_text(encoding="utf-8")
    with Ledger.open(home / "ledger.sqlite") as ledger:
        reading = ledger.documents()[0]
        stored = ledger.text_of(reading.key)
        rows = ledger.as_of(known=Moment.parse("2026-02-01"), valid=None, document=reading.key)
    kinds = {row.statement.attribute for row in rows}
    assert kinds >= {"mention", "figure", "date", "event", "check"}
    assert stored is not None
    for row in rows:
        quote = row.statement.quote
        assert quote is not None
        assert stored[quote.span.start : quote.span.end] == quote.exact
    assert "47 chemical drugs" in text


@pytest.mark.parametrize(
    ("language", "right", "wrong", "formula"),
    [
        ("en", "47 chemical", "48 chemical", "48 + 23 + 6 = 77 ≠ 76"),
        ("zh", "47个化学药品", "48个化学药品", "48 + 23 + 6 = 77 ≠ 76"),
        ("en", "80.85%", "81.85%", "38 / 47 = 80.85% ≠ 81.85%"),
        ("en", "38 were domestic", "37 were domestic", "37 + 9 = 46 ≠ 47"),
    ],
)
def test_a_figure_that_does_not_add_up_turns_red(  # noqa: PLR0913, PLR0917 - one argument per column of the table
    run: Run, tmp_path: Path, language: str, right: str, wrong: str, formula: str
) -> None:
    text = (SAMPLE / f"column.{language}.md").read_text(encoding="utf-8")
    assert right in text
    altered = tmp_path / "altered.md"
    altered.write_text(text.replace(right, wrong), encoding="utf-8")
    done = run("note", altered, "--as-of", "2026-02-01")
    assert done.returncode == 1, done.stderr
    rows = written(done.stdout)
    bad = [row for row in rows if row["type"] == "figure" and row["verdict"] == "inconsistent"]
    assert bad
    assert any(formula in working for row in bad for working in row["formulas"])
    page = next(row["path"] for row in rows if row["type"] == "file" and row["path"].endswith(".html"))
    assert 'class="verdict v-inconsistent"' in (done.folder / page).read_text(encoding="utf-8")


def test_a_wrong_weekday_is_an_alert_though_it_is_no_figure(run: Run, tmp_path: Path) -> None:
    altered = tmp_path / "altered.md"
    # 8 January 2026 was a Thursday.
    altered.write_text("# Notice\n\nThe review meeting takes place on Friday, 8 January 2026.\n", encoding="utf-8")
    done = run("note", altered, "--as-of", "2026-02-01")
    assert done.returncode == 1, done.stderr
    assert [row["kind"] for row in written(done.stdout) if row["type"] == "flag"] == ["bad_figure"]
    note = next((done.folder / "notes").glob("*/note.en.md")).read_text(encoding="utf-8")
    assert "Thursday" in note


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        ("HUTCHMED (00013)", "HUTCHMED (00014)", "wrong_code"),
        ("AKESO (09926)", "AKESO (09995)", "wrong_code"),
        ("Jiangsu Hengrui Pharmaceuticals (01276)", "Northern Example Pharmaceuticals (09987654)", None),
        ("Joinn Laboratories (06127)", "Quite Unknown Holdings (09751)", "unknown_code"),
        ("HUTCHMED (00013)", "Strange Company (00013)", "name_mismatch"),
    ],
)
def test_a_code_that_does_not_fit_its_name_is_flagged(
    run: Run, tmp_path: Path, right: str, wrong: str, kind: str | None
) -> None:
    text = (SAMPLE / "column.en.md").read_text(encoding="utf-8")
    assert right in text
    altered = tmp_path / "altered.md"
    altered.write_text(text.replace(right, wrong), encoding="utf-8")
    done = run("note", altered, "--as-of", "2026-02-01")
    kinds = [row["kind"] for row in written(done.stdout) if row["type"] == "flag"]
    assert kinds == ([kind] if kind else [])
    assert done.returncode == (1 if kind else 0)
