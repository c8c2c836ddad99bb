"""Prices of one share that the words beside a figure do not show, and the yuan of Hong Kong papers.

A change prints the words of a price once (目标价由198港元上调至215港元, "to HK$9.20 from HK$7.10"), and a Hong Kong
paper prints its own dollar as a bare 元.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hkconcept.model import CURRENCIES
from hkconcept.text.lazily import lazily
from hkconcept.text.quantity_match import QuantityMatch

__all__ = ["with_changed_prices", "with_hong_kong_dollars", "with_repeated_currencies"]

_CHANGED = lazily(
    r"[\"” ]{0,2}(?:/股|每股)?(?:(?:修订|调整|变更|更改)为|让步至"
    r"|(?:[,(]?(?:大幅)?(?:上调|下调|调升|调高|调低|调降|上升|下降|升|降|削|减|加|提高"
    r"|提升|涨|跌|下挫|抽升|急升|急跌){1,2}"
    r"(?:约|近|逾|了)?(?:[0-9.]{1,6}%)?,?)?(?:至|到|去))(?:约|每股)?"
    r"| ?(?:per share |a share |apiece )?(?:,? ?(?:up|down) [0-9.]{1,6}%,? )?\(?(?:from|to|versus|against) "
)
# 每股0.0969元人民币(按预设汇率折算为0.111港元): the same price in another currency.
_CONVERTED = lazily(r"\([^()\d]{0,16}?(?:折合|折算|相当于|等值|约合)[^()\d]{0,8}")
_SALES_PRICE = 10_000  # a share that costs more than this is not listed in Hong Kong
_MARKET = lazily(
    r"股价|收报|现报|收市|报收|收[0-9]|[,，昨今现暂]报|作价|斥资|涉资|耗资|套现|成交|市值|目标价|集资|净筹|筹资"
    r"|配售|招股价|发售价|每手|总代价|总金额"
    r"|入场费|注销价|要约价|现金代价|每股"
)
_CURRENT = lazily(r"[。;；\n]")
_MAINLAND = lazily(r"人民币|国内市场|全国|医保局|财政部")
_REACH = 24


def with_changed_prices(key: str, matches: Sequence[QuantityMatch]) -> list[QuantityMatch]:
    """Give the second price of a change the "per share" that only the first one prints, or only the second.

    Money with a scale (亿, million) is never a price, nor is what has no currency of the other end.
    """
    found = list(matches)
    prices = [at for at, match in enumerate(found) if _money(match)]
    for first, second in pairwise(prices):
        one, other = found[first], found[second]
        if (
            one.quantity.unit.endswith("/share")
            and other.quantity.unit in CURRENCIES
            and other.quantity.value < _SALES_PRICE
            and _CONVERTED.fullmatch(key, one.span.end, other.span.start)
        ):
            found[second] = replace(other, quantity=replace(other.quantity, unit=f"{other.quantity.unit}/share"))
            continue
        if second - first > 2 or not _CHANGED.fullmatch(key, one.span.end, other.span.start):
            continue
        units = one.quantity.unit, other.quantity.unit
        currency = units[0].partition("/")[0]
        if currency != units[1].partition("/")[0] or units[0] == units[1]:
            continue
        at = second if units[0].endswith("/share") else first
        if found[at].quantity.value < _SALES_PRICE:
            found[at] = replace(found[at], quantity=replace(found[at].quantity, unit=f"{currency}/share"))
    return found


def _money(match: QuantityMatch) -> bool:
    return match.quantity.unit.partition("/")[0] in CURRENCIES


def with_repeated_currencies(matches: Sequence[QuantityMatch]) -> list[QuantityMatch]:
    """Give an amount whose currency is assumed the one that the text prints with the same amount elsewhere.

    A headline leaves out what its body prints: 斥资2985.6万 for 2985.6万港元. Where the text prints several
    currencies with the amount, none is chosen.
    """
    printed: dict[tuple[Decimal, Decimal | None], set[str]] = {}
    for match in matches:
        if _money(match) and not match.quantity.currency_assumed:
            key = match.quantity.value, match.quantity.upper
            printed.setdefault(key, set()).add(match.quantity.unit.partition("/")[0])
    found: list[QuantityMatch] = []
    for match in matches:
        quantity = match.quantity
        if quantity.currency_assumed and _money(match):
            currencies = printed.get((quantity.value, quantity.upper), set())
            if len(currencies) == 1:
                _, slash, share = quantity.unit.partition("/")
                unit = f"{next(iter(currencies))}{slash}{share}"
                found.append(replace(match, quantity=replace(quantity, unit=unit, currency_assumed=False)))
                continue
        found.append(match)
    return found


def with_hong_kong_dollars(key: str, matches: Sequence[QuantityMatch], *, listed: bool) -> list[QuantityMatch]:
    """Read the bare 元 of a Hong Kong paper as Hong Kong dollars where it speaks of the market.

    Parameters
    ----------
    key
        The folded text.
    matches
        Its quantities; only those whose currency is assumed are touched, and they stay assumed.
    listed
        Whether the text names a company by its Hong Kong code, so that every sum that is not said to be in
        renminbi is in Hong Kong dollars.

    """
    found: list[QuantityMatch] = []
    turned: set[Decimal] = set()
    renminbi = "人民币" in key
    for match in matches:
        quantity = match.quantity
        if quantity.currency_assumed and quantity.unit.startswith("CNY"):
            start = max(
                (m.end() for m in _CURRENT.finditer(key, max(0, match.span.start - 200), match.span.start)),
                default=max(0, match.span.start - 200),
            )
            end = _CURRENT.search(key, match.span.end, match.span.end + 200)
            sentence = start, end.start() if end else match.span.end + 200
            if not _MAINLAND.search(key, *sentence):
                market = quantity.unit.endswith("/share") or _MARKET.search(
                    key, max(start, match.span.start - _REACH), match.span.start + 1
                )
                if market or (listed and not renminbi):
                    unit = quantity.unit.replace("CNY", "HKD")
                    found.append(replace(match, quantity=replace(quantity, unit=unit)))
                    turned.add(quantity.value)
                    continue
        found.append(match)
    return [_as_told_again(match, turned) for match in found] if turned else found


def _as_told_again(match: QuantityMatch, turned: set[Decimal]) -> QuantityMatch:
    """集资27亿 in the headline is the 集资27亿元 of the body, in the same dollars."""
    quantity = match.quantity
    if not (quantity.currency_assumed and quantity.unit == "CNY" and quantity.value in turned):
        return match
    return replace(match, quantity=replace(quantity, unit="HKD"))
