"""The normal and Student t distributions, as far as tests of significance need them; scalars, standard library alone.

A t distribution may have a fractional number of degrees of freedom. Accuracy is about 1e-13 relative.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Final

__all__ = ["normal_quantile", "normal_two_sided", "t_quantile", "t_two_sided"]

_NORMAL: Final = NormalDist()
_SQRT_HALF: Final = math.sqrt(0.5)
_TINY: Final = 1e-300


def normal_two_sided(z: float) -> float:
    """Return the probability that a standard normal lies further from zero than ``z``.

    >>> round(normal_two_sided(1.959963984540054), 12)
    0.05

    """
    return math.erfc(abs(z) * _SQRT_HALF)


def normal_quantile(probability: float) -> float:
    """Return the value below which a standard normal lies with a probability strictly between 0 and 1."""
    return _NORMAL.inv_cdf(probability)


def t_two_sided(t: float, df: float) -> float:
    """Return the probability that Student's t with ``df`` degrees of freedom lies further from zero than ``t``.

    >>> round(t_two_sided(2.1314495455597742, 15), 12)
    0.05

    """
    return _incomplete_beta(df / (df + t * t), df / 2, 0.5)


def t_quantile(probability: float, df: float) -> float:
    """Return the value below which Student's t lies with a probability strictly between 0 and 1."""
    if probability < 0.5:
        return -t_quantile(1 - probability, df)
    tail = 2 * (1 - probability)
    low, high = 0.0, 1.0
    while t_two_sided(high, df) > tail:
        low, high = high, high * 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if t_two_sided(middle, df) > tail else (low, middle)
    return (low + high) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function by its continued fraction (modified Lentz)."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    c, d = 1.0, 1 / _kept(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 500):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _kept(1 + term * d)
            c = _kept(1 + term / c)
            fraction *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return front * fraction


def _kept(value: float) -> float:
    """Keep a divisor away from zero."""
    return value if abs(value) > _TINY else _TINY
