"""The securities that a concept judges: a packaged table, every listing held, or a list of the definition's own.

A table of an industry is that of the day it was taken: securities that left the exchange before are not in it, and a
security reclassified since is judged by its later class. The table's day stands in every row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hkconcept.concept.definition_files import DATA
from hkconcept.errors import SourceError
from hkconcept.model import StockCode
from hkconcept.readers.strict_csv import read_rows

__all__ = ["Universe", "first_days", "load_universe"]

_COLUMNS: Final = ["code", "industry_en", "industry_zh", "known_at", "status", "source"]
_FIRST_DAYS: Final = ["code", "first_day", "status", "source"]
ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Universe:
    """Codes judged, by code, with the industry of each where it is held, and the day of the table."""

    name: str
    industries: Mapping[StockCode, tuple[str, str]]
    taken_on: dt.date | None = None

    @property
    def codes(self) -> tuple[StockCode, ...]:
        """The codes, in order."""
        return tuple(sorted(self.industries))


def load_universe(name: str, listings: Collection[StockCode]) -> Universe:
    """Return a universe by name: a packaged table, or ``all`` for every listing given.

    Raises
    ------
    SourceError
        There is no such table, or a row of it cannot be read.

    >>> load_universe("healthcare", ()).industries[StockCode("01801")]
    ('pharmaceuticals', '药品')

    """
    if name == ALL:
        return Universe(name, dict.fromkeys(listings, ("", "")))
    path = DATA / "universe" / f"{name}.csv"
    if not name.isidentifier() or not path.is_file():
        held = ", ".join(sorted(file.stem for file in path.parent.glob("*.csv") if file.stem != "first_days"))
        raise SourceError(f"there is no universe {name!r}", where="universe", todo=f"write one of {held}, {ALL}")
    rows = _rows(path, _COLUMNS)
    days = {dt.date.fromisoformat(row["known_at"]) for row in rows}
    return Universe(
        name,
        {StockCode(row["code"]): (row["industry_en"], row["industry_zh"]) for row in rows},
        max(days, default=None),
    )


def first_days() -> Mapping[StockCode, dt.date]:
    """Return first days of trading that the gazetteer does not hold, for securities listed since 2025."""
    path = DATA / "universe" / "first_days.csv"
    return {StockCode(row["code"]): dt.date.fromisoformat(row["first_day"]) for row in _rows(path, _FIRST_DAYS)}


def _rows(path: Path, columns: list[str]) -> list[dict[str, str]]:
    rows = []
    for where, row in read_rows(path, columns):
        if not row["source"]:
            raise SourceError("the row has no source", where=where)
        rows.append(row)
    return rows
