"""What every backend promises; each test runs on a SQLite file, in memory and on PostgreSQL."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from hkconcept.errors import StoreError
from hkconcept.ledger import JsonValue, Ledger, Statement
from hkconcept.ledger.records import statements_of
from hkconcept.model import Document, Extraction, Figure, Moment, Origin, Quantity, Quote, Span

EVER = Moment.parse("2100-01-01")
CLOCK = dt.datetime(2026, 1, 10, tzinfo=dt.UTC)
FACT = Statement(
    subject_kind="security",
    subject="01801",
    attribute="role",
    value="innovator",
    known_at=Moment.parse("2018-10-31"),
    status="packaged",
    source="prospectus",
)
TEXT = "In 2025 the regulator approved 76 innovative drugs."
DOCUMENT = Document(
    "d1",
    TEXT,
    "en",
    Origin("column.md", "ab" * 32, "text/markdown", "utf-8", Moment.parse("2026-01-09"), "a desk", "https://x", "CC0"),
    title="A column",
    published=Moment.parse("2026-01-08 08:07"),
)
FIGURE = Figure("f1", Quote.cut(TEXT, Span(31, 33)), Quantity(Decimal(76), "count"))
QUOTED = statements_of(DOCUMENT, Extraction("d1", figures=(FIGURE,)))
VALUES: list[JsonValue] = [
    "a",
    "",
    'a "b" \\ c',
    "恒瑞\n医药",
    "\x1e",
    "nul \0",
    "null",
    7,
    True,
    None,
    ["a", {"b": "1.30"}],
    {},
]


class TestEveryBackend:
    def test_values_come_back_as_they_were(self, address: str) -> None:
        rows = [replace(FACT, subject=str(number), value=value) for number, value in enumerate(VALUES)]
        with Ledger.open(address) as ledger:
            assert ledger.record(rows) == len(VALUES)
            found = {row.statement.subject: row for row in ledger.as_of(known=EVER, valid=None)}
            for row in rows:
                assert found[row.subject].statement == replace(row, known_at=replace(row.known_at, printed=""))
                assert found[row.subject].id == row.id

    def test_a_document_its_snapshot_and_its_quotes(self, address: str) -> None:
        with Ledger.open(address, clock=lambda: CLOCK) as ledger:
            assert ledger.record_document(DOCUMENT, QUOTED, size=51) == 1
            assert ledger.record_document(DOCUMENT, QUOTED, size=51) == 0
            (row,) = ledger.as_of(known=EVER, valid=None, document=QUOTED[0].document)
            assert row.statement.quote == FIGURE.quote
            assert row.recorded_at == CLOCK
            (reading,) = ledger.documents()
            assert (reading.url, str(reading.published)) == ("https://x", "2026-01-08 08:07 HKT")
            assert ledger.text_of(reading.key) == TEXT
            assert ledger.counts() == {"snapshots": 1, "documents": 1, "runs": 0, "statements": 1, "extracted": 1}
            assert ledger.record_document(DOCUMENT, ()) == 1  # a withdrawal
            assert ledger.as_of(known=EVER, valid=None) == ()

    def test_where_a_document_came_from_and_when_it_was_published(self, address: str) -> None:
        with Ledger.open(address, clock=lambda: CLOCK) as ledger:
            ledger.record_document(DOCUMENT, QUOTED, size=51)
            (source,) = ledger.sources()
            assert source.origin == replace(DOCUMENT.origin, fetched_at=source.origin.fetched_at)
            assert (str(source.origin.fetched_at), source.size) == ("2026-01-09", 51)
            assert [str(moment) for moment in source.published] == ["2026-01-08 08:07 HKT"]
            assert source.recorded_at == CLOCK
            assert ledger.source_of(str(QUOTED[0].document)) == source
            with pytest.raises(KeyError):
                ledger.source_of("00" * 32)

    def test_a_publication_that_is_told_later_stands_beside_the_snapshot(self, address: str) -> None:
        clock = [CLOCK]
        told = [Moment.parse("2026-01-08"), Moment.parse("2026-01-07 17:21")]
        with Ledger.open(address, clock=lambda: clock[0]) as ledger:
            ledger.record_document(replace(DOCUMENT, published=None), QUOTED, size=51)
            assert ledger.sources()[0].published == ()
            for moment in (*told, told[0]):  # saying it again adds nothing
                clock[0] += dt.timedelta(hours=1)
                elsewhere = replace(DOCUMENT.origin, location="elsewhere", publisher="another desk")
                ledger.record_snapshot(elsewhere, published=moment, size=51)
            (source,) = ledger.sources()
            # The first fetch stays the first; each moment of publication is kept, in the order in which it was told.
            assert (source.origin.location, source.origin.publisher) == ("column.md", "a desk")
            assert [str(moment) for moment in source.published] == [str(moment) for moment in told]
            assert [moment.precision for moment in source.published] == ["day", "minute"]

    def test_runs_and_what_may_not_change(self, address: str) -> None:
        with Ledger.open(address) as ledger:
            run = ledger.begin_run(command="note", version="0.1.0", as_of=Moment.parse("2026-01-08"))
            assert ledger.record([FACT], run=run) == 1
            assert ledger.interrupted_runs() == (run,)
            ledger.finish_run(run, outcome="finished")
            assert ledger.interrupted_runs() == ()
            with pytest.raises(StoreError, match="the ledger is append-only and refused a change"):
                ledger.finish_run(run, outcome="something else")
            assert [row.run for row in ledger.as_of(known=EVER, valid=None)] == [run]

    def test_what_is_refused_leaves_nothing(self, address: str) -> None:
        with Ledger.open(address) as ledger:
            with pytest.raises(StoreError, match="quotes a document, or names a run, that the ledger does not hold"):
                ledger.record([FACT, QUOTED[0]])
            with pytest.raises(StoreError, match="names a run"):
                ledger.record([FACT], run="0" * 32)
            with pytest.raises(StoreError, match="half a character"):
                ledger.record([FACT, replace(FACT, source="broken \ud83d")])
            assert ledger.counts() == {"snapshots": 0, "documents": 0, "runs": 0, "statements": 0}
            assert ledger.record([FACT]) == 1

    def test_names_sort_by_their_characters(self, address: str) -> None:
        names = ["B", "a", "Z", "恒瑞", "é", "_", "1"]
        with Ledger.open(address) as ledger:
            ledger.record(replace(FACT, subject=name) for name in names)
            assert [row.statement.subject for row in ledger.as_of(known=EVER, valid=None)] == sorted(names)
            assert ledger.frame("security", known=EVER, valid=None)["subject"].to_list() == sorted(names)

    @pytest.mark.parametrize("first", ["fact", "correction"])
    @pytest.mark.parametrize(("kind", "then"), [("security", ["cxo"]), ("drug", [])])
    def test_a_correction_holds_wherever_it_stands_and_whenever_it_came(
        self, address: str, kind: str, then: list[str], first: str
    ) -> None:
        # A correction beside the fact, one in another register, and either recorded before what it corrects.
        at = Moment.parse("2020-01-01")
        correction = replace(FACT, subject_kind=kind, value="cxo", known_at=at, supersedes=FACT.id)
        rows = [FACT, correction] if first == "fact" else [correction, FACT]
        with Ledger.open(address) as ledger:
            for row in rows:
                ledger.record([row])
            for moment, values in (("2019-01-01", ["innovator"]), ("2020-01-01", then)):
                known = Moment.parse(moment)
                held = ledger.as_of(known=known, valid=None, subject_kind="security")
                assert [row.statement.value for row in held] == values
                assert ledger.frame("security", known=known, valid=None)["value"].to_list() == values

    def test_packaged_facts_follow_their_version(self, address: str) -> None:
        other = replace(FACT, subject="02269")
        with Ledger.open(address) as ledger:
            assert ledger.restate_packaged([FACT, other], version="1") == 2
            assert ledger.restate_packaged([FACT], version="2") == 1
            assert ledger.packaged_version == "2"
            assert [row.statement.subject for row in ledger.as_of(known=EVER, valid=None)] == ["01801"]

    @pytest.mark.parametrize("address", ["sqlite file", "postgresql"], indirect=True)
    def test_two_writers_and_a_reader(self, address: str) -> None:
        with Ledger.open(address) as one, Ledger.open(address) as two, Ledger.open(address) as reader:
            for number in range(20):
                (one, two)[number % 2].record(
                    replace(FACT, subject=str(number % 7), attribute=f"a{item}", value=str(number)) for item in range(5)
                )
                assert len(reader.as_of(known=EVER, valid=None)) == 5 * (number + 1)

    @pytest.mark.parametrize("address", ["sqlite file", "postgresql"], indirect=True)
    def test_it_is_still_there_when_opened_again(self, address: str) -> None:
        with Ledger.open(address) as ledger:
            ledger.record([FACT])
        with Ledger.open(address) as ledger:
            assert ledger.record([FACT]) == 0
            assert [row.statement.value for row in ledger.as_of(known=EVER, valid=None)] == ["innovator"]
