"""What an import records: the table as a document, what is new in it, and what that overtakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from hkconcept.ledger.statement import Recorded, Statement, document_key
from hkconcept.model import Document, Moment, Origin, Quote, Span
from hkconcept.readers.tables import TableFile
from hkconcept.registers.difference import Difference
from hkconcept.registers.imports import Fit, Imported
from hkconcept.text import detect_language

if TYPE_CHECKING:
    from hkconcept.ledger.store import Ledger

__all__ = ["new_statements", "overtaken_by", "table_document"]


_MICROSECOND: Final = dt.timedelta(microseconds=1)


def table_document(  # noqa: PLR0913 - what is known of one file
    file: TableFile, fitted: Fit, sha256: str, *, moment: Moment | None, url: str, now: Moment
) -> tuple[Document, dict[str, Span]]:
    """Return the table as a document, one line for each of its rows, and where the line of each row stands."""
    lines: list[str] = []
    spans: dict[str, Span] = {}
    at = 0
    for row in (*fitted.above, fitted.header, *fitted.body):
        line = "\t".join(row.cells).replace("\n", " ")
        spans[fitted.table.place(row)] = Span(at, at + len(line))
        lines.append(line)
        at += len(line) + 1
    text = "\n".join(lines)
    document = Document(
        # Not the id of the same bytes read as an article: each reading answers for its own statements.
        id=f"table-{sha256[:16]}",
        text=text,
        language=detect_language(text[:20_000]),
        origin=Origin(
            location=file.name,
            sha256=sha256,
            media_type=file.media_type,
            encoding=fitted.table.encoding,
            fetched_at=now,
            publisher=fitted.map.publisher,
            url=url,
        ),
        title=fitted.map.title,
        published=moment,
    )
    return document, spans


def new_statements(
    difference: Difference,
    imported: Imported,
    document: Document,
    spans: Mapping[str, Span],
    held: Sequence[Recorded],
) -> Iterator[Statement]:
    """Yield what is new, each with the row of the file that it is read from as its quote."""
    key = document_key(document)
    schema = difference.schema
    quotes = {
        (schema.subject(row), row.valid_from, row.valid_to): Quote.cut(document.text, spans[row.where])
        for row in imported.rows
    }
    standing = {one.id: one.statement.known_at.known_by for one in held}
    for statement in difference.statements():
        supersedes = statement.supersedes
        if supersedes is not None and standing[supersedes] > statement.known_at.known_by:
            # What was known later stays: an older file adds what was known before it.
            supersedes = None
        quote = quotes[statement.subject, statement.valid_from, statement.valid_to]
        yield replace(statement, document=key, quote=quote, supersedes=supersedes)


def overtaken_by(new: Sequence[Statement], ledger: Ledger, now: Moment) -> Iterator[Statement]:
    """Take back what an old file says from the moment on at which something later became known in its place.

    So the register answers the same whichever of several editions was imported first.
    """
    stated = {_place(statement): statement for statement in new}
    first: dict[_Place, Recorded] = {}
    # What was known at a moment hides what it replaced: looking back from now, one moment of knowledge at a time.
    moment = now.known_by
    while True:
        later = [
            one
            for one in ledger.as_of(known=moment, valid=None, subject_kind=new[0].subject_kind)
            if (place := _place(one.statement)) in stated
            and one.statement.known_at.known_by > stated[place].known_at.known_by
        ]
        if not later:
            break
        first |= {_place(one.statement): one for one in later}
        moment = max(one.statement.known_at.known_by for one in later) - _MICROSECOND
    for place, one in sorted(first.items(), key=lambda pair: pair[1].id):
        yield replace(
            one.statement,
            status="retracted",
            value={"overtaken by": one.id},
            document=None,
            quote=None,
            supersedes=stated[place].id,
        )


_Place: TypeAlias = "tuple[str, str, dt.date | None, dt.date | None]"


def _place(statement: Statement) -> _Place:
    return statement.subject, statement.attribute, statement.valid_from, statement.valid_to
