"""Out-licensing of Chinese innovative drugs: deals with their terms, and the yearly totals that were announced."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Final

from hkconcept.registers.columns import amount, choice, code, hk_code, identifier, partial, text
from hkconcept.registers.published import PublishedTotal, read_totals
from hkconcept.registers.schema import Check, Row, Schema, at_least

__all__ = ["SCHEMA", "totals"]

_MONEY: Final = "currency units"
_SCOPES: Final = ("out-licence", "China rights", "earlier deal continued", "acquisition", "foreign licensor")


def _currency_named(row: Row) -> str | None:
    held = any(row[column] is not None for column in ("upfront", "near_term", "milestones", "total"))
    return "an amount needs its currency" if held and row["currency"] is None else None


SCHEMA: Final = Schema(
    register="deals",
    title="out-licensing deals of Chinese drugs",
    key=("id",),
    columns=(
        identifier("month of the announcement, licensor and asset"),
        partial("announced", "when it was announced, as precisely as it is held", required=True),
        text("licensor", "who grants the rights", required=True),
        hk_code("hk_code", "Hong Kong listings of the licensor or its parent, once they were listed"),
        text("other_listing", "the licensor's listings elsewhere"),
        text("licensee", "who takes them", required=True),
        text("asset", "what is licensed", required=True),
        text("modality", "antibody, ADC, small molecule..."),
        text("target", "indication or target"),
        text("stage", "stage of development at the deal"),
        text("territory", "where the rights hold"),
        text("structure", "licence, option, new company, acquisition"),
        choice("scope", "what a reader who adds deals up must know", *_SCOPES, required=True),
        code("currency", "currency of the amounts", pattern="[A-Z]{3}", shape="a currency code such as USD"),
        amount("upfront", "payment on signing", unit=_MONEY),
        amount("near_term", "payments due soon, where announced apart or together with the upfront", unit=_MONEY),
        amount("milestones", "further payments that depend on events", unit=_MONEY),
        amount("total", "headline value", unit=_MONEY),
        text("royalty", "royalties, as far as announced"),
        text("remark", "what a reader must know of the figures"),
        text("outcome", "what became of it: exercised, closed, terminated"),
    ),
    # The milestones may exceed a headline value that is only a lower bound ("more than US$2 billion").
    checks=(at_least("total", "upfront"), at_least("total", "near_term"), Check("currency", _currency_named)),
    denominator="the deals of 2023 to 2026 that the compiler of the list knows, terms disclosed or not",
    unknown_before=dt.date(2023, 1, 1),
)


@functools.cache
def totals() -> tuple[PublishedTotal, ...]:
    """Return every deal total that is held: value in US dollars, number of deals, upfront payments.

    Vendors differ in what they count (options, new companies, undisclosed terms) and in the cut-off, so
    two totals of one year may differ without either being wrong.

    >>> [row.vendor for row in totals() if row.id == "nextpharma-2025-value"]
    ['NextPharma']

    """
    return read_totals("deal_totals.csv")
