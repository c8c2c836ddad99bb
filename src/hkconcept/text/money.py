"""Every amount of money of a text: more currencies, small change and forms than news states as figures."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from hkconcept.model import Relation, Span
from hkconcept.text.amounts import Amount, first_longest
from hkconcept.text.arabic_numbers import Found
from hkconcept.text.fold import fold_prose
from hkconcept.text.lazily import lazily
from hkconcept.text.numerals import CHINESE_CHARACTERS
from hkconcept.text.quantities import find_quantities
from hkconcept.text.signed_numbers import signed_numbers
from hkconcept.text.units import CURRENCIES, HUNDREDTHS, SCALES
from hkconcept.text.wording import WINDOW, relation_after, relation_before

__all__ = ["find_currencies"]

# Currencies that the figures of news are not read in, or only with more context.
_WIDER = {
    "CNY": "元|圆|块|块钱|kuai|chinese yuan|¥",
    "XBT": "比特币|个比特币|bitcoin|bitcoins|satoshi|satoshis",
    "MXN": "墨西哥比索|mxn|mxn$|mex$|mexican peso|mexican pesos",
    "TRY": "土耳其里拉|try|turkish lira|turkish liras|₺",
    "CRC": "₡|crc|costa rican colons",
    "LAK": "₭|lak|lao kip",
    "INR": "rupee|rupees|inr",
    "CHF": "franc|francs|法郎",
    "PHP": "菲律宾比索|philippine pesos|₱",
    "VND": "₫|vietnamese dong",
    "ILS": "₪|shekels",
    "UAH": "₴|hryvnia",
    "NGN": "₦|naira",
    "USD": "us dollar|us dollars|美刀|cent",
    "CAD": "cad$|c $",
    "AUD": "aud$",
    "JPY": "sen|日本钱|日本銭",
    "GBP": "gbp|pounds",
}
_PARTS = {
    "sen": "0.01",
    "日本钱": "0.01",
    "日本銭": "0.01",
    "satoshi": "0.00000001",
    "satoshis": "0.00000001",
    "cent": "0.01",
}
_SMALL = {"角": "0.1", "毛": "0.1", "mao": "0.1", "分": "0.01", "美分": "0.01", "cents": "0.01", "cent": "0.01"}
_SMALL |= {"日本钱": "0.01", "日本銭": "0.01", "pence": "0.01", "fen": "0.01", "港仙": "0.01"}
_SMALL_AFTER = lazily(rf" ?(?P<form>{'|'.join(sorted(_SMALL, key=len, reverse=True))})(?![a-z])")
_PREFIX_ONLY = frozenset({"c $"})
_SUFFIX_ONLY = frozenset({"元", "圆", "块", "块钱", "cent", "个比特币"})
_BARE = "dollar|dollars|rmb|usd|人民币|美元|港元|港币|欧元|日元|英镑"
_UNIT_SCALE = lazily(r" (?P<scale>million|billion|trillion|mn|bn)(?![a-z])")
_AND = lazily(r" ?(?:又|零)? ?| (?:and )?")
_TEN_OF = lazily(r"(?<![第0-9])(?P<few>[几数])(?P<scale>[十百千]?[万亿]|[十百千])(?P<tail>亿)?")
_MORE_TEN = lazily(rf"(?<![{CHINESE_CHARACTERS}0-9])(?P<ten>十|百|千)[多余几](?![万亿])")
_WHOLE = lazily("整(?![个体理数])")
_INCLUSIVE = lazily(r"\((?:含|包括|不含)\)")
_CENTS = 100
# A sign that touches the next number belongs to it.
_SIGN_END = dict.fromkeys("$€£¥₩₹", "(?![0-9])")


@cache
def _forms() -> dict[str, tuple[str, Decimal]]:
    """Return every printed form of a currency with its code and its worth in whole units."""
    forms = {
        form: (code, Decimal("0.01") if form in HUNDREDTHS else Decimal(1))
        for code, printed in CURRENCIES.items()
        for form in printed
    }
    for code, printed in _WIDER.items():
        for form in printed.split("|"):
            forms[form] = (code, Decimal(_PARTS.get(form, "1")))
    return forms


def _any_of(forms: list[str]) -> str:
    return "|".join(
        re.escape(form) + ("(?![a-z])" if form[-1].isascii() and form[-1].isalpha() else _SIGN_END.get(form[-1], ""))
        for form in sorted(forms, key=len, reverse=True)
    )


def _after() -> str:
    return rf" {{0,2}}-?(?P<form>{_any_of([form for form in _forms() if form not in _PREFIX_ONLY])})"


def _before() -> str:
    forms = _any_of([form for form in _forms() if form not in _SUFFIX_ONLY and not form.endswith("s")])
    return rf"(?<![a-z])(?P<mega>[mb](?=[a-z]{{3}} ))?(?P<form>{forms}) {{0,2}}\Z"


_AFTER, _BEFORE = lazily(_after), lazily(_before)
_MEGA_AFTER = lazily(lambda: rf" ?(?P<mega>[mb])(?P<form>{'|'.join(code.lower() for code in CURRENCIES)})(?![a-z])")
_ALONE = lazily(rf"(?<![a-z])(?:{_BARE})(?![a-z])")
_YUAN_OF = lazily(r" ?元? ?(?P<form>人民币|欧元|美元|港元|日元)")
_MEGA = {"m": Decimal(10**6), "b": Decimal(10**9)}


def find_currencies(text: str, *, assume: str | None = None, names: bool = False) -> tuple[Amount, ...]:
    """Find every amount of money of a text, in whole units of its currency.

    Beside the forms of :func:`hkconcept.text.find_quantities` these are read: further currencies, small change
    (50元6角三分, "thirteen dollars forty five"), codes with a scale (120 MEUR, "75 USD million"), approximate amounts
    (几十万元, from the printed place to ten times as much). A bare $ is USD, a bare 元 CNY, "francs" are Swiss.

    Parameters
    ----------
    text
        Chinese or English; spans refer to it.
    assume
        Currency of numbers that print none: for fields that hold nothing but an amount.
    names
        Whether the name of a currency without an amount is reported too, with no value.

    >>> found = find_currencies("两美元又三美分, 15 dollars 50, 528 million francs")
    >>> [(str(amount.value), amount.unit) for amount in found]
    [('2.03', 'USD'), ('15.50', 'USD'), ('528000000', 'CHF')]

    """
    key = fold_prose(text)
    numbers = signed_numbers(text, key)
    ranges = _ranges(text)
    found = list(ranges)
    found += _approximate(key, assume)
    at = end = 0
    while at < len(numbers):
        amount, used = _money(key, numbers, at, end)
        end = amount.span.end if amount else end
        if amount is None and assume is not None:
            amount = _bounded(key, Amount(Span(numbers[at].start, numbers[at].end), numbers[at].value, assume))
        if amount is not None:
            found.append(amount)
        at += used
    kept = first_longest(found)
    if not names:
        return kept
    taken = {at for amount in kept for at in range(*amount.span)}
    alone = (match for match in _ALONE.finditer(key) if match.start() not in taken)
    bare = [Amount(Span(*match.span()), None, _forms()[match[0]][0]) for match in alone]
    return first_longest([*kept, *bare])


def _ranges(text: str) -> list[Amount]:
    """Return the ranges and approximate pairs that the figures of news have as well."""
    return [
        Amount(found.span, found.quantity.value, unit, "integer", found.quantity.upper, Relation.RANGE)
        for found in find_quantities(text)
        if found.quantity.upper is not None and (unit := found.quantity.unit) in CURRENCIES
    ]


def _bounded(key: str, amount: Amount) -> Amount:
    start, end = amount.span
    after = _INCLUSIVE.match(key, end)
    relation = relation_after(key, after.end() if after else end)[0]
    relation = relation or relation_before(key[max(0, start - WINDOW) : start])[0]
    if relation is None:
        return amount
    return Amount(amount.span, amount.value, amount.unit, amount.kind, amount.upper, relation)


def _money(key: str, numbers: list[Found], at: int, taken: int) -> tuple[Amount | None, int]:
    """Read the currency of a number and the small change after it; return how many numbers that took.

    The text up to ``taken`` belongs to the amount before.
    """
    number = numbers[at]
    start, value = number.start, number.value
    prefix = _BEFORE.search(key[max(taken, start - 20) : start])
    mega = _MEGA_AFTER.match(key, number.end)
    suffix = None if mega else _AFTER.match(key, number.end)
    if mega:
        value *= _MEGA[mega["mega"]]
        code = mega["form"].upper()
        return _bounded(key, Amount(Span(start, mega.end()), value, code, number.kind)), 1
    if suffix is None:
        if prefix is None:
            return None, 1
        code, factor = _forms()[prefix["form"]]
        if prefix["mega"]:
            factor = _MEGA[prefix["mega"]]
        start -= len(prefix[0])
        return _bounded(key, Amount(Span(start, number.end), value * factor, code, number.kind)), 1
    code, factor = _forms()[suffix["form"]]
    end, used = suffix.end(), 1
    if prefix and code in ("CNY", "USD") and prefix["form"] != "$":
        code, start = _forms()[prefix["form"]][0], start - len(prefix[0])
    elif prefix and prefix["form"].endswith("$"):
        return _bounded(key, Amount(Span(start - len(prefix[0]), number.end), value, _forms()[prefix["form"]][0])), 1
    named = _YUAN_OF.match(key, end) if suffix["form"] in ("元", "块") else None
    if named:
        code, end = _forms()[named["form"]][0], named.end()
    scaled = _UNIT_SCALE.match(key, end)
    if scaled:
        value, end = value * SCALES[scaled["scale"]], scaled.end()
    elif factor == 1 and value == value.to_integral_value():
        change, end, used = _small_change(key, numbers, at, end)
        value += change
    whole = _WHOLE.match(key, end)
    end = whole.end() if whole else end
    return _bounded(key, Amount(Span(start, end), value * factor, code, number.kind)), used


def _small_change(key: str, numbers: list[Found], at: int, end: int) -> tuple[Decimal, int, int]:
    """Add tenths and hundredths: 6角三分, "and forty-five cents", "forty five"."""
    change, used, last = Decimal(0), 1, "1"
    while at + used < len(numbers):
        number = numbers[at + used]
        if number.start - end > len(" and ") or not _AND.fullmatch(key, end, number.start):
            break
        if not 0 < number.value < _CENTS or number.value != number.value.to_integral_value():
            break
        small = _SMALL_AFTER.match(key, number.end)
        if small:
            unit, step = Decimal(_SMALL[small["form"]]), small.end()
        elif _bare_change(key, number, end, last):
            unit, step = (Decimal("0.01"), number.end) if last == "1" else (Decimal(last) / 10, number.end)
        else:
            break
        change, end, used, last = change + number.value * unit, step, used + 1, str(unit)
    return change, end, used


def _bare_change(key: str, number: Found, end: int, last: str) -> bool:
    """Whether a number after an amount is its hundredths: two digits, or one after tenths; nothing counted by it."""
    if last == "0.1":
        return number.value < 10
    printed = key[number.start : number.end]
    two = number.value >= 10 and (not printed.isascii() or len(printed) != 1)
    return (
        two
        and number.start == end + 1
        and _AFTER.match(key, number.end) is None
        and _NO_CHANGE.match(key, number.end) is None
    )


_NO_CHANGE = lazily(r" ?(?:%|percent|times|years?|months?|weeks?|days?|people|shares|deals|each)|[.,][0-9]")


def _approximate(key: str, assume: str | None) -> list[Amount]:
    """Read 几十万块, 数十亿元 and 十多欧元: from the printed place up to the next, or twice the ten."""
    found = []
    for match in _TEN_OF.finditer(key):
        unit = SCALES[match["scale"]] * (SCALES["亿"] if match["tail"] else 1)
        found += _approximated(key, match, unit, unit * 10, assume)
    for match in _MORE_TEN.finditer(key):
        unit = SCALES[match["ten"]]
        found += _approximated(key, match, unit, unit * 2, assume)
    return found


def _approximated(key: str, match: re.Match[str], low: Decimal, high: Decimal, assume: str | None) -> list[Amount]:
    suffix = _AFTER.match(key, match.end())
    if suffix is None and assume is None:
        return []
    code, end = (_forms()[suffix["form"]][0], suffix.end()) if suffix else (assume or "", match.end())
    named = _YUAN_OF.match(key, end) if suffix and suffix["form"] == "元" else None
    if named:
        code, end = _forms()[named["form"]][0], named.end()
    return [Amount(Span(match.start(), end), low, code, "integer", high, Relation.RANGE)]
