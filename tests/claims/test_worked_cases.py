"""Worked cases: each text holds as written, and breaks when one figure is altered."""

import datetime as dt
import json
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from hkconcept.claims import check_figures, find_figures
from hkconcept.model import Check, Language, Verdict
from hkconcept.text import find_dates, find_quantities


class Case(NamedTuple):
    language: Language
    text: str
    holds: list[str]
    old: str
    new: str
    broken: str


def _cases() -> list[Case]:
    lines = Path(__file__).with_name("worked_cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [Case(**json.loads(line)) for line in lines]


CASES = _cases()


def checks_of(text: str, language: Language) -> tuple[Check, ...]:
    dates = find_dates(text, dt.date(2026, 1, 8))
    quantities = find_quantities(text, [date.span for date in dates])
    figures = find_figures(text, quantities, dates=dates, language=language, mentions=())
    return check_figures(text, figures, dates=dates)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:40])
def test_the_text_as_written_holds(case: Case) -> None:
    checks = checks_of(case.text, case.language)
    assert [c.formula for c in checks if c.verdict is Verdict.CONSISTENT] == unordered(case.holds)
    assert [c.formula for c in checks if c.verdict is Verdict.INCONSISTENT] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:40])
def test_one_altered_figure_is_found(case: Case) -> None:
    assert case.old in case.text
    checks = checks_of(case.text.replace(case.old, case.new, 1), case.language)
    broken = [check for check in checks if check.verdict is Verdict.INCONSISTENT]
    assert case.broken in [check.formula for check in broken]
    for check in broken:
        assert check.mend
        assert check.reason
        assert check.reason_zh


def test_both_languages_and_both_scripts_are_covered() -> None:
    assert {case.language for case in CASES} == set(get_args(Language))
    assert 2 * len(CASES) >= 360


class unordered(list[str]):  # noqa: N801 - reads as a word in the assertion
    """A list that equals any reordering of itself."""

    __hash__ = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, list) and sorted(self) == sorted(other)
