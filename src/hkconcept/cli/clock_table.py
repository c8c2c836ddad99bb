"""Tables of the clock on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table as Grid
from rich.text import Text

from hkconcept.cli.terminal import console_of_width
from hkconcept.note.i18n import printable
from hkconcept.pathway.table import Table

__all__ = ["print_tables"]

_STYLES = {"overdue": "bold red", "done_late": "red", "stopped": "yellow", "met": "green", "not met": "red"}


def print_tables(tables: Iterable[Table]) -> None:
    """Print tables to standard output; what comes from a file is printed literally."""
    console = console_of_width(160)
    for table in tables:
        if table.title:
            console.print(Text(printable(table.title), style="bold"))
        if table.rows:
            grid = Grid(box=None, pad_edge=False, header_style="dim")
            for head in table.heads:
                grid.add_column(head, overflow="fold")
            for row, key in zip(table.rows, table.styles or [""] * len(table.rows), strict=True):
                grid.add_row(*(Text(printable(cell)) for cell in row), style=_STYLES.get(key))
            console.print(grid)
        for line in table.remarks:
            console.print(Text(printable(line), style="dim"))
        console.print()
