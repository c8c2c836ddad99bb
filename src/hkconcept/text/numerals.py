"""Numerals of both languages: Arabic digits with separators, Chinese characters, English words.

Every parser returns the value together with its step, the value of one unit in the last printed
place, because the step decides how far a recomputed figure may lie from a printed one.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from hkconcept.text.lazily import lazily

__all__ = [
    "CHINESE_CHARACTERS",
    "ENGLISH_WORD",
    "Numeral",
    "parse_chinese",
    "parse_digits",
    "parse_english",
    "parse_mixed",
]

_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")}
_DIGIT |= {"〇": 0, "○": 0, "两": 2, "俩": 2, "仨": 3, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
_DIGIT |= {"陆": 6, "柒": 7, "捌": 8, "玖": 9, "幺": 1}
_PLACE = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_TENS = {"廿": 20, "卅": 30}
# 兆 is a million in 兆瓦 and the like, so only the general recognisers ask for it.
_MYRIAD = {"万": 10**4, "亿": 10**8, "兆": 10**12}

CHINESE_CHARACTERS = "".join((*_DIGIT, *_PLACE, *_TENS, "万亿"))

_MAX_CHARACTERS = 40
_MAX_DIGITS = 28
# Texts repeat their numerals; a parsed one is immutable and may be shared.
_REMEMBERED = 4096
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(_MAX_DIGITS + 1))


class Numeral(NamedTuple):
    """A parsed numeral: its value, the value of one unit in its last place, and the upper end of a range."""

    value: Decimal
    step: Decimal
    upper: Decimal | None = None


@lru_cache(maxsize=_REMEMBERED)
def parse_digits(printed: str) -> Numeral | None:
    """Read Arabic digits with thousands separators and a decimal point; ``None`` past 28 digits.

    >>> parse_digits("1,357.8")
    Numeral(value=Decimal('1357.8'), step=Decimal('0.1'), upper=None)

    """
    plain = printed.replace(",", "").replace("，", "")
    length = len(plain)
    if not plain or length > _MAX_DIGITS:
        return None
    point = plain.find(".")
    return Numeral(Decimal(plain), _STEPS[length - point - 1] if point >= 0 else _STEPS[0])


@lru_cache(maxsize=_REMEMBERED)
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


def _positional(printed: Sequence[str]) -> Numeral | None:  # noqa: C901, PLR0912 - one branch per kind of character
    """Read places and myriads; an element is one character, or Arabic digits (5万4千)."""
    total: Decimal | int = 0
    section: Decimal | int = 0
    digit: Decimal | int = -1
    place, step, lowest = 0, 1, 0
    myriad = False
    for char in printed:
        after_myriad, myriad = myriad, False
        value: Decimal | int | None = _DIGIT.get(char)
        if value is None and "0" <= char[0] <= "9":
            value = Decimal(char)
        if value is not None:
            if digit > 0:
                return None
            digit = value
            if digit:
                step = 1
            # 一百二 is 120, while 一百零二 is 102.
            place = place if digit else 0
        elif char in _TENS:
            section, digit, step, place = section + _TENS[char], -1, 1, 0
        elif char in _PLACE:
            unit = _PLACE[char]
            if lowest and (unit >= lowest or (digit == -1 and section)):
                return None  # 五十千
            section += (1 if digit in (-1, 0) else digit) * unit
            digit, place, step, lowest = -1, unit // 10, unit, unit
        else:
            unit = _MYRIAD.get(char, 0)
            if not unit:
                return None
            section += max(digit, 0)
            if after_myriad and not section:
                total *= unit  # 万万, 万亿
            elif total and total < unit:
                total = (total + section) * unit
            else:
                total += (1 if digit < 0 and not section else section) * unit  # 0万 is nought, 万 alone one
            step *= unit
            section, digit, place, lowest, myriad = 0, -1, unit // 10, 0, True
    if digit > 0:
        trailing = digit * place if place > 1 else digit
        section += trailing
        step = max(1, place)
    return Numeral(Decimal(total + section), Decimal(step))


def parse_mixed(parts: Sequence[str]) -> Numeral | None:
    """Read a numeral that mixes Arabic digits with places and myriads: ``5``, ``万``, ``4``, ``千``.

    >>> parse_mixed(["5", "万", "4", "千", "6", "百"]).value
    Decimal('54600')

    """
    if len(parts) == 1 and "0" <= parts[0][0] <= "9":
        return parse_digits(parts[0])
    if all(len(part) == 1 for part in parts):
        return _integer("".join(parts))
    plain = [part.replace(",", "") for part in parts]
    return _positional(plain) if all(len(part) <= _MAX_DIGITS for part in plain) else None


_TEENS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
CARDINALS = {word: value for value, word in enumerate(_TEENS)}
CARDINALS |= {word: 10 * value for value, word in enumerate(_TENS_WORDS, start=2)}
ENGLISH_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
# Forms that only the general recognisers read.
WIDER_SCALES = {
    **ENGLISH_SCALES,
    "lakh": 10**5,
    "crore": 10**7,
    "dozens": 12,
    "dozs": 12,
    "doz": 12,
    "mil": 10**6,
    "mln": 10**6,
    "bln": 10**9,
    "tln": 10**12,
    "bn": 10**9,
    "mn": 10**6,
    "tn": 10**12,
}
_ONE_WORD = "|".join(sorted((*CARDINALS, *ENGLISH_SCALES), key=len, reverse=True))
ENGLISH_WORD = lazily(
    rf"(?<![a-z0-9.$-])(?:(?:a|half a)[ -](?=dozen|hundred|thousand|million|billion|trillion))?(?:{_ONE_WORD})"
    rf"(?:(?:[ -]|[ ]and[ ])(?:{_ONE_WORD})(?![a-z])){{0,12}}(?![a-z0-9])"
)


def parse_english(printed: str) -> Numeral | None:
    """Read an English number in words (lower case); ``None`` when the words make no number.

    >>> parse_english("a dozen").value, parse_english("one hundred and twenty-three").value
    (Decimal('12'), Decimal('123'))

    """
    words = [word for word in printed.replace("-", " ").split(" ") if word and word != "and"]
    half = words[:2] == ["half", "a"]
    read = parse_words(words[2:] if half else [word for word in words if word != "a"])
    return read._replace(value=read.value / 2) if half and read else read


def parse_words(words: Sequence[str]) -> Numeral | None:
    """Read cardinal words, scale words and Arabic digits: ``4``, ``thousand``, ``three``, ``hundred``, ``21``.

    >>> parse_words(["4", "thousand", "three", "hundred", "21"]).value
    Decimal('4321')

    """
    total: Decimal | int = 0
    section: Decimal | int = 0
    seen, scaled, step = False, False, 1
    for word in words:
        value: Decimal | int | None = CARDINALS.get(word)
        if value is None and word not in WIDER_SCALES:
            value = Decimal(word)
        if value is not None:
            joins = section % 10 == 0 and section % 100 >= 20 and 0 < value < 10
            if (seen and (value >= 20 or not joins)) or (section and value >= 100):
                return None
            section, seen, scaled, step = section + value, True, False, 1
            continue
        scale = WIDER_SCALES[word]
        step *= scale
        if scaled and not section and total:
            total *= scale  # three lakh crore
        elif scale in (100, 12):
            section = max(section, 1) * scale
        else:
            total, section = total + max(section, 1) * scale, 0
        seen, scaled = False, scale > 100
    return Numeral(Decimal(total + section), Decimal(step))
