"""Events: what a text says happened, to whom, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hkconcept.model.document import Quote
from hkconcept.model.entity import StockCode
from hkconcept.model.times import Moment, PartialDate

__all__ = ["Event"]


@dataclass(frozen=True, slots=True)
class Event:
    """One event found in a text.

    ``type`` is a word of the event vocabulary (``policy``, ``approval``, ``license_out``...); ``codes`` are
    the listed companies that it is about, empty for an event of a whole sector; ``date`` is when it
    happened, as far as the text says. ``known_at`` is the moment by which the public could know it, with its
    precision: the day on which the text says that it was announced, else the document's publication.
    ``frame`` holds the slots of the event's type as name and value. ``status`` tells whether it happened
    (``done``), is announced as a plan (``planned``), is hoped for or intended (``expected``), has not happened
    (``negated``), or is denied (``denied``); :attr:`realised` is true of the first two.
    """

    type: str
    quote: Quote
    codes: tuple[StockCode, ...] = ()
    agency: str = ""
    date: PartialDate | None = None
    frame: tuple[tuple[str, str], ...] = ()
    known_at: Moment | None = None
    status: Literal["done", "planned", "expected", "negated", "denied"] = "done"

    @property
    def realised(self) -> bool:
        """Whether the text reports the event or its plan as news, and not as a hope or as untrue."""
        return self.status in {"done", "planned"}
