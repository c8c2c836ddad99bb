"""A relation that was found and recomputed in one go, where its arithmetic belongs to its wording."""

from __future__ import annotations

from dataclasses import dataclass

from hkconcept.claims.findings import Finding
from hkconcept.claims.intervals import Operand
from hkconcept.claims.passage import Passage
from hkconcept.model import ClaimKind, Span

__all__ = ["Recomputed", "operand"]


@dataclass(frozen=True, slots=True)
class Recomputed:
    """One relation with its outcome.

    ``inputs`` and ``result`` are positions of figures in a passage; ``result`` is ``None`` and ``span`` set
    where what is related is no figure: a weekday, the cells of a table. ``sources`` are the addresses of
    public facts used beyond the text.
    """

    kind: ClaimKind
    inputs: tuple[int, ...]
    result: int | None
    finding: Finding
    span: Span | None = None
    sources: tuple[str, ...] = ()


def operand(passage: Passage, index: int) -> Operand:
    """Return a figure of a passage as the arithmetic takes it."""
    figure = passage.figures[index]
    return Operand(figure.quantity, figure.quote.exact)
