"""Which figures are parts of which: wholes with the parts that the wording puts under them.

``76 drugs, of which 47 chemical (38 domestic, 9 imported), 23 biological and 6 TCM`` has two frames:
76 with 47, 23 and 6, and 47 with 38 and 9. A frame is opened by wording (``include``, ``of which``,
``其中``, ``among the 47``, a bracket), and a figure joins the innermost open frame whose parts are
told apart by the same attribute as itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from hkconcept.claims.lexicon import PARTITIONS
from hkconcept.claims.passage import Passage, compatible
from hkconcept.model import Figure, Relation
from hkconcept.text.lazily import lazily

__all__ = ["Frame", "find_frames"]

# Wording that ends just before the first part and declares that the parts are all. The whole stands
# directly before it: in "revenue 100, profit and tax 分别为 20 and 30" nothing is divided.
_DECLARED: Final = lazily(
    r"^: $|"  # "$90 million: $50 million for research and $40 million for sales"
    r"^[^,;:]{0,40}[,:]?\s*(?:其中)?\s*(?:分别[为是有]|分为|(?:which |that |are |were )?(?:consist(?:s|ed|ing)? of|"
    r"compris(?:es|ed|ing|e)|(?:is |was |being )?made up of|composed of|(?:split|divided|broken down) into|namely|"
    r"that is,))[^,;，；]{0,24}$"
)
_CONTAINS: Final = lazily(
    r"(?:其中|包括|包含|涵盖|当中|includ(?:e|es|ed|ing)|of (?:which|them|these|those)|among (?:which|them|these|those)|"
    r"with)[^;；]{0,40}$"
)
_AMONG: Final = lazily(r"\b(?:among|of|out of|within)\s+(?:all\s+)?(?:the|these|those|its)\s+$")
_DEFINITE: Final = ("the", "these", "those", "its")  # the last words of _AMONG
_INSIDE: Final = lazily(
    r"^[^,，。;；:：]{0,24}(?:中|里|当中|之中)(?=[,，]|有|含|共|仅|国产|进口|本土|化学|化药|生物|\s*$)"
)
# Wording that may open a sentence and mean a whole of the sentence before.
_REACHES_BACK: Final = lazily(
    r"^\s*(?:其中|当中|(?:这|它)们?中|包括|of (?:which|them|these|those)|among (?:which|them|these|those)|they|these)"
)
# Wording that makes a list a mere selection.
_SELECTION: Final = lazily(
    r"等(?![级待于同额效])|such as|among others|not limited to|for example|e\.g|and others|and more|mainly|mostly|"
    r"largely|primarily|主要|部分|例如|比如|大多|不乏"
)
# Wording that leaves the list: a comparison, a change, another period.
_LEAVES: Final = lazily(
    r"较|相比|比(?!例|重|率)|同比|环比|去年|上年|此外|另外|同时|超过|高于|compared|versus|exceed|higher than|"
    r"year-on-year|in addition|meanwhile|\bfrom\b|\bup\b|\bdown\b"
)
_LONGEST_STEP: Final = 80
_MOST_READINGS: Final = 4  # wholes that one part may be read under
_DEEPEST: Final = 6  # frames open at once; news nests two or three
_FURTHEST: Final = 40  # figures between a part and its whole


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole and its parts, as positions in a passage.

    ``others`` are further figures that the wording may mean as the whole; ``declared`` when the wording
    says that the parts are all; ``selection`` when it says that they are not.
    """

    whole: int
    parts: tuple[int, ...]
    others: tuple[int, ...] = ()
    declared: bool = False
    selection: bool = False

    def complete(self, passage: Passage) -> bool:
        """Whether the parts are declared to be all: by wording, or by naming every value of a dimension."""
        if self.selection:
            return False
        return self.declared or any(
            self.values(passage, dimension) == values for dimension, values in PARTITIONS.items()
        )

    def values(self, passage: Passage, dimension: str) -> frozenset[str]:
        """Return the values of a dimension that the parts name."""
        return frozenset(
            value for part in self.parts for name, value in passage.figures[part].attributes if name == dimension
        )


@dataclass(slots=True)
class _Open:
    whole: int
    others: tuple[int, ...]
    declared: bool
    bracket: bool = False
    parts: list[int] = field(default_factory=list)
    told_by: frozenset[str] | None = None
    selection: bool = False


_DECLARES: Final = lazily(r": |分|consist|compris|made up|composed|into|namely|that is")
"""Found in every text of which a gap may match ``_DECLARED``."""
_MAY_CONTAIN: Final = lazily(r"其中|包括|包含|涵盖|当中|includ|of (?:which|th)|among |with")
"""Found in every text of which a gap may match ``_CONTAINS``."""
_MAY_NAME: Final = lazily(r"中|里|th(?:[eo]se|e)\s|its\s")
"""Found in every text that may make a figure a whole by itself, by ``_INSIDE`` or ``_AMONG``."""


def find_frames(passage: Passage) -> tuple[Frame, ...]:
    """Return every whole with its parts, in reading order; a frame may have a single part, or none yet named."""
    done: list[_Open] = []
    stack: list[_Open] = []
    declares = _DECLARES.search(passage.text) is not None
    contains = declares or _MAY_CONTAIN.search(passage.text) is not None
    names = _MAY_NAME.search(passage.text) is not None
    for index, gap in enumerate(passage.befores):
        if stack and not passage.same_sentence(index - 1, index):
            stack.clear()
        if stack and ")" in gap:
            for _ in range(gap.count(")")):
                _close_bracket(stack)
        if names and _names_whole(passage, index):
            stack[:] = [opened for opened in stack if opened.bracket]
            stack.append(_Open(index, (), declared=False))
            done.append(stack[-1])
            continue
        if (contains or "(" in gap) and (opened := _opening(passage, index, gap, stack, declares=declares)):
            stack.append(opened)
            del stack[:-_DEEPEST]
            done.append(opened)
        if stack:
            _join(passage, index, gap, stack)
    frames = []
    for opened in done:
        last = opened.parts[-1] if opened.parts else opened.whole
        opened.selection = opened.selection or bool(_SELECTION.search(_tail(passage, last)))
        frames.append(Frame(opened.whole, tuple(opened.parts), opened.others, opened.declared, opened.selection))
    return tuple(frames)


def _tail(passage: Passage, index: int) -> str:
    """Return the words after a figure up to the end of its clause."""
    return re.split(r"[;；]", passage.after(index), maxsplit=1)[0]


def _close_bracket(stack: list[_Open]) -> None:
    for position in range(len(stack) - 1, -1, -1):
        if stack[position].bracket:
            del stack[position:]
            return


def _names_whole(passage: Passage, index: int) -> bool:
    """Whether the wording makes this figure itself a whole: ``among the 47``, ``47个…中``."""
    before, after = passage.befores[index], passage.afters[index]
    # Few figures have a word of either wording beside them; no other needs a search.
    inside = ("中" in after or "里" in after) and _INSIDE.match(after) is not None
    among = before[-1:].isspace() and before.rstrip().endswith(_DEFINITE) and _AMONG.search(before) is not None
    return (inside or among) and passage.figures[index].quantity.unit != "percent"


def _opening(passage: Passage, index: int, gap: str, stack: list[_Open], *, declares: bool) -> _Open | None:
    """Return the frame that the wording before a figure opens."""
    declared = declares and _DECLARED.match(gap) is not None
    bracket = "(" in gap and gap.rfind("(") > gap.rfind(")")
    if not (declared or bracket or _CONTAINS.search(gap)):
        return None
    figure = passage.figures[index]
    if figure.quantity.unit in {"percent", "percentage points", "multiple"}:
        return None
    wholes = list(_wholes(passage, index, stack))
    if not wholes:
        return None
    if declared and wholes[0] != index - 1:
        if not (bracket or _CONTAINS.search(gap)):
            return None
        declared = False
    opened = _Open(wholes[0], tuple(wholes[1:_MOST_READINGS]), declared, bracket=bracket)
    opened.selection = bool(_SELECTION.search(gap))
    return opened


def _wholes(passage: Passage, index: int, stack: list[_Open]) -> Iterator[int]:
    """Yield the figures that a following part may belong to, the nearest first."""
    figure = passage.figures[index]
    reaches_back = bool(_REACHES_BACK.match(passage.before(index)))
    seen: set[int] = set()
    for before in range(index - 1, max(-1, index - 1 - _FURTHEST), -1):
        distance = passage.sentence[index] - passage.sentence[before]
        if distance > 1 or (distance and not reaches_back):
            break
        if not compatible(passage.figures[before].quantity, figure.quantity):
            continue
        same = passage.same_sentence(before, index)
        if not same and any(passage.same_sentence(other, index) for other in seen):
            break
        if passage.figures[before].direction is None:
            seen.add(before)
            yield before
        if same and len(seen) == 1:
            for opened in reversed(stack):
                if opened.whole not in seen:
                    seen.add(opened.whole)
                    yield opened.whole


def _join(passage: Passage, index: int, gap: str, stack: list[_Open]) -> None:
    """Add a figure to the innermost open frame that it fits."""
    figure = passage.figures[index]
    if figure.quantity.unit in {"percentage points", "multiple"} or figure.direction is not None:
        return
    for position in range(len(stack) - 1, -1, -1):
        opened = stack[position]
        whole = passage.figures[opened.whole]
        if not _fits(figure, whole) or index == opened.whole:
            continue
        if (opened.parts and _LEAVES.search(gap)) or len(gap) > _LONGEST_STEP:
            return
        told_by = frozenset(dict(figure.attributes)) - frozenset(dict(whole.attributes))
        if opened.told_by is None:
            opened.told_by = told_by
        elif opened.told_by != told_by:
            continue
        opened.parts.append(index)
        opened.selection = opened.selection or bool(_SELECTION.search(gap))
        del stack[position + 1 :]
        return


def _fits(figure: Figure, whole: Figure) -> bool:
    """Whether a figure may be part of a whole: one unit, one period, no contradicting attribute."""
    if not compatible(figure.quantity, whole.quantity) or figure.quantity.relation is Relation.RANGE:
        return False
    if figure.period is not None and whole.period is not None and figure.period != whole.period:
        return False
    mine = dict(figure.attributes)
    return all(mine.get(name, value) == value for name, value in whole.attributes)
