"""How an empty or an older database comes to have the tables of this version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, inspect, select

from hkconcept.errors import StoreError
from hkconcept.ledger.format1 import to_format_2
from hkconcept.ledger.format2 import to_format_3
from hkconcept.ledger.guards import guards
from hkconcept.ledger.schema import meta, metadata

__all__ = ["MIGRATIONS", "SCHEMA_VERSION", "prepare"]

SCHEMA_VERSION = 3
MIGRATIONS: Mapping[int, Callable[[Connection], None]] = {1: to_format_2, 2: to_format_3}
"""The step from each earlier version to the next."""


def held_version(connection: Connection, where: str) -> int | None:
    """Return the version of the tables held, or ``None`` for an empty database.

    Raises
    ------
    StoreError
        When the database belongs to something else.

    """
    names = set(inspect(connection).get_table_names())
    if not names:
        return None
    if "meta" not in names or not names & {"facts", "statements"}:
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
