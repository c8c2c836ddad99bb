"""What follows or precedes a numeral: scales, currencies, units and counters, in folded spelling.

The tables are matched on the key of :func:`hkconcept.text.fold.fold`, so each form is written once:
simplified, half-width, lower case.
"""

from __future__ import annotations

import re
from decimal import Decimal

from hkconcept.text.lazily import lazily

__all__ = [
    "COUNTERS",
    "CURRENCIES",
    "CURRENCY_SUFFIX",
    "ENGLISH_COUNTED",
    "ENGLISH_SCALE",
    "HUNDREDTHS",
    "MEASURE_STARTS",
    "PER_SHARE_SUFFIX",
    "SCALE",
    "SCALES",
    "UNIT",
    "UNITS",
    "currency_before",
    "currency_factor",
    "currency_of",
]

SCALES: dict[str, Decimal] = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "十万": Decimal(10**5),
    "百万": Decimal(10**6),
    "千万": Decimal(10**7),
    "亿": Decimal(10**8),
    "十亿": Decimal(10**9),
    "百亿": Decimal(10**10),
    "千亿": Decimal(10**11),
    "万亿": Decimal(10**12),
    "佰": Decimal(100),
    "仟": Decimal(1000),
    "w": Decimal(10**4),
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "k": Decimal(1000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "mm": Decimal(10**6),
    "b": Decimal(10**9),
    "bn": Decimal(10**9),
    "bln": Decimal(10**9),
    "t": Decimal(10**12),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
}

# 百 is no scale in 百分点, nor 千 in 千米 or 千克. The short English forms are scales only where a
# currency or a capital says so; the caller decides.
SCALE = lazily(r" ?(?:[百千十]万(?!分)|[百千十万]?亿|万(?!分之|有|科)|百(?!分)|千(?![米克瓦卡兆伏分])|[佰仟])")
ENGLISH_SCALE = lazily(
    r"[ -]?(?:hundred(?: thousand| million| billion)?|thousand|million|billion|trillion)(?![a-z])"
    r"|[ ]?(?:bn|bln|mn|mln|mm|tn|trn)(?![a-z0-9])|[kmbtw](?![a-z0-9])"
)

CURRENCIES: dict[str, tuple[str, ...]] = {
    "HKD": (
        "港元",
        "港币",
        "港纸",
        "港圆",
        "hk$",
        "hkd",
        "hong kong dollars",
        "hong kong dollar",
        "港仙",
        "港分",
        "hk cents",
        "hk cent",
    ),
    "USD": (
        "美元",
        "美金",
        "美圆",
        "us$",
        "usd",
        "u.s. dollars",
        "us dollars",
        "us dollar",
        "dollars",
        "dollar",
        "美仙",
        "美分",
        "us cents",
        "cents",
        "$",
    ),
    "CNY": ("人民币", "rmb", "cny", "renminbi", "cn¥", "yuan"),
    "EUR": ("欧元", "eur", "euros", "euro", "€"),
    "GBP": ("英镑", "gbp", "£", "pounds sterling", "british pounds", "pounds", "pound", "pence"),
    "JPY": ("日元", "日圆", "jpy", "jp¥", "japanese yen", "yen"),
    "CHF": ("瑞士法郎", "瑞郎", "chf", "swiss francs", "swiss franc", "francs"),
    "KRW": ("韩元", "韩圆", "krw", "korean won", "₩", "won"),
    "SGD": ("新加坡元", "新加坡币", "新币", "sgd", "s$", "singapore dollars"),
    "AUD": ("澳元", "澳大利亚元", "aud", "a$", "au$", "australian dollars"),
    "CAD": ("加元", "加拿大元", "加币", "cad", "c$", "ca$", "canadian dollars"),
    "TWD": ("新台币", "台币", "twd", "nt$"),
    "MOP": ("澳门元", "澳门币", "mop"),
    "THB": ("泰铢", "thai baht", "baht"),
    "INR": ("印度卢比", "卢比", "indian rupees", "rupees", "₹"),
    "RUB": ("卢布", "russian roubles", "roubles", "rubles"),
    "MYR": ("林吉特", "令吉", "马币", "ringgit"),
    "SEK": ("瑞典克朗", "swedish kronor", "swedish krona", "swedish kroner"),
    "DKK": ("丹麦克朗", "danish kroner", "danish krone", "danish kronor"),
    "NOK": ("挪威克朗", "norwegian kroner", "norwegian krone", "norwegian kronor"),
    "NZD": ("新西兰元", "纽元", "nz$", "new zealand dollars"),
    "VND": ("越南盾",),
    "BRL": ("巴西雷亚尔", "r$", "brazilian reais"),
}
HUNDREDTHS = frozenset({"港仙", "港分", "hk cents", "hk cent", "美仙", "美分", "us cents", "cents", "pence"})
_ISO = {form: code for code, forms in CURRENCIES.items() for form in forms}


_SIGNS = ("$", "¥", "€", "£", "₩", "₹")


def _alternatives(forms: list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


_CHINESE_SUFFIXES = [form for form in _ISO if not form.isascii() and not form.endswith(_SIGNS)]
_LATIN_SUFFIXES = [form for form in _ISO if form.isascii() and not form.endswith(_SIGNS)]
_PREFIXES = [
    *(form for form in _ISO if form.endswith(_SIGNS)),
    *("人民币", "港币", "新台币", "台币", "美金"),
    *("hkd", "usd", "rmb", "cny", "eur", "gbp", "jpy", "chf", "krw", "sgd", "aud", "cad", "twd"),
]

# 块 is the spoken yuan before 钱, a smaller unit or the end of the words; otherwise it counts pieces (3块芯片).
_YUAN = r"元|圆|块钱|(?<![万亿])块(?=[零半一二两三四五六七八九多左]|[^\u4e00-\u9fff]|$)"
# A bare 元 is not a currency in 元素, 元宵 and the like; a bare ¥ is read like 元.
CURRENCY_SUFFIX = lazily(
    rf" ?(?:(?P<yuan>{_YUAN})(?P<after> ?(?:人民币|rmb|cny|港币|美金|欧元|美元|港元)(?! ?[0-9]))?"
    r"(?P<small>(?:[0-9一二三四五六七八九](?:角|毛))?(?:[0-9一二三四五六七八九]分(?!之))?)(?![素件旦宵宇老首帅凶勋])"
    rf"|(?P<named>{_alternatives(_CHINESE_SUFFIXES)}"
    rf"|(?:{_alternatives(_LATIN_SUFFIXES)})(?![a-z])))"
)
_CURRENCY_PREFIX = lazily(rf"(?:(?<![a-z])(?:{_alternatives(_PREFIXES)})|(?P<sign>¥)) ?\Z")
PER_SHARE_SUFFIX = lazily(
    r" ?(?:/ ?(?:每?股|share|ads)|每股|(?:per|a|an|each) (?:[a-z]+ )?(?:share|ads)(?![a-z])|apiece(?![a-z]))"
)


def currency_of(form: str) -> str | None:
    """Return the ISO code of a currency as printed (folded), or ``None``.

    >>> currency_of("港币"), currency_of("us$"), currency_of("元")
    ('HKD', 'USD', None)

    """
    return _ISO.get(form.strip())


_PREFIX_ENDS = frozenset(form[-1] for form in (*_PREFIXES, "¥", "x "))


def currency_before(window: str) -> tuple[str | None, int, bool]:
    """Return the currency printed at the end of a folded window, the length of its form, and whether it is a bare ¥.

    >>> currency_before("合共hk$"), currency_before("收入")
    (('HKD', 3, False), (None, 0, False))

    """
    if window[-1:] not in _PREFIX_ENDS:
        return None, 0, False
    found = _CURRENCY_PREFIX.search(window)
    if not found:
        return None, 0, False
    return ("CNY" if found["sign"] else currency_of(found[0])), len(found[0]), bool(found["sign"])


def currency_factor(form: str) -> Decimal:
    """Return what one of a currency form is worth in its currency: 0.01 for 港仙 and "cents", else 1."""
    return Decimal("0.01") if form.strip() in HUNDREDTHS else Decimal(1)


# Unit forms with the unit's name and the factor to base units.
UNITS: dict[str, tuple[str, Decimal]] = {}


def _declare(unit: str, forms: str, factor: str = "1") -> None:
    for form in forms.split("|"):
        UNITS[form] = (unit, Decimal(factor))


_declare("percent", "%|percent|per cent|pct|个percent")
_declare("percent", "‰", "0.1")
_declare("percentage points", "个百分点|百分点|percentage points|percentage point|ppts|ppt|pps|pp|个pct|pcts")
_declare("basis points", "个基点|基点|basis points|basis point|bps|bp|个bp")
_declare("multiple", "倍|x|times|-fold|fold")
_declare("shares", "股|新h股|h股|新股|a股|普通股|股份|shares|share")
_declare("index points", "点|index points|points|个点")
_declare("trading days", "个交易日|交易日|trading days|trading day|trading sessions|sessions")
_declare("working days", "个工作日|工作日|working days|business days")
_declare("months", "个月|months|month|个多月")
_declare("weeks", "周|个星期|星期|weeks|week")
_declare("days", "天|日|days|day")
_declare("hours", "小时|个小时|hours|hour")
_declare("years", "年|years|year|岁|years old")
_declare("mg", "mg|毫克")
_declare("g", "克|公克")
_declare("kg", "kg|公斤|千克|kilograms")
_declare("μg", "μg|µg|mcg|微克")
_declare("ml", "ml|毫升")
_declare("litres", "升|litres|liters|l")
_declare("tonnes", "吨|公吨|tonnes|tons|metric tons")
_declare("square metres", "平方米|平米|㎡|m²|square metres|square meters")
_declare("square feet", "平方呎|平方尺|平方英尺|square feet|sq ft")
_declare("mu", "亩")
_declare("km", "公里|千米|km")
_declare("mm", "毫米|mm")
_declare("cm", "厘米|cm")
_declare("m", "米")
_declare("MW", "mw|兆瓦")
_declare("GW", "gw|吉瓦")
_declare("kWh", "kwh|千瓦时|度电")
_declare("GWh", "gwh")
_declare("mg/kg", "mg/kg|毫克/公斤")
_declare("mg/dL", "mg/dl")

UNIT = lazily(
    " ?(?:"
    + "|".join(
        re.escape(form) + ("(?![a-z0-9])" if form[-1].isascii() and form[-1].isalpha() else "")
        for form in sorted(UNITS, key=len, reverse=True)
    )
    + ")"
)

# Chinese counters, with what they count when the counter alone says so. Left out on purpose: 期, 代, 届,
# 号, 版, 级, 线 and 大 make ordinals and titles ("III期", "前十大"), not counts.
COUNTERS: dict[str, str] = {
    **dict.fromkeys("家", "company"),
    **dict.fromkeys("款种只项次批艘件条张台套座间所支起片粒盒瓶针剂类份户辆架部场处道组轮位人箱颗枚块篇册宗", ""),
    "例": "patient",
    "名": "person",
    "笔": "deal",
    "个": "",
    "人次": "person",
    "余家": "company",
    "多家": "company",
}

# The first characters of everything that can make a bare number a figure: currencies, units, counters, tenths and
# discounts, the marks of a range. Most numbers of a text have another after them.
MEASURE_STARTS = frozenset(
    "元圆块成折至到-~—–(（分仙入出toa"
    + "".join(form[0] for forms in (_CHINESE_SUFFIXES, _LATIN_SUFFIXES, UNITS, COUNTERS) for form in forms)
)

# Heads of English counted nouns that name what a count counts.
ENGLISH_COUNTED: dict[str, str] = {
    **dict.fromkeys(
        (
            "drug",
            "drugs",
            "medicine",
            "medicines",
            "biologic",
            "biologics",
            "vaccine",
            "vaccines",
            "therapies",
            "treatments",
        ),
        "drug",
    ),
    **dict.fromkeys(("deal", "deals", "transaction", "transactions", "agreement", "agreements"), "deal"),
    **dict.fromkeys(("company", "companies", "firm", "firms", "biotechs", "drugmakers", "startups"), "company"),
    **dict.fromkeys(("patient", "patients"), "patient"),
    **dict.fromkeys(
        ("people", "persons", "employees", "participants", "volunteers", "subjects", "workers", "staff"), "person"
    ),
}
