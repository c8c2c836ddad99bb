"""Tables in pages: every table that holds data, cells that span several columns or rows laid out in all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from hkconcept.errors import SourceError
from hkconcept.readers.delimited import decode_table
from hkconcept.readers.grid import GridRow, Table, cell_text
from hkconcept.readers.page import parse_page

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_html_tables"]

_BLANKS = re.compile(r"\s+")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
_MAX_SPAN = 1000
_MAX_CELLS = 2_000_000
_BREAKS = frozenset({"br", "p", "div", "li"})
_SKIPPED = frozenset({"script", "style", "template", "noscript", "table"})


def read_html_tables(raw: bytes, *, where: str) -> tuple[Table, ...]:
    """Read the tables of a page that have two columns or more, and its list of dated links as one more.

    The list has the columns ``title``, ``address`` and ``date``: agencies publish their notices so.
    A table inside a cell of another is read as a table of its own. The limits on nesting and on elements are those of
    :func:`hkconcept.readers.page.parse_page`.

    Raises
    ------
    SourceError
        For a page that cannot be parsed, is too large or too deep, spans too many cells, or has no table.

    """
    decoded = decode_table(raw, where=where)
    page = parse_page(decoded.text, where)
    tables = []
    cells = 0
    for number, element in enumerate(page.root.iter("table"), start=1):
        rows = []
        for row in _laid_out(element, where):
            cells += len(row.cells)
            if cells > _MAX_CELLS:
                what = f"the tables span more than {_MAX_CELLS:,} cells"
                raise SourceError(what, where=where, todo="save the table as CSV")
            if any(row.cells):
                rows.append(row)
        if rows and max(len(row.cells) for row in rows) > 1:
            tables.append(Table(f"table {number}", "html", tuple(rows), where=where, encoding=decoded.encoding))
    if (listed := _dated_items(page.root)) is not None:
        tables.append(replace(listed, where=where, encoding=decoded.encoding))
    if not tables:
        raise SourceError("there is no table in the page", where=where, todo="save the page that shows the table")
    return tuple(tables)


def _dated_items(root: _Element) -> Table | None:
    """Return the items of a list page as a table: those that hold one link and a date beside it."""
    rows: list[GridRow] = []
    for item in root.iter("li", "dd"):
        links = [link for link in item.iter("a") if link.get("href")]
        if len(links) != 1 or next(item.iter("table", "ul", "ol"), None) is not None:
            continue
        words = _text(links[0])
        rest = _text(item).replace(words, "", 1)
        if words and (date := _DATE.search(rest)):
            title = cell_text(links[0].get("title") or "") or words
            year, month, day = date.groups()
            cells = (title, cell_text(links[0].get("href") or ""), f"{year}-{int(month):02d}-{int(day):02d}")
            rows.append(GridRow(len(rows) + 1, cells))
    return Table("list", "html", (GridRow(0, ("title", "address", "date")), *rows)) if rows else None


def _laid_out(table: _Element, where: str) -> Iterator[GridRow]:
    """Yield the rows of one table, repeating a cell in every column and row that it spans."""
    pending: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(_rows(table), start=1):
        cells: list[str] = []
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            _fill(cells, pending)
            text, across, down = _text(cell), _span(cell, "colspan"), _span(cell, "rowspan")
            if len(cells) + across > 10 * _MAX_SPAN:
                what = f"a row has more than {10 * _MAX_SPAN:,} cells"
                raise SourceError(what, where=f"{where}, row {number}", todo="save the table as CSV")
            for _ in range(across):
                if down > 1:
                    pending[len(cells)] = (down - 1, text)
                cells.append(text)
        _fill(cells, pending)
        yield GridRow(number, tuple(cells))


def _fill(cells: list[str], pending: dict[int, tuple[int, str]]) -> None:
    while len(cells) in pending:
        left, text = pending.pop(len(cells))
        if left > 1:
            pending[len(cells)] = (left - 1, text)
        cells.append(text)


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _span(cell: _Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdecimal() and len(value) < 6 else 1


def _text(cell: _Element) -> str:
    """Return the text of a cell, its lines joined by line breaks, without tables nested in it."""
    pieces: list[str] = []
    # Each entry is an element to open, or (element, True) once its children are done.
    stack: list[tuple[_Element, bool]] = [(cell, False)]
    while stack:
        element, done = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if done:
            if tag in _BREAKS:
                pieces.append("\n")
        elif tag and tag not in _SKIPPED:
            pieces.append(_BLANKS.sub(" ", element.text or ""))
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
            continue
        if element is not cell:
            pieces.append(_BLANKS.sub(" ", element.tail or ""))
    lines = (cell_text(line) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
