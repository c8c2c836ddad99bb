"""``hkconcept register`` as a user runs it: JSON Lines, a table, an export, a difference, companies, wrong words."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from hkconcept.cli import main


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home") / "workspace"


def _lines(capsys: pytest.CaptureFixture[str], home: Path, *arguments: str) -> list[dict[str, Any]]:
    assert main(["register", *arguments, "--workspace", str(home)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_first_line_says_what_the_rows_rest_on(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    head, *rows = _lines(capsys, home, "approvals", "--as-of", "2026-01-08", "--where", "type=tcm")
    assert (head["type"], head["register"], head["as_of"]) == ("register", "approvals", "2026-01-08")
    assert (head["rows"], head["of"]) == (4, 107)
    assert head["coverage"][0] == "58 of 76 innovative drugs approved in 2025 by name (NMPA), 18 missing"
    of_tcm = [row for row in rows if row["type"] == "row"]
    assert {row["drug_type"] for row in of_tcm} == {"tcm"}
    assert all(row["source"] and row["known_at"] and row["status"] == "press" for row in of_tcm)


def test_a_table_ends_in_its_coverage(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    arguments = ["deals", "--where", "hk_code=00013", "--as-of", "2026-11-24", "--format", "table"]
    assert main(["register", *arguments, "--workspace", str(home)]) == 0
    told = capsys.readouterr().out
    assert "fruquintinib (Fruzaqla)" in told
    assert "USD 1,130m" in told
    assert "2 of 253 rows of deals as of 2026-11-24" in told
    assert "253 of 290 deals of the compiled list" in told


def test_an_export_is_the_view(capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path) -> None:
    file = tmp_path / "deals.parquet"
    arguments = ["deals", "--as-of", "2026-11-24", "--where", "announced=2025", "--export", str(file)]
    assert main(["register", *arguments, "--workspace", str(home)]) == 0
    assert capsys.readouterr().out.startswith(f"wrote {file}: 81 of 253 rows of deals as of 2026-11-24\n  81 of 157")
    assert pl.read_parquet(file)["total"].sum() == 112264500000


def test_a_difference_tells_what_became_known_between_two_moments(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    head, *told = _lines(capsys, home, "deals", "--as-of", "2025-05-23", "--diff", "2025-05-19")
    assert (head["type"], head["since"], head["as_of"]) == ("diff", "2025-05-19", "2025-05-23")
    assert [line["row"] for line in told if line["type"] == "added"] == ["202505-3sbio-ssgj707"]
    # On 23 May 2025 Hengrui came to Hong Kong: its seven deals then concern 01276.
    assert {(line["column"], line["old"], line["new"]) for line in told if line["type"] == "changed"} == {
        ("hk_code", "", "01276")
    }
    assert sum(line["type"] == "changed" for line in told) == 7


def test_companies_of_a_drug(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    head, *links = _lines(capsys, home, "companies", "--drug", "IBI362", "--as-of", "2026-11-24")
    assert (head["ambiguous"], head["drugs"]) == (False, ["mazdutide 玛仕度肽 (IBI362, LY3305677)"])
    assert [(one["code"], one["since"], one["register"]) for one in links] == [("01801", "2025-06-30", "approvals")]
    assert links[0]["name"] == "INNOVENT BIO 信达生物"


def test_the_level_of_payment(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    arguments = ["payment", "--drug", "戈芮宁", "--valid", "2026-03-01", "--as-of", "2026-03-01"]
    lines = _lines(capsys, home, *arguments)
    (level,) = [line for line in lines if line["type"] == "level"]
    assert (level["level"], level["day"]) == ("commercial", "2026-03-01")
    assert [row["drug_zh"] for row in lines if row["type"] == "row"] == ["注射用维拉苷酶β"]


def test_the_totals_come_with_the_sums_that_hold_and_those_that_do_not(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    lines = _lines(capsys, home, "totals", "--as-of", "2026-11-24", "--where", "id=vbp-cumulative")
    sums = {line["id"]: line for line in lines if line["type"] == "sum"}
    assert (sums["vbp"]["holds"], sums["vbp"]["whole"], sums["vbp"]["parts"]) == (False, "490", "491")
    assert sums["approvals-2025"]["formula"] == "47 + 23 + 6 = 76"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["aprovals"], "there is no register 'aprovals'; did you mean approvals? choose one of "),
        (["company"], "there is no register 'company'; did you mean companies? choose one of"),
        (["companies"], "companies: no drug was named; add --drug NAME, or the id of an approval or a deal."),
        (["deals", "--where", "totl>=5"], "--where: deals has no column 'totl'; did you mean total?"),
        (["deals", "--as-of", "2999-01-01"], "--as-of: 2999-01-01 has not come yet; give a moment in the past."),
        (["deals", "--as-of", "soon"], "--as-of: 'soon' is not a date or a time;"),
        (["deals", "--valid", "2026-02-30"], "--valid: '2026-02-30' is not a day; write it like 2026-01-08."),
        (
            ["deals", "--as-of", "2025-01-01", "--diff", "2025-06-01"],
            "--diff: 2025-06-01 is after --as-of 2025-01-01; give an earlier moment.",
        ),
        (["deals", "--export", "deals.xls"], "--export: a register cannot be exported as '.xls';"),
    ],
)
def test_a_wrong_word_is_answered(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    assert main(["register", *arguments, "--workspace", str(home)]) == 2
    assert capsys.readouterr().err.startswith(f"hkconcept: {sentence}")


def test_a_drug_that_nothing_names_is_said_not_to_be_held(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["register", "companies", "--drug", "aspirin", "--workspace", str(home)]) == 3
    assert "no register held then names this drug" in capsys.readouterr().err


def test_an_export_into_no_folder_is_refused(capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "deals.csv"
    assert main(["register", "deals", "--export", str(file), "--workspace", str(home)]) == 3
    assert "the folder is not there" in capsys.readouterr().err
