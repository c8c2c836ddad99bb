"""Listings: the securities of the Main Board and GEM as the exchange lists them."""

from __future__ import annotations

from typing import Final

from hkconcept.registers.columns import code, day, text, whole
from hkconcept.registers.schema import Schema, before

__all__ = ["SCHEMA"]

SCHEMA: Final = Schema(
    register="listings",
    title="securities listed in Hong Kong",
    key=("code",),
    columns=(
        code(
            "code", "stock code", required=True, pattern="[0-9]{5}", shape="a stock code of five digits such as 01801"
        ),
        text("name_en", "English short name of the exchange", required=True),
        text("name_zh", "Chinese short name, simplified"),
        text("name_zh_hant", "Chinese short name, traditional"),
        text("category", "equity, trust, depositary receipt"),
        code("isin", "ISIN", pattern="[A-Z]{2}[A-Z0-9]{9}[0-9]", shape="an ISIN of twelve characters"),
        text("industry", "industry"),
        whole("board_lot", "shares in a board lot", unit="shares"),
        day("listed", "first day of trading"),
        day("delisted", "first day on which it was no longer listed"),
    ),
    checks=(before("listed", "delisted"),),
    denominator="the securities in the exchange's own list",
)
