"""Drugs and completed cases out of the packaged registers, as of a day.

The register of approvals holds the calendar days from acceptance for a few approvals; with the day of approval they
give the day of acceptance. The register of designations holds drugs under a faster way, not whether their application
has been decided since; what it does not say of a drug stays unknown.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from hkconcept.ledger.statement import Recorded
from hkconcept.model import Moment
from hkconcept.pathway.forecast import CompletedCase
from hkconcept.registers import approvals, designations
from hkconcept.registers.packaged import packaged_statements
from hkconcept.registers.schema import Row, Schema
from hkconcept.registers.statements import rows_of

__all__ = ["DesignatedDrug", "completed_cases", "designated_drugs"]

_CHANNELS: Final = {
    "priority review": "priority",
    "breakthrough therapy": "breakthrough",
    "conditional approval": "conditional",
    "urgent overseas": "overseas_list",
}
# What a designation says of a drug, by the names of the eligibility criteria.
_FACTS: Final = {
    "breakthrough therapy": ("breakthrough", "serious_disease"),
    "conditional approval": ("conditional",),
    "urgent overseas": ("on_list", "urgently_needed", "marketed_overseas"),
    "rare disease": ("rare_disease",),
}


@dataclass(frozen=True, slots=True)
class DesignatedDrug:
    """A drug of the register of designations, as :class:`hkconcept.pathway.changes.RegisterRow` asks for it."""

    drug: str
    company: str
    code: str
    channel: str
    known_at: dt.date
    source: str
    facts: dict[str, bool] = field(default_factory=dict)


def designated_drugs(*, as_of: dt.date) -> tuple[DesignatedDrug, ...]:
    """Return the drugs designated, as the register could be known at the end of a day.

    Rows of rare-disease approvals are no designations; they only say that a drug is for a rare disease.
    """
    rows = _rows(designations.SCHEMA, as_of)
    facts: dict[str, dict[str, bool]] = {}
    for row in rows:
        held = facts.setdefault(_name(row), {})
        held.update(dict.fromkeys(_FACTS.get(str(row.values["kind"]), ()), True))
    return tuple(
        DesignatedDrug(
            drug=str(row.values["drug"]),
            company=str(row.values.get("holder") or ""),
            code=str(row.values.get("hk_code") or ""),
            channel=_CHANNELS[str(row.values["kind"])],
            known_at=row.evidence.known_at.day,
            source=row.evidence.source,
            facts=facts[_name(row)],
        )
        for row in rows
        if row.values["kind"] in _CHANNELS and row.values.get("stage") == "granted"
    )


def completed_cases(*, as_of: dt.date) -> tuple[CompletedCase, ...]:
    """Return the approvals with a known day of approval and a known time from acceptance.

    The channel is ``priority`` where the register says so, else ``standard``: a register that does not name a channel
    may hold a drug that had one.
    """
    return tuple(_completed(_rows(approvals.SCHEMA, as_of)))


def _completed(rows: Sequence[Row]) -> Iterator[CompletedCase]:
    for row in rows:
        days, approved = row.values.get("days_from_acceptance"), row.values.get("approved")
        if not isinstance(days, int) or not approved or len(str(approved)) != 10:
            continue
        day = dt.date.fromisoformat(str(approved))
        channel = "priority" if "priority" in str(row.values.get("pathway") or "") else "standard"
        yield CompletedCase(
            accepted=day - dt.timedelta(days=days),
            approved=day,
            channel=channel,
            known_at=max(day, row.evidence.known_at.day),
            name=str(row.values.get("drug_en") or row.values.get("drug_zh") or ""),
            source=row.evidence.source,
        )


def _name(row: Row) -> str:
    return str(row.values.get("drug_en") or row.values["drug"]).casefold()


@functools.lru_cache(maxsize=16)
def _rows(schema: Schema, as_of: dt.date) -> tuple[Row, ...]:
    """Return a register's rows put together from the statements that were public by the end of a day."""
    end = Moment.of_day(as_of).known_by
    recorded = [Recorded(one.id, one, end, None) for one in packaged_statements(schema) if one.known_at.known_by <= end]
    rows, _ = rows_of(schema, recorded)
    return rows
