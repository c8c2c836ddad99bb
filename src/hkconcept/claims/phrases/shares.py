"""Shares said by a phrase: A of the B, or P; of B, A responded, a rate of P; margins of a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hkconcept.claims.arithmetic import judge_share
from hkconcept.claims.findings import Finding
from hkconcept.claims.intervals import Operand
from hkconcept.claims.passage import Passage
from hkconcept.claims.phrases.book import phrases
from hkconcept.claims.phrases.reading import MOST_PARTS, OTHER_BASIS, RATES, alike
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.claims.wording import position
from hkconcept.model import Verdict
from hkconcept.text.lazily import lazily

__all__ = ["find_shares"]

_NEAR_POINTS: Final = Decimal(25)
_TAKES_UP: Final = lazily(r"\b(?:made|make|makes|making|ate|eat|eats|took|take|takes|taking) up\b")
_NOT_SHARE: Final = lazily(r"以上|以下|同比|环比|median|at least \d|year-on-year")
_ISSUED: Final = lazily(r"占[^,，。]{0,16}(?:已发行|总股本|股本总额)")
_NAME: Final = lazily(r"[\u4e00-\u9fff]{2,4}(?=占)")
_IN_BRACKETS: Final = lazily(r"^[^,，。;；()]{0,12}\((?:约|about |or )?$")
_OF_WHOLE: Final = lazily(r"\b(?:of|among)(?: the| its| all| these| a total of)? *$")
_WHOLE_ZH: Final = lazily(r"^[^,，。;；()]{0,12}(?:中|里)[,，]?|^[^。;；()]{0,12}其中")
_FROM: Final = lazily(r"(?:由|从|自|\bfrom)[^,，]{0,16}$")
_ON: Final = lazily(r"^[^,，。;]{0,10}(?:至|到|\bto\b)")
_MARGINS: Final = (("gross profit", "gross margin"), ("net profit", "net margin"))


def find_shares(passage: Passage) -> Iterator[Recomputed]:
    """Yield every percentage that a phrase states with its part and its whole."""
    yield from _shares(passage)
    yield from _bracketed(passage)
    yield from _margins(passage)


def _shares(passage: Passage) -> Iterator[Recomputed]:
    for wording in phrases("share", passage.skeleton):
        for found in wording.finditer(passage.skeleton):
            part, whole, share = (position(found, name) for name in "abp")
            a, b, p = (operand(passage, index) for index in (part, whole, share))
            if p.quantity.unit != "percent" or not alike(a, b) or a.quantity.unit in RATES or a.value > b.value:
                continue
            words = found.group()
            moves = passage.figures[share].direction and not _TAKES_UP.search(passage.before(share))
            if moves or OTHER_BASIS.search(words) or _NOT_SHARE.search(words) or _names_another(passage, part, share):
                continue
            yield from _share(passage, part, whole, share)


def _names_another(passage: Passage, part: int, share: int) -> bool:
    """Whether a share is printed under a name that the sentence gave to another figure before: 生物制品占30%."""
    if share < part:
        return False
    start = passage.breaks[passage.sentence[part]]
    earlier = passage.text[start : passage.figures[part].quote.span.start]
    earlier = earlier[: earlier.rfind(passage.before(part))] if part and passage.before(part) else earlier
    return any(name.group() in earlier for name in _NAME.finditer(passage.before(share)))


def _share(passage: Passage, part: int, whole: int, share: int) -> Iterator[Recomputed]:
    """Yield a share, of the whole that it fits: of several in the sentence the wording may mean another."""
    a, b, p = (operand(passage, index) for index in (part, whole, share))
    finding = judge_share(a, b, p)
    if finding.verdict is Verdict.INCONSISTENT:
        for other in range(max(0, part - MOST_PARTS), part):
            c = operand(passage, other)
            if other == whole or not passage.same_sentence(other, part) or not alike(a, c) or c.value < a.value:
                continue
            if (again := judge_share(a, c, p)).verdict is Verdict.CONSISTENT:
                yield Recomputed("share", (part, other), share, again)
                return
        if not _near(finding, p) or _ISSUED.search(passage.before(share)):
            return
    yield Recomputed("share", (part, whole), share, finding)


def _near(finding: Finding, share: Operand) -> bool:
    return finding.computed is not None and abs(finding.computed - share.value) <= _NEAR_POINTS


def _bracketed(passage: Passage) -> Iterator[Recomputed]:
    """Yield parts with their share in brackets, under the whole that opens the sentence: of 1,200, 720 (60%)."""
    for share in range(2, len(passage.figures)):
        part = share - 1
        if passage.figures[share].quantity.unit != "percent" or not passage.same_sentence(part, share):
            continue
        if not _IN_BRACKETS.match(passage.before(share)) or not passage.after(share).startswith(")"):
            continue
        a = operand(passage, part)
        wholes = [
            index
            for index in range(max(0, part - 2 * MOST_PARTS), part)
            if passage.same_sentence(index, part)
            and (_OF_WHOLE.search(passage.before(index)) or _WHOLE_ZH.match(passage.after(index)))
            and alike(a, operand(passage, index))
            and operand(passage, index).value > a.value
        ]
        if len(wholes) == 1 and a.quantity.unit not in RATES:
            yield from _share(passage, part, wholes[0], share)


def _margins(passage: Passage) -> Iterator[Recomputed]:
    """Yield margins printed in one sentence with the profit and the revenue that they come from."""
    by_sentence: dict[int, dict[str, list[int]]] = {}
    for index, figure in enumerate(passage.figures):
        if figure.measure and figure.direction is None:
            by_sentence.setdefault(passage.sentence[index], {}).setdefault(figure.measure, []).append(index)
    for measures in by_sentence.values():
        for profit, margin in _MARGINS:
            found = [measures.get(name, []) for name in (profit, "revenue", margin)]
            if [len(one) for one in found] != [1, 1, 1]:
                continue
            part, whole, rate = (one[0] for one in found)
            a, b, p = (operand(passage, index) for index in (part, whole, rate))
            periods = {passage.figures[index].period for index in (part, whole, rate)} - {None}
            moving = _FROM.search(passage.before(rate)) or _ON.match(passage.after(rate))
            if p.quantity.unit == "percent" and not moving and alike(a, b) and a.quantity.currency and len(periods) < 2:
                finding = judge_share(a, b, p)
                if finding.verdict is not Verdict.INCONSISTENT or _near(finding, p):
                    yield Recomputed("share", (part, whole), rate, finding)
