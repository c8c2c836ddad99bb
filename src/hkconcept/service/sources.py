"""Turn what a user names (a path, ``-``, an address, a row of JSON Lines, the sample) into a document."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files
from typing import Literal, get_args

from hkconcept.errors import UsageError
from hkconcept.model import Document, Language, Moment, Origin
from hkconcept.text import detect_language

__all__ = ["document_from_row", "sample_path"]

_LANGUAGES = get_args(Language)
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAGS: dict[str, Language] = {
    **dict.fromkeys(("zh-hans", "zh-cn", "zh-sg", "zh-hans-cn"), "zh-Hans"),
    **dict.fromkeys(("zh-hant", "zh-hk", "zh-tw", "zh-mo", "zh-hant-hk", "zh-hant-tw"), "zh-Hant"),
    **dict.fromkeys(("en", "eng", "english"), "en"),
}


def sample_path(language: Literal["en", "zh"]) -> str:
    """Return the path of the packaged sample column, written for this package from public facts."""
    return str(files("hkconcept").joinpath("data", "sample", f"column.{language}.md"))


def document_from_row(row: object, *, where: str, now: Moment, problems: list[str] | None = None) -> Document:
    """Make a document of one ``{id, text, language?, published?}`` row; ``where`` names the row in errors.

    A language or a date of publication that cannot be read is added to ``problems`` and taken as not given; without
    that list it is an error, as a row without text always is.
    """
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise UsageError("the row has no text", where=where, todo='write rows like {"id": "a1", "text": "..."}')
    # Half of a surrogate pair is no character; a mark of the same length keeps every offset.
    text = _SURROGATE.sub("\ufffd", row["text"])
    language = _language(row.get("language"), text)
    if language is None:
        _refuse(
            UsageError(
                f"language {row['language']!r} is not known", where=where, todo=f"use one of {', '.join(_LANGUAGES)}"
            ),
            problems,
        )
    published = None
    if row.get("published"):
        try:
            # Feeds append remarks to the date ("2026-01-18 (first digest)"); the moment comes first.
            published = Moment.parse(str(row["published"]).split(" (", 1)[0].strip())
        except ValueError:
            _refuse(
                UsageError(
                    f"published {row['published']!r} is no date", where=where, todo="write it like 2026-01-08 08:07"
                ),
                problems,
            )
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    row_id = digest[:16] if row.get("id") in (None, "") else str(row["id"])
    origin = Origin(where, digest, "application/x-ndjson", "utf-8", now)
    return Document(row_id, text, language or detect_language(text), origin, published=published)


def _refuse(error: UsageError, problems: list[str] | None) -> None:
    if problems is None:
        raise error
    problems.append(str(error))


def _language(given: object, text: str) -> Language | None:
    """Return the language of a tag as feeds write it (zh-CN, zh_TW, en-US); ``None`` for one that is not known."""
    if not given:
        return detect_language(text)
    tag = str(given).replace("_", "-").lower()
    if tag in ("zh", "zho", "chi", "chinese"):
        detected = detect_language(text)
        return "zh-Hans" if detected == "en" else detected
    return _TAGS.get(tag) or ("en" if tag.startswith("en-") else None)
