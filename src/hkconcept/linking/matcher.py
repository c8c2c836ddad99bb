"""The exact matcher: many patterns at once, linear in the length of the text."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Matcher", "compile_matcher"]


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
    return matcher
