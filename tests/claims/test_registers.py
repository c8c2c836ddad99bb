"""Figures against published totals: agreement, other scopes, silence."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from hkconcept.claims import check_against_registers
from hkconcept.model import Figure, Moment, PartialDate, Quantity, Quote, Relation, Span, Verdict

YEAR = PartialDate(2023)


@dataclass(frozen=True)
class Row:
    vendor: str
    quantity: Quantity
    known_at: Moment
    status: str = "press"
    measure: str = "approvals"
    period: PartialDate = YEAR
    attributes: tuple[tuple[str, str], ...] = ()
    scope_en: str = "class-1 drugs"
    scope_zh: str = "1类新药"
    source: str = "https://example.org/totals"


def count(value: int, relation: Relation = Relation.EXACT) -> Quantity:
    return Quantity(Decimal(value), "count", relation)


EARLY, LATE = Moment.parse("2024-01-10"), Moment.parse("2024-06-01")
OFFICIAL = Row("NMPA", count(40), EARLY, status="official")
VENDOR = Row("Counter", count(46), EARLY)
OPEN = Row("Index", count(35, Relation.OVER), EARLY)


def figure(value: int, relation: Relation = Relation.EXACT) -> Figure:
    quote = Quote.cut(str(value), Span(0, len(str(value))))
    return Figure("f1", quote, count(value, relation), "innovative drugs", "approvals", YEAR)


@pytest.mark.parametrize(
    ("value", "relation", "rows", "verdict"),
    [
        (40, Relation.EXACT, (OFFICIAL, VENDOR), Verdict.CONSISTENT),
        (46, Relation.EXACT, (OFFICIAL, VENDOR), Verdict.DIFFERS_IN_SCOPE),
        (43, Relation.EXACT, (OFFICIAL, VENDOR), Verdict.NOT_CHECKABLE),
        (46, Relation.EXACT, (VENDOR, OPEN), Verdict.CONSISTENT),
        (45, Relation.OVER, (OFFICIAL, VENDOR), Verdict.DIFFERS_IN_SCOPE),
        (30, Relation.OVER, (OFFICIAL, VENDOR, OPEN), Verdict.CONSISTENT),
    ],
)
def test_verdicts(value: int, relation: Relation, rows: tuple[Row, ...], verdict: Verdict) -> None:
    (check,) = check_against_registers([figure(value, relation)], rows, as_of=LATE)
    assert check.verdict is verdict
    for row in rows:
        assert row.vendor in check.reason
        assert row.vendor in check.reason_zh
    assert check.sources == ("https://example.org/totals",)


@pytest.mark.parametrize(
    "changes",
    [
        {"measure": "deals"},
        {"period": PartialDate(2022)},
        {"attributes": (("type", "tcm"),)},
        {"attributes": (("company", "01801"),)},
        {"subject": "companies"},
        {"direction": "up"},
    ],
)
def test_a_figure_that_no_row_answers_gives_no_check(changes: dict[str, Any]) -> None:
    assert check_against_registers([replace(figure(40), **changes)], (OFFICIAL,), as_of=LATE) == ()


def test_a_total_is_not_used_before_it_was_public() -> None:
    assert check_against_registers([figure(40)], (OFFICIAL,), as_of=Moment.parse("2024-01-09")) == ()
    assert len(check_against_registers([figure(40)], (OFFICIAL,), as_of=Moment.parse("2024-01-10"))) == 1
