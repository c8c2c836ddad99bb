"""Tables as plain grids: text cells, each row with the number that its reader sees beside it.

A grid says nothing about what a column means. It keeps what would otherwise be lost in text: which cells a workbook
stores as numbers (a stock code among them has lost its zeros), and which hold a formula or an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hkconcept.readers.plain import safe_text

__all__ = ["GridRow", "Table", "cell_text", "column_letters"]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a table.

    Parameters
    ----------
    number
        As the user sees it: the row of a sheet, the line of a file on which the row starts, the row of a page's
        table, the line of a PDF's page; counted from 1.
    cells
        The text of the cells, without blanks around it. Empty cells at the end may be missing.
    page
        Page of a PDF, counted from 1; 0 for everything else.
    numeric, formulas
        Indexes of the cells that the file stores as numbers, and of those that are computed or hold an error.

    """

    number: int
    cells: tuple[str, ...]
    page: int = 0
    numeric: frozenset[int] = frozenset()
    formulas: frozenset[int] = frozenset()

    def cell(self, column: int) -> str:
        """Return the text of a cell; one past the end of the row is empty."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read.

    Parameters
    ----------
    name
        Name of the sheet, caption or heading of the table, or empty.
    kind
        ``xlsx``, ``csv``, ``html`` or ``pdf``.
    rows
        Rows that hold anything, in order.
    where
        The file, to be named in errors.
    encoding
        Of a text file or a page; empty otherwise.
    hidden
        Whether the workbook hides the sheet.
    ignored
        What the file holds besides cells and was not looked at (macros, links to other files), as words.

    """

    name: str
    kind: str
    rows: tuple[GridRow, ...]
    where: str = ""
    encoding: str = ""
    hidden: bool = False
    ignored: tuple[str, ...] = field(default=())

    @property
    def width(self) -> int:
        """Number of columns of the widest row."""
        return max((len(row.cells) for row in self.rows), default=0)

    def __iter__(self) -> Iterator[GridRow]:
        """Iterate over the rows."""
        return iter(self.rows)

    def place(self, row: GridRow | None = None, column: int | None = None) -> str:
        """Return where a cell stands, as a user would say it.

        >>> Table("Prices", "xlsx", (), where="a.xlsx").place(GridRow(5, ()), 2)
        "a.xlsx, sheet 'Prices', row 5, column C"

        """
        parts = [self.where] if self.where else []
        if self.name and self.kind == "xlsx":
            parts.append(f"sheet {self.name!r}")
        elif self.name and self.kind == "html":
            parts.append(self.name)
        if row is not None:
            if row.page:
                parts.append(f"page {row.page}")
            parts.append(f"{'line' if self.kind in ('csv', 'pdf') else 'row'} {row.number}")
        if column is not None:
            parts.append(f"column {column_letters(column) if self.kind == 'xlsx' else column + 1}")
        return ", ".join(parts)


def column_letters(index: int) -> str:
    """Return the letters of a sheet's column; the first, ``A``, is 0.

    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')

    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_text(text: str) -> str:
    r"""Return the text of a cell without blanks around it and without characters that control a screen.

    >>> cell_text("\u3000 药物\u00a0\x1b[31m")
    '药物'

    """
    if text.isprintable():
        return text.strip()
    return safe_text(text).strip()
