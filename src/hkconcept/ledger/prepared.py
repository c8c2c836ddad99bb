"""Statements of the Core compiled once and run on the driver's own cursor, for the few that run a million times.

Building and binding a Core statement anew costs more than the look-up itself. A prepared statement keeps the text
that the Core compiled for the dialect; rows then go to the driver and come from it as it has them: digests as bytes,
days and instants as numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Engine, Insert, Select, Table, bindparam, literal_column
from sqlalchemy.dialects import registry, sqlite
from sqlalchemy.sql.expression import ClauseElement

__all__ = ["Prepared", "adding", "cursor_of", "keep_first", "prepared", "rows_of"]

_STYLES = {"postgresql": ("postgresql.psycopg", "format"), "sqlite": ("sqlite.pysqlite", "qmark")}


@lru_cache
def _dialect(name: str) -> Dialect:
    """Return a dialect that binds by position; that of the other database is not even imported."""
    full_name, style = _STYLES[name]
    made: Dialect = registry.load(full_name)(paramstyle=style)
    return made


class Prepared(NamedTuple):
    """The text of a statement, its parameters in the order in which they are bound, and those that never change."""

    text: str
    names: tuple[str, ...]
    fixed: Mapping[str, object]

    def bound(self, values: Mapping[str, object]) -> tuple[object, ...]:
        """Return the values in the order of the parameters."""
        every = {**self.fixed, **values}
        return tuple([every[name] for name in self.names])


def prepared(statement: ClauseElement, dialect: str) -> Prepared:
    """Compile a statement for ``sqlite`` or ``postgresql``."""
    compiled: Any = statement.compile(dialect=_dialect(dialect), compile_kwargs={"render_postcompile": True})
    return Prepared(str(compiled), tuple(compiled.positiontup), dict(compiled.params))


def keep_first(dialect: str, table: Table) -> Insert:
    """Return an insert that leaves a row alone when its key is held already."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - the dialect in use only

        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def adding(
    connection: Connection,
    table: Table,
    rows: Iterable[Sequence[object]],
    *,
    same: Mapping[str, int | None] = MappingProxyType({}),
) -> int:
    """Add whole rows of a table through the driver, those that are held left alone; return how many were new.

    The rows have the columns of the table in its order, as the driver stores them. Columns in ``same`` have one
    value in every row, and are left out of the rows: what need not be bound a million times is not.
    """
    dialect = connection.dialect.name
    values: dict[str, Any] = {column.name: bindparam(column.name) for column in table.c if column.name not in same}
    constant: dict[str, Any] = {
        name: literal_column("NULL" if value is None else str(value)) for name, value in same.items()
    }
    statement = prepared(keep_first(dialect, table).values({**values, **constant}), dialect)
    with cursor_of(connection) as cursor:
        cursor.executemany(statement.text, rows)
        return max(int(cursor.rowcount), 0)


def rows_of(connection: Connection, query: Select[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a query that carries its own values, as the driver gives them."""
    asked = prepared(query, connection.dialect.name)
    with cursor_of(connection) as cursor:
        cursor.execute(asked.text, asked.bound({}))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@contextmanager
def cursor_of(of: Connection | Engine) -> Iterator[Any]:
    """Give the driver's cursor: inside the transaction of a connection, or on a pooled connection of an engine."""
    if isinstance(of, Connection):
        cursor = of.connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()
        return
    pooled = of.raw_connection()
    try:
        cursor = pooled.cursor()
        try:
            yield cursor
        finally:
            cursor.close()
    finally:
        pooled.close()
