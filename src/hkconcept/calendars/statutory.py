"""The statutory holidays of mainland China, and how far they miss the arrangement that is later published.

The holidays of a year are fixed by regulation: seven festivals, with a weekday off in lieu for each day that falls on
a weekend. Each autumn the State Council publishes which weekends are worked to make longer breaks. Until then the
holidays alone are the best statement about a coming year; :func:`deviation` says how wrong it has been.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Final

__all__ = ["FIRST_YEAR", "LAST_YEAR", "YEAR_END", "YEAR_RANGE", "deviation", "is_statutory_holiday"]

FIRST_YEAR: Final = 2014
LAST_YEAR: Final = 2030

YEAR_RANGE: Final = (-3, 2)
"""Least and most of (published minus expected) working days since the start of a year, over 2014 to 2026."""
YEAR_END: Final = (-2, 0)
"""The same at the end of a year."""

_DATA = Path(__file__).parents[1] / "data" / "calendars" / "mainland_festivals.csv"
# From 2025 the eve of the Spring Festival and 2 May are holidays too (State Council Order No. 795).
_ENLARGED: Final = 2025


@functools.cache
def _festivals() -> Mapping[int, tuple[dt.date, ...]]:
    names = ("spring_festival", "qingming", "dragon_boat", "mid_autumn")
    with _DATA.open(encoding="utf-8", newline="") as file:
        return {
            int(row["year"]): tuple(dt.date.fromisoformat(row[name]) for name in names) for row in csv.DictReader(file)
        }


@functools.cache
def _holidays(year: int) -> frozenset[dt.date]:
    """Return the days off of one year: the statutory days, and for each one on a weekend a weekday after it."""
    spring, qingming, boat, autumn = _festivals()[year]
    one = dt.timedelta(days=1)
    larger = year >= _ENLARGED
    blocks = [
        [dt.date(year, 1, 1)],
        [spring + n * one for n in range(-1 if larger else 0, 3)],
        [qingming],
        [dt.date(year, 5, 1), dt.date(year, 5, 2)] if larger else [dt.date(year, 5, 1)],
        [boat],
        [autumn],
        [dt.date(year, 10, day) for day in (1, 2, 3)],
    ]
    off = {day for block in blocks for day in block}
    free = set(off)
    for block in blocks:
        for day in block:
            # A day on a weekend, or one that two festivals share, is given back on the next weekday that is not off.
            if day.weekday() >= 5 or (block == [autumn] and day in blocks[-1]):
                lieu = max(block)
                while lieu.weekday() >= 5 or lieu in free:
                    lieu += one
                free.add(lieu)
    return frozenset(free)


def is_statutory_holiday(day: dt.date) -> bool:
    """Whether a day of 2014 to 2030 is a statutory holiday or the weekday off in lieu of one.

    >>> is_statutory_holiday(dt.date(2027, 2, 8)), is_statutory_holiday(dt.date(2027, 2, 11))
    (True, False)

    """
    return day in _holidays(day.year)


def deviation(years: int) -> tuple[int, int]:
    """Return by how many working days, at least and at most, a count into the ``years``-th unpublished year may differ.

    >>> deviation(1) == YEAR_RANGE
    True

    """
    return YEAR_RANGE[0] + (years - 1) * YEAR_END[0], YEAR_RANGE[1] + (years - 1) * YEAR_END[1]
