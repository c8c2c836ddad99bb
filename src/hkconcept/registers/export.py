"""A view of a register as a file: Parquet, CSV, XLSX or JSON. The bytes depend on the view alone.

Whatever came from outside stays text: a cell that begins with ``=`` is no formula in a workbook, and in CSV, which
spreadsheets evaluate, it is led by an apostrophe. Codes are text in all four.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from hkconcept.errors import UsageError
from hkconcept.model import HKT
from hkconcept.registers.cells import write_cell
from hkconcept.registers.schema import ColumnType, Row
from hkconcept.registers.view import View

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["FORMATS", "export", "json_rows"]

# Signs with which a spreadsheet takes the text of a CSV cell for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_DIGITS_OF_A_FLOAT: Final = 15
_SHEET_ROWS: Final = 1_048_575
_CELL: Final = 32_767


def export(view: View, suffix: str) -> bytes:
    """Return a view as the bytes of a file.

    Parameters
    ----------
    view
        The rows to write.
    suffix
        ``.parquet``, ``.csv``, ``.xlsx`` or ``.json``.

    Raises
    ------
    UsageError
        There is no such form, or the rows are more than it holds.

    """
    write = FORMATS.get(suffix.lower())
    if write is None:
        raise UsageError(
            f"a register cannot be exported as {suffix or 'a file without suffix'!r}",
            where="--export",
            todo=f"end the file's name in one of {', '.join(FORMATS)}",
        )
    return write(view)


def _csv(view: View) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(view.schema.header)
    text_columns = {c.name for c in view.schema.columns if c.type not in (ColumnType.DECIMAL, ColumnType.INTEGER)}
    text_columns |= {"source", "known_at_basis"}
    for row in view.rows:
        cells = _cells(view, row)
        writer.writerow(
            f"'{cell}" if name in text_columns and cell.startswith(_FORMULA) else cell for name, cell in cells.items()
        )
    # With the mark of UTF-8 in front: without it a spreadsheet reads Chinese names in the local code page.
    return text.getvalue().encode("utf-8-sig")


def _cells(view: View, row: Row) -> dict[str, str]:
    cells = {column.name: write_cell(row[column.name]) for column in view.schema.columns}
    return cells | {
        "valid_from": write_cell(row.valid_from),
        "valid_to": write_cell(row.valid_to),
        "known_at": str(row.evidence.known_at).removesuffix(" HKT"),
        "known_at_basis": row.evidence.known_at_basis,
        "source": row.evidence.source,
        "status": row.evidence.status,
    }


def json_rows(view: View) -> Iterator[dict[str, Any]]:
    """Yield each row as JSON has it: amounts as strings of digits, counts as numbers, what is not held as null."""
    for row in view.rows:
        values: dict[str, Any] = {
            column.name: row[column.name] if column.type is ColumnType.INTEGER else write_cell(row[column.name]) or None
            for column in view.schema.columns
        }
        evidence = _cells(view, row)
        values |= {name: evidence[name] or None for name in ("valid_from", "valid_to", "known_at", "known_at_basis")}
        values |= {"source": row.evidence.source, "status": row.evidence.status}
        later = {
            name: {"known_at": str(one.known_at).removesuffix(" HKT"), "source": one.source, "status": one.status}
            for name, one in row.by_column.items()
            if one != row.evidence
        }
        yield values | ({"evidence": later} if later else {})


def _json(view: View) -> bytes:
    whole = {
        "register": view.schema.register,
        "as_of": str(view.as_of),
        "valid": write_cell(view.valid) or None,
        "where": list(view.conditions),
        "coverage": list(view.coverage.lines),
        "rows": list(json_rows(view)),
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _parquet(view: View) -> bytes:
    file = io.BytesIO()
    notes = {
        "register": view.schema.register,
        "as_of": str(view.as_of),
        "where": "; ".join(view.conditions),
        "coverage": "; ".join(view.coverage.lines),
    }
    view.frame.write_parquet(file, metadata=notes)
    return file.getvalue()


def _xlsx(view: View) -> bytes:
    if len(view.rows) > _SHEET_ROWS:
        what = f"{len(view.rows):,} rows are more than a sheet holds ({_SHEET_ROWS:,})"
        raise UsageError(what, where="--export", todo="export as Parquet or CSV, or narrow with --where")
    import xlsxwriter  # noqa: PLC0415 - only a workbook needs it

    file = io.BytesIO()
    # Text stays text: nothing from a document becomes a formula, a link or a number.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    # The moment asked about, not the clock: the same view gives the same bytes.
    book.set_properties({"created": view.as_of.at.astimezone(HKT).replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "text": book.add_format({"num_format": "@"}),
        "amount": book.add_format({"num_format": "#,##0.######"}),
        "count": book.add_format({"num_format": "#,##0"}),
    }
    _fill(book.add_worksheet(view.schema.register[:31]), view, head, formats)
    sources = book.add_worksheet("sources")
    _write(sources, 0, ("row", "column", "known_at", "known_at_basis", "status", "source"), head)
    line = 1
    for row in view.rows:
        for name, one in (row.by_column or {"": row.evidence}).items():
            known = str(one.known_at).removesuffix(" HKT")
            cells = (view.schema.subject(row), name, known, one.known_at_basis, one.status, one.source)
            _write(sources, line, cells, formats["text"])
            line += 1
    about = book.add_worksheet("coverage")
    _write(about, 0, ("register", view.schema.register), formats["text"])
    _write(about, 1, ("what", view.schema.title), formats["text"])
    _write(about, 2, ("as of", str(view.as_of)), formats["text"])
    for number, told in enumerate(view.coverage.lines, 3):
        _write(about, number, ("coverage" if number == 3 else "", told), formats["text"])
    about.set_column(1, 1, 90)
    meanings = book.add_worksheet("columns")
    _write(meanings, 0, ("column", "type", "unit", "meaning"), head)
    for number, column in enumerate(view.schema.columns, 1):
        _write(meanings, number, (column.name, column.type.value, column.unit, column.meaning), formats["text"])
    meanings.set_column(0, 3, 24)
    book.close()
    return file.getvalue()


def _fill(sheet: Worksheet, view: View, head: Any, formats: Mapping[str, Any]) -> None:  # noqa: ANN401 - see stubs
    _write(sheet, 0, view.schema.header, head)
    kinds = {column.name: column.type for column in view.schema.columns}
    kinds |= {"valid_from": ColumnType.DATE, "valid_to": ColumnType.DATE}
    for number, row in enumerate(view.rows, 1):
        cells = _cells(view, row)
        for place, name in enumerate(view.schema.header):
            kind = kinds.get(name, ColumnType.TEXT)
            value = row.valid_from if name == "valid_from" else row.valid_to if name == "valid_to" else row[name]
            if kind is ColumnType.DATE and value is not None:
                sheet.write_datetime(number, place, value, formats["date"])
            elif kind is ColumnType.INTEGER and isinstance(value, int):
                sheet.write_number(number, place, value, formats["count"])
            elif kind is ColumnType.DECIMAL and isinstance(value, Decimal) and _fits_a_float(value):
                sheet.write_number(number, place, float(value), formats["amount"])
            elif cells[name]:
                sheet.write_string(number, place, cells[name][:_CELL], formats["text"])
    sheet.freeze_panes(1, len(view.schema.key))
    sheet.autofilter(0, 0, max(len(view.rows), 1), len(view.schema.header) - 1)
    for place, name in enumerate(view.schema.header):
        widest = max([len(name), *(len(_cells(view, row)[name]) for row in view.rows[:200])])
        sheet.set_column(place, place, min(widest + 2, 40))


def _fits_a_float(value: Decimal) -> bool:
    # A workbook's number is a binary float: figures of more than 15 digits are written as text instead.
    return len(value.normalize().as_tuple().digits) <= _DIGITS_OF_A_FLOAT


def _write(sheet: Worksheet, line: int, cells: tuple[str, ...], form: Any) -> None:  # noqa: ANN401 - as above
    for place, cell in enumerate(cells):
        sheet.write_string(line, place, cell[:_CELL], form)


FORMATS: Final[Mapping[str, Callable[[View], bytes]]] = {
    ".parquet": _parquet,
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".json": _json,
}
"""The forms of an export, by the suffix of the file's name."""
