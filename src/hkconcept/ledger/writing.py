"""Spreading statements over the tables: the words that repeat get numbers, each statement one narrow row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, func, insert, select

from hkconcept.ledger.columns import EPOCH_DAY, microseconds
from hkconcept.ledger.crossings import note_crossings
from hkconcept.ledger.prepared import adding, keep_first, rows_of
from hkconcept.ledger.schema import bases, facts, predicates, quotations, recordings, subjects
from hkconcept.ledger.statement import Statement, canonical_json

__all__ = ["AS_JSON", "Basis", "add_recording", "add_statements", "next_recording", "numbers_of"]

Word: TypeAlias = "tuple[str, str]"
Basis: TypeAlias = "tuple[str, str, str, bool, bool]"
"""Source, status, precision of the time, whether its zone was assumed, whether the value is JSON."""

AS_JSON = frozenset("\0\x1e")
"""A text with one of these is kept as JSON: PostgreSQL has no zero character, and frames part texts by the other."""

_CHUNK = 2000  # words asked for in one query


def add_statements(
    connection: Connection, rows: Iterable[Statement], *, recorded_at: dt.datetime, run: str | None
) -> int:
    """Add the statements that are not held, inside a transaction of the caller; return how many were new.

    Nothing at all is written when all of them are held.
    """
    made = [*rows]
    if not made:
        return 0
    recording = next_recording(connection)
    new = _add(connection, made, recording)
    if new:
        add_recording(connection, recording, recorded_at=recorded_at, run=run)
    return new


def next_recording(connection: Connection) -> int:
    """Return the number that the next recording will have; no other writer can take it before the transaction ends.

    The rows are added under it first and the recording itself after them, when any row was new. A savepoint to go
    back to instead would have SQLite keep a copy of every page that the rows change.
    """
    return int(connection.scalar(select(func.max(recordings.c.id))) or 0) + 1


def add_recording(connection: Connection, number: int, *, recorded_at: dt.datetime, run: str | None) -> None:
    """Note when, and by which run, the rows of a recording were written down."""
    connection.execute(insert(recordings), {"id": number, "recorded_at": recorded_at, "run": run})


def _add(connection: Connection, made: Sequence[Statement], recording: int) -> int:
    placed = [(_words(row), row) for row in made]
    subject_of = numbers_of(connection, subjects, {words[0] for words, _ in placed})
    predicate_of = numbers_of(connection, predicates, {words[1] for words, _ in placed})
    basis_of = numbers_of(connection, bases, {words[2] for words, _ in placed})
    rows = []
    quoted = []
    for (subject, predicate, basis), row in placed:
        key = (subject_of[subject], predicate_of[predicate], bytes.fromhex(row.id))
        rows.append(
            (
                *key,
                canonical_json(row.value) if basis[4] else row.value,
                row.valid_from.toordinal() - EPOCH_DAY if row.valid_from else None,
                row.valid_to.toordinal() - EPOCH_DAY if row.valid_to else None,
                microseconds(row.known_at.known_by),
                basis_of[basis],
                recording,
                bytes.fromhex(row.supersedes) if row.supersedes else None,
            )
        )
        if row.document is not None:
            quote = row.quote
            words = (quote.exact, quote.prefix, quote.suffix, *quote.span) if quote else (None,) * 5
            quoted.append((*key, bytes.fromhex(row.document), *words))
    # In the order of the key, so that neighbours go into the same page.
    rows.sort(key=_key)
    new = adding(connection, facts, rows)
    note_crossings(connection, ((row[0], row[1], row[-1]) for row in rows if row[-1] is not None))
    if quoted:
        quoted.sort(key=_key)
        adding(connection, quotations, quoted)
    return new


def _key(row: tuple[Any, ...]) -> tuple[int, int, bytes]:
    return row[:3]


def _words(row: Statement) -> tuple[Word, Word, Basis]:
    known = row.known_at
    value = row.value
    is_json = not isinstance(value, str) or "\0" in value or "\x1e" in value  # AS_JSON
    basis = (row.source, row.status, known.precision, known.zone_assumed, is_json)
    return (row.subject, row.subject_kind), (row.attribute, row.subject_kind), basis


def numbers_of(
    connection: Connection, table: Table, words: Collection[tuple[Any, ...]]
) -> Mapping[tuple[Any, ...], int]:
    """Return the numbers of words, making those that are new.

    Parameters
    ----------
    connection
        Inside a transaction that writes: no other writer may come between looking up and making.
    table
        Where the words are held; they are looked up by the first two columns of its unique constraint.
    words
        In the order of the columns of that constraint.

    """
    columns = [table.c[name] for name in _ORDER[table.name]]
    found: dict[tuple[Any, ...], int] = {}

    def look_up(wanted: Collection[tuple[Any, ...]]) -> None:
        names = sorted({word[0] for word in wanted})
        kinds = sorted({word[1] for word in wanted})
        asks = select(table.c.id, *columns)
        if len(kinds) <= _CHUNK:  # one name may be held in many registers, of which a batch is of few
            asks = asks.where(columns[1].in_(kinds))
        for start in range(0, len(names), _CHUNK):
            asked = asks.where(columns[0].in_(names[start : start + _CHUNK]))
            found.update((row[1:], row[0]) for row in rows_of(connection, asked))

    look_up(words)
    missing = sorted(set(words) - found.keys())
    if missing:
        keys = [column.name for column in columns]
        rows = [dict(zip(keys, word, strict=True)) for word in missing]
        connection.execute(keep_first(connection.dialect.name, table), rows)
        look_up(missing)
    return found


_ORDER = {
    "subjects": ("subject", "subject_kind"),
    "predicates": ("attribute", "subject_kind"),
    "bases": ("source", "status", "known_precision", "known_zone_assumed", "is_json"),
}
