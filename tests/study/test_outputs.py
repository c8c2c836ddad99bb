"""What a study is shown as: rows, frames, a workbook, one sentence per language, a chart."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from hkconcept.errors import RenderError
from hkconcept.model import Moment
from hkconcept.note.study_chart import study_svg
from hkconcept.study import Design, Study, StudyEvent, Window, earlier, run
from hkconcept.study.frames import frames
from hkconcept.study.outcome import Outcome
from hkconcept.study.rows import tables
from hkconcept.study.sentence import p_text, reaction
from hkconcept.study.workbook import workbook
from study.conftest import CODES, ZERO, made_panel

EVENT = StudyEvent("e", Moment.parse("2026-01-07 10:00"), (*CODES, "09999"), "policy", "=HYPERLINK(1)", "新规")
DESIGN = Design(windows=(Window(0, 0), Window(0, 2)))


def made(shift: float = 0.0) -> Study:
    panel = made_panel(2)
    returns = panel.returns.copy()
    returns[ZERO] += shift
    panel = replace(panel, returns=returns, market_name="Hang Seng Index")
    study = run(panel, [EVENT], DESIGN, groups={"cxo": CODES[:5]})
    return replace(study, earlier=earlier(panel, EVENT, [replace(EVENT, id="o", public=Moment.parse("2025-09-12"))]))


@pytest.fixture(scope="module")
def study() -> Study:
    return made()


def test_the_rows_of_every_table_are_plain(study: Study) -> None:
    found = json.loads(json.dumps(tables(study), allow_nan=False))
    assert {name: bool(rows) for name, rows in found.items()} == {
        **dict.fromkeys(("summary", "events", "windows", "tests", "days", "stocks", "stock_days", "left_out"), True),
        "confounders": False,
        "earlier": True,
    }
    window = found["windows"][0]
    assert window["caar"] == study.main.effect.mean
    assert window["n"] == 12
    assert window["asked"] == 13
    assert sum(row["default"] for row in found["tests"] if row["group"] == "all") == 3  # one for each window
    assert {row["test"] for row in found["tests"] if row["warning_en"].startswith("takes 12")} >= {"bmp", "patell"}


def test_frames_have_dates_and_text_codes(study: Study) -> None:
    found = frames(study)
    assert found["stocks"].schema["code"] == pl.String
    assert found["stocks"].schema["day_zero"] == pl.Date
    assert found["stock_days"].filter(pl.col("offset") == 0)["session"].unique().to_list() == [dt.date(2026, 1, 7)]
    assert found["days"].schema["caar"] == pl.Float64
    assert found["confounders"].is_empty()
    mean = found["stock_days"].filter(pl.col("offset") == 0)["abnormal"].mean()
    assert mean == pytest.approx(study.main.effect.mean)


def test_the_workbook_keeps_codes_as_text_and_evaluates_nothing(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    path.write_bytes(workbook(study))
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names[:3] == ["summary", "events", "windows"]
    events = book.get_sheet_by_name("events").to_python()
    assert events[1][1] == "=HYPERLINK(1)"
    stocks = book.get_sheet_by_name("stocks").to_python()
    assert stocks[1][1] == "00001"
    car = stocks[0].index("car (0,0)")
    assert stocks[1][car] == pytest.approx(study.stocks[0].windows[0].car)
    assert book.get_sheet_by_name("confounders").to_python() == [["none"]]
    import zipfile  # noqa: PLC0415 - to look into the file itself

    with zipfile.ZipFile(path) as parts:
        sheets = b"".join(parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/"))
    assert b"<f>" not in sheets


def test_the_sentence_says_what_cannot_be_told_from_chance(study: Study) -> None:
    found = reaction(study)
    assert found is not None
    en, zh = found
    assert en.startswith("12 of 13 stocks returned ")
    assert "on 7 Jan 2026 beyond what their relation to the Hang Seng Index predicts (95% band " in en
    assert "which cannot be told from chance: an effect below " in en
    assert en.endswith("The timing coincides; it does not show the cause.")
    assert zh.startswith("2026年1月7日，13只股票中的12只，相对其与恒生指数的历史关系，平均异常收益为")
    assert "与随机波动无法区分" in zh
    assert zh.endswith("时间上吻合，并不证明因果。")


def test_the_sentence_of_a_clear_move_has_its_smallest_possible_p_value() -> None:
    found = reaction(made(0.2))
    assert found is not None
    assert "p ≤ 0.008, calibrated cross-section)" in found[0]
    assert "chance:" not in found[0]
    assert "p ≤ 0.008，估计窗校准的横截面检验）" in found[1]


def test_a_study_of_nothing_has_no_sentence_and_no_chart() -> None:
    nothing = run(made_panel(), [replace(EVENT, codes=("09999",))], DESIGN)
    assert reaction(nothing) is None
    with pytest.raises(RenderError, match="there are no days to draw"):
        study_svg(nothing, "en")


@pytest.mark.parametrize(
    ("outcome", "shown"),
    [
        (Outcome("x", 1.0, 0.03125, "t", 5, 4), "p = 0.031"),
        (Outcome("x", 9.0, 1e-9, "normal", 5), "p < 0.001"),
        (Outcome("x", 9.0, 2 / 241, "placebo", 5, placebos=240), "p ≤ 0.008"),
        (Outcome("x", None, None, "normal", 5), "p n/a"),
    ],
)
def test_p_values_as_printed(outcome: Outcome, shown: str) -> None:
    assert p_text(outcome) == shown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_chart_is_well_formed_and_has_a_band_where_there_is_one(study: Study, language: str) -> None:
    svg = study_svg(study, language, ("all", "cxo", "no such group"))  # type: ignore[arg-type]
    root = etree.fromstring(svg.encode())
    space = {"s": "http://www.w3.org/2000/svg"}
    classes = [path.get("class") for path in root.findall(".//s:path", space)]
    assert classes.count("study-band chart-concept") == 2  # run-up and reaction are two stretches
    assert classes.count("study-edge chart-named") == 2
    assert classes.count("chart-line chart-concept") == 2
    texts = "".join(map(str, root.itertext()))
    assert ("事件前" if language == "zh" else "run-up") in texts
    assert ("恒生指数" if language == "zh" else "Hang Seng Index") in texts
    dots = root.findall(".//s:circle", space)
    assert len(dots) == 2 * (10 + 3)


def test_the_chart_puts_zero_where_the_axis_says(study: Study) -> None:
    root = etree.fromstring(study_svg(study, "en").encode())
    space = {"s": "http://www.w3.org/2000/svg"}
    base = root.find(".//s:path[@class='chart-base']", space)
    zero = next(t for t in root.findall(".//s:g[@class='chart-axis']/s:text", space) if t.text == "0%")
    assert base is not None
    height = float((base.get("d") or "").split()[1].split("H")[0])
    assert float(zero.get("y") or 0) - 4 == pytest.approx(height, abs=0.1)


def test_a_character_that_the_font_lacks_stops_the_chart(study: Study) -> None:
    with pytest.raises(RenderError, match=r"chart of the study \(en\)"):
        study_svg(replace(study, market_name="𓂀"), "en")


def test_no_nan_reaches_a_row() -> None:
    panel = made_panel(2, holes=0.3)
    study = run(panel, [EVENT], DESIGN, groups={"one": CODES[:1], "none": ()})
    text = json.dumps(tables(study), allow_nan=False)
    assert np.isfinite(study.main.effect.mean)
    assert text


def test_the_example_of_the_documentation_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "howto" / "study-an-event.md"
    (example,) = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(example, str(page), "exec"), {})  # noqa: S102 - our own page, to show that it runs
    assert re.fullmatch(r"6 \d\.\d\d kp_bmp\n", capsys.readouterr().out)
