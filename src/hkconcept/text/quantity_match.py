"""A quantity as it is found in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hkconcept.model import Quantity, Span

__all__ = ["Direction", "QuantityMatch"]


Direction = Literal["up", "down"] | None


@dataclass(frozen=True, slots=True)
class QuantityMatch:
    """A quantity found in a text.

    ``span`` covers the number with its currency and unit, not the wording of the bound. ``direction`` is
    set when a word of change stands directly beside it. ``noun`` is what follows: the counted thing.
    """

    span: Span
    quantity: Quantity
    direction: Direction
    noun: str
