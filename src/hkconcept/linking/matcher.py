"""The exact matcher: many patterns at once, linear in the length of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from hkconcept.text.lazily import lazily

__all__ = ["Matcher", "compile_matcher", "leftmost_longest"]

_LONE = lazily("[\ud800-\udfff]")
_FEW = 8  # up to here, a scan for each pattern is cheaper than compiling them


class Matcher(Protocol):
    """A compiled set of patterns."""

    def find_overlapping(self, haystack: str, /) -> list[tuple[int, int, int]]:
        """Return start, end and pattern number of every match, in order of their ends."""

    def find(self, haystack: str, /) -> list[tuple[int, int, int]]:
        """Return start, end and pattern number of matches that do not overlap."""


def compile_matcher(patterns: list[str], *, longest: bool = False) -> Matcher:
    """Compile patterns for ``find_overlapping``, or with ``longest`` for a leftmost-longest ``find``."""
    import daachorse  # noqa: PLC0415 - compiled code, loaded only when a text is linked

    kind = daachorse.MATCH_KIND_LEFTMOST_LONGEST if longest else daachorse.MATCH_KIND_STANDARD
    matcher: Matcher = daachorse.CharwiseDoubleArrayAhoCorasick(patterns, kind)
    return _AnyText(matcher)


class _AnyText:
    """A matcher that reads any text: half of a surrogate pair, which no encoding has, matches nothing."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def find_overlapping(self, haystack: str, /) -> list[tuple[int, int, int]]:
        try:
            return self._matcher.find_overlapping(haystack)
        except UnicodeEncodeError:
            return self._matcher.find_overlapping(_LONE.sub("\ufffd", haystack))

    def find(self, haystack: str, /) -> list[tuple[int, int, int]]:
        try:
            return self._matcher.find(haystack)
        except UnicodeEncodeError:
            return self._matcher.find(_LONE.sub("\ufffd", haystack))


def leftmost_longest(patterns: Sequence[str], haystack: str) -> list[tuple[int, int, int]]:
    """Return start, end and number of the matches of patterns needed for one text only, none overlapping.

    >>> leftmost_longest(["创胜", "创胜集团"], "创胜集团和创胜")
    [(0, 4, 1), (5, 7, 0)]

    """
    if len(patterns) > _FEW:
        return compile_matcher(list(patterns), longest=True).find(haystack)
    found: list[tuple[int, int, int]] = []
    end = 0
    for start, until, number in sorted(_every(patterns, haystack), key=lambda match: (match[0], -match[1])):
        if start >= end:
            found.append((start, until, number))
            end = until
    return found


def _every(patterns: Sequence[str], haystack: str) -> Iterator[tuple[int, int, int]]:
    for number, pattern in enumerate(patterns):
        start = haystack.find(pattern)
        while start >= 0:
            yield start, start + len(pattern), number
            start = haystack.find(pattern, start + 1)
