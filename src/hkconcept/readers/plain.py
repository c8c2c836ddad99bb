"""Plain text: the safe text itself, and what its first lines say of title, date and publisher."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hkconcept.model import Moment, Quote, Span
from hkconcept.readers.dateline import PrintedMoment, printed_moments

__all__ = ["Head", "Reading", "read_plain", "safe_text"]

# A terminal's colour sequences; C0 and C1 controls except tab and line feed; marks that reorder or hide what is shown
# (bidirectional controls, zero-width characters, the byte-order mark). None of them is text.
_ANSI = re.compile(r"\x1b\[[0-9;?]{0,16}[A-Za-z]")
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_BREAKS = re.compile(r"\r\n?|[\x85\u2028\u2029]")

_HEADER_LINES = 12
_HEADER_WIDTH = 120
_TITLE_WIDTH = 300
_SENTENCE_END = ("。", ".", "！", "!", "？", "?", "；", ";", "…")
_LABEL = re.compile(
    r"(?:date|time|avatar|author|by|source|title|share|updated?|published|日期|时间|時間|作者|来源|來源|标题|標題|分享|字号|字號)"
    r"[:：]?",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(
    r"(?:发布|發布|刊登|时间|時間|日期|发稿|發稿|更新|published|posted|date|updated|released)[^。，；]{0,12}$",
    re.IGNORECASE,
)
_DATELINE_AFTER = re.compile(r"\s{0,2}(?:[/(（][^/()（）\n]{1,30}[/)）])?\s{0,2}(?:--|—|–|－|- )")
_PROSE_MARK = re.compile(r"[。；;：:!?！？]")
_SOURCE = re.compile(r"(?:来源|來源|出处|出處|Source)\s?[:：]\s?([^\s|｜，,。；;]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines of a text say of it: title, printed moment, publisher."""

    title: str = ""
    printed: PrintedMoment | None = None
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read out of a format, before it becomes a Document."""

    text: str
    title: str = ""
    published: Moment | None = None
    published_span: Span | None = None
    publisher: str = ""

    @property
    def published_quote(self) -> Quote | None:
        """The printed date, where it stands in the text."""
        return Quote.cut(self.text, self.published_span) if self.published_span else None


def safe_text(text: str) -> str:
    r"""Return text with one kind of line break and without characters that control a screen or reorder its letters.

    >>> safe_text("7\u202e6 drugs\r\nnext")
    '76 drugs\nnext'

    """
    return _UNSAFE.sub("", _ANSI.sub("", _BREAKS.sub("\n", text)))


def head_of(text: str) -> Head:
    """Read the header lines: a title, labels, a date, an author, until the first line that is running prose."""
    title = publisher = ""
    printed: PrintedMoment | None = None
    at = read = 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        words = line.strip()
        if not words:
            continue
        read += 1
        if read > _HEADER_LINES or start > 4 * _HEADER_WIDTH + _TITLE_WIDTH:
            break
        if not title and read == 1 and _may_be_title(words):
            title = words
            continue
        if len(words) > _HEADER_WIDTH:
            break
        if printed is None:
            printed = _header_moment(line, start)
        publisher = publisher or _publisher(words, dated=printed is not None)
    if title and not text[text.find(title) + len(title) :].strip():
        title = ""  # one line alone is the text, not its heading
    return Head(title, printed or press_dateline(text) or signed(text), publisher)


def press_dateline(text: str) -> PrintedMoment | None:
    """Return the date that opens the prose of a press report: ``HONG KONG, Jan. 8, 2026 /Wire/ -- The...``.

    >>> str(press_dateline("HONG KONG, Jan. 8, 2026 (Wire) -- Approvals rose.").moment)
    '2026-01-08'

    """
    at = 0
    for line in text[:2000].split("\n"):
        if found := next(printed_moments(line[:120]), None):
            before, after = line[: found.span.start], line[found.span.end : found.span.end + 40]
            if len(before) <= 40 and _DATELINE_AFTER.match(after) and not _PROSE_MARK.search(before):
                return PrintedMoment(Span(found.span.start + at, found.span.end + at), found.moment)
        at += len(line) + 1
    return None


def signed(text: str) -> PrintedMoment | None:
    """Return the date that stands alone on one of the last lines, as under an announcement of an authority."""
    body = text.rstrip()
    start = max(0, len(body) - 240)
    at = start
    last: PrintedMoment | None = None
    for line in body[start:].split("\n"):
        found = next(printed_moments(line), None)
        if found and found.span.end - found.span.start >= len(line.strip()) - 2 and line.strip() != body:
            last = PrintedMoment(Span(found.span.start + at, found.span.end + at), found.moment)
        at += len(line) + 1
    return last


def read_plain(text: str) -> Reading:
    r"""Read plain text: it is kept as it stands; title, date and publisher come from its header lines.

    >>> seen = read_plain("Regulator acts\n\ndate\n08:07 08/01/2026\nThe regulator approved 76 drugs in 2025.")
    >>> seen.title, str(seen.published), seen.published_quote.exact
    ('Regulator acts', '2026-01-08 08:07 HKT', '08:07 08/01/2026')

    """
    head = head_of(text)
    return reading(text, head)


def reading(text: str, head: Head) -> Reading:
    """Join a text and its head."""
    printed = head.printed
    return Reading(
        text, head.title, printed.moment if printed else None, printed.span if printed else None, head.publisher
    )


def _may_be_title(words: str) -> bool:
    if len(words) > _TITLE_WIDTH or _LABEL.fullmatch(words):
        return False
    if _moment_only(words):
        return False
    # A headline may end in a question or exclamation mark; one that ends in a full stop is a sentence.
    return not words.endswith(("。", "；", ";")) and not (words.endswith(".") and len(words) > 100)


def _moment_only(words: str) -> bool:
    return any(found.span.end - found.span.start > len(words) * 0.6 for found in printed_moments(words[:_HEADER_WIDTH]))


def _header_moment(line: str, start: int) -> PrintedMoment | None:
    """Return the date of a header line: one that is little else than the date, or that labels it."""
    for found in printed_moments(line):
        wide = found.span.end - found.span.start
        alone = wide >= 0.4 * len(line.strip()) and not line.rstrip().endswith("。")
        if alone or _DATE_LABEL.search(line[: found.span.start]) or _SOURCE.search(line):
            return PrintedMoment(Span(found.span.start + start, found.span.end + start), found.moment)
    return None


def _publisher(words: str, *, dated: bool) -> str:
    """Return the outlet a header line names: after "来源：", or alone on its line under the date."""
    if named := _SOURCE.search(words):
        return named.group(1)
    alone = dated and len(words) <= 40 and not words.endswith(_SENTENCE_END)
    if not alone or _LABEL.fullmatch(words) or any(char.isdigit() for char in words) or words[0] in "#>|*-=":
        return ""
    return words
