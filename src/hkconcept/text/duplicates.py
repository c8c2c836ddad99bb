"""Near-duplicates: the same notice or story printed again, told apart from another one with other figures.

Every text is reduced to the smallest hashes of its runs of four characters (a bottom-k sketch: Cohen and
Kaplan, 2007). Texts that share one of their very smallest are compared; what two sketches share estimates
the Jaccard similarity of the texts. Notices of one template differ in nothing but their figures, so two
texts that each print a figure that the other lacks are never duplicates, however alike they are.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from hkconcept.text.fold import fold

__all__ = ["Duplicate", "DuplicateIndex", "Fingerprint", "fingerprint", "near_duplicates", "similarity"]

_WIDTH = 4  # characters in a run; in UTF-16 they fill one 64-bit number
_SKETCH = 64  # hashes kept: the estimate's standard error is at most 1 / (2 * sqrt(64))
_KEYS = 12  # hashes a text is found by, of which two must be shared
_PRIME = 1_000_000_007  # the order of the remainders is as good as random, and the same on every machine
_CROWD = 8  # texts that one hash leads to; what more texts share tells little: it leads to the first and the latest
_TAIL = 32  # characters at the end in which a figure cut short is looked for
_LONGEST = 20_000  # characters read; a longer text is known by its beginning

_CUT_OFF = re.compile(r"([0-9]+(?:[.,][0-9]+)*)[.,…\s]*$")
_FIGURE = re.compile(
    r"[0-9]+(?:\.[0-9]+)*"
    r"|第[一二三四五六七八九十]{1,3}|[一二三四五六七八九十两]{1,5}(?=[成倍亿月日季批轮期])"
)
_ORDINAL = re.compile(r"(?:first|second|third|fourth)(?=quarter|half)")
_COMMON = 0xFFFF  # rarer characters are folded each time: hostile text must not fill the table


class Fingerprint(NamedTuple):
    """What a text is compared by: hashes in ascending order, and its figures without separators.

    ``last`` is a figure at the very end of the text, where a snippet may have cut it short.
    """

    sketch: tuple[int, ...]
    figures: frozenset[str]
    last: str

    def lacks(self, other: Fingerprint) -> bool:
        """Whether the other text prints a figure that this one does not."""
        if not other.figures <= self.figures and not all(
            figure in self.figures or (self.last and figure.startswith(self.last)) for figure in other.figures
        ):
            return True
        return bool(other.last) and not any(figure.startswith(other.last) for figure in (self.last, *self.figures))


class _Letters(dict[int, int | None]):
    """From a character to its folded form, and from punctuation to nothing; filled as characters are met."""

    def __missing__(self, code: int) -> int | None:
        char = fold(chr(code))
        kept = ord(char) if char.isalnum() or char == "." else None
        if code <= _COMMON:
            self[code] = kept
        return kept


_LETTERS = _Letters()


class Duplicate(NamedTuple):
    """An earlier text that a text repeats, and how similar the two are (0 to 1)."""

    key: str
    similarity: float


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of a text; script, width, case and punctuation make no difference.

    >>> fingerprint("康方生物：第二季度收入１，３００万元") == fingerprint("康方生物 第二季度 收入1300萬元。")
    True

    """
    text = text[:_LONGEST]
    cut = _CUT_OFF.search(fold(text[-_TAIL:]))
    words = text.translate(_LETTERS)
    figures = _FIGURE.findall(words.rstrip("."))
    last = figures.pop() if cut and figures else ""
    if "quarter" in words or "half" in words:
        figures += _ORDINAL.findall(words)
    words = words.replace(".", "")
    if len(words) < _WIDTH:
        words = words.ljust(_WIDTH)
    code = words.encode("utf-16-le", "surrogatepass")
    size = len(code) // 2
    # Each 64-bit number read at an offset of 0 to 3 characters is one run of four.
    runs = [struct.unpack_from(f"<{(size - at) // _WIDTH}Q", code, 2 * at) for at in range(_WIDTH)]
    return Fingerprint(tuple(sorted({run % _PRIME for run in chain(*runs)})[:_SKETCH]), frozenset(figures), last)


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """Return the estimated Jaccard similarity of two texts, and 0 when each prints a figure that the other lacks.

    >>> one, other = (fingerprint(f"公司7月2日回购{count}万股，每股作价不超过六港元") for count in (10, 12))
    >>> similarity(one, other), similarity(one, one)
    (0.0, 1.0)

    """
    if one.lacks(other) and other.lacks(one):
        return 0.0
    shared = set(one.sketch).intersection(other.sketch)
    # Only the smallest hashes of both texts together are a fair sample of both.
    union = sorted({*one.sketch, *other.sketch})[:_SKETCH]
    return len(shared.intersection(union)) / len(union)


class DuplicateIndex:
    """Texts seen so far, found again by what they share; the cost of one more does not grow with their number.

    >>> index = DuplicateIndex()
    >>> index.add("a", "恒瑞医药宣布其创新药获国家药监局批准上市")
    ()
    >>> [found.key for found in index.add("b", "恒瑞医药宣布：其创新药获得国家药监局批准上市。")]
    ['a']

    """

    def __init__(self, *, threshold: float = 0.5) -> None:
        """Start empty; texts count as duplicates from a similarity of ``threshold`` on (above 0, at most 1)."""
        if not 0 < threshold <= 1:
            raise ValueError(f"threshold {threshold} is not above 0 and at most 1; 0.5 suits news items")
        self.threshold = threshold
        self._keys: list[str] = []
        self._prints: list[Fingerprint] = []
        self._holders: dict[int, list[int]] = {}

    def __len__(self) -> int:
        """Return how many texts were added."""
        return len(self._keys)

    def add(self, key: str, text: str) -> tuple[Duplicate, ...]:
        """Add a text under a key of the caller's, and return the earlier texts that it repeats, the most similar first.

        Of a crowd of texts that share one template, the first and the latest are compared.
        """
        number = len(self._keys)
        new = fingerprint(text)
        self._keys.append(key)
        self._prints.append(new)
        near = self._candidates(new, number)
        found = []
        hashes = set(new.sketch)
        for other in near:
            old = self._prints[other]
            if old.lacks(new) and new.lacks(old):
                continue
            # No more than this can be shared, and most candidates share too little: they cost one intersection.
            if len(hashes.intersection(old.sketch)) < self.threshold * max(len(hashes), len(old.sketch)):
                continue
            alike = similarity(old, new)
            if alike >= self.threshold:
                found.append((-alike, other))
        return tuple([Duplicate(self._keys[other], -alike) for alike, other in sorted(found)])

    def _candidates(self, new: Fingerprint, number: int) -> set[int]:
        """Enter a text under its smallest hashes that few texts have, and return the texts found on the way."""
        near: list[int] = []
        keys = 0
        for value in new.sketch:
            holders = self._holders.get(value)
            if holders is None:
                self._holders[value] = [number]
            elif len(holders) < _CROWD:
                near += holders
                holders.append(number)
            else:
                near += (holders[0], holders[-1])
                holders[-1] = number
                continue
            keys += 1
            if keys == _KEYS:
                break
        # Whoever repeats a text shares several of its hashes; one is chance more often than not.
        least = min(2, len(new.sketch))
        return {other for other, times in Counter(near).items() if times >= least}


def near_duplicates(texts: Iterable[str], *, threshold: float = 0.5) -> list[tuple[int, int, float]]:
    """Return the pairs of near-duplicates among texts: the earlier's number, the later's, and their similarity.

    Raises
    ------
    ValueError
        When the threshold is not above 0 and at most 1.

    >>> near_duplicates(["公司获批上市新药甲", "无关的另一句话", "公司获批上市新药甲！"])
    [(0, 2, 1.0)]

    """
    index = DuplicateIndex(threshold=threshold)
    return [
        (int(earlier.key), number, earlier.similarity)
        for number, text in enumerate(texts)
        for earlier in index.add(str(number), text)
    ]
