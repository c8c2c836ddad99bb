"""Numbers, dates and sentences in the two languages of a note.

Chinese counts in 万 (10**4) and 亿 (10**8), English in mn and bn. Every change carries a sign and an
arrow, so that nothing depends on colour; the minus sign is U+2212, as wide as the plus sign.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from hkconcept.model import HKT, Moment, PartialDate, Quantity, Relation
from hkconcept.note.contents import Bilingual, NoteLanguage
from hkconcept.note.wording import COUNTERS, SUBJECTS, WORDS

__all__ = [
    "HTML_LANG",
    "both",
    "change",
    "day",
    "moment",
    "number",
    "partial",
    "points",
    "printable",
    "qualifier",
    "quantity",
    "role_name",
    "say",
    "short_day",
    "subject",
]

HTML_LANG: dict[NoteLanguage, str] = {"zh": "zh-Hans", "en": "en"}

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CENT = Decimal("0.01")
_MONEY_ZH = {
    "CNY": "元人民币", "HKD": "港元", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "CHF": "瑞士法郎",
    "KRW": "韩元", "SGD": "新加坡元", "AUD": "澳元", "CAD": "加元", "TWD": "新台币", "MOP": "澳门元",
}  # fmt: skip
_MONEY_EN = {
    "CNY": "RMB", "HKD": "HK$", "USD": "US$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "CHF": "CHF ",
    "KRW": "KRW ", "SGD": "S$", "AUD": "A$", "CAD": "C$", "TWD": "NT$", "MOP": "MOP ",
}  # fmt: skip
_UNITS = {
    "percent": Bilingual("%", "%"),
    "percentage points": Bilingual("个百分点", " pp"),
    "multiple": Bilingual("倍", "x"),
    "shares": Bilingual("股", " shares"),
    "days": Bilingual("天", " days"),
    "working days": Bilingual("个工作日", " working days"),
    "trading days": Bilingual("个交易日", " trading days"),
    "weeks": Bilingual("周", " weeks"),
    "months": Bilingual("个月", " months"),
    "years": Bilingual("年", " years"),
    "index points": Bilingual("点", " points"),
    "basis points": Bilingual("个基点", " bp"),
}
_RELATION = {
    Relation.EXACT: Bilingual("{}", "{}"),
    Relation.OVER: Bilingual("超过{}", "over {}"),
    Relation.AT_LEAST: Bilingual("不低于{}", "at least {}"),
    Relation.UP_TO: Bilingual("至多{}", "up to {}"),
    Relation.LESS_THAN: Bilingual("不足{}", "less than {}"),
    Relation.ABOUT: Bilingual("约{}", "about {}"),
    Relation.ALMOST: Bilingual("近{}", "nearly {}"),
    Relation.RANGE: Bilingual("{}", "{}"),
}


def say(key: str, language: NoteLanguage, **values: object) -> str:
    """Return a sentence of the wording table with its placeholders filled.

    >>> say("figures_count", "zh", n=13), say("figures_count", "en", n=13)
    ('13个数字', '13 figures')

    """
    pattern = WORDS[key].text(language)
    return pattern.format(**values) if values else pattern


def both(key: str, **values: object) -> Bilingual:
    """Return a sentence in both languages; a value that is :class:`Bilingual` is used in each language."""

    def filled(language: NoteLanguage) -> str:
        own = {name: v.text(language) if isinstance(v, Bilingual) else v for name, v in values.items()}
        return say(key, language, **own)

    return Bilingual(filled("zh"), filled("en"))


def role_name(kind: str, role: str, language: NoteLanguage, names: Sequence[tuple[str, Bilingual]] = ()) -> str:
    """Return what a role is called as a cell (``role``), a heading (``group``) or a mean (``mean``).

    The wording table knows the roles of the packaged concepts; others have the names of their definition.

    >>> role_name("role", "holder", "en", [("holder", Bilingual("持有人", "Holder"))])
    'Holder'

    """
    if f"{kind}_{role}" in WORDS:
        return say(f"{kind}_{role}", language)
    name = dict(names).get(role, Bilingual(role, role)).text(language)
    return say("mean_of", language, role=name) if kind == "mean" else name


def printable(text: str) -> str:
    r"""Return a text without control, direction and unassigned characters; blanks and line breaks stay.

    >>> printable("a\x1b[31m\u202eb\nc")
    'a[31mb\nc'

    """
    if text.isprintable():
        return text
    return "".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")


def number(value: Decimal) -> str:
    """Return a decimal with thousands separators and without padding zeros.

    >>> number(Decimal("1300")), number(Decimal("80.850"))
    ('1,300', '80.85')

    """
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "\u2212")


def change(value: Decimal | None, *, digits: Decimal = _CENT) -> str:
    """Return a change in percent with arrow and sign; an empty string when it is not available.

    >>> change(Decimal("5.968")), change(Decimal("-0.94")), change(Decimal("0.001"))
    ('▲ +5.97%', '▼ −0.94%', '＝ 0.00%')

    """
    if value is None:
        return ""
    rounded = value.quantize(digits, ROUND_HALF_EVEN)
    if not rounded:
        return f"＝ {abs(rounded)}%"
    return f"▲ +{rounded}%" if rounded > 0 else f"▼ \u2212{abs(rounded)}%"


def points(value: Decimal | None, language: NoteLanguage, *, short: bool = False) -> str:
    """Return a difference in percentage points with its sign; an empty string when it is not available.

    >>> points(Decimal("6.91"), "zh"), points(Decimal("-0.4"), "en")
    ('+6.91个百分点', '−0.40 pp')

    """
    if value is None:
        return ""
    rounded = value.quantize(_CENT, ROUND_HALF_EVEN)
    sign = "+" if rounded > 0 else "\u2212" if rounded < 0 else ""
    return say("points_short" if short else "points", language, value=f"{sign}{abs(rounded)}")


def _scaled(value: Decimal, language: NoteLanguage) -> tuple[str, str]:
    steps = ((10**8, "亿"), (10**4, "万")) if language == "zh" else ((10**9, "bn"), (10**6, "mn"))
    for size, word in steps:
        if abs(value) >= size:
            return number(value / size), word
    return number(value), ""


def _amount(value: Decimal, unit: str, language: NoteLanguage, step: Decimal) -> str:
    head, _, per = unit.partition("/")
    if head in _MONEY_ZH:
        if per:
            figure, scale = number(value), ""
        else:
            figure, scale = _scaled(value, language)
        if language == "zh":
            return f"{figure}{scale}{_MONEY_ZH[head]}" + (f"/{'股' if per == 'share' else per}" if per else "")
        return f"{_MONEY_EN[head]}{figure}{scale}" + (f" per {per}" if per else "")
    if unit == "shares" or (unit == "count" and abs(value) >= 10**4 and language == "zh"):
        figure, scale = _scaled(value, language)
        return figure + scale
    return f"{value.quantize(step):,f}" if step < 1 else number(value)


def quantity(value: Quantity, language: NoteLanguage) -> str:
    """Return a printed quantity as a reader of the language writes it, with its bound.

    >>> over = Quantity(Decimal(130 * 10**9), "USD", Relation.OVER, step=Decimal(10**9))
    >>> quantity(over, "zh"), quantity(over, "en")
    ('超过1,300亿美元', 'over US$130bn')
    >>> quantity(Quantity(Decimal(76), "count", counter="drug"), "zh")
    '76款'
    >>> quantity(Quantity(Decimal("91.3"), "percent", step=Decimal("0.01")), "en")
    '91.30%'

    """
    low = _amount(value.value, value.unit, language, value.step)
    if value.upper is not None:
        joint = "至" if language == "zh" else "–"
        low = f"{low}{joint}{_amount(value.upper, value.unit, language, value.step)}"
    if value.unit == "count":
        if value.counter:
            counter = COUNTERS.get(value.counter, Bilingual("", f"{value.counter}"))
            low += counter.zh if language == "zh" else f" {counter.en}"
    elif value.currency is None:
        unit = _UNITS.get(value.unit, Bilingual(f" {value.unit}", f" {value.unit}"))
        low += unit.text(language)
    return _RELATION[value.relation].text(language).format(low)


def subject(what: str, measure: str) -> Bilingual:
    """Return what a figure measures; words that the glossary does not hold stay as they are.

    >>> subject("innovative drugs", "approvals")
    Bilingual(zh='创新药，获批数量', en='innovative drugs, approvals')

    """
    words = [SUBJECTS.get(word.lower(), Bilingual(word, word)) for word in (what, measure) if word]
    return Bilingual("，".join(word.zh for word in words), ", ".join(word.en for word in words))


def qualifier(attributes: Sequence[tuple[str, str]]) -> Bilingual:
    """Return what tells a figure from its neighbours.

    >>> qualifier((("type", "chemical"), ("origin", "domestic")))
    Bilingual(zh='化学药、国产', en='chemical, domestic')
    >>> qualifier((("company", "01801"),)).en
    '01801.HK'

    """
    words = [
        Bilingual(f"{value}.HK", f"{value}.HK")
        if name == "company"
        else SUBJECTS.get(value.lower(), Bilingual(value, value))
        for name, value in attributes
        if value
    ]
    return Bilingual("、".join(word.zh for word in words), ", ".join(word.en for word in words))


def day(value: dt.date, language: NoteLanguage) -> str:
    """Return a date in full.

    >>> day(dt.date(2026, 1, 7), "zh"), day(dt.date(2026, 1, 7), "en")
    ('2026年1月7日', '7 Jan 2026')

    """
    if language == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: dt.date, language: NoteLanguage) -> str:
    """Return a date without its year.

    >>> short_day(dt.date(2026, 1, 7), "zh"), short_day(dt.date(2026, 1, 7), "en")
    ('1月7日', '7 Jan')

    """
    return f"{value.month}月{value.day}日" if language == "zh" else f"{value.day} {_MONTHS[value.month - 1]}"


def moment(value: Moment, language: NoteLanguage) -> str:
    """Return a moment in Hong Kong time, with the time of day only when it is held.

    >>> moment(Moment.parse("2026-01-07 17:21"), "zh"), moment(Moment.parse("2026-01-07"), "en")
    ('2026年1月7日 17:21 HKT', '7 Jan 2026')

    """
    local = value.at.astimezone(HKT)
    text = day(local.date(), language)
    return text if value.precision == "day" else f"{text} {local:%H:%M} HKT"


def partial(value: PartialDate, language: NoteLanguage) -> str:
    """Return a partial date.

    >>> partial(PartialDate(2025), "zh"), partial(PartialDate(2025, half=1), "en")
    ('2025年', 'H1 2025')

    """
    if value.day is not None:
        return day(value.first_day, language)
    if language == "zh":
        part = f"{value.month}月" if value.month else ""
        part = part or (f"第{'一二三四'[value.quarter - 1]}季度" if value.quarter else "")
        part = part or (("上半年", "下半年")[value.half - 1] if value.half else "")
        return f"{value.year}{'财年' if value.fiscal else '年'}{part}"
    if value.month:
        return f"{_MONTHS[value.month - 1]} {value.year}"
    part = f"Q{value.quarter} " if value.quarter else f"H{value.half} " if value.half else ""
    return f"{'FY' if value.fiscal else part}{value.year}"
