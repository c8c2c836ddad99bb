"""The review queue: facts found by machine wait with their quotes until a person or a rule decides.

A decision is a row of the ledger like any other: it supersedes the extracted statement, says who decided and when,
and is known from the same moment as the statement, because what changed is our judgement and not the world. The row
that it lets into a register quotes the document and names the reviewer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hkconcept.errors import UsageError
from hkconcept.ledger.sources import Source
from hkconcept.ledger.statement import JsonValue, Statement
from hkconcept.linking import Gazetteer
from hkconcept.model import Language, Moment, StockCode
from hkconcept.registers.schema import Row, Schema
from hkconcept.registers.statements import rows_of, statements_of
from hkconcept.service.candidates import Candidate, candidates, key_of
from hkconcept.service.registers import open_register
from hkconcept.service.review_items import Item, is_wording, known_as, row_of, typed
from hkconcept.service.workspace import Workspace

__all__ = ["Decided", "Item", "Review"]

_FEWEST: Final = 4


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision: the fact, what was decided, by whom, the row's subject, and the statements recorded with it."""

    id: str
    decision: str
    by: str
    register: str
    subject: str
    statements: int


class Review:
    """The queue of a workspace.

    Parameters
    ----------
    workspace
        Open.
    now
        The moment of the review; decisions are dated by it.
    version
        Of the software, noted with the run.

    """

    def __init__(self, workspace: Workspace, *, now: Moment, version: str) -> None:
        """Keep the workspace; nothing is read before :meth:`queue`."""
        self._workspace = workspace
        self._now = now
        self._version = version
        self._gazetteer: Gazetteer | None = None
        # Registers as of now, until a decision changes one.
        self._registers: dict[str, tuple[tuple[Row, ...], Mapping[str, dt.datetime]]] = {}

    def queue(self, register: str | None = None) -> tuple[Item, ...]:
        """Return the facts that wait, oldest first; ``register`` narrows them to one."""
        ledger = self._workspace.ledger
        found = candidates(
            ledger.as_of(known=self._now, valid=None, attribute="event"),
            ledger.documents(),
            figures=lambda key: ledger.as_of(known=self._now, valid=None, attribute="figure", document=key),
            name_of=self._name_of,
        )
        return tuple(self._item(one) for one in found if register is None or one.schema.register == register)

    def find(self, given: str, items: Sequence[Item] | None = None) -> Item:
        """Return the fact of an id, or of the first characters of one.

        Raises
        ------
        UsageError
            None, or more than one, waits under it.

        """
        queue = self.queue() if items is None else items
        found = [item for item in queue if item.candidate.id.startswith(given)] if len(given) >= _FEWEST else []
        if len(found) != 1:
            what = "no fact waits under this id" if not found else f"{len(found)} facts wait under this id"
            raise UsageError(what, where=given[:80], todo="see 'hkconcept review' for the ids, and give more of one")
        return found[0]

    def text_of(self, item: Item) -> str:
        """Return the text of the document that a fact quotes."""
        return self._workspace.ledger.text_of(item.candidate.document)

    def source_of(self, item: Item) -> Source:
        """Return where the document of a fact was read, and when it was published and fetched."""
        return self._workspace.ledger.source_of(item.candidate.document)

    def edited(self, item: Item, edits: Mapping[str, str]) -> Item:
        """Return a fact with corrected or completed cells; an empty value takes a cell out.

        Raises
        ------
        UsageError
            The register has no such column.

        """
        schema = item.candidate.schema
        for name in edits:
            if schema.column(name) is None:
                known = ", ".join(column.name for column in schema.columns)
                what = f"the register {schema.register} has no column {name!r}"
                raise UsageError(what, where="--set", todo=f"choose one of {known}")
        merged = {**item.candidate.values, **edits}
        values = {name: value for name, value in merged.items() if value}
        concluded = {name: why for name, why in item.candidate.concluded.items() if name not in edits}
        return self._item(replace(item.candidate, values=values, concluded=concluded))

    def accept(
        self, item: Item, *, by: str, edits: Mapping[str, str] | None = None, reason: str = "", rule: str = ""
    ) -> Decided:
        """Let a fact into its register, with any edits; it is known from when its document was.

        A value that the register holds already is not stated again, nor are its names in another language, nor what is
        only concluded; a figure or date that contradicts the register is stated beside it, and both are shown.

        Raises
        ------
        UsageError
            Nobody is named, or the row is not complete; every fault is told.

        """
        _refuse_nobody(by)
        changed = self.edited(item, edits) if edits else item
        self.check(changed)
        row = row_of(changed, f"; accepted by {by.strip()} on {self._now.day}")
        mark = self._mark("accepted", by=by, reason=reason, rule=rule)
        if edits:
            old = item.candidate.values
            mark["edited"] = {name: [old.get(name, ""), value] for name, value in edits.items()}
        rows = tuple(self._rows(changed, row, mark, edits or {}))
        subject = changed.candidate.schema.subject(row)
        decision = self._decision(item.candidate, "accepted", {**mark, "subject": subject})
        return self._record(item, "accepted", by, subject, (decision, *rows))

    def check(self, item: Item) -> None:
        """Refuse a row that is not complete.

        Raises
        ------
        UsageError
            With every fault.

        """
        if item.findings:
            told = "; ".join(f"{one.column}: {one.message}" for one in item.findings)
            raise UsageError(
                f"the row cannot enter {item.candidate.schema.register} yet ({told})",
                where=item.candidate.id[:12],
                todo="complete it with --set COLUMN=VALUE",
            )

    def reject(self, item: Item, *, by: str, reason: str = "") -> Decided:
        """Take a fact out of the queue; it stays in the ledger with who rejected it, when and why."""
        _refuse_nobody(by)
        mark = self._mark("rejected", by=by, reason=reason, rule="")
        decision = self._decision(item.candidate, "retracted", mark)
        return self._record(item, "rejected", by, "", (decision,))

    # ---- making rows

    def _mark(self, decision: str, *, by: str, reason: str, rule: str) -> dict[str, JsonValue]:
        mark: dict[str, JsonValue] = {"decision": decision, "by": by, "at": self._now.at.isoformat()}
        return mark | {name: text for name, text in (("reason", reason), ("rule", rule)) if text}

    def _rows(self, item: Item, row: Row, mark: dict[str, JsonValue], edits: Mapping[str, str]) -> Iterator[Statement]:
        candidate = item.candidate
        for statement in statements_of(candidate.schema, row, status="accepted"):
            name = statement.attribute
            if self._stated(item, row, name) or (name not in edits and is_wording(item, name)):
                continue
            value = statement.value
            stated = dict(value) if isinstance(value, Mapping) else {"value": value}
            yield replace(
                statement, value={**stated, "review": mark}, document=candidate.document, quote=candidate.quote
            )

    def _stated(self, item: Item, row: Row, column: str) -> bool:
        """Whether the register stated the same value by the time at which the document appeared."""
        held = item.held
        if held is None or held.text(column) != row.text(column):
            return False
        known = self._register(item.candidate.schema)[1].get(held.statements.get(column, ""))
        return known is not None and known <= row.evidence.known_at.known_by

    def _decision(self, candidate: Candidate, status: str, mark: Mapping[str, JsonValue]) -> Statement:
        event = candidate.event
        value = dict(event.value) if isinstance(event.value, Mapping) else {}
        return replace(
            event,
            status="accepted" if status == "accepted" else "retracted",
            value={**value, "review": dict(mark)},
            supersedes=candidate.id,
        )

    def _record(self, item: Item, decision: str, by: str, subject: str, statements: Sequence[Statement]) -> Decided:
        with self._workspace.run(command=f"review: {decision} by {by}", version=self._version) as run:
            written = self._workspace.ledger.record(statements, run=run)
        self._registers.clear()
        candidate = item.candidate
        return Decided(candidate.id, decision, by, candidate.schema.register, subject, written)

    # ---- looking at a candidate

    def _item(self, candidate: Candidate) -> Item:
        if not candidate.values.get("id") and (made := key_of(candidate))[0]:
            concluded = {"id": made[1]} if made[1] else {}
            candidate = replace(
                candidate,
                values={"id": made[0], **candidate.values},
                concluded={**concluded, **candidate.concluded},
            )
        alike = known_as(candidate, self._register(candidate.schema)[0])
        known = alike[0] if len(alike) == 1 else None
        if known is not None and known.text("id") != candidate.values.get("id"):
            candidate = replace(
                candidate,
                values={**candidate.values, "id": known.text("id")},
                concluded={**candidate.concluded, "id": "the register's row of the same company, drug and year"},
            )
        row, faults = typed(candidate, "")
        findings = tuple(faults)
        if row is not None:
            told = {one.column: one for one in (*candidate.schema.findings([row])[::-1], *findings)}
            findings = tuple(told[column] for column in sorted(told, key=candidate.schema.header.index))
        item = Item(candidate, findings, known, {})
        differs: dict[str, str] = {}
        if row is not None and known is not None:
            differs = {
                name: known.text(name)
                for name in row.values
                if known[name] is not None and known.text(name) != row.text(name) and not is_wording(item, name)
            }
        similar = tuple(candidate.schema.subject(row) for row in alike) if known is None else ()
        return Item(candidate, findings, known, differs, similar)

    def _register(self, schema: Schema) -> tuple[tuple[Row, ...], Mapping[str, dt.datetime]]:
        """Return a register as of now, and from when each of its statements was known."""
        name = schema.register
        if name not in self._registers:
            open_register(self._workspace, name)  # with its packaged rows
            stated = self._workspace.ledger.as_of(known=self._now, valid=None, subject_kind=name)
            known = {one.id: one.statement.known_at.known_by for one in stated}
            self._registers[name] = rows_of(schema, stated)[0], known
        return self._registers[name]

    def _name_of(self, code: StockCode, known_at: Moment, language: Language) -> str:
        if self._gazetteer is None:
            self._gazetteer = Gazetteer.packaged()
        listing = self._gazetteer.listing(code)
        return listing.name(language, known_at.day) if listing is not None else str(code)


def _refuse_nobody(by: str) -> None:
    if not by.strip():
        raise UsageError(
            "nobody is named who decides", where="--by", todo="give your name, for example --by 'Chan Mei'"
        )
