import datetime as dt
from dataclasses import replace

import pytest

from hkconcept.ledger import Ledger, Statement
from hkconcept.model import Moment

EQUAL_CLOCK = dt.datetime(2026, 1, 10, tzinfo=dt.UTC)


def a_statement(value: str, known: str, valid_from: str = "", valid_to: str = "") -> Statement:
    return Statement(
        subject_kind="security",
        subject="02591",
        attribute="name",
        value=value,
        known_at=Moment.parse(known),
        status="packaged",
        valid_from=dt.date.fromisoformat(valid_from) if valid_from else None,
        valid_to=dt.date.fromisoformat(valid_to) if valid_to else None,
    )


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ("2026-01-06", []),
        ("2026-01-07", ["on the day", "at 08:07"]),  # a day as a question means its end
        ("2026-01-07 08:06", []),
        ("2026-01-07 08:07", ["at 08:07"]),
        ("2026-01-07 23:59", ["at 08:07"]),  # known to the day only: not certain before the day is over
        ("2026-01-08 00:00", ["on the day", "at 08:07"]),
    ],
)
def test_knowledge_time(known: str, expected: list[str]) -> None:
    with Ledger.open(":memory:") as ledger:
        ledger.record([a_statement("on the day", "2026-01-07"), a_statement("at 08:07", "2026-01-07 08:07")])
        answer = ledger.as_of(known=Moment.parse(known), valid=None)
        assert sorted(str(row.statement.value) for row in answer) == sorted(expected)


@pytest.mark.parametrize(
    ("valid", "expected"),
    [
        ("2026-05-10", ["open", "until the 11th"]),
        ("2026-05-11", ["from the 11th", "open"]),
    ],
)
def test_valid_time_includes_the_first_day_and_excludes_the_last(valid: str, expected: list[str]) -> None:
    rows = [
        a_statement("open", "2025-01-01"),
        a_statement("until the 11th", "2025-01-01", "2022-02-23", "2026-05-11"),
        a_statement("from the 11th", "2025-01-01", "2026-05-11"),
    ]
    with Ledger.open(":memory:") as ledger:
        ledger.record(rows)
        answer = ledger.as_of(known=Moment.parse("2026-06-01"), valid=dt.date.fromisoformat(valid))
        assert sorted(str(row.statement.value) for row in answer) == expected


def test_a_correction_and_a_retraction_count_from_when_they_were_known() -> None:
    wrong = a_statement("48", "2025-01-10")
    right = replace(a_statement("43", "2025-02-10"), supersedes=wrong.id)
    gone = replace(a_statement("an error", "2025-03-10"), supersedes=right.id, status="retracted")
    with Ledger.open(":memory:") as ledger:
        ledger.record([gone, right, wrong])
        for known, expected in (("2025-01-10", ["48"]), ("2025-02-10", ["43"]), ("2025-03-10", [])):
            answer = ledger.as_of(known=Moment.parse(known), valid=None)
            assert [row.statement.value for row in answer] == expected


def test_the_answer_can_be_narrowed() -> None:
    one = a_statement("a", "2025-01-01")
    rows = [one, replace(one, subject="01801"), replace(one, attribute="role"), replace(one, subject_kind="issuer")]
    with Ledger.open(":memory:") as ledger:
        ledger.record(rows)
        known = Moment.parse("2026-01-01")
        assert len(ledger.as_of(known=known, valid=None, subject="02591", subject_kind="security")) == 2
        assert len(ledger.as_of(known=known, valid=None, attribute="role")) == 1
        assert len(ledger.as_of(known=known, valid=None, attribute=None)) == 4
        assert [row.statement.subject for row in ledger.as_of(known=known, valid=None)] == [
            "02591",
            "01801",
            "02591",
            "02591",
        ]  # issuers before securities, then by code, then by attribute


def test_both_times_must_be_given() -> None:
    with Ledger.open(":memory:") as ledger:
        with pytest.raises(TypeError, match="valid"):
            ledger.as_of(known=EQUAL_CLOCK)  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="known"):
            ledger.as_of(valid=None)  # type: ignore[call-arg]
        with pytest.raises(ValueError, match="has no time zone"):
            ledger.as_of(known=dt.datetime(2026, 1, 1), valid=None)  # noqa: DTZ001 - refused
