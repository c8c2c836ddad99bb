"""A relation that the text states, before it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hkconcept.model import ClaimKind

__all__ = ["Stated"]


@dataclass(frozen=True, slots=True)
class Stated:
    """One relation between figures, named by their positions in a passage.

    ``result`` is the figure that the others imply, ``inputs`` the others in the order of the formula:
    the parts of a sum, part and whole of a share, new and old value of a change, the smaller of an order.
    ``sign`` is -1 for a decline, 0 where the wording gives no direction; ``form`` tells "grew by 2.5x"
    from "is 2.5x", with ``either`` where the wording allows both; ``complete`` is whether the parts of a
    sum are declared to be all. ``readings`` are further (inputs, result) that the wording allows: a
    claim is wrong only when every reading of it is.
    """

    kind: ClaimKind
    inputs: tuple[int, ...]
    result: int
    sign: Literal[-1, 0, 1] = 1
    form: Literal["by", "to", "either"] = "by"
    complete: bool = True
    readings: tuple[tuple[tuple[int, ...], int], ...] = ()

    @property
    def positions(self) -> tuple[int, ...]:
        """All positions of the first reading, in reading order."""
        return tuple(sorted((*self.inputs, self.result)))
