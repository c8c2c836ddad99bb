"""The packaged gazetteer tables, read as rows of text: codes are never numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from hkconcept.errors import SourceError

__all__ = ["TABLES", "read_table"]

FOLDER = Path(__file__).resolve().parents[1] / "data" / "gazetteer"

_NAME_COLUMNS = ("code", "form", "language", "kind", "valid_from", "valid_to", "use", "source")

TABLES: dict[str, tuple[str, ...]] = {
    "listings": (
        *("code", "isin", "en", "en_use", "zh_hans", "zh_hant", "zh_hant_source", "sector"),
        *("listed_from", "listed_from_source", "absent_on", "absent_source", "last_seen", "source"),
    ),
    "other_listings": ("code", "en", "zh_hans", "listed_from", "listed_to", "source"),
    "names": _NAME_COLUMNS,
    "aliases": _NAME_COLUMNS,
    "counters": ("code", "counter", "kind", "source"),
    "lines": ("code", "mic", "ticker", "source"),
    "funds": ("code", "en", "source"),
    "shared_names": ("form", "codes", "use", "source"),
    "other_companies": ("form", "listed_on", "source"),
    "phrases": ("form", "why", "source"),
    "ordinary_words": ("form", "why", "source"),
    "sources": ("source", "description", "held_on", "status", "address"),
}
"""Every table with its columns, in order."""


def read_table(name: str) -> Iterator[list[str]]:
    """Yield the rows of a packaged table, its header checked and left out.

    Raises
    ------
    SourceError
        When the table is missing, its header differs from :data:`TABLES`, or a row has another width.

    >>> next(read_table("sources"))[0]
    'deal-table'

    """
    path = FOLDER / f"{name}.csv"
    columns = TABLES[name]
    try:
        handle = path.open(encoding="utf-8", newline="")
    except OSError as error:
        raise SourceError(f"the table cannot be read ({error.strerror})", where=path.name, todo="reinstall") from error
    with handle:
        reader = csv.reader(handle)
        header = next(reader, [])
        if tuple(header) != columns:
            raise SourceError(f"the header is {header}, expected {list(columns)}", where=path.name, todo="restore it")
        for row in reader:
            if len(row) != len(columns):
                where = f"{path.name} line {reader.line_num}"
                raise SourceError(
                    f"the row has {len(row)} fields, expected {len(columns)}", where=where, todo="mend it"
                )
            yield row
