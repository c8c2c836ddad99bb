"""Answers of the ledger as values: one look-up of whole statements, and the log of all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine

from hkconcept.ledger.columns import EPOCH_DAY, microseconds
from hkconcept.ledger.prepared import Prepared, cursor_of, prepared
from hkconcept.ledger.schema import facts, quotations
from hkconcept.ledger.statement import Recorded
from hkconcept.ledger.views import Narrow, as_of_query, recorded, statements_query
from hkconcept.model.times import Moment

__all__ = ["answer", "bounds", "every_row", "log"]

_AT_ONCE = 5000  # rows of the log held in memory


def answer(
    engine: Engine,
    *,
    known: Moment | dt.datetime,
    valid: dt.date | None,
    recorded_by: dt.datetime | None,
    narrow: Narrow,
) -> tuple[Recorded, ...]:
    """Return the statements known at a moment; see :meth:`hkconcept.ledger.store.Ledger.as_of`."""
    wanted: dict[str, object] = {name: value for name, value in narrow.items() if value is not None}
    asked = _asked(engine.dialect.name, frozenset(wanted), valid is not None, recorded_by is not None)
    if "document" in wanted:
        wanted["document"] = bytes.fromhex(str(wanted["document"]))
    # One query sees one state of the ledger by itself, so it needs no transaction around it.
    with cursor_of(engine) as cursor:
        cursor.execute(asked.text, asked.bound({**wanted, **bounds(known, valid, recorded_by)}))
        return tuple([recorded(row) for row in cursor.fetchall()])


def bounds(
    known: Moment | dt.datetime, valid: dt.date | None, recorded_by: dt.datetime | None
) -> Mapping[str, int | None]:
    """Return the parameters ``known``, ``day`` and ``written`` of a question, as the store holds them."""
    return {
        "known": microseconds(_instant(known)),
        "day": None if valid is None else valid.toordinal() - EPOCH_DAY,
        "written": None if recorded_by is None else microseconds(_instant(recorded_by)),
    }


def log(engine: Engine) -> Iterator[Recorded]:
    """Yield every statement in the order of recording; see :meth:`hkconcept.ledger.store.Ledger.log`."""
    yield from map(recorded, every_row(engine))


def every_row(engine: Engine) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of every statement as the driver gives them, in the order of recording."""
    order = (facts.c.recording, quotations.c.start.asc().nulls_first(), facts.c.subject, facts.c.predicate, facts.c.id)
    asked = prepared(statements_query().order_by(*order), engine.dialect.name)
    with cursor_of(engine) as cursor:
        cursor.execute(asked.text, ())
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows


@lru_cache(maxsize=128)
def _asked(dialect: str, by: frozenset[str], valid: bool, recorded_by: bool) -> Prepared:
    return prepared(as_of_query(by=by, valid=valid, recorded_by=recorded_by), dialect)


def _instant(moment: Moment | dt.datetime) -> dt.datetime:
    if isinstance(moment, Moment):
        return moment.known_by
    if moment.tzinfo is None:
        msg = f"{moment.isoformat()} has no time zone; give an aware datetime or a Moment"
        raise ValueError(msg)
    return moment
