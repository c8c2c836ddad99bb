"""Every number, percentage and amount of money of a text, for readers that want more than the figures of news.

:func:`hkconcept.text.find_quantities` reports what a news text states as a figure and leaves out what is a name,
a date or an idiom. The functions here report every printed number of the same numerals, units and currencies.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from hkconcept.model import Relation, Span
from hkconcept.text.arabic_numbers import Found
from hkconcept.text.fold import fold_prose
from hkconcept.text.lazily import lazily
from hkconcept.text.measures import DISCOUNT, TENTHS
from hkconcept.text.numerals import parse_chinese, parse_mixed
from hkconcept.text.signed_numbers import number_columns, signed_numbers

__all__ = ["Amount", "find_numbers", "find_percentages"]


class Amount(NamedTuple):
    """A number with its unit, as printed.

    ``value`` is in base units and ``None`` where a unit stands without a number ("the % of increase"); ``unit``
    is empty for a plain number, else ``percent`` or a currency. ``kind`` tells integers, decimals, fractions
    and powers apart. ``upper`` is the other end of an approximate amount (几十万元), ``relation`` its bound.
    """

    span: Span
    value: Decimal | None
    unit: str = ""
    kind: str = "integer"
    upper: Decimal | None = None
    relation: Relation = Relation.EXACT


def find_numbers(text: str, *, fractions: bool = True) -> tuple[Amount, ...]:
    """Find every number of a text in reading order: in digits, characters or words, with fractions and powers.

    Ordinals (第三, "third"), digits of names (HER2) and of web addresses are left out, and so are two neighbouring
    characters that name no single number (二三十). A comma between two short groups of digits (1,3) is a decimal
    comma. A fraction is exact to 28 digits.

    Parameters
    ----------
    text
        Chinese or English; spans refer to it.
    fractions
        Whether fractions in words are one number each; "one out of three" is two numbers otherwise.

    >>> [str(found.value) for found in find_numbers("负一又二分之一，两千四百五十，three dozen and 1.2b")]
    ['-1.5', '2450', '36', '1200000000.0']

    """
    numbers = number_columns(text, fold_prose(text), fractions=fractions)
    return tuple([Amount(Span(start, end), value, "", kind) for start, end, value, kind in zip(*numbers, strict=True)])


_PERCENT_AFTER = lazily(
    r" {0,3}(?:%|percent(?:age|s)?(?![a-z])|per cent(?![a-z])|pct(?![a-z])|(?:个 ?)?百 ?分 ?点|(?P<mille>‰))"
)
_PART_BEFORE = lazily(
    r"(?<![0-9一二两三四五六七八九十百千万])(?P<base>[百佰]|[千仟]|万|十 ?万|百 ?万|万 ?万) {0,2}分 {0,2}之 {0,2}\Z"
)
_PERCENT_OF = lazily(r"(?<![a-z0-9])(?:percent|per cent) of \Z")
_ALONE = lazily(r"(?:(?<=\s)|^)%(?=\s|$)")
_HALF_TENTH = lazily(r"半成(?![品熟年人功立员])")
_HALF_PRICE = lazily(r"(?<=打)对折")
_TWO_DIGITS = lazily(
    r"(?<![0-9.一二三四五六七八九十点])(?P<tens>[1-9一二三四五六七八九]) ?(?P<units>[1-9一二三四五六七八九])(?= ?折)"
)
_BASES = {"百": 1, "佰": 1, "千": 10, "仟": 10, "万": 100, "十万": 1000, "百万": 10**4, "万万": 10**6}


def find_percentages(text: str, *, shares: bool = False) -> tuple[Amount, ...]:
    """Find every percentage of a text, percentage points included, in percent.

    Read are 5%, "five percent", 百分之五, 千分之一, 六个百分点, 七成六, 八五折 and "percent of 10". Of a range
    (5-20%) only the end that carries the sign is one, and ten tenths of a price (十折) are no discount.

    Parameters
    ----------
    text
        Chinese or English; spans refer to it.
    shares
        Whether "1/4 of" and "one out of three" count as percentages.

    >>> [str(found.value) for found in find_percentages("百分之五十，打八五折，minus five percent")]
    ['50', '85', '-5']

    """
    key = fold_prose(text)
    numbers = signed_numbers(text, key)
    found = [amount for number in numbers if (amount := _percentage(key, number))]
    if shares:
        found += [amount for number in numbers if (amount := _share(key, number))]
    found += [Amount(Span(*match.span()), None, "percent") for match in _ALONE.finditer(key)]
    if "折" in key or "半成" in key:
        found += _idioms(key)
    return first_longest(found)


def _percentage(key: str, number: Found) -> Amount | None:
    start, end, value = number.start, number.end, number.value
    window = key[max(0, start - 12) : start]
    part = _PART_BEFORE.search(window) if window.rstrip(" ").endswith("之") else None
    if part:
        value /= _BASES[part["base"].replace(" ", "")]
        return Amount(Span(start - len(window) + part.start(), end), value, "percent", number.kind)
    after = _PERCENT_AFTER.match(key, end)
    if after:
        value = value / 10 if after["mille"] else value
        return Amount(Span(start, after.end()), value, "percent", number.kind)
    of = _PERCENT_OF.search(window)
    if of:
        return Amount(Span(start - len(window) + of.start(), end), value, "percent", number.kind)
    return _tenths(key, number) if 0 < value <= 10 else None


def _tenths(key: str, number: Found) -> Amount | None:
    tenths = TENTHS.match(key, number.end)
    if tenths:
        half = tenths["half"]
        read = parse_chinese(half) if half and half != "半" else None
        plus = Decimal(5) if half == "半" else read.value if read else Decimal(0)
        return Amount(Span(number.start, tenths.end()), number.value * 10 + plus, "percent", number.kind)
    discount = DISCOUNT.match(key, number.end) if number.value < 10 else None
    return Amount(Span(number.start, discount.end()), number.value * 10, "percent", number.kind) if discount else None


def _share(key: str, number: Found) -> Amount | None:
    ratio = " out of " in key[number.start : number.end]
    if number.kind != "fraction" or not (ratio or key.startswith(" of", number.end)):
        return None
    end = number.end if ratio else number.end + len(" of")
    return Amount(Span(number.start, end), number.value * 100, "percent", "fraction")


def _idioms(key: str) -> list[Amount]:
    found = [Amount(Span(*match.span()), Decimal(50), "percent") for match in _HALF_PRICE.finditer(key)]
    found += [Amount(Span(*match.span()), Decimal(5), "percent") for match in _HALF_TENTH.finditer(key)]
    for match in _TWO_DIGITS.finditer(key):
        discount = DISCOUNT.match(key, match.end())
        digits = [parse_mixed([char]) for char in match.groups()]
        if discount and digits[0] and digits[1]:
            value = 10 * digits[0].value + digits[1].value
            found.append(Amount(Span(match.start(), discount.end()), value, "percent"))
    return found


def first_longest(found: Sequence[Amount]) -> tuple[Amount, ...]:
    """Order amounts and keep of those that overlap the one that begins first, and of these the longest."""
    kept: list[Amount] = []
    end = 0
    for amount in sorted(found, key=lambda amount: (amount.span.start, -amount.span.end)):
        if amount.span.start >= end:
            kept.append(amount)
            end = amount.span.end
    return tuple(kept)
