"""Every number of a folded text with its sign: what the readers of Arabic, Chinese and English forms find together."""

from __future__ import annotations

from hkconcept.text.arabic_numbers import Found, arabic_numbers
from hkconcept.text.chinese_numbers import chinese_numbers
from hkconcept.text.english_numbers import english_numbers
from hkconcept.text.lazily import lazily
from hkconcept.text.numerals import CHINESE_CHARACTERS
from hkconcept.text.scan import ADDRESS

__all__ = ["numbers_of_all_forms"]

_LETTERS = lazily("[a-z]{2}")  # no word that makes a number is shorter
_CHINESE = lazily(f"[{CHINESE_CHARACTERS}兆分又]")
_SIGN_WORDS = ("minus ", "negative ")


def numbers_of_all_forms(text: str, key: str, *, fractions: bool) -> list[Found]:
    """Return the numbers of a folded text with their signs, in reading order and without overlap."""
    found = arabic_numbers(text, key)
    others = chinese_numbers(key) if _CHINESE.search(key) else []
    if _LETTERS.search(key):
        others += english_numbers(key, fractions=fractions)
    if others:
        found += others
        found.sort(key=_place)
    addresses = [match.span() for match in ADDRESS.finditer(key)] if "://" in key or "www." in key else []
    kept: list[Found] = []
    end = 0
    for number in found:
        start = number.start
        while addresses and addresses[0][1] <= start:
            addresses.pop(0)
        if start < end or (addresses and addresses[0][0] <= start):
            continue
        if start and key[start - 1] in "负- 第":  # nothing else makes an ordinal or a negative number
            if _is_ordinal(key, number):
                continue
            kept.append(_signed(key, number))
        else:
            kept.append(number)
        end = number.end
    return kept


def _place(number: Found) -> tuple[int, int]:
    return number[0], -number[1]


def _is_ordinal(key: str, number: Found) -> bool:
    return key[max(0, number.start - 2) : number.start].rstrip(" ").endswith("第")


def _signed(key: str, number: Found) -> Found:
    window = key[max(0, number.start - 10) : number.start]
    width = 0
    for word in _SIGN_WORDS:
        if window.endswith(word):
            width = len(word)
    bare = window.rstrip(" ")
    if bare.endswith("负"):
        width = len(window) - len(bare) + 1
    elif bare.endswith("-"):
        left = bare[-2:-1]
        apart = len(window) - len(bare)
        opens = not bare[:-1].strip() and number.start <= len(window)
        if (opens and apart <= 1) or (not apart and (not left.isalnum() or left >= "⺀") and left != "-"):
            width = apart + 1
    return number._replace(start=number.start - width, value=-number.value) if width else number
