"""``hkconcept clock`` as a user runs it."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from e2e.commands import ROOT, Run


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


EXAMPLE = (
    "clock",
    "--accepted",
    "2021-07-13",
    "--event",
    "channel=2021-09-09:priority",
    "--event",
    "decided=2021-12-31",
)


def test_the_worked_example_as_json_and_as_a_table(run: Run) -> None:
    done = run(*EXAMPLE, "--as-of", "2022-01-31")
    assert (done.returncode, done.stderr) == (0, "")
    rows = records(done.stdout)
    review = next(row for row in rows if row.get("step") == "review")
    assert (review["elapsed"], review["total"], review["due"], review["state"]) == (119, 130, "2022-01-18", "done")
    assert review["source"].startswith("https://english.nmpa.gov.cn")
    assert next(row for row in rows if row["type"] == "account")["days"]["make_up"] == 3
    assert any(row["type"] == "remark" and row["kind"] == "recalled" for row in rows)
    table = run(*EXAMPLE, "--as-of", "2022-01-31", "--format", "table", "--days")
    assert "done in time, 119 of 130, 11 left" in table.stdout
    assert "from memory: check it before use" in table.stdout
    assert "2021-10-09  59      weekend day worked, counted" in table.stdout


def test_an_overdue_step_is_a_finding(run: Run) -> None:
    done = run("clock", "--accepted", "2026-01-07", "--channel", "priority_rare_overseas", "--as-of", "2026-04-23")
    assert done.returncode == 1
    review = next(row for row in records(done.stdout) if row.get("step") == "review")
    assert (review["state"], review["remaining"]) == ("overdue", -1)


def test_files_are_written(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.yml"
    case.write_text(
        'drug: "<script>alert(1)</script>药"\ncompany: X\ncode: "09995"\nchannel: priority\naccepted: 2026-03-02\n'
        "events:\n  - letter: 2026-06-05\n  - overseas_inspection: 2026-04-15/2026-04-30\n",
        encoding="utf-8",
    )
    out = [tmp_path / name for name in ("a.html", "a.svg", "a.ics")]
    done = run(
        "clock", "--case", case, "--as-of", "2026-07-31", "--html", out[0], "--svg", out[1], "--ics", out[2],
        "--language", "zh",
    )  # fmt: skip
    assert done.stderr == ""
    page, chart, calendar = (path.read_text(encoding="utf-8") for path in out)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;药" in page
    assert "http-equiv" in page
    assert "src=" not in page.replace("src:url(data:", "").replace("script-src", "").replace("style-src", "")
    assert 'lang="en"' in page
    assert 'lang="zh-Hans"' in page
    assert "凭记忆" in page
    assert chart.startswith("<svg")
    assert "gantt-stop" in chart
    assert "<script>" not in chart
    assert calendar.count("BEGIN:VEVENT") > 3


def test_the_examples_of_the_guide_run(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    guide = (ROOT / "docs" / "howto" / "review-clock.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(\w+)\n(.*?)```", guide, re.DOTALL)
    case, profile = (text for kind, text in blocks if kind == "yaml")
    (run.folder / "case.yml").write_text(case, encoding="utf-8")
    (run.folder / "profile.yml").write_text(profile, encoding="utf-8")
    commands = [line for kind, text in blocks if kind == "sh" for line in text.splitlines()]
    assert len(commands) > 7
    for command in commands:
        done = run(*shlex.split(command, comments=True)[1:])
        assert done.returncode in {0, 1}, done.stderr
        assert done.stdout
    exec(compile(next(text for kind, text in blocks if kind == "python"), "guide", "exec"), {})  # noqa: S102 - our own guide
    assert capsys.readouterr().out == "2026-01-05 161 163\n"


def test_comparisons(run: Run, tmp_path: Path) -> None:
    days = run("clock", "compare", "--channel", "priority_rare_overseas", "--from", "2026-01-06", "--to", "2026-01-07")
    changed = {row["step"]: row["difference"] for row in records(days.stdout) if row["changed"]}
    assert changed == {"testing_sample": -20, "testing_standard": -20}
    channels = run("clock", "compare", "--with", "priority", "--on", "2026-01-07", "--format", "table")
    assert "-70" in channels.stdout
    profile = tmp_path / "p.yml"
    profile.write_text(
        "drug: x\nfacts: {generic: yes, urgently_needed: yes, marketed_overseas: yes}\n", encoding="utf-8"
    )
    done = run("clock", "compare", "--profile", profile, "--from", "2026-01-06", "--to", "2026-01-07")
    opened = {row["channel"]: row for row in records(done.stdout)}["urgent_overseas"]
    assert (opened["before"], opened["after"], opened["limit_after"]["limit"]) == (None, "unknown", 130)
    eligible = run("clock", "eligible", "--profile", profile, "--on", "2026-02-02", "--format", "table")
    assert "the applicant has agreed with the review centre" in eligible.stdout


def test_rules_inspection_and_changes(run: Run) -> None:
    rules = records(run("clock", "rules", "--on", "2025-06-30").stdout)
    assert {row["rule"] for row in rules if row["type"] == "limit"} >= {"DRR-96-2b", "P2024-1"}
    assert not {row.get("rule") for row in rules} & {"A86-1", "A3-3"}
    assert {row["agency"] for row in rules if row["type"] == "comparator"} >= {"FDA", "EMA", "PMDA"}
    inspection = run("clock", "inspection", "--on", "2026-02-02", "--format", "table")
    assert "one batch of commercial scale" in inspection.stdout
    changes = records(run("clock", "changes", "nmpa-2026-3").stdout)
    assert [row["difference"] for row in changes if row["type"] == "limit"] == [-30, -20, -20]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ("clock", 2, "accepted: the day of acceptance is missing"),
        ("clock --accepted 2026-01-07 --channel prority", 2, "did you mean priority?"),
        ("clock --accepted 2026-01-07 --event leter=2026-02-02", 2, "did you mean letter?"),
        ("clock --accepted 2026-01-07 --event letter", 2, "'letter' lacks an equals sign; write it like letter="),
        ("clock --accepted 2019-01-07 --channel priority", 3, "the nearest is DRR-96-2b, in force from 2020-07-01"),
        ("clock --accepted 2026-01-07 --as-of 2026-01-06", 2, "the application was accepted on 2026-01-07, after"),
        ("clock --accepted 2026-01-07 --as-of tomorrow", 2, "'tomorrow' is not a date"),
        ("clock --accepted 2026-01-07 --convention fraction=left", 2, "choose one of up, down"),
        ("clock --case none.yml", 3, "none.yml: there is no such file"),
        ("clock --accepted 2026-01-07 --ics /no/such/folder/a.ics", 3, "the file cannot be written"),
        ("clock compare --with priority --to 2026-01-07", 2, "both --with and --to were given"),
        ("clock compare", 2, "give --with CHANNEL, or the two days --from DAY and --to DAY"),
        ("clock compare --from 2026-01-06 --to 2026-01-07 --channel trial_30", 2, "channel trial_30 is for a clinical"),
        ("clock eligible", 2, "no profile was given"),
        ("clock changes nmpa-2026-4", 3, "instruments held: nmpa-2018-79"),
        ("clock changes nmpa-2026-3 --as-of 2026-01-06", 2, "was first public on 2026-01-07, after 2026-01-06"),
        ("clock --acepted 2026-01-07", 2, "--accepted"),
    ],
)
def test_bad_input_is_one_sentence(run: Run, arguments: str, status: int, said: str) -> None:
    done = run(*arguments.split())
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
