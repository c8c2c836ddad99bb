"""Where what is recorded was read: snapshots of raw bytes, their moments of publication, and readings of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Row, Select, select

from hkconcept.ledger.prepared import keep_first
from hkconcept.ledger.schema import documents, publications, snapshots
from hkconcept.ledger.statement import document_key
from hkconcept.model.document import Document, Language, Origin
from hkconcept.model.times import HKT, Moment

__all__ = ["Reading", "Source", "add_document", "add_snapshot", "readings", "sources"]


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


class Source(NamedTuple):
    """A snapshot as recorded when its bytes were first read; ``origin.sha256`` names it.

    ``published`` holds every moment of publication that was printed or told, in the order of recording; empty when
    none is known. ``size`` is the number of bytes, ``None`` when unknown.
    """

    origin: Origin
    size: int | None
    published: tuple[Moment, ...]
    recorded_at: dt.datetime


def add_snapshot(
    connection: Connection, origin: Origin, *, published: Moment | None, size: int | None, recorded_at: dt.datetime
) -> None:
    """Add a snapshot and a moment of its publication, inside a transaction of the caller; what is held stays.

    A moment that is told after the snapshot was recorded has a row of its own: the first row is never changed.
    """
    dialect = connection.dialect.name
    fetched = origin.fetched_at
    row = {
        "sha256": origin.sha256,
        "media_type": origin.media_type,
        "encoding": origin.encoding,
        "size": size,
        "location": origin.location,
        "url": origin.url,
        "publisher": origin.publisher,
        "licence": origin.licence,
        "fetched_at": fetched.at,
        "fetched_precision": fetched.precision,
        "recorded_at": recorded_at,
    }
    connection.execute(keep_first(dialect, snapshots), row)
    if published is not None:
        told = {"snapshot": origin.sha256, "recorded_at": recorded_at} | _published(published)
        connection.execute(keep_first(dialect, publications), told)


def add_document(connection: Connection, document: Document, *, recorded_at: dt.datetime) -> None:
    """Add one reading of a document whose snapshot is held, inside a transaction of the caller."""
    row = {
        "key": document_key(document),
        "id": document.id,
        "snapshot": document.origin.sha256,
        "title": document.title,
        "language": document.language,
        "text": document.text,
        "recorded_at": recorded_at,
    }
    connection.execute(keep_first(connection.dialect.name, documents), row | _published(document.published))


def _published(moment: Moment | None) -> dict[str, object]:
    return {
        "published": moment.at if moment else None,
        "published_precision": moment.precision if moment else None,
        "published_zone_assumed": moment.zone_assumed if moment else None,
    }


def readings(connection: Connection) -> Iterator[Reading]:
    """Yield every reading recorded, oldest first, without the texts."""
    columns = [column for column in documents.c if column.name != "text"]
    asks: Select[Any] = (
        select(*columns, snapshots.c.location, snapshots.c.url)
        .join(snapshots, snapshots.c.sha256 == documents.c.snapshot)
        .order_by(documents.c.recorded_at, documents.c.id, documents.c.key)
    )
    for row in connection.execute(asks):
        published = _told(row) if row.published is not None else None
        yield Reading(
            row.key, row.id, row.snapshot, row.location, row.url, row.title, row.language, published, row.recorded_at
        )


def sources(connection: Connection, *, reading: str | None = None) -> Iterator[Source]:
    """Yield every snapshot recorded, oldest first, or only that of a reading (its key)."""
    told = select(publications).order_by(publications.c.recorded_at, publications.c.published)
    asks = select(snapshots).order_by(snapshots.c.recorded_at, snapshots.c.sha256)
    if reading is not None:
        of_reading = select(documents.c.snapshot).where(documents.c.key == reading)
        told = told.where(publications.c.snapshot.in_(of_reading))
        asks = asks.where(snapshots.c.sha256.in_(of_reading))
    published: dict[str, list[Moment]] = {}
    for row in connection.execute(told):
        published.setdefault(row.snapshot, []).append(_told(row))
    for row in connection.execute(asks):
        fetched = _moment(row.fetched_at, row.fetched_precision, zone_assumed=False)
        origin = Origin(
            row.location, row.sha256, row.media_type, row.encoding, fetched, row.publisher, row.url, row.licence
        )
        yield Source(origin, row.size, tuple(published.get(row.sha256, ())), row.recorded_at)


def _told(row: Row[Any]) -> Moment:
    return _moment(row.published, row.published_precision, zone_assumed=row.published_zone_assumed)


def _moment(at: dt.datetime, precision: Literal["day", "minute", "second"], *, zone_assumed: bool) -> Moment:
    """Return a moment in Hong Kong time; the words in which it was printed are not kept."""
    return Moment(at.astimezone(HKT), precision, zone_assumed)
