"""Loading a frame is recording its rows, under the same ids; what recording refuses, loading refuses by row."""

import datetime as dt
from collections.abc import Callable
from itertools import groupby

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hkconcept.ledger import Ledger, Statement
from hkconcept.model import Moment

CLOCK = dt.datetime(2026, 1, 10, tzinfo=dt.UTC)
EVER = Moment.parse("2100-01-01")
SCHEMA = {
    "subject_kind": pl.String,
    "subject": pl.String,
    "attribute": pl.String,
    "value": pl.String,
    "source": pl.String,
    "status": pl.String,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
    "supersedes": pl.String,
}

# Texts that JSON escapes, that a frame parts by, that PostgreSQL does not keep as they are.
texts = st.one_of(
    st.sampled_from(["76", "恒瑞", 'say "76"', "back\\slash", "line\nline", "tab\t\x1f", "\x1e", "\x7f\u2028", "💊"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=4),
)
times = st.datetimes(dt.datetime(1, 1, 2), dt.datetime(9999, 12, 30), timezones=st.just(dt.UTC))  # noqa: DTZ001 - zoned
days = st.dates(dt.date(1, 1, 2), dt.date(9999, 12, 30))


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    """Draw rows whose times are all to the second, or all days."""
    by_day = draw(st.booleans())
    rows: list[Statement] = []
    for _ in range(draw(st.integers(1, 5))):
        target: Statement | None = draw(st.one_of(st.none(), st.sampled_from(rows))) if rows else None
        first, last = sorted((draw(days), draw(days)))
        rows.append(
            Statement(
                subject_kind=draw(st.sampled_from(["security", "drug"])),
                subject=draw(texts),
                attribute=draw(texts),
                value=draw(st.one_of(texts, st.sampled_from(["", "zero \0"]))),
                known_at=Moment.of_day(draw(days)) if by_day else Moment(draw(times), "second"),
                status=draw(st.sampled_from(["packaged", "retracted"])) if target else "packaged",
                valid_from=draw(st.sampled_from([None, first])),
                valid_to=draw(st.sampled_from([None, last])) if first < last else None,
                source=draw(texts),
                supersedes=target.id if target else None,
            )
        )
    return rows


def as_frame(rows: list[Statement]) -> pl.DataFrame:
    frame = pl.DataFrame([{name: getattr(row, name) for name in SCHEMA} for row in rows], schema=SCHEMA)
    if rows[0].known_at.precision == "day":
        return frame.with_columns(known_at=pl.Series([row.known_at.day for row in rows], dtype=pl.Date))
    return frame.with_columns(known_at=pl.Series([row.known_at.at for row in rows], dtype=pl.Datetime("us", "UTC")))


def test_a_loaded_frame_is_its_rows_recorded(address: str) -> None:
    rows: list[Statement] = []

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(statements())
    def draws(drawn: list[Statement]) -> None:
        rows.extend(drawn)

    draws()
    rows.sort(key=lambda row: row.known_at.precision)
    with Ledger.open(address, clock=lambda: CLOCK) as loaded, Ledger.open(":memory:", clock=lambda: CLOCK) as recorded:
        for _, part in groupby(rows, key=lambda row: row.known_at.precision):
            of_one = list(part)
            new = len({row.id for row in of_one})
            assert loaded.load(as_frame(of_one)) == new
            assert loaded.load(as_frame(of_one)) == 0
            assert recorded.record(of_one) == new
        assert {row.id: row for row in loaded.log()} == {row.id: row for row in recorded.log()}
        assert loaded.as_of(known=EVER, valid=None) == recorded.as_of(known=EVER, valid=None)
        for kind in ("security", "drug"):
            frames = [held.frame(kind, known=EVER, valid=None, ids=True) for held in (loaded, recorded)]
            assert frames[0].rows() == frames[1].rows()
        assert loaded.damages() == ()


GOOD = as_frame(
    [
        Statement(
            subject_kind="drug",
            subject=subject,
            attribute="stage",
            value="3",
            known_at=Moment.of_day(dt.date(2025, 1, 1)),
            status="packaged",
        )
        for subject in ("a", "b")
    ]
)
ID = "ab" * 32


def second(**changes: object) -> pl.DataFrame:
    """Change the second row."""
    place = pl.int_range(pl.len()) == 1
    return GOOD.with_columns(
        pl.when(place).then(pl.lit(value, GOOD.schema[name])).otherwise(name).alias(name)
        for name, value in changes.items()
    )


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (lambda: GOOD.drop("value"), "the frame lacks value; columns are subject_kind, subject"),
        (lambda: GOOD.with_columns(colour=pl.lit("red")), "the frame has unknown columns: colour; columns are"),
        (
            lambda: GOOD.with_columns(document=pl.lit("ab" * 32)),
            "a frame holds facts that quote no document, and this one has the columns document; record what quotes",
        ),
        (lambda: GOOD.with_columns(value=pl.lit(7)), "the column value is Int32, not String"),
        (lambda: GOOD.with_columns(subject=pl.lit(1801)), "the column subject is Int32, not String"),
        (lambda: GOOD.with_columns(valid_from=pl.lit("2025")), "the column valid_from is String, not Date"),
        (lambda: GOOD.with_columns(known_at=pl.lit(dt.datetime(2025, 1, 1))), "give days, or times with a zone"),  # noqa: DTZ001
        (lambda: second(subject=""), "row 1: a statement needs a subject kind, a subject and an attribute"),
        (lambda: second(value=None), "row 1: value, source and status may not be null"),
        (lambda: second(known_at=None), "row 1: known_at may not be null"),
        (lambda: second(source="a\0b"), "row 1: a text holds a zero character"),
        (lambda: second(status="rumoured"), "row 1: the status is none of packaged, extracted, accepted, retracted"),
        (lambda: second(status="retracted"), "row 1: a retraction needs the id of the statement that it takes back"),
        (lambda: second(supersedes="ab"), "row 1: supersedes is no id of 64 hexadecimal digits"),
        (
            lambda: second(valid_from=dt.date(2025, 1, 2), valid_to=dt.date(2025, 1, 2)),
            "row 1: valid_to is not after valid_from",
        ),
    ],
)
def test_a_frame_that_could_not_be_answered_is_refused_whole(frame: Callable[[], pl.DataFrame], words: str) -> None:
    with Ledger.open(":memory:") as ledger:
        with pytest.raises(ValueError, match=words.replace("(", r"\(").replace(")", r"\)")):
            ledger.load(frame())
        assert ledger.counts()["statements"] == 0
        assert ledger.load(GOOD) == 2


def test_an_empty_frame_and_columns_of_nulls_alone() -> None:
    nulls = GOOD.with_columns(pl.lit(None).alias(name) for name in ("valid_from", "valid_to", "supersedes"))
    with Ledger.open(":memory:") as ledger:
        assert ledger.load(GOOD.head(0)) == 0
        assert ledger.load(nulls) == 2
        assert ledger.load(GOOD.drop("valid_from", "valid_to", "supersedes")) == 0
        assert ledger.frame("none", known=EVER, valid=None).is_empty()


def test_a_value_may_hold_quotation_marks_and_backslashes() -> None:
    value = 'a "quoted" word, \\ and 「引号」'
    with Ledger.open(":memory:") as ledger:
        assert ledger.load(second(value=value)) == 2
        (row,) = ledger.as_of(known=EVER, valid=None, subject="b")
        assert row.statement.value == value
        assert row.id == row.statement.id
