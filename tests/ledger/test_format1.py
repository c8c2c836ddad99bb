"""A ledger that version 0.1.0 wrote is moved to the tables of this version, whole or not at all."""

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hkconcept.errors import StoreError
from hkconcept.ledger import Ledger
from hkconcept.model import Moment, Span

EVER = Moment.parse("2100-01-01")
IDS = [  # as format 1 held them, in the order of its rows
    "bee122529d45106a74a56557078c6a6b52c3b30daa679a8a8dd525f817d564cb",
    "4e54d35d340409811897428bea1b128d6e7bbc163e7ece9ed1027eaa5f177347",
    "e5cc83964d4153706d70e1dd9c9aa986c0bd41ca5480d87770ddc57dd7431aab",
    "d59e515eea0b0ca87bcc7a824bf0c5f50a8d8cad101936b92505ae062027eeec",
    "bdd8c7955fd67d5668e2430ae7ebddf5b5161cab322aa94a0069a04b600c1634",
]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(Path(__file__).with_name("format1.sql").read_text(encoding="utf-8"))
        made.execute("PRAGMA journal_mode = WAL")
    return path


def test_every_statement_keeps_its_id_its_times_and_its_run(old: Path) -> None:
    with Ledger.open(old) as ledger:
        assert ledger.counts() == {
            "snapshots": 1, "documents": 1, "statements": 9, "runs": 2,
            "accepted": 1, "extracted": 2, "packaged": 5, "retracted": 1,
        }  # fmt: skip
        log = list(ledger.log())
        assert set(IDS) < {row.id for row in log}
        assert all(row.id == row.statement.id for row in log)
        assert ledger.packaged_version == "v1"
        (unfinished,) = ledger.interrupted_runs()
        assert unfinished not in {row.run for row in log}
        # The packaged facts were written in one second, the document in another, its second reading in a third.
        first = dt.datetime(2026, 1, 10, 0, 0, 0, 123456, tzinfo=dt.UTC)
        assert [row.recorded_at - first for row in log[:5]] == [dt.timedelta(0)] * 5
        assert all(row.run is None for row in log[:5])
        assert len({row.run for row in log if row.statement.document}) == 2  # the run, and the editor's acceptance


def test_the_answers_are_those_of_the_old_version(old: Path) -> None:
    with Ledger.open(old) as ledger:
        name = {"subject_kind": "security", "subject": "02591", "attribute": "name"}
        for day, expected in (("2026-05-10", "银诺医药-B"), ("2026-05-11", "银诺医药")):
            (row,) = ledger.as_of(known=EVER, valid=dt.date.fromisoformat(day), **name)  # type: ignore[arg-type]
            assert row.statement.value == expected
        for known, expected in (("2025-01-10", "48"), ("2025-02-10", "43")):
            (row,) = ledger.as_of(known=Moment.parse(known), valid=None, subject_kind="total")
            assert row.statement.value == expected
        (row,) = ledger.as_of(known=EVER, valid=None, subject="00013")
        assert row.statement.value == {"number": None, "of": ["1.30", True]}
        assert (row.statement.valid_from, row.statement.valid_to) == (dt.date(1, 1, 1), dt.date(9999, 12, 31))
        assert row.statement.known_at.at == dt.datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC)
        (reading,) = ledger.documents()
        (mention,) = ledger.as_of(known=EVER, valid=None, document=reading.key)
        assert (mention.statement.status, mention.statement.source) == ("accepted", "an editor")
        assert mention.statement.quote is not None
        assert mention.statement.quote.span == Span(23, 27)
        assert ledger.text_of(reading.key)[23:27] == mention.statement.quote.exact == "信达生物"
        # The figure was withdrawn by the second reading; before that it stood.
        written = dt.datetime(2026, 1, 10, 0, 0, 4, tzinfo=dt.UTC)
        past = ledger.as_of(known=EVER, valid=None, recorded_by=written, document=reading.key)
        assert sorted(row.statement.attribute for row in past) == ["figure", "mention"]


def test_it_is_moved_once_and_guarded_afterwards(old: Path) -> None:
    Ledger.open(old).close()
    with Ledger.open(old) as ledger:
        assert ledger.counts()["statements"] == 9
    with closing(sqlite3.connect(old)) as other:
        names = {row[0] for row in other.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert names == {
            "meta", "runs", "snapshots", "documents", "subjects", "predicates", "bases", "recordings", "facts",
            "quotations", "publications",
        }  # fmt: skip
        for change in ("UPDATE facts SET value = ''", "DELETE FROM snapshots", "DELETE FROM runs"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                other.execute(change)


def test_a_statement_that_is_not_what_its_id_says_stops_the_move_and_nothing_is_changed(old: Path) -> None:
    with closing(sqlite3.connect(old)) as other, other:
        other.execute("DROP TRIGGER statements_no_update")
        other.execute("""UPDATE statements SET value = '"76"' WHERE value = '"48"'""")
        other.execute(
            "CREATE TRIGGER statements_no_update BEFORE UPDATE ON statements "
            "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        )
        before = list(other.iterdump())
    with pytest.raises(StoreError, match=r"d59e515e.* of format 1 does not say what its id stands for; restore a copy"):
        Ledger.open(old)
    with closing(sqlite3.connect(old)) as other:
        assert list(other.iterdump()) == before
