"""Dates in digits: 2026-01-07, 08/01/2026, 20260107, Q1 2026, 1H25, FY2026, 2024-2026年, and bare years."""

from __future__ import annotations

import re

from hkconcept.text.lazily import lazily
from hkconcept.text.readings import CLOCK, CLOCK_BEFORE, Reading, clock_time

__all__ = ["numeric_readings"]

_Y = "(?:20)?[0-9]{2}"
# 2026首届, 2025实现收入: words that make a number of four digits a year though no 年 follows.
_SPOKEN_OF = r"首届|第[一二三四五六七八九十]{1,3}届|实现|成绩单|业绩|营收|净利"
_NUMERIC = lazily(
    r"(?=[0-9qhf])(?<![a-z0-9.:/_-])(?:"
    r"(?P<y>(?:19|20)[0-9]{2})(?P<s1>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s1)(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9])"
    r"|(?P<first>[0-9]{1,2})(?P<s2>[/.-])(?P<second>[0-9]{1,2})(?P=s2)(?P<y2>(?:19|20)[0-9]{2})(?![0-9])"
    r"|(?P<compact>(?:19[5-9]|20[0-4])[0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9])"
    rf"|q(?P<q1>[1-4])[ -]?(?:of |fy)?'?(?P<y3>{_Y})(?![0-9%]|\.[0-9])|(?P<q2>[1-4])q ?'?(?P<y4>{_Y})(?![0-9%]|\.[0-9])"
    rf"|(?P<y5>{_Y})[ -]?q(?P<q3>[1-4])(?![0-9a-z])"
    rf"|h(?P<h1>[12])[ -]?(?:of |fy)?'?(?P<y6>{_Y})(?![0-9%]|\.[0-9])|(?P<h2>[12])h ?'?(?P<y7>{_Y})(?![0-9%]|\.[0-9])"
    rf"|(?P<y8>{_Y})[ -]?h(?P<h3>[12])(?![0-9a-z])"
    rf"|(?P<fiscal>fy) ?'?(?P<y9>{_Y})(?![0-9])"
    r"|(?P<from>(?:19|20)[0-9]{2})年?[-~至/](?P<to>(?:19|20)[0-9]{2})(?:年|(?![0-9a-z./-]))"
    r"|(?P<bare>(?:19[5-9]|20[0-4])[0-9])(?:(?![0-9a-z_%\u2e80-\uffee]|[-.,:/][0-9]|-[a-z])"
    rf"|(?={_SPOKEN_OF}))"
    r")"
)
# Found in every text with a date that _NUMERIC reads. Most Chinese news has only years before 年.
_ALONE = r"(?:[^\u2e80-\uffee]|至|年[-~至/]|$)"
_HINT = lazily(
    rf"2(?:0[0-9]{{2}}(?:{_ALONE}|{_SPOKEN_OF})|h)|1(?:9[0-9]{{2}}{_ALONE}|h)|q|fy|h[12]"
    r"|/(?:19|20)[0-9]{2}|-(?:19|20)[0-9]{2}|\.(?:19|20)[0-9]{2}"
)
_NO_YEAR_BEFORE = lazily(
    r"(?:[$€£¥#&]|(?<![a-z])(?:no\.|rmb|hkd|usd|code:?|over|than|about|nearly|order|room) ?|代[号码][:： ]?)\Z"
)
_NO_YEAR_AFTER = lazily(r" (?:ventures|people|patients|participants|shares|employees|doses|companies|million|mg|units)")


def numeric_readings(key: str) -> list[Reading]:
    """Read the calendar expressions in digits of a folded text; some may overlap or make no date."""
    if not _HINT.search(key):
        return []
    return [reading for match in _NUMERIC.finditer(key) if (reading := _read(key, match))]


def _year(printed: str) -> int:
    return int(printed) if len(printed) == 4 else 2000 + int(printed)


def _any(match: re.Match[str], *names: str) -> str:
    return next((match[name] for name in names if match[name]), "")


def _read(key: str, match: re.Match[str]) -> Reading | None:
    reading = Reading(*match.span())
    if match["bare"]:
        return reading._replace(year=int(match["bare"])) if _is_year(key, reading) else None
    if match["y"]:
        return _with_clock(key, reading._replace(year=int(match["y"]), month=int(match["m"]), day=int(match["d"])))
    if match["first"]:
        parts = int(match["first"]), int(match["second"]), int(match["y2"])
        return _with_clock(key, reading._replace(slashed=parts))
    if match["compact"]:
        digits = match["compact"]
        day = reading._replace(year=int(digits[:4]), month=int(digits[4:6]), day=int(digits[6:]))
        return _with_clock(key, day)
    if match["from"]:
        first, last = int(match["from"]), int(match["to"])
        return reading._replace(year=first, until=(last, None, None, None)) if first < last else None
    quarter, half = _any(match, "q1", "q2", "q3"), _any(match, "h1", "h2", "h3")
    return reading._replace(
        year=_year(_any(match, "y3", "y4", "y5", "y6", "y7", "y8", "y9")),
        quarter=int(quarter) if quarter else None,
        half=int(half) if half else None,
        fiscal=bool(match["fiscal"]),
    )


def _is_year(key: str, reading: Reading) -> bool:
    window = key[max(0, reading.start - 10) : reading.start]
    return not (_NO_YEAR_BEFORE.search(window) or _NO_YEAR_AFTER.match(key, reading.end))


def _with_clock(key: str, reading: Reading) -> Reading:
    """Add the clock time printed right after the date, or right before it (08:07 08/01/2026)."""
    after = CLOCK.match(key, reading.end)
    if after:
        return reading._replace(end=after.end(), time=clock_time(after["h"], after["min"], after["part"]))
    before = CLOCK_BEFORE.search(key[max(0, reading.start - 14) : reading.start])
    if before:
        start = reading.start - len(before[0])
        return reading._replace(start=start, time=clock_time(before["h"], before["min"], None))
    return reading
