"""Levels of payment: listed, not listed only where a list is held whole, otherwise unknown with the reason."""

import datetime as dt

import pytest

from hkconcept.model import Moment
from hkconcept.registers.levels import Level, level
from hkconcept.service.companies import payment_level
from hkconcept.service.registers import open_register
from hkconcept.service.workspace import Workspace


def _level(desk: Workspace, drug: str, day: str, as_of: str = "2026-11-24") -> Level:
    return payment_level(desk, drug, day=dt.date.fromisoformat(day), as_of=Moment.parse(as_of))


@pytest.mark.parametrize(
    ("drug", "day", "word", "answers"),
    [
        # The commercial catalogue of 2025 holds from 2026-01-01 to 2027-12-31 and is held whole.
        ("注射用维拉苷酶β", "2026-01-01", "commercial", "unknown, listed"),
        ("velaglucerase beta", "2027-12-31", "commercial", "unknown, listed"),
        ("注射用维拉苷酶β", "2028-01-01", "unknown", "unknown, unknown"),
        ("注射用维拉苷酶β", "2025-12-31", "unknown", "unknown, unknown"),
        # A bidding drug of the basic list whose agreement ends on 2026-12-31.
        ("他克莫司颗粒", "2026-12-31", "basic", "listed, not listed"),
        ("他克莫司颗粒", "2027-01-01", "unknown", "unknown, not listed"),
        # In neither table held: the basic list is held in part, so nothing can be said.
        ("利厄替尼片", "2026-03-01", "unknown", "unknown, not listed"),
    ],
)
def test_the_level_of_a_drug_on_a_day(desk: Workspace, drug: str, day: str, word: str, answers: str) -> None:
    found = _level(desk, drug, day)
    assert found.level == word
    assert ", ".join(one.answer for one in found.lists) == answers
    assert all(one.reason for one in found.lists)


def test_before_the_list_was_published_nothing_is_known(desk: Workspace) -> None:
    assert _level(desk, "注射用维拉苷酶β", "2026-03-01", as_of="2025-12-06").level == "unknown"
    assert _level(desk, "注射用维拉苷酶β", "2026-03-01", as_of="2025-12-07").level == "commercial"


def test_the_reason_says_why(desk: Workspace) -> None:
    assert str(_level(desk, "利厄替尼片", "2026-03-01")) == (
        "unknown on 2026-03-01 (nrdl: unknown, 17 of 3,253 drugs of edition 2025 are held; "
        "commercial: not listed, all 19 drugs of edition 2025 are held)"
    )


def test_neither_needs_both_lists_whole(desk: Workspace) -> None:
    view = open_register(desk, "payment").as_of("2026-11-24")
    assert level(view.rows, (), view.coverage, dt.date(2026, 3, 1)).level == "unknown"
    whole = tuple(row for row in view.rows if row["list"] == "commercial")
    states = level(whole, (), view.coverage, dt.date(2026, 3, 1)).lists
    assert [one.answer for one in states] == ["unknown", "not listed"]
