"""``hkconcept import``: an official list, an export or a CSV into a register, or what it would change."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from hkconcept.cli.answer import as_table, write_lines
from hkconcept.cli.arguments import Command
from hkconcept.cli.source import moment
from hkconcept.errors import UsageError
from hkconcept.readers.tables import read_table_file
from hkconcept.registers.directory import NAMES, schema_of
from hkconcept.registers.imports import packaged_maps
from hkconcept.service.clock import now
from hkconcept.service.facts import facts_version, packaged_facts
from hkconcept.service.imports import ImportRefusedError, ImportReport, import_file
from hkconcept.service.workspace import Workspace

__all__ = ["run"]


def run(command: Command) -> int:
    """Import FILE into REGISTER; nothing of it when anything in it is wrong."""
    table = as_table(command)
    if command.maps:
        _list_maps(command.register)
        return 0
    if not command.register or not command.source:
        raise UsageError("a REGISTER and a FILE are needed", todo=f"registers: {', '.join(NAMES)}; maps: --maps")
    schema_of(command.register)
    published = moment(command.published, "--published") if command.published else None
    given = _given(command.given)
    file = read_table_file(command.source, stdin=sys.stdin.buffer)
    present = now()
    with Workspace.open(
        command.workspace, now=present, packaged=packaged_facts, packaged_version=facts_version()
    ) as workspace:
        try:
            report = import_file(
                workspace,
                command.register,
                file,
                now=present,
                version=version("hkconcept"),
                map_name=command.map or "",
                sheet=command.sheet or "",
                published=published,
                url=command.url,
                given=given,
                dry_run=command.dry_run,
            )
        except ImportRefusedError as refused:
            _show_findings(refused, table=table)
            raise
    if table:
        from hkconcept.cli.imported import print_report  # noqa: PLC0415 - 80 ms that only a terminal needs

        print_report(report, file.name)
    else:
        write_lines(_rows(report))
    return 0


def _given(pairs: list[str]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator:
            raise UsageError(f"{pair!r} is not COLUMN=VALUE", where="--set", todo="write it like --set edition=2025")
        given[name] = value
    return given


def _list_maps(register: str | None) -> None:
    names = [register] if register else NAMES
    write_lines(
        {"register": one, "map": column_map.name, "title": column_map.title, "seen": column_map.seen}
        for one in names
        for column_map in packaged_maps(one)
    )


def _show_findings(refused: ImportRefusedError, *, table: bool) -> None:
    if table:
        from hkconcept.cli.imported import print_findings  # noqa: PLC0415 - as above

        print_findings(refused.findings)
        return
    write_lines(
        {"type": "finding", "where": one.where, "row": one.row, "column": one.column, "message": one.message}
        for one in refused.findings
    )


def _rows(report: ImportReport) -> Iterator[dict[str, Any]]:
    schema = schema_of(report.register)
    yield {
        "type": "import",
        "register": report.register,
        "map": report.map,
        "table": report.table,
        "sha256": report.sha256,
        "published": str(report.published) if report.published else None,
        "dry_run": report.dry_run,
        "read": report.read,
        "left_out": dict(report.left_out),
        "ignored_columns": dict(report.ignored),
        "added": len(report.added),
        "changed": len(report.changed),
        "unchanged": report.unchanged,
        "not_in_file": len(report.not_in_file),
        "recorded": report.recorded,
    }
    for row in report.added:
        values = {name: row.text(name) for name in row.values}
        yield {"type": "added", "subject": schema.subject(row), "where": row.where, "values": values}
    for change in report.changed:
        yield {
            "type": "change",
            "subject": change.subject,
            "column": change.column,
            "old": change.old,
            "new": change.new,
        }
    yield from ({"type": "not in file", "subject": subject} for subject in report.not_in_file)
