"""Numerals of both languages: Arabic digits with separators, Chinese characters, English words.

Every parser returns the value together with its step, the value of one unit in the last printed
place, because the step decides how far a recomputed figure may lie from a printed one.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

__all__ = ["CHINESE_CHARACTERS", "ENGLISH_WORD", "Numeral", "parse_chinese", "parse_digits", "parse_english"]

_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")}
_DIGIT |= {"〇": 0, "○": 0, "两": 2, "俩": 2, "仨": 3, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
_DIGIT |= {"陆": 6, "柒": 7, "捌": 8, "玖": 9, "幺": 1}
_PLACE = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_TENS = {"廿": 20, "卅": 30}
_MYRIAD = {"万": 10**4, "亿": 10**8}

CHINESE_CHARACTERS = "".join((*_DIGIT, *_PLACE, *_TENS, *_MYRIAD))

_MAX_CHARACTERS = 40
_MAX_DIGITS = 28


class Numeral(NamedTuple):
    """A parsed numeral: its value, the value of one unit in its last place, and the upper end of a range."""

    value: Decimal
    step: Decimal
    upper: Decimal | None = None


def parse_digits(printed: str) -> Numeral | None:
    """Read Arabic digits with thousands separators and a decimal point; ``None`` past 28 digits.

    >>> parse_digits("1,357.8")
    Numeral(value=Decimal('1357.8'), step=Decimal('0.1'), upper=None)

    """
    plain = printed.replace(",", "").replace("，", "")
    if not plain or len(plain) > _MAX_DIGITS:
        return None
    _, dot, decimals = plain.partition(".")
    return Numeral(Decimal(plain), Decimal(1).scaleb(-len(decimals)) if dot else Decimal(1))


def parse_chinese(printed: str) -> Numeral | None:
    """Read a Chinese numeral, positional or digit by digit, with ``点`` decimals and paired digits as a range.

    ``None`` for anything else, and for more than 40 characters. Simplified characters are expected
    (fold first); the formal ones of banknotes and contracts are read as well.

    >>> parse_chinese("五十八点三").value, parse_chinese("一万二千三百四十五").value
    (Decimal('58.3'), Decimal('12345'))
    >>> parse_chinese("两三百")
    Numeral(value=Decimal('200'), step=Decimal('100'), upper=Decimal('300'))

    """
    if not printed or len(printed) > _MAX_CHARACTERS:
        return None
    whole, dot, decimals = printed.partition("点")
    if dot:
        if not decimals or any(char not in _DIGIT for char in decimals):
            return None
        head = _integer(whole)
        if head is None or head.upper is not None:
            return None
        step = Decimal(1).scaleb(-len(decimals))
        tail = Decimal(int("".join(str(_DIGIT[char]) for char in decimals))) * step
        return Numeral(head.value + tail, step)
    return _integer(whole)


def _integer(printed: str) -> Numeral | None:
    if not printed:
        return None
    digits = [_DIGIT[char] for char in printed if char in _DIGIT]
    if len(digits) == len(printed):
        return _digit_string(printed, digits)
    paired = _pair(printed)
    if paired is not None:
        return paired
    return _positional(printed)


def _digit_string(printed: str, digits: list[int]) -> Numeral | None:
    if len(digits) == 1:
        return Numeral(Decimal(digits[0]), Decimal(1))
    if len(digits) == 2 and _approximate(printed[0], printed[1]):
        return Numeral(Decimal(digits[0]), Decimal(1), Decimal(digits[1]))
    if len(digits) > _MAX_DIGITS or "两" in printed:
        return None
    return Numeral(Decimal(int("".join(map(str, digits)))), Decimal(1))


def _approximate(low: str, high: str) -> bool:
    """Whether two digits in a row mean "the one or the other": neighbours, or the idiom three to five."""
    first, second = _DIGIT.get(low, 0), _DIGIT.get(high, 0)
    return 0 < first < second and (second == first + 1 or (first, second) == (3, 5))


def _pair(printed: str) -> Numeral | None:
    """Read 两三百, 七八十万 and 十七八 as ranges."""
    for at in range(len(printed) - 1):
        if printed[at] in _DIGIT and printed[at + 1] in _DIGIT and _approximate(printed[at], printed[at + 1]):
            low = _positional(printed[: at + 1] + printed[at + 2 :])
            high = _positional(printed[:at] + printed[at + 1 :])
            if low is None or high is None or low.value >= high.value:
                return None
            return Numeral(low.value, low.step, high.value)
    return None


def _positional(printed: str) -> Numeral | None:
    total, section, digit = 0, 0, -1
    place, step = 0, 1
    for char in printed:
        if char in _DIGIT:
            if digit > 0:
                return None
            digit = _DIGIT[char]
            if digit:
                step = 1
            # 一百二 is 120, while 一百零二 is 102.
            place = place if digit else 0
        elif char in _TENS:
            section, digit, step, place = section + _TENS[char], -1, 1, 0
        elif char in _PLACE:
            unit = _PLACE[char]
            section += (1 if digit in (-1, 0) else digit) * unit
            digit, place, step = -1, unit // 10, unit
        else:
            unit = _MYRIAD.get(char, 0)
            if not unit:
                return None
            section += max(digit, 0)
            if total and total < unit:
                total = (total + section) * unit
            else:
                total += (section or 1) * unit
            step *= unit
            section, digit, place = 0, -1, unit // 10
    if digit > 0:
        trailing = digit * place if place > 1 else digit
        section += trailing
        step = max(1, place)
    return Numeral(Decimal(total + section), Decimal(step))


_TEENS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: value for value, word in enumerate(_TEENS)}
_WORDS |= {word: 10 * value for value, word in enumerate(_TENS_WORDS, start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}

_ONE_WORD = "|".join(sorted((*_WORDS, *_SCALES), key=len, reverse=True))
ENGLISH_WORD = re.compile(
    rf"(?<![a-z0-9.$-])(?:(?:a|half a)[ -](?=dozen|hundred|thousand|million|billion|trillion))?(?:{_ONE_WORD})"
    rf"(?:(?:[ -]|[ ]and[ ])(?:{_ONE_WORD})(?![a-z])){{0,12}}(?![a-z0-9])"
)


def parse_english(printed: str) -> Numeral | None:
    """Read an English number in words (lower case); ``None`` when the words make no number.

    >>> parse_english("a dozen").value, parse_english("one hundred and twenty-three").value
    (Decimal('12'), Decimal('123'))

    """
    total, section, digit_seen, step = 0, 0, False, 1
    words = [word for word in re.split(r"[ -]+", printed) if word != "and"]
    half = words[:2] == ["half", "a"]
    for word in words[2:] if half else words:
        if word == "a":
            continue
        if word in _WORDS:
            value = _WORDS[word]
            if digit_seen and (value >= 20 or not (section % 10 == 0 and section % 100 >= 20 and value < 10)):
                return None
            section, digit_seen, step = section + value, True, 1
        else:
            scale = _SCALES[word]
            digit_seen, step = False, step * scale
            if scale in (100, 12):
                section = max(section, 1) * scale
            else:
                total, section = total + max(section, 1) * scale, 0
    whole = Decimal(total + section)
    return Numeral(whole / 2 if half else whole, Decimal(step))
