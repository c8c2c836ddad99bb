"""Statements: the headline items and body sentences in which a news item tells its events.

The unit is finer than a sentence. A headline often holds several items with spaces between them, and a
round-up holds one item per company, opened by ``NAME(code)：``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from hkconcept.model.document import Span
from hkconcept.text.lazily import lazily

__all__ = ["Statement", "clause_around", "clause_end", "statements"]

_HEADLINE_CAP = 400
_REACH = 400

_HEADLINE_CUT = lazily(r"[。;!?|丨\n ]+")
_BODY_CUT = lazily(r"[。;!?\n]+")
# A full stop ends an English sentence before a space and no lower-case letter; the folded key has no
# capitals, so the original text is read here. "U.S. biotech", "Inc. and" go on.
_ENGLISH_CUT = lazily(
    r"(?<![A-Z])(?<!\bInc)(?<!\bCo)(?<!\bLtd)(?<!\bvs)(?<!\bDr)(?<!\bNo)[.!?][\"'\u201d\u2019)]*\s+(?=[^a-z\s])"
    r"|;\s+|\s[|\uff5c]\s|\n+"
)
_IDEOGRAPH = lazily(r"[\u4e00-\u9fff]")
_ITEM_OPENING = lazily(r"(?:[ ]*\(?[0-9a-z./:; -]{4,24}\)?)?[ ]*:")
_CLAUSE_END = lazily(r"[,。;:](?:(?<=[。;:])|(?<!\d,)|(?!\d))")


class Statement(NamedTuple):
    """One headline item or body sentence: code-point offsets into the text, end exclusive."""

    start: int
    end: int
    headline: bool

    @property
    def span(self) -> Span:
        """The span of the statement."""
        return Span(self.start, self.end)


def _cut(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    at = start
    for found in pattern.finditer(text, start, end):
        if found.start() > at:
            pieces.append((at, found.start()))
        at = found.end()
    if at < end:
        pieces.append((at, end))
    return pieces


def _parts_items(key: str, start: int, end: int) -> bool:
    """Whether a gap in a headline parts two items: any mark does, a space when the words around it are whole.

    Before such a space stands Chinese, a percentage or a closing mark, after it Chinese, a figure or a Latin
    word. Between a figure and a Latin word, or around Latin words, a space is only a space.
    """
    if key[start:end].strip(" "):
        return True
    before, after = key[start - 1 : start], key[end : end + 1]
    if _IDEOGRAPH.match(before) or before in {"%", ")", "\u201d"}:
        return bool(_IDEOGRAPH.match(after)) or after.isalnum() or after in {"\u201c", "《"}
    return before.isdigit() and bool(_IDEOGRAPH.match(after))


def _cut_headline(key: str, end: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    at = 0
    for found in _HEADLINE_CUT.finditer(key, 0, end):
        if _parts_items(key, *found.span()):
            if found.start() > at:
                pieces.append((at, found.start()))
            at = found.end()
    if at < end:
        pieces.append((at, end))
    return pieces


def _openings(key: str, names: Sequence[Span]) -> list[int]:
    """Where a round-up's items begin: a name, its code, a colon, after a space."""
    return [
        name.start
        for name in names
        if key[name.start - 1 : name.start] in {" ", "、", ")"} and _ITEM_OPENING.match(key, name.end, name.end + 30)
    ]


def statements(text: str, key: str, *, names: Sequence[Span], english: bool) -> tuple[Statement, ...]:
    """Cut a text into statements, in reading order.

    Parameters
    ----------
    text, key
        The text and its folded key, of the same length.
    names
        Spans of the company names, in reading order.
    english
        Whether sentences end as in English.

    Notes
    -----
    The first line is the headline when another line follows.

    """
    newline = text.find("\n")
    headline_end = newline if 0 < newline <= _HEADLINE_CAP else 0
    found: list[Statement] = []
    if headline_end:
        pieces = _cut(text, 0, headline_end, _ENGLISH_CUT) if english else _cut_headline(key, headline_end)
        found += [Statement(start, end, headline=True) for start, end in pieces]
    pieces = (
        _cut(text, headline_end, len(text), _ENGLISH_CUT) if english else _cut(key, headline_end, len(key), _BODY_CUT)
    )
    openings = iter([*_openings(key, names), len(text)])
    opening = next(openings)
    for start, end in pieces:
        at = start
        while opening < end:
            if opening > at:
                found.append(Statement(at, opening, headline=False))
                at = opening
            opening = next(openings)
        found.append(Statement(at, end, headline=False))
    return tuple(found)


def clause_end(key: str, position: int, end: int) -> int:
    """Return where the clause that holds a position ends, at the latest at ``end``."""
    found = _CLAUSE_END.search(key, position, end)
    return found.start() if found else end


def clause_around(key: str, statement: Statement, position: int) -> tuple[int, int]:
    """Return the bounds of the clause that holds a position; a comma inside a number parts nothing.

    >>> key = "7月2日,公司斥资1,357万元,回购股份"
    >>> start, end = clause_around(key, Statement(0, len(key), headline=False), 8)
    >>> key[start:end]
    '公司斥资1,357万元'

    """
    # A clause longer than the reach is cut, which keeps the cost of one call constant.
    start, end = max(statement.start, position - _REACH), min(statement.end, position + _REACH)
    for found in _CLAUSE_END.finditer(key, start, end):
        if found.end() <= position:
            start = found.end()
        elif found.start() >= position:
            end = found.start()
            break
    return start, end
