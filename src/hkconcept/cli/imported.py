"""An import on a terminal: what was read and left out, what is new, what changed; or every fault with its place."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from hkconcept.cli.terminal import console_of_width
from hkconcept.note.i18n import printable
from hkconcept.registers.directory import schema_of
from hkconcept.registers.schema import Finding, Row
from hkconcept.service.imports import ImportReport

__all__ = ["print_findings", "print_report"]

_SHOWN = 20
_COLUMNS = 4


def print_findings(findings: Sequence[Finding]) -> None:
    """Print every fault of a file, one row each."""
    table = Table("where", "column", "row", "what is wrong", box=None, pad_edge=False, header_style="dim")
    for finding in findings[: 5 * _SHOWN]:
        table.add_row(
            Text(printable(finding.where)),
            Text(printable(finding.column)),
            Text(printable(finding.row), style="dim"),
            Text(printable(finding.message), style="red"),
        )
    console = console_of_width(140)
    console.print(table)
    if len(findings) > 5 * _SHOWN:
        console.print(f"and {len(findings) - 5 * _SHOWN} more")


def print_report(report: ImportReport, name: str) -> None:
    """Print what an import did or would do. Whatever comes from the file is printed literally."""
    console = console_of_width(140)
    verb = "would import" if report.dry_run else "imported"
    console.print(Text(f"{verb} {printable(name)} into {report.register} by the map {report.map}", style="bold"))
    console.print(Text(f"header at {printable(report.table)}; published {report.published or 'row by row'}", "dim"))
    left = "; ".join(f"{count:,} left out ({printable(reason)})" for reason, count in report.left_out.items())
    console.print(Text(f"{report.read:,} rows read" + (f"; {left}" if left else "")))
    if report.ignored:
        told = "; ".join(f"{label}: {reason}" for label, reason in report.ignored)
        console.print(Text(f"columns ignored: {printable(told)}", style="dim"))
    console.print()
    if report.added:
        console.print(_added(report))
    if report.changed:
        console.print(_changed(report))
    counts = (
        f"{len(report.added):,} rows new, {len(report.changed):,} values changed, {report.unchanged:,} rows as held; "
        f"{len(report.not_in_file):,} rows of the register are not in the file and stay"
    )
    console.print(Text(counts))
    if report.not_in_file:
        names = ", ".join(report.not_in_file[:_SHOWN])
        more = f" and {len(report.not_in_file) - _SHOWN:,} more" if len(report.not_in_file) > _SHOWN else ""
        console.print(Text(f"not in the file: {printable(names)}{more}", style="dim"))
    if report.dry_run:
        console.print(Text("nothing was written (dry run)", style="yellow"))
    else:
        console.print(Text(f"{report.recorded:,} statements recorded, snapshot {report.sha256[:12]}"))


def _added(report: ImportReport) -> Table:
    schema = schema_of(report.register)
    names = [
        column.name
        for column in schema.columns
        if column.name not in schema.key and any(row[column.name] is not None for row in report.added)
    ][:_COLUMNS]
    table = Table("+", "row", *names, box=None, pad_edge=False, header_style="dim", title=None)
    for row in report.added[:_SHOWN]:
        table.add_row(Text("+", style="green"), Text(printable(schema.subject(row))), *(_cell(row, n) for n in names))
    if len(report.added) > _SHOWN:
        table.add_row("", f"and {len(report.added) - _SHOWN:,} more", *("" for _ in names))
    return table


def _cell(row: Row, name: str) -> Text:
    text = printable(row.text(name))
    return Text(text if len(text) <= 40 else f"{text[:39]}…")


def _changed(report: ImportReport) -> Table:
    table = Table("~", "row", "column", "held", "in the file", box=None, pad_edge=False, header_style="dim")
    for change in report.changed[:_SHOWN]:
        table.add_row(
            Text("~", style="yellow"),
            Text(printable(change.subject)),
            change.column,
            Text(printable(change.old) or "(nothing)"),
            Text(printable(change.new)),
        )
    if len(report.changed) > _SHOWN:
        table.add_row("", f"and {len(report.changed) - _SHOWN:,} more", "", "", "")
    return table
