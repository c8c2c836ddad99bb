"""Properties of the ledger, on every backend: no look-ahead, no order of commits, no second import, a whole log."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

import polars as pl
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hkconcept.ledger import Ledger, Recorded, Statement
from hkconcept.model import Moment

CLOCK = dt.datetime(2026, 1, 10, tzinfo=dt.UTC)
FIRST_DAY = dt.date(2025, 1, 1)
EVER = Moment.parse("2100-01-01")

days = st.integers(0, 6).map(lambda offset: Moment.of_day(FIRST_DAY + dt.timedelta(days=offset)))
hours = st.integers(0, 6 * 24).map(
    lambda offset: Moment(Moment.of_day(FIRST_DAY).at + dt.timedelta(hours=offset), "minute")
)
texts = st.sampled_from(["a", "b", "恒瑞", 'say "76"', "line\nline"])


@st.composite
def histories(draw: st.DrawFn) -> list[Statement]:
    """Draw statements of few subjects, some of which correct or take back earlier ones."""
    rows: list[Statement] = []
    for number in range(draw(st.integers(1, 8))):
        target = draw(st.one_of(st.none(), st.sampled_from(rows))) if rows else None
        start = draw(st.one_of(st.none(), st.integers(0, 5)))
        length = draw(st.one_of(st.none(), st.integers(1, 3)))
        first = FIRST_DAY + dt.timedelta(days=start) if start is not None else None
        row = Statement(
            subject_kind=draw(st.sampled_from(["security", "drug"])),
            subject=draw(st.sampled_from(["01801", "02591"])),
            attribute=draw(st.sampled_from(["name", "role"])),
            value=draw(st.one_of(texts, st.just({"number": number}))),
            known_at=draw(st.one_of(days, hours)),
            status=draw(st.sampled_from(["packaged", "accepted", "retracted"])) if target else "packaged",
            valid_from=first,
            valid_to=(first or FIRST_DAY) + dt.timedelta(days=length) if length else None,
            source=draw(st.sampled_from(["", "annual report"])),
            supersedes=target.id if target else None,
        )
        rows.append(row)
    return rows


Opens = Callable[[], Ledger]


def on_postgresql(address: str) -> Opens:
    """Open each ledger in a schema of its own in one database, which is quicker than a database each."""
    made = iter(range(10_000))

    def opens() -> Ledger:
        name = f"s{next(made)}"
        with psycopg.connect(address, autocommit=True) as owner:
            owner.execute(f"CREATE SCHEMA {name}")
        return Ledger.open(f"{address}&options=-csearch_path%3D{name}", clock=lambda: CLOCK)

    return opens


@pytest.fixture(params=["sqlite", "postgresql"])
def opens(request: pytest.FixtureRequest) -> Iterator[Opens]:
    """Give what opens new, empty ledgers of a backend, all with the same clock."""
    if request.param == "sqlite":
        yield lambda: Ledger.open(":memory:", clock=lambda: CLOCK)
    else:
        yield on_postgresql(request.getfixturevalue("database"))


def each_backend(test: Callable[..., None]) -> Callable[..., None]:
    """Run few examples: each makes its ledgers anew, and the fixture only says how."""
    return settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])(test)


def on_day(offset: int | None) -> dt.date | None:
    return None if offset is None else FIRST_DAY + dt.timedelta(days=offset)


offsets = st.one_of(st.none(), st.integers(0, 6))


@each_backend
@given(rows=histories(), known=days, offset=offsets)
def test_rows_known_later_never_change_an_earlier_answer(
    opens: Opens, rows: list[Statement], known: Moment, offset: int | None
) -> None:
    early = [row for row in rows if row.known_at.known_by <= known.known_by]
    late = [row for row in rows if row.known_at.known_by > known.known_by]
    with opens() as ledger:
        ledger.record(early)
        before = ledger.as_of(known=known, valid=on_day(offset))
        frame = ledger.frame("drug", known=known, valid=on_day(offset), ids=True)
        ledger.record(late)
        assert ledger.as_of(known=known, valid=on_day(offset)) == before
        assert ledger.frame("drug", known=known, valid=on_day(offset), ids=True).equals(frame)


@each_backend
@given(rows=histories(), random=st.randoms(use_true_random=False), known=days)
def test_the_order_of_commits_with_equal_clocks_does_not_matter(
    opens: Opens, rows: list[Statement], random: Random, known: Moment
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    answers = []
    for order in (rows, shuffled):
        with opens() as ledger:
            for row in order:
                ledger.record([row])
            frame = ledger.frame("drug", known=known, valid=None)
            answers.append((ledger.as_of(known=known, valid=None), frame.rows()))
    assert answers[0] == answers[1]


@each_backend
@given(rows=histories())
def test_an_import_twice_is_an_import_once(opens: Opens, rows: list[Statement]) -> None:
    with opens() as ledger:
        assert ledger.record(rows) == len({row.id for row in rows})
        before = (ledger.as_of(known=EVER, valid=None), ledger.counts(), list(ledger.log()))
        assert ledger.record(reversed(rows)) == 0
        assert (ledger.as_of(known=EVER, valid=None), ledger.counts(), list(ledger.log())) == before


@each_backend
@given(rows=histories(), cuts=st.lists(st.integers(0, 8), max_size=2), known=days)
def test_the_log_played_again_is_the_store(opens: Opens, rows: list[Statement], cuts: list[int], known: Moment) -> None:
    edges = sorted({0, *cuts, len(rows)})
    with opens() as ledger, opens() as copy:
        for start, end in pairwise(edges):
            ledger.record(rows[start:end])
        log = list(ledger.log())
        assert {row.id for row in log} == {row.id for row in rows}
        for row in log:
            copy.record([row.statement])
        assert by_id(copy.log()) == by_id(log)
        assert copy.as_of(known=known, valid=None) == ledger.as_of(known=known, valid=None)


def by_id(log: Iterator[Recorded] | list[Recorded]) -> dict[str, Recorded]:
    return {row.statement.id: row for row in log}


@each_backend
@given(rows=histories(), known=days, offset=offsets)
def test_the_answer_is_the_one_that_the_definition_gives(
    opens: Opens, rows: list[Statement], known: Moment, offset: int | None
) -> None:
    seen = {row.id: row for row in rows if row.known_at.known_by <= known.known_by}
    taken_back = {row.supersedes for row in seen.values()}
    day = on_day(offset)
    expected = {
        key: row
        for key, row in seen.items()
        if key not in taken_back
        and row.status != "retracted"
        and (day is None or row.valid_from is None or row.valid_from <= day)
        and (day is None or row.valid_to is None or day < row.valid_to)
    }
    with opens() as ledger:
        ledger.record(rows)
        answer = {row.id: row.statement for row in ledger.as_of(known=known, valid=day)}
        assert answer.keys() == expected.keys()
        frames = [ledger.frame(kind, known=known, valid=day, ids=True) for kind in ("security", "drug")]
        assert_says(pl.concat(frames), expected)
        roles = ledger.frame("drug", known=known, valid=day, attribute="role", ids=True)
        assert set(roles["id"]) == {
            key for key, row in expected.items() if (row.subject_kind, row.attribute) == ("drug", "role")
        }


def assert_says(frame: pl.DataFrame, expected: dict[str, Statement]) -> None:
    assert sorted(frame["id"]) == sorted(expected)
    for said in frame.iter_rows(named=True):
        row = expected[said["id"]]
        assert said["is_json"] == (not isinstance(row.value, str))
        assert said["is_json"] or said["value"] == row.value
        assert said["known_at"] == row.known_at.known_by
        for name in ("subject", "attribute", "valid_from", "valid_to", "source", "status"):
            assert said[name] == getattr(row, name)
