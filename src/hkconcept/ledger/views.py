"""Questions to the ledger: what was true, as it could be known at a moment."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, NamedTuple, TypedDict

from sqlalchemy import Row, Select, exists, or_, select

from hkconcept.ledger.schema import documents, snapshots, statements
from hkconcept.ledger.statement import Recorded, Statement, document_key
from hkconcept.model.document import Document, Language, Origin, Quote, Span
from hkconcept.model.times import HKT, Moment

__all__ = [
    "Narrow",
    "Reading",
    "as_of_query",
    "document_query",
    "document_row",
    "reading",
    "recorded",
    "snapshot_row",
    "statement_row",
]

_DAY = dt.timedelta(days=1)


class Reading(NamedTuple):
    """One reading of a document as recorded; ``key`` names the reading, ``id`` the document."""

    key: str
    id: str
    snapshot: str
    location: str
    url: str
    title: str
    language: Language
    published: Moment | None
    recorded_at: dt.datetime


class Narrow(TypedDict, total=False):
    """What an answer may be narrowed to; an absent or ``None`` entry leaves it wide."""

    subject_kind: str | None
    subject: str | None
    attribute: str | None
    document: str | None


def as_of_query(
    *, known: dt.datetime, valid: dt.date | None, recorded_by: dt.datetime | None, narrow: Narrow
) -> Select[Any]:
    """Build the one query for statements that were known by a moment and not yet taken back by then.

    A statement is taken back by any row that supersedes it and was itself known by that moment; taking back the
    correction does not bring the statement to life again (that takes a new statement).
    """
    later = statements.alias("later")
    taken_back = [later.c.supersedes == statements.c.id, later.c.known_by <= known]
    wanted = [statements.c.known_by <= known, statements.c.status != "retracted"]
    if recorded_by is not None:
        taken_back.append(later.c.recorded_at <= recorded_by)
        wanted.append(statements.c.recorded_at <= recorded_by)
    if valid is not None:
        wanted.append(or_(statements.c.valid_from.is_(None), statements.c.valid_from <= valid))
        wanted.append(or_(statements.c.valid_to.is_(None), statements.c.valid_to > valid))
    wanted.extend(statements.c[column] == value for column, value in narrow.items() if value is not None)
    return (
        select(statements)
        .where(*wanted, ~exists().where(*taken_back))
        .order_by(
            statements.c.subject_kind,
            statements.c.subject,
            statements.c.attribute,
            statements.c.valid_from.asc().nulls_first(),
            statements.c.known_by,
            statements.c.quote_start.asc().nulls_first(),
            statements.c.id,
        )
    )


def document_query() -> Select[Any]:
    """Build the query for every reading recorded, oldest first, without the texts."""
    columns = [column for column in documents.c if column.name != "text"]
    return (
        select(*columns, snapshots.c.location, snapshots.c.url)
        .join(snapshots, snapshots.c.sha256 == documents.c.snapshot)
        .order_by(documents.c.recorded_at, documents.c.id, documents.c.key)
    )


def _moment(at: dt.datetime, precision: Literal["day", "minute", "second"], *, zone_assumed: bool) -> Moment:
    """Return a moment in Hong Kong time; the words in which it was printed are not kept."""
    return Moment(at.astimezone(HKT), precision, zone_assumed)


def recorded(row: Row[Any]) -> Recorded:
    """Read one row of the statements back."""
    quote = None
    if row.quote_exact is not None:
        quote = Quote(row.quote_exact, row.quote_prefix, row.quote_suffix, Span(row.quote_start, row.quote_end))
    began = row.known_by - _DAY if row.known_precision == "day" else row.known_by
    statement = Statement(
        subject_kind=row.subject_kind,
        subject=row.subject,
        attribute=row.attribute,
        value=row.value,
        known_at=_moment(began, row.known_precision, zone_assumed=row.known_zone_assumed),
        status=row.status,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=row.source,
        document=row.document,
        quote=quote,
        supersedes=row.supersedes,
    )
    return Recorded(row.id, statement, row.recorded_at, row.run)


def reading(row: Row[Any]) -> Reading:
    """Read one row of the documents back."""
    published = None
    if row.published is not None:
        published = _moment(row.published, row.published_precision, zone_assumed=row.published_zone_assumed)
    return Reading(
        row.key, row.id, row.snapshot, row.location, row.url, row.title, row.language, published, row.recorded_at
    )


def statement_row(statement: Statement, *, recorded_at: dt.datetime, run: str | None) -> dict[str, object]:
    """Return the columns of a statement, the inverse of :func:`recorded`."""
    quote = statement.quote
    return {
        "id": statement.id,
        "subject_kind": statement.subject_kind,
        "subject": statement.subject,
        "attribute": statement.attribute,
        "value": statement.value,
        "valid_from": statement.valid_from,
        "valid_to": statement.valid_to,
        "known_by": statement.known_at.known_by,
        "known_precision": statement.known_at.precision,
        "known_zone_assumed": statement.known_at.zone_assumed,
        "recorded_at": recorded_at,
        "status": statement.status,
        "source": statement.source,
        "document": statement.document,
        "quote_exact": quote.exact if quote else None,
        "quote_prefix": quote.prefix if quote else None,
        "quote_suffix": quote.suffix if quote else None,
        "quote_start": quote.span.start if quote else None,
        "quote_end": quote.span.end if quote else None,
        "supersedes": statement.supersedes,
        "run": run,
    }


def snapshot_row(origin: Origin, *, size: int | None, recorded_at: dt.datetime) -> dict[str, object]:
    """Return the columns of a snapshot; ``size`` is its number of bytes."""
    return {
        "sha256": origin.sha256,
        "media_type": origin.media_type,
        "encoding": origin.encoding,
        "size": size,
        "location": origin.location,
        "url": origin.url,
        "publisher": origin.publisher,
        "licence": origin.licence,
        "fetched_at": origin.fetched_at.at,
        "fetched_precision": origin.fetched_at.precision,
        "recorded_at": recorded_at,
    }


def document_row(document: Document, *, recorded_at: dt.datetime) -> dict[str, object]:
    """Return the columns of one reading of a document."""
    published = document.published
    return {
        "key": document_key(document),
        "id": document.id,
        "snapshot": document.origin.sha256,
        "title": document.title,
        "language": document.language,
        "published": published.at if published else None,
        "published_precision": published.precision if published else None,
        "published_zone_assumed": published.zone_assumed if published else None,
        "text": document.text,
        "recorded_at": recorded_at,
    }
