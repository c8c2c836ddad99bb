"""What a file is, by its content first: binary formats are named, text is told into Markdown, HTML and plain."""

from __future__ import annotations

import re
from typing import Literal

from hkconcept.errors import SourceError

__all__ = ["Kind", "refuse_binary", "text_kind"]

Kind = Literal["html", "markdown", "plain"]

_TO_TEXT = "convert it to text, Markdown or HTML and give that"
_MAGIC = (
    (b"%PDF-", "PDF is not read yet"),
    (b"PK\x03\x04", "a ZIP archive or an Office document (docx, xlsx) is not read yet"),
    (b"PK\x05\x06", "an empty ZIP archive holds nothing to read"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (doc, xls) is not read yet"),
    (b"{\\rtf", "RTF is not read yet"),
    (b"\x89PNG\r\n", "an image (PNG) holds no text that can be read"),
    (b"\xff\xd8\xff", "an image (JPEG) holds no text that can be read"),
    (b"GIF87a", "an image (GIF) holds no text that can be read"),
    (b"GIF89a", "an image (GIF) holds no text that can be read"),
    (b"II*\x00", "an image (TIFF) holds no text that can be read"),
    (b"MM\x00*", "an image (TIFF) holds no text that can be read"),
    (b"\x1f\x8b", "a gzip archive is not read yet"),
    (b"BZh", "a bzip2 archive is not read yet"),
    (b"\xfd7zXZ\x00", "an xz archive is not read yet"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive is not read yet"),
    (b"Rar!\x1a\x07", "a RAR archive is not read yet"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive is not read yet"),
    (b"\x7fELF", "a program holds no text that can be read"),
    (b"MZ\x90\x00", "a program holds no text that can be read"),
    (b"SQLite format 3\x00", "a database is not a document"),
    (b"ID3", "a sound file holds no text that can be read"),
    (b"OggS", "a sound file holds no text that can be read"),
)
_HEAD = 4096
_DECLARED_HTML = re.compile(r"<(?:!doctype\s{1,8}html|html|head|body|title|meta|article)\b", re.IGNORECASE)
_TAG = re.compile(r"</?(?:p|div|span|br|table|td|a|h[1-6]|section|ul|li|strong|img)\b[^<>]{0,300}>", re.IGNORECASE)
_FEED = re.compile(
    r"\s{0,64}(?:<\?xml[^>]{0,200}>\s{0,64})?(?:<!--[^>]{0,2000}-->\s{0,64})?<(rss|feed|rdf:RDF|urlset)\b"
)
_MARKDOWN_SIGNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"\A---[ \t]*\n",
        r"^#{1,6} \S",
        r"^[^\n]{1,200}\n={3,200}[ \t]*$",
        r"\]\(\s{0,4}(?:https?:|/|\.|#|mailto:)",
        r"\*\*[^*\n]{1,200}\*\*",
        r"^\|[^\n]{0,2000}\|[ \t]*\n\|[ :|-]{3,2000}$",
        r"^```",
        r"^> \S",
    )
)


def refuse_binary(raw: bytes, where: str) -> None:
    """Raise a ``SourceError`` that names the format when the bytes are not text.

    UTF-16 text has NUL bytes too: at every other place, which is allowed here and decoded later.
    """
    for magic, sentence in _MAGIC:
        if raw.startswith(magic):
            raise SourceError(sentence, where=where, todo=_TO_TEXT)
    if raw[:4] == b"RIFF" and raw[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise SourceError("an image or sound file holds no text that can be read", where=where, todo=_TO_TEXT)
    if raw[4:8] == b"ftyp":
        raise SourceError("a video or image file holds no text that can be read", where=where, todo=_TO_TEXT)
    head = raw[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return
    even, odd = head[0::2].count(0), head[1::2].count(0)
    wide = max(even, odd) > len(head) / 40 and min(even, odd) * 8 <= max(even, odd)
    controls = sum(head.count(code) for code in range(1, 32) if code not in (7, 8, 9, 10, 11, 12, 13, 27))
    if (b"\x00" in raw and not wide) or controls > len(head) / 20 + 2:
        raise SourceError("the file is binary, not text", where=where, todo=_TO_TEXT)


def text_kind(text: str, *, name: str = "", media_type: str = "", where: str = "") -> Kind:
    r"""Tell Markdown, HTML and plain text apart; the name and the declared type only break ties.

    Raises
    ------
    SourceError
        For a feed, a site map or JSON, which are text but no article.

    >>> text_kind("<!DOCTYPE html><p>x"), text_kind("# Title\n\n**76** drugs"), text_kind("76 drugs", name="a.html")
    ('html', 'markdown', 'plain')

    """
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if feed := _FEED.match(head):
        raise SourceError(
            f"a feed or site map (<{feed.group(1)}>) is not an article",
            where=where,
            todo="give the article's own address",
        )
    if head[:1] in "{[" and _is_json(text):
        raise SourceError("JSON data is not an article", where=where, todo="give a page or a text")
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if _is_html(text, head, hinted=suffix in ("html", "htm", "xhtml", "shtml") or "html" in media_type):
        return "html"
    if suffix in ("md", "markdown") or media_type == "text/markdown":
        return "markdown"
    signs = sum(1 for sign in _MARKDOWN_SIGNS if sign.search(text[:40_000]))
    return "markdown" if signs >= (1 if _MARKDOWN_SIGNS[1].match(head) else 2) else "plain"


def _is_html(text: str, head: str, *, hinted: bool) -> bool:
    if head.startswith("<"):
        return bool(_DECLARED_HTML.search(head)) or bool(_TAG.match(head)) or hinted
    tags = sum(len(tag.group()) for tag in _TAG.finditer(text[:40_000]))
    if hinted:
        return tags > 0 or bool(_DECLARED_HTML.search(head))
    # A Markdown text may hold HTML tables; a page whose marks are many and whose start is prose is an HTML fragment.
    return tags * 4 > len(text[:40_000]) and not any(sign.search(text[:40_000]) for sign in _MARKDOWN_SIGNS[:3])


def _is_json(text: str) -> bool:
    import json  # noqa: PLC0415 - only for a text that starts like JSON

    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
