"""What a number measures: the unit, counter or currency beside it, and whether it is a figure at all."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from hkconcept.model import Relation
from hkconcept.text.counts import english_count
from hkconcept.text.lazily import lazily
from hkconcept.text.numerals import parse_chinese, parse_digits
from hkconcept.text.scan import Number
from hkconcept.text.unit_rules import UnitCandidate, counts_stocks, day_unit, is_quantity
from hkconcept.text.units import (
    COUNTERS,
    CURRENCY_SUFFIX,
    PER_SHARE_SUFFIX,
    SCALES,
    UNIT,
    UNITS,
    currency_factor,
    currency_of,
)
from hkconcept.text.wording import PER_SHARE_BEFORE, PRICE_BEFORE, TARGET_AFTER

__all__ = ["DISCOUNT", "TENTHS", "Measure", "Printed", "measure_after"]

_ONE, _ZERO = Decimal(1), Decimal(0)


class Printed(NamedTuple):
    """A number where it stands: the words before it, the bound they state, a currency, and the prose it is in."""

    text: str
    key: str
    number: Number
    before: str
    relation: Relation | None
    currency: str | None
    bare_sign: bool
    english: bool


class Measure(NamedTuple):
    """The unit read beside a number, and where it ends.

    ``factor`` turns the number into base units and ``plus`` is added after that. ``bare`` marks a number
    whose unit may still come from the other end of a range; without one its ``unit`` is empty. ``head``
    is the length of a unit printed before the number (百分之).
    """

    end: int
    unit: str
    factor: Decimal = _ONE
    counter: str = ""
    noun: str = ""
    assumed: bool = False
    bare: bool = False
    plus: Decimal = _ZERO
    head: int = 0


TENTHS = lazily(
    r" ?成(?: ?(?P<half>半|[一二三四五六七八九](?![一二三四五六七八九十百千万])))?"
    r"(?![为立功员长本都果分交熟人绩品效就型份名语药方因套])"
)
# 每股盈利67分, 末期股息每股人民币28分, 派息12仙: hundredths of a yuan or of a Hong Kong dollar.
_PER_SHARE_CENTS = lazily(r"(?:每股[^,，。；;、\d]{0,14}|股息|派息|派|息)(?:人民币)?\Z")
_CENTS = lazily(r" ?(?:分(?![之钟点析部公别布支店行拆红])|港?仙)")
_CENTS_STARTS, _TENTHS_STARTS = frozenset("分港仙"), frozenset("成折")
_PERCENT_OF = lazily(r"(?<![一二两三四五六七八九十百千万])(百|千|万|十万|百万)分之\Z")
_PART = {word: 100 / SCALES[word] for word in ("百", "千", "万", "十万", "百万")}
DISCOUNT = lazily(r" ?折(?![旧叠扣让合价射腾损服])")
_COUNTER = lazily(
    " ?(?:"
    + "|".join(sorted(COUNTERS, key=len, reverse=True))
    + ")(?!式|(?<=个)(?:多?月|百分|基点|工作日|交易日|percent|pct|bp))"
    # 港股通标的2入4出: stocks that come in and go out.
    "|入(?=[0-9]{1,3}出)|(?<=入[0-9])出|(?<=入[0-9][0-9])出"
)
_NOUN = lazily(r"[a-z-]{0,8}[\u4e00-\u9fff]{1,12}")
_NOUN_END = lazily(
    r"[按以拟用其从对也还需已占的获与和及在中由被将为是分向可于并或后前均共合首]"
    r"|上市|纳入|进入|公布|批准|增|减|涨|跌|提交|回购|超|同比"
)
_RIGHT_LETTER = lazily(r"[a-zα-ω]|-[a-z0-9]|\.\d|/\d|:\d|\([a-z]\)|_")
_MONEY_BEFORE = lazily(
    r"(?:营收|收入|利润|净利|亏损|亏|盈利|盈|融资|筹|耗资|斥资|成交额|金额|市值|交易额|规模|销售额|投资|估值|赚|资金"
    r"|首付款|款项|募资|派息|净额|注册资本|代价|涉资|净筹|罚款|罚没|赔偿|合同额)[^,，。；;\d]{0,8}\Z"
)
_USERS_BEFORE = lazily(
    r"(?:用户|人口|人次|人数|会员|粉丝|播放量|下载量|访问量|出货量|患者)(?:数量?|规模|总数)?[为达约至近超逾到增]{0,3}\Z"
)
_DRUG_NOUN = lazily(r"药|疫苗|制剂|单抗|抗体|生物制品")
_PATIENT_NOUN = lazily(r"^(?:受试者|患者|病人|患儿|参与者)")
_RANGE_FOLLOWS = lazily(r"(?:\([含包括]{1,3}\))? ?(?:至|到|-|~|—|–|to |and |or )")
_PRICE_REACH = 64
_PLACE_WORDS = frozenset("十百千万亿")


def measure_after(printed: Printed) -> Measure | None:  # noqa: C901, PLR0911 - one return per kind of measure
    """Read the unit of a number; ``None`` when the number is no figure and no end of a range."""
    key, number = printed.key, printed.number
    end = number.end
    money = CURRENCY_SUFFIX.match(key, end)
    if money and _is_money(printed, money):
        return _money(printed, money)
    if printed.currency and not (key[end : end + 1] == "分" and _PER_SHARE_CENTS.search(printed.before)):
        return _per_share(printed, end, printed.currency, assumed=printed.bare_sign)
    following = key[end : end + 2].lstrip(" ")[:1]
    cents = _CENTS.match(key, end) if following in _CENTS_STARTS and _PER_SHARE_CENTS.search(printed.before) else None
    if cents:
        code = "HKD" if cents[0].strip() in {"仙", "港仙"} else printed.currency or "CNY"
        return Measure(cents.end(), f"{code}/share", Decimal("0.01"), assumed=printed.currency is None)
    percent = _chinese_percent(printed) if following in _TENTHS_STARTS or printed.before.endswith("分之") else None
    if percent is not None:
        return percent
    unit = UNIT.match(key, end)
    if unit:
        measure = _unit(printed, unit)
        if measure is not None:
            return measure
    ranged = _RANGE_FOLLOWS.match(key, end) is not None
    if number.form == "digits" and not number.scale and not ranged and _RIGHT_LETTER.match(key, end):
        return None
    counter = _COUNTER.match(key, end)
    if counter:
        return _counted(printed, counter)
    if printed.english:
        noun = english_count(printed.text, key, number)
        if noun is not None:
            counted = "shares" if noun.phrase.lower().endswith("shares") else "count"
            return Measure(end, counted, counter=noun.counter, noun=noun.phrase)
    if number.scale and number.form == "digits":
        return _scaled(printed, ranged=ranged)
    return Measure(end, "", bare=True) if ranged else None


def _is_money(printed: Printed, money: re.Match[str]) -> bool:
    """二元 and 三元 are words; a single character with 元 is money only with a scale or a place word."""
    key, number = printed.key, printed.number
    if money["named"] == "won" and not number.scale:
        return False  # 272 won: the verb; sums of won are printed in millions
    if printed.currency and money["named"] and key[money.end() : money.end() + 2].lstrip(" ")[:1].isdigit():
        return False  # 人民币16.51 人民币8.25: the second name belongs to the second number
    characters = key[number.start : number.end]
    if number.form != "chinese" or number.more or len(characters) > 1:
        return True
    if characters in _PLACE_WORDS:
        return characters == "十" or printed.relation is not None
    if money["yuan"] and money["yuan"].startswith("元"):
        return key[money.end() : money.end() + 1] in ("", "，", "。", "/")
    return True


def _money(printed: Printed, money: re.Match[str]) -> Measure:
    code, assumed = printed.currency, False
    if money["named"]:
        named = currency_of(money["named"]) or "CNY"
        code = code if named == "CNY" and code else named
        measure = _per_share(printed, money.end(), code, assumed=False)
        return measure._replace(factor=currency_factor(money["named"]))
    if money["after"]:
        code = currency_of(money["after"])
    elif code is None:
        assumed = True
    measure = _per_share(printed, money.end(), code or "CNY", assumed=assumed)
    return measure._replace(plus=_small_change(money["small"])) if money["small"] else measure


def _small_change(form: str) -> Decimal:
    """Read the tenths and hundredths of 十块三毛五分."""
    change = _ZERO
    for digit, unit in zip(form[::2], form[1::2], strict=True):
        read = parse_digits(digit) if digit.isascii() else parse_chinese(digit)
        change += (read.value if read else 0) * (Decimal("0.01") if unit == "分" else Decimal("0.1"))
    return change


def _per_share(printed: Printed, end: int, code: str, *, assumed: bool) -> Measure:
    per = PER_SHARE_SUFFIX.match(printed.key, end)
    if per:
        return Measure(per.end(), f"{code}/share", assumed=assumed)
    number = printed.number
    if not number.scale and (
        PER_SHARE_BEFORE.search(printed.before)
        or TARGET_AFTER.match(printed.key, end)
        or PRICE_BEFORE.search(printed.key, max(0, number.start - _PRICE_REACH), number.start)
    ):
        return Measure(end, f"{code}/share", assumed=assumed)
    return Measure(end, code, assumed=assumed)


def _chinese_percent(printed: Printed) -> Measure | None:
    """Read 百分之五, 三成, 五成半 and 九折."""
    key, number = printed.key, printed.number
    if printed.before.endswith("分之"):
        head = _PERCENT_OF.search(printed.before)
        return Measure(number.end, "percent", _PART[head[1]], head=len(head[0])) if head else None
    if number.scale or number.value > 10:
        return None
    tenths = TENTHS.match(key, number.end)
    if tenths:
        half = tenths["half"]
        read = parse_chinese(half) if half and half != "半" else None
        plus = Decimal(5) if half == "半" else read.value if read else _ZERO
        return Measure(tenths.end(), "percent", Decimal(10), plus=plus)
    discount = DISCOUNT.match(key, number.end)
    return Measure(discount.end(), "percent", Decimal(10)) if discount else None


def _unit(printed: Printed, match: re.Match[str]) -> Measure | None:
    form, end = match[0].strip(), match.end()
    unit, factor = UNITS[form]
    candidate = UnitCandidate(printed.key, printed.number, form, end, printed.before, printed.relation)
    if not is_quantity(unit, candidate):
        return None
    if unit == "days":
        unit = day_unit(candidate)
    elif unit == "shares" and counts_stocks(candidate):
        unit = "count"
    return Measure(end, unit, factor, noun="" if unit == "percent" else _noun(printed.key, end))


def _counted(printed: Printed, counter: re.Match[str]) -> Measure | None:
    key, number, form = printed.key, printed.number, counter[0].strip()
    if number.form == "chinese" and not number.more:
        if number.value < 2 or printed.before.endswith(("前", "第")):
            return None
        if printed.relation is None and _PLACE_WORDS.issuperset(key[number.start : number.end]):
            return None
    noun = _noun(key, counter.end())
    counted = COUNTERS.get(form, "")
    if form in ("名", "例", "位") and _PATIENT_NOUN.search(noun):
        counted = "patient"
    elif form in ("款", "种", "个", "项") and _DRUG_NOUN.search(noun):
        counted = "drug"
    return Measure(counter.end(), "count", counter=counted, noun=noun)


def _noun(key: str, at: int) -> str:
    found = _NOUN.match(key, at)
    if not found:
        return ""
    stop = _NOUN_END.search(found[0])
    return found[0][: stop.start()] if stop else found[0]


def _scaled(printed: Printed, *, ranged: bool) -> Measure:
    """Read a number with a scale word and no unit: money when the scale is 亿 or the words before speak of money."""
    number = printed.number
    if _USERS_BEFORE.search(printed.before):
        return Measure(
            number.end, "count", counter="", noun="" if ranged else _noun(printed.key, number.end), bare=ranged
        )
    if "亿" in number.scale or _MONEY_BEFORE.search(printed.before):
        return Measure(number.end, "CNY", assumed=True, bare=ranged)
    return Measure(number.end, "count", noun="" if ranged else _noun(printed.key, number.end), bare=ranged)
