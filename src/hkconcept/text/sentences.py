"""Sentence and clause boundaries of Chinese and English text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hkconcept.model import Span
from hkconcept.text.lazily import lazily

__all__ = ["clauses", "sentences"]

_CLOSING = "”’」』》）)\"'】]"
_CLOSING_CLASS = re.escape(_CLOSING)
# A full stop ends a sentence only before a space or the end; what stands before it may be an abbreviation. A pattern
# that begins with a set of characters is found by a fast search.
_END = lazily(
    rf"[。！？!?….\n；](?:(?<=[。！？!?…])(?P<zh>[。！？!?…]*(?:\.{{0,3}})[{_CLOSING_CLASS}]*)"
    rf"|(?<=\.)(?P<en>\.*[{_CLOSING_CLASS}]*)(?=\s|$)|(?<=\n)(?P<para>\s*)|(?<=；)(?P<semi>))"
)
_ABBREVIATIONS = frozenset(
    word
    for line in (
        "mr mrs ms dr prof st no nos vol fig figs sec art inc ltd co corp plc llc bros dept est",
        "approx ca cf vs etc al e.g i.e jan feb mar apr jun jul aug sep sept oct nov dec",
        "mon tue tues wed thu thur thurs fri sat sun ph.d m.d u.s u.k e.u u.s.c a.m p.m ave blvd rd",
        "gen gov sen rep rev hon jr sr ph ver pub l pp p hk b.v n.v s.a s.p.a pte pty",
    )
    for word in line.split(" ")
)
# These end a sentence as often as not; the next word decides.
_MAY_END = frozenset(
    ("inc", "ltd", "co", "corp", "plc", "llc", "etc", "al", "u.s", "u.k", "e.u", "a.m", "p.m", "jr", "sr", "n.v")
)
_LAST_TOKEN = lazily(r"[A-Za-z0-9.&-]{1,16}\Z")
_MARKER_LEFT = frozenset(("", *".!?:;。！？：；"))
_NEXT = lazily(r"\s*([\"“‘'(\[]?)(\S)")
_SECOND_WORD = lazily(
    r"\s*(?:The|A|An|In|It|Its|This|That|These|Those|He|She|They|We|But|And|However|On|At|For|As|With|If|Under|Meanwhile|Shares)\b"
)
_CLAUSE_END = lazily(r"[，；：;、]|[,:](?=\s)|(?:—|–|--)")


def sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences, without the white space around them.

    Line breaks, ``。！？；`` and English full stops end a sentence; a full stop after an abbreviation, an
    initial, a numeral's "No." or inside a number does not. Closing quotes and brackets belong to their sentence.

    >>> [str("No. 3 of 2026. It rose 5.2%."[a:b]) for a, b in sentences("No. 3 of 2026. It rose 5.2%.")]
    ['No. 3 of 2026.', 'It rose 5.2%.']

    """
    ends = [match.end() for match in _END.finditer(text) if match.lastgroup != "en" or _ends(text, match)]
    return tuple(_trimmed(text, 0, [*ends, len(text)]))


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop before white space ends its sentence."""
    following = _NEXT.match(text, match.end(), match.end() + 16)
    if not following:
        return True
    if following[2].islower():
        return False
    token = _LAST_TOKEN.search(text, max(0, match.start() - 16), match.start())
    if not token or len(match[0].rstrip(_CLOSING)) > 1:
        return True
    word = token[0].lower()
    initials = "." in word and len(word) <= 5 and word.replace(".", "").isalpha()
    if word in _ABBREVIATIONS or initials:
        return word in _MAY_END and _SECOND_WORD.match(text, match.end()) is not None
    if len(word) == 1 and word.isalpha():
        return False
    # A list marker, at the start or after another sentence: "1. Approvals rose. 2. Deals fell."
    left = text[max(0, token.start() - 3) : token.start()].strip()[-1:]
    return not (word.isdigit() and len(word) <= 2 and left in _MARKER_LEFT)


def _trimmed(text: str, start: int, ends: Sequence[int]) -> list[Span]:
    """Return the spans between the ends of pieces, without the white space around them; blank ones are left out."""
    spans = []
    for end in ends:
        piece = text[start:end].rstrip()
        if piece:
            left = start + len(piece) - len(piece.lstrip())
            spans.append(Span(left, start + len(piece)))
        start = end
    return spans


def clauses(text: str) -> tuple[Span, ...]:
    """Return the spans of the clauses: sentences cut further at commas, colons, semicolons and dashes.

    A comma between digits separates thousands and cuts nothing. The cutting mark belongs to the clause before it.

    >>> [str("收入1,300元，增5%。"[a:b]) for a, b in clauses("收入1,300元，增5%。")]
    ['收入1,300元，', '增5%。']

    """
    found: list[Span] = []
    for sentence in sentences(text):
        ends = [match.end() for match in _CLAUSE_END.finditer(text, *sentence)]
        found += _trimmed(text, sentence.start, [*ends, sentence.end])
    return tuple(found)
