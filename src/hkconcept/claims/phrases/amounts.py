"""Products and quotients said by a phrase: price times number, per share, a stake and its valuation, a rate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hkconcept.claims.findings import Finding, against
from hkconcept.claims.intervals import Interval, Operand
from hkconcept.claims.passage import Passage
from hkconcept.claims.phrases.book import phrases
from hkconcept.claims.phrases.reading import RATES, alike, within
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.claims.wording import position
from hkconcept.model import Relation, Verdict
from hkconcept.text.lazily import lazily

__all__ = ["find_amounts"]

_NOT_PAID: Final = lazily(r"净额|面值|行使价|\bnet\b|par value|exercise|上限|不超过|up to")


def find_amounts(passage: Passage) -> Iterator[Recomputed]:
    """Yield every product, quotient and conversion that a phrase states with its terms."""
    yield from _priced(passage)
    yield from _ratios(passage)
    yield from _stakes(passage)
    yield from _converted(passage)


def _priced(passage: Passage) -> Iterator[Recomputed]:
    for wording in phrases("priced", passage.skeleton):
        for found in wording.finditer(passage.skeleton):
            price, number, value = (position(found, name) for name in "pnv")
            p, n, v = (operand(passage, index) for index in (price, number, value))
            counted = n.quantity.unit in {"shares", "count"}
            money = p.quantity.currency is not None and p.quantity.currency == v.quantity.currency
            ranged = Relation.RANGE in {one.quantity.relation for one in (p, n, v)}
            if not counted or not money or ranged or p.value <= 0 or n.value <= 0 or v.value <= p.value:
                continue
            if _NOT_PAID.search(found.group()):
                continue
            finding = against(
                f"{p.show()} × {n.show()}",
                p.value * n.value,
                Interval.of(p.quantity).times(Interval.of(n.quantity)).widened(Decimal("0.01")),
                v,
                mends=((n, v.value / p.value), (p, v.value / n.value)),
            )
            if finding.verdict is Verdict.INCONSISTENT and not within(finding, v, Decimal(2)):
                continue
            yield Recomputed("product", (price, number), value, finding)


def _ratios(passage: Passage) -> Iterator[Recomputed]:
    for wording in phrases("ratio", passage.skeleton):
        for found in wording.finditer(passage.skeleton):
            value, divisor, ratio = (position(found, name) for name in "vnr")
            v, n, r = (operand(passage, index) for index in (value, divisor, ratio))
            per_share = n.quantity.unit in {"shares", "count"} and r.quantity.currency == v.quantity.currency
            times = r.quantity.unit in {"multiple", "count"} and alike(v, n)
            if not v.quantity.currency or not (per_share or times) or n.value <= 0:
                continue
            finding = against(
                f"{v.show()} / {n.show()}",
                v.value / n.value,
                Interval.of(v.quantity).over(Interval.of(n.quantity)),
                r,
                mends=((v, r.value * n.value),),
            )
            if finding.verdict is Verdict.INCONSISTENT and not within(finding, r, Decimal(2)):
                continue
            yield Recomputed("average", (value, divisor), ratio, finding)


def _stakes(passage: Passage) -> Iterator[Recomputed]:
    for wording in phrases("stake", passage.skeleton):
        for found in wording.finditer(passage.skeleton):
            stake, paid, valued = (position(found, name) for name in "pvw")
            p, v, w = (operand(passage, index) for index in (stake, paid, valued))
            if p.quantity.unit != "percent" or not alike(v, w) or not v.quantity.currency or p.value <= 0:
                continue
            finding = against(
                f"{v.show()} / {p.show()}",
                v.value * 100 / p.value,
                Interval.of(v.quantity).over(Interval.of(p.quantity)).scaled(Decimal(100)).widened(Decimal("0.005")),
                w,
                mends=((v, w.value * p.value / 100), (p, v.value * 100 / w.value)),
            )
            yield Recomputed("product", (paid, stake), valued, finding)


def _converted(passage: Passage) -> Iterator[Recomputed]:
    for wording in phrases("converted", passage.skeleton):
        for found in wording.finditer(passage.skeleton):
            amount, other, rate = (position(found, name) for name in "acr")
            a, c, r = (operand(passage, index) for index in (amount, other, rate))
            if "o" in found.groupdict() and operand(passage, position(found, "o")).value != 1:
                continue  # a rate for a hundred yen
            one, two = a.quantity.currency, c.quantity.currency
            if not one or not two or one == two or r.value <= 0 or r.value > 1000 or r.quantity.unit in RATES:
                continue
            ways = [
                against(
                    f"{a.show()} × {r.show()}",
                    a.value * r.value,
                    Interval.of(a.quantity).times(Interval.of(r.quantity)),
                    c,
                    mends=((a, c.value / r.value),),
                ),
                against(
                    f"{a.show()} / {r.show()}",
                    a.value / r.value,
                    Interval.of(a.quantity).over(Interval.of(r.quantity)),
                    c,
                    mends=((a, c.value * r.value),),
                ),
            ]
            # A rate may be quoted either way round; the way that comes nearer is meant.
            nearest = min(ways, key=lambda way: _distance(way, c))
            yield Recomputed("conversion", (amount, rate), other, nearest)


def _distance(finding: Finding, stated: Operand) -> Decimal:
    return abs((finding.computed or stated.value) / stated.value - 1) if stated.value else Decimal(0)
