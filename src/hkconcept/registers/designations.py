"""Designations: drugs that the regulator reviews by a faster way, and the lists drawn up for them."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Final

from hkconcept.registers.columns import choice, hk_code, identifier, partial, text, whole
from hkconcept.registers.published import PublishedTotal, read_totals
from hkconcept.registers.schema import Schema, required_when

__all__ = ["KINDS", "SCHEMA", "totals"]

KINDS: Final = ("priority review", "breakthrough therapy", "conditional approval", "urgent overseas", "rare disease")

SCHEMA: Final = Schema(
    register="designations",
    title="drugs under priority review, breakthrough therapy, conditional approval; urgent overseas lists",
    key=("id",),
    columns=(
        identifier("kind, drug and date"),
        choice("kind", "which designation", *KINDS, required=True),
        choice("stage", "how far it was", "proposed", "granted", "withdrawn", required=True),
        partial("dated", "when it was granted or proposed, as precisely as the source prints it"),
        text("date_basis", "what the date is"),
        text("drug", "name as printed", required=True),
        text("drug_en", "international or English name, or code"),
        text("holder", "company"),
        hk_code("hk_code", "Hong Kong listing concerned"),
        text("indication", "indication, in a few words"),
        whole("batch", "batch of the urgent overseas lists", unit="batch"),
        partial("first_abroad", "first approval abroad"),
        text("outcome", "what became of it, where held"),
    ),
    checks=(required_when("outcome", "stage", "withdrawn"),),
    denominator="all designations of a kind since it exists; the three urgent overseas lists name 81 drugs",
    unknown_before=dt.date(2018, 11, 1),
)


@functools.cache
def totals() -> tuple[PublishedTotal, ...]:
    """Return how many drugs were designated, by kind, list and year."""
    return read_totals("designation_totals.csv")
