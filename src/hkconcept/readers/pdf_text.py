"""The text layer of a PDF, as rows of cells; runs in the child of :mod:`hkconcept.readers.confined` only.

Where lines are ruled, the cells are those between the lines, however the text in them is wrapped; elsewhere a line of
text is cut into cells at wide gaps.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from hkconcept.readers.confined import Refusal
from hkconcept.readers.ruled import Glyph, Ruling, grids, joined, lines_of

__all__ = ["extract"]

_MAX_PAGES = 1_000
_MAX_GLYPHS = 5_000_000
_MAX_RULINGS = 400_000
_PASSWORD = 4
_TODO = "give the pages that hold the table as a file of their own"
_CUT = 1.5  # a gap of this many times the height of the letters parts two cells


class _Row(NamedTuple):
    top: float
    cells: list[str]


@dataclass(slots=True)
class _Budget:
    glyphs: int = _MAX_GLYPHS
    rulings: int = _MAX_RULINGS


def extract(content: bytes) -> dict[str, Any]:
    """Return ``pages`` (number, rows of cells from top to bottom) and ``blank``, the pages without text."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - only in the child

    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise Refusal("the PDF is encrypted and asks for a password", "save it without a password") from error
        raise Refusal("the PDF is damaged", "get it again from its publisher") from error
    count = len(document)
    if count > _MAX_PAGES:
        raise Refusal(f"the PDF has {count:,} pages, and {_MAX_PAGES:,} are allowed", _TODO)
    budget = _Budget()
    pages: list[tuple[int, list[list[str]]]] = []
    blank: list[int] = []
    for index in range(count):
        try:
            page = document[index]
            rows = _page(page, budget)
            page.close()
        except pdfium.PdfiumError as error:
            raise Refusal(f"page {index + 1} of the PDF is damaged", "get it again from its publisher") from error
        if rows:
            pages.append((index + 1, [row.cells for row in rows]))
        else:
            blank.append(index + 1)
    if not pages:
        raise Refusal(
            f"the PDF has no text layer (its {count} page{'s are images' if count > 1 else ' is an image'})",
            "recognise its text (OCR) and give the table as xlsx or CSV",
        )
    return {"pages": pages, "blank": blank}


def _page(page: Any, budget: _Budget) -> list[_Row]:  # noqa: ANN401 - a page of the library
    glyphs = list(_glyphs(page, budget))
    if not glyphs:
        return []
    rows: list[_Row] = []
    for grid in grids(_rulings(page, budget)):
        inside = [glyph for glyph in glyphs if grid.holds(glyph)]
        if inside:
            rows.extend(_Row(top, cells) for top, cells in grid.rows(inside) if any(cells))
            taken = set(map(id, inside))
            glyphs = [glyph for glyph in glyphs if id(glyph) not in taken]
    rows.extend(_Row(line[0].top, _cut(line)) for line in lines_of(glyphs))
    return sorted(rows, key=lambda row: -row.top)


def _cut(line: list[Glyph]) -> list[str]:
    cells: list[list[Glyph]] = [[line[0]]]
    for before, glyph in pairwise(line):
        if glyph.left - before.right > _CUT * glyph.height:
            cells.append([])
        cells[-1].append(glyph)
    return [joined([cell]) for cell in cells]


def _glyphs(page: Any, budget: _Budget) -> Iterator[Glyph]:  # noqa: ANN401
    import pypdfium2.raw as c  # noqa: PLC0415 - only in the child

    text = page.get_textpage()
    count = text.count_chars()
    budget.glyphs -= count
    if budget.glyphs < 0:
        raise Refusal(f"the PDF holds more than {_MAX_GLYPHS:,} characters", _TODO)
    box = c.FS_RECTF()
    for index in range(count):
        code = c.FPDFText_GetUnicode(text, index)
        # The library makes up blanks between words; where letters stand says that better.
        if code <= 32 or code in (0xA0, 0x3000, 0xFFFE, 0xFFFF) or c.FPDFText_IsGenerated(text, index) == 1:
            continue
        if c.FPDFText_GetLooseCharBox(text, index, box):
            yield Glyph(chr(code), box.left, box.bottom, box.right, box.top)
    text.close()


def _rulings(page: Any, budget: _Budget) -> list[Ruling]:  # noqa: ANN401
    """Return the horizontal and vertical strokes and edges of a page."""
    import pypdfium2.raw as c  # noqa: PLC0415 - only in the child

    found: list[Ruling] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for item in page.get_objects(filter=[c.FPDF_PAGEOBJ_PATH], max_depth=1):
        matrix = item.get_matrix()
        count = c.FPDFPath_CountSegments(item)
        budget.rulings -= max(count, 0)
        if budget.rulings < 0:
            raise Refusal(f"the PDF draws more than {_MAX_RULINGS:,} strokes", _TODO)
        start = before = (0.0, 0.0)
        for index in range(count):
            segment = c.FPDFPath_GetPathSegment(item, index)
            c.FPDFPathSegment_GetPoint(segment, x, y)
            point = matrix.on_point(x.value, y.value)
            kind = c.FPDFPathSegment_GetType(segment)
            if kind == c.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == c.FPDF_SEGMENT_LINETO:
                found.extend(Ruling.of(before, point))
            if c.FPDFPathSegment_GetClose(segment):
                found.extend(Ruling.of(point, start))
            before = point
    return found
