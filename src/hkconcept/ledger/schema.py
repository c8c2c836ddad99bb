"""The tables of the ledger.

A statement is spread over lean tables, because a ledger holds millions of them: ``facts`` has one narrow row per
statement, in the order of the subject so that one look-up reads one place, and refers by number to the words that
repeat: ``subjects``, ``predicates`` (a subject kind and an attribute), ``bases`` (source, status, precision) and
``recordings`` (when, and by which run). Words quoted from a document lie in ``quotations`` under the key of the fact.
The view ``statements`` shows it all in plain columns to any other program.

Portable SQL only; what differs between databases is in :mod:`hkconcept.ledger.guards`. Instants are whole
microseconds and days whole days since 1970 UTC, which every database orders in the same way; digests are 32 bytes.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from hkconcept.ledger.columns import Digest, Instant, Word

__all__ = [
    "bases",
    "documents",
    "facts",
    "meta",
    "metadata",
    "predicates",
    "publications",
    "quotations",
    "recordings",
    "runs",
    "snapshots",
    "subjects",
]

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

publications = Table(
    "publications",
    metadata,
    # A snapshot is often read before anyone says when it was published, and may print two moments.
    Column("snapshot", Digest, ForeignKey("snapshots.sha256"), primary_key=True),
    Column("published", Instant, primary_key=True, autoincrement=False),
    Column("published_precision", String, primary_key=True),
    Column("published_zone_assumed", Boolean, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("key", Digest, primary_key=True),
    Column("id", Word, nullable=False, index=True),
    Column("snapshot", Digest, ForeignKey("snapshots.sha256"), nullable=False),
    Column("title", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("published", Instant),
    Column("published_precision", String),
    Column("published_zone_assumed", Boolean),
    Column("text", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

subjects = Table(
    "subjects",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject_kind", Word, nullable=False),
    Column("subject", Word, nullable=False),
    UniqueConstraint("subject", "subject_kind", name="subjects_name"),
    Index("subjects_kind", "subject_kind"),
)

predicates = Table(
    "predicates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject_kind", Word, nullable=False),
    Column("attribute", Word, nullable=False),
    UniqueConstraint("attribute", "subject_kind", name="predicates_name"),
)

bases = Table(
    "bases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("status", String, nullable=False),
    Column("known_precision", String, nullable=False),
    Column("known_zone_assumed", Boolean, nullable=False),
    # The value is JSON, or a plain text kept without the quotation marks that JSON would put around it.
    Column("is_json", Boolean, nullable=False),
    UniqueConstraint("source", "status", "known_precision", "known_zone_assumed", "is_json", name="bases_content"),
    CheckConstraint("status IN ('packaged', 'extracted', 'accepted', 'retracted')", name="known_status"),
)

recordings = Table(
    "recordings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("recorded_at", Instant, nullable=False),
    Column("run", String(32), ForeignKey("runs.id")),
)

facts = Table(
    "facts",
    metadata,
    # No foreign keys to the words: they are found or made in the same transaction, and each check would cost as
    # much as the row. The key holds the subject first, so that what is said of one subject lies in one place.
    Column("subject", Integer, primary_key=True, autoincrement=False),
    Column("predicate", Integer, primary_key=True, autoincrement=False),
    Column("id", LargeBinary(32), primary_key=True),
    Column("value", Text, nullable=False),
    Column("valid_from", Integer),
    Column("valid_to", Integer),
    Column("known_by", BigInteger, nullable=False),
    Column("basis", Integer, nullable=False),
    Column("recording", Integer, nullable=False),
    # No foreign key: a correction may be imported before what it corrects, and the answer is the same.
    Column("supersedes", LargeBinary(32)),
    CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from < valid_to", name="valid_order"),
    sqlite_with_rowid=False,
)
_corrects = facts.c.supersedes.is_not(None)
Index(
    "facts_supersedes",
    facts.c.supersedes,
    facts.c.known_by,
    facts.c.recording,
    sqlite_where=_corrects,
    postgresql_where=_corrects,
)

quotations = Table(
    "quotations",
    metadata,
    Column("subject", Integer, primary_key=True, autoincrement=False),
    Column("predicate", Integer, primary_key=True, autoincrement=False),
    Column("fact", LargeBinary(32), primary_key=True),
    Column("document", Digest, ForeignKey("documents.key"), nullable=False, index=True),
    Column("exact", Text),
    Column("prefix", Text),
    Column("suffix", Text),
    Column("start", Integer),
    Column("end", Integer),
    sqlite_with_rowid=False,
)
