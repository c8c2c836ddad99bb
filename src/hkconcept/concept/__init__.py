"""Concepts: their definition from reviewed data, and who belongs as of a moment."""

from hkconcept.concept.definition import Definition, load_definition
from hkconcept.concept.membership import LeftOut, basket, left_out

__all__ = ["Definition", "LeftOut", "basket", "left_out", "load_definition"]
