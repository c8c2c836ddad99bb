import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from hkconcept.errors import StoreError
from hkconcept.ledger import Ledger, Statement, versions
from hkconcept.ledger.engine import make_engine
from hkconcept.model import Moment

FACT = Statement(
    subject_kind="security",
    subject="01801",
    attribute="role",
    value="innovator",
    known_at=Moment.parse("2018-10-31"),
    status="packaged",
)
EVER = Moment.parse("2100-01-01")


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE recipes (name TEXT)")


def newer(path: Path) -> None:
    Ledger.open(path).close()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")


def no_database(path: Path) -> None:
    path.write_text("A column about drugs, much longer than the header of a database file would ever be.\n" * 20)


def damaged(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.record(replace(FACT, subject=f"{number:05d}") for number in range(300))
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)


def half_a_file(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.record(replace(FACT, subject=f"{number:05d}") for number in range(300))
    path.write_bytes(path.read_bytes()[:6000])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (foreign, "this database belongs to another program; give another path for the ledger."),
        (newer, "the ledger has format 99 and this version of hkconcept knows formats up to 3; upgrade hkconcept"),
        (no_database, "this file is not a ledger; give another path, or move the file away."),
        (damaged, "the ledger is damaged; restore a copy of it, or move it away"),
        (half_a_file, "the ledger is damaged; restore a copy of it, or move it away"),
        (Path.mkdir, "the ledger cannot be opened; check that the folder exists"),
    ],
)
def test_a_ledger_that_cannot_be_used_says_why_and_where(
    tmp_path: Path, spoil: Callable[[Path], None], words: str
) -> None:
    path = tmp_path / "ledger.sqlite"
    spoil(path)
    with pytest.raises(StoreError) as refused, Ledger.open(path) as ledger:
        ledger.as_of(known=EVER, valid=None)
    assert str(refused.value).startswith(f"{path}: {words}")
    assert refused.value.exit_code == 3


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere/ledger.sqlite: the ledger cannot be opened"):
        Ledger.open(tmp_path / "nowhere" / "ledger.sqlite")


def test_another_database_is_refused_without_showing_its_password() -> None:
    with pytest.raises(StoreError, match="a ledger in mysql is not supported by this version") as refused:
        Ledger.open("mysql+pymysql://me:secret@host/facts")
    assert "secret" not in str(refused.value)


def test_odd_characters_in_a_path_are_only_characters(tmp_path: Path) -> None:
    path = tmp_path / "概念 100%?mode=ro#x.sqlite"
    with Ledger.open(path) as ledger:
        ledger.record([FACT])
    assert path.is_file()


ROWS = {
    "snapshots": "(x'ab', 'text/html', 'utf-8', 1, '-', '', '', '', 0, 'second', 0)",
    "publications": "(x'ab', 0, 'day', 0, 0)",
    "documents": "(x'cd', 'd1', x'ab', 't', 'en', NULL, NULL, NULL, 'text', 0)",
    "subjects": "(1, 'security', '01801')",
    "predicates": "(1, 'security', 'a')",
    "bases": "(1, '', 'packaged', 'day', 0, 1)",
    "recordings": "(1, 0, NULL)",
    "facts": "(1, 1, x'ef', '1', NULL, NULL, 0, 1, 1, NULL)",
    "quotations": "(1, 1, x'ef', x'cd', NULL, NULL, NULL, NULL, NULL)",
}


@pytest.mark.parametrize("table", ROWS)
@pytest.mark.parametrize("change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_another_program_cannot_change_a_row_either(tmp_path: Path, table: str, change: str) -> None:
    path = tmp_path / "ledger.sqlite"
    Ledger.open(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"INSERT INTO {table} VALUES {ROWS[table]}")  # noqa: S608 - of this table
        (column,) = other.execute("SELECT name FROM pragma_table_info(?) LIMIT 1", (table,)).fetchone()
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            other.execute(change.format(table, column))


def test_a_full_disk_is_said_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    many = [replace(FACT, subject=f"{number:05d}") for number in range(5000)]
    with Ledger.open(path) as ledger:
        ledger.record([FACT])

        def small_disk(connection: Connection) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")

        event.listen(ledger._engine, "begin", small_disk)  # noqa: SLF001 - a full disk cannot be had otherwise
        with pytest.raises(StoreError, match="the disk is full, so nothing of this step was recorded; free some space"):
            ledger.record(many)
        event.remove(ledger._engine, "begin", small_disk)  # noqa: SLF001
        ledger.close()
    with Ledger.open(path) as ledger:
        assert ledger.counts()["statements"] == 1
        assert ledger.record(many) == 4999  # 01801 was held


def test_a_limit_on_file_size_is_said(tmp_path: Path) -> None:
    code = """
import resource, signal, sys
from dataclasses import replace
from hkconcept.errors import StoreError
from hkconcept.ledger import Ledger, Statement
from hkconcept.model import Moment
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
fact = Statement(subject_kind="security", subject="x", attribute="a", value="1", known_at=Moment.parse("2020-01-01"),
                 status="packaged")
ledger = Ledger.open(sys.argv[1])
ledger.record([fact])
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    ledger.record(replace(fact, subject=str(n)) for n in range(5000))
except StoreError as error:
    print(error.what)
print(ledger.counts()["statements"])
"""
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "ledger.sqlite")], capture_output=True, text=True, check=True
    )
    what, held = ran.stdout.splitlines()
    assert "so nothing of this step was recorded" in what
    assert held == "1"


def test_a_reader_is_not_held_up_by_a_writer_and_sees_nothing_half_written(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path) as writer, Ledger.open(path) as reader:
        writer.record([FACT])
        with writer._transaction() as connection:  # noqa: SLF001 - halfway through a write
            writer._insert(connection, [replace(FACT, subject="02269")], None)  # noqa: SLF001
            assert len(reader.as_of(known=EVER, valid=None)) == 1
        assert len(reader.as_of(known=EVER, valid=None)) == 2


def test_commits_are_made_durable(tmp_path: Path) -> None:
    engine = make_engine(str(tmp_path / "ledger.sqlite"))
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_an_older_ledger_is_brought_up_step_by_step_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path) as ledger:
        ledger.record([FACT])

    def to_four(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE reviews (id TEXT)")

    def to_five(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE reviews (id TEXT)")  # fails: it is there

    monkeypatch.setattr(versions, "SCHEMA_VERSION", 5)
    monkeypatch.setattr(versions, "MIGRATIONS", {3: to_four, 4: to_five})
    with pytest.raises(StoreError, match="already exists"):
        Ledger.open(path)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT count(*) FROM sqlite_master WHERE name = 'reviews'").fetchone() == (0,)

    monkeypatch.setattr(versions, "MIGRATIONS", {3: to_four, 4: lambda _: None})
    with Ledger.open(path) as ledger:
        assert ledger.counts()["statements"] == 1
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone() == ("5",)
        assert other.execute("SELECT count(*) FROM reviews").fetchone() == (0,)
