"""What only a PostgreSQL server can do to a ledger, and how it is told."""

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from hkconcept.errors import StoreError
from hkconcept.ledger import Ledger, Statement, engine
from hkconcept.model import Moment
from hkconcept.service.workspace import Workspace

EVER = Moment.parse("2100-01-01")
FACT = Statement(
    subject_kind="security",
    subject="01801",
    attribute="role",
    value="innovator",
    known_at=Moment.parse("2018-10-31"),
    status="packaged",
)
TABLES = (
    "snapshots", "publications", "documents", "subjects", "predicates", "bases", "recordings", "facts", "quotations",
    "runs",
)  # fmt: skip


@pytest.mark.parametrize(
    "change", ["DELETE FROM facts", "UPDATE facts SET value = ''", "UPDATE bases SET source = 'x'"]
)
def test_another_program_cannot_change_a_row_either(database: str, change: str) -> None:
    with Ledger.open(database) as ledger:
        ledger.record([FACT])
        with psycopg.connect(database) as other, pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
            other.execute(change)
        assert len(ledger.as_of(known=EVER, valid=None)) == 1


def test_no_table_can_be_emptied(database: str) -> None:
    Ledger.open(database).close()
    for table in TABLES:
        with psycopg.connect(database) as other, pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
            other.execute(f"TRUNCATE {table} CASCADE")


def test_a_finished_run_stays_as_it_ended(database: str) -> None:
    with Ledger.open(database) as ledger:
        run = ledger.begin_run(command="note", version="0.1.0")
        ledger.finish_run(run, outcome="finished")
    with psycopg.connect(database) as other, pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
        other.execute("UPDATE runs SET outcome = 'other'")


def test_the_view_shows_days_and_instants_to_any_program(database: str) -> None:
    with Ledger.open(database) as ledger:
        ledger.record([FACT])
    with psycopg.connect(database) as other:
        shown = other.execute("SELECT id, subject, value, known_by::text, valid_from FROM statements").fetchone()
    # Known to the day: from the end of 31 October 2018 in Hong Kong, 16:00 UTC.
    assert shown == (FACT.id, "01801", "innovator", "2018-10-31 16:00:00", None)


def test_a_writer_that_keeps_the_ledger_is_waited_for_and_then_named(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Ledger.open(database).close()
    with Ledger.open(database) as one, Ledger.open(database) as two:
        monkeypatch.setattr(engine, "_WAIT_SECONDS", 0.2)
        with one._transaction(), pytest.raises(StoreError, match="another program has kept the ledger locked"):  # noqa: SLF001
            two.record([FACT])
        assert two.as_of(known=EVER, valid=None) == ()
        assert two.record([FACT]) == 1


def test_a_server_that_is_not_there_is_said_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the database cannot be reached") as refused:
        Ledger.open(f"postgresql://me:secret@/facts?host={tmp_path}")
    assert "secret" not in str(refused.value)
    assert str(refused.value).startswith(f"postgresql://{tmp_path}/facts: ")
    assert refused.value.exit_code == 3


def test_a_database_that_is_not_there_is_said(server: str) -> None:
    words = r"the database cannot be reached \(.*database \"nowhere\" does not exist\); check that the server runs"
    with pytest.raises(StoreError, match=words):
        Ledger.open(server.format("nowhere"))


def test_a_database_of_another_program_is_refused(database: str) -> None:
    with psycopg.connect(database) as other:
        other.execute("CREATE TABLE recipes (name text)")
    with pytest.raises(StoreError, match="this database belongs to another program"):
        Ledger.open(database)


def test_a_killed_connection_loses_nothing_committed(database: str) -> None:
    def cut_off(ledger: Ledger) -> None:
        with ledger._transaction() as connection:  # noqa: SLF001 - halfway through a write
            ledger._insert(connection, [replace(FACT, subject="02269")], None)  # noqa: SLF001
            with psycopg.connect(database, autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            connection.exec_driver_sql("SELECT 1")

    with Ledger.open(database) as ledger:
        ledger.record([FACT])
        with pytest.raises(StoreError, match="the server was stopped, so nothing of this step was recorded; start it"):
            cut_off(ledger)
    with Ledger.open(database) as ledger:
        assert [row.statement.subject for row in ledger.as_of(known=EVER, valid=None)] == ["01801"]


def test_workspaces_share_the_database_that_is_named(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HKCONCEPT_DATABASE_URL", database)
    now = Moment.parse("2026-01-09 10:00")
    with Workspace.open(tmp_path / "one", now=now, packaged=lambda: [FACT], packaged_version="v1") as one:
        assert one.loaded == 1
    with Workspace.open(tmp_path / "two", now=now, packaged=lambda: [FACT], packaged_version="v1") as two:
        assert two.loaded == 0
        assert [row.statement.value for row in two.ledger.as_of(known=EVER, valid=None)] == ["innovator"]
    assert not list(tmp_path.rglob("*.sqlite"))
