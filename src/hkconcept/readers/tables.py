"""The entry for tables: bytes of a workbook, a text file, a page or a PDF become plain grids of text cells."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from hkconcept.errors import SourceError
from hkconcept.model import Moment
from hkconcept.readers.grid import GridRow, Table, column_letters

__all__ = ["GridRow", "Table", "TableFile", "column_letters", "read_table_file", "read_tables"]

_MAX_BYTES = 50 * 2**20
_AS_XLSX = "save it as xlsx or CSV and give that"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PAGE = re.compile(rb"<(?:!doctype\s{1,8}html|html|head|body|table|meta|div)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file as given: its bytes, its name without folders, its media type, and the tables in it.

    ``published`` is the moment that a page prints beside its headline; ``None`` for other files.
    """

    content: bytes
    name: str
    media_type: str
    tables: tuple[Table, ...]
    published: Moment | None = None


_MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "html": "text/html",
    "pdf": "application/pdf",
}


def read_table_file(source: str, *, stdin: BinaryIO | None = None) -> TableFile:
    """Read the tables of a file; ``-`` is standard input.

    Raises
    ------
    SourceError
        One sentence for every file that cannot be read; see :func:`read_tables`.

    """
    content = _content(source, stdin)
    name = Path(source).name if source != "-" else "standard input"
    tables = read_tables(content, where=name)
    published = _published(content) if tables[0].kind == "html" else None
    return TableFile(content, name, _MEDIA_TYPES[tables[0].kind], tables, published)


def _published(content: bytes) -> Moment | None:
    from hkconcept.readers.delimited import decode_table  # noqa: PLC0415 - only pages need them
    from hkconcept.readers.html import read_html  # noqa: PLC0415 - as above

    try:
        return read_html(decode_table(content, where="").text).published
    except SourceError:
        # A page with a table and no article may still print no date; that is for the caller to say.
        return None


def read_tables(raw: bytes, *, where: str) -> tuple[Table, ...]:
    r"""Read the tables of a file by its content: xlsx, HTML, PDF with a text layer, JSON records, or CSV.

    Parameters
    ----------
    raw
        The bytes.
    where
        The file, to be named in errors.

    Returns
    -------
    tuple of Table
        Every sheet of a workbook that holds anything, hidden ones too, and every table of a page; one table for a
        CSV or a PDF.

    Raises
    ------
    SourceError
        For anything that cannot be read whole and safely.

    >>> table, = read_tables("代码,名称\n01801,信达生物\n".encode("gb18030"), where="names.csv")
    >>> table.rows[1].cells, table.place(table.rows[1], 0)
    (('01801', '信达生物'), 'names.csv, line 2, column 1')

    """
    if not raw.strip(b"\x00 \t\r\n"):
        raise SourceError("the file is empty", where=where, todo="give a file with a table in it")
    if raw.startswith(b"PK"):
        from hkconcept.readers.xlsx import read_xlsx  # noqa: PLC0415 - each format brings its own reader

        sheets = tuple(sheet for sheet in read_xlsx(raw, where=where) if sheet.rows)
        if not sheets:
            raise SourceError("the workbook is empty", where=where, todo="give a file with a table in it")
        return sheets
    if b"%PDF-" in raw[:1024]:
        from hkconcept.readers.pdf import read_pdf_table  # noqa: PLC0415 - as above

        return (read_pdf_table(raw, where=where),)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        what = "it is protected by a password" if _ENCRYPTED in raw else "an old Excel workbook (xls) is not read"
        raise SourceError(what, where=where, todo=_AS_XLSX)
    if _PAGE.search(raw[:4096].replace(b"\x00", b"")) and b"<" in raw[:64]:
        from hkconcept.readers.html_tables import read_html_tables  # noqa: PLC0415 - as above

        return read_html_tables(raw, where=where)
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        from hkconcept.readers.records import read_records  # noqa: PLC0415 - as above

        return (read_records(raw, where=where),)
    from hkconcept.readers.delimited import read_delimited  # noqa: PLC0415 - as above
    from hkconcept.readers.kind import refuse_binary  # noqa: PLC0415 - as above

    refuse_binary(raw, where)
    return (read_delimited(raw, where=where),)


def _content(source: str, stdin: BinaryIO | None) -> bytes:
    if source == "-":
        if stdin is None:
            raise SourceError("there is no standard input", where="-", todo="give a path")
        return _capped(stdin, source)
    path = Path(source)
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            raise SourceError("this is a folder, not a file", where=source, todo="give a file in it")
        with path.open("rb") as file:
            return _capped(file, source)
    except FileNotFoundError as error:
        raise SourceError("there is no such file", where=source, todo="check the path") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        what = f"the file cannot be read ({reason})"
        raise SourceError(what, where=source, todo="check the path and its permissions") from error


def _capped(file: BinaryIO, source: str) -> bytes:
    content = file.read(_MAX_BYTES + 1)
    if len(content) > _MAX_BYTES:
        raise SourceError(f"too large: more than {_MAX_BYTES // 2**20} MB", where=source, todo="give a part of it")
    return content
