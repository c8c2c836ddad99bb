"""``hkconcept register``: a register as it could be known at a moment, with its coverage; export, diff, companies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hkconcept.cli.answer import as_table, write_lines
from hkconcept.cli.arguments import Command
from hkconcept.cli.source import moment
from hkconcept.errors import UsageError
from hkconcept.model import Moment
from hkconcept.registers.directory import NAMES, schema_of
from hkconcept.service.clock import now
from hkconcept.service.workspace import Workspace

if TYPE_CHECKING:
    from hkconcept.registers.difference import Difference
    from hkconcept.registers.levels import Level
    from hkconcept.registers.schema import Row, Schema
    from hkconcept.registers.view import View
    from hkconcept.service.companies import Concerned

__all__ = ["run"]

_COMPANIES = "companies"


def run(command: Command) -> int:
    """Show, export or compare a register, or say which listed companies a drug concerns."""
    from hkconcept.service.facts import facts_version, packaged_facts  # noqa: PLC0415 - only a workspace needs them

    present = now()
    as_of = _past(command.as_of, "--as-of", present) if command.as_of else present
    earlier = _past(command.diff, "--diff", present) if command.diff else None
    valid = _day(command.valid) if command.valid else None
    if command.name != _COMPANIES:
        _checked(command.name)
    with Workspace.open(
        command.workspace, now=present, packaged=packaged_facts, packaged_version=facts_version()
    ) as workspace:
        if command.name == _COMPANIES:
            return _companies(command, workspace, as_of)
        return _register(command, workspace, as_of=as_of, earlier=earlier, valid=valid)


def _checked(name: str) -> Schema:
    """Return a register's schema; the answer to a wrong name offers ``companies`` as well."""
    try:
        return schema_of(name)
    except UsageError as error:
        import difflib  # noqa: PLC0415 - only a wrong name needs it

        near = difflib.get_close_matches(name[:64], (*NAMES, _COMPANIES), n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        todo = f"{hint}choose one of {', '.join((*NAMES, _COMPANIES))}"
        raise UsageError(error.what, todo=todo) from error


def _past(text: str, option: str, present: Moment) -> Moment:
    read = moment(text, option)
    if read.at > present.at:
        raise UsageError(f"{read} has not come yet", where=option, todo="give a moment in the past")
    return read


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a day", where="--valid", todo="write it like 2026-01-08") from error


def _register(
    command: Command, workspace: Workspace, *, as_of: Moment, earlier: Moment | None, valid: dt.date | None
) -> int:
    from hkconcept.service.registers import open_register  # noqa: PLC0415 - brings the ledger

    register = open_register(workspace, command.name)
    view = _narrowed(command, workspace, register.as_of(as_of, valid=valid))
    if earlier is not None:
        if earlier.known_by > as_of.known_by:
            raise UsageError(f"{earlier} is after --as-of {as_of}", where="--diff", todo="give an earlier moment")
        then = _narrowed(command, workspace, register.as_of(earlier, valid=valid))
        _show_difference(command, view, then, view.since(then))
        return 0
    if command.export:
        _export(command.export, view)
        return 0
    level = _level(command, workspace, as_of, valid or as_of.day)
    _show(command, view, level, register.reconciliations(as_of))
    return 0


def _narrowed(command: Command, workspace: Workspace, view: View) -> View:
    narrowed = view.where(*(command.where or ()))
    if not command.drug:
        return narrowed
    from dataclasses import replace  # noqa: PLC0415 - as below

    from hkconcept.service.companies import drugs_named, rows_about  # noqa: PLC0415 - only --drug needs them

    drugs = drugs_named(workspace, command.drug)
    return replace(narrowed, rows=rows_about(narrowed, drugs, command.drug))


def _level(command: Command, workspace: Workspace, as_of: Moment, day: dt.date) -> Level | None:
    if command.name != "payment" or not command.drug:
        return None
    from hkconcept.service.companies import payment_level  # noqa: PLC0415 - only this question needs it

    return payment_level(workspace, command.drug, day=day, as_of=as_of)


def _export(path: Path, view: View) -> None:
    from hkconcept.registers.export import export  # noqa: PLC0415 - only an export needs it
    from hkconcept.service.durable import write_atomically  # noqa: PLC0415 - as above

    write_atomically(path, export(view, path.suffix))
    print(f"wrote {path}: {_count(view)}")  # noqa: T201 - this is the command line's voice
    for line in view.coverage.lines:
        print(f"  {line}")  # noqa: T201 - as above


def _count(view: View) -> str:
    rows = len(view.rows)
    of = f" of {view.coverage.rows:,}" if rows != view.coverage.rows else ""
    return f"{rows:,}{of} rows of {view.schema.register} as of {view.as_of}"


def _show(command: Command, view: View, level: Level | None, sums: tuple[Any, ...]) -> None:
    if as_table(command):
        from hkconcept.cli.registered import print_register  # noqa: PLC0415 - 80 ms that only a table needs

        print_register(view, _count(view), level, sums if view.schema.register == "totals" else ())
        return
    write_lines(_lines(view, level, sums))


def _lines(view: View, level: Level | None, sums: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    from hkconcept.registers.export import json_rows  # noqa: PLC0415 - only JSON needs it

    yield _head(view)
    if level is not None:
        yield {
            "type": "level",
            "day": level.day.isoformat(),
            "level": level.level,
            "lists": [{"list": one.name, "answer": one.answer, "reason": one.reason} for one in level.lists],
        }
    for row in json_rows(view):
        yield {"type": "row", **_untyped(row)}
    for one in sums:
        yield {
            "type": "sum",
            "id": one.id,
            "what": one.what_en,
            "holds": one.holds,
            "whole": str(one.whole),
            "parts": str(one.parts),
            "formula": one.formula,
            "remark": one.remark_en or None,
        }


def _untyped(row: dict[str, Any]) -> dict[str, Any]:
    # "type" says what a line is; the register of approvals has a column of that name.
    return {("drug_type" if name == "type" else name): value for name, value in row.items()}


def _head(view: View) -> dict[str, Any]:
    return {
        "type": "register",
        "register": view.schema.register,
        "as_of": str(view.as_of),
        "valid": view.valid.isoformat() if view.valid else None,
        "where": list(view.conditions),
        "rows": len(view.rows),
        "of": view.coverage.rows,
        "coverage": list(view.coverage.lines),
    }


def _show_difference(command: Command, view: View, earlier: View, change: Difference) -> None:
    if as_table(command):
        from hkconcept.cli.registered import print_difference  # noqa: PLC0415 - as above

        print_difference(view, earlier, change)
        return
    write_lines(_difference_lines(view, earlier, change))


def _difference_lines(view: View, earlier: View, change: Difference) -> Iterator[dict[str, Any]]:
    yield {**_head(view), "type": "diff", "since": str(earlier.as_of)}

    def told(kind: str, row: Row) -> dict[str, Any]:
        return {"type": kind, "row": view.schema.subject(row), **_known(row)}

    yield from (told("added", row) for row in change.added)
    yield from (told("removed", row) for row in change.removed)
    for one in change.changes:
        yield {"type": "changed", "row": one.subject, "column": one.column, "old": one.old, "new": one.new}


def _known(row: Row) -> dict[str, str]:
    return {
        "known_at": str(row.evidence.known_at).removesuffix(" HKT"),
        "source": row.evidence.source,
        "status": row.evidence.status,
    }


def _companies(command: Command, workspace: Workspace, as_of: Moment) -> int:
    if not command.drug:
        raise UsageError(
            "no drug was named", where="companies", todo="add --drug NAME, or the id of an approval or a deal"
        )
    from hkconcept.service.companies import companies  # noqa: PLC0415 - brings the ledger

    answer = companies(workspace, command.drug, as_of=as_of)
    names = _names(answer, as_of)
    if as_table(command):
        from hkconcept.cli.registered import print_companies  # noqa: PLC0415 - as above

        print_companies(answer, names, as_of)
        return 0
    write_lines(_company_lines(answer, names, as_of))
    return 0


def _names(answer: Concerned, as_of: Moment) -> dict[str, str]:
    from hkconcept.linking import Gazetteer  # noqa: PLC0415 - only names need it

    listings = Gazetteer.packaged().listings
    codes = {link.code for _, links in answer.drugs for link in links}
    return {
        code: f"{one.name('en', as_of.day)} {one.name('zh-Hans', as_of.day)}"
        for code in codes
        if (one := listings.get(code))
    }


def _company_lines(answer: Concerned, names: dict[str, str], as_of: Moment) -> Iterator[dict[str, Any]]:
    yield {
        "type": "companies",
        "asked": answer.asked,
        "as_of": str(as_of),
        "drugs": [drug for drug, _ in answer.drugs],
        "ambiguous": len(answer.drugs) > 1,
        "coverage": list(answer.coverage),
    }
    for drug, links in answer.drugs:
        for link in links:
            yield {
                "type": "company",
                "drug": drug,
                "code": link.code,
                "name": names.get(link.code),
                "role": link.role,
                "since": str(link.since).removesuffix(" HKT"),
                "register": link.register,
                "row": link.row,
                "source": link.source,
                "status": link.status,
            }
