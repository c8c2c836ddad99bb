"""Laspeyres chaining with a divisor: from prices and dated facts to levels, with an entry for each change.

The level of a session is the value of the basket at its closes over the divisor. Before an opening the basket may
change; the divisor changes in the same proportion as the value at the close before, so that no change moves the
level. All sums are taken in one fixed order of IEEE operations (:func:`hkconcept.index.weights.tree_sum`), so the
same input gives the same bits on every machine.
"""

from __future__ import annotations

import heapq
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hkconcept.errors import NotAvailableError, UsageError
from hkconcept.index.actions import apply_action
from hkconcept.index.basket import Basket, Change
from hkconcept.index.calculation import Calculation
from hkconcept.index.entries import change_membership, change_shares, enter, enter_fast, scheduled
from hkconcept.index.inputs import Inputs
from hkconcept.index.reviewing import review_sessions
from hkconcept.index.reviews import begin, review
from hkconcept.index.weights import tree_sum

if TYPE_CHECKING:
    from hkconcept.index.facts import Facts
    from hkconcept.index.methodology import Methodology
    from hkconcept.index.timeline import Timed
    from hkconcept.market.arrays import Floats
    from hkconcept.market.panel import Panel
    from hkconcept.model import Moment

__all__ = ["calculate", "calculate_stretches"]

_ROWS_AT_ONCE: Final = 64  # sessions valued together: their products stay in the processor's cache


def calculate(panel: Panel, methodology: Methodology, facts: Facts, *, as_of: Moment | None = None) -> Calculation:
    """Return the index over the sessions of a panel from its base on.

    Parameters
    ----------
    panel
        Prices; sessions before the base count for the minimum history alone. For levels as they were published at a
        moment, make the panel as of that moment too.
    methodology
        The rules.
    facts
        Memberships, actions, shares, scores and rates. A fact counts from the first opening at which it was public.
    as_of
        Only facts known by then; default: all.

    Raises
    ------
    NotAvailableError
        The base is no session of the panel, no member has a price in it, a rate is missing, or no member is left.
    UsageError
        The sessions from the base on do not lie in one segment, or the weights need unadjusted prices.

    """
    if as_of is not None:
        facts = facts.known(as_of)
    t0 = panel.row(methodology.base_date)
    for start, end in panel.stretches():
        if start <= t0 < end and end == len(panel.sessions):
            part = panel if start == 0 else panel.between(panel.sessions[start], panel.sessions[-1])
            return _calculation(Inputs.of(part, methodology, facts), t0 - start)
    raise UsageError(
        f"the prices from {methodology.base_date} to {panel.sessions[-1]} lie in several segments",
        where=methodology.index,
        todo="calculate each stretch on its own",
    )


def calculate_stretches(
    panel: Panel, methodology: Methodology, facts: Facts, *, as_of: Moment | None = None
) -> tuple[Calculation, ...]:
    """Return the index over each stretch of comparable prices; levels of different stretches are not linked.

    Every stretch after the one with the base begins at the base level in its own first session: what happened
    between them is not known, and is not made up.
    """
    found = []
    for start, end in panel.stretches():
        part = panel.between(panel.sessions[start], panel.sessions[end - 1])
        if part.sessions[-1] <= methodology.base_date:
            continue
        rules = methodology
        if part.sessions[0] > methodology.base_date:
            rules = replace(methodology, base_date=part.sessions[0])
        found.append(calculate(part, rules, facts, as_of=as_of))
    if not found:
        raise NotAvailableError(f"no prices are held after the base {methodology.base_date}", where=methodology.index)
    return tuple(found)


def _calculation(inputs: Inputs, base: int) -> Calculation:
    """Run through the sessions in which something changes, and value the basket between them."""
    basket, sessions = Basket(inputs), len(inputs.sessions)
    values, divisors = np.full(sessions, np.nan), np.full(sessions, np.nan)

    def value(start: int, end: int) -> None:
        values[start:end] = _values(inputs.prices[start:end], basket.units)
        divisors[start:end] = basket.divisor

    begin(basket, base)
    value(base, base + 1)
    events = _events(basket, base)
    t = base + 1
    while events and events[0].at < sessions:
        at = events[0].at
        value(t, at)
        basket.open_session(at, float(values[at - 1]))
        while events and events[0].at == at:
            for later in _apply(basket, heapq.heappop(events)):
                heapq.heappush(events, later)
        basket.close_changes()
        t = at
    value(t, sessions)
    growth, paid = _dividends(inputs, basket, values, base)
    unpriced = {row.code for row in inputs.facts.membership} - set(inputs.panel.codes)
    return Calculation(
        inputs.panel,
        inputs.methodology,
        base,
        inputs.prices,
        inputs.fresh,
        values,
        divisors,
        growth,
        tuple(basket.holdings),
        basket.log,
        paid,
        tuple(basket.known.roles),
        inputs.facts.dividends_held,
        tuple(sorted(unpriced)),
        inputs.adjusted,
    )


def _events(basket: Basket, base: int) -> list[Change]:
    inputs = basket.inputs
    rows = inputs.actions
    found = [
        Change(int(at), 0, int(code), "action", n)
        for n, (at, code) in enumerate(zip(rows.at, rows.code, strict=True))
        if at > base
    ]
    found += [Change(t, 5, -1, "review", t) for t in review_sessions(inputs.methodology, inputs.sessions) if t > base]
    found += [change for change in scheduled(basket, base) if change.at > base]
    heapq.heapify(found)
    return found


def _apply(basket: Basket, change: Change) -> list[Change]:
    match change.kind:
        case "action":
            return apply_action(basket, change)
        case "shares":
            change_shares(basket, change)
        case "member":
            return change_membership(basket, change)
        case "enter":
            return enter(basket, change)
        case "fast":
            return enter_fast(basket, change)
        case "remove":
            basket.remove(change.code, "delisting", change.row)
        case _:
            return review(basket, change.at)
    return []


def _values(prices: Floats, units: Floats) -> Floats:
    """Return the value of units at the closes of each session, summed in one fixed order over those held."""
    columns = np.flatnonzero(units)
    whole = len(columns) == len(units)
    held = units if whole else units[columns]
    values = np.empty(len(prices))
    for first in range(0, len(prices), _ROWS_AT_ONCE):
        rows = slice(first, first + _ROWS_AT_ONCE)
        values[rows] = tree_sum((prices[rows] if whole else prices[rows].take(columns, axis=1)) * held)
    return values


def _dividends(inputs: Inputs, basket: Basket, values: Floats, base: int) -> tuple[Floats, Timed]:
    """Return the factor of the total divisor by session, and the dividends paid on units held, as values."""
    sessions = len(inputs.sessions)
    rows = inputs.dividends.where((inputs.dividends.at > base) & (inputs.dividends.at < sessions))
    starts = np.array([holding.start for holding in basket.holdings])
    # Whoever holds at the close before the ex-date is paid, even where the payment became known later.
    block = np.searchsorted(starts, rows.due - 1, side="right") - 1
    units = np.zeros(len(rows))
    if not inputs.adjusted:
        order = np.argsort(block, kind="stable")
        cuts = np.searchsorted(block[order], np.arange(len(starts) + 1))
        for n in np.unique(block[block >= 0]).tolist():
            mine = order[cuts[n] : cuts[n + 1]]
            units[mine] = basket.holdings[n].units[rows.code[mine]]
    amount = np.asarray(rows.values["amount"], dtype=np.float64) * (1.0 - float(inputs.methodology.dividend_tax))
    currencies = np.asarray(rows.values["currency"])
    for currency in sorted({str(one) for one in set(currencies.tolist())} - {inputs.methodology.currency}):
        mine = currencies == currency
        amount[mine] *= inputs.rates(currency)[rows.due[mine] - 1]
    value = units * amount
    paid = replace(rows, values={"units": units, "amount": amount, "value": value}).where(value > 0)
    points = np.bincount(paid.at, weights=paid.values["value"], minlength=sessions)
    shrink = np.ones(sessions)
    shrink[base + 1 :] = 1.0 - points[base + 1 :] / values[base:-1]
    if (shrink <= 0).any():
        day = inputs.sessions[int(np.argmax(shrink <= 0))]
        raise UsageError("the dividends are worth more than the basket", where=str(day), todo="check their amounts")
    return np.asarray(np.cumprod(shrink), dtype=np.float64), paid
