"""Weights: a cap with its excess spread again until none is over it, and who is selected by rank with buffers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from hkconcept.index.methodology import Selection
    from hkconcept.market.arrays import Floats, Integers

__all__ = ["capped", "chosen", "tree_sum"]

_IN_SEQUENCE: Final = 64


def tree_sum(values: Floats) -> Floats:
    """Return the sums over the last axis, added in one fixed order; ``values`` is used up.

    Each step adds the last half to the first, and the last 64 addends are added one after the other: the order depends
    on their number alone, so the result is the same on every processor, unlike that of a dot product, and its error
    grows slowly with their number.
    """
    n = values.shape[-1]
    if not n:
        return np.zeros(values.shape[:-1])
    while n > _IN_SEQUENCE:
        half = n // 2
        values[..., :half] += values[..., n - half : n]
        n -= half
    summed: Floats = np.add.accumulate(values[..., :n], axis=-1)[..., -1]
    return summed


def capped(weights: Floats, cap: float) -> tuple[Floats, float, int]:
    """Return weights of which none is above a cap, the cap used, and the number of rounds.

    In each round every weight above the cap is set to it, and what is taken away goes to those below it in proportion
    to their weights; a weight once capped stays. When the cap times their number is below 1, no weights can meet it:
    then it is raised to 1 / n, and all are alike.

    Parameters
    ----------
    weights
        ``float64 (n,)``, positive, of any sum.
    cap
        As a fraction, above 0.

    >>> weights, cap, rounds = capped(np.array([50.0, 30.0, 12.0, 8.0]), 0.4)
    >>> [round(float(w), 4) for w in weights], cap, rounds
    ([0.4, 0.36, 0.144, 0.096], 0.4, 1)

    """
    share = weights / tree_sum(weights.copy())
    n = len(share)
    if cap * n <= 1.0:
        return np.full(n, 1.0 / n), max(cap, 1.0 / n), 0
    over = np.zeros(n, dtype=np.bool)
    rounds = 0
    while True:
        rest = tree_sum(share[~over].copy())
        scale = (1.0 - cap * np.count_nonzero(over)) / rest
        beyond = ~over & (share * scale > cap)
        if not beyond.any():
            return np.where(over, cap, share * scale), cap, rounds
        over |= beyond
        rounds += 1


def chosen(sizes: Floats, inside: np.ndarray[tuple[int, ...], np.dtype[np.bool]], rule: Selection) -> Integers:
    """Return the positions selected by rank of size, ascending, with buffers.

    Parameters
    ----------
    sizes
        ``float64 (n,)``; equal sizes rank by position, that is by code.
    inside
        Who is in the basket now.
    rule
        Number wanted, the rank to enter and the rank to stay.

    >>> from hkconcept.index.methodology import Selection
    >>> chosen(np.array([9.0, 8, 7, 6, 5]), np.array([False, False, False, True, True]), Selection(3, 2, 4)).tolist()
    [0, 1, 3]

    """
    order = np.argsort(-sizes, kind="stable")
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[order] = np.arange(1, len(sizes) + 1)
    sure = rank <= rule.enter
    staying = inside & (rank <= rule.stay) & ~sure
    picked = [*order[sure[order]], *order[staying[order]]]
    rest = [at for at in order if not sure[at] and not staying[at]]
    return np.sort(np.array([*picked, *rest][: rule.count], dtype=np.int64))
