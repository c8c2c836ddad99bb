"""Everything that was found in one document."""

from __future__ import annotations

from dataclasses import dataclass

from hkconcept.model.claim import Check, DateMention, Figure
from hkconcept.model.entity import Flag, Mention
from hkconcept.model.event import Event

__all__ = ["Extraction"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """The findings of one document, in reading order; spans refer to the document's text."""

    document_id: str
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()
    events: tuple[Event, ...] = ()
    checks: tuple[Check, ...] = ()
    flags: tuple[Flag, ...] = ()

    def figure(self, figure_id: str) -> Figure:
        """Return the figure of an id; raise ``KeyError`` when there is none."""
        for figure in self.figures:
            if figure.id == figure_id:
                return figure
        raise KeyError(figure_id)
