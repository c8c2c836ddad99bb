"""Price times shares: what a buyback, a placing or a purchase costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final, Literal

from hkconcept.claims.findings import against
from hkconcept.claims.intervals import Interval
from hkconcept.claims.passage import Passage
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.model import Relation, Verdict
from hkconcept.text.lazily import lazily

__all__ = ["check_products"]

_TRADE: Final = lazily(
    r"回购|购回|购买|买入|购入|增持|减持|出售|卖出|沽出|配售|认购|发行|配发|repurchas|b(?:uy|ought)|purchas|acquir|"
    r"s(?<!\ws)(?:ell|old)|plac(?:e|ing)|subscri|issu|offer"
)
# Wording under which the value is not the price times these shares.
_OTHER: Final = lazily(
    r"面值|以来|累计|年内|历年|行使价|市值|收盘|收报|报收|现报|现价|上限|不超过|剩余|余下|其余|最多|计划|拟|预算|"
    r"蒸发|流失|总股本|"
    r"par value|clos(?:e|ed|ing)|exercise|so far|since|up to|as much as|remaining|year to date|"
    r"market (?:value|cap)|\beras|\bwip|\blost\b|in issue|outstanding"
)
_PER_SHARE_BEFORE: Final = lazily(
    r"(?:每股|均价|股价|作价|单价|配售价|认购价|发行价|回购价)[^,;，；。]{0,8}$|\bprice of (?:about )?$"
)
_PER_SHARE_AFTER: Final = lazily(r"^\s*(?:/股|每股|一股|each|apiece|a share|per share|a piece)")
_NET: Final = lazily(r"(?:净|\bnet\b)[^,;，；。]{0,12}$")  # what is left of the value after costs
_SHARES_AFTER: Final = lazily(r"^ (?:new |existing |placing |ordinary |subscription |[ah] ){1,2}shares\b")
_EXTREME_BEFORE: Final = lazily(r"(?:最高|最低|highest|lowest)[^,;，；。]{0,8}$")
_HIGHEST_PRICE: Final = 10_000
_EXTREMES: Final = lazily(r"最高|最低|highest|lowest|介乎|between")
_LONGEST: Final = 120  # characters from the first to the last of the three figures
_COSTS: Final = Decimal("0.005")  # stamp duty, levies and brokerage may be in the value or not
_Role = Literal["price", "shares", "value", ""]


def check_products(passage: Passage) -> Iterator[Recomputed]:
    """Yield every price, number of shares and value of one trade that a sentence states together.

    The price may be a range, or a highest and a lowest one. Trading costs of half a per cent are allowed.
    A number of shares that could belong to several prices or values is wrong only when no pairing holds.
    """
    if "股" not in passage.text and "share" not in passage.text:
        return
    if not any(figure.quantity.unit in {"shares", "count"} for figure in passage.figures):
        return
    roles = [_role(passage, index) for index in range(len(passage.figures))]
    if not {"price", "shares", "value"}.issubset(roles):
        return
    for shares, role in enumerate(roles):
        if role != "shares":
            continue
        trades = list(_trades(passage, roles, shares))
        # A highest and a lowest price are read together, never one of them alone.
        ranged = [trade for trade in trades if len(trade[0]) > 1]
        found = [_judged(passage, *trade) for trade in ranged or trades]
        holding = [one for one in found if one.finding.verdict is Verdict.CONSISTENT]
        if holding or len(found) == 1:
            yield (holding or found)[0]


def _role(passage: Passage, index: int) -> _Role:
    quantity = passage.figures[index].quantity
    asked = quantity.relation is Relation.RANGE and not quantity.unit.endswith("/share")  # a range of prices, not paid
    if quantity.value <= 0 or passage.figures[index].direction is not None or asked:
        return ""
    if quantity.unit == "shares" or (quantity.unit == "count" and _SHARES_AFTER.match(passage.after(index))):
        return "shares"
    if quantity.unit.endswith("/share"):
        return "price"
    if quantity.currency:
        before = passage.before(index)
        if _NET.search(before):
            return ""
        printed = _PER_SHARE_BEFORE.search(before) or _PER_SHARE_AFTER.match(passage.after(index))
        extreme = quantity.value < _HIGHEST_PRICE and _EXTREME_BEFORE.search(before)
        return "price" if printed or extreme else "value"
    return ""


def _trades(passage: Passage, roles: list[_Role], shares: int) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """Yield the prices, the shares and the value that stand next to each other around a number of shares."""
    told = [index for index in _around(passage, shares) if roles[index]]
    at = told.index(shares)
    for first in range(max(0, at - 3), at + 1):
        for size in (3, 4):
            window = told[first : first + size]
            prices = tuple(index for index in window if roles[index] == "price")
            values = [index for index in window if roles[index] == "value"]
            if len(window) != size or shares not in window or len(values) != 1 or len(prices) != size - 2:
                continue
            start = passage.figures[window[0]].quote.span.start
            end = passage.figures[window[-1]].quote.span.end
            lead = passage.before(window[0])[-30:]
            words = lead + passage.text[start:end] + passage.after(window[-1])[:12]
            if end - start > _LONGEST or not _TRADE.search(words) or _OTHER.search(words):
                continue
            if size == 4 and not (_EXTREMES.search(words) and abs(prices[0] - prices[1]) == 1):
                continue
            units = {passage.figures[index].quantity.currency for index in (*prices, values[0])}
            if len(units) == 1:
                yield prices, shares, values[0]


def _around(passage: Passage, index: int) -> list[int]:
    """Return the figures of a sentence near one of them."""
    near = range(max(0, index - 6), min(len(passage.figures), index + 7))
    return [other for other in near if passage.same_sentence(index, other)]


def _judged(passage: Passage, prices: tuple[int, ...], shares: int, value: int) -> Recomputed:
    paid = [operand(passage, index) for index in prices]
    number, stated = operand(passage, shares), operand(passage, value)
    spans = [Interval.of(one.quantity) for one in paid]
    lows = [span.low for span in spans if span.low is not None]
    highs = [span.high for span in spans if span.high is not None]
    hull = Interval(min(lows, default=None), max(highs, default=None))
    ends = [end for one in paid for end in (one.quantity.value, one.quantity.upper) if end is not None]
    middle = (min(ends) + max(ends)) / 2
    shown = f"{'…'.join(one.printed for one in paid)} × {number.show()}"
    single = len(ends) == 1
    finding = against(
        shown,
        middle * number.value,
        hull.times(Interval.of(number.quantity)).widened(_COSTS),
        stated,
        mends=((number, stated.value / middle), *(((paid[0], stated.value / number.value),) if single else ())),
    )
    if finding.verdict is Verdict.CONSISTENT and not single:
        finding = replace(
            finding,
            formula=f"{shown} ∋ {stated.show()}",
            reason=f"{stated.show()} lies between the lowest and the highest price for these shares",
            reason_zh=f"{stated.show()}介于最低价与最高价所得金额之间",
        )
    return Recomputed("product", (*prices, shares), value, finding)
