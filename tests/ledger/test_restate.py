import datetime as dt
import functools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from hkconcept.ledger import Ledger, Statement
from hkconcept.model import Moment

DAYS = [dt.date(2025, 1, 1) + dt.timedelta(days=offset) for offset in range(5)]


def a_fact(subject: str, value: str, day: int, supersedes: Statement | None = None) -> Statement:
    return Statement(
        subject_kind="total",
        subject=subject,
        attribute="approvals",
        value=value,
        known_at=Moment.of_day(DAYS[day]),
        status="packaged",
        supersedes=supersedes.id if supersedes else None,
    )


# Two histories: a total corrected twice (by two rival sources the second time), and one corrected on the same day.
FIRST = a_fact("2024", "48", 0)
SECOND = a_fact("2024", "43", 1, FIRST)
THIRD = a_fact("2024", "47", 2, SECOND)
RIVAL = a_fact("2024", "46", 3, SECOND)
OTHER = a_fact("2025", "76", 1)
AMENDED = a_fact("2025", "86", 1, OTHER)
POOL = (FIRST, SECOND, THIRD, RIVAL, OTHER, AMENDED)


def closed(picks: set[int]) -> tuple[Statement, ...]:
    """Add what a correction corrects: a source that states a correction states its target too."""
    by_id = {item.id: item for item in POOL}
    wanted = {POOL[pick].id for pick in picks}
    for item in reversed(POOL):
        if item.id in wanted and item.supersedes:
            wanted.add(item.supersedes)
    return tuple(by_id[row] for row in by_id if row in wanted)


versions = st.lists(st.sets(st.integers(0, len(POOL) - 1)).map(closed), min_size=1, max_size=6)


def answers(ledger: Ledger) -> list[list[tuple[str, str]]]:
    return [
        sorted((row.statement.subject, str(row.statement.value)) for row in ledger.as_of(known=day, valid=None))
        for day in map(Moment.of_day, DAYS)
    ]


@functools.cache
def answers_afresh(stated: tuple[int, ...]) -> list[list[tuple[str, str]]]:
    with Ledger.open(":memory:") as ledger:
        ledger.record(POOL[place] for place in stated)
        return answers(ledger)


@settings(max_examples=30, deadline=None)
@given(versions)
def test_after_any_history_of_versions_the_answers_are_those_of_the_last(history: list[tuple[Statement, ...]]) -> None:
    with Ledger.open(":memory:") as ledger:
        for number, stated in enumerate(history):
            ledger.restate_packaged(stated, version=str(number))
            assert answers(ledger) == answers_afresh(tuple(POOL.index(item) for item in stated))
            assert ledger.restate_packaged(reversed(stated), version=str(number)) == 0


def test_what_was_answered_in_the_past_can_still_be_asked() -> None:
    clock = {"now": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}
    with Ledger.open(":memory:", clock=lambda: clock["now"]) as ledger:
        ledger.restate_packaged([FIRST, OTHER], version="1")
        before = ledger.as_of(known=Moment.of_day(DAYS[4]), valid=None)
        clock["now"] = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
        ledger.restate_packaged([FIRST], version="2")
        assert len(ledger.as_of(known=Moment.of_day(DAYS[4]), valid=None)) == 1
        written = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        assert ledger.as_of(known=Moment.of_day(DAYS[4]), valid=None, recorded_by=written) == before


def test_a_fact_that_a_person_rejected_stays_rejected_through_every_version() -> None:
    rejected = replace(FIRST, status="retracted", value="a typing error", supersedes=FIRST.id)
    with Ledger.open(":memory:") as ledger:
        ledger.restate_packaged([FIRST, OTHER], version="1")
        ledger.record([rejected])
        for number, stated in enumerate(([OTHER], [FIRST, OTHER], [FIRST, SECOND, OTHER], [OTHER]), 2):
            ledger.restate_packaged(stated, version=str(number))
            values = {row.statement.value for row in ledger.as_of(known=Moment.of_day(DAYS[4]), valid=None)}
            assert "48" not in values
            assert ("43" in values) == (SECOND in stated)
