"""English calendar expressions: "Jan. 7, 2026", "7 January", "first half of 2026", "end of 2025"."""

from __future__ import annotations

import re

from hkconcept.text.lazily import lazily
from hkconcept.text.readings import Period, Reading

__all__ = ["english_readings"]

_MONTH_NAMES = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTHS = {name: at for at, names in enumerate(_MONTH_NAMES, start=1) for name in names}
_MON = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4}
_ORD = "(?:" + "|".join(_ORDINALS) + ")"
_TO = " ?(?:-|–|to) ?"

_ENGLISH = lazily(
    r"(?<![a-z0-9])(?:"
    rf"(?P<m1>{_MON}) (?P<d1>{_DAY})(?:{_TO}(?:(?P<m1b>{_MON}) )?(?P<d1b>{_DAY})(?! ?(?:million|billion|%)))?"
    rf"(?:,? (?P<y1>{_YEAR}))?"
    rf"|(?P<d2>{_DAY})(?:{_TO}(?P<d2b>{_DAY}))? (?:of )?(?P<m2>{_MON})(?:,? (?P<y2>{_YEAR}))?(?![a-z])"
    rf"|(?P<m3>{_MON}),? (?:of )?(?P<y3>{_YEAR})"
    rf"|(?:the )?(?P<o4>{_ORD})(?P<join>[ -])(?P<p4>quarter|half|nine months|six months)"
    rf"(?: (?:of )?(?:the year )?(?:fiscal (?:year )?)?(?P<y4>{_YEAR}))?"
    rf"|(?P<edge>(?:the )?end of|year[- ]end|late|mid-?|early) ?(?P<y5>{_YEAR})"
    rf"|(?P<y6>{_YEAR})[ -](?P<o6>{_ORD})[ -](?P<p6>quarter|half)"
    rf"|(?:fiscal year|fiscal|financial year) ?(?P<y7>{_YEAR})"
    rf"|(?P<m8>{_MON})(?![a-z])"
    r")"
)
# A month on its own is a date only after a word of time: "in March", not "March of Dimes" or "may".
_TIME_WORD = lazily(
    r"(?:^|[^a-z])(?:in|since|by|until|through|from|late|early|mid|last|this|next|of|between|and|during|before|after)"
    r"[ -]\Z"
)
_RELATIVE = lazily(
    r"(?<![a-z])(?:(?P<day>today|yesterday|tomorrow)|(?P<last>last|this|next) (?P<unit>year|month)"
    r"|(?:on )?(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday))(?![a-z])"
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_SHIFT = {"yesterday": -1, "today": 0, "tomorrow": 1}
_SHIFT = {"last": -1, "this": 0, "next": 1}
# One of these stands in every expression that is not relative.
_STEMS = (
    *(names[-1] for names in _MONTH_NAMES),
    *("quarter", "half", " months", "end", "late", "mid", "early", "fiscal"),
)
_STEMS += ("financial year",)
_LETTERS = lazily("[a-z]{3}")
_THREE_QUARTERS: Period = (None, None, None, 3)


def english_readings(text: str, key: str, *, relative: bool) -> list[Reading]:
    """Read the English calendar expressions of a folded text; some may overlap or make no date.

    ``text`` is the text before folding: a month that is printed in lower case ("may", "march") is a verb.
    """
    if not _LETTERS.search(key) or not (relative or any(stem in key for stem in _STEMS)):
        return []
    found = [reading for match in _ENGLISH.finditer(key) if (reading := _read(text, key, match))]
    if relative:
        found += [_relative(match) for match in _RELATIVE.finditer(key)]
    return found


def _number(printed: str | None) -> int | None:
    return int(printed.rstrip("stndrh")) if printed else None


def _month(printed: str) -> int:
    return _MONTHS[printed.rstrip(".")]


def _read(text: str, key: str, match: re.Match[str]) -> Reading | None:
    if match["m1"] or match["m2"]:
        return _with_day(text, match)
    if match["o4"] or match["o6"]:
        return _part_of_year(match)
    reading = Reading(*match.span())
    if match["m3"]:
        return reading._replace(year=int(match["y3"]), month=_month(match["m3"]))
    if match["y5"]:
        return reading._replace(year=int(match["y5"]), month=12 if "end" in match["edge"] else None)
    if match["y7"]:
        return reading._replace(year=int(match["y7"]), fiscal=True)
    alone = text[reading.start].isupper() and _TIME_WORD.search(key[max(0, reading.start - 9) : reading.start])
    return reading._replace(month=_month(match["m8"])) if alone else None


def _with_day(text: str, match: re.Match[str]) -> Reading | None:
    which = "1" if match["m1"] else "2"
    name = match["m" + which]
    if text[match.start("m" + which)].islower() and (which == "2" or name in ("may", "march", "mar", "dec")):
        return None
    month, last = _month(name), _number(match[f"d{which}b"])
    until: Period | None = None
    if last:
        until = (None, _month(match["m1b"]) if match["m1b"] else month, last, None)
    year, day = _number(match["y" + which]), _number(match["d" + which])
    return Reading(*match.span(), year, month, day, until=until)


def _part_of_year(match: re.Match[str]) -> Reading | None:
    ordinal, period = _ORDINALS[match["o4"] or match["o6"]], match["p4"] or match["p6"]
    reading = Reading(*match.span(), _number(match["y4"] or match["y6"]))
    if reading.year is None and match["join"] == "-":
        return None  # "fourth-quarter earnings season" names no date of its own
    if period == "quarter":
        return reading._replace(quarter=ordinal)
    if ordinal == 1 and period == "nine months":
        return reading._replace(quarter=1, until=_THREE_QUARTERS)
    if ordinal == 1 or (ordinal == 2 and period == "half"):
        return reading._replace(half=ordinal)
    return None


def _relative(match: re.Match[str]) -> Reading:
    span = match.span()
    if match["day"]:
        return Reading(*span, relative=("day", _DAY_SHIFT[match["day"]]))
    if match["weekday"]:
        return Reading(*span, relative=("weekday", _WEEKDAYS.index(match["weekday"])))
    return Reading(*span, relative=(match["unit"], _SHIFT[match["last"]]))
