"""Whether what is held is still what was recorded: a statement is named by its content, so it can be asked."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, func, select

from hkconcept.ledger.answers import every_row
from hkconcept.ledger.schema import documents, facts
from hkconcept.ledger.statement import document_key_of
from hkconcept.ledger.views import recorded

__all__ = ["damages"]


def damages(engine: Engine) -> Iterator[str]:
    """Yield a sentence for each damage found; see :meth:`hkconcept.ledger.store.Ledger.damages`."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            yield from _of_file(connection)
        yield from _of_documents(connection)
        held = connection.scalar(select(func.count()).select_from(facts)) or 0
    read = 0
    for row in every_row(engine):
        read += 1
        try:
            sound = recorded(row).statement.id == row[0].hex()
        except (TypeError, ValueError, OverflowError):
            sound = False  # no statement at all
        if not sound:
            yield f"the statement {row[0].hex()} does not say what its id stands for"
    if read < held:
        # A fact whose subject, attribute, basis or recording is gone is in no answer.
        yield f"{held - read} of {held} statements cannot be read"


def _of_file(connection: Connection) -> Iterator[str]:
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield f"the file is damaged: {said}"


def _of_documents(connection: Connection) -> Iterator[str]:
    for key, document, text in connection.execute(select(documents.c.key, documents.c.id, documents.c.text)):
        if document_key_of(document, text) != key:
            yield f"the text of the document {document} is not the one that was recorded"
