"""The step from format 2, whose snapshots had room for one moment of publication that nothing filled, to format 3."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, select, text

from hkconcept.ledger.guards import guards_of
from hkconcept.ledger.prepared import keep_first
from hkconcept.ledger.schema import documents, publications

__all__ = ["to_format_3"]

_NEVER_FILLED = ("published", "published_precision", "published_zone_assumed")


def to_format_3(connection: Connection) -> None:
    """Give moments of publication rows of their own, and fill them from the readings, which had printed them."""
    found = inspect(connection)
    held = {column["name"] for column in found.get_columns("snapshots")}
    for name in _NEVER_FILLED:
        if name in held:  # a ledger that comes from format 1 never had them
            connection.execute(text(f"ALTER TABLE snapshots DROP COLUMN {name}"))
    if publications.name not in found.get_table_names():
        publications.create(connection)
        for statement in guards_of(connection.dialect.name, publications.name):
            connection.exec_driver_sql(statement)
    # Readings of one snapshot that print the same moment tell it once: the first to be recorded.
    names = [column.name for column in publications.c]
    told = select(*(documents.c[name] for name in names)).where(documents.c.published.is_not(None))
    rows = [dict(row) for row in connection.execute(told.order_by(documents.c.recorded_at, documents.c.key)).mappings()]
    if rows:
        connection.execute(keep_first(connection.dialect.name, publications), rows)
