"""Averages of the values that a sentence lists: upfront payments of A, B and C, an average of M."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hkconcept.claims.findings import against
from hkconcept.claims.intervals import Interval
from hkconcept.claims.passage import Passage
from hkconcept.claims.phrases.book import phrases
from hkconcept.claims.phrases.reading import MOST_PARTS, alike, nearly, within
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.claims.wording import position
from hkconcept.model import Verdict
from hkconcept.text.lazily import lazily

__all__ = ["find_means", "find_per_time"]

_MEAN: Final = lazily(
    r"^[^。;；]{0,40}(?:平均|均值|\baverag(?:e|ing)\b|\bmean\b)"
    r"(?:值|数|为|是|约|达|水平|每[一-鿿]{1,2}|of|at|was|is|about|to| )*$"
)
_LISTED: Final = lazily(r"^[^,，、;；。]{0,24}[,，、]?[^,，、;；。]{0,24}$")
_OTHER: Final = lazily(r"去年|上年|较|比|增|降|加权|weighted|from|compared|versus|last year|median|中位|每")
_NEAR: Final = Decimal("0.4")


_TIME: Final = frozenset({"days", "trading days", "working days", "weeks", "months", "years"})


def find_per_time(passage: Passage) -> Iterator[Recomputed]:
    """Yield every average per day, week or month printed with the number of them and with what they come to."""
    for wording in phrases("per-time", passage.skeleton):
        for found in wording.finditer(passage.skeleton):
            average, number, total = (position(found, name) for name in "mnt")
            m, n, t = (operand(passage, index) for index in (average, number, total))
            if n.quantity.unit not in _TIME or not alike(m, t) or m.value >= t.value or n.value <= 1:
                continue
            finding = against(
                f"{m.show()} × {n.show()}",
                m.value * n.value,
                Interval.of(m.quantity).scaled(n.value),
                t,
                mends=((m, t.value / n.value), (n, t.value / m.value)),
            )
            if finding.verdict is not Verdict.INCONSISTENT or within(finding, t, Decimal(2)):
                yield Recomputed("product", (average, number), total, finding)


def find_means(passage: Passage) -> Iterator[Recomputed]:
    """Yield every average printed after the list of at least two values that it is taken of."""
    for mean in range(2, len(passage.figures)):
        if not _MEAN.match(passage.before(mean)) or _OTHER.search(passage.before(mean)):
            continue
        m = operand(passage, mean)
        parts: list[int] = []
        for index in range(mean - 1, max(-1, mean - 1 - MOST_PARTS), -1):
            one = operand(passage, index)
            if not passage.same_sentence(index, mean) or not alike(one, m) or passage.figures[index].direction:
                break
            parts.insert(0, index)
            if not _LISTED.match(passage.before(index)) or _OTHER.search(passage.before(index)):
                break
        if len(parts) < 2:
            continue
        values = [operand(passage, index) for index in parts]
        count = Decimal(len(values))
        reach = Interval.of(values[0].quantity)
        for value in values[1:]:
            reach += Interval.of(value.quantity)
        total = sum((value.value for value in values), Decimal(0))
        finding = against(
            f"({' + '.join(value.show() for value in values)}) / {count}",
            total / count,
            reach.scaled(1 / count),
            m,
            mends=tuple((value, m.value * count - total + value.value) for value in values),
        )
        if finding.verdict is not Verdict.INCONSISTENT or nearly(finding, m, _NEAR):
            yield Recomputed("average", tuple(parts), mean, finding)
