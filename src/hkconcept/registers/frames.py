"""A register's rows as a polars frame. Polars is imported here and only when a frame is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hkconcept.model import HKT
from hkconcept.registers.schema import ColumnType, Row, Schema

if TYPE_CHECKING:
    import polars as pl

__all__ = ["evidence_frame", "frame"]

_PRECISION, _SCALE = 38, 6


def frame(schema: Schema, rows: Sequence[Row]) -> pl.DataFrame:
    """Return rows as a frame: one column per column of the register, then the evidence.

    Text, codes and choices are strings, amounts ``Decimal(38, 6)``, counts 64-bit integers, dates dates; partial
    dates stay strings (``2025-H1``), since a frame has no type for them. ``known_at`` is the first instant at
    which the row was certainly known, in Hong Kong time.

    Raises
    ------
    ValueError
        An amount has more than six decimal places, which the frame could not hold.

    """
    import polars as pl  # noqa: PLC0415 - 0.1 s that only a frame needs

    kinds: dict[ColumnType, Any] = {
        ColumnType.DECIMAL: pl.Decimal(_PRECISION, _SCALE),
        ColumnType.INTEGER: pl.Int64,
        ColumnType.DATE: pl.Date,
    }
    types = {column.name: kinds.get(column.type, pl.String) for column in schema.columns}
    data: dict[str, list[Any]] = {}
    for column in schema.columns:
        if column.type is ColumnType.DECIMAL:
            data[column.name] = [_exact(row, column.name) for row in rows]
        elif column.type in (ColumnType.INTEGER, ColumnType.DATE):
            data[column.name] = [row[column.name] for row in rows]
        else:
            data[column.name] = [row.text(column.name) or None for row in rows]
    data |= {
        "valid_from": [row.valid_from for row in rows],
        "valid_to": [row.valid_to for row in rows],
        "known_at": [row.evidence.known_at.known_by.astimezone(HKT).replace(tzinfo=None) for row in rows],
        "known_at_basis": [row.evidence.known_at_basis or None for row in rows],
        "source": [row.evidence.source for row in rows],
        "status": [row.evidence.status for row in rows],
    }
    types |= {
        "valid_from": pl.Date,
        "valid_to": pl.Date,
        "known_at": pl.Datetime("us"),
        "known_at_basis": pl.String,
        "source": pl.String,
        "status": pl.String,
    }
    return pl.DataFrame(data, schema=types).with_columns(pl.col("known_at").dt.replace_time_zone("Asia/Hong_Kong"))


def evidence_frame(schema: Schema, rows: Sequence[Row]) -> pl.DataFrame:
    """Return one line per value: row, column, value as text, when it could be known, source and status.

    Values of one row may become known at different moments. A study over time takes the moment from here: the stock
    code of a company that was listed in 2025 was not known with its deal of 2023.
    """
    import polars as pl  # noqa: PLC0415 - as above

    lines = [
        (
            schema.subject(row),
            column.name,
            row.text(column.name),
            (one := row.by_column.get(column.name, row.evidence))
            .known_at.known_by.astimezone(HKT)
            .replace(tzinfo=None),
            one.known_at_basis or None,
            one.source,
            one.status,
        )
        for row in rows
        for column in schema.columns
        if row[column.name] is not None
    ]
    types: dict[str, Any] = {
        "row": pl.String,
        "column": pl.String,
        "value": pl.String,
        "known_at": pl.Datetime("us"),
        "known_at_basis": pl.String,
        "source": pl.String,
        "status": pl.String,
    }
    made = pl.DataFrame(lines, schema=types, orient="row")
    return made.with_columns(pl.col("known_at").dt.replace_time_zone("Asia/Hong_Kong"))


def _exact(row: Row, name: str) -> Decimal | None:
    value = row[name]
    if not isinstance(value, Decimal):
        return None
    if value != round(value, _SCALE):
        msg = f"{name} {value} has more than {_SCALE} decimal places"
        raise ValueError(msg)
    return value
