"""The parts of one calendar expression; which year it means is decided later, from its surroundings."""

from __future__ import annotations

from typing import NamedTuple

from hkconcept.text.lazily import lazily

__all__ = ["CLOCK", "CLOCK_BEFORE", "Period", "Reading", "clock_time"]

# Year, month, day and quarter at which a period ends.
Period = tuple[int | None, int | None, int | None, int | None]


class Reading(NamedTuple):
    """The parts of one calendar expression, with its span in the folded text.

    ``until`` holds year, month, day and quarter of the end of a period; ``slashed`` the two first numbers and the year
    of ``08/01/2026``; ``relative`` a unit and a shift; ``year_shift`` the year relative to publication (去年 is -1);
    ``void`` marks an expression that names no date of the common calendar.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    fiscal: bool = False
    time: str = ""
    until: Period | None = None
    slashed: tuple[int, int, int] | None = None
    relative: tuple[str, int] | None = None
    year_shift: int | None = None
    same_period: bool = False
    void: bool = False


CLOCK = lazily(
    r" ?(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上?|晚间)? ?(?P<h>[01]?[0-9]|2[0-4])[:：](?P<min>[0-5][0-9])(?![0-9])"
)
CLOCK_BEFORE = lazily(r"(?<![0-9:])(?P<h>[01]?[0-9]|2[0-3]):(?P<min>[0-5][0-9])(?::[0-5][0-9])? ?(?:[ap]m)?,? \Z")


def clock_time(hour: str, minute: str, part: str | None) -> str:
    """Return ``HH:MM`` on the 24-hour clock; 下午 and 晚 add twelve hours.

    >>> clock_time("3", "05", "下午")
    '15:05'

    """
    value = int(hour)
    if part in ("下午", "傍晚", "晚", "晚上", "晚间") and value < 12:
        value += 12
    return f"{value % 24:02d}:{minute}"
