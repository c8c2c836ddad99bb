"""``hkconcept index`` as a user runs it: rows, tables, workbook, charts, and what goes wrong."""

import json
from pathlib import Path

import pytest
import python_calamine

from hkconcept.cli import main

MEMBERS = "code,change,effective,known_at,role,source\n" + "".join(
    f"{code},in,2025-11-01,2025-11-01,{role},my list\n" for code, role in (("01801", "innovator"), ("02269", "cxo"))
)
ACTIONS = "code,kind,ex_date,known_at,amount\n01801,dividend,2026-01-06,2025-12-20,0.84\n"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "members.csv").write_text(MEMBERS, encoding="utf-8")
    (folder / "actions.csv").write_text(ACTIONS, encoding="utf-8")
    return folder


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main(["index", *arguments, "--format", "json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_event_week_of_the_packaged_index(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, "levels", "--from", "2026-01-05", "--to", "2026-01-09", "--as-of", "2026-01-31")
    assert [row["session"] for row in found] == [f"2026-01-{day:02d}" for day in (5, 6, 7, 8, 9)]
    assert all(row["total"] is None for row in found)  # no dividends are packaged


def test_nothing_after_the_moment_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    then = rows(capsys, "levels", "--as-of", "2026-01-07 15:59")
    assert then[-1]["session"] == "2026-01-06"
    later = rows(capsys, "levels", "--as-of", "2026-01-31")
    assert then == later[: len(then)]


def test_levels_weights_and_log_of_ones_own_facts(capsys: pytest.CaptureFixture[str], facts: Path) -> None:
    given = ("--facts", str(facts), "--as-of", "2026-01-31")
    levels = rows(capsys, "levels", *given)
    assert (levels[0]["price"], levels[0]["total"]) == ("1000.00", "1000.00")
    assert float(str(levels[-1]["total"])) > float(str(levels[-1]["price"]))
    weights = rows(capsys, "weights", "--on", "2025-12-01", *given)
    assert {row["code"]: row["weight"] for row in weights} == pytest.approx({"01801": 0.5, "02269": 0.5})
    log = rows(capsys, "divisors", *given)
    assert [row["kind"] for row in log] == ["base", "reweighting", "dividend"]
    assert all(row["reason"] for row in log)
    parts = rows(capsys, "attribution", "--from", "2026-01-06", "--to", "2026-01-07", *given)
    assert {row["role"] for row in parts if row["type"] == "role"} == {"innovator", "cxo"}
    total = sum(float(str(row["points"])) for row in parts if row["type"] == "role")
    moved = {row["session"]: float(str(row["price"])) for row in levels}
    assert total == pytest.approx(moved["2026-01-07"] - moved["2026-01-06"], abs=0.011)


def test_the_table_says_what_it_rests_on(capsys: pytest.CaptureFixture[str], facts: Path) -> None:
    assert main(["index", "levels", "--facts", str(facts), "--as-of", "2026-01-31", "--format", "table"]) == 0
    shown = capsys.readouterr().out
    assert "2 of 2 securities have prices" in shown
    assert "price and total return" in shown


def test_the_workbook_holds_the_whole_trail_and_no_formula(facts: Path, tmp_path: Path) -> None:
    (facts / "members.csv").write_text(MEMBERS.replace("my list", "=cmd|' /C calc'!A0"), encoding="utf-8")
    path = tmp_path / "trail.xlsx"
    given = ["--facts", str(facts), "--as-of", "2026-01-31", "--export", str(path)]
    assert main(["index", "levels", *given, "--format", "json"]) == 0
    book = python_calamine.load_workbook(path)
    assert book.sheet_names == ["Rules", "Levels", "Divisors", "Baskets", "Prices", "Memberships", "Actions"]
    members = book.get_sheet_by_name("Memberships").to_python()
    assert members[1][0] == "01801"  # a text: a number would have lost its zero
    assert members[1][-1] == "=cmd|' /C calc'!A0"
    levels = book.get_sheet_by_name("Levels").to_python()
    baskets = book.get_sheet_by_name("Baskets").to_python()
    prices = {(row[0], row[1]): float(str(row[2])) for row in book.get_sheet_by_name("Prices").to_python()[1:]}
    # The last level computed again from the other sheets: units of the last basket, closes, divisor.
    start = baskets[-1][0]
    value = sum(float(str(row[3])) * prices[levels[-1][0], row[1]] for row in baskets[1:] if row[0] == start)
    assert value / float(str(levels[-1][4])) == pytest.approx(float(str(levels[-1][1])), abs=0.005)


@pytest.mark.parametrize("action", ["levels", "attribution"])
@pytest.mark.parametrize("language", ["", ".zh"])
def test_charts(action: str, language: str, facts: Path, tmp_path: Path) -> None:
    path = tmp_path / f"chart{language}.svg"
    given = ["--facts", str(facts), "--as-of", "2026-01-31", "--chart", str(path)]
    assert main(["index", action, *given, "--format", "json"]) == 0
    drawn = path.read_text(encoding="utf-8")
    assert drawn.startswith("<svg ")
    assert 'style="' not in drawn
    assert ("恒生指数" if language else "Hang Seng Index") in drawn or action == "attribution"
    assert ("研发外包" if language else "contract organisations") in drawn or action == "levels"


@pytest.mark.parametrize(
    ("given", "status", "sentence"),
    [
        (["levels", "--methodology", "none"], 3, "none: there is no such methodology; packaged:"),
        (["weights", "--on", "2026-01-10"], 3, "2026-01-10 is no session of the panel"),
        (["weights", "--on", "2027-01-10"], 3, "no level on 2027-01-10; levels are held 2025-12-01 to 2026-01-30."),
        (["weights", "--on", "soon"], 2, "--on: 'soon' is not a day; write it like 2026-01-08."),
        (["levels", "--prices", "nowhere"], 3, "nowhere: this is not a folder; give a folder of price files."),
        (["levels", "--facts", "nowhere"], 3, "nowhere: no table of facts; name them members, actions"),
        (["levels", "--export", "a.csv"], 2, "--export: a.csv is not an .xlsx file; give a name that ends in .xlsx."),
        (["weights", "--chart", "a.svg"], 2, "--chart: a chart is an .svg of levels or attribution; give such a name."),
        (["levels", "--currency", "USD"], 3, "no rate of USD for 42 of 42 sessions, the first 2025-12-01"),
        (["attribution", "--from", "2026-01-08", "--to", "2026-01-07"], 2, "2026-01-07 comes before 2026-01-08"),
    ],
)
def test_what_is_wrong_is_said(
    given: list[str], status: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["index", *given, "--as-of", "2026-01-31", "--format", "json"]) == status
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "code,change,effective\n01801,in,2026-01-05\n",
            "members.csv, line 1: no column known_at; columns: code, change",
        ),
        (MEMBERS.replace("role", "rolle"), "members.csv, line 1: unknown column 'rolle'"),
        (
            MEMBERS.replace(",in,", ",join,"),
            "members.csv, line 2, column 2: 'join' is none of in, out; correct the cell.",
        ),
        (MEMBERS.replace("2025-11-01,2025", "soon,2025"), "line 2, column 3: 'soon' is not a day like 2026-01-07"),
        (MEMBERS.replace("01801", "AAPL"), "line 2, column 1: 'AAPL' is not a Hong Kong stock code; write it like"),
        (MEMBERS.replace("01801", ""), "line 2, column 1: code is empty; fill the cell."),
    ],
)
def test_a_wrong_cell_is_named(text: str, sentence: str, facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (facts / "members.csv").write_text(text, encoding="utf-8")
    assert main(["index", "levels", "--facts", str(facts)]) == 3
    assert sentence in capsys.readouterr().err
