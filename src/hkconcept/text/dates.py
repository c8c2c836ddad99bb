"""Dates as printed, in Chinese and English, absolute or relative to the day of publication."""

from __future__ import annotations

import datetime as dt

from hkconcept.model import DateMention, Span
from hkconcept.text.chinese_dates import chinese_readings
from hkconcept.text.english_dates import english_readings
from hkconcept.text.fold import fold
from hkconcept.text.numeric_dates import numeric_readings
from hkconcept.text.reference import Reference

__all__ = ["find_dates"]


def find_dates(text: str, anchor: dt.date | None, *, relative: bool = False) -> tuple[DateMention, ...]:
    """Find the dates of a text in reading order; two mentions never overlap.

    Parameters
    ----------
    text
        The text as read; spans refer to it.
    anchor
        Day of publication in Hong Kong. It completes dates that lack a year (7月2日, "January 7", 一季度); without
        it and without a year earlier in the text they are left out.
    relative
        Whether words that name no date of their own are read too: 昨日, 去年, 本月, 周三, "yesterday", "last year".

    Notes
    -----
    ``08/01/2026`` is read day first, as Hong Kong prints it, unless only month first gives a date, or
    month first falls within ten days of the anchor and day first does not. A period that shares its year or month
    (2026年7-9月, 7月29日至31日) is one mention with an ``end``; one that prints both ends in full is two.
    The first three quarters of a year run from ``2025-Q1`` to ``2025-Q3``. The end of a year is its December.

    >>> [str(found.value) for found in find_dates("7月2日公布2025年前三季度业绩", dt.date(2026, 7, 3))]
    ['2026-07-02', '2025-Q1']

    """
    key = fold(text)
    readings = chinese_readings(key, relative=relative)
    readings += numeric_readings(key)
    readings += english_readings(text, key, relative=relative)
    readings.sort(key=lambda reading: (reading.start, -reading.end))
    reference = Reference(anchor)
    found: list[DateMention] = []
    end = 0
    for reading in readings:
        if reading.start < end:
            continue
        try:
            value, until = reference.complete(key, reading)
        except ValueError:
            end = reading.end  # 2月30日 is no date, and nothing inside it is one either
            continue
        if value is not None:
            reference.remember(value, until, reading.end)
            found.append(DateMention(Span(reading.start, reading.end), value, reading.time, until))
            end = reading.end
    return tuple(found)
