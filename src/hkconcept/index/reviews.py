"""The base and the reviews: who is in the basket, with how many units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hkconcept.errors import NotAvailableError
from hkconcept.index.actions import delisted_by
from hkconcept.index.basket import Basket, Change, Step
from hkconcept.index.held import Holding, Logged
from hkconcept.index.inputs import BY_SHARES
from hkconcept.index.reviewing import target_weights
from hkconcept.index.weights import chosen

if TYPE_CHECKING:
    from hkconcept.index.inputs import Mask
    from hkconcept.index.methodology import Version
    from hkconcept.market.arrays import Floats

__all__ = ["begin", "review"]

_NOTIONAL: Final = 1_000_000.0  # the divisor at the base where no market value gives one


def begin(basket: Basket, t: int) -> None:
    """Set the basket of the base session at its close.

    Raises
    ------
    NotAvailableError
        No member can be priced and weighted in that session.

    """
    inputs, known = basket.inputs, basket.known
    basket.at, basket.open = t, inputs.prices[t].copy()
    version, level = basket.version(t), float(inputs.methodology.base_level)
    known.learn(t)
    known.gone[delisted_by(inputs.actions, t)] = True
    basket.value = basket.divisor = 0.0
    units, detail = _target(basket, version, t, basket.open)
    if not units.any():
        raise NotAvailableError("no member can be priced and weighted in the base", where=str(inputs.sessions[t]))
    if version.scheme not in BY_SHARES:
        units *= level * _NOTIONAL / basket.worth(units)
    basket.units, basket.value = units, basket.worth(units)
    basket.divisor = basket.value / level
    whole, divisor = basket.value, basket.divisor
    for n, one in enumerate(basket.log):  # what was left out was noted before there was a divisor
        basket.log[n] = one._replace(
            value_before=whole, value_after=whole, divisor_before=divisor, divisor_after=divisor
        )
    basket.log.insert(0, Logged(t, t, "base", -1, 0.0, 0.0, 0.0, 0.0, whole, whole, divisor, divisor, detail))
    basket.holdings.append(Holding(t, units.copy(), basket.open))
    for i in np.flatnonzero(known.inside & ~known.gone & ~inputs.fresh[t]).tolist():
        basket.note("left_out", i, t, "no usable close in the base session")


def review(basket: Basket, t: int) -> list[Change]:
    """Set the basket anew before the opening of session ``t``; return the entries of those that did not trade.

    Raises
    ------
    NotAvailableError
        Nobody is left.

    """
    version, inputs = basket.version(t), basket.inputs
    reference = t - 1 - version.review.lag
    basket.known.learn(reference + 1)
    units, detail = _target(basket, version, reference, _reference_prices(basket, reference))
    if not units.any():
        raise NotAvailableError("no member is left in the basket", where=str(inputs.sessions[t]))
    if version.scheme not in BY_SHARES:
        units *= basket.value / basket.worth(units)
    staying = (units > 0) & (basket.units > 0)
    leaving = np.flatnonzero((units == 0) & (basket.units > 0))
    for i in np.flatnonzero((units > 0) & (basket.units == 0)).tolist():
        basket.take(Step("addition", i, t, float(units[i]), float(basket.open[i])))
    for i in leaving.tolist():
        basket.take(Step("deletion", i, t, 0.0, float(basket.open[i])))
    if not np.array_equal(units[staying], basket.units[staying]):
        basket.reweight(units, detail)
    return _waiting(basket, t, reference)


def _reference_prices(basket: Basket, reference: int) -> Floats:
    """Return the closes of the reference on the basis of the opening."""
    if reference == basket.at - 1:
        return basket.open
    price: Floats = basket.inputs.prices[reference].copy()
    for at, i, factor in basket.factors:
        if reference < at <= basket.at:
            price[i] *= factor
    return price


def _waiting(basket: Basket, t: int, reference: int) -> list[Change]:
    """Return the entries of members that did not trade in the reference, after the next session in which they do."""
    inputs, known = basket.inputs, basket.known
    halted = ~inputs.fresh[reference] & (inputs.prices[reference] > 0)
    later = []
    for i in np.flatnonzero(known.inside & ~known.gone & (basket.units == 0) & halted).tolist():
        basket.note("postponed", i, t)
        ahead = np.flatnonzero(inputs.fresh[t:, i])
        if len(ahead):
            later.append(Change(t + int(ahead[0]) + 1, 2, i, "enter", t))
    return later


def _target(basket: Basket, version: Version, reference: int, price: Floats) -> tuple[Floats, str]:
    """Return units with the target weights at the prices of the reference, and how the cap was met."""
    able = _able(basket, version, reference) & (price > 0)
    sizes = basket.known.sizes(price)
    base = sizes.base(version.scheme)
    for i in np.flatnonzero(able & (base <= 0)).tolist():
        basket.note("left_out", i, basket.at, "shares or a score are missing")
    columns = np.flatnonzero(able & (base > 0))
    units = np.zeros(len(price))
    if version.selection is not None and len(columns):
        inside = basket.units[columns] > 0
        columns = columns[chosen(sizes.rank(version.scheme)[columns], inside, version.selection)]
    if not len(columns):
        return units, ""
    weights, detail = target_weights(sizes.at(columns), version)
    if version.scheme in BY_SHARES:
        factor = np.ones(len(columns))
        if version.cap is not None:
            factor = weights / base[columns]
            factor /= factor.max()
        units[columns] = base[columns] / price[columns] * factor
    else:
        units[columns] = weights / price[columns]
    return units, detail


def _able(basket: Basket, version: Version, reference: int) -> Mask:
    """Return who may be in the basket: members not delisted, with history, who traded or are held already."""
    fresh, known = basket.inputs.fresh, basket.known
    able: Mask = known.inside & ~known.gone & ((basket.units > 0) | fresh[reference])
    if version.minimum_history:
        able &= reference - basket.inputs.first + 1 >= version.minimum_history
    if version.remove_suspended_after is not None:
        able &= fresh[max(0, reference - version.remove_suspended_after + 1) : reference + 1].any(axis=0)
    return able
