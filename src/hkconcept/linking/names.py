"""Names found in a text: exact matching under boundaries for Latin and Chinese, class suffixes included."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from hkconcept.linking.gazetteer import Entry, Form, Gazetteer
from hkconcept.linking.legal_names import PLACES
from hkconcept.model import Span
from hkconcept.text.lazily import lazily

__all__ = ["CLASSES", "CLASS_SUFFIX", "LATIN_END", "TELLING", "NameHit", "by_start", "find_names", "places"]

CLASSES = ("sw", "sb", "sp", "wp", "wb", "s", "b", "w", "p")
"""The letters of the exchange's suffixes, the longest first."""

CLASS_SUFFIX = lazily(f"-(?:{'|'.join(CLASSES)})(?![a-z])")
"""The exchange's suffix as printed after a name: -B, －Ｂ, -SB, -P, -W, -S (folded)."""

_PLACE_FIRST = lazily(PLACES)
_CODE_AHEAD = lazily(r"\d{4,5}\s?\.?\s?hk")
_TRADE_WORDS = ("业绩", "业务", "业内", "业态", "业主")
_ASCII_END = 0x80
_BUILDING = ("大厦", "大楼", "大学", "协会", "学会")
_TRADE = ("行业", "企业", "市场", "产业", "领域", "工业", "消费")
# What may follow a Chinese name and make it another word.
TELLING = frozenset(("®", "™", "业", *(word[0] for word in (*_BUILDING, *_TRADE))))
LATIN_END = "\u0250"  # after Latin Extended-B
_ALONE = ("free", "caps", "phrase", "other")
_START = itemgetter(0)


class NameHit(NamedTuple):
    """One name in the text. ``span`` includes a printed class suffix, ``bare`` does not."""

    span: Span
    bare: Span
    key: str
    entry: Entry

    @property
    def forms(self) -> tuple[Form, ...]:
        """What the name may stand for."""
        return self.entry.forms

    @property
    def codes(self) -> tuple[str, ...]:
        """Every listing that the name may mean, without repetition."""
        return self.entry.codes

    def has(self, *uses: str) -> bool:
        """Whether one of the name's meanings may be used in one of these ways."""
        return not self.entry.uses.isdisjoint(uses)


def _latin(character: str) -> bool:
    return character.isalnum() and ord(character) < 0x250  # end of Latin Extended-B


def _bounded(text: str, folded: str, start: int, end: int) -> bool:
    """Whether a match stands on its own: no letters of the same word before or after it."""
    if _latin(folded[start]):
        if start and (_latin(folded[start - 1]) or folded[start - 1] in "$#@_"):
            return False
        if text[start].islower():
            return False
    following = folded[end : end + 2]
    if following[:1] in ("®", "™"):  # a brand, not the company that bears it
        return False
    last = folded[end - 1]
    if _latin(last) and following and _latin(following[0]):
        # A name and its code run together: 健康16002656.HK, 太古股份公司B00087.HK.
        return bool(_CODE_AHEAD.match(folded, end))
    if ord(last) >= _ASCII_END and (
        following in _BUILDING or (following in _TRADE and _PLACE_FIRST.match(folded, start))
    ):
        return False  # 建设银行大厦; 中国生物制药行业 is a trade, not the company
    # 中国银行 is no company in 中国银行业, but is one in 中国银行业绩.
    return not (ord(last) >= _ASCII_END and following[:1] == "业" and following not in _TRADE_WORDS)


def find_names(text: str, folded: str, gazetteer: Gazetteer) -> tuple[NameHit, ...]:
    """Return the names in a text, leftmost first and the longest at each place, none overlapping.

    ``folded`` is the matching key of ``text`` (same length).

    >>> text = "来凯医药-B与Akeso康方生物, not AIA in MAIAN"
    >>> [text[h.span.start : h.span.end] for h in find_names(text, text.lower(), Gazetteer.packaged())]
    ['来凯医药-B', 'Akeso', '康方生物', 'AIA']

    """
    patterns, entry = gazetteer.patterns, gazetteer.entry
    matches = by_start(gazetteer.automaton.find_overlapping(folded))
    return tuple(
        [
            NameHit(Span(start, end), Span(start, bare), key := patterns[number], entry(key))
            for start, bare, end, number in places(matches, text, folded, gazetteer)
        ]
    )


def by_start(matches: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Sort matches that come in the order of their ends by their starts, and the longest first of each start."""
    matches.reverse()
    matches.sort(key=_START)
    return matches


def places(
    matches: Sequence[tuple[int, int, int]], text: str, folded: str, gazetteer: Gazetteer
) -> list[tuple[int, int, int, int]]:
    """Return start, end, end with the class suffix, and pattern number of the names among the matches of a text.

    The matches come by their starts, and the longest first of those that start together.
    """
    size = len(folded)
    found: list[tuple[int, int, int, int]] = []
    covered = bare = 0
    for start, end, number in matches:
        yields = start < covered
        # A form that cannot stand alone gives way to one that can, where the two overlap; never to a part of itself.
        if yields and (end <= bare or gazetteer.stands(found[-1][3], *_ALONE)):
            continue
        following = folded[end] if end < size else " "
        # Most names begin and end in a Chinese character and are followed by one that means nothing to them.
        plain = folded[start] >= LATIN_END and folded[end - 1] >= LATIN_END and following not in TELLING
        if not plain and not _bounded(text, folded, start, end):
            continue
        if yields:
            if not gazetteer.stands(number, "free") or end - start < len(gazetteer.patterns[found[-1][3]]):
                continue
            found.pop()
        covered = bare = end
        if following == "-" and (suffix := CLASS_SUFFIX.match(folded, end)):
            covered = suffix.end()
        found.append((start, bare, covered, number))
    return found
