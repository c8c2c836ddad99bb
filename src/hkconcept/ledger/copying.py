"""Many rows into a table at once: by the stream that PostgreSQL has for it, or row by row through the driver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, literal_column, select
from sqlalchemy import table as named

from hkconcept.ledger.prepared import adding, cursor_of, keep_first, prepared

__all__ = ["adding_many"]

_LOADED = "rows_being_loaded"


def adding_many(
    connection: Connection, table: Table, rows: Iterable[Sequence[object]], *, same: Mapping[str, int | None]
) -> int:
    """Add whole rows, those that are held left alone; return how many were new, as :func:`adding` does.

    PostgreSQL's COPY cannot leave a row alone, so it fills a table of this transaction first, from which one statement
    adds what is new.
    """
    if connection.dialect.name != "postgresql":
        return adding(connection, table, rows, same=same)
    given = [column for column in table.c if column.name not in same]
    names = ", ".join(column.name for column in given)
    constant: list[Any] = [literal_column("NULL" if value is None else str(value)) for value in same.values()]
    everything: Any = select(*(literal_column(column.name) for column in given), *constant).select_from(named(_LOADED))
    add = keep_first("postgresql", table).from_select([*(column.name for column in given), *same], everything)
    with cursor_of(connection) as cursor:
        # Columns of the same types, without keys: what is wrong is refused where the rows go to.
        cursor.execute(f"CREATE TEMPORARY TABLE {_LOADED} AS SELECT {names} FROM {table.name} WITH NO DATA")  # noqa: S608 - names of this schema
        with cursor.copy(f"COPY {_LOADED} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(prepared(add, "postgresql").text)
        new = int(cursor.rowcount)
        cursor.execute(f"DROP TABLE {_LOADED}")
    return max(new, 0)
