"""The cells of a workbook; runs in the child of :mod:`hkconcept.readers.confined` only.

The library that reads the values lays a sheet out as a full rectangle, so one cell in the last corner would ask for
17 billion; and it gives no sign of formulas and errors. The sheets are therefore scanned first, and the library only
sees an archive made anew from the parts that hold values.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import zipfile
from decimal import Decimal
from typing import Any
from xml.parsers import expat

from hkconcept.readers.confined import Refusal

__all__ = ["extract"]

_MAX_CELLS = 5_000_000
_MAX_CHARACTERS = 60_000_000
_CORNER = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{0,3})([0-9]{1,8})\s*["']""")
_COMPUTED = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt\s*=\s*["']e["']""")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_KEPT = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|sharedStrings|styles)\.xml|"
                   r"xl/_rels/workbook\.xml\.rels|xl/worksheets/[^/]+\.xml", re.IGNORECASE)  # fmt: skip
_SPLIT = "split the workbook, or save the sheet as CSV"
_DAMAGED = "open it in a spreadsheet program and save it again"


def extract(content: bytes) -> list[dict[str, Any]]:
    """Return the sheets in their order: name, whether hidden, and rows of number, cells, numeric and computed."""
    import python_calamine as calamine  # noqa: PLC0415 - only in the child

    try:
        parts = _unpacked(content)
        paths = _sheet_paths(parts)
    except (zipfile.BadZipFile, KeyError, expat.ExpatError, ValueError, NotImplementedError) as error:
        raise Refusal("the workbook is damaged", _DAMAGED) from error
    computed = {name: _scan(parts[path], name) if path in parts else set() for name, path in paths.items()}
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(_packed(parts)))
        sheets = [
            {
                "name": meta.name,
                "hidden": meta.visible != calamine.SheetVisibleEnum.Visible,
                "rows": _rows(book.get_sheet_by_name(meta.name), computed.get(meta.name, set())),
            }
            for meta in book.sheets_metadata
            if meta.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError as error:
        raise Refusal("it is protected by a password", "save it without one") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Refusal(f"the workbook is damaged ({str(error)[:80]})", _DAMAGED) from error
    return sheets


def _unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if _KEPT.fullmatch(name)}


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _sheet_paths(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the part that holds each sheet, by the sheet's name."""
    targets = {
        found["Id"]: posixpath.normpath(posixpath.join("xl", found["Target"])).removeprefix("/")
        for name, found in _elements(parts["xl/_rels/workbook.xml.rels"])
        if name == "Relationship" and "Id" in found and "Target" in found
    }
    return {
        found["name"]: targets.get(next((value for key, value in found.items() if key.endswith(":id")), ""), "")
        for name, found in _elements(parts["xl/workbook.xml"])
        if name == "sheet" and "name" in found
    }


def _elements(data: bytes) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
    parser.Parse(data, True)
    return found


def _scan(data: bytes, name: str) -> set[tuple[int, int]]:
    """Refuse a sheet whose rectangle is too large; return the places (row, column from 0) of computed cells."""
    if b"\x00" in data[:4096]:
        raise Refusal(f"sheet {name!r} is in an encoding that workbooks do not use", _DAMAGED)
    corners = _CORNER.findall(data)
    last_row = max(map(int, {digits for _, digits in corners}), default=1)
    last_column = max((_column(letters.decode()) for letters in {letters for letters, _ in corners}), default=0) + 1
    if last_row * last_column > _MAX_CELLS:
        corner = f"{last_row:,} rows by {last_column:,} columns"
        raise Refusal(f"sheet {name!r} spans {corner}, and {_MAX_CELLS:,} cells are allowed", _SPLIT)
    return _computed(data) if _COMPUTED.search(data) else set()


def _column(letters: str) -> int:
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def _computed(data: bytes) -> set[tuple[int, int]]:
    places: set[tuple[int, int]] = set()
    row = column = -1

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column
        local = name.rpartition(":")[2]
        if local == "row":
            row = int(attributes["r"]) - 1 if attributes.get("r", "").isdecimal() else row + 1
            column = -1
        elif local == "c":
            reference = _REFERENCE.fullmatch(attributes.get("r", ""))
            column = _column(reference.group(1)) if reference else column + 1
            if attributes.get("t") == "e":
                places.add((row, column))
        elif local == "f":
            places.add((row, column))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Refusal("the workbook is damaged", _DAMAGED) from error
    return places


def _rows(sheet: Any, computed: set[tuple[int, int]]) -> list[tuple[int, list[str], list[int], list[int]]]:  # noqa: ANN401
    rows = []
    characters = 0
    by_row: dict[int, list[int]] = {}
    for row, column in computed:
        by_row.setdefault(row, []).append(column)
    for index, values in enumerate(sheet.to_python(skip_empty_area=False)):
        formulas = sorted(by_row.get(index, ()))
        cells = [_text(value) for value in values]
        while cells and not cells[-1] and len(cells) - 1 not in formulas:
            cells.pop()
        if cells:
            characters += sum(map(len, cells))
            if characters > _MAX_CHARACTERS:
                raise Refusal(f"a sheet holds more than {_MAX_CHARACTERS:,} characters", _SPLIT)
            numeric = [at for at, value in enumerate(values) if type(value) in (int, float)]
            rows.append((index + 1, cells, numeric, formulas))
    return rows


def _text(value: object) -> str:
    """Return a value as digits and letters: a float has no more digits than tell it from its neighbours."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(Decimal(repr(value)), "f")
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ") if value.time() != dt.time() else value.date().isoformat()
    return str(value)
