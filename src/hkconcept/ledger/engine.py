"""Reaching the database: where it is, how it is opened, when it is locked."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from hkconcept.errors import StoreError

__all__ = ["WRITES", "address_of", "make_engine", "reading_engine", "shown"]

WRITES = "hkconcept_writes"
"""Execution option of a connection that writes: it takes the write lock at once, not halfway through."""

_WAIT_SECONDS = 10
_SQLITE = "sqlite:///"
_POSTGRESQL = frozenset({"postgresql", "postgres", "postgresql+psycopg"})
_WRITE_LOCK = 0x686B636F6E636570  # one key for every ledger: the lock holds within one database

# A whole register stays in memory while it is scanned or loaded; the log is written back in long strokes and cut
# to a bounded size afterwards.
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "cache_size = -131072",
    "wal_autocheckpoint = 8192",
    "journal_size_limit = 67108864",
)


def address_of(url_or_path: str | Path) -> str | URL:
    """Return the file that a path or an address names, ``:memory:``, or the address of a PostgreSQL database.

    Raises
    ------
    StoreError
        For the address of another database, or one that cannot be read.

    >>> address_of("sqlite:////srv/facts.sqlite"), address_of(":memory:")
    ('/srv/facts.sqlite', ':memory:')
    >>> address_of("postgresql://me@db.example/facts").drivername
    'postgresql+psycopg'

    """
    text = str(url_or_path)
    if text.startswith(_SQLITE):
        return text.removeprefix(_SQLITE) or ":memory:"
    scheme, separator, _ = text.partition("://")
    if not separator:
        return text
    if scheme not in _POSTGRESQL:
        # Only the scheme is shown: an address may hold a password.
        what = f"a ledger in {scheme.partition('+')[0]} is not supported by this version"
        raise StoreError(what, where=f"{scheme}://", todo="give a path, sqlite:///PATH or postgresql://HOST/DATABASE")
    try:
        return make_url(text).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        what = "the address of the ledger cannot be read"
        raise StoreError(what, where=f"{scheme}://", todo="write postgresql://USER@HOST:PORT/DATABASE") from error


def shown(address: str | URL) -> str:
    """Return an address as errors name it: a path, or the server and database without the password.

    >>> shown(address_of("postgresql://me:secret@db.example/facts"))
    'postgresql://db.example/facts'

    """
    if isinstance(address, str):
        return address
    return f"postgresql://{address.host or address.query.get('host', 'localhost')}/{address.database or ''}"


def make_engine(address: str | URL) -> Engine:
    """Make an engine whose commits survive a killed process and a power cut.

    Raises
    ------
    StoreError
        When the address is of a PostgreSQL server and its driver is not installed.

    """
    return _sqlite_engine(address) if isinstance(address, str) else _postgresql_engine(address)


def _sqlite_engine(file: str) -> Engine:
    """Write-ahead logging lets others read during a write; ``synchronous=FULL`` waits for the disk at each commit."""
    engine = create_engine(
        # Built from its parts, so that a question mark or a percent sign in a path is only a character.
        URL.create("sqlite+pysqlite", database=file),
        connect_args={"timeout": _WAIT_SECONDS, "check_same_thread": False},
        poolclass=StaticPool if file == ":memory:" else None,
    )

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own implicit transactions start too late and end at DDL; `began` starts ours.
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    def began(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", began)
    return engine


def _postgresql_engine(url: URL) -> Engine:
    """Make writers wait for each other, as with SQLite; a commit returns when the server has it on its disk."""
    try:
        engine = create_engine(url, connect_args={"connect_timeout": _WAIT_SECONDS})
    except ModuleNotFoundError as error:
        what = "the driver for PostgreSQL is not installed"
        raise StoreError(what, where=shown(url), todo="install hkconcept[postgres]") from error

    def began(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES, False):
            # A writer looks up numbers of words and then adds rows that use them: no other may come between.
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WAIT_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")

    event.listen(engine, "begin", began)
    return engine


def reading_engine(engine: Engine) -> Engine:
    """Return an engine for answers that take several queries: all of them see one state of the ledger."""
    # SQLite gives that to every transaction; PostgreSQL's default takes a new state for each query.
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="REPEATABLE READ")
