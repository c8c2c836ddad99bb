"""Near-duplicates: the same notice or story printed again, told apart from another one with other figures.

Every text is reduced to its fingerprint. Texts that share some of its very smallest hashes are compared; what
two sketches share estimates the Jaccard similarity of the texts. Notices of one template differ in nothing but
their figures, so two texts that each print a figure that the other lacks are never duplicates, however alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from hkconcept.text.fingerprints import SKETCH, Fingerprint, fingerprint, fingerprints

__all__ = ["Duplicate", "DuplicateIndex", "Fingerprint", "fingerprint", "near_duplicates", "similarity"]

_KEYS = 12  # hashes a text is found by, of which two must be shared
_CROWD = 8  # texts that one hash leads to; what more texts share tells little: it leads to the first and the latest


class Duplicate(NamedTuple):
    """An earlier text that a text repeats, and how similar the two are (0 to 1)."""

    key: str
    similarity: float


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """Return the estimated Jaccard similarity of two texts, and 0 when each prints a figure that the other lacks.

    >>> one, other = (fingerprint(f"公司7月2日回购{count}万股，每股作价不超过六港元") for count in (10, 12))
    >>> similarity(one, other), similarity(one, one)
    (0.0, 1.0)

    """
    if one.lacks(other) and other.lacks(one):
        return 0.0
    return _alike(one, other)


def _alike(one: Fingerprint, other: Fingerprint) -> float:
    """Return the estimated Jaccard similarity, whatever the figures."""
    shared = set(one.sketch).intersection(other.sketch)
    # Only the smallest hashes of both texts together are a fair sample of both.
    union = sorted({*one.sketch, *other.sketch})[:SKETCH]
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
        return self.enter(key, fingerprint(text))

    def enter(self, key: str, new: Fingerprint) -> tuple[Duplicate, ...]:
        """Add a text whose fingerprint is there already; see :meth:`add`."""
        number = len(self._keys)
        self._keys.append(key)
        self._prints.append(new)
        near = self._candidates(new, number)
        if not near:
            return ()
        found = []
        hashes = set(new.sketch)
        figures, last = new.figures, new.last
        for other in near:
            old = self._prints[other]
            # Most candidates print other figures, which is soon seen where no figure is cut short.
            if not (last or old.last or old.figures <= figures or figures <= old.figures):
                continue
            # No more than this can be shared, and most candidates share too little: they cost one intersection.
            if len(hashes.intersection(old.sketch)) < self.threshold * max(len(hashes), len(old.sketch)):
                continue
            if old.figures != new.figures and old.lacks(new) and new.lacks(old):
                continue
            alike = _alike(old, new)
            if alike >= self.threshold:
                found.append((-alike, other))
        return tuple([Duplicate(self._keys[other], -alike) for alike, other in sorted(found)])

    def _candidates(self, new: Fingerprint, number: int) -> set[int]:
        """Enter a text under its smallest hashes that few texts have, and return the texts found on the way."""
        met: list[int] = []
        held = self._holders
        keys = 0
        for value in new.sketch:
            holders = held.get(value)
            if holders is None:
                held[value] = [number]
            elif len(holders) < _CROWD:
                met += holders
                holders.append(number)
            else:
                met += (holders[0], holders[-1])
                holders[-1] = number
                continue
            keys += 1
            if keys == _KEYS:
                break
        if len(new.sketch) == 1:
            return set(met)
        # Whoever repeats a text shares several of its hashes; one is chance more often than not.
        met.sort()
        return {one for one, other in pairwise(met) if one == other}


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
        for number, made in enumerate(fingerprints(list(texts)))
        for earlier in index.enter(str(number), made)
    ]
