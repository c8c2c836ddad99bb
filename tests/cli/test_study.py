"""``hkconcept study`` as a user calls it, on the packaged sample and on folders of prices."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import hkconcept as hk
from hkconcept import calendars
from hkconcept.cli import main

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "market"


def rows(capsys: pytest.CaptureFixture[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in capsys.readouterr().out.splitlines():
        row = json.loads(line)
        found.setdefault(row["type"], []).append(row)
    return found


def test_the_sample_column_is_studied_from_packaged_closes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["study", "--sample", "--out", str(tmp_path / "study")]) == 0
    found = rows(capsys)
    assert [(e["event"], e["day_zero"], e["securities"]) for e in found["events"]] == [
        ("nmpa-2026-3", "2026-01-07", 16)
    ]
    first = found["windows"][0]
    assert (first["window"], first["n"], first["asked"], first["test"]) == ("(0,0)", 14, 16, "kp_bmp")
    assert {row["code"] for row in found["left_out"]} == {"01167", "02105"}
    assert {row["group"] for row in found["windows"]} == {"all", "innovator", "cxo"}
    day = [row["return"] for row in found["stock_days"] if row["offset"] == 0]
    assert sum(day) / len(day) == pytest.approx(0.0597, abs=5e-5)  # the known mean of the fourteen
    names = {path.name for path in (tmp_path / "study").iterdir()}
    assert names == {"study.en.svg", "study.zh.svg", "study.xlsx"}


def test_the_table_shows_the_default_and_the_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["study", "--sample", "zh", "--format", "table"]) == 0
    shown = capsys.readouterr().out
    assert "NMPA Announcement No. 3 of 2026: public 2026-01-07, day 0 2026-01-07" in shown
    assert "▸  BMP, Kolari-Pynnonen" in shown
    assert "as independent; their residuals correlate" in shown
    assert "left out: 01167: no prices are held" in shown
    assert "0 of 6 could be studied" in shown


def test_events_recorded_in_a_workspace_are_among_the_others(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    deal = tmp_path / "deal.txt"
    deal.write_text("信达生物(01801.HK)宣布与礼来达成授权合作，首付款2.5亿美元。", encoding="utf-8")
    with hk.open(tmp_path / "desk") as desk:
        desk.extract(desk.read(deal, published="2026-01-06 09:00"), as_of="2026-02-01")
    for place, found in ([], False), (["--workspace", str(tmp_path / "desk")], True):
        assert main(["study", "--sample", "--window", "0,0", "--as-of", "2026-02-01", *place]) == 0
        others = [row for row in rows(capsys).get("confounders", []) if "deal.txt" in row["other"]]
        assert [(row["code"], row["session"], row["offset"]) for row in others] == (
            [("01801", "2026-01-06", -1)] if found else []
        )


def test_as_of_the_morning_after_knows_one_session_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["study", "--sample", "--as-of", "2026-01-08 09:00", "--window", "0,0"]) == 0
    found = rows(capsys)
    assert {row["window"] for row in found["windows"]} == {"(0,0)", "(-1,-1)"}
    assert max(row["session"] for row in found["stock_days"]) == "2026-01-07"


@pytest.mark.parametrize(
    ("arguments", "told", "status"),
    [
        (["study"], "no event was given; give a SOURCE, --sample, --policy or --public.", 2),
        (["study", "--policy", "x"], "--policy: no policy 'x' is held; held: ", 2),
        (["study", "--public", "2026-01-07", "--codes", "1801,abc"], "--codes: 'abc' is not a Hong Kong stock code", 2),
        (["study", "--sample", "--window", "5"], "'5' is not a window; write it like -1,5.", 2),
        (["study", "--sample", "--as-of", "2026-01-06"], "after --as-of 2026-01-06", 2),
        (["study", "--public", "2026-01-07", "--codes", "01167"], "nothing can be studied: no prices are held", 3),
        (
            ["study", "--public", f"{calendars.FIRST_DAY.year - 1}-01-07", "--codes", "01801"],
            "nothing can be studied: day 0 is not known",
            3,
        ),
        (["study", "--sample", "--prices", "nowhere"], "prices were given without a benchmark", 2),
        (["study", "--sample", "--prices", "nowhere", "--benchmark", "x"], "nowhere: this is not a folder", 3),
        (["study", "--sample", "--model", "factors"], "--model: factors are passed from a program", 2),
    ],
)
def test_a_wrong_command_gets_one_sentence(
    arguments: list[str], told: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == status
    assert told in capsys.readouterr().err


def folder_of(tmp_path: Path) -> tuple[Path, Path]:
    """Write a year and a half of made prices for six stocks and a benchmark."""
    generator = np.random.default_rng(2)
    days = calendars.sessions(dt.date(2024, 9, 2), dt.date(2026, 1, 30))
    market = 20000 * np.cumprod(1 + generator.normal(0, 0.01, len(days)))
    folder = tmp_path / "prices"
    folder.mkdir()
    for code in ("01801", "09926", "01093", "06160", "01177", "02269"):
        closes = 50 * np.cumprod(1 + generator.normal(0, 0.02, len(days)))
        lines = [f"{day},{close:.3f},1000" for day, close in zip(days, closes, strict=True)]
        (folder / f"{code}.csv").write_text("\n".join(["date,close,volume", *lines]), encoding="utf-8")
    benchmark = tmp_path / "market.csv"
    benchmark.write_text(
        "\n".join(["date,close", *(f"{day},{level:.2f}" for day, level in zip(days, market, strict=True))]),
        encoding="utf-8",
    )
    return folder, benchmark


@pytest.mark.parametrize("extra", [[], ["--trade-to-trade"], ["--model", "dimson"], ["--exclude-confounded"]])
def test_folders_of_prices_allow_the_full_design(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], extra: list[str]
) -> None:
    folder, benchmark = folder_of(tmp_path)
    command = ["study", "--policy", "nmpa-2026-3", "--codes", "1801.HK,09926,01093,06160,01177,02269"]
    assert main([*command, "--prices", f"unadjusted={folder}", "--benchmark", str(benchmark), *extra]) == 0
    found = rows(capsys)
    first = found["windows"][0]
    assert (first["n"], first["test"], first["placebos"]) == (6, "calibrated", 240)
    assert [row["window"] for row in found["windows"] if row["group"] == "all"] == [
        "(0,0)", "(0,+1)", "(-1,+1)", "(0,+5)", "(-10,-1)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("day,close\n2026-01-07,1", "the columns date and close are needed; name them in the first row."),
        ("date,close\n2026-01-07,x", "line 2: not a row of closes: could not convert string to float: 'x'"),
        ("date,close\n2026-01-07,1\n2026-01-07,1", "line 3: 2026-01-07 is there twice; keep one row per session."),
        ("date,close\n2026-01-07,-1", "line 2: the close -1 is not a level."),
    ],
)
def test_a_wrong_benchmark_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str) -> None:
    folder, benchmark = folder_of(tmp_path)
    benchmark.write_text(text, encoding="utf-8")
    command = ["study", "--policy", "nmpa-2026-3", "--codes", "01801", "--prices", f"unadjusted={folder}"]
    assert main([*command, "--benchmark", str(benchmark)]) == 3
    assert told in capsys.readouterr().err


@pytest.mark.corpus
def test_the_event_of_7_january_on_real_prices(capsys: pytest.CaptureFixture[str]) -> None:
    if not SHARED.is_dir():
        pytest.skip("the private market data is not there")
    prices = SHARED / "prices"
    command = [
        *("study", "--sample", "--min-observations", "20"),
        *("--prices", f"adjusted={prices / 'yahoo_adj_to_2025-10'}"),
        *("--prices", f"unadjusted={prices / 'tencent_unadj_2025-11_2026-04'}"),
        *("--benchmark", str(SHARED / "benchmark" / "hsi_close_1986_2026-07.csv")),
    ]
    assert main(command) == 0
    found = rows(capsys)
    first = found["windows"][0]
    assert (first["n"], first["asked"], first["test"]) == (14, 16, "calibrated")
    assert first["p"] < 0.02
    assert first["low"] > 0
    # Eight sessions lie between the two segments: with the two around them, 240 sessions leave 227 returns or fewer.
    assert max(row["observations"] for row in found["stocks"]) == 227
    naive = next(r for r in found["tests"] if r["test"] == "bmp" and r["window"] == "(0,0)" and r["group"] == "all")
    assert naive["p"] < 1e-3
    assert "as independent" in naive["warning_en"]
    # With the column's own date as day 0 the event is gone.
    assert main([*command, "--public", "2026-01-08 08:07"]) == 0
    late = rows(capsys)["windows"][0]
    assert late["caar"] < first["caar"] / 3
    assert late["p"] > 0.05
