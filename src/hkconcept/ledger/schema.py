"""The tables of the ledger, the guards that keep them append-only, and the way from one version to the next.

Portable SQL only: the one dialect-dependent part is the trigger text in :func:`guards`. Instants are stored as
whole microseconds since 1970 UTC, which every database orders in the same way; digests as 32 bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    select,
)
from sqlalchemy import inspect as sqlalchemy_inspect
from sqlalchemy.types import TypeDecorator

from hkconcept.errors import StoreError

__all__ = ["MIGRATIONS", "SCHEMA_VERSION", "documents", "guards", "meta", "prepare", "runs", "snapshots", "statements"]

if TYPE_CHECKING:
    _Bytes = TypeDecorator[str]
    _Integer = TypeDecorator[dt.datetime]
else:
    _Bytes = _Integer = TypeDecorator

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


class Digest(_Bytes):
    """A SHA-256 digest: 64 hexadecimal digits in Python, 32 bytes in the store."""

    impl = LargeBinary(32)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Pack the digits."""
        del dialect
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Unpack the digits."""
        del dialect
        return None if value is None else value.hex()


class Instant(_Integer):
    """A point in time: an aware datetime in Python, microseconds since 1970 UTC in the store."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> int | None:
        """Count the microseconds, without passing through a float."""
        del dialect
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.datetime | None:
        """Return the instant in UTC."""
        del dialect
        return None if value is None else _EPOCH + dt.timedelta(microseconds=value)


# Words are sorted in answers, and must sort the same everywhere: PostgreSQL is told to compare bytes as SQLite does.
_Word = String().with_variant(String(collation="C"), "postgresql")

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

runs = Table(
    "runs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("command", Text, nullable=False),
    Column("version", String, nullable=False),
    Column("as_of", Instant),
    Column("started", Instant, nullable=False),
    Column("finished", Instant),
    Column("outcome", Text),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("sha256", Digest, primary_key=True),
    Column("media_type", String, nullable=False),
    Column("encoding", String, nullable=False),
    Column("size", BigInteger),
    Column("location", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("fetched_at", Instant, nullable=False),
    Column("fetched_precision", String, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("key", Digest, primary_key=True),
    Column("id", _Word, nullable=False, index=True),
    Column("snapshot", Digest, ForeignKey("snapshots.sha256"), nullable=False),
    Column("title", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("published", Instant),
    Column("published_precision", String),
    Column("published_zone_assumed", Boolean),
    Column("text", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("id", Digest, primary_key=True),
    Column("subject_kind", _Word, nullable=False),
    Column("subject", _Word, nullable=False),
    Column("attribute", _Word, nullable=False),
    Column("value", JSON, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("known_by", Instant, nullable=False),
    Column("known_precision", String, nullable=False),
    Column("known_zone_assumed", Boolean, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("status", String, nullable=False),
    Column("source", Text, nullable=False),
    Column("document", Digest, ForeignKey("documents.key")),
    Column("quote_exact", Text),
    Column("quote_prefix", Text),
    Column("quote_suffix", Text),
    Column("quote_start", Integer),
    Column("quote_end", Integer),
    # No foreign key: a correction may be imported before what it corrects, and the answer is the same.
    Column("supersedes", Digest),
    Column("run", String(32), ForeignKey("runs.id")),
    CheckConstraint("status IN ('packaged', 'extracted', 'accepted', 'retracted')", name="known_status"),
    CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from < valid_to", name="valid_order"),
    Index("statements_subject", "subject_kind", "subject", "attribute"),
    Index("statements_document", "document"),
    Index("statements_supersedes", "supersedes"),
)

SCHEMA_VERSION = 1
MIGRATIONS: Mapping[int, Callable[[Connection], None]] = {}
"""The step from each earlier version to the next; version 1 is the first, so there is none yet."""


def guards(dialect: str) -> list[str]:
    """Return the statements that make the tables append-only in a dialect.

    A run may be completed once; nothing else is ever changed, and nothing is deleted.

    >>> guards("sqlite")[0]
    "CREATE TRIGGER snapshots_no_update BEFORE UPDATE ON snapshots BEGIN SELECT RAISE(ABORT, 'append-only'); END"

    """
    if dialect != "sqlite":
        raise StoreError(f"no append-only guards are written for {dialect}", todo="use a SQLite ledger")
    refusal = "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refusal}"
        for table in ("snapshots", "documents", "statements")
        for verb in ("UPDATE", "DELETE")
    ] + [
        f"CREATE TRIGGER runs_no_update BEFORE UPDATE ON runs WHEN OLD.finished IS NOT NULL {refusal}",
        f"CREATE TRIGGER runs_no_delete BEFORE DELETE ON runs {refusal}",
    ]


def held_version(connection: Connection, where: str) -> int | None:
    """Return the version of the tables held, or ``None`` for an empty database.

    Raises
    ------
    StoreError
        When the database belongs to something else.

    """
    names = set(sqlalchemy_inspect(connection).get_table_names())
    if not names:
        return None
    if not {"meta", "statements"} <= names:
        raise StoreError(
            "this database belongs to another program", where=where, todo="give another path for the ledger"
        )
    found: Any = connection.scalar(select(meta.c.value).where(meta.c.key == "schema_version"))
    return int(found)


def prepare(connection: Connection, where: str) -> None:
    """Make the tables, or bring them up to this version; the caller holds the one transaction around it.

    ``where`` names the database in errors.

    Raises
    ------
    StoreError
        When the database belongs to another program or was written by a newer version of this one.

    """
    version = held_version(connection, where)
    if version is None:
        metadata.create_all(connection)
        for statement in guards(connection.dialect.name):
            connection.exec_driver_sql(statement)
        connection.execute(meta.insert().values(key="schema_version", value=str(SCHEMA_VERSION)))
        return
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"the ledger has format {version} and this version of hkconcept knows formats up to {SCHEMA_VERSION}",
            where=where,
            todo="upgrade hkconcept, or give another workspace",
        )
    for step in range(version, SCHEMA_VERSION):
        MIGRATIONS[step](connection)
    if version < SCHEMA_VERSION:
        connection.execute(meta.update().where(meta.c.key == "schema_version").values(value=str(SCHEMA_VERSION)))
