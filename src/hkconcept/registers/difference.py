"""What changed between two states of a register: by key and column, and the statements that record it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from hkconcept.ledger.statement import Statement
from hkconcept.registers.schema import Row, Schema
from hkconcept.registers.statements import statements_of

__all__ = ["Change", "Difference", "diff"]

_Place: TypeAlias = tuple[str, "dt.date | None", "dt.date | None"]


@dataclass(frozen=True, slots=True)
class Change:
    """One column of one row: its value before and after, as text; empty when it is not held."""

    subject: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows only in the new state, rows only in the old one, and pairs whose values differ with what differs."""

    schema: Schema
    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    changed: tuple[tuple[Row, Row], ...]
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.changed)

    def statements(self, *, status: Literal["packaged", "accepted"] = "accepted") -> Iterator[Statement]:
        """Yield what has to be recorded so that the old state becomes the new one.

        Added rows are stated; changed values supersede those that they replace. A row or a value that the new
        state lacks is *not* taken back: a table that does not list it has not denied it.
        """
        for row in self.added:
            yield from statements_of(self.schema, row, status=status)
        for old, new in self.changed:
            differing = {
                column.name: new[column.name]
                for column in self.schema.columns
                if new[column.name] is not None and new[column.name] != old[column.name]
            }
            key = {column: new[column] for column in self.schema.key}
            only = Row(values=differing | key, evidence=new.evidence, valid_from=new.valid_from, valid_to=new.valid_to)
            for one in statements_of(self.schema, only, status=status, supersedes=old.statements):
                if one.attribute in differing:
                    yield one


def diff(schema: Schema, old: Iterable[Row], new: Iterable[Row]) -> Difference:
    """Compare two states of a register.

    Rows are matched by key and by the days on which they hold. A value that only the old state has counts as a
    change as well (to nothing), since a reader wants to see it.
    """
    before = {_place(schema, row): row for row in old}
    after = {_place(schema, row): row for row in new}
    changes: list[Change] = []
    changed: list[tuple[Row, Row]] = []
    for place, row in after.items():
        was = before.get(place)
        if was is None:
            continue
        differing = [
            Change(place[0], column.name, was.text(column.name), row.text(column.name))
            for column in schema.columns
            if was[column.name] != row[column.name]
        ]
        if differing:
            changed.append((was, row))
            changes += differing
    return Difference(
        schema,
        tuple(row for place, row in after.items() if place not in before),
        tuple(row for place, row in before.items() if place not in after),
        tuple(changed),
        tuple(changes),
    )


def _place(schema: Schema, row: Row) -> _Place:
    return schema.subject(row), row.valid_from, row.valid_to
