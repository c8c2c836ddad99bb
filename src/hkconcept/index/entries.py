"""Entries, exits and share changes between reviews: the others keep their units, so only one security is traded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hkconcept.index.basket import Basket, Change, Step
from hkconcept.index.inputs import BY_SHARES
from hkconcept.index.weights import tree_sum

if TYPE_CHECKING:
    from hkconcept.index.methodology import Version

__all__ = ["change_membership", "change_shares", "enter", "enter_fast", "scheduled"]


def scheduled(basket: Basket, base: int) -> list[Change]:
    """Return the changes after the base that the rows of memberships and shares bring."""
    inputs = basket.inputs
    found = []
    rows = inputs.members
    for n, (at, code, change) in enumerate(zip(rows.at, rows.code, rows.values["change"], strict=True)):
        if at > base or not basket.units[code]:
            found.append(Change(max(int(at), base + 1), 2 if change == "in" else 4, int(code), "member", n))
    if any(version.share_changes == "effective" for version in inputs.methodology.versions):
        found += [
            Change(int(at), 1, int(code), "shares", n)
            for n, (at, code) in enumerate(zip(inputs.share_rows.at, inputs.share_rows.code, strict=True))
        ]
    return found


def change_membership(basket: Basket, change: Change) -> list[Change]:
    """Apply a row of the membership where the rules make it count at once; return what it brings later."""
    t, i, version, inputs = change.at, change.code, basket.version(change.at), basket.inputs
    basket.known.learn(t)
    joins = bool(inputs.members.values["change"][change.row] == "in")
    due = int(inputs.members.due[change.row])
    if bool(basket.known.inside[i]) is not joins:
        return []  # a newer row says otherwise
    if version.membership_changes == "effective":
        if not joins:
            basket.remove(i, "deletion", due)
            return []
        earliest = max(t, int(inputs.first[i]) + max(1, version.minimum_history))
        entry = Change(earliest, 2, i, "enter", due)
        return enter(basket, entry) if earliest == t else [entry]
    if joins and version.fast_entry is not None and inputs.first[i] > 0:
        return [Change(max(t, int(inputs.first[i]) + version.fast_entry.after), 3, i, "fast", change.row)]
    return []


def enter(basket: Basket, change: Change) -> list[Change]:
    """Take a security in before an opening, or after the first session in which it trades again."""
    i, t, known = change.code, change.at, basket.known
    if basket.units[i] or not known.inside[i] or known.gone[i]:
        return []
    if not basket.inputs.fresh[t - 1, i]:
        basket.note("postponed", i, change.row)
        ahead = np.flatnonzero(basket.inputs.fresh[t:, i])
        return [change._replace(at=t + int(ahead[0]) + 1)] if len(ahead) else []
    units = _units(basket, i, t)
    if units <= 0:
        basket.note("left_out", i, change.row, "shares or a score are missing")
        return []
    basket.take(Step("addition", i, change.row, units, float(basket.open[i])))
    return []


def enter_fast(basket: Basket, change: Change) -> list[Change]:
    """Take a new listing in where the rules for fast entry let it."""
    rule, i, known = basket.version(change.at).fast_entry, change.code, basket.known
    known.learn(change.at)
    if rule is None or basket.units[i] or not known.inside[i]:
        return []
    if rule.rank is not None:
        sizes = np.where(known.inside & ~known.gone, basket.open * known.shares, 0.0)
        if sizes[i] <= 0 or np.count_nonzero(sizes > sizes[i]) >= rule.rank:
            return []
    return enter(basket, change._replace(kind="enter", row=int(basket.inputs.members.due[change.row])))


def change_shares(basket: Basket, change: Change) -> None:
    """Count new shares or another free float at once, where the rules say so."""
    version, i, rows = basket.version(change.at), change.code, basket.inputs.share_rows
    if version.share_changes != "effective" or version.scheme not in BY_SHARES or not basket.units[i]:
        return
    before = _counted(basket, i, version)
    basket.known.learn(change.at)
    after = _counted(basket, i, version)
    if before > 0 and after > 0 and after != before:
        units = float(basket.units[i]) * (after / before)
        detail = f"{before:.10g} to {after:.10g} shares counted"
        basket.take(Step("shares", i, int(rows.due[change.row]), units, float(basket.open[i]), detail))


def _units(basket: Basket, i: int, t: int) -> float:
    """Return the units of one that enters: alike with the mean, by its value, or by its score beside the others'."""
    version, held = basket.version(t), np.flatnonzero(basket.units)
    basket.known.learn(t)
    base = basket.known.sizes(basket.open).base(version.scheme)
    if version.scheme == "equal":
        worth = basket.value / len(held)
    elif version.scheme in ("market_value", "free_float_value"):
        worth = float(base[i])
    else:
        whole = float(tree_sum(base[held]))
        worth = basket.value * float(base[i]) / whole if whole else 0.0
    if version.cap is not None and version.cap < 1:
        cap = float(version.cap)
        worth = min(worth, max(cap / (1.0 - cap), 1.0 / len(held)) * basket.value)
    return worth / float(basket.open[i])


def _counted(basket: Basket, i: int, version: Version) -> float:
    part = 1.0 if version.scheme == "market_value" else float(basket.known.free_float[i])
    return float(basket.known.shares[i]) * part
