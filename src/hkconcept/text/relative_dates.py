"""Dates in words, and those that lean on the day of publication: "next Friday", 上上周三, "two weeks ago"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator

from hkconcept.text.english_numbers import ORDINALS
from hkconcept.text.lazily import lazily
from hkconcept.text.numerals import CARDINALS, parse_chinese
from hkconcept.text.readings import Reading

__all__ = ["WEEKDAY_AFTER", "WEEKDAY_BEFORE", "relative_readings"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?![a-z])"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_ORDINAL_ONES = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_ORDINAL_TEENS = "|".join(word for word, value in ORDINALS.items() if 10 <= value <= 20 or value == 30)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_DAY = (
    r"(?:(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9a-z])"
    rf"|(?:(?:twenty|thirty)[ -])?(?:{_ORDINAL_ONES})(?![a-z])"
    rf"|(?:{_ORDINAL_TEENS})(?![a-z])|(?:(?:twenty|thirty)[ -](?:{_ONES})|{_TEENS}|{_ONES}|twenty|thirty)(?![a-z]))"
)
_TWO = rf"(?:(?:{_TENS})(?:[ -](?:{_ONES}))?|{_TEENS}|{_ONES})"
_YEAR = (
    rf"(?:(?:19|20)[0-9]{{2}}(?![0-9])|two thousand(?:(?: and)? {_TWO})?(?![a-z])|(?:nineteen|twenty) {_TWO}(?![a-z]))"
)
_COUNT = rf"(?:[0-9]{{1,3}}|(?:a )?few|an?|{_TWO})"
_UNIT = "(?P<{}>day|week|month|year)s?"

_MONTH_DAY = lazily(
    r"(?<![a-z0-9])(?:"
    rf"(?P<m1>{_MONTH})(?P<join>[ /-]?)(?:the )?(?P<d1>{_DAY})(?:,? (?P<y1>{_YEAR}))?"
    rf"|(?P<d2>{_DAY}) (?:of )?(?P<m2>{_MONTH})(?![a-z])(?:,? (?P<y2>{_YEAR}))?"
    rf"|(?P<y3>(?:19|20)[0-9]{{2}})[/-](?P<m3>{_MONTH})[/-](?P<d3>[0-9]{{1,2}})(?![0-9])"
    r")"
)
_OF_WEEK = lazily(
    rf"(?<![a-z])(?:(?:on )?(?P<w1>{_WEEKDAY}) (?:of )?(?P<s1>next|last|this) week"
    rf"|(?P<s2>next|last|this) week,? (?P<w2>{_WEEKDAY})|(?P<s3>next|last|this) (?P<w3>{_WEEKDAY})"
    rf"|(?P<count>{_COUNT}) (?P<w4>(?:mon|tues|wednes|thurs|fri|satur|sun)days?) (?:later|from now)"
    rf"|(?P<w5>{_WEEKDAY}),? the (?P<d5>{_DAY})"
    rf"|(?:the )?(?P<nth>first|second|third|fourth|fifth|last) (?P<w6>{_WEEKDAY})"
    r"(?: (?:of|in) (?P<s6>next|last|this|the) month)?)(?![a-z])"
)
_DAYS = lazily(
    r"(?<![a-z])(?:(?:the )?(?P<after>day after tomorrow)|(?:the )?(?P<before>day before yesterday)|(?P<next>next day)"
    rf"|(?P<last>the last day)|(?P<this>this day)|(?:the )?(?P<nth>{_DAY}) of (?P<month>next|last|this) month)(?![a-z])"
)
_SPAN = lazily(
    rf"(?<![a-z0-9.])(?:(?P<in>in )(?P<n0>{_COUNT}) {_UNIT.format('u0')}(?![a-z])"
    rf"|(?P<n1>{_COUNT}) {_UNIT.format('u1')}(?:(?: and|,)? (?P<n2>{_COUNT}) {_UNIT.format('u2')})?"
    r" (?P<way>ago|later|from (?:now|today|tomorrow|yesterday)))(?![a-z])"
)
_SHORT = lazily(
    r"(?<![a-z0-9./-])(?:(?P<hyphen>(?<=on )[0-9]{1,2}-[0-9]{1,2})(?![0-9/.-])"
    r"|(?P<slash>(?:0?[1-9]|1[0-2]|[12][0-9]|3[01])/(?:0?[1-9]|[12][0-9]|3[01])(?:,(?P<y>[0-9]{2}))?)(?![0-9/.])"
    r"|(?P<full>[0-9]{1,2}(?P<mark>[-/.])[0-9]{1,2}(?P=mark)[0-9]{1,2})(?![0-9/.-])"
    r"|(?P<spaced>(?:19|20)[0-9]{2} (?:0[1-9]|1[0-2]) (?:0[1-9]|[12][0-9]|3[01]))(?![0-9])"
    r"|(?P<old>1[0-8][0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?![0-9])"
    rf"|(?P<on>(?<=on )(?:3[01]|[12]?[0-9])(?:st|nd|rd|th)?)(?= ?(?:[.,;!?]|$))|(?P<the>the {_DAY})(?= ?(?:[.,;!?]|$)))"
)
_CHINESE = lazily(
    r"(?P<day>大前|大后|前|后|昨|今|明)[天日](?!报)"
    r"|(?P<shift>上上|下下|上|下|本|这)个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?![0-9])"
    r"|(?P<year>去年|前年|明年|今年)本月(?P<d0>[0-9一二三四五六七八九十]{1,3})[日号]"
    r"|(?P<only>(?<![0-9月年/.一二三四五六七八九十-])(?:3[01]|[12][0-9]|[1-9]))[日号](?![0-9元本])"
    r"|(?:农历)?(?:(?P<lunar>[0-9一二三四五六七八九十〇零]{1,4})年)?[正一二三四五六七八九十腊冬闰]{1,3}月(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?)"
    r"|大年(?:初[一二三四五六七八九十]|三十)"
    r"|(?:(?P<y>[0-9]{4}|[〇零一二三四五六七八九]{3,4}|两千)年)?(?P<m>十[一二]?|[一二三四五六七八九])月"
    r"(?P<d>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])(?![一二三四五六七八九十个])(?P<mark>[日号])?"
)
_DAY_SHIFT = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_WEEK_SHIFT = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2, "last": -1, "this": 0, "the": 0, "next": 1}
_YEAR_SHIFT = {"去年": -1, "前年": -2, "明年": 1, "今年": 0}
_FROM = {"from tomorrow": 1, "from yesterday": -1}
_FEW = 3
WEEKDAY_AFTER = lazily(rf"[,，]? ?(?:(?:周|星期|礼拜)[一二三四五六日天]|\((?:周|星期)[一二三四五六日天]\)|{_WEEKDAY})")
WEEKDAY_BEFORE = lazily(rf"(?<![a-z]){_WEEKDAY},? \Z")

_Find = Callable[["re.Match[str]", dt.date], "Reading | None"]


def relative_readings(key: str, anchor: dt.date | None, *, day_first: bool) -> list[Reading]:
    """Read the expressions of a folded text that need the day of publication, and dates in words.

    Weeks begin on Monday: "next Sunday" lies in the week after this one. A weekday or a day alone is the last one
    up to the day of publication. A date that no calendar has, and one of the lunar calendar, is ``void``: found
    without a value. Without ``anchor`` nothing is read.
    """
    if anchor is None:
        return []
    found: list[Reading] = []
    patterns: list[tuple[re.Pattern[str], _Find]] = [
        (_SHORT, lambda match, day: _short(match, day, day_first=day_first))
    ]
    if not key.isascii():
        patterns.append((_CHINESE, _chinese))
    if re.search("[a-z]{3}", key):
        patterns += [(_MONTH_DAY, _month_day), (_OF_WEEK, _of_week), (_DAYS, _days), (_SPAN, _span)]
    for pattern, read in patterns:
        found += _all(pattern, read, key, anchor)
    return found


def _all(pattern: re.Pattern[str], read: _Find, key: str, anchor: dt.date) -> Iterator[Reading]:
    for match in pattern.finditer(key):
        try:
            reading = read(match, anchor)
        except (ValueError, OverflowError):
            reading = Reading(*match.span(), void=True)
        if reading is not None:
            yield reading


def _on(match: re.Match[str], day: dt.date) -> Reading:
    return Reading(*match.span(), year=day.year, month=day.month, day=day.day)


def _count(printed: str) -> int:
    """Return a count or a day of the month: digits, ordinal or cardinal words, "few"."""
    digits = printed.rstrip("stndrh")
    if digits.isdigit():
        return int(digits)
    if printed.endswith("few"):
        return _FEW
    words = printed.replace("-", " ").split(" ")
    return sum(CARDINALS.get(word, 0) or ORDINALS.get(word, 0) or int(word in ("a", "an")) for word in words)


def _year(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    words = [word for word in printed.replace("-", " ").split(" ") if word != "and"]
    if words[:2] == ["two", "thousand"]:
        return 2000 + sum(CARDINALS[word] for word in words[2:])
    return 100 * CARDINALS[words[0]] + sum(CARDINALS[word] for word in words[1:])


def _weekday(printed: str) -> int:
    return _WEEKDAYS.index(printed[:3])


def _month_day(match: re.Match[str], _: dt.date) -> Reading | None:
    which = next(place for place in "123" if match["m" + place])
    if which == "1" and not match["join"] and not match["d1"][0].isdigit():
        return None
    year = match["y" + which]
    month = _MONTHS.index(match["m" + which][:3]) + 1
    return Reading(*match.span(), _year(year) if year else None, month, _count(match["d" + which]))


def _of_week(match: re.Match[str], anchor: dt.date) -> Reading | None:
    monday = anchor - dt.timedelta(days=anchor.weekday())
    for which in "123":
        if match["w" + which]:
            weeks = _WEEK_SHIFT[match["s" + which]]
            return _on(match, monday + dt.timedelta(days=7 * weeks + _weekday(match["w" + which])))
    if match["w4"]:
        first = (_weekday(match["w4"]) - anchor.weekday() - 1) % 7 + 1
        return _on(match, anchor + dt.timedelta(days=first + 7 * (_count(match["count"]) - 1)))
    if match["w5"]:
        return _on(match, anchor.replace(day=_count(match["d5"])))
    if match["nth"] == "last" and not match["s6"]:
        return None
    first_day = _month_shifted(anchor.replace(day=1), _WEEK_SHIFT[match["s6"] or "this"])
    return _on(match, _nth_weekday(first_day, match["nth"], _weekday(match["w6"])))


def _nth_weekday(first_day: dt.date, nth: str, weekday: int) -> dt.date:
    days = calendar.monthrange(first_day.year, first_day.month)[1]
    first = 1 + (weekday - first_day.weekday()) % 7
    at = first + 7 * ((days - first) // 7 if nth == "last" else ORDINALS[nth] - 1)
    return first_day.replace(day=at)


def _month_shifted(day: dt.date, months: int) -> dt.date:
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _days(match: re.Match[str], anchor: dt.date) -> Reading:
    if match["nth"]:
        month = _month_shifted(anchor.replace(day=1), _WEEK_SHIFT[match["month"]])
        return _on(match, month.replace(day=_count(match["nth"])))
    shift = 2 if match["after"] else -2 if match["before"] else 1 if match["next"] else -1 if match["last"] else 0
    return _on(match, anchor + dt.timedelta(days=shift))


def _span(match: re.Match[str], anchor: dt.date) -> Reading:
    way = match["way"] or "later"
    sign = -1 if way == "ago" else 1
    day = anchor + dt.timedelta(days=_FROM.get(way, 0))
    for which in "012":
        if not match["n" + which]:
            continue
        count, unit = sign * _count(match["n" + which]), match["u" + which]
        if unit in ("month", "year"):
            day = _month_shifted(day, count * (12 if unit == "year" else 1))
        else:
            day += dt.timedelta(days=count * (7 if unit == "week" else 1))
    return _on(match, day)


def _short(match: re.Match[str], anchor: dt.date, *, day_first: bool) -> Reading | None:
    if match["on"] or match["the"]:
        return _last_day(match, _count((match["on"] or match["the"]).removeprefix("the ")), anchor)
    printed = match["spaced"] or match["old"]
    if printed:
        year, month, day = (int(part) for part in re.split("[ -]", printed))
        return Reading(*match.span(), year, month, day)
    first, second, *rest = (int(part) for part in re.split("[-/.,]", match[0]))
    if not rest:
        month, day = (second, first) if (day_first and 1 <= second <= 12) or first > 12 else (first, second)
        return Reading(*match.span(), None, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None
    if first > 12 and not 1 <= rest[0] <= 12 and rest[0] > 31:
        return None
    if first > 12 and 1 <= second <= 12 and rest[0] <= 31 and len(match[0].split(match["mark"] or "/")[2]) == 1:
        return Reading(*match.span(), _century(first), second, rest[0])  # 27-7-3: the year first
    month, day = (second, first) if (day_first and second <= 12) or first > 12 else (first, second)
    return Reading(*match.span(), _century(rest[0]), month, day)


def _century(year: int) -> int:
    return 2000 + year if year < 50 else 1900 + year


def _last_day(match: re.Match[str], day: int, anchor: dt.date) -> Reading | None:
    month = anchor.replace(day=1)
    for _ in range(4):
        if day <= calendar.monthrange(month.year, month.month)[1] and month.replace(day=day) <= anchor:
            return _on(match, month.replace(day=day))
        month = _month_shifted(month, -1)
    return None


def _chinese(match: re.Match[str], anchor: dt.date) -> Reading | None:  # noqa: PLR0911 - one per kind
    if match["day"]:
        return _on(match, anchor + dt.timedelta(days=_DAY_SHIFT[match["day"]]))
    if match["shift"]:
        monday = anchor - dt.timedelta(days=anchor.weekday())
        weekday = 6 if match["weekday"] == "天" else "一二三四五六日".index(match["weekday"])
        return _on(match, monday + dt.timedelta(days=7 * _WEEK_SHIFT[match["shift"]] + weekday))
    if match["year"]:
        return Reading(
            *match.span(), anchor.year + _YEAR_SHIFT[match["year"]], anchor.month, _chinese_number(match["d0"])
        )
    if match["only"]:
        return _last_day(match, int(match["only"]), anchor)
    if match["m"] is None:
        return Reading(*match.span(), void=True)
    if match["mark"] is None and match["d"] in "一二三四五六七八九" and match["y"] is None:
        return None  # 三月三: a festival or a name
    year = match["y"]
    return Reading(
        *match.span(),
        2000 if year == "两千" else _chinese_number(year) if year else None,
        _chinese_number(match["m"]),
        _chinese_number(match["d"]),
    )


def _chinese_number(printed: str) -> int:
    if printed.isdigit() and printed.isascii():
        return int(printed)
    read = parse_chinese(printed)
    if read is None:
        raise ValueError(printed)
    return int(read.value)
