"""Workbooks (xlsx): the values of every sheet, read in a confined child after a look at the archive's directory."""

from __future__ import annotations

from hkconcept.errors import SourceError
from hkconcept.readers.confined import run_confined
from hkconcept.readers.grid import GridRow, Table, cell_text
from hkconcept.readers.zipped import open_checked

__all__ = ["read_xlsx"]

_WORKBOOK = "xl/workbook.xml"
_AS_XLSX = "save it as xlsx or CSV and give that"
_TODO = "open it in a spreadsheet program, save the sheet as CSV, and give that"
_MEGABYTES = 2048


def read_xlsx(raw: bytes, *, where: str) -> tuple[Table, ...]:
    """Read every sheet of a workbook, values only.

    Numbers become their shortest decimal digits, dates ``2026-01-08``, truth values ``TRUE`` and ``FALSE``; a cell
    with a formula gives the value that was last computed, and is named in ``formulas`` together with cells that
    hold an error. Nothing is computed, no link followed, no macro looked at.

    Raises
    ------
    SourceError
        For what is no workbook, is a bomb, is protected by a password, or needs more than 20 s or 2 GB to read.

    """
    archive = open_checked(raw, where=where)
    names = set(archive.namelist())
    if _WORKBOOK not in names:
        what = "an xlsb workbook is not read" if "xl/workbook.bin" in names else "this ZIP archive is no xlsx workbook"
        raise SourceError(what, where=where, todo=_AS_XLSX)
    ignored = _ignored(names)
    sheets = run_confined("hkconcept.readers.xlsx_cells", raw, where=where, todo=_TODO, megabytes=_MEGABYTES)
    return tuple(
        Table(
            name=cell_text(sheet["name"]),
            kind="xlsx",
            rows=tuple(
                GridRow(
                    number,
                    tuple(cell_text(cell) for cell in cells),
                    numeric=frozenset(numeric),
                    formulas=frozenset(formulas),
                )
                for number, cells, numeric, formulas in sheet["rows"]
            ),
            where=where,
            hidden=sheet["hidden"],
            ignored=ignored,
        )
        for sheet in sheets
    )


def _ignored(names: set[str]) -> tuple[str, ...]:
    kinds = (
        ("macros", "xl/vbaProject.bin"),
        ("links to other files", "xl/externalLinks/"),
        ("pictures", "xl/media/"),
        ("embedded files", "xl/embeddings/"),
        ("comments", "xl/comments"),
        ("connections to data sources", "xl/connections.xml"),
    )
    return tuple(words for words, start in kinds if any(name.startswith(start) for name in names))
