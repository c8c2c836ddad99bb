"""A register on a terminal: its rows in a table, then what the count rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from rich.table import Table
from rich.text import Text

from hkconcept.cli.terminal import console_of_width
from hkconcept.model import Moment
from hkconcept.note.i18n import printable
from hkconcept.registers.difference import Difference
from hkconcept.registers.levels import Level
from hkconcept.registers.reconciliation import Reconciliation
from hkconcept.registers.schema import Row
from hkconcept.registers.view import View
from hkconcept.service.companies import Concerned

__all__ = ["print_companies", "print_difference", "print_register"]

# The columns that fit a terminal; an export and JSON have them all.
_SHOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "approvals": ("approved", "drug_zh", "drug_en", "type", "origin", "holder", "hk_code", "innovative"),
    "deals": ("announced", "licensor", "licensee", "total", "upfront", "asset", "hk_code", "scope"),
    "designations": ("dated", "kind", "stage", "drug", "holder", "hk_code", "indication"),
    "drugs": ("inn", "drug_zh", "brand", "code_names", "modality", "target", "holder"),
    "listings": ("code", "name_en", "name_zh", "isin", "listed"),
    "payment": ("list", "edition", "drug_zh", "pack", "payment_standard", "agreement_to", "hk_code"),
    "policies": ("first_public", "number_en", "title_en", "in_force_from", "amends"),
    "procurement": ("round", "opened", "drugs", "bidders", "winners", "effective", "average_cut", "remark"),
    "totals": ("period", "measure", "value", "vendor", "attributes", "unit", "scope_en"),
}
_MILLION: Final = Decimal(10**6)
_LONGEST: Final = 32
_GAP: Final = 2
_WHOLE: Final[Mapping[str, int]] = {"code": 8, "role": 8, "since": 10, "status": 8}
_FEWEST: Final = 3


def print_register(view: View, head: str, level: Level | None, sums: Sequence[Reconciliation]) -> None:
    """Print a view: rows, then the sums that were asked for, then its coverage. Cells are printed literally."""
    console = console_of_width(180)
    if level is not None:
        console.print(Text(f"{level.level}", style="bold"), f"on {level.day}")
        for state in level.lists:
            console.print(f"  {state.name}: {state.answer}, {state.reason}")
    if view.rows:
        console.print(_table(view, console.width))
    for one in sums:
        console.print(Text(("✓ " if one.holds else "≠ ") + str(one), style="green" if one.holds else "yellow"))
    console.print(Text(head, style="bold"))
    for line in view.coverage.lines:
        console.print(Text(f"  {printable(line)}"))


def _table(view: View, width: int) -> Table:
    """Return the columns that fit a width, the most telling first, one line per row; say which are left out."""
    names = _SHOWN.get(view.schema.register) or tuple(column.name for column in view.schema.columns)
    rows = sorted(view.rows, key=lambda row: row.text(names[0]))
    cells: dict[str, list[Text]] = {name: [_cell(row, name) for row in rows] for name in names}
    cells |= {
        "known_at": [Text(str(row.evidence.known_at).removesuffix(" HKT")) for row in rows],
        "status": [_status(row) for row in rows],
        "source": [_host(row.evidence.source) for row in rows],
    }
    wide = {name: max([len(name), *(one.cell_len for one in column)]) for name, column in cells.items()}
    kept: set[str] = set()
    left = width
    for name in (*names[:4], "known_at", "status", *names[4:], "source"):
        if wide[name] + _GAP <= left or len(kept) < _FEWEST:
            kept.add(name)
            left -= wide[name] + _GAP
    table = Table(box=None, pad_edge=False, header_style="dim")
    order = [name for name in (*names, "known_at", "status", "source") if name in kept]
    for name in order:
        column = view.schema.column(name)
        number = column is not None and column.type in ("decimal", "integer")
        table.add_column(name, justify="right" if number else "left", no_wrap=True, overflow="ellipsis")
    for line in zip(*(cells[name] for name in order), strict=True):
        table.add_row(*line)
    if hidden := [name for name in cells if name not in kept]:
        table.caption = Text(f"not shown for want of room: {', '.join(hidden)}")
        table.caption_justify = "left"
    return table


def _cell(row: Row, name: str) -> Text:
    value = row[name]
    if isinstance(value, Decimal):
        # Amounts of a deal are in the millions; a price or a percentage is not.
        millions = value >= _MILLION and value % 1000 == 0
        shown = f"{value / _MILLION:,.6f}".rstrip("0").rstrip(".") + "m" if millions else f"{value:,f}"
        # An amount without its currency says nothing, and "over 150" is not 150.
        bound = row.text("relation") if name == "value" and row["relation"] != "exact" else ""
        return Text(" ".join(part for part in (row.text("currency"), bound, shown) if part))
    if isinstance(value, int):
        return Text(f"{value:,}")
    text = printable(row.text(name))
    cell = Text(text)
    cell.truncate(_LONGEST, overflow="ellipsis")
    later = row.by_column.get(name)
    # A value that is only from memory says so where it stands.
    if later is not None and later.status == "recalled":
        cell.stylize("italic")
    return cell


def _host(source: str) -> Text:
    # Where the row is from, in a few signs; JSON and exports have the addresses of every value.
    first = re.match(r"(?:https?://)?(?:www\.)?([^\s/,;|]+)", printable(source))
    return Text(first.group(1)[:24] if first else "", style="dim")


def _status(row: Row) -> Text:
    recalled = sum(one.status == "recalled" for one in row.by_column.values())
    if recalled and row.evidence.status != "recalled":
        return Text(f"{row.evidence.status}, part recalled", style="dim")
    return Text(row.evidence.status, style="dim")


def print_difference(view: View, earlier: View, change: Difference) -> None:
    """Print what a register has at one moment and had not at an earlier one."""
    console = console_of_width(180)
    for mark, rows, style in (("+", change.added, "green"), ("-", change.removed, "red")):
        for row in rows:
            known = str(row.evidence.known_at).removesuffix(" HKT")
            told = f"{mark} {view.schema.subject(row)}  known {known}, {row.evidence.status}: {row.evidence.source}"
            console.print(Text(printable(told), style=style))
    for one in change.changes:
        told = f"~ {one.subject}, {one.column}: {one.old or 'not held'} → {one.new or 'not held'}"
        console.print(Text(printable(told), style="yellow"))
    counted = f"{len(change.added)} added, {len(change.removed)} removed, {len(change.changes)} values changed"
    console.print(Text(f"{view.schema.register} from {earlier.as_of} to {view.as_of}: {counted}", style="bold"))


def print_companies(answer: Concerned, names: Mapping[str, str], as_of: Moment) -> None:
    """Print the listed companies of a drug, each with the row that ties it and since when one could know."""
    console = console_of_width(180)
    if len(answer.drugs) > 1:
        console.print(Text(f"{printable(answer.asked)} may mean {len(answer.drugs)} drugs", style="yellow"))
    for drug, links in answer.drugs:
        console.print(Text(printable(drug), style="bold"))
        if not links:
            console.print("  no listed company is held for it at that moment")
            continue
        table = Table(box=None, pad_edge=False, header_style="dim")
        for name in ("code", "company", "role", "since", "by", "status", "source"):
            # What must be read whole comes before what may be cut.
            table.add_column(name, no_wrap=True, overflow="ellipsis", min_width=_WHOLE.get(name))
        for link in links:
            since = str(link.since).removesuffix(" HKT")
            cells = (names.get(link.code, ""), link.role, since, f"{link.register} {link.row}", link.status)
            table.add_row(link.code.display, *(Text(printable(cell)) for cell in cells), _host(link.source))
        console.print(table)
    console.print(Text(f"as of {as_of}", style="bold"))
    for line in answer.coverage:
        console.print(Text(f"  {printable(line)}"))
