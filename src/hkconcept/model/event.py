"""Events: what a text says happened, to whom, and when."""

from __future__ import annotations

from dataclasses import dataclass

from hkconcept.model.document import Quote
from hkconcept.model.entity import StockCode
from hkconcept.model.times import PartialDate

__all__ = ["Event"]


@dataclass(frozen=True, slots=True)
class Event:
    """One event found in a text.

    ``type`` is a word of the event vocabulary (``policy``, ``approval``, ``license_out``...); ``codes`` are
    the listed companies that it is about, empty for an event of a whole sector; ``date`` is when it
    happened, as far as the text says, which is not when the public could know it. ``frame`` holds the
    slots of the event's type as name and value.
    """

    type: str
    quote: Quote
    codes: tuple[StockCode, ...] = ()
    agency: str = ""
    date: PartialDate | None = None
    frame: tuple[tuple[str, str], ...] = ()
