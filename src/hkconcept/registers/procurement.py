"""Centralised procurement: the national rounds, and what each drug's winners bid."""

from __future__ import annotations

import datetime as dt
import functools
from decimal import Decimal
from typing import Final

from hkconcept.registers.checks import at_least, before
from hkconcept.registers.columns import amount, code, hk_code, partial, text, whole
from hkconcept.registers.published import PublishedTotal, read_totals
from hkconcept.registers.schema import Schema

__all__ = ["RESULTS", "SCHEMA", "totals"]

_PERCENT: Final = Decimal(100)

SCHEMA: Final = Schema(
    register="procurement",
    title="rounds of the national centralised procurement of drugs",
    key=("round",),
    columns=(
        code("round", "number of the round, 01 to 11", required=True, pattern=r"\d{2}", shape="two digits such as 09"),
        partial("opened", "when bids were opened"),
        whole("drugs", "drugs procured", unit="drugs"),
        whole("bidders", "companies that bid", unit="companies"),
        whole("bid_products", "products bid", unit="products"),
        whole("winners", "companies that won", unit="companies"),
        whole("winning_products", "products that won", unit="products"),
        partial("effective", "when the prices came into force"),
        amount("average_cut", "average price cut", unit="%", maximum=_PERCENT),
        text("remark", "what a reader must know of the figures"),
    ),
    checks=(
        at_least("bidders", "winners"),
        at_least("bid_products", "winning_products"),
        before("opened", "effective"),
    ),
    denominator="all national rounds since 2018",
    unknown_before=dt.date(2018, 12, 1),
)

RESULTS: Final = Schema(
    register="procurement-results",
    title="winning bids of the national centralised procurement, by drug and company",
    key=("round", "drug_zh", "pack", "winner"),
    columns=(
        code("round", "number of the round", required=True, pattern=r"\d{2}", shape="two digits such as 09"),
        text("drug_zh", "drug as tendered", required=True),
        text("pack", "strength and pack bid"),
        text("winner", "company that won", required=True),
        hk_code("hk_code", "Hong Kong listing concerned"),
        amount("price", "winning price of the pack", unit="CNY"),
        amount("ceiling", "highest price allowed", unit="CNY"),
        amount("cut", "price cut against the ceiling", unit="%", maximum=_PERCENT),
        text("regions", "regions supplied"),
    ),
    checks=(at_least("ceiling", "price"),),
    denominator="all winning products of a round",
)


@functools.cache
def totals() -> tuple[PublishedTotal, ...]:
    """Return what was published of the rounds together and of the last one."""
    return read_totals("procurement_totals.csv")
