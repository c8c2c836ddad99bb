"""``hkconcept check`` as a user and a hook run it: exit status, one line per check, a page, nothing obeyed."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from hkconcept.cli import main
from made_files import made_xlsx

HOLDS = "# Approvals\n\n2023年批准创新药40个，其中化学药19个，生物制品16个，中药5个。\n"
BREAKS = "# 收入\n\n营收由18.0亿元增加至22.5亿元，增幅52.0%。\n"


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    (tmp_path / "good.md").write_text(HOLDS, encoding="utf-8")
    (tmp_path / "bad.md").write_text(BREAKS, encoding="utf-8")
    return tmp_path


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_clean_document_leaves_zero(newsroom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(newsroom / "good.md")]) == 0
    told = [row["formula"] for row in rows(capsys) if row["kind"] == "sum"]
    assert told == ["19 + 16 + 5 = 40"]


def test_one_wrong_figure_among_several_documents_leaves_one(
    newsroom: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(newsroom / "good.md"), str(newsroom / "bad.md")]) == 1
    (wrong,) = [row for row in rows(capsys) if row["verdict"] == "inconsistent"]
    text = BREAKS
    assert wrong["source"].endswith("bad.md")
    assert wrong["formula"] == "22.5亿元 / 18.0亿元 - 1 = 25.0% ≠ 52.0%"
    assert wrong["mend"].startswith("52.0% → 25.0%")
    assert (wrong["computed"], wrong["line"]) == (25, 3)
    assert 0 < wrong["tolerance"] < 1
    assert wrong["reason"]
    assert wrong["reason_zh"]
    assert [text[span["start"] : span["end"]] for span in wrong["spans"]] == ["22.5亿元", "18.0亿元", "52.0%"]
    assert [span["role"] for span in wrong["spans"]] == ["input", "input", "result"]
    assert text[wrong["start"] : wrong["end"]] == wrong["quote"]


def test_a_missing_document_is_named_and_the_others_are_checked(
    newsroom: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(newsroom / "none.md"), str(newsroom / "bad.md")]) == 3
    captured = capsys.readouterr()
    assert "none.md" in captured.err
    assert "inconsistent" in captured.out


def test_standard_input_is_a_source(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BREAKS.encode())))
    assert main(["check", "-"]) == 1
    assert rows(capsys)[0]["verdict"] == "inconsistent"


def test_the_terminal_shows_the_line_and_obeys_nothing(newsroom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = newsroom / "hostile.md"
    hostile.write_text(
        "# [red]x[/red] \x1b[31m\n\n[bold]营收由18.0亿元增加至22.5亿元，增幅52.0%。[/bold] :smile:\n", encoding="utf-8"
    )
    assert main(["check", str(hostile), "--format", "table"]) == 1
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "    3  [bold]营收由18.0亿元增加至22.5亿元，增幅52.0%。[/bold] :smile:" in shown
    assert "✗ 22.5亿元 / 18.0亿元 - 1 = 25.0% ≠ 52.0%" in shown
    assert "mend: 52.0% → 25.0%" in shown


def test_a_page_is_written_beside_the_lines(newsroom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = newsroom / "checked.html"
    assert main(["check", str(newsroom / "bad.md"), "--html", str(page)]) == 1
    assert "25.0% ≠ 52.0%" in page.read_text(encoding="utf-8")
    assert len(rows(capsys)) == 1


def test_a_page_that_cannot_be_written_is_told(newsroom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(newsroom / "good.md"), "--html", str(newsroom / "no" / "where.html")]) == 3
    assert "where.html" in capsys.readouterr().err


def test_no_source_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["check"])
    assert left.value.code == 2
    assert "SOURCE" in capsys.readouterr().err


SALES: list[list[str | float]] = [
    ["季度", "产品", "授权", "合计"],
    ["一季度", 12.5, 3.5, 16.0],
    ["二季度", 13.5, 4.5, 18.0],
    ["合计", 26.0, 8.0, 34.0],
]


def test_the_totals_of_a_workbook_are_recomputed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sales.xlsx"
    file.write_bytes(made_xlsx({"收入": SALES}))
    assert main(["check", str(file)]) == 0
    assert {row["formula"] for row in rows(capsys)} >= {"12.5 + 13.5 = 26", "13.5 + 4.5 = 18", "26 + 8 = 34"}


def test_a_wrong_total_of_a_workbook_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sales.xlsx"
    file.write_bytes(made_xlsx({"说明": [["本表单位为百万元"]], "收入": [*SALES[:3], ["合计", 26.0, 8.0, 35.0]]}))
    assert main(["check", str(file)]) == 1
    wrong = {row["formula"] for row in rows(capsys) if row["verdict"] == "inconsistent"}
    assert wrong == {"16 + 18 = 34 ≠ 35", "26 + 8 = 34 ≠ 35"}


def test_a_wrong_total_of_a_csv_file_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "deals.csv"
    file.write_bytes("公司,首付款,里程碑款\n甲,100,900\n乙|丙,50,450\n合计,150,1305\n".encode("gb18030"))
    assert main(["check", str(file)]) == 1
    (wrong,) = [row for row in rows(capsys) if row["verdict"] == "inconsistent"]
    assert (wrong["formula"], wrong["line"]) == ("900 + 450 = 1,350 ≠ 1305", 2)


def test_a_broken_workbook_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "broken.xlsx"
    file.write_bytes(b"PK\x03\x04 no workbook")
    assert main(["check", str(file)]) == 3
    assert "broken.xlsx" in capsys.readouterr().err
