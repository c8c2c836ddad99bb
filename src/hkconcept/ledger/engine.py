"""Reaching the database: where it is, how it is opened, when it is locked."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import StaticPool

from hkconcept.errors import StoreError
from hkconcept.ledger.statement import canonical_json

__all__ = ["WRITES", "file_of", "make_engine"]

WRITES = "hkconcept_writes"
"""Execution option of a connection that writes: it takes the write lock at once, not halfway through."""

_WAIT_SECONDS = 10
_SQLITE = "sqlite:///"


def file_of(url_or_path: str | Path) -> str:
    """Return the file that a path or an address names, or ``:memory:``.

    Raises
    ------
    StoreError
        For the address of another database.

    >>> file_of("sqlite:////srv/facts.sqlite"), file_of(":memory:")
    ('/srv/facts.sqlite', ':memory:')

    """
    text = str(url_or_path)
    if text.startswith(_SQLITE):
        return text.removeprefix(_SQLITE) or ":memory:"
    scheme, separator, _ = text.partition("://")
    if separator:
        # Only the scheme is shown: an address may hold a password.
        what = f"a ledger in {scheme.partition('+')[0]} is not supported by this version"
        raise StoreError(what, where=f"{scheme}://", todo="give a path or sqlite:///PATH")
    return text


def make_engine(file: str) -> Engine:
    """Make an engine whose commits survive a killed process and a power cut.

    Write-ahead logging lets others read during a write; ``synchronous=FULL`` waits for the disk at each commit.
    """
    engine = create_engine(
        # Built from its parts, so that a question mark or a percent sign in a path is only a character.
        URL.create("sqlite+pysqlite", database=file),
        json_serializer=canonical_json,
        connect_args={"timeout": _WAIT_SECONDS, "check_same_thread": False},
        poolclass=StaticPool if file == ":memory:" else None,
    )

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own implicit transactions start too late and end at DDL; `began` starts ours.
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON"):
            connection.execute(f"PRAGMA {pragma}")

    def began(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", began)
    return engine
