"""Markdown: its prose with the structure kept and only the marks removed that would stand inside words.

Headings, list marks, table bars, quotes and front matter stay as written, so a text without inline markup keeps its
offsets exactly. Removed are emphasis, the targets of links, images, comments and HTML tags: they would cut figures
from their units (``**76**个``) or add digits that nobody reads (``](https://…/600276.html)``). Spans refer to the
text that remains.
"""

from __future__ import annotations

import re

from hkconcept.model import Span
from hkconcept.readers.dateline import PrintedMoment, machine_moment
from hkconcept.readers.plain import Head, Reading, head_of, reading

__all__ = ["read_markdown"]

_FRONT = re.compile(r"\A---[ \t]*\n(?P<body>(?:(?!---|\.\.\.)[^\n]{0,500}\n){0,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"^(?P<key>[A-Za-z_]{2,24})[ \t]*:[ \t]*(?P<value>[^\n]{1,400}?)[ \t]*$", re.MULTILINE)
_ATX = re.compile(r"^ {0,3}(?P<marks>#{1,6})[ \t]{1,8}(?P<words>[^\n]{1,300}?)[ \t#]*$", re.MULTILINE)
_SETEXT = re.compile(r"^(?P<words>[^\n]{1,300})\n={3,200}[ \t]*$", re.MULTILINE)
# A document set page by page has headings that are no titles.
_PAGE = re.compile(r"(?:第\s?\d{1,5}\s?[页頁]|page\s?\d{1,5}|\d{1,5})", re.IGNORECASE)

_ROW_END = re.compile(r"</tr\s{0,4}>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]\s{0,4}>(?=\s{0,8}<t[dh])", re.IGNORECASE)
_BREAK = re.compile(r"<br\s{0,4}/?>", re.IGNORECASE)
_INLINE = (
    (_ROW_END, "\n"),
    (_CELL_END, " | "),
    (_BREAK, "\n"),
    (re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>\n]{0,400})?/?>"), ""),
    (re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>"), ""),
    (re.compile(r"!\[([^\]\n]{0,400})\]\([^()\n]{0,2000}\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]{1,400})\]\([^()\s]{0,2000}(?:\s{1,4}\"[^\"\n]{0,200}\")?\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]{1,400})\]\[[^\[\]\n]{0,100}\]"), r"\1"),
    (re.compile(r"^ {0,3}\[[^\[\]\n]{1,100}\]:[ \t]{1,8}\S{1,2000}[^\n]{0,300}$", re.MULTILINE), ""),
    (re.compile(r"\*{1,3}(?=\S)([^*\n]{1,1000}?)(?<=\S)\*{1,3}"), r"\1"),
    (re.compile(r"(?<!\w)_{1,3}(?=\S)([^_\n]{1,1000}?)(?<=\S)_{1,3}(?!\w)"), r"\1"),
    (re.compile(r"~~(?=\S)([^~\n]{1,1000})~~"), r"\1"),
    (re.compile(r"`{1,2}([^`\n]{1,1000})`{1,2}"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>])"), r"\1"),
)


def read_markdown(text: str) -> Reading:
    r"""Read Markdown: title from the front matter or the first heading, date from the front matter or the header.

    >>> seen = read_markdown("# A **rise**\n\n8 January 2026\n\nA [record](https://x.test/600276): **76**个.")
    >>> seen.title, str(seen.published), seen.text[-14:]
    ('A rise', '2026-01-08', 'A record: 76个.')

    """
    front = _FRONT.match(text)
    kept = front.end() if front else 0
    prose = _without_comments(text[kept:])
    for pattern, left in _INLINE:
        prose = pattern.sub(left, prose)
    whole = text[:kept] + prose
    fields = _fields(whole[:kept])
    shifted = _shift(head_of(_without_marks(prose)), kept)
    title, start = _title(prose)
    if title and start > 0 and shifted.printed is None:
        shifted = _shift(head_of(_without_marks(prose[start:])), kept + start)
    named = Head(
        fields.get("title", ("", 0))[0] or title or shifted.title,
        _front_moment(fields) or shifted.printed,
        next((fields[key][0] for key in ("publisher", "outlet", "source", "site") if key in fields), shifted.publisher),
    )
    return reading(whole, named)


def _without_comments(prose: str) -> str:
    """Drop ``<!-- -->`` by searching for its ends: a pattern would rescan a text full of openings."""
    parts: list[str] = []
    at = 0
    while (start := prose.find("<!--", at)) >= 0 and (end := prose.find("-->", start + 4)) >= 0:
        parts.append(prose[at:start])
        at = end + 3
    return "".join(parts) + prose[at:]


def _without_marks(prose: str) -> str:
    """Blank out marks and page numbers, length for length, so that header lines read as plain ones."""
    blank = re.sub(r"^[ \t>#]{1,12}", lambda match: " " * len(match.group()), prose[:4000], flags=re.MULTILINE)
    lines = (" " * len(line) if _PAGE.fullmatch(line.strip()) else line for line in blank.split("\n"))
    return "\n".join(lines) + prose[4000:]


def _shift(head: Head, by: int) -> Head:
    if head.printed is None:
        return head
    span = Span(head.printed.span.start + by, head.printed.span.end + by)
    return Head(head.title, PrintedMoment(span, head.printed.moment), head.publisher)


def _fields(front: str) -> dict[str, tuple[str, int]]:
    """Return the simple fields of a front matter with the offset of each value; YAML beyond that is left alone."""
    found: dict[str, tuple[str, int]] = {}
    for match in _FIELD.finditer(front):
        raw = match["value"]
        value = raw.strip("\"'")
        found.setdefault(match["key"].lower(), (value, match.start("value") + raw.find(value)))
    return found


def _front_moment(fields: dict[str, tuple[str, int]]) -> PrintedMoment | None:
    for key in ("published", "date", "publish_date", "pubdate", "datetime", "time"):
        if key in fields:
            value, at = fields[key]
            if moment := machine_moment(value):
                return PrintedMoment(Span(at, at + len(value)), moment)
    return None


def _title(prose: str) -> tuple[str, int]:
    """Return the first heading of the highest level that names the document, and where its line ends."""
    head = prose[:20_000]
    heads = [(match["words"].strip(), len(match["marks"]), match.end()) for match in _ATX.finditer(head)]
    heads += [(match["words"].strip(), 1, match.end()) for match in _SETEXT.finditer(head)]
    named = [one for one in heads if one[0] and not _PAGE.fullmatch(one[0])]
    if not named:
        return "", 0
    words, _level, end = min(named, key=lambda one: (one[1] > 1, one[2]))
    return words, end
