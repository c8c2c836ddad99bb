"""Reading a packaged table of dated exceptions to the ordinary week."""

from __future__ import annotations

import csv
import datetime as dt
import functools
from collections.abc import Mapping
from pathlib import Path

__all__ = ["exceptions"]

_DATA = Path(__file__).parents[1] / "data" / "calendars"


@functools.cache
def exceptions(name: str) -> Mapping[dt.date, str]:
    """Return the kind of each exceptional day of a packaged table, by its file name."""
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return {dt.date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(file)}
