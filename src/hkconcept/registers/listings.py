"""Listings: the securities of the Main Board and GEM as the exchange lists them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hkconcept.errors import SourceError
from hkconcept.ledger.statement import Statement
from hkconcept.model import Moment
from hkconcept.registers.columns import code, day, text, whole
from hkconcept.registers.schema import Evidence, Row, Schema, Value, before
from hkconcept.registers.statements import statements_of

__all__ = ["SCHEMA", "TABLE", "packaged"]

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
    unknown_before=dt.date(2026, 3, 23),
)

TABLE: Final = Path(__file__).parents[1] / "data" / "gazetteer" / "listings.csv"
"""The packaged list, which the linking of names uses as well."""

# When each part of the table was public: the exchange's list, the daily tables of Chinese names.
_LIST: Final = Evidence(
    known_at=Moment.parse("2026-03-23"),
    source="https://www.hkex.com.hk/eng/services/trading/securities/securitieslists/ListOfSecurities.xlsx",
    status="official",
)
_NAMES: Final = Evidence(
    known_at=Moment.parse("2026-06-10"),
    source="simplified Chinese short names of Hong Kong equities, daily tables from 2026-06-10",
    status="press",
)
_LATE_NAMES: Final = Evidence(
    known_at=Moment.parse("2026-07-24"), source=_NAMES.source, status="press", known_at_basis="last of the tables"
)


def packaged() -> Iterator[Statement]:
    """Yield the packaged listings: each part of a row with its own evidence and moment of knowledge.

    A first day of trading counts from that day, the English name and the ISIN from the exchange's list of
    23 March 2026, the Chinese name from the tables of June and July 2026.

    Raises
    ------
    SourceError
        The table cannot be read.

    """
    with TABLE.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for cells in reader:
            try:
                yield from _of(cells)
            except (KeyError, ValueError) as error:
                raise SourceError(str(error), where=f"{TABLE.name} line {reader.line_num}") from error


def _of(cells: dict[str, str]) -> Iterator[Statement]:
    listed = "hkex-list" in cells["source"]
    names = _NAMES if listed else _LATE_NAMES
    parts: list[tuple[dict[str, Value], Evidence]] = []
    if listed:
        parts.append(({"name_en": cells["en"] or None, "isin": cells["isin"] or None}, _LIST))
    parts.append(({"name_zh": cells["zh_hans"] or None}, names))
    if cells["listed_from"]:
        first = dt.date.fromisoformat(cells["listed_from"])
        evidence = Evidence(known_at=Moment.of_day(first), source="first daily price bar held", status="press")
        parts.append(({"listed": first}, evidence))
    seen: set[str] = set()
    for values, evidence in sorted(parts, key=lambda part: part[1].known_at.at):
        row = Row(values={"code": cells["code"], **values}, evidence=evidence)
        for statement in statements_of(SCHEMA, row):
            if statement.attribute not in seen:
                seen.add(statement.attribute)
                yield statement
