"""Approvals of drugs in China: by name as far as they are held, and the totals that were announced."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Final

from hkconcept.model import PartialDate
from hkconcept.registers import numbers
from hkconcept.registers.columns import choice, code, hk_code, identifier, partial, text, whole
from hkconcept.registers.published import PublishedTotal, read_totals
from hkconcept.registers.schema import Check, Row, Schema

__all__ = ["SCHEMA", "further_totals", "totals"]


def _acceptance_fault(row: Row) -> str | None:
    if not row.text("acceptance_no"):
        return None
    try:
        said = numbers.parse_acceptance(row.text("acceptance_no"), latest=row.evidence.known_at.day.year)
    except ValueError as error:
        return str(error)
    return _contradiction(row, "the acceptance number", said.type, said.origin) or _too_late(
        row, "the acceptance number", said.year
    )


def _approval_fault(row: Row) -> str | None:
    if not row.text("approval_no"):
        return None
    try:
        said = numbers.parse_approval(row.text("approval_no"), latest=row.evidence.known_at.day.year)
    except ValueError as error:
        return str(error)
    origin = "imported" if said.origin == "hk-macao-taiwan" else said.origin
    return _contradiction(row, "the approval number", said.type, origin) or _too_late(
        row, "the approval number", said.year
    )


def _too_late(row: Row, what: str, year: int | None) -> str | None:
    # A number is given before or at the approval; one of an earlier year is that of a drug approved before.
    approved = row["approved"]
    if year is not None and isinstance(approved, PartialDate) and approved.last_day.year < year:
        return f"{what} is of {year} and the approval of {approved}"
    return None


def _contradiction(row: Row, what: str, kind: str, origin: str) -> str | None:
    for column, said in (("type", kind), ("origin", origin)):
        if row[column] not in (None, said, "unsure"):
            return f"{what} says {said} and the row says {row[column]}"
    return None


SCHEMA: Final = Schema(
    register="approvals",
    title="drugs approved in China, by name",
    key=("id",),
    columns=(
        identifier("approval number where it is held, otherwise year and name"),
        partial("approved", "when it was approved, as precisely as the source prints it"),
        text("date_basis", "what the date is: day of the notice, of the company's release, month"),
        text("drug_zh", "Chinese name, with dosage form where printed", required=True),
        choice("name_basis", "whether the Chinese name was seen at the source or is from memory", "seen", "recalled"),
        text("drug_en", "international or English name"),
        text("code_names", "development codes, separated by ;"),
        text("brand", "brand name"),
        choice("type", "kind of drug", "chemical", "biological", "tcm", required=True),
        choice("origin", "domestic or imported, as the regulator counts it", "domestic", "imported", "unsure"),
        text("holder", "holder or applicant"),
        hk_code("hk_code", "Hong Kong listing concerned"),
        text("hk_link", "what that company is: holder, parent, partner"),
        text("indication", "indication, in a few words"),
        text("pathway", "conditional, priority, breakthrough, urgent; separated by ;"),
        choice("event", "what was approved", "first approval", "new indication"),
        choice(
            "innovative",
            "whether we count it with the regulator's innovative drugs of its year",
            *("yes", "unsure", "no"),
        ),
        code("acceptance_no", "acceptance number, such as CXHS2300040"),
        code("approval_no", "approval number, such as 国药准字S20210017"),
        whole("days_from_acceptance", "calendar days from acceptance to approval", unit="days"),
    ),
    checks=(Check("acceptance_no", _acceptance_fault), Check("approval_no", _approval_fault)),
    denominator="the innovative drugs that the regulator counts for a year",
    unknown_before=dt.date(2024, 1, 1),
)


@functools.cache
def totals() -> tuple[PublishedTotal, ...]:
    """Return every approval total that is held, whatever its basis; compare only within one scope.

    The regulator's own count takes drugs not marketed before in or outside China; other bodies count
    drug and company pairs, or class-1 registrations without traditional medicines, and differ.

    >>> [str(row.quantity.value) for row in totals() if row.id == "nmpa-2025"]
    ['76']

    """
    return read_totals("approval_totals.csv")


@functools.cache
def further_totals() -> tuple[PublishedTotal, ...]:
    """Return totals that count something else than the approvals of a year: splits, sums of years, durations."""
    return read_totals("approval_splits.csv")
