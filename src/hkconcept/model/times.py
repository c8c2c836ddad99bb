"""Dates as printed, and moments as known: partial dates, moments with a stated precision.

Hong Kong and mainland China both keep UTC+8 without summer time (Hong Kong since 1979, the
mainland since 1991), so one fixed offset serves every document this package reads.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["HKT", "Moment", "PartialDate"]

HKT = dt.timezone(dt.timedelta(hours=8), "HKT")

_PARTIAL = re.compile(
    r"(?:(?P<fiscal>FY)(?P<fy>\d{4})|(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|"
    r"(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?)"
)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A calendar date with the precision that was printed: day, month, quarter, half, year.

    ``str()`` gives the interchange form: ``2026-01-07``, ``2026-01``, ``2026-Q1``, ``2026-H1``,
    ``2026``, ``FY2026``.

    >>> str(PartialDate(2026, 1, 7)), str(PartialDate(2026, half=1))
    ('2026-01-07', '2026-H1')
    >>> PartialDate(2026, quarter=1).last_day
    datetime.date(2026, 3, 31)

    """

    year: int
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    fiscal: bool = False

    def __post_init__(self) -> None:
        """Refuse a date that no calendar has."""
        if not 1 <= self.year <= 9999:
            msg = f"year {self.year} is outside 1..9999"
            raise ValueError(msg)
        if self.month is not None and not 1 <= self.month <= 12:
            msg = f"month {self.month} is outside 1..12"
            raise ValueError(msg)
        if self.day is not None:
            if self.month is None:
                msg = f"day {self.day} of {self.year} has no month"
                raise ValueError(msg)
            dt.date(self.year, self.month, self.day)
        if self.quarter is not None and not 1 <= self.quarter <= 4:
            msg = f"quarter {self.quarter} is outside 1..4"
            raise ValueError(msg)
        if self.half is not None and self.half not in (1, 2):
            msg = f"half {self.half} is outside 1..2"
            raise ValueError(msg)

    @classmethod
    def of(cls, day: dt.date) -> PartialDate:
        """Return the full date of a ``datetime.date``."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read the interchange form back; raise ``ValueError`` for anything else.

        >>> PartialDate.parse("2026-Q1") == PartialDate(2026, quarter=1)
        True

        """
        found = _PARTIAL.fullmatch(text)
        if not found:
            msg = f"{text!r} is not a date of the form 2026-01-07, 2026-01, 2026-Q1, 2026-H1, 2026 or FY2026"
            raise ValueError(msg)
        part = {name: int(value) for name, value in found.groupdict().items() if value and name != "fiscal"}
        if "fy" in part:
            return cls(part["fy"], fiscal=True)
        return cls(part["year"], part.get("month"), part.get("day"), part.get("quarter"), part.get("half"))

    @property
    def first_day(self) -> dt.date:
        """First day covered (a fiscal year is taken as the calendar year)."""
        month = self.month or (3 * self.quarter - 2 if self.quarter else 0) or (7 if self.half == 2 else 1)
        return dt.date(self.year, month, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """Last day covered, inclusive."""
        if self.day is not None:
            return self.first_day
        month = self.month or (3 * self.quarter if self.quarter else 0) or (6 if self.half == 1 else 12)
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])

    def before(self, base: str) -> PartialDate | None:
        """Return the same period of the year before (``year on year``), or the period before (``period on period``).

        ``None`` where that is no calendar period: a day of a leap year, or a day's predecessor.

        >>> str(PartialDate(2026, quarter=1).before("period on period"))
        '2025-Q4'

        """
        if base == "year on year":
            try:
                return PartialDate(self.year - 1, self.month, self.day, self.quarter, self.half, self.fiscal)
            except ValueError:
                return None
        if self.day is not None:
            return None
        part = self.quarter or self.half or self.month
        return PartialDate(
            self.year - 1 if part in (None, 1) else self.year,
            month=(self.month - 1 or 12) if self.month else None,
            quarter=(self.quarter - 1 or 4) if self.quarter else None,
            half=(self.half - 1 or 2) if self.half else None,
            fiscal=self.fiscal,
        )

    def __str__(self) -> str:
        """Return the interchange form."""
        if self.fiscal:
            return f"FY{self.year:04d}"
        if self.quarter:
            return f"{self.year:04d}-Q{self.quarter}"
        if self.half:
            return f"{self.year:04d}-H{self.half}"
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time with the precision that its source gave.

    ``at`` is timezone-aware. With precision ``day`` it stands for the first instant of that day in
    Hong Kong, and nothing may be concluded about the time of day. ``zone_assumed`` is true when the
    source printed no zone and Hong Kong time was taken.
    """

    at: dt.datetime
    precision: Literal["day", "minute", "second"] = "minute"
    zone_assumed: bool = False
    printed: str = ""

    def __post_init__(self) -> None:
        """Refuse a naive time: a moment without a zone cannot be compared."""
        if self.at.tzinfo is None:
            msg = "a Moment needs a timezone-aware datetime"
            raise ValueError(msg)

    @classmethod
    def of_day(cls, day: dt.date, *, printed: str = "") -> Moment:
        """Return a moment known only to the day, in Hong Kong time."""
        return cls(dt.datetime(day.year, day.month, day.day, tzinfo=HKT), "day", zone_assumed=True, printed=printed)

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Read ``2026-01-08`` or an ISO date-time (``T`` or a space); without an offset, HKT is assumed.

        >>> Moment.parse("2026-01-08 08:07").at.isoformat()
        '2026-01-08T08:07:00+08:00'

        """
        if re.fullmatch(r"\d{8}", text):
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return cls.of_day(dt.date.fromisoformat(text), printed=text)
        at = dt.datetime.fromisoformat(text)
        assumed = at.tzinfo is None
        if assumed:
            at = at.replace(tzinfo=HKT)
        return cls(at, "second" if at.second else "minute", zone_assumed=assumed, printed=text)

    @property
    def day(self) -> dt.date:
        """The calendar day in Hong Kong."""
        return self.at.astimezone(HKT).date()

    @property
    def known_by(self) -> dt.datetime:
        """The first instant at which the fact is certainly known: the end of the day for a day's precision."""
        return self.at + dt.timedelta(days=1) if self.precision == "day" else self.at

    def __str__(self) -> str:
        """Return ``2026-01-07`` or ``2026-01-08 08:07 HKT``."""
        local = self.at.astimezone(HKT)
        return local.strftime("%Y-%m-%d") if self.precision == "day" else local.strftime("%Y-%m-%d %H:%M HKT")
