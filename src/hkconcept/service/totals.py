"""Every published total that the registers hold, to compare the figures of a text with."""

from __future__ import annotations

from hkconcept.registers import approvals, deals, designations, payment, procurement
from hkconcept.registers.published import PublishedTotal

__all__ = ["every_total"]


def every_total() -> tuple[PublishedTotal, ...]:
    """Return every published total of every register."""
    return (
        *approvals.totals(),
        *approvals.further_totals(),
        *deals.totals(),
        *designations.totals(),
        *payment.totals(),
        *procurement.totals(),
    )
