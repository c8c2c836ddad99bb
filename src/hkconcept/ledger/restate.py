"""Bringing what the ledger holds from one source in line with what that source states now, by new rows only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, Connection, select

from hkconcept.ledger.prepared import rows_of
from hkconcept.ledger.schema import bases, facts, snapshots
from hkconcept.ledger.statement import WITHDRAWN, Statement, withdrawal
from hkconcept.ledger.views import recorded, statements_query
from hkconcept.model.document import Document
from hkconcept.model.times import HKT, Moment

__all__ = ["known_from_first_fetch", "restatement"]


_Links = frozenset[tuple[str, str | None]]
"""Which content corrects which: the shape of a family, whatever its ids."""


@dataclass(slots=True)
class _Held:
    """What the ledger holds in a scope, by id."""

    rows: dict[str, Statement] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    decided: set[str] = field(default_factory=set)  # taken back by a row from outside: a person's decision


def restatement(
    connection: Connection, scope: ColumnElement[bool], stated: Iterable[Statement]
) -> tuple[Statement, ...]:
    """Return the rows after which a scope answers as if only what is stated now had ever been recorded.

    What is stated and not held is added; what is held and no longer stated is withdrawn; what was withdrawn and
    is stated again is added anew, superseding its withdrawal. A statement and its corrections are one family: when
    the family has changed, the old one is withdrawn and the new one added whole. A family in which a person
    retracted, accepted or corrected something keeps that decision and is only mended around it.

    Parameters
    ----------
    connection
        Inside the transaction that will record the rows.
    scope
        The rows that the source answers for, for instance those extracted from one document: a condition on the
        tables of :func:`~hkconcept.ledger.views.statements_query`.
    stated
        Everything that the source states now.

    """
    held = _held(connection, scope)
    standing = {
        held.contents[root]: family for root, family in _families(held.rows).items() if root not in held.withdrawn
    }
    kept: set[str] = set()
    added: list[Statement] = []
    wanted = {statement.id: statement for statement in stated}
    contents = {row: statement.content for row, statement in wanted.items()}
    for root, family in _families(wanted).items():
        now = standing.get(contents[root], [])
        stays: list[str] = []
        if held.decided.intersection(now):
            stays = [row for row in now if held.contents[row] in {contents[item] for item in family}]
        elif held.withdrawn.isdisjoint(now) and _links(now, held.rows, held.contents) == _links(
            family, wanted, contents
        ):
            stays = now
        kept.update(stays)
        added.extend(_made_anew(held, family, wanted, {held.contents[row]: row for row in stays}))
    dropped = held.rows.keys() - kept - held.withdrawn - held.decided
    return (*(withdrawal(held.rows[row]) for row in sorted(dropped)), *added)


def _made_anew(
    held: _Held, family: Iterable[str], wanted: Mapping[str, Statement], stays: Mapping[str, str]
) -> Iterator[Statement]:
    """Make the missing members of a family, targets first, under ids that were never withdrawn."""
    stands_as: dict[str, str] = {}
    for row in family:
        statement = wanted[row]
        already = stays.get(statement.content)
        if already is None:
            target = stands_as.get(statement.supersedes or "", statement.supersedes)
            made = statement if target == statement.supersedes else replace(statement, supersedes=target)
            while made.id in held.rows:
                made = replace(statement, supersedes=withdrawal(made).id)
            already = made.id
            yield made
        stands_as[row] = already


def _families(rows: Mapping[str, Statement]) -> dict[str, list[str]]:
    """Group statements by the one that they all go back to; each group has its targets first."""
    roots: dict[str, str] = {}
    families: dict[str, list[str]] = {}
    for start in rows:
        chain: list[str] = []
        row: str | None = start
        while row is not None and row in rows and row not in roots:
            chain.append(row)
            row = rows[row].supersedes
        for member in reversed(chain):
            roots[member] = roots.get(rows[member].supersedes or "", member)
            families.setdefault(roots[member], []).append(member)
    return families


def _links(family: Iterable[str], rows: Mapping[str, Statement], contents: Mapping[str, str]) -> _Links:
    return frozenset((contents[row], contents.get(rows[row].supersedes or "")) for row in family)


def _held(connection: Connection, scope: ColumnElement[bool]) -> _Held:
    held = _Held()
    in_scope = statements_query().where(scope)
    for found in rows_of(connection, in_scope):
        row = recorded(found)
        held.rows[row.id] = row.statement
        held.contents[row.id] = row.id if row.statement.supersedes is None else row.statement.content
    later = (
        select(facts.c.supersedes, facts.c.id, bases.c.status, facts.c.value)
        .join(bases, bases.c.id == facts.c.basis)
        .where(facts.c.supersedes.in_(in_scope.with_only_columns(facts.c.id)))
    )
    for target, by, status, value in rows_of(connection, later):
        if status == "retracted" and value == WITHDRAWN:
            held.withdrawn.add(target.hex())
        elif by.hex() not in held.rows:
            held.decided.add(target.hex())
    return held


def known_from_first_fetch(
    connection: Connection, document: Document, stated: tuple[Statement, ...]
) -> tuple[Statement, ...]:
    """Date the statements of an undated document from the first fetch held, so that reading it again adds nothing."""
    held = connection.execute(
        select(snapshots.c.fetched_at, snapshots.c.fetched_precision).where(
            snapshots.c.sha256 == document.origin.sha256
        )
    ).one()
    fetched = document.origin.fetched_at
    first = Moment(held.fetched_at.astimezone(HKT), held.fetched_precision, fetched.zone_assumed)
    return tuple(replace(row, known_at=first) if row.known_at == fetched else row for row in stated)
