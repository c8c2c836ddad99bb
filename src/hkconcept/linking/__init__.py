"""Who is meant: names and printed codes of a text, linked to Hong Kong listings as of a day."""

from hkconcept.linking.gazetteer import Gazetteer
from hkconcept.linking.resolver import Linked, link

__all__ = ["Gazetteer", "Linked", "link"]
