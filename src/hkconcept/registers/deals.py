"""Out-licensing of Chinese innovative drugs: the yearly totals that vendors and the regulator announced."""

from __future__ import annotations

import functools

from hkconcept.registers.published import PublishedTotal, read_totals

__all__ = ["totals"]


@functools.cache
def totals() -> tuple[PublishedTotal, ...]:
    """Return every deal total that is held: value in US dollars, number of deals, upfront payments.

    Vendors differ in what they count (options, new companies, undisclosed terms) and in the cut-off, so
    two totals of one year may differ without either being wrong.

    >>> [row.vendor for row in totals() if row.id == "nextpharma-2025-value"]
    ['NextPharma']

    """
    return read_totals("deal_totals.csv")
