"""One passage a row: what it tells, and of whom."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from hkconcept.model import Event

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NAMES = {row["name"]: row["code"] for row in rows("names.csv")}


@pytest.mark.parametrize("case", [pytest.param(row, id=row["case"]) for row in rows("cases.csv")])
def test_passage_tells_exactly_these_events(case: dict[str, str], read: Callable[..., tuple[Event, ...]]) -> None:
    text = f"{case['headline']}\n{case['body']}"
    events = read(text, NAMES, language=case["language"])
    told = {
        f"{event.type}:{code}{'' if event.realised else f':{event.status}'}"
        for event in events
        for code in event.codes or ("",)
    }
    assert told == set(filter(None, case["expected"].split(";")))
    for event in events:
        assert text[slice(*event.quote.span)] == event.quote.exact != ""
