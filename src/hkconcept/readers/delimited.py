"""Tables in text files: comma, semicolon or tab between cells, in whatever encoding a spreadsheet saved them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from hkconcept.errors import SourceError
from hkconcept.readers.characters import plausibility
from hkconcept.readers.encoding import Decoded, decode
from hkconcept.readers.grid import GridRow, Table, cell_text

__all__ = ["decode_table", "read_delimited"]

_MAX_ROWS = 2_000_000
_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 30
# Excel's way to keep the zeros of a code in a text file: ="01276"
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
_QUOTED_DIGITS = re.compile(r"'[0-9]")
_HAN = re.compile(rb"[\xe4-\xe9][\x80-\xbf]{2}")
_AS_UTF8 = "save the whole file as UTF-8 and try again"


def read_delimited(raw: bytes, *, where: str) -> Table:
    """Read a table out of a text file.

    The delimiter is the one that cuts the first lines most often and most evenly. ``="01276"`` and ``'01276`` are
    text, as a spreadsheet shows them; any other cell that starts with ``=`` is named in ``formulas``.

    Raises
    ------
    SourceError
        For an uncertain or mixed encoding, a quotation mark that is never closed, a cell of over 131,072
        characters, more than two million rows, or a file without rows.

    """
    decoded = decode_table(raw, where=where)
    text = decoded.text
    if "\x00" in text:
        raise SourceError("the file holds NUL characters", where=where, todo=_AS_UTF8)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[GridRow] = []
    line = 1
    try:
        for cells in reader:
            row = _row(line, cells)
            line = reader.line_num + 1
            if row is not None:
                rows.append(row)
            if len(rows) > _MAX_ROWS:
                raise SourceError(f"more than {_MAX_ROWS:,} rows", where=where, todo="split the file")
    except csv.Error as error:
        what = f"the row that starts here cannot be read ({error})"
        raise SourceError(what, where=f"{where}, line {line}", todo="check its quotation marks") from error
    if not rows:
        raise SourceError("there are no rows in it", where=where, todo="give a file with a table in it")
    return Table("", "csv", tuple(rows), where=where, encoding=decoded.encoding)


def _row(line: int, cells: list[str]) -> GridRow | None:
    texts: list[str] = []
    formulas: list[int] = []
    for index, cell in enumerate(cells):
        text = cell_text(cell)
        if text[:1] == "=" and len(text) > 1:
            if kept := _TEXT_FORMULA.fullmatch(text):
                text = kept.group(1).strip()
            else:
                formulas.append(index)
        elif text[:1] == "'" and _QUOTED_DIGITS.match(text):
            text = text[1:]
        texts.append(text)
    return GridRow(line, tuple(texts), formulas=frozenset(formulas)) if any(texts) else None


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the first lines the most cells in the greatest number of equal rows."""
    lines = [line for line in text[:200_000].splitlines()[:_SAMPLE] if line.strip()]
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        counts = Counter(line.count(delimiter) for line in lines)
        counts.pop(0, None)
        if counts:
            cuts, equal = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
            if (equal, cuts) > best_score:
                best, best_score = delimiter, (equal, cuts)
    return best


def decode_table(raw: bytes, *, where: str) -> Decoded:
    """Decode a table's bytes; nothing may be broken in it, and every line must be in the same encoding.

    Raises
    ------
    SourceError
        Naming the line when one line is not in the encoding of the others.

    """
    if not raw.strip(b"\x00 \t\r\n"):
        raise SourceError("there is no text in it", where=where, todo="give a file with a table in it")
    _refuse_mixed(raw, where)
    decoded = decode(raw, where=where)
    if decoded.broken:
        line = decoded.text.count("\n", 0, decoded.text.index("\ufffd")) + 1
        what = f"a character is broken (the file was read as {decoded.encoding})"
        raise SourceError(what, where=f"{where}, line {line}", todo=_AS_UTF8)
    return decoded


def _refuse_mixed(raw: bytes, where: str) -> None:
    """Refuse a file in which some lines are Chinese in UTF-8 and others in GB18030 or Big5."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return
    unicode_line = legacy_line = 0
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            legacy_line = legacy_line or (number if _legacy(line) else 0)
        else:
            # A few pairs of GB18030 bytes happen to be UTF-8; real UTF-8 reads better than the same bytes as GB18030.
            if _HAN.search(line) and plausibility(text) > plausibility(line.decode("gb18030", "replace")):
                unicode_line = unicode_line or number
        if unicode_line and legacy_line:
            what = f"mixed encodings: line {unicode_line} is UTF-8 and line {legacy_line} is not"
            raise SourceError(what, where=where, todo=_AS_UTF8)


def _legacy(line: bytes) -> bool:
    for encoding in ("gb18030", "big5hkscs"):
        try:
            if plausibility(line.decode(encoding)) > 0.3:
                return True
        except UnicodeDecodeError:
            continue
    return False
