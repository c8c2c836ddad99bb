"""Corporate actions: each takes the price to its new basis and the units with it.

A split, and rights in a basket whose weights are not by shares, keep the value of the holding and leave the divisor
alone. Rights in a basket by shares bring the new shares in at the subscription price, so the divisor grows.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hkconcept.errors import SourceError
from hkconcept.index.basket import Basket, Change, Step
from hkconcept.index.inputs import BY_SHARES

if TYPE_CHECKING:
    from hkconcept.index.timeline import Timed

__all__ = ["apply_action", "delisted_by"]


def apply_action(basket: Basket, change: Change) -> list[Change]:
    """Apply the row of an action before an opening; return what it brings later.

    Raises
    ------
    SourceError
        A ratio is not above 0, or a dividend is not below the price.

    """
    rows, n, i = basket.inputs.actions, change.row, change.code
    kind, due = str(rows.values["kind"][n]), int(rows.due[n])
    if kind == "delisting":
        return _delist(basket, change)
    if basket.inputs.adjusted:
        if basket.units[i]:
            basket.note("in_prices", i, due, kind)
        return []
    if kind == "split":
        _split(basket, i, due, _ratio(basket, change))
    elif kind == "rights":
        _rights(basket, change, due, _ratio(basket, change))
    else:
        _special_dividend(basket, change, due)
    return []


def delisted_by(rows: Timed, t: int) -> list[int]:
    """Return the securities whose delisting counts up to a session."""
    early = (rows.at <= t) & (rows.values["kind"] == "delisting")
    return [int(code) for code in rows.code[early]]


def _split(basket: Basket, i: int, due: int, ratio: float) -> None:
    price, units = float(basket.open[i]), float(basket.units[i])
    basket.known.new_shares(i, due, ratio)
    basket.rebase(Step("split", i, due, units * ratio, price / ratio, f"{ratio:g} for 1"), value=basket.value)


def _rights(basket: Basket, change: Change, due: int, ratio: float) -> None:
    i, price, units = change.code, float(basket.open[change.code]), float(basket.units[change.code])
    paid = _money(basket, change, "price")
    if paid >= price:
        basket.note("rights_not_taken", i, due, f"{paid:g} against {price:g}")
        return
    after = (price + ratio * paid) / (1.0 + ratio)  # the theoretical ex-rights price
    detail = f"{ratio:g} for 1 at {paid:g}: ({price:g} + {ratio:g} × {paid:g}) / {1 + ratio:g} = {after:.6g}"
    if basket.version(change.at).scheme in BY_SHARES:
        basket.rebase(Step("rights", i, due, units * (1.0 + ratio), after, detail))
    else:
        basket.rebase(Step("rights", i, due, units * (price / after), after, detail), value=basket.value)
    basket.known.new_shares(i, due, 1.0 + ratio)


def _special_dividend(basket: Basket, change: Change, due: int) -> None:
    i, price = change.code, float(basket.open[change.code])
    amount = _money(basket, change, "amount")
    if amount >= price > 0:
        raise SourceError(
            f"a dividend of {amount:g} on a price of {price:g}", where=basket.name(i), todo="check its amount"
        )
    basket.rebase(
        Step("special_dividend", i, due, float(basket.units[i]), price - amount, f"{amount:g} a share"),
    )


def _delist(basket: Basket, change: Change) -> list[Change]:
    i, inputs = change.code, basket.inputs
    basket.known.gone[i] = True
    price = inputs.actions.values["price"][change.row]
    if price is None or math.isnan(float(price)):
        return [Change(change.at, 4, i, "remove", int(inputs.actions.due[change.row]))]
    inputs.prices[change.at :, i] = float(price)
    inputs.fresh[change.at, i] = True
    inputs.fresh[change.at + 1 :, i] = False
    return [Change(change.at + 1, 4, i, "remove", change.at + 1)]


def _money(basket: Basket, change: Change, name: str) -> float:
    rows, n = basket.inputs.actions, change.row
    rate = basket.inputs.rates(str(rows.values["currency"][n]))[change.at - 1]
    return float(rows.values[name][n]) * float(rate)


def _ratio(basket: Basket, change: Change) -> float:
    ratio = float(basket.inputs.actions.values["ratio"][change.row])
    if not ratio > 0:
        raise SourceError(f"the ratio {ratio:g} is not above 0", where=basket.name(change.code), todo="correct the row")
    return ratio
