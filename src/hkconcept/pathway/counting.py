"""Counting working days around clock stops.

All intervals are open at the start and closed at the end: a stop ``(a, b]`` takes the days after ``a`` up to and
including ``b`` out of the count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from hkconcept.calendars import WorkingDay, nth_working_day, working_day_arrays, working_days_between

__all__ = ["add_months", "counted_between", "day_reached", "due_ordinals", "merged"]

Interval = tuple[dt.date, dt.date]


def merged(stops: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return intervals in order, those that touch or overlap joined, so that no day is taken out twice.

    >>> merged([(dt.date(2026, 3, 2), dt.date(2026, 3, 9)), (dt.date(2026, 3, 5), dt.date(2026, 3, 12))])
    ((datetime.date(2026, 3, 2), datetime.date(2026, 3, 12)),)

    """
    found: list[Interval] = []
    for start, end in sorted(stops):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif end > start:
            found.append((start, end))
    return tuple(found)


def day_reached(after: dt.date, number: int, stops: Sequence[Interval] = ()) -> WorkingDay:
    """Return the day on which the ``number``-th counted working day after ``after`` falls.

    ``stops`` must be merged and in order.

    >>> day_reached(dt.date(2026, 3, 2), 5).day
    datetime.date(2026, 3, 9)
    >>> day_reached(dt.date(2026, 3, 2), 5, [(dt.date(2026, 3, 4), dt.date(2026, 3, 11))]).day
    datetime.date(2026, 3, 16)

    """
    cursor, left = after, number
    for start, end in stops:
        if end <= cursor:
            continue
        if start > cursor:
            before = working_days_between(cursor, start)
            if left <= before:
                break
            left -= before
        cursor = end
    return nth_working_day(cursor, left)


def counted_between(after: dt.date, upto: dt.date, stops: Sequence[Interval] = ()) -> int:
    """Return the number of working days in ``(after, upto]`` outside the stops (merged, in order)."""
    taken = sum(
        working_days_between(max(after, start), min(upto, end)) for start, end in stops if start < upto and end > after
    )
    return working_days_between(after, upto) - taken


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or its last day where it has no such day.

    >>> add_months(dt.date(2018, 11, 30), 3)
    datetime.date(2019, 2, 28)

    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return dt.date(year, month + 1, last)
            except ValueError:
                continue
    return dt.date(year, month + 1, 28)


def due_ordinals(
    cases: Iterable[tuple[int, int, int, Sequence[tuple[int, int]]]], *, letter_days: int = 80
) -> list[int]:
    """Return due days for many cases at once, as proleptic ordinals; nothing is checked or explained.

    Each case is ``(accepted, limit, extension, letters)``: the ordinal of the day of acceptance, the limit in working
    days, what each answered letter adds to it, and the letters as ``(issued, answered)`` in order, not overlapping.
    A letter stands the clock still for at most ``letter_days`` working days. The answers are those of
    :func:`hkconcept.pathway.clock.run` with the default conventions; days beyond the published calendar are the
    expected ones.

    Raises
    ------
    IndexError
        A day lies outside 2004 to 2030.

    """
    base, counts, days = working_day_arrays()
    due: list[int] = []
    append = due.append
    for accepted, limit, extension, letters in cases:
        position = counts[accepted - base] + limit - 1
        for issued, answered in letters:
            if issued > days[position]:
                break
            stopped = counts[answered - base] - counts[issued - base]
            # A comparison, because a call of min() would be a third of the time of a case.
            position += (stopped if stopped < letter_days else letter_days) + extension  # noqa: FURB136 - as above
        append(days[position])
    return due
