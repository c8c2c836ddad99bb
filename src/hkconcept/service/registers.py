"""Registers over the ledger of a workspace: packaged facts, imports and accepted findings, as of any moment."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Final

from hkconcept.ledger.statement import Recorded, Statement
from hkconcept.model import Moment
from hkconcept.registers import listings, policies
from hkconcept.registers.directory import schema_of
from hkconcept.registers.packaged import packaged_statements, with_later
from hkconcept.registers.published import row_of
from hkconcept.registers.reconciliation import Reconciliation, reconcile
from hkconcept.registers.schema import Schema
from hkconcept.registers.statements import statements_of
from hkconcept.registers.view import View, view_of
from hkconcept.service.facts import facts_version, packaged_facts
from hkconcept.service.totals import every_total

if TYPE_CHECKING:
    from hkconcept.service.workspace import Workspace

__all__ = ["Register", "open_register"]


def _registers() -> Iterator[Statement]:
    for name in ("approvals", "deals", "designations", "drugs", "payment", "procurement", "procurement-results"):
        yield from packaged_statements(schema_of(name))
    yield from with_later(policies.SCHEMA, policies.rows(policies.packaged()))
    totals = schema_of("totals")
    yield from (statement for total in every_total() for statement in statements_of(totals, row_of(total)))


_PARTS: Final[Mapping[str, Callable[[], Iterable[Statement]]]] = {
    "registers": _registers,
    "listings": listings.packaged,
}


def _part_of(register: str) -> str:
    return register if register in _PARTS else "registers"


def _version_of(part: str) -> str:
    # The tables of the registers are covered by the version of the facts; the listings lie elsewhere.
    return f"listings:{hashlib.sha256(listings.TABLE.read_bytes()).hexdigest()[:16]}" if part == "listings" else part


class Register:
    """A register of a workspace. Every answer names its moment of knowledge; there is none without."""

    def __init__(self, workspace: Workspace, schema: Schema) -> None:
        """Keep what :func:`open_register` has opened; use that instead."""
        self.schema = schema
        self._workspace = workspace

    def as_of(self, known: Moment | str, *, valid: dt.date | str | None = None) -> View:
        """Return the register as it could be known at a moment.

        Parameters
        ----------
        known
            The moment: ``2026-01-08`` (the end of that day in Hong Kong), ``2026-01-08 16:30``.
        valid
            Only rows that hold on that day; ``None`` for all.

        Raises
        ------
        ValueError
            The moment or the day cannot be read.

        """
        moment = Moment.parse(known) if isinstance(known, str) else known
        day = dt.date.fromisoformat(valid) if isinstance(valid, str) else valid
        recorded = self._recorded(self.schema, moment)
        whole = {self.schema.register: view_of(self.schema, recorded, as_of=moment)}
        still_open = [str(one) for one in self._reconciled(moment, whole) if not one.holds]
        return view_of(self.schema, recorded, as_of=moment, valid=day, still_open=still_open)

    def reconciliations(self, known: Moment | str) -> tuple[Reconciliation, ...]:
        """Return the published sums of this register (of all, for ``totals``) that were known at a moment."""
        return self._reconciled(Moment.parse(known) if isinstance(known, str) else known, {})

    def _reconciled(self, moment: Moment, views: dict[str, View]) -> tuple[Reconciliation, ...]:
        own = None if self.schema.register == "totals" else self.schema.register

        def sum_of_rows(register: str, column: str, condition: str) -> Decimal | None:
            # Reading a register is the cost of an answer: each is read once.
            if register not in views:
                schema = schema_of(register)
                views[register] = view_of(schema, self._recorded(schema, moment), as_of=moment)
            view = views[register]
            rows = view.where(condition).rows if condition else view.rows
            values = [Decimal(value) for row in rows if isinstance(value := row[column], (Decimal, int))]
            return sum(values, Decimal(0)) if values else None

        return reconcile(every_total(), sum_of_rows, as_of=moment, register=own)

    def _recorded(self, schema: Schema, moment: Moment) -> tuple[Recorded, ...]:
        return self._workspace.ledger.as_of(known=moment, valid=None, subject_kind=schema.register)


def open_register(workspace: Workspace, name: str) -> Register:
    """Open a register; its packaged facts are loaded into the ledger when it is first asked for.

    Raises
    ------
    UsageError
        There is no register of that name; the nearest is offered.
    StoreError
        The ledger cannot be used.

    """
    schema = schema_of(name)
    _load(workspace, _part_of(name))
    return Register(workspace, schema)


def _load(workspace: Workspace, wanted: str) -> None:
    """Load a part of the packaged registers unless this version of it is held.

    A note needs none of them, so that a new workspace starts without: the version that the ledger remembers names
    the parts that it holds.
    """
    facts = facts_version()
    held_facts, *held = (workspace.ledger.packaged_version or "").split("+")
    parts = {part.partition(":")[0] for part in held} & set(_PARTS) | {wanted}
    version = "+".join((facts, *sorted(_version_of(part) for part in parts)))
    if (held_facts, *held) == tuple(version.split("+")):
        return
    rows = chain(packaged_facts(), *(_PARTS[part]() for part in sorted(parts)))
    workspace.ledger.restate_packaged(rows, version=version)
