"""Registers: what authorities and vendors have published, one module per register, none knowing another."""

from hkconcept.registers.published import PublishedTotal
from hkconcept.registers.rows import FactRow

__all__ = ["FactRow", "PublishedTotal"]
