"""Words around a numeral: bounds ("over", 不低于), direction ("fell", 同比增长), and what makes it no figure.

Patterns are applied to short windows beside a numeral, so their cost does not grow with the text.
"""

from __future__ import annotations

from typing import Literal

from hkconcept.model import Relation
from hkconcept.text.lazily import lazily

__all__ = [
    "PER_SHARE_BEFORE",
    "PRICE_BEFORE",
    "RELATION_ENDS",
    "TARGET_AFTER",
    "WINDOW",
    "direction_after",
    "direction_before",
    "labelled",
    "relation_after",
    "relation_before",
]

WINDOW = 28
# No Chinese wording of a bound or a change, with the particles after it, is longer.
_CHINESE_WORDING = 12

_BEFORE: tuple[tuple[Relation, str, str], ...] = (
    (
        Relation.AT_LEAST,
        "不低于|不少于|不小于|不下于|不下|至少|最少|起码|大于等于|≥|>=",
        "at least|no less than|not less than|no fewer than|not fewer than|a minimum of|minimum of",
    ),
    (
        Relation.UP_TO,
        "不超过|不超出|不超|不多于|不高于|不逾|不大于|至多|最多|最高可达|最高达|最高|上限为|上限|≤|<=",
        (
            "up to|as much as|as many as|no more than|not more than|at most|a maximum of|maximum of|capped at|"
            "not exceeding|not to exceed"
        ),
    ),
    (
        Relation.LESS_THAN,
        "低于|不足|不到|少于|小于|未达|未满|失守|跌破|<",
        "less than|fewer than|lower than|below|under",
    ),
    (
        Relation.ALMOST,
        "接近|将近|几近|逼近|直逼|近",
        "nearly|almost|close to|just under|just shy of|approaching|virtually",
    ),
    (
        Relation.OVER,
        "超过|超出|超越|超|逾|高于|多于|大于|突破|不止|破|>",
        (
            "more than|over|exceeding|exceeds|exceeded|exceed|above|greater than|higher than|surpassing|surpasses|"
            "surpassed|surpass|topping|topped|tops|north of|upwards of|upward of|in excess of|eclipsing|eclipsed|"
            "eclipses|a little over|beyond"
        ),
    ),
    (
        Relation.ABOUT,
        "大约为|大约|约为|约合|约占|约有|约|大概|左近",
        "about|around|approximately|approx\\.|approx|roughly|an estimated|estimated|some|circa|ca\\.|~",
    ),
)

_BOUNDS_ZH = tuple(word for _, chinese, _ in _BEFORE for word in chinese.split("|"))
_BOUNDS_EN = tuple(word.replace("\\", "") for _, _, english in _BEFORE for word in english.split("|"))
_BOUNDS = _BOUNDS_ZH + _BOUNDS_EN
_RELATION_BEFORE = lazily(
    f"(?=[{''.join(sorted({word[0] for word in _BOUNDS}))}])(?:"
    + "|".join(
        f"(?P<{relation.name}>(?:{chinese})[达到至为]?|(?<![a-z])(?:{english}) ?)"
        for relation, chinese, english in _BEFORE
    )
    + r") ?\Z"
)
# 约占公司总股本的0.45%: the bound stands before what the share is of.
_ABOUT_SHARE = lazily(r"约占[^,，。；;、\d]{1,24}的?\Z")


# "hands over $20 million": the particle of a verb, no bound.
_VERB_OVER = lazily(
    r"(?<![a-z])(?:hand(?:s|ed|ing)?|turn(?:s|ed|ing)?|tak(?:e|es|en|ing)|took|sign(?:s|ed|ing)?|fork(?:s|ed|ing)?"
    r"|roll(?:s|ed|ing)?|carr(?:y|ies|ied)|cough(?:s|ed)?) over \Z"
)
# The last characters that a wording can have; most numerals have another before them, and need no search.
RELATION_ENDS = frozenset(
    "的 ~<>≤≥=.达到至为"
    + "".join(word[-1] for _, chinese, english in _BEFORE for word in f"{chinese}|{english}".split("|"))
)


def relation_before(window: str) -> tuple[Relation | None, int]:
    """Return the bound stated at the end of a folded window, and the length of its wording.

    >>> relation_before("净利润不低于")
    (<Relation.AT_LEAST: 'at_least'>, 3)

    """
    if window[-1:] not in RELATION_ENDS:
        return None, 0
    # Searching from the left of a short window finds the longest wording that reaches its end.
    near = window if window[-1:].isascii() else window[-_CHINESE_WORDING:]
    found = _RELATION_BEFORE.search(near) if _ends_in_bound(near) else None
    if found and near.endswith("over ") and _VERB_OVER.search(near):
        return None, 0
    if found:
        return Relation[found.lastgroup or "ABOUT"], len(near) - found.start()
    if "约占" in window and _ABOUT_SHARE.search(window):
        return Relation.ABOUT, 0
    return None, 0


def _ends_in_bound(window: str) -> bool:
    """Whether a window ends in a word of a bound, with or without a particle and a space after it."""
    words = window.rstrip(" ")
    return words.endswith(_BOUNDS) or (words[-1:] in "达到至为" and words[:-1].endswith(_BOUNDS_ZH))


_RELATION_AFTER = lazily(
    r" ?(?:(?P<AT_LEAST>\(?(?:或|及|和)?以上|or more(?![a-z])|\+(?!\d))"
    r"|(?P<UP_TO>以下|以内|之内|or less(?![a-z])|or fewer(?![a-z]))"
    r"|(?P<ABOUT>左右|上下|or so(?![a-z])))"
)


_AFTER_STARTS = frozenset("(或及和以之左上+o")


def relation_after(key: str, at: int) -> tuple[Relation | None, int]:
    """Return the bound stated right after a quantity that ends at ``at``, and where its wording ends."""
    found = _RELATION_AFTER.match(key, at) if key[at : at + 2].lstrip(" ")[:1] in _AFTER_STARTS else None
    if not found:
        return None, at
    return Relation[found.lastgroup or "ABOUT"], found.end()


_UP = (
    "上涨|大涨|飙涨|飙升|劲升|劲扬|领涨|急升|激增|猛增|骤增|大增|增长|增加|增幅|增|涨幅|涨|上升|升幅|提升|提高|"
    "扩大|上调|调升|调高|走高|走强|高开|拉升|反弹|攀升|升"
)
_DOWN = (
    "下跌|大跌|暴跌|急跌|重挫|骤降|锐减|下降|下滑|减少|减幅|跌幅|降幅|跌|缩减|缩水|收窄|下调|调降|调低|蒸发|降低|"
    "走低|低开|回落|回调|缩窄|挫|降|抵销|抵消"
)
_UP_EN = (
    "rose|rise|rises|rising|gained|gain|gains|gaining|jumped|jump|jumps|jumping|surged|surge|surges|surging|"
    "climbed|climb|climbs|climbing|grew|grow|grows|growing|increased|increase|increases|increasing|advanced|"
    "advancing|soared|soaring|soar|added|up|spiked|expanded|rallied|higher"
)
_DOWN_EN = (
    "fell|fall|falls|falling|dropped|drop|drops|dropping|declined|decline|declines|declining|decreased|decrease|"
    "decreases|decreasing|slid|slide|sliding|slipped|sank|tumbled|plunged|plunging|lost|down|shed|dipped|cut|"
    "reduced|shrank|lower"
)
_DIRECTION_BEFORE = lazily(
    rf"(?=[{''.join(sorted({word[0] for word in f'{_UP}|{_DOWN}|{_UP_EN}|{_DOWN_EN}'.split('|')}))}])"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?<![a-z])(?:(?P<up_en>{_UP_EN})|(?P<down_en>{_DOWN_EN}))(?: by)?)"
    r"(?:了|达到|达|幅|额|为|将|逾|人民币|港币| )*\Z"
)
_DIRECTION_ENDS = frozenset(
    "了到达幅额为将逾币 " + "".join(word[-1] for word in f"{_UP}|{_DOWN}|{_UP_EN}|{_DOWN_EN}".split("|"))
)
_DIRECTION_AFTER = lazily(
    r" ?(?:(?:year-on-year|yoy|year over year|annual|quarterly|monthly|price|sales|revenue) )?"
    r"(?:(?P<up>increase|rise|gain|jump|surge|growth|climb|uptick|higher|的(?:增幅|涨幅|升幅|增长))|"
    r"(?P<down>decrease|decline|drop|fall|loss|reduction|cut|dip|plunge|slide|lower|的(?:跌幅|降幅|下滑"
    r"|下降)))(?![a-z])"
)


def direction_before(window: str) -> Literal["up", "down"] | None:
    """Return the direction stated directly at the end of a folded window, if any.

    A level that a change led to (提升至70.9%) has none.

    >>> direction_before("收入同比下降"), direction_before("毛利率提升至")
    ('down', None)

    """
    if window[-1:] not in _DIRECTION_ENDS:
        return None
    found = _DIRECTION_BEFORE.search(window if window[-1:].isascii() else window[-_CHINESE_WORDING:])
    if not found:
        return None
    return "up" if found["up"] or found["up_en"] else "down"


def direction_after(key: str, at: int) -> Literal["up", "down"] | None:
    """Return the direction stated right after a quantity ("a 5% decline")."""
    first = key[at : at + 2].lstrip(" ")[:1]
    found = _DIRECTION_AFTER.match(key, at) if first.isascii() or first == "的" else None
    if not found:
        return None
    return "up" if found["up"] else "down"


# 每股34.69港元, 报26.32港元, 收盘价15.300港元, closed at HK$12.30: the money is a price of one share.
# 报价 is what a bidder asks in a tender and says nothing about shares.
PER_SHARE_BEFORE = lazily(
    r"(?:每股[^,，。；;、\d]{0,14}"
    r"|(?:股价|收盘价|开盘价|收市价|目标价|配售价|发行价|发售价|招股价|认购价|购买价|回购价|换股价|行使价|现价|均价"
    r"|最高价|最低价|行权价|转换价|转股价|要约价|注销价|回购成交价格|触及"
    r"|收报|现报|盘中报|低见|高见|暂报|[跌涨,，]报|[ 盘股稿前合]报"
    r"|(?<![营税吸签回])收)[^,，。；;、\d]{0,8}"
    r"|(?:收盘|收市|盘中|股价)[涨跌升挫][\d.]{1,6}%(?:至|到)|(?:上市|历史|股价|年内)(?:高点|低点|高位|低位)[(（]?"
    r"|目标价(?:上调|下调|调升|调降|调高|调低|升|降)[\d.]{1,6}%(?:至|到)"
    r"|(?:share price|closed|closing|close|trading|traded|priced|offer price)(?: [a-z]+)? (?:at|of|to) "
    r"|(?<!sales )(?<!revenue )(?<!profit )(?:target|price target|target price)(?: price)? (?:(?:at|of|to|is|from) )?"
    r"|(?:target price|price target|target) by [\d.]{1,6} ?(?:%|per ?cent) to "
    r"|(?:higher|lower|up|down) [\d.]{1,6} ?(?:%|per ?cent),? (?:at|to) |(?:offering|placement|placing|ipo) at "
    r"|[\d.](?:%|per ?cent),? (?:higher|lower|up|down|firmer|weaker) (?:at|to) "
    r"|(?:shares|stock) at (?:prices )?(?:of |between |from )?|at (?:an )?average (?:price )?(?:of )?|(?:at"
    r"|for) prices? (?:between|of|from|ranging from|in the range of) "
    r"|(?:per share|a share) (?:of |at )?"
    # A share rose 4.3% to HK$81.25; a company's revenue would have a scale (million), which the caller asks for.
    r"|(?:rose|rises?|fell|falls?|gain(?:s|ed)|climb(?:s|ed)|jump(?:s|ed)|surged?|soar(?:s|ed)|slid|slumped|dropped|"
    r"advanced|declined|rallied|tumbled|up|down) (?:by )?(?:as much as )?[\d.]{1,8} ?(?:%|per ?cent),? to )\Z"
)

# What needs more of the sentence: "climbs as much as 8.6% to HK$96.40", "a new TP of HK$34", "diluted EPS was $0.21".
_CHANGE_TO_PRICE = (
    r"(?:ris(?:es|en|ing)|climb(?:s|ed|ing)?|gain(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:es?|ed|ing)|soar(?:s|ed|ing)?|rose"
    r"|fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|slump(?:s|ed|ing)?|slid|slides?|tumbl(?:es?|ed|ing)|plung(?:es?|ed|ing)"
    r"|advanc(?:es?|ed)|declin(?:es?|ed)|rall(?:y|ies|ied)|add(?:s|ed)|lost|loses|sheds?|slip(?:s|ped)?|sank|sinks|dip(?:s|ped)?"
    r"|leap(?:s|t|ed)?|up|down)"
    r"(?: by)?(?: as much as| as many as| about| around| nearly| more than| over| almost| a further| another| up to)? "
    r"[0-9.]{1,6} ?(?:%|per ?cent)(?: (?:higher|lower))?,? (?:to|at)(?: (?:close|end|finish|trade) at)?"
)
PRICE_BEFORE = lazily(
    rf"(?:{_CHANGE_TO_PRICE}"
    r"|[0-9.](?:%| ?per ?cent),? (?:higher|lower|up|down|firmer|weaker),? (?:at|to)"
    r"|(?<![a-z])(?:tp|pt) (?:(?:was |is )?(?:raised|cut|lifted|lowered|trimmed|hiked|increased|reduced) )?"
    r"(?:of|to|at|from|is)"
    r"|(?<![a-z])(?:(?:loss(?:es)?|earnings?|profits?|income|dividends?) per (?:[a-z]+ ){0,2}(?:share|ads)|eps|lps)"
    r" (?:(?:was|were|is|came(?: in)?|stood|rose|fell|climbed|narrowed|widened) )?(?:(?:of|at|to) )?)"
    r" ?(?:hk\$|us\$|\$|rmb|cny|hkd|usd|£|€|¥) ?\Z"
)
"""A price of one share, with the sign of its currency, at the end of a longer piece of English."""

TARGET_AFTER = lazily(r" (?:12-month |one-year )?(?:price target|target price|target)(?![a-z])")
"""What follows a price that a broker expects: "a HK$115 price target"."""

# A label before a numeral makes it a name, an ordinal or a code.
_NO_FIGURE_BEFORE = lazily(
    r"(?:第|附注|代号[:： ]?|代码[:： ]?|编号[:： ]?为?|文号[:： ]?为?|(?<!编)证号[:： ]?为?|准字[a-z]{0,2}|[〔\[]"
    r"|(?<![a-z])(?:phases?|ph\.?|no\.?|nos\.?|number|order|article|section|sec\.|chapter|part|rule|type|grade"
    r"|stage|class|"
    r"level|top|series|version|ver\.|v|day|week|month|cohort|group|arm|study|table|figure|fig\.|item|step|act|annex|"
    r"schedule|form|vol\.|volume|issue|page|pages|p\.|line|factor|room|suite|floor|building|unit|tower|covid|"
    r"fortune|ftse|s&p|stoxx|csi|route|highway|boeing|windows|chatgpt|gpt|web|b\.|l\. ?no\.|cfr|usc|u\.s\.c\.|"
    r"round|tier|category|generation|level|wave|gen|model|code|title|block|lot|edition|announcement no\.)[ -]?)\Z"
)
_LONGEST_LABEL = 20  # characters of "announcement no. " and some more
_LABEL_CHARACTERS = "第附注代编文证准号码为字〔[ -:：.&abcdefghijklmnopqrstuvwxyz"
_LABEL_ENDS = frozenset("第注号码为字〔[ -:：.abcdefghijklmnopqrstuvwxyz")


def labelled(window: str) -> bool:
    """Whether a folded window ends in a label ("Order", 第, 编号为) that makes the numeral after it no figure."""
    if window[-1:] not in _LABEL_ENDS:
        return False
    # Only from where the characters of a label begin can the pattern reach the end.
    return (
        _NO_FIGURE_BEFORE.search(window, max(len(window.rstrip(_LABEL_CHARACTERS)), len(window) - _LONGEST_LABEL))
        is not None
    )
