"""Which rows of a table are data: without notes, headings and repeated headers, and those cut by a page made whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from hkconcept.readers.grid import GridRow
from hkconcept.registers.imports.fit import Fit, label_of

__all__ = ["data_rows"]


def data_rows(fitted: Fit, left_out: Counter[str]) -> Iterator[tuple[GridRow, dict[int, str], str]]:
    """Yield each row of data: the row, its cells by column with those filled from above, the heading it stands under.

    The rest is counted in ``left_out`` by reason. The heading is empty unless the map has a ``section``.
    """
    column_map = fitted.map
    heading = ""
    filled = {column for column, rule in fitted.rules if any(label in column_map.fill_down for label in rule.labels)}
    last: dict[int, str] = {}
    for row in _whole_rows(fitted, left_out):
        texts = [text for text in row.cells if text]
        if any(pattern.search("\t".join(texts)) for pattern in column_map.skip):
            left_out["notes and footers"] += 1
            continue
        if column_map.section and len(set(texts)) == 1 and (len(texts) == 1 or len(texts) == len(row.cells)):
            heading = texts[0]
            left_out["headings between rows"] += 1
            continue
        cells = dict(enumerate(row.cells))
        for column in filled:
            if cells.get(column):
                last[column] = cells[column]
            elif column in last:
                cells[column] = last[column]
        if any(pattern.search("\t".join(texts)) for pattern in column_map.headings):
            left_out["headings between rows"] += 1
            continue
        yield row, cells, heading


def _whole_rows(fitted: Fit, left_out: Counter[str]) -> Iterator[GridRow]:
    """Yield the rows without repeated headers, those that a PDF's page cuts in two put together."""
    column_map = fitted.map
    header = tuple(map(label_of, fitted.header.cells))
    named = next((column for column, rule in fitted.rules if column_map.continued in rule.labels), None)
    before: GridRow | None = None
    page = 0
    for row in fitted.body:
        if tuple(map(label_of, row.cells)) == header:
            left_out["the header repeated"] += 1
            continue
        first, page = row.page != page, row.page
        goes_on = first and before is not None and named is not None and row.page == before.page + 1
        if before is not None and goes_on and not row.cell(named or 0) and before.cell(named or 0):
            width = max(len(before.cells), len(row.cells))
            cells = tuple(_joined(before.cell(column), row.cell(column)) for column in range(width))
            before = replace(before, cells=cells)
            left_out["second halves of rows cut by a page"] += 1
            continue
        if before is not None:
            yield before
        before = row
    if before is not None:
        yield before


def _joined(first: str, second: str) -> str:
    apart = first[-1:].isascii() and second[:1].isascii() and first[-1:].isalnum() and second[:1].isalnum()
    return f"{first} {second}" if apart else first + second
