"""Approvals of innovative drugs in China: the totals that were announced, by year, type and origin."""

from __future__ import annotations

import functools

from hkconcept.registers.published import PublishedTotal, read_totals

__all__ = ["totals"]


@functools.cache
def totals() -> tuple[PublishedTotal, ...]:
    """Return every approval total that is held, whatever its basis; compare only within one scope.

    The regulator's own count takes drugs not marketed before in or outside China; other bodies count
    drug and company pairs, or class-1 registrations without traditional medicines, and differ.

    >>> [str(row.quantity.value) for row in totals() if row.id == "nmpa-2025"]
    ['76']

    """
    return read_totals("approval_totals.csv")
