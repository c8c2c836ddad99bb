"""Events: what a text says happened, to which company, and on whose word."""

from hkconcept.events.bilingual import find_events_by_passage
from hkconcept.events.extract import find_events
from hkconcept.events.frames import FAMILIES, VOCABULARY, EventType
from hkconcept.events.knowledge import with_first_knowledge
from hkconcept.events.stories import Placed, Placement, Stories, Story

__all__ = [
    "FAMILIES",
    "VOCABULARY",
    "EventType",
    "Placed",
    "Placement",
    "Stories",
    "Story",
    "find_events",
    "find_events_by_passage",
    "with_first_knowledge",
]
