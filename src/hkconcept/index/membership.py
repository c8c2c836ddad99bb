"""Memberships of a concept as rows of an index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from hkconcept.concept import Change
from hkconcept.index.facts import MembershipRow
from hkconcept.model import Moment

__all__ = ["membership_rows"]


def membership_rows(changes: Iterable[Change], *, unknown_before: dt.date) -> tuple[MembershipRow, ...]:
    """Return the ledger of a concept as rows: who joined, in which role, and who left.

    A change counts from the first day whose basket shows it. When the members held at the start of the history joined
    is unknown: they count from ``unknown_before``, not earlier.
    """
    return tuple(
        MembershipRow(
            change.code,
            "out" if change.role is None else "in",
            change.effective or unknown_before,
            Moment(change.counted_from, "second"),
            change.announced.day,
            change.role or "",
            change.reason,
            change.cause[0].source if change.cause else f"rules, version {change.version}",
        )
        for change in changes
    )
