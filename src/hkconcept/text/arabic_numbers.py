"""Numbers in Arabic digits wherever they stand: signs left out, separators, fractions, powers, a scale letter."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation, localcontext
from typing import NamedTuple

from hkconcept.text.lazily import lazily

__all__ = ["CODES", "DIGITS", "FRACTION_SIGNS", "Found", "arabic_numbers", "power"]


class Found(NamedTuple):
    """A number at a span of the folded text; ``kind`` is one of integer, decimal, fraction and power."""

    start: int
    end: int
    value: Decimal
    kind: str


DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
FRACTION_SIGNS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5)}
FRACTION_SIGNS |= {
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}

# Codes that are printed without a space: USD115, 115USD.
CODES = ("usd", "rmb", "hkd", "cny", "eur", "gbp", "jpy", "chf", "aud", "cad", "sgd", "twd", "krw")
_AFTER_CODE = "|".join(f"(?<={code})" for code in CODES)
_NUMBER = lazily(
    rf"(?:(?<![a-z0-9_])|{_AFTER_CODE})(?<![0-9]\.)(?:"
    r"(?P<spaced>[0-9]{1,3}(?: [0-9]{3}){1,8}(?![0-9,.]|[ ][0-9]))"
    r"|(?P<whole>[0-9]{1,9} {1,2})?(?P<top>[0-9]{1,9})/(?P<bottom>[0-9]{1,9})(?![0-9/])"
    rf"|(?P<base>{DIGITS}|\.[0-9]+)(?:x10)?(?:\^(?P<up>[+-]{{0,2}}[0-9]{{1,4}})|e(?P<exp>[+-]?[0-9]{{1,3}}))(?![a-z0-9])"
    r"|(?P<comma>(?<![0-9],)[0-9]{1,3},[0-9]{1,2}(?![0-9]|,[0-9]))"
    rf"|(?P<plain>{DIGITS}|(?<!\.)\.[0-9]+)(?P<scale>(?: ?k| ?g|b|t)(?![a-z0-9])|w(?=[\u4e00-\u9fff]|$))?"
    rf"|(?P<sign>[{''.join(FRACTION_SIGNS)}])"
    r")"
)
_OPENS = lazily(f"[0-9.{''.join(FRACTION_SIGNS)}]")
# Digits between what can be no part of any number: most numbers of a text.
_SIMPLE = lazily(
    r"(?<![a-z0-9_.])(?>(?:[0-9]{1,3}(?P<groups>,[0-9]{3}){1,4}|[0-9]{1,9})(?P<point>\.[0-9]{1,9})?)"
    r"(?![0-9a-z/^]|[,.][0-9]| {1,2}[0-9kgm])"
)
_LETTERS = {"k": 3, "w": 4, "g": 9, "b": 9, "t": 12}
_MILLION = lazily(r" ?m(?![a-z0-9])")
_UNIT_AFTER = lazily(f"(?!(?:{'|'.join(CODES)})(?![a-z]))[a-z]")
_LONGEST = 28
_MOST_DIGITS = 28


def arabic_numbers(text: str, key: str) -> list[Found]:
    """Read every number in Arabic digits of a folded text, without its sign.

    Digits with a letter attached are a unit or a name (29km, HER2) unless the letter is k, G, b or t.
    A fraction joined to other digits by a hyphen is a telephone number, and its digits are read one by one.
    """
    found: list[Found] = []
    at = 0
    while opens := _OPENS.search(key, at):
        at = opens.start()
        simple = _SIMPLE.match(key, at)
        if simple:
            start, at = at, simple.end()
            groups, point = simple.groups()
            value = Decimal(simple[0].replace(",", "") if groups else simple[0])
            found.append(Found(start, at, value, "decimal" if point else "integer"))
            continue
        match = _NUMBER.match(key, at)
        if match:
            found += _read(text, key, match)
            at = match.end()
        else:
            at += 1
    return found


def _read(text: str, key: str, match: re.Match[str]) -> list[Found]:  # noqa: PLR0911 - one return per kind of number
    start, end = match.span()
    if match["sign"]:
        top, bottom = FRACTION_SIGNS[match["sign"]]
        return [Found(start, end, Decimal(top) / bottom, "fraction")]
    if _UNIT_AFTER.match(key, end):
        return []
    if match["spaced"]:
        return [Found(start, end, Decimal(match["spaced"].replace(" ", "")), "integer")]
    if match["bottom"]:
        return _fraction(key, match)
    if match["base"]:
        value = power(Decimal(match["base"].replace(",", "")), match)
        return [Found(start, end, value, "power")] if value is not None else []
    if match["comma"]:
        return [Found(start, end, Decimal(match["comma"].replace(",", ".")), "decimal")]
    plain = match["plain"].replace(",", "")
    if len(plain) > _LONGEST:
        return []
    value = Decimal(plain)
    if match["scale"]:
        value *= 10 ** _LETTERS[match["scale"].strip()]
    else:
        million = _MILLION.match(key, end)
        if million and text[million.end() - 1] == "M" and million[0] != "m":
            value, end = value * 10**6, million.end()
    return [Found(start, end, value, "decimal" if "." in plain else "integer")]


def _fraction(key: str, match: re.Match[str]) -> list[Found]:
    start, end = match.span()
    whole, top, bottom = match["whole"], match["top"], match["bottom"]
    joined = start and key[start - 1] == "-" and key[start - 2 : start - 1].isdigit()
    if joined or not int(bottom):
        return [Found(*match.span(part), Decimal(match[part]), "integer") for part in ("top", "bottom")]
    return [Found(start, end, Decimal(whole.strip() if whole else 0) + Decimal(top) / Decimal(bottom), "fraction")]


def power(base: Decimal, match: re.Match[str]) -> Decimal | None:
    """Return a base raised as printed (``1.1^+23``) or scaled by an exponent (``12e3``); ``None`` out of range."""
    with localcontext() as context:
        context.prec = _MOST_DIGITS
        try:
            if match["exp"]:
                return base.scaleb(int(match["exp"]))
            printed = match["up"]
            exponent = int(printed.lstrip("+-")) * (-1 if printed.count("-") % 2 else 1)
            if "x10" in match[0]:
                return base.scaleb(exponent)
            # Two minus signs cancel each other, as --23 is 23.
            return base**exponent
        except (InvalidOperation, OverflowError, ZeroDivisionError):
            return None
