"""Tables of the package read strictly: exactly the columns expected, every row of their width, every cell a text."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from hkconcept.errors import SourceError

__all__ = ["read_rows"]


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of a UTF-8 table by column, each with the place to name in an error.

    Raises
    ------
    SourceError
        The columns differ from those expected, or a row is too long or too short.

    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if list(reader.fieldnames or ()) != list(columns):
            raise SourceError(f"the columns are {reader.fieldnames}, expected {list(columns)}", where=path.name)
        for row in reader:
            where = f"{path.name} line {reader.line_num}"
            if None in row or None in row.values():
                raise SourceError("the row has more or fewer cells than the header", where=where)
            yield where, row
