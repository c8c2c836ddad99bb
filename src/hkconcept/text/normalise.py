"""Normalising a text for matching, with an exact map of every offset back to the source.

Unlike :func:`hkconcept.text.fold.fold` this may change lengths: entities are decoded, zero-width
characters dropped, compatibility forms composed. Script and case are kept, so the result still reads well.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from hkconcept.model import Span
from hkconcept.text.lazily import lazily

__all__ = ["Normalised", "normalise"]

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u200e\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f"
_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_HYPHENS = "\u2010-\u2012\u2212\ufe63\uff0d"
# Bounded: the longest named entity is 31 letters ("&CounterClockwiseContourIntegral;").
_CHANGED = lazily(
    rf"(?P<entity>&(?:#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)"
    rf"|(?P<zero>[{_ZERO_WIDTH}])|(?P<space>[{_SPACES}])|(?P<hyphen>[{_HYPHENS}])"
    r"|(?P<break>\r\n?|\u2028|\u2029|\u0085)"
    r"|(?P<form>[\ufb00-\ufb06\ufe50-\ufe62\ufe64-\ufe6b\uff01-\uff0c\uff0e-\uff5e\uffe0-\uffe6\uf900-\ufaff\u3371-\u337a\u3380-\u33df\u2100-\u214f\u2f00-\u2fdf])"
    r"|(?P<mark>.[\u0300-\u036f]{1,4})"
)
# Chinese punctuation that reads as such stays: a full-width comma between clauses is no thousands separator.
_KEPT = frozenset("，；：？！（）")
_DIGIT = lazily(r"[0-9０-９]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and the way back.

    ``anchors`` are pairs (offset in ``text``, offset in the source) at every change, in ascending order;
    between two anchors both advance together.
    """

    text: str
    source_length: int
    _at: tuple[int, ...]
    _source: tuple[int, ...]
    _length: tuple[int, ...]

    def to_source(self, span: Span) -> Span:
        """Return the span of the source that a span of the text came from.

        A span that cuts through a replaced piece covers the whole piece. An empty span maps to an empty one.

        Raises
        ------
        ValueError
            When the span does not lie in the text.

        >>> normalise("A&amp;B").to_source(Span(1, 2))
        Span(start=1, end=6)

        """
        start, end = span
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"span {start}:{end} does not lie in a text of {len(self.text)} characters")
        first = self._piece(start)[0]
        return Span(first, first) if start == end else Span(first, self._piece(end - 1)[1])

    def _piece(self, offset: int) -> tuple[int, int]:
        """Return the source span of the one character at an offset."""
        at = bisect_right(self._at, offset) - 1
        if at < 0:
            return offset, offset + 1
        behind = offset - self._at[at]
        source, length = self._source[at], self._length[at]
        if length and behind < length:
            following = self._source[at + 1] if at + 1 < len(self._source) else self.source_length
            return source, following
        return source + behind, source + behind + 1


def normalise(raw: str) -> Normalised:
    """Normalise a text: entities decoded, widths and spaces unified, zero-width characters dropped.

    Full-width letters and digits become ASCII, ``﹒`` a decimal point, a full-width comma a separator only
    between full-width digits; Chinese punctuation, script and case are kept.

    >>> normalise("净利１，３００亿&nbsp;美元").text
    '净利1,300亿 美元'

    """
    parts: list[str] = []
    at: list[int] = []
    source: list[int] = []
    length: list[int] = []
    done = written = 0
    for match in _CHANGED.finditer(raw):
        new = _replacement(raw, match)
        if new == match[0]:
            continue
        start, end = match.span()
        parts.append(raw[done:start])
        written += start - done
        # One anchor for the replaced piece, one for the plain text that follows it.
        if new:
            at.append(written)
            source.append(start)
            length.append(len(new))
            parts.append(new)
            written += len(new)
        at.append(written)
        source.append(end)
        length.append(0)
        done = end
    parts.append(raw[done:])
    return Normalised("".join(parts), len(raw), tuple(at), tuple(source), tuple(length))


_FIXED = {"zero": "", "space": " ", "hyphen": "-", "break": "\n"}


def _replacement(raw: str, match: re.Match[str]) -> str:
    kind, printed = match.lastgroup or "", match[0]
    if kind in _FIXED:
        return _FIXED[kind]
    if kind == "entity":
        import html  # noqa: PLC0415 - its table of entities is large, and few texts have one

        decoded = html.unescape(printed)
        return decoded if decoded == printed else "".join(_plain(char) for char in decoded)
    if printed not in _KEPT:
        return unicodedata.normalize("NFC" if kind == "mark" else "NFKC", printed)
    around = raw[match.start() - 1 : match.start()] + raw[match.end() : match.end() + 1]
    separator = printed == "，" and len(around) == 2 and all("０" <= char <= "９" for char in around)
    return "," if separator else printed


def _plain(char: str) -> str:
    return " " if char == "\xa0" else "" if char in "\u200b\u200c\u200d\u2060\ufeff\xad" else char
