"""Quantities: numerals with their unit, bound, direction and noun; whatever is no figure is left out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from hkconcept.model import CURRENCIES, Quantity, Relation, Span
from hkconcept.text.fold import fold_prose
from hkconcept.text.lazily import lazily
from hkconcept.text.measures import Measure, Printed, measure_after
from hkconcept.text.prices import with_changed_prices, with_hong_kong_dollars, with_repeated_currencies
from hkconcept.text.quantity_match import QuantityMatch
from hkconcept.text.rows import find_rows
from hkconcept.text.scan import ADDRESS, Exclusion, Number, english_prose, numbers
from hkconcept.text.units import MEASURE_STARTS, SCALES, currency_before
from hkconcept.text.wording import (
    PER_SHARE_BEFORE,
    RELATION_ENDS,
    WINDOW,
    direction_after,
    direction_before,
    labelled,
    relation_after,
    relation_before,
)

__all__ = ["find_quantities"]


_ONE, _TEN, _LARGE, _HUGE = Decimal(1), Decimal(10), Decimal(1000), Decimal(10**24)
_LONGEST_GAP = 8
_RANGE_GAP = lazily(r"(?:\([含包括]{1,3}\))? ?(?:至|到|-|~|—{1,2}|–|to|or|and) ?(?:约|近)?")
_FIRST_CJK = "\u2e80"
# 百分之五, 人民币约5.
_MEASURE_BEFORE = RELATION_ENDS | frozenset("之")
# 002839 张家港行: the code of a listing before its name, or a serial number with leading zeros.
_CODE = lazily(r"0[0-9]|[0-9]{6} [\u4e00-\u9fff]")
_MOVED_BY = lazily(
    r"(?:\bby\s*|蒸发|减少|增加|缩水|跌去|下跌|上升|下降|增长|大涨|大跌|跌|涨|跌了|涨了)(?:约|近|了|about )?$"
)
_MOVED_FROM = lazily(
    r"(?:由|从|自)[^,，。;；]{2,40}(?:增加|减少|上升|下降|增长|提高|降低|扩大|缩减|收窄)(?:约|了)?(?:人民币|港币)?$"
)
_WIDE = 3  # the ends of a range rarely lie further apart
_CHANGE_BEFORE = lazily(r"(?:由|从|(?<![a-z])from ?)\Z")
_FIRST_END = lazily(r"\d[\d,]{0,12}(?:\.\d{1,6})?(?:[-–~]| to )\Z")
_DASHES = frozenset("-–~ ")  # the last characters of what _FIRST_END finds
# 《天龙八部2》: the numbers of a title count nothing; a long one may be an announcement that names its sum.
_SHORT_TITLE = lazily(r"《[^《》\n]{1,20}》")
_BETWEEN = lazily(r"(?<![a-z])between \Z")


class _Item(NamedTuple):
    number: Number
    start: int  # with the currency prefix
    before: str  # the window before the wording of the bound
    relation: Relation | None
    currency: str | None
    negative: bool
    measure: Measure


def find_quantities(
    text: str, exclude: Sequence[Span] = (), *, hong_kong: bool = False, listed: bool = False
) -> tuple[QuantityMatch, ...]:
    """Find the quantities of a text, in reading order.

    Parameters
    ----------
    text
        The text as read; spans refer to it.
    exclude
        Spans that are known to be something else: printed codes, dates. A number that touches one is skipped.
    hong_kong, listed
        Whether a Hong Kong paper prints the text, whose bare 元 is its own dollar, and whether the text
        prints a Hong Kong code.

    >>> [(m.quantity.value, m.quantity.unit) for m in find_quantities("同比增长2.5%，报26.32港元")]
    [(Decimal('2.5'), 'percent'), (Decimal('26.32'), 'HKD/share')]

    """
    key = fold_prose(text)
    rows = find_rows(key)
    taken = [*exclude, *rows.spans] if rows.spans else exclude
    if "://" in key or "www." in key:
        taken = [*taken, *(Span(*found.span()) for found in ADDRESS.finditer(key))]
    if "《" in key:
        taken = [*taken, *(Span(*found.span()) for found in _SHORT_TITLE.finditer(key))]
    exclusion = Exclusion(taken) if taken else None
    english = english_prose(key)
    items: list[_Item] = []
    for number in numbers(text, key, english=english, skip=exclusion.touches if exclusion else None):
        item = _item(text, key, number, english=english)
        if item is not None:
            items.append(item)
    matches = with_changed_prices(key, _assemble(key, items))
    if any(match.quantity.currency_assumed for match in matches):
        matches = with_repeated_currencies(matches)
    if hong_kong:
        matches = with_hong_kong_dollars(key, matches, listed=listed)
    if rows.cells:
        cells = (QuantityMatch(span, quantity, None, noun) for span, quantity, noun in rows.cells)
        return tuple(sorted([*matches, *cells], key=lambda match: match.span))
    return tuple(matches)


def _item(text: str, key: str, number: Number, *, english: bool) -> _Item | None:
    start = number.start
    window = key[max(0, start - WINDOW) : start]
    currency, width, bare_sign = currency_before(window)
    if not currency and english and window[-1:] in _DASHES and (first := _FIRST_END.search(window)):
        # HK$6.1-6.3: the currency is printed once, before the first end.
        currency, _, bare_sign = currency_before(window[: first.start()])
    if currency:
        start, window = start - width, window[:-width]
    elif not (english or number.scale or _may_measure(key, number, window)) or not _may_start(key, number):
        return None
    negative = _signed(window)
    if negative:
        width = 6 if window.endswith("minus ") else 1
        start, window = start - width, window[:-width]
    if not currency and labelled(window) and not (number.form == "words" and number.value > 12):
        return None
    relation, bound_width = relation_before(window)
    before = window[:-bound_width] if bound_width else window
    if not currency and bound_width:
        # 人民币约5亿元: the currency stands before the bound.
        currency = currency_before(before)[0]
    printed = Printed(text, key, number, before, relation, currency, bare_sign=bare_sign, english=english)
    measure = measure_after(printed)
    if measure is None:
        return None
    start -= measure.head
    return _Item(number, start, before, relation, currency, negative, measure)


def _may_measure(key: str, number: Number, window: str) -> bool:
    """Whether what stands beside a bare number can begin a unit at all."""
    after = key[number.end : number.end + 2]
    starts = after[:1] in MEASURE_STARTS or (after[:1] == " " and after[1:] in MEASURE_STARTS)
    return starts or window[-1:] in _MEASURE_BEFORE


def _signed(window: str) -> bool:
    """Whether a minus sign stands before the numeral: after a space, a bracket or a Chinese word, never after Latin."""
    if window.endswith(("负", "minus ")):
        return True
    if not window.endswith("-"):
        return False
    left = window[-2:-1]
    return not left.isalnum() or left >= _FIRST_CJK


def _may_start(key: str, number: Number) -> bool:
    """Whether nothing to the left makes the digits part of a name, a code, a time or a date."""
    start = number.start
    left = key[start - 1] if start else " "
    earlier = key[start - 2] if start > 1 else " "
    if number.form == "chinese":
        landing = key[start] == "陆" and left in "登大内着"  # 登陆a股: the verb, not the formal six
        return not landing and left not in "第数几好百千万亿零某每" and (not left.isdigit() or key[start] == "两")
    if (key[start] == "0" or key[start + 6 : start + 7] == " ") and _CODE.match(key, start):
        return False
    if left in "_&#" or (left.isalnum() and left < _FIRST_CJK):
        return False
    if left == ":":
        return not earlier.isdigit()
    if left in "-/.+·":
        joined = earlier.isalnum() and earlier < _FIRST_CJK
        return not joined or (left == "-" and earlier.isdigit())
    return True


def _assemble(key: str, items: list[_Item]) -> list[QuantityMatch]:
    matches: list[QuantityMatch] = []
    at = end = 0
    while at < len(items):
        item = items[at]
        if item.number.start < end:
            at += 1  # 三成二: the unit of the number before took this one
            continue
        # A currency between two numbers belongs to the first: 5元人民币6元.
        item = item if item.start >= end else item._replace(start=end)
        joined = _range(key, item, items[at + 1]) if at + 1 < len(items) else None
        if joined is not None:
            matches.append(joined)
            at, end = at + 2, joined.span.end
            continue
        if item.measure.unit:
            matches.append(_single(key, item))
            end = matches[-1].span.end
        at += 1
    return matches


def _range(key: str, low: _Item, high: _Item) -> QuantityMatch | None:
    """Join two neighbours printed as a range; a change ("from 5 to 10") is two figures."""
    if not high.measure.unit or low.number.upper is not None or high.number.upper is not None:
        return None
    if not _adjoining(key, low, high):
        return None
    first, step = low.number.value, low.number.step
    shared = not low.measure.unit or low.measure.bare
    if not shared and not _same_unit(low.measure, high.measure):
        return None
    factor = high.measure.factor if shared else low.measure.factor
    scale = _shared_scale(key, low.number, high.number) if shared else None
    if scale is None and low.currency and high.number.scale and not low.number.scale:
        # "$5 to $10 billion" prints its scale once; "$500 to $1 million" does not share it.
        common = SCALES.get(high.number.scale, _ONE)
        scale = common if first * factor * common < high.number.value * high.measure.factor else None
    factor *= scale or _ONE
    second = high.number.value * high.measure.factor
    if not first * factor < second:
        return None
    if not shared and (
        (second > first * factor * _WIDE and _MOVED_BY.search(low.before)) or _MOVED_FROM.search(low.before)
    ):
        return None  # "shrank by 9 billion to 81 billion": a move, and what it led to
    unit, assumed = high.measure.unit, high.measure.assumed and not low.currency
    if low.currency and high.measure.assumed:
        unit = unit.replace("CNY", low.currency)
    per_share = low.measure.unit.endswith("/share") or PER_SHARE_BEFORE.search(low.before)
    if per_share and unit in CURRENCIES and not high.number.scale:
        unit += "/share"
    quantity = Quantity(
        _plain(first * factor),
        unit,
        Relation.RANGE,
        _plain(second),
        _plain(step * factor),
        high.measure.counter,
        currency_assumed=assumed,
    )
    direction = direction_before(low.before) or direction_after(key, high.measure.end)
    return QuantityMatch(Span(low.start, high.measure.end), quantity, direction, high.measure.noun)


def _adjoining(key: str, low: _Item, high: _Item) -> bool:
    """Whether only a word or a mark of a range stands between two items."""
    # A hyphen between the two ends is a dash, not the sign of the second.
    gap = key[low.measure.end : high.start + high.negative]
    if len(gap) > _LONGEST_GAP or not _RANGE_GAP.fullmatch(gap) or (high.negative and not gap.endswith("-")):
        return False
    if "and" in gap and not _BETWEEN.search(low.before):
        return False
    return _CHANGE_BEFORE.search(low.before) is None


def _shared_scale(key: str, low: Number, high: Number) -> Decimal | None:
    """Return the scale that a range prints only once: 198-204.5亿, 七千到九千亿, 两到三千."""
    if low.scale:
        return None
    if high.scale:
        return SCALES.get(high.scale)
    printed = key[low.start : low.end], key[high.start : high.end]
    if low.form != "chinese" or high.form != "chinese" or any(char in "万亿" for char in printed[0]):
        return None
    myriads = printed[1][len(printed[1].rstrip("万亿")) :]
    if myriads:
        return SCALES.get(myriads)
    return SCALES.get(printed[1][-1]) if low.value < _TEN and high.value >= _TEN else None


def _same_unit(low: Measure, high: Measure) -> bool:
    """Whether two ends agree, taking a bare 元 and a price without its "per share" for what the other end says."""
    first, second = low.unit.partition("/")[0], high.unit.partition("/")[0]
    money = first in CURRENCIES and second in CURRENCIES
    return first == second or (money and (low.assumed or high.assumed))


def _single(key: str, item: _Item) -> QuantityMatch:
    number, measure = item.number, item.measure
    value, step = number.value * measure.factor + measure.plus, number.step * measure.factor
    if measure.plus:
        step = Decimal(1).scaleb(int(measure.plus.as_tuple().exponent))
    upper = None if number.upper is None else number.upper * measure.factor
    relation, end = item.relation, measure.end
    after, _ = relation_after(key, end)
    if upper is not None:
        relation = Relation.RANGE
    elif number.more:
        relation = Relation.OVER
    elif after is not None and (relation is None or relation is Relation.ABOUT):
        relation = after
    if item.negative:
        value = -value
    unit = measure.unit
    quantity = Quantity(
        _plain(value),
        unit,
        relation or Relation.EXACT,
        None if upper is None else _plain(upper),
        _plain(step),
        measure.counter,
        currency_assumed=measure.assumed,
    )
    direction = None if unit == "count" else direction_before(item.before) or direction_after(key, end)
    return QuantityMatch(Span(item.start, end), quantity, direction, measure.noun)


def _plain(value: Decimal) -> Decimal:
    """Drop the decimals that scaling left behind a whole number; printed decimals of small numbers stay."""
    return value.quantize(_ONE) if _LARGE <= abs(value) < _HUGE and value == value.to_integral_value() else value
