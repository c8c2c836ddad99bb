"""Questions to the ledger: what was true, as it could be known at a moment."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal, TypedDict

from sqlalchemy import BigInteger, Column, ColumnElement, Integer, Select, bindparam, exists, or_, select

from hkconcept.ledger.columns import EPOCH, EPOCH_DAY
from hkconcept.ledger.schema import bases, facts, predicates, quotations, recordings, subjects
from hkconcept.ledger.statement import Recorded, Statement
from hkconcept.model.document import Quote, Span
from hkconcept.model.times import HKT, Moment

__all__ = [
    "Narrow",
    "as_of_query",
    "held_on_day",
    "known_by_then",
    "recorded",
    "statements_query",
]

_DAY = dt.timedelta(days=1)
_EPOCH_HKT = EPOCH.astimezone(HKT)


class Narrow(TypedDict, total=False):
    """What an answer may be narrowed to; an absent or ``None`` entry leaves it wide."""

    subject_kind: str | None
    subject: str | None
    attribute: str | None
    document: str | None


def as_of_query(*, by: frozenset[str], valid: bool, recorded_by: bool) -> Select[Any]:
    """Build the query for statements that were known by a moment and not yet taken back by then.

    A statement is taken back by any row that supersedes it and was itself known by that moment; taking back the
    correction does not bring the statement to life again (that takes a new statement).

    Parameters
    ----------
    by
        What the answer is narrowed to, of the keys of :class:`Narrow`; each becomes a parameter of that name.
    valid, recorded_by
        Whether the answer is for one day, and for what had been written down by a moment. Parameters ``day`` and
        ``written``, beside ``known``: a day and two instants, as the store holds them.

    """
    wanted = [*known_by_then(recorded_by=recorded_by), bases.c.status != "retracted", *held_on_day(valid=valid)]
    wanted.extend(_NARROWED[name] == bindparam(name) for name in sorted(by))
    return (
        statements_query()
        .where(*wanted)
        .order_by(
            subjects.c.subject_kind,
            subjects.c.subject,
            predicates.c.attribute,
            facts.c.valid_from.asc().nulls_first(),
            facts.c.known_by,
            quotations.c.start.asc().nulls_first(),
            facts.c.id,
        )
    )


def known_by_then(*, recorded_by: bool, beside: bool = False) -> list[ColumnElement[bool]]:
    """Return the conditions on a fact: known by ``known`` and not taken back by then, as far as was written down.

    With ``beside`` only the corrections of the subjects from ``first_subject`` to ``last_subject`` are looked at.
    """
    later = facts.alias("later")
    known = bindparam("known", type_=BigInteger)
    taken_back = [later.c.known_by <= known]
    wanted = [facts.c.known_by <= known]
    if recorded_by:
        # Numbers of recordings follow their commits, but their clocks may not: the clock decides.
        written = select(recordings.c.id).where(recordings.c.recorded_at <= bindparam("written", type_=BigInteger))
        taken_back.append(later.c.recording.in_(written))
        wanted.append(facts.c.recording.in_(written))
    if not beside:
        return [*wanted, ~exists().where(later.c.supersedes == facts.c.id, *taken_back)]
    of_these = later.c.subject.between(bindparam("first_subject"), bindparam("last_subject"))
    replaced = select(later.c.supersedes).where(of_these, later.c.supersedes.is_not(None), *taken_back)
    return [*wanted, facts.c.id.not_in(replaced)]


def held_on_day(*, valid: bool) -> list[ColumnElement[bool]]:
    """Return the conditions on a fact: it holds on ``day``, from its first day to before its last."""
    if not valid:
        return []
    day = bindparam("day", type_=Integer)
    return [
        or_(facts.c.valid_from.is_(None), facts.c.valid_from <= day),
        or_(facts.c.valid_to.is_(None), facts.c.valid_to > day),
    ]


_NARROWED: Mapping[str, Column[Any]] = {
    "subject_kind": subjects.c.subject_kind,
    "subject": subjects.c.subject,
    "attribute": predicates.c.attribute,
    "document": quotations.c.document,
}


def statements_query() -> Select[Any]:
    """Build the query for whole statements, in the order that :func:`recorded` reads."""
    # The kinds agree by construction; said again, it lets an attribute lead to its subjects.
    named = (predicates.c.id == facts.c.predicate) & (predicates.c.subject_kind == subjects.c.subject_kind)
    quoted = (
        (quotations.c.subject == facts.c.subject)
        & (quotations.c.predicate == facts.c.predicate)
        & (quotations.c.fact == facts.c.id)
    )
    return (
        select(
            facts.c.id,
            subjects.c.subject_kind,
            subjects.c.subject,
            predicates.c.attribute,
            facts.c.value,
            bases.c.is_json,
            facts.c.valid_from,
            facts.c.valid_to,
            facts.c.known_by,
            bases.c.known_precision,
            bases.c.known_zone_assumed,
            bases.c.status,
            bases.c.source,
            facts.c.supersedes,
            recordings.c.recorded_at,
            recordings.c.run,
            quotations.c.document,
            quotations.c.exact,
            quotations.c.prefix,
            quotations.c.suffix,
            quotations.c.start,
            quotations.c.end,
        )
        .select_from(facts)
        .join(subjects, subjects.c.id == facts.c.subject)
        .join(predicates, named)
        .join(bases, bases.c.id == facts.c.basis)
        .join(recordings, recordings.c.id == facts.c.recording)
        .outerjoin(quotations, quoted)
    )


@lru_cache(maxsize=4096)
def _instant(microseconds: int) -> dt.datetime:
    return EPOCH + dt.timedelta(microseconds=microseconds)


@lru_cache(maxsize=4096)
def _known_at(known_by: int, precision: Literal["day", "minute", "second"], zone_assumed: int) -> Moment:
    instant = _EPOCH_HKT + dt.timedelta(microseconds=known_by)
    return Moment(instant - _DAY if precision == "day" else instant, precision, bool(zone_assumed))


def recorded(row: tuple[Any, ...]) -> Recorded:
    """Read back one row of the query for whole statements, as the driver gives it."""
    (
        fact, subject_kind, subject, attribute, value, is_json, valid_from, valid_to, known_by, precision,
        zone_assumed, status, source, supersedes, recorded_at, run, document, exact, prefix, suffix, start, end,
    ) = row  # fmt: skip
    statement = Statement(
        subject_kind=subject_kind,
        subject=subject,
        attribute=attribute,
        value=json.loads(value) if is_json else value,
        known_at=_known_at(known_by, precision, zone_assumed),
        status=status,
        valid_from=None if valid_from is None else dt.date.fromordinal(valid_from + EPOCH_DAY),
        valid_to=None if valid_to is None else dt.date.fromordinal(valid_to + EPOCH_DAY),
        source=source,
        document=None if document is None else document.hex(),
        quote=None if exact is None else Quote(exact, prefix, suffix, Span(start, end)),
        supersedes=None if supersedes is None else supersedes.hex(),
    )
    return Recorded(fact.hex(), statement, _instant(recorded_at), run)
