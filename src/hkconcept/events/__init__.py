"""Events: what a text says happened, to which company, and on whose word."""

from hkconcept.events.extract import find_events
from hkconcept.events.frames import FAMILIES, VOCABULARY, EventType

__all__ = ["FAMILIES", "VOCABULARY", "EventType", "find_events"]
