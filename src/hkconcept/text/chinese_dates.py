"""Chinese calendar expressions: 2026年7月2日, 7月, 第四季度, 2025年前三季度, 上半年, 去年12月."""

from __future__ import annotations

import re

from hkconcept.text.lazily import lazily
from hkconcept.text.numerals import parse_chinese
from hkconcept.text.readings import CLOCK, Period, Reading, clock_time

__all__ = ["chinese_readings"]

_N = "〇零○一二三四五六七八九"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_D = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = r" ?(?:-|~|至|到|—|–) ?"

# A pattern that begins with a set of characters is found by a fast search; the whole match is the year.
_YEAR = lazily(
    r"[12一二去今明本上前](?:(?<=[12])(?<![0-9.][12])(?P<y>(?<=1)9[0-9]{2}|(?<=2)0[0-9]{2})"
    rf"|(?<=[一二])(?<![{_N}][一二])(?P<cy>[{_N}]{{3}})|(?P<shift>(?<=[去今明前])年|(?<=[本上])年度?))"
)
_YEAR_TAIL = lazily(
    rf" ?(?P<n>年)? ?(?:(?P<m>{_M}) ?月份?(?: ?(?P<d>{_D}) ?[日号](?:{_TO}(?P<d2>{_D})[日号])?|(?P<mend>底|末)?)"
    rf"|(?P<m1>{_M})月?{_TO}(?P<m2>{_M})月(?!{_D}日)"
    r"|第?(?P<q>[一二三四1-4])季度?|q(?P<q2>[1-4])|h(?P<h2>[12])"
    r"|(?P<nine>[前首](?:三季度|三季|三个季度|3季度|9个月|九个月))"
    r"|(?P<h>上半年度?|下半年度?|中期|半年度)|(?P<half1>[前首](?:六个月|6个月))|(?P<fy>财年|财政年度|fy)"
    r"|(?P<end>年底|年末|底|末)|(?P<begin>年初|初)|(?P<same>年?同期)|(?P<plain>(?:全年)?年?度?))"
)
# Where an expression without a year may begin, as far as the characters before its 月, 季, 日 or 半年 tell.
_MAY_BEGIN = lazily(
    "[0-9一二三四五六七八九十第首前上下](?<![0-9.][0-9])"
    "(?=[0-9一二三四五六七八九十首]{0,2}(?:[月季日~至到—–-]| [月~至到—–-])|半年)"
)
_CHINESE = lazily(
    r"(?:"
    rf"(?<![0-9.一二三四五六七八九十])(?P<m>{_M})(?:月份?| 月(?= ?{_D} ?[日号]))"
    rf"(?: ?(?P<d>{_D}) ?[日号](?:{_TO}(?P<d2>{_D})[日号])?)?"
    rf"|(?<![0-9.])(?P<m1>1[0-2]|[1-9])月?{_TO}(?P<m2>1[0-2]|[1-9])月(?![0-9])"
    r"|(?<![年前])第?(?P<q>[一二三四首])季度?(?=[度业营收总净末末归的，、。 ]|$)"
    r"|(?P<nine>前三季度?)|(?P<h>上半年|下半年)"
    r"|(?<![0-9月年/.-])(?P<only>3[01]|[12][0-9]|[1-9])日(?=[，,、。晚上早午下凌电讯盘收公和及至起复召挂])"
    r"|(?<=日[、和及])(?P<next>3[01]|[12][0-9]|[1-9])日)"
)
_RELATIVE = lazily(
    r"(?P<day>今日|今天|昨日|昨天|昨晚|今晚|今早|今晨|明日|明天|前日|前天|当日|当天)|(?P<month>本月|上月|上个月|下月|下个月|当月)"
    r"|(?P<week>(?:本周|上周|下周|周|星期|礼拜)[一二三四五六日天])(?![0-9])|(?P<year>去年|今年|明年|前年)"
)
_SHIFT = {"去年": -1, "上年": -1, "上年度": -1, "今年": 0, "本年": 0, "本年度": 0, "明年": 1, "前年": -2}
_DAY_SHIFT = {"昨": -1, "今": 0, "明": 1, "前": -2, "当": 0}
_MONTH_BEFORE = "于在从自至到年"
_NO_MONTH_BEFORE = "近过个前每两几满第余多正足"
_NO_MONTH_AFTER = lazily(r"[龄亮球牛饼票供均薪息租老内后前度个线]|以[来内上]|[0-9]")
_THREE_QUARTERS: Period = (None, None, None, 3)


def _number(printed: str | None) -> int | None:
    if not printed:
        return None
    if printed[0].isascii():
        return int(printed)
    read = parse_chinese(printed)
    return None if read is None else int(read.value)


def chinese_readings(key: str, *, relative: bool) -> list[Reading]:
    """Read the Chinese calendar expressions of a folded text; some may overlap or make no date."""
    found: list[Reading] = []
    if "年" in key:
        found += _with_year(key)
    taken = {at for reading in found for at in range(reading.start, reading.end)}
    if "月" in key or "季" in key or "半年" in key or "日" in key:
        end = 0
        for begun in _MAY_BEGIN.finditer(key):
            start = begun.start()
            if start < end or (match := _CHINESE.match(key, start)) is None:
                continue
            end = match.end()
            if start not in taken and (reading := _bare(key, match)):
                found.append(reading)
    if relative:
        found += [reading for match in _RELATIVE.finditer(key) if (reading := _relative(match))]
    return found


def _with_year(key: str) -> list[Reading]:
    found: list[Reading] = []
    at = 0
    while match := _YEAR.search(key, at):
        at = match.end()
        tail = _YEAR_TAIL.match(key, at)
        if tail is None:
            continue
        named = bool(match["shift"])
        shift = _SHIFT[match[0]] if named else None
        if not (tail["n"] or named or tail["fy"] or tail["q"] or tail["q2"] or tail["h2"] or tail["h"] or tail["nine"]):
            continue
        if tail["n"] and key[match.end() : match.end() + 2] == "年前" and not tail["nine"]:
            continue
        year = int(match[0]) if match["y"] else _number(match[0]) if match["cy"] else None
        if named and not any(tail[name] for name in ("m", "m1", "q", "q2", "h", "h2", "nine", "half1", "end")):
            continue
        at = tail.end()
        found.append(_tail(key, match.start(), tail, year, shift))
    return found


def _tail(key: str, start: int, tail: re.Match[str], year: int | None, shift: int | None) -> Reading:
    reading = Reading(start, tail.end(), year, year_shift=shift)
    if tail["m"]:
        reading = _month(key, reading, tail)
    elif tail["m1"]:
        reading = reading._replace(month=_number(tail["m1"]), until=(None, _number(tail["m2"]), None, None))
    elif tail["q"] or tail["q2"]:
        reading = reading._replace(quarter=_number(tail["q"] or tail["q2"]))
    elif tail["nine"]:
        reading = reading._replace(quarter=1, until=_THREE_QUARTERS)
    elif tail["h"] or tail["h2"] or tail["half1"]:
        second = (tail["h"] or "").startswith("下") or tail["h2"] == "2"
        reading = reading._replace(half=2 if second else 1)
    elif tail["fy"]:
        reading = reading._replace(fiscal=True)
    elif tail["end"]:
        reading = reading._replace(month=12)
    elif tail["same"]:
        reading = reading._replace(same_period=True)
    return reading


def _month(key: str, reading: Reading, match: re.Match[str]) -> Reading:
    """Add month, day, clock time and the last day of a run of days (7月29日至31日)."""
    month, day = _number(match["m"]), _number(match["d"])
    end = reading.end
    clock = CLOCK.match(key, end) if day and ":" in key[end : end + 8] else None
    return Reading(
        reading.start,
        clock.end() if clock else end,
        reading.year,
        month,
        day,
        time=clock_time(clock["h"], clock["min"], clock["part"]) if clock else "",
        until=(None, month, _number(match["d2"]), None) if match["d2"] else None,
        year_shift=reading.year_shift,
    )


def _bare(key: str, match: re.Match[str]) -> Reading | None:  # noqa: PLR0911 - one return per kind of expression
    """Read an expression without a year."""
    reading = Reading(*match.span())
    if match["only"]:
        return reading._replace(day=int(match["only"])) if _day_stands_alone(key, reading.start) else None
    if match["next"]:
        return reading._replace(day=int(match["next"]))
    if match["m"]:
        return _month(key, reading, match) if _is_month(key, match) else None
    if match["m1"]:
        return reading._replace(month=int(match["m1"]), until=(None, int(match["m2"]), None, None))
    if match["q"]:
        return reading._replace(quarter=1 if match["q"] == "首" else _number(match["q"]))
    if match["nine"]:
        return reading._replace(quarter=1, until=_THREE_QUARTERS)
    return reading._replace(half=1 if match["h"].startswith("上") else 2)


def _day_stands_alone(key: str, start: int) -> bool:
    before = key[start - 1] if start else " "
    return before != "-" and (not before.isalnum() or before in "于在至和及")


def _is_month(key: str, match: re.Match[str]) -> bool:
    """Whether 3月 is the month and not part of a number of months, a name or a code."""
    start, end = match.span()
    before = key[start - 1] if start else " "
    if before == "-" and key[start - 2 : start - 1] in ("日", "月", "年"):
        return True
    if before.isascii() and (before.isalnum() or before in "-/"):
        return False
    if not match["d"] and not match["m"].isdigit() and not (before in _MONTH_BEFORE or key[end - 1] == "份"):
        return False  # 十月稻田, 三月兔: in characters, a month alone is as often a name
    return bool(match["d"]) or (before not in _NO_MONTH_BEFORE and not _NO_MONTH_AFTER.match(key, end))


def _relative(match: re.Match[str]) -> Reading | None:
    printed = match[0]
    if match["day"]:
        return Reading(*match.span(), relative=("day", _DAY_SHIFT[printed[0]]))
    if match["month"]:
        shift = -1 if printed[0] == "上" else 1 if printed[0] == "下" else 0
        return Reading(*match.span(), relative=("month", shift))
    if match["week"]:
        weekday = "一二三四五六日".find(printed[-1]) if printed[-1] != "天" else 6
        if printed[0] in "上下":
            return None
        return Reading(*match.span(), relative=("weekday", weekday))
    return Reading(*match.span(), relative=("year", _SHIFT[printed]))
