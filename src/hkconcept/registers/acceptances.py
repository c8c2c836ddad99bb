"""Acceptances: applications that the Center for Drug Evaluation has taken on, by their number."""

from __future__ import annotations

from typing import Final

from hkconcept.registers.columns import choice, code, hk_code, partial, text
from hkconcept.registers.schema import Schema

__all__ = ["SCHEMA"]

SCHEMA: Final = Schema(
    register="acceptances",
    title="drug applications accepted for review in China",
    key=("acceptance_no",),
    columns=(
        code(
            "acceptance_no",
            "acceptance number",
            required=True,
            pattern=r"[A-Z]{4}\d{7}[一-鿿]?",
            shape="an acceptance number such as CXHS2300040",
        ),
        text("drug_zh", "name as printed", required=True),
        choice("type", "kind of drug, from the number", "chemical", "biological", "tcm", "excipient", required=True),
        choice("origin", "domestic or imported, from the number", "domestic", "imported", required=True),
        text("registration_class", "registration class, where printed"),
        text("applicant", "applicant"),
        hk_code("hk_code", "Hong Kong listing concerned"),
        partial("accepted", "day on which the center took it on", required=True),
    ),
    denominator="all applications since the numbers began in 2002",
)
