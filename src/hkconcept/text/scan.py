"""Finding numerals: every place in a folded text where a number is printed, before any unit is read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from hkconcept.model import Span
from hkconcept.text.lazily import lazily
from hkconcept.text.numerals import CHINESE_CHARACTERS, ENGLISH_WORD, parse_chinese, parse_digits, parse_english
from hkconcept.text.units import ENGLISH_SCALE, SCALE, SCALES

__all__ = ["ADDRESS", "Exclusion", "Number", "english_prose", "numbers"]

# Web addresses hold digits that are no numbers.
ADDRESS = lazily(r"(?:https?://|www\.)[!-~]{1,2000}")
_CJK = lazily(r"[\u3400-\u9fff]")
# A pattern that begins with a set of characters is found by a fast search, so what must not stand before the first
# digit is asked after it.
_DIGITS = r"(?<![0-9][0-9])(?<![0-9][,.][0-9])(?:[0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]*)(?:\.[0-9]+)?"
_CHINESE = rf"[{CHINESE_CHARACTERS}]*(?:点[零一二三四五六七八九]+)?"
_NUMERAL = lazily(rf"[0-9{CHINESE_CHARACTERS}](?:(?<=[0-9]){_DIGITS}|(?<=[{CHINESE_CHARACTERS}]){_CHINESE})")
# The last letters of currency codes: RMB5, HKD3.
_CURRENCY_LETTERS = frozenset("bdyrpfwkn")
_PLAIN_DIGITS = frozenset("零〇○一二三四五六七八九两")
# 500多家, 20余款, 十几家: more than the printed number.
_MORE_STARTS, _SCALE_STARTS = frozenset("多余几+"), frozenset(" 十百千万亿佰仟")
_MORE = lazily(r"[多余几](?!分|元化|样|次元|式|组学|个月)|\+(?=家|款|项|种|个|亿|万| [a-z])")
# 17m euros, 2T won: a currency in words makes a single letter a scale.
_MONEY_AFTER = lazily(r" (?:euros?|dollars|pounds|francs|won|yen|yuan|rupees|kron(?:er|or|a|e))(?![a-z])")


class Number(NamedTuple):
    """A number as printed in a folded text: span, value and step with the scale word applied.

    ``scale`` is the scale word that was printed after digits, ``form`` one of ``digits``, ``chinese`` and
    ``words``; ``more`` is true when 多 or 余 makes the number a lower bound.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    upper: Decimal | None
    scale: str
    form: str
    more: bool


class Exclusion:
    """Whether a span touches one of the spans that are not to be read as figures."""

    def __init__(self, spans: Sequence[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends: list[int] = []
        furthest = 0
        for span in ordered:
            furthest = max(furthest, span.end)
            self._ends.append(furthest)

    def touches(self, start: int, end: int) -> bool:
        """Whether any excluded span shares a character with ``start:end``."""
        at = bisect_right(self._starts, end - 1) - 1
        return at >= 0 and self._ends[at] > start


def english_prose(key: str) -> bool:
    """Whether number words are to be read: the text is not mainly Chinese."""
    if key.isascii():
        return True
    # Chinese characters and punctuation take three bytes each; only a text between the two is counted out.
    wide, length = (len(key.encode("utf-8", "surrogatepass")) - len(key)) // 2, len(key)
    if 2 * wide > length:
        return False
    return 3 * len(_CJK.findall(key)) < length


def numbers(text: str, key: str, *, english: bool, skip: Callable[[int, int], bool] | None = None) -> Iterator[Number]:
    """Yield the numbers of a folded text in reading order.

    ``english`` says whether number words are read; ``skip`` is asked about each span before it is parsed.
    """
    found: list[Number] = []
    for match in _NUMERAL.finditer(key):
        start, end = match.span()
        left = key[start - 1] if start else " "
        if "a" <= left <= "z" and left not in _CURRENCY_LETTERS:
            continue  # part of a name: CM512, HER2
        if skip is not None and skip(start, end):
            continue
        number = _read(text, key, match)
        if number is not None:
            found.append(number)
    if english:
        words = [number for match in ENGLISH_WORD.finditer(key) if (number := _words(match)) is not None]
        taken = {number.start for number in found}
        inner = [word for word in words if not any(at in taken for at in range(word.start, word.end))]
        scales = {number.end for number in found}
        found = sorted([*found, *(w for w in inner if w.start not in scales)], key=lambda number: number.start)
    end = 0
    for number in found:
        if number.start >= end:
            yield number
            end = number.end


def _words(match: re.Match[str]) -> Number | None:
    printed = match[0]
    read = parse_english(printed)
    if read is None or printed in ("hundred", "thousand", "million", "billion", "trillion", "dozen", "zero"):
        return None
    return Number(match.start(), match.end(), read.value, read.step, None, "", "words", more=False)


def _read(text: str, key: str, match: re.Match[str]) -> Number | None:
    printed, start, end = match[0], match.start(), match.end()
    chinese = not printed[0].isdigit() or not printed[0].isascii()
    read = parse_chinese(printed) if chinese else parse_digits(printed)
    if read is None:
        return None
    value, step, upper = read
    if chinese and upper is None and end - start > 1 and all(char in _PLAIN_DIGITS for char in printed):
        return None  # 一一, 二〇二五: characters spelled out one by one are a year or no number at all
    more = key[end : end + 1] in _MORE_STARTS and _MORE.match(key, end)
    if more:
        end = more.end()
    word = ""
    if not chinese or more:
        word, end = _scale_after(text, key, start, end, latin=not more)
    if word:
        factor = SCALES[word] if word in SCALES else _product(word)
        value, step, upper = value * factor, step * factor, None if upper is None else upper * factor
    number = Number(start, end, value, step, upper, word, "chinese" if chinese else "digits", more=bool(more))
    return _more_after(key, _compound(key, number)) if word else number


def _scale_after(text: str, key: str, start: int, end: int, *, latin: bool) -> tuple[str, int]:
    """Return the scale word after the digits at ``start:end`` and where it ends; an empty word when there is none."""
    following = key[end : end + 1]
    if following in _SCALE_STARTS:
        scale = SCALE.match(key, end)
        if scale:
            return scale[0].strip(), scale.end()
    if latin and following.isascii():
        english = ENGLISH_SCALE.match(key, end)
        if english and _is_scale(text, key, start, english):
            return english[0].strip(" -"), english.end()
    return "", end


def _product(word: str) -> Decimal:
    factor = Decimal(1)
    for part in word.split():
        factor *= SCALES[part]
    return factor


def _is_scale(text: str, key: str, start: int, match: re.Match[str]) -> bool:
    """A single letter is a scale after a currency sign, or as a capital (20M doses); w only after digits alone."""
    letter = match[0]
    if len(letter) > 1 or _MONEY_AFTER.match(key, match.end()):
        return True
    if (start and key[start - 1] in "$€£¥") or key[max(0, start - 2) : start].strip().endswith(("$", "€", "£", "¥")):
        return letter in "kmbt"
    if letter == "w":
        following = key[match.end() : match.end() + 1]
        return text[match.start()] == "w" and (not following.isascii() or not following)
    if letter == "k" and key.startswith(("元", "美元", "港元", "港币", "人民币"), match.end()):
        return True
    following = key[match.end() : match.end() + 1]
    if letter == "b" and key[start : match.start()] == "340":
        return False  # 340B is a programme of the United States, and names no sum
    return text[match.start()] in "KMB" and (not following or following in " .,;)")


def _compound(key: str, number: Number) -> Number:
    """Join 3亿5000万 and 1万2千."""
    if not number.scale or not number.scale.endswith(("亿", "万")) or number.form != "digits":
        return number
    tail = _NUMERAL.match(key, number.end)
    if tail is None or not tail[0][0].isascii():
        return number
    scale = SCALE.match(key, tail.end())
    read = parse_digits(tail[0])
    if scale is None or read is None:
        return number
    factor = SCALES[scale[0].strip()]
    if read.value * factor >= SCALES[number.scale]:
        return number
    return number._replace(end=scale.end(), value=number.value + read.value * factor, step=read.step * factor)


def _more_after(key: str, number: Number) -> Number:
    more = None if number.more else _MORE.match(key, number.end)
    return number._replace(end=more.end(), more=True) if more else number
