"""Payment: which drugs the basic insurance list and the commercial catalogue cover, at what standard, until when."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Final

from hkconcept.registers.columns import amount, choice, code, day, hk_code, text, whole
from hkconcept.registers.published import PublishedTotal, read_totals
from hkconcept.registers.schema import Schema, before

__all__ = ["SCHEMA", "totals"]

SCHEMA: Final = Schema(
    register="payment",
    title="drugs in the National Reimbursement Drug List and the commercial insurance catalogue",
    key=("list", "edition", "drug_zh", "pack"),
    columns=(
        choice("list", "nrdl (basic insurance) or commercial (innovative drug catalogue)", "nrdl", "commercial"),
        code("edition", "year of the edition", required=True, pattern=r"\d{4}", shape="a year of four digits"),
        whole("number", "number in its part of the list", unit="number"),
        text("part", "part of the list"),
        text("drug_zh", "name in the list", required=True),
        text("brand", "brand name"),
        choice("payment_class", "甲 is paid in full, 乙 in part", "甲", "乙"),
        code("category", "category of the insurance administration, such as XA16AB"),
        amount("payment_standard", "what the fund counts as the price of one pack", unit="CNY"),
        text("pack", "strength and pack that the standard is for; empty for all"),
        text("standard_remark", "why no standard is printed: confidential, or see the list's remark"),
        text("indication", "what is covered, in a few words"),
        text("holder", "holder of the marketing authorisation"),
        text("authorised_company", "company that the administration negotiates with"),
        hk_code("hk_code", "Hong Kong listing concerned"),
        text("hk_link", "what that company is, and whether this is from memory"),
        day("agreement_from", "first day of the agreement"),
        day("agreement_to", "last day of the agreement, included"),
        day("entered", "day on which the drug first entered the list"),
        day("left", "day on which it left the list"),
        text("document", "document of the edition"),
    ),
    checks=(before("agreement_from", "agreement_to"), before("entered", "left")),
    denominator="all drugs of an edition",
    unknown_before=dt.date(2025, 12, 7),
)


@functools.cache
def totals() -> tuple[PublishedTotal, ...]:
    """Return what the insurance administration published of its lists: drugs listed, added, removed."""
    return read_totals("payment_totals.csv")
