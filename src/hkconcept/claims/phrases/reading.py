"""What the finders of phrases share: which figures are alike, which way the wording points, what is near."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from hkconcept.claims.findings import Finding
from hkconcept.claims.intervals import Operand
from hkconcept.claims.passage import Passage
from hkconcept.claims.phrases.book import direction_words
from hkconcept.model import Relation
from hkconcept.text.lazily import lazily

__all__ = [
    "MOST_PARTS",
    "OTHER_BASIS",
    "RATES",
    "alike",
    "direction",
    "downs",
    "nearly",
    "ups",
    "within",
    "words_around",
]

RATES: Final = frozenset({"percent", "percentage points", "multiple"})
MOST_PARTS: Final = 8
# Wording under which two printed values and a rate need not agree.
OTHER_BASIS: Final = lazily(
    r"亏|损|负|复合|年均|固定汇率|剔除|不变|调整后|经调整|预期|预计|料|目标(?!价)|指引|流入|流出|扭亏|转为|分别|loss|cagr|compound|"
    r"annual(?:is|iz)ed|constant|organic|adjusted|turned|swung|swing|inflow|expect|forecast|guid|"
    r"(?<!price )target(?!s? price)|estimate|"
    r"respectively"
)
_UP: Final = lazily(lambda: direction_words()[0])
_DOWN: Final = lazily(lambda: direction_words()[1])
_END: Final = lazily(r"[。!?;；\n]|\. ")


def alike(one: Operand, other: Operand) -> bool:
    """Whether two values are of one unit; a price is often printed once with "a share" and once without."""
    mine, theirs = one.quantity, other.quantity
    if Relation.RANGE in {mine.relation, theirs.relation} or mine.value <= 0 or theirs.value <= 0:
        return False
    if mine.unit == theirs.unit or {mine.unit, theirs.unit} == {"shares", "count"}:
        return True
    return mine.currency is not None and mine.currency == theirs.currency


def ups(words: str) -> bool:
    """Whether a word of a rise is among some words."""
    return bool(_UP.search(words))


def downs(words: str) -> bool:
    """Whether a word of a fall is among some words."""
    return bool(_DOWN.search(words))


def direction(words: str) -> Literal[-1, 0, 1]:
    """Return which way some words point; 0 when they point nowhere, or both ways."""
    up, down = ups(words), downs(words)
    return 0 if up == down else 1 if up else -1


def words_around(passage: Passage, found: re.Match[str], more: int = 24) -> str:
    """Return what a phrase matched, with what follows it in its sentence."""
    end = found.end()
    tail = passage.skeleton[end : end + more]
    cut = _END.search(tail)
    return passage.skeleton[found.start() : end] + (tail[: cut.start()] if cut else tail)


def within(finding: Finding, stated: Operand, factor: Decimal) -> bool:
    """Whether a result lies within a factor of what is stated: further off, the figures hardly belong together."""
    computed = finding.computed
    return computed is not None and stated.value / factor <= computed <= stated.value * factor


def nearly(finding: Finding, whole: Operand, near: Decimal) -> bool:
    """Whether a result lies within a fraction of the whole that is stated."""
    return finding.computed is not None and abs(finding.computed - whole.value) <= whole.value * near
