"""A ledger of format 2, whose snapshots had columns for a publication that nothing filled, on both databases."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from hkconcept.errors import StoreError
from hkconcept.ledger import Ledger
from hkconcept.model import Document, Moment, Origin

TEXT = "In 2025 the regulator approved 76 innovative drugs."
DATED = Document(
    "d1",
    TEXT,
    "en",
    Origin("a.md", "ab" * 32, "text/markdown", "utf-8", Moment.parse("2026-01-09"), "a desk"),
    published=Moment.parse("2026-01-08 08:07"),
)
AGAIN = Document("d2", TEXT, "en", DATED.origin, published=DATED.published)
UNDATED = Document("d3", TEXT, "en", Origin("b.md", "cd" * 32, "text/markdown", "utf-8", Moment.parse("2026-01-09")))
# What the tables of format 2 were: no table of publications, three columns of snapshots instead.
BACK = (
    "DROP TABLE publications",
    "ALTER TABLE snapshots ADD COLUMN published BIGINT",
    "ALTER TABLE snapshots ADD COLUMN published_precision VARCHAR",
    "ALTER TABLE snapshots ADD COLUMN published_zone_assumed BOOLEAN",
    "UPDATE meta SET value = '2' WHERE key = 'schema_version'",
)


def in_file(address: str, *commands: str) -> None:
    with closing(sqlite3.connect(address)) as file, file:
        for command in commands:
            file.execute(command)


def on_server(address: str, *commands: str) -> None:
    with psycopg.connect(address) as server:
        for command in commands:
            server.execute(command)


@pytest.fixture(params=["sqlite file", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Callable[..., None]]:
    """Give the address of a ledger of format 2, and what runs commands on it."""
    file = request.param == "sqlite file"
    address = str(tmp_path / "ledger.sqlite") if file else request.getfixturevalue("database")
    run = in_file if file else on_server
    with Ledger.open(address) as ledger:
        for document in (DATED, AGAIN, UNDATED):
            ledger.record_document(document, ())
    run(address, *BACK)
    return address, run


def test_publications_come_from_the_readings_that_printed_them(old: tuple[str, Callable[..., None]]) -> None:
    address, _ = old
    for _ in range(2):  # moved once, and opened again
        with Ledger.open(address) as ledger:
            found = {source.origin.location: [str(at) for at in source.published] for source in ledger.sources()}
            assert found == {"a.md": ["2026-01-08 08:07 HKT"], "b.md": []}
            assert [reading.id for reading in ledger.documents()] == ["d1", "d2", "d3"]
            assert ledger.text_of(ledger.documents()[0].key) == TEXT


def test_the_new_rows_are_guarded_and_the_empty_columns_gone(old: tuple[str, Callable[..., None]]) -> None:
    address, run = old
    Ledger.open(address).close()
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.RestrictViolation), match="append-only"):
        run(address, "UPDATE publications SET published = 0")
    with pytest.raises((sqlite3.OperationalError, psycopg.errors.UndefinedColumn), match="published_precision"):
        run(address, "SELECT snapshots.published_precision FROM snapshots")


def test_a_step_that_fails_leaves_format_2(old: tuple[str, Callable[..., None]]) -> None:
    address, run = old
    run(address, "CREATE TABLE held (a INTEGER)", "CREATE VIEW publications AS SELECT * FROM held")
    with pytest.raises(StoreError):
        Ledger.open(address)
    run(address, "SELECT snapshots.published_precision FROM snapshots", "DROP VIEW publications", "DROP TABLE held")
    with Ledger.open(address) as ledger:
        assert len(ledger.sources()) == 2
