"""Turn what a user names (a path, ``-``, an address, a row of JSON Lines, the sample) into a document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import BinaryIO, Literal, get_args

from hkconcept.errors import SourceError, UsageError
from hkconcept.model import Document, Language, Moment, Origin
from hkconcept.text import detect_language

__all__ = ["document_from_row", "read_rows", "sample_path"]

# One row is one news item or one chapter; far longer lines are a wrong file, not a document.
_MAX_LINE = 20_000_000
_LANGUAGES = get_args(Language)


def sample_path(language: Literal["en", "zh"]) -> str:
    """Return the path of the packaged sample column, written for this package from public facts."""
    return str(files("hkconcept").joinpath("data", "sample", f"column.{language}.md"))


def document_from_row(row: object, *, where: str, now: Moment) -> Document:
    """Make a document of one ``{id, text, language?, published?}`` row; ``where`` names the row in errors."""
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise UsageError("the row has no text", where=where, todo='write rows like {"id": "a1", "text": "..."}')
    text = row["text"]
    language = row.get("language") or detect_language(text)
    if language not in _LANGUAGES:
        raise UsageError(f"language {language!r} is not known", where=where, todo=f"use one of {', '.join(_LANGUAGES)}")
    published = None
    if row.get("published"):
        try:
            # Feeds append remarks to the date ("2026-01-18 (first digest)"); the moment comes first.
            published = Moment.parse(str(row["published"]).split(" (", 1)[0].strip())
        except ValueError as error:
            raise UsageError(
                f"published {row['published']!r} is no date", where=where, todo="write it like 2026-01-08 08:07"
            ) from error
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    row_id = str(row.get("id") or digest[:16])
    origin = Origin(where, digest, "application/x-ndjson", "utf-8", now)
    return Document(row_id, text, language, origin, published=published)


def read_rows(stream: BinaryIO, *, now: Moment) -> Iterator[Document]:
    """Read JSON Lines of documents from a binary stream, one document a line; blank lines are skipped."""
    for count, line in enumerate(_lines(stream), start=1):
        where = f"standard input, line {count}"
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise SourceError(
                "the line is not JSON", where=where, todo="give one JSON object a line, in UTF-8"
            ) from error
        yield document_from_row(row, where=where, now=now)


def _lines(stream: BinaryIO) -> Iterable[bytes]:
    while line := stream.readline(_MAX_LINE):
        if len(line) == _MAX_LINE:
            raise SourceError("a line is longer than 20 MB", where="standard input", todo="split the document")
        yield line
