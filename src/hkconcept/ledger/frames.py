"""A whole register as of a moment, as a polars frame: the read path for millions of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain

import polars as pl
from sqlalchemy import BigInteger, Column, Connection, Engine, Table, bindparam, cast, func, select

from hkconcept.ledger.answers import bounds
from hkconcept.ledger.engine import reading_engine
from hkconcept.ledger.prepared import Prepared, cursor_of, prepared
from hkconcept.ledger.schema import bases, facts, predicates, subjects
from hkconcept.ledger.views import held_on_day, known_by_then
from hkconcept.model.times import Moment

__all__ = ["SCHEMA", "register_frame"]

SCHEMA = pl.Schema(
    {
        "subject": pl.String(),
        "attribute": pl.String(),
        "value": pl.String(),
        "is_json": pl.Boolean(),
        "valid_from": pl.Date(),
        "valid_to": pl.Date(),
        "known_at": pl.Datetime("us", "UTC"),
        "source": pl.String(),
        "status": pl.String(),
        "id": pl.Binary(),
    }
)
"""Columns of a register's frame; see :meth:`hkconcept.ledger.store.Ledger.frame`."""

_RAW = {
    "words": pl.Int64(),
    "days": pl.Int64(),
    "known_by": pl.Int64(),
    "basis": pl.Int64(),
    "value": pl.String(),
    "id": pl.Binary(),
}
"""What the query gives: numbers of subject and predicate, first and last day, and so on."""

_AT_ONCE = 2000  # rows that stay in the processor's cache between the driver and the frame
_NO_DAY = -(1 << 23)  # stands for an unknown day: no calendar of Python reaches it
_DAYS = 1 << 24
_WORDS = 1 << 32


def register_frame(  # noqa: PLR0913 - the choices of one question
    engine: Engine,
    subject_kind: str,
    *,
    known: Moment | dt.datetime,
    valid: dt.date | None,
    attribute: str | None,
    recorded_by: dt.datetime | None,
    ids: bool,
) -> pl.DataFrame:
    """Return a register as of a moment; see :meth:`hkconcept.ledger.store.Ledger.frame`."""
    asked = _asked(engine.dialect.name, attribute is not None, valid is not None, recorded_by is not None, ids)
    values = {"subject_kind": subject_kind, "attribute": attribute, **bounds(known, valid, recorded_by)}
    with reading_engine(engine).connect() as connection, connection.begin():
        none = pl.DataFrame(schema=_RAW if ids else {name: _RAW[name] for name in _RAW if name != "id"})
        found = pl.concat([none, *_chunks(connection, asked, values)], rechunk=True)
        return _decoded(
            found,
            _names(connection, subjects, subjects.c.subject, subject_kind),
            _names(connection, predicates, predicates.c.attribute, subject_kind),
            _bases(connection, found["basis"]),
        )


@lru_cache(maxsize=32)
def _asked(dialect: str, narrowed: bool, valid: bool, recorded_by: bool, ids: bool) -> Prepared:
    """Prepare the question. Two numbers at a time travel as one, because each that the driver hands over costs."""
    big = BigInteger()
    columns = [
        cast(facts.c.subject, big) * _WORDS + facts.c.predicate,
        (cast(func.coalesce(facts.c.valid_from, _NO_DAY), big) - _NO_DAY) * _DAYS
        + func.coalesce(facts.c.valid_to, _NO_DAY)
        - _NO_DAY,
        facts.c.known_by,
        facts.c.basis,
        facts.c.value,
    ]
    wanted = [
        subjects.c.subject_kind == bindparam("subject_kind"),
        *known_by_then(recorded_by=recorded_by),
        *held_on_day(valid=valid),
        facts.c.basis.not_in(select(bases.c.id).where(bases.c.status == "retracted")),
    ]
    joined = subjects.join(facts, facts.c.subject == subjects.c.id)
    if narrowed:
        of_attribute = select(predicates.c.id).where(
            predicates.c.subject_kind == bindparam("subject_kind"), predicates.c.attribute == bindparam("attribute")
        )
        wanted.append(facts.c.predicate == of_attribute.scalar_subquery())
    order = (subjects.c.id, facts.c.predicate, facts.c.id)
    asked = select(*columns, *([facts.c.id] if ids else [])).select_from(joined).where(*wanted).order_by(*order)
    return prepared(asked, dialect)


def _chunks(connection: Connection, asked: Prepared, values: Mapping[str, object]) -> Iterator[pl.DataFrame]:
    with cursor_of(connection) as cursor:
        cursor.execute(asked.text, asked.bound(values))
        while rows := cursor.fetchmany(_AT_ONCE):
            columns = zip(_RAW.items(), zip(*rows, strict=True), strict=False)
            yield pl.DataFrame([pl.Series(name, column, dtype=dtype) for (name, dtype), column in columns])


def _names(connection: Connection, table: Table, name: Column[str], subject_kind: str) -> pl.DataFrame:
    """Return the words of a register by number, in the order of names, with their place in it."""
    of_kind = select(table.c.id, name).where(table.c.subject_kind == subject_kind)
    rows = connection.execute(of_kind).all()
    schema = {f"{table.name}.id": pl.Int64, name.name: pl.String}
    held = pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row")
    return held.sort(name.name).with_row_index(f"{table.name}.place")


def _bases(connection: Connection, numbers: pl.Series) -> pl.DataFrame:
    wanted = numbers.unique().sort().to_list()
    columns = (bases.c.id, bases.c.source, bases.c.status, bases.c.is_json)
    parts = (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
    rows = chain.from_iterable(connection.execute(select(*columns).where(bases.c.id.in_(part))).all() for part in parts)
    schema = {"basis": pl.Int64, "source": pl.String, "status": pl.String, "is_json": pl.Boolean}
    return pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row")


def _decoded(
    found: pl.DataFrame, held_subjects: pl.DataFrame, held_predicates: pl.DataFrame, held_bases: pl.DataFrame
) -> pl.DataFrame:
    """Put words in place of numbers, in the order of subject, attribute, valid_from, knowledge."""
    words, days = pl.col("words"), pl.col("days")
    first, last = days // _DAYS + _NO_DAY, days % _DAYS + _NO_DAY
    return (
        found.with_columns(
            (words // _WORDS).alias("subjects.id"),
            (words % _WORDS).alias("predicates.id"),
            pl.when(first != _NO_DAY).then(first).cast(pl.Int32).cast(pl.Date).alias("valid_from"),
            pl.when(last != _NO_DAY).then(last).cast(pl.Int32).cast(pl.Date).alias("valid_to"),
            pl.from_epoch("known_by", time_unit="us").dt.replace_time_zone("UTC").alias("known_at"),
        )
        .join(held_subjects, on="subjects.id", how="left", maintain_order="left")
        .join(held_predicates, on="predicates.id", how="left", maintain_order="left")
        .join(held_bases, on="basis", how="left", maintain_order="left")
        # What is equal in all of these comes in the order of ids, as the query gave it.
        .sort("subjects.place", "predicates.place", "valid_from", "known_at", maintain_order=True, nulls_last=False)
        .select(name for name in SCHEMA if name in found.columns or name != "id")
    )
