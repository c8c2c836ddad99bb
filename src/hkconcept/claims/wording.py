"""The small language in which the wording of a relation is written: figures as named slots, bounded gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hkconcept.claims.passage import FIRST_SLOT

__all__ = ["LAST_SLOT", "Wording", "compile_wording", "position"]

LAST_SLOT: Final = 0xFFFFD


def compile_wording(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that runs on the skeleton of a passage.

    ``{a}`` is a figure named a, ``{_}`` any figure, ``~20`` up to 20 characters with no figure and no end of
    a sentence or of a table cell. All gaps are bounded, so that every pattern is linear in the length of the text.

    >>> bool(compile_wording(r"{a}~4from~4{b}").search(f"{chr(0xF0000)} from {chr(0xF0001)}"))
    True

    """
    slot = rf"[{chr(FIRST_SLOT)}-{chr(LAST_SLOT)}]"
    pattern = re.sub(r"\{([a-z])\}", rf"(?P<\1>{slot})", pattern.replace("{_}", slot))
    pattern = re.sub(
        r"~(\d+)", lambda m: f"[^。!?\\n;；|{chr(FIRST_SLOT)}-{chr(LAST_SLOT)}]{{0,{m.group(1)}}}?", pattern
    )
    return re.compile(pattern)


class Wording:
    """A pattern that is compiled when a text first holds one of its cues: most texts need few of them."""

    def __init__(self, pattern: str, *cues: str) -> None:
        """Keep the pattern; ``cues`` are words of which a text that it matches must hold at least one."""
        self._compiled: re.Pattern[str] | None = None
        self._source = pattern
        self.cues = cues

    def finditer(self, skeleton: str) -> Iterator[re.Match[str]]:
        """Find the wording in the skeleton of a passage.

        >>> [found.group() for found in Wording("from~2to", "from").finditer("from to, from to")]
        ['from to', 'from to']

        """
        for cue in self.cues:
            if cue in skeleton:
                break
        else:
            if self.cues:
                return iter(())
        if self._compiled is None:
            self._compiled = compile_wording(self._source)
        return self._compiled.finditer(skeleton)


def position(found: re.Match[str], name: str) -> int:
    """Return the position in its passage of the figure that a slot matched."""
    return ord(found[name]) - FIRST_SLOT
