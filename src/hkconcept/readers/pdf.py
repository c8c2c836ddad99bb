"""PDF with a text layer: one table of all pages, read in a confined child."""

from __future__ import annotations

from hkconcept.readers.confined import run_confined
from hkconcept.readers.grid import GridRow, Table, cell_text

__all__ = ["read_pdf_table"]

_TODO = "give the pages that hold the table as a file of their own, or the table as xlsx or CSV"


def read_pdf_table(raw: bytes, *, where: str) -> Table:
    """Read the text of a PDF as one table: each row with its page and its line on that page.

    A row between ruled lines has the cells that the lines make; any other line of text is cut at wide gaps.

    Raises
    ------
    SourceError
        For a PDF that is damaged, encrypted, without text, longer than 1,000 pages, or that needs more than 20 s or
        1 GB to read.

    """
    answer = run_confined("hkconcept.readers.pdf_text", raw, where=where, todo=_TODO)
    rows = tuple(
        GridRow(number, tuple(cell_text(cell) for cell in cells), page=page)
        for page, lines in answer["pages"]
        for number, cells in enumerate(lines, start=1)
    )
    blank = answer["blank"]
    shown = ", ".join(map(str, blank[:10])) + (" and more" if len(blank) > 10 else "")
    return Table("", "pdf", rows, where=where, ignored=(f"pages without text: {shown}",) if blank else ())
