"""Files made for tests: workbooks with chosen cells, and PDFs with letters and lines at chosen places."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import xlsxwriter

__all__ = ["Formula", "made_pdf", "made_xlsx", "ruled_table", "shown", "with_part"]


class Formula(NamedTuple):
    """A cell that is computed; ``value`` is what was last computed, empty for a cell never computed."""

    text: str
    value: str | float = ""


Cell = str | float | bool | Formula | None


def made_xlsx(sheets: Mapping[str, Sequence[Sequence[Cell]]], *, hidden: Sequence[str] = ()) -> bytes:
    """Make a workbook: text stays text, numbers are numbers."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, Formula):
                    sheet.write_formula(row, column, cell.text, None, cell.value)
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif isinstance(cell, bool):
                    sheet.write_boolean(row, column, cell)
                elif cell is not None:
                    sheet.write_number(row, column, cell)
    book.close()
    return made.getvalue()


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """Replace or add one part of a workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return made.getvalue()


_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>",
    (
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] /FontDescriptor 6 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    ),
    (
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
    ),
)


def made_pdf(pages: Sequence[str]) -> bytes:
    """Make a PDF from the content stream of each page; text in it is shown with :func:`shown`."""
    objects = ["", "", "", *_FONT]
    kids = []
    for content in pages:
        stream = len(objects) + 1
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> "
            f"/Contents {stream} 0 R >>"
        )
        kids.append(f"{stream + 1} 0 R")
    objects[0] = "<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects[2] = "null"
    made = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    made += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(made)


def shown(text: str, x: float, y: float, *, size: float = 10) -> str:
    """Return the operators that show a text with its base line at a place."""
    return f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def ruled_table(rows: Sequence[Sequence[str]], widths: Sequence[float], *, top: float = 800, left: float = 40) -> str:
    """Return the content of a ruled table; a line break in a cell starts a new line of text."""
    content = ""
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    at = top
    levels = [at]
    for row in rows:
        height = 6 + 12 * max(cell.count("\n") + 1 for cell in row)
        for column, cell in enumerate(row):
            for line, words in enumerate(cell.split("\n")):
                content += shown(words, edges[column] + 3, at - 12 - 12 * line)
        at -= height
        levels.append(at)
    content += "".join(f"{edges[0]} {y} m {edges[-1]} {y} l S\n" for y in levels)
    content += "".join(f"{x} {levels[0]} m {x} {levels[-1]} l S\n" for x in edges)
    return content
