"""Rows become statements and come back; what is known later changes no earlier answer."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hkconcept.ledger import Ledger, Statement
from hkconcept.model import Moment
from hkconcept.registers.cells import read_rows
from hkconcept.registers.deals import SCHEMA
from hkconcept.registers.difference import diff
from hkconcept.registers.schema import Evidence, Row
from hkconcept.registers.statements import rows_of, statements_of


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as opened:
        yield opened


def _row(known: str, *, status: str = "press", source: str = "https://example.org/1", **cells: str) -> Row:
    given_cells = {
        "id": "a-deal",
        "announced": "2025-05-20",
        "licensor": "3SBio",
        "licensee": "Pfizer",
        "asset": "SSGJ-707",
        "scope": "out-licence",
        "known_at": known,
        "source": source,
        "status": status,
    }
    (row,), found = read_rows(SCHEMA, [("line 1", given_cells | cells)])
    assert found == ()
    return row


def _held(ledger: Ledger, known: str) -> tuple[Row, ...]:
    rows, _ = rows_of(SCHEMA, ledger.as_of(known=Moment.parse(known), valid=None, subject_kind="deals"))
    return rows


def test_a_row_recorded_is_read_back_with_its_evidence(ledger: Ledger) -> None:
    row = _row("2025-05-20", upfront="1250000000", currency="USD", valid_from="2025-05-20", valid_to="2026-05-20")
    ledger.record(statements_of(SCHEMA, row))
    (held,) = _held(ledger, "2025-05-20")
    assert dict(held.values) == dict(row.values)
    assert held.evidence == row.evidence
    assert (held.valid_from, held.valid_to) == (row.valid_from, row.valid_to)
    assert _held(ledger, "2025-05-19") == ()


def test_recording_twice_is_recording_once(ledger: Ledger) -> None:
    row = _row("2025-05-20")
    assert ledger.record(statements_of(SCHEMA, row)) == 6
    assert ledger.record(statements_of(SCHEMA, row)) == 0


def test_a_correction_supersedes_and_keeps_the_earlier_answer(ledger: Ledger) -> None:
    ledger.record(statements_of(SCHEMA, _row("2025-05-20", upfront="1", currency="USD")))
    new = _row("2025-06-01", upfront="2", currency="USD")
    change = diff(SCHEMA, _held(ledger, "2025-06-01"), [new])
    assert [(one.column, one.old, one.new) for one in change.changes] == [("upfront", "1", "2")]
    stated = list(change.statements())
    assert [(one.attribute, one.supersedes is not None) for one in stated] == [("upfront", True)]
    ledger.record(stated)
    assert [row.text("upfront") for row in _held(ledger, "2025-05-31")] == ["1"]
    assert [row.text("upfront") for row in _held(ledger, "2025-06-01")] == ["2"]
    _, conflicts = rows_of(SCHEMA, ledger.as_of(known=Moment.parse("2025-06-01"), valid=None))
    assert conflicts == ()


def test_two_values_that_both_stand_are_a_conflict_and_the_official_one_is_shown(ledger: Ledger) -> None:
    press = _row("2025-05-20", upfront="1", currency="USD", source="press")
    official = _row("2025-05-20", upfront="2", currency="USD", status="official", source="filing")
    for row in (official, press):
        ledger.record(statements_of(SCHEMA, row, status="accepted"))
    rows, conflicts = rows_of(SCHEMA, ledger.as_of(known=Moment.parse("2025-05-20"), valid=None))
    assert [row.text("upfront") for row in rows] == ["2"]
    assert [str(one) for one in conflicts] == ["a-deal, upfront: 2 (filing) and 1 (press)"]


_AMOUNTS = st.integers(0, 9)
_DAYS = st.integers(1, 28).map(lambda day: f"2025-05-{day:02d}")


@settings(max_examples=60, deadline=None)
@given(
    facts=st.lists(st.tuples(_DAYS, _AMOUNTS), min_size=1, max_size=6),
    asked=st.integers(1, 28),
    order=st.randoms(use_true_random=False),
)
def test_what_is_known_later_changes_nothing_and_order_does_not_matter(
    facts: list[tuple[str, int]], asked: int, order: object
) -> None:
    moment = f"2025-05-{asked:02d}"
    statements = [list(statements_of(SCHEMA, _row(day, upfront=str(amount), currency="USD"))) for day, amount in facts]
    known = [one for one, (day, _) in zip(statements, facts, strict=True) if day <= moment]

    def answer(groups: Iterable[Iterable[Statement]]) -> list[str]:
        with Ledger.open(":memory:") as ledger:
            for group in groups:
                ledger.record(group)
            return [row.text("upfront") for row in _held(ledger, moment)]

    shuffled = list(statements)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert answer(shuffled) == answer(known)


def test_evidence_is_part_of_every_statement() -> None:
    row = _row("2025-05-20", known_at_basis="end of the month")
    assert row.evidence == Evidence(
        known_at=replace(Moment.parse("2025-05-20"), printed=""),
        source="https://example.org/1",
        status="press",
        known_at_basis="end of the month",
    )
    assert all(
        isinstance(one.value, dict) and one.value["known_at_basis"] == "end of the month" and one.value["status"]
        for one in statements_of(SCHEMA, row)
    )
