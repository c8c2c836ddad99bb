"""The packaged tables of a register: its rows as first known, and what became known of them later.

``<register>.csv`` holds one row per line, in the register's own columns. ``later.csv`` holds single values that
became known after the row: the outcome of a deal, the stock code of a company that was listed afterwards. Putting
them into the row would show on a day what nobody could know on it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Final

from hkconcept.errors import SourceError
from hkconcept.ledger.statement import Statement
from hkconcept.registers.cells import parse_cell, parse_row, read_rows
from hkconcept.registers.rows import read_table
from hkconcept.registers.schema import EVIDENCE, Row, Schema
from hkconcept.registers.statements import statements_of

__all__ = ["packaged_rows", "packaged_statements", "with_later"]

_LATER: Final = "later.csv"
_LATER_COLUMNS: Final = ("register", "subject", "column", "value", *EVIDENCE)


def packaged_rows(schema: Schema) -> tuple[Row, ...]:
    """Return the rows of a register's packaged table, strictly read.

    Raises
    ------
    SourceError
        A row has a finding; the first is told with its place and column.

    """
    name = f"{schema.register}.csv"
    rows, found = read_rows(schema, read_table(name, schema.header))
    if found:
        raise SourceError(
            str(found[0]).removeprefix(f"{found[0].where}, "), where=found[0].where, todo="mend the table"
        )
    return rows


def packaged_statements(schema: Schema) -> Iterator[Statement]:
    """Yield the statements of a register's packaged table; see :func:`packaged_rows` and :func:`with_later`."""
    yield from with_later(schema, packaged_rows(schema))


def with_later(schema: Schema, rows: Sequence[Row]) -> Iterator[Statement]:
    """Yield the statements of rows, then those of what became known later of them.

    Raises
    ------
    SourceError
        ``later.csv`` names a row or a column that the register does not have, or a value that it refuses.

    """
    yield from (statement for row in rows for statement in statements_of(schema, row))
    held = {(schema.subject(row), row.valid_from, row.valid_to): row for row in rows}
    for where, cells in _later().get(schema.register, ()):
        column = schema.column(cells["column"])
        if column is None:
            raise SourceError(f"{schema.register} has no column {cells['column']!r}", where=where)
        evidence = {name: cells[name] for name in EVIDENCE}
        row, found = parse_row(schema, {column.name: cells["value"], **evidence}, where=where)
        if row is None or found or (fault := column.fault(parse_cell(column, cells["value"]))):
            raise SourceError(str(found[0]) if found else fault or "no evidence", where=where)
        first = held.get((cells["subject"], row.valid_from, row.valid_to))
        if first is None:
            raise SourceError(f"{schema.register} has no row {cells['subject']!r} of those days", where=where)
        key = {name: first[name] for name in schema.key}
        stated = Row(
            values={**key, **row.values}, evidence=row.evidence, valid_from=row.valid_from, valid_to=row.valid_to
        )
        yield from (one for one in statements_of(schema, stated) if one.attribute == column.name)


@functools.cache
def _later() -> dict[str, list[tuple[str, dict[str, str]]]]:
    grouped: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for where, cells in read_table(_LATER, _LATER_COLUMNS):
        grouped.setdefault(cells["register"], []).append((where, cells))
    return grouped
