"""What is kept while an index is calculated: the baskets held, and the changes of their divisor."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hkconcept.index.divisors import Kind

if TYPE_CHECKING:
    from hkconcept.market.arrays import Floats

__all__ = ["Holding", "Logged"]


class Holding(NamedTuple):
    """The basket from the opening of session ``start`` on: units, and the prices at which it opened."""

    start: int
    units: Floats
    open: Floats


class Logged(NamedTuple):
    """A change as it is kept while calculating: sessions and securities by their positions."""

    at: int
    due: int
    kind: Kind
    code: int
    units_before: float
    units_after: float
    price_before: float
    price_after: float
    value_before: float
    value_after: float
    divisor_before: float
    divisor_after: float
    detail: str
