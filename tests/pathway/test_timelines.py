"""Timelines worked out by hand: the due day of a step, what was counted, and how it stood."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from hkconcept.pathway.clock import run
from hkconcept.pathway.conventions import Conventions
from hkconcept.pathway.entries import case_of
from hkconcept.pathway.rule_files import packaged_rules

ANSWERS = Path(__file__).parents[1] / "answers" / "timelines.csv"

with ANSWERS.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def pairs(text: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (part.partition("=") for part in text.split())]


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_timeline(row: dict[str, str]) -> None:
    case = case_of(row["accepted"], pairs(row["events"]), application=row["application"], channel=row["channel"])
    conventions = Conventions.of(dict(pairs(row["conventions"])))
    clock = run(case, packaged_rules(), as_of=dt.date.fromisoformat(row["as_of"]), conventions=conventions)
    step = clock.step(row["step"])
    found = [
        step.total,
        *(str(day) for day in (step.due.day, step.due.earliest, step.due.latest)),
        step.elapsed,
        step.state,
    ]
    elapsed = int(row["elapsed"]) if row["elapsed"] else None
    assert found == [int(row["total"]), row["due"], row["earliest"], row["latest"], elapsed, row["state"]]
    if elapsed is not None:
        assert step.remaining == int(row["total"]) - elapsed


def test_there_are_more_than_25_and_each_shows_its_working() -> None:
    assert len(ROWS) > 25
    assert len({row["name"] for row in ROWS}) == len(ROWS)
    assert all(len(row["working"]) > 20 for row in ROWS)
