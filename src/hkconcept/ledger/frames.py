"""A whole register as of a moment, as a polars frame: the read path for millions of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import polars as pl
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    String,
    Table,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)

from hkconcept.ledger.answers import bounds
from hkconcept.ledger.crossings import are_there_crossings
from hkconcept.ledger.engine import reading_engine
from hkconcept.ledger.prepared import Prepared, cursor_of, prepared
from hkconcept.ledger.schema import bases, facts, predicates, subjects
from hkconcept.ledger.views import held_on_day, known_by_then
from hkconcept.model.times import Moment

__all__ = ["register_frame"]

_SUBJECTS_AT_ONCE = 500
_WORDS_AT_ONCE = 2000
_NEXT = "\x1e"  # between the texts of a column; a text that holds one is stored as JSON, which escapes it
_NUMBERS = {
    "subjects.id": pl.Int64(),
    "predicates.id": pl.Int64(),
    "bases.id": pl.Int64(),
    "known_by": pl.Int64(),
    "valid_from": pl.Int32(),
    "valid_to": pl.Int32(),
}
_DAYS = (facts.c.valid_from, facts.c.valid_to)
_COLUMNS = ("subject", "attribute", "value", "is_json", "valid_from", "valid_to", "known_at", "source", "status")


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
    values = {"subject_kind": subject_kind, "attribute": attribute, **bounds(known, valid, recorded_by)}
    with reading_engine(engine).connect() as connection, connection.begin():
        # For one attribute, reading the corrections of all would take longer than asking for each fact.
        beside = attribute is None and not are_there_crossings(connection)
        told = (attribute is not None, valid is not None, recorded_by is not None)
        asked = _asked(engine.dialect.name, *told, ids, beside)
        named = _names(connection, subjects, subjects.c.subject, subject_kind)
        numbers = named["subjects.id"].sort()
        parts = list(_parts(connection, asked, values, numbers))
        none = pl.DataFrame(schema={**_NUMBERS, "value": pl.String(), **({"id": pl.String()} if ids else {})})
        found = pl.concat([none, *parts], rechunk=True)
        predicate_names = _names(connection, predicates, predicates.c.attribute, subject_kind)
        held_bases = _bases(connection, found["bases.id"])
    decoded = (
        found.join(named, on="subjects.id", how="left", maintain_order="left")
        .join(predicate_names, on="predicates.id", how="left", maintain_order="left")
        .join(held_bases, on="bases.id", how="left", maintain_order="left")
        .with_columns(
            pl.col("valid_from", "valid_to").cast(pl.Date),
            known_at=pl.from_epoch("known_by", time_unit="us").dt.replace_time_zone("UTC"),
        )
    )
    return _sorted(decoded).select(*_COLUMNS, *(["id"] if ids else []))


@lru_cache(maxsize=32)
def _asked(  # noqa: PLR0913, PLR0917 - what makes one question another
    dialect: str, narrowed: bool, valid: bool, recorded_by: bool, ids: bool, beside: bool
) -> Prepared:
    """Prepare the question for some subjects: one row, each column of which holds one column of the answer.

    A row costs the driver a thousand times what it costs the database, so the rows are joined to one text there.
    """
    numbers = (facts.c.subject, facts.c.predicate, facts.c.basis, facts.c.known_by, *_DAYS)
    columns = [_joined(dialect, number) for number in numbers]
    if dialect == "sqlite":
        columns.append(func.group_concat(facts.c.value, literal_column(f"'{_NEXT}'")))
        name = func.hex(facts.c.id)
    else:
        columns.append(func.string_agg(facts.c.value, literal_column(f"'{_NEXT}'")))
        name = func.encode(facts.c.id, "hex")
    columns.extend([_joined(dialect, name)] if ids else [])
    wanted = [
        subjects.c.subject_kind == bindparam("subject_kind"),
        subjects.c.id.between(bindparam("first_subject"), bindparam("last_subject")),
        *known_by_then(recorded_by=recorded_by, beside=beside),
        *held_on_day(valid=valid),
        facts.c.basis.not_in(select(bases.c.id).where(bases.c.status == "retracted")),
    ]
    if narrowed:
        of_attribute = select(predicates.c.id).where(
            predicates.c.subject_kind == bindparam("subject_kind"), predicates.c.attribute == bindparam("attribute")
        )
        wanted.append(facts.c.predicate == of_attribute.scalar_subquery())
    joined = subjects.join(facts, facts.c.subject == subjects.c.id)
    return prepared(select(*columns).select_from(joined).where(*wanted), dialect)


def _joined(dialect: str, column: ColumnElement[Any]) -> ColumnElement[str]:
    """Join a column with commas, an unknown value as nothing between two of them."""
    nothing: ColumnElement[str] = literal_column("''")
    if dialect == "sqlite":
        # Bound separators and casts would each take as long as the joining itself.
        return func.group_concat(
            func.coalesce(column, nothing) if column.name in ("valid_from", "valid_to") else column
        )
    return func.string_agg(func.coalesce(cast(column, String), nothing), literal_column("','"))


def _parts(
    connection: Connection, asked: Prepared, values: Mapping[str, object], numbers: pl.Series
) -> Iterator[pl.DataFrame]:
    """Yield the answer in parts: while the database reads one, the part before it is taken apart."""
    chunks = [numbers[start : start + _SUBJECTS_AT_ONCE] for start in range(0, len(numbers), _SUBJECTS_AT_ONCE)]
    if not chunks:
        return
    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(_read, connection, asked, values, chunks[0])
        for chunk in [*chunks[1:], None]:
            found = reading.result()
            if chunk is not None:
                reading = reader.submit(_read, connection, asked, values, chunk)
            if found[0] is not None:
                yield _taken_apart(found)


def _read(
    connection: Connection, asked: Prepared, values: Mapping[str, object], numbers: pl.Series
) -> tuple[str | None, ...]:
    with cursor_of(connection) as cursor:
        between = {"first_subject": numbers[0], "last_subject": numbers[-1]}
        cursor.execute(asked.text, asked.bound({**values, **between}))
        found: tuple[str | None, ...] = cursor.fetchone()
    return found


def _taken_apart(found: Sequence[str | None]) -> pl.DataFrame:
    texts = [text or "" for text in found]
    digits, values, names = texts[: len(_NUMBERS)], texts[len(_NUMBERS)], texts[len(_NUMBERS) + 1 :]
    columns = [
        _split(name, text, ",").cast(dtype, strict=False)
        for (name, dtype), text in zip(_NUMBERS.items(), digits, strict=True)
    ]
    columns.append(_split("value", values, _NEXT))
    columns.extend(_split("id", text, ",").str.to_lowercase() for text in names)
    return pl.DataFrame(columns)


def _split(name: str, joined: str, separator: str) -> pl.Series:
    return pl.Series(name, [joined]).str.split(separator).explode(empty_as_null=False)


def _names(connection: Connection, table: Table, name: Column[str], subject_kind: str) -> pl.DataFrame:
    """Return the words of a register by number, in the order of names, with their place in it."""
    of_kind = select(table.c.id, name).where(table.c.subject_kind == subject_kind)
    rows = [tuple(row) for row in connection.execute(of_kind)]
    held = pl.DataFrame(rows, schema={f"{table.name}.id": pl.Int64, name.name: pl.String}, orient="row")
    return held.sort(name.name).with_row_index(f"{table.name}.place")


def _bases(connection: Connection, numbers: pl.Series) -> pl.DataFrame:
    wanted = numbers.unique().sort().to_list()
    columns = (bases.c.id, bases.c.source, bases.c.status, bases.c.is_json)
    rows = [
        tuple(row)
        for start in range(0, len(wanted), _WORDS_AT_ONCE)
        for row in connection.execute(select(*columns).where(bases.c.id.in_(wanted[start : start + _WORDS_AT_ONCE])))
    ]
    schema = {"bases.id": pl.Int64, "source": pl.String, "status": pl.String, "is_json": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _sorted(rows: pl.DataFrame) -> pl.DataFrame:
    """Put rows in the order of subject, attribute, valid_from and knowledge, which does not depend on the recording."""
    order = ("subjects.place", "predicates.place", "valid_from", "known_at")
    rows = rows.sort(*order, nulls_last=False)
    if rows.select(pl.struct(order) == pl.struct(order).shift(1)).to_series().any():
        # What is equal in all of these is told apart by its words; that takes longer, and is seldom needed.
        last = ("valid_to", "value", "source", "status", *(name for name in rows.columns if name == "id"))
        rows = rows.sort(*order, *last, nulls_last=False)
    return rows
