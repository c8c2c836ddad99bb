"""Records in JSON: a list of flat objects, or one object a line, as a table with the keys as its header."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hkconcept.errors import SourceError
from hkconcept.readers.delimited import decode_table
from hkconcept.readers.grid import GridRow, Table, cell_text

__all__ = ["read_records"]

_MAX_RECORDS = 500_000
_MAX_KEYS = 500
_TODO = "give one flat JSON object a line"


def read_records(raw: bytes, *, where: str) -> Table:
    """Read records; the first row of the table holds the keys, and each record has the line on which it stands.

    In a list the number of the record stands for the line. A number is text of the digits printed, and is named in
    ``numeric``; ``null`` is an empty cell.

    Raises
    ------
    SourceError
        For JSON that is damaged, or records that are not flat.

    """
    decoded = decode_table(raw, where=where)
    columns: dict[str, int] = {}
    rows: list[GridRow] = []
    for number, record in _records(decoded.text, where):
        place = f"{where}, line {number}"
        if not isinstance(record, dict):
            raise SourceError("this is no JSON object", where=place, todo=_TODO)
        cells: dict[int, str] = {}
        numeric = set()
        for key, value in record.items():
            if isinstance(value, (dict, list)):
                raise SourceError(f"the value of {key[:40]!r} is not flat", where=place, todo=_TODO)
            column = columns.setdefault(key, len(columns))
            cells[column] = _text(value)
            if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
                numeric.add(column)
        if len(columns) > _MAX_KEYS or len(rows) > _MAX_RECORDS:
            what = f"more than {_MAX_KEYS} keys or {_MAX_RECORDS:,} records"
            raise SourceError(what, where=place, todo="split the file")
        texts = tuple(cells.get(column, "") for column in range(len(columns)))
        rows.append(GridRow(number, texts, numeric=frozenset(numeric)))
    if not rows:
        raise SourceError("there are no records in it", where=where, todo=_TODO)
    header = GridRow(0, tuple(cell_text(key) for key in columns))
    return Table("", "csv", (header, *rows), where=where, encoding=decoded.encoding)


def _records(text: str, where: str) -> Iterator[tuple[int, Any]]:
    if text.lstrip()[:1] == "[":
        yield from enumerate(_parsed(text, where), start=1)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _parsed(line, f"{where}, line {number}")


def _parsed(text: str, where: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise SourceError("this is not JSON", where=where, todo=_TODO) from error


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return cell_text(str(value))
