"""Workbooks and CSV files as documents: every table as lines of cells with tabs between, under its name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import BinaryIO

from hkconcept.model import Document, Language, Moment, Origin
from hkconcept.readers.tables import Table, read_table_file

__all__ = ["is_sheet", "read_sheets"]

_SUFFIXES = frozenset({".xlsx", ".csv", ".tsv"})
# A bar would be read as an edge between cells, a line break as the end of a row.
_KEPT_APART = str.maketrans({"\t": " ", "\n": " ", "\r": " ", "|": "¦"})


def is_sheet(source: str) -> bool:
    """Whether a path is named as a workbook or a text file of cells.

    >>> is_sheet("sales.XLSX"), is_sheet("column.md"), is_sheet("https://example.org/a.csv")
    (True, False, False)

    """
    return "://" not in source and PurePath(source).suffix.lower() in _SUFFIXES


def read_sheets(
    source: str,
    *,
    stdin: BinaryIO | None = None,
    now: Moment,
    published: Moment | None = None,
    detect_language: Callable[[str], Language],
) -> Document:
    """Read a workbook or a text file of cells as one document.

    Parameters
    ----------
    source
        A path.
    stdin
        Where ``-`` reads from.
    now
        The moment of reading; it becomes ``origin.fetched_at``.
    published
        The moment of publication, which such files do not print.
    detect_language
        Tells the language and script of a text.

    Returns
    -------
    Document
        Its text holds the tables one after another, hidden sheets too, each with its name above it.

    Raises
    ------
    SourceError
        One sentence for every file that cannot be read; see :func:`hkconcept.readers.tables.read_tables`.

    """
    file = read_table_file(source, stdin=stdin)
    text = "\n\n".join(line for table in file.tables for line in _laid_out(table))
    sha256 = hashlib.sha256(file.content).hexdigest()
    return Document(
        id=sha256[:16],
        text=text,
        language=detect_language(text),
        origin=Origin(
            location=source,
            sha256=sha256,
            media_type=file.media_type,
            encoding=file.tables[0].encoding,
            fetched_at=now,
        ),
        title=file.name,
        published=published or file.published,
    )


def _laid_out(table: Table) -> Iterator[str]:
    """Yield the name of a table and its rows, all of one width: cells at the end of a row may be missing."""
    if table.name:
        yield table.name
    width = max((len(row.cells) for row in table.rows), default=0)
    yield "\n".join("\t".join(row.cell(column).translate(_KEPT_APART) for column in range(width)) for row in table.rows)
