"""Dates as printed, in Chinese and English, absolute or relative to the day of publication."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from hkconcept.model import DateMention, PartialDate, Span
from hkconcept.text.chinese_dates import chinese_readings
from hkconcept.text.english_dates import english_readings
from hkconcept.text.fold import fold
from hkconcept.text.numeric_dates import numeric_readings
from hkconcept.text.readings import Reading
from hkconcept.text.reference import Reference

__all__ = ["DateExpression", "find_date_expressions", "find_dates"]


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A calendar expression; ``value`` is ``None`` when it names no date of the common calendar."""

    span: Span
    value: PartialDate | None
    time: str = ""
    end: PartialDate | None = None


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
    found = _completed(key, readings, Reference(anchor, news=True))
    return tuple(
        DateMention(expression.span, expression.value, expression.time, expression.end)
        for expression in found
        if expression.value is not None
    )


def _completed(key: str, readings: list[Reading], reference: Reference) -> list[DateExpression]:
    """Complete the readings from left to right; of those that begin together the longest comes first."""
    readings.sort(key=lambda reading: (reading.start, -reading.end))
    found: list[DateExpression] = []
    end = 0
    for reading in readings:
        if reading.start < end:
            continue
        span = Span(reading.start, reading.end)
        value = until = None
        void = reading.void
        if not void:
            try:
                value, until = reference.complete(key, reading)
            except ValueError:
                void = True  # 2月30日 is no date, and nothing inside it is one either
        if value is not None:
            reference.remember(value, until, reading.end)
        if void or value is not None:
            found.append(DateExpression(span, value, reading.time, until))
            end = reading.end
    return found


def find_date_expressions(text: str, anchor: dt.date | None, *, day_first: bool = True) -> tuple[DateExpression, ...]:
    """Find every calendar expression of a text, those included that lean on the day of publication.

    Beside the dates of :func:`find_dates` these are read: days relative to the anchor ("two weeks ago", 大前天,
    "next Friday", 上上周三), dates in words ("the tenth of September"), short forms (4/22, "the 27th") and weekdays
    beside their date. An expression that no calendar has (2019年2月29日) or that belongs to the lunar calendar is
    reported without a value.

    Parameters
    ----------
    text
        Chinese or English; spans refer to it.
    anchor
        Day of publication in Hong Kong.
    day_first
        Whether 5/6/2026 is the fifth of June.

    >>> met = find_date_expressions("met two weeks ago, back next Friday", dt.date(2026, 5, 20))
    >>> [str(found.value) for found in met]
    ['2026-05-06', '2026-05-29']

    """
    from hkconcept.text.relative_dates import (  # noqa: PLC0415 - only the general recogniser needs it
        WEEKDAY_AFTER,
        WEEKDAY_BEFORE,
        relative_readings,
    )

    key = fold(text)
    readings = relative_readings(key, anchor, day_first=day_first)
    readings += chinese_readings(key, relative=True)
    readings += numeric_readings(key)
    readings += english_readings(text, key, relative=True)
    readings = [_widened(key, reading, WEEKDAY_BEFORE, WEEKDAY_AFTER) for reading in readings]
    return tuple(_completed(key, readings, Reference(anchor, day_first=day_first)))


def _widened(key: str, reading: Reading, before: re.Pattern[str], after: re.Pattern[str]) -> Reading:
    """Take in the weekday printed beside a day: 10月12号，星期一, "Monday, January 12"."""
    if reading.day is None or reading.month is None:
        return reading
    left = before.search(key[max(0, reading.start - 12) : reading.start])
    right = after.match(key, reading.end)
    return reading._replace(
        start=reading.start - len(left[0]) if left else reading.start, end=right.end() if right else reading.end
    )
