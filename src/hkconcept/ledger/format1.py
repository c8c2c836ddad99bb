"""The step from format 1, which kept each statement whole in one wide row of SQLite, to the lean tables of format 2."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, text

from hkconcept.errors import StoreError
from hkconcept.ledger.columns import EPOCH
from hkconcept.ledger.guards import guards
from hkconcept.ledger.schema import metadata
from hkconcept.ledger.statement import Statement
from hkconcept.ledger.writing import add_statements
from hkconcept.model.document import Quote, Span
from hkconcept.model.times import HKT, Moment

__all__ = ["to_format_2"]

_AT_ONCE = 5000
_DAY = dt.timedelta(days=1)
_OLD = "statements_of_format_1"


def to_format_2(connection: Connection) -> None:
    """Move every statement into the lean tables, with the moment and the run of its recording, and check its id.

    Raises
    ------
    StoreError
        When a statement is not what its id says; the ledger is left as it was.

    """
    for table in ("snapshots", "documents", "statements"):
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
    for verb in ("update", "delete"):
        connection.execute(text(f"DROP TRIGGER runs_no_{verb}"))
    connection.execute(text(f"ALTER TABLE statements RENAME TO {_OLD}"))
    metadata.create_all(connection)
    held = connection.execute(text(f"SELECT count(*) FROM {_OLD}")).scalar_one()  # noqa: S608 - a constant
    moved = 0
    for (microseconds, run), rows in groupby(_rows(connection), key=lambda row: (row.recorded_at, row.run)):
        recorded_at = EPOCH + dt.timedelta(microseconds=microseconds)
        moved += add_statements(connection, map(_statement, rows), recorded_at=recorded_at, run=run)
    if moved != held:
        raise StoreError(f"{held - moved} of {held} statements of format 1 could not be moved")
    connection.execute(text(f"DROP TABLE {_OLD}"))
    for statement in guards(connection.dialect.name):
        connection.exec_driver_sql(statement)


def _rows(connection: Connection) -> Iterator[Row[Any]]:
    """Read the old rows, those of one recording together."""
    yield from connection.execute(
        text(f"SELECT * FROM {_OLD} ORDER BY recorded_at, run, id")  # noqa: S608 - a constant
    ).yield_per(_AT_ONCE)


def _statement(row: Row[Any]) -> Statement:
    known = EPOCH + dt.timedelta(microseconds=row.known_by)
    began = (known - _DAY if row.known_precision == "day" else known).astimezone(HKT)
    quote = None
    if row.quote_exact is not None:
        quote = Quote(row.quote_exact, row.quote_prefix, row.quote_suffix, Span(row.quote_start, row.quote_end))
    statement = Statement(
        subject_kind=row.subject_kind,
        subject=row.subject,
        attribute=row.attribute,
        value=json.loads(row.value),
        known_at=Moment(began, row.known_precision, bool(row.known_zone_assumed)),
        status=row.status,
        valid_from=dt.date.fromisoformat(row.valid_from) if row.valid_from else None,
        valid_to=dt.date.fromisoformat(row.valid_to) if row.valid_to else None,
        source=row.source,
        document=row.document.hex() if row.document else None,
        quote=quote,
        supersedes=row.supersedes.hex() if row.supersedes else None,
    )
    if statement.id != row.id.hex():
        raise StoreError(
            f"the statement {row.id.hex()} of format 1 does not say what its id stands for",
            todo="restore a copy of the ledger, or move it away and run the command again to start a new one",
        )
    return statement
