"""Legal names around a listed name: the issuer's own full name, or that of a subsidiary.

``江苏中慧元通生物科技股份有限公司`` is the issuer, ``三叶草生物制药（香港）有限公司`` is not: a company
limited by shares is the issuer whatever its place, a limited company with a place in its name is a
subsidiary of it.
"""

from __future__ import annotations

import re
from enum import Enum

from hkconcept.model import Span
from hkconcept.text.lazily import lazily

__all__ = ["GENERIC_WORDS", "PLACES", "PLACE_AHEAD", "Extent", "extend"]

PLACES = (
    "中国|香港|澳门|台湾|北京|上海|天津|重庆|江苏|浙江|广东|山东|四川|湖北|湖南|福建|安徽|江西|河南|河北|山西|陕西|"
    "辽宁|吉林|黑龙江|海南|云南|贵州|广西|甘肃|青海|宁夏|新疆|内蒙古|西藏|深圳|广州|珠海|东莞|佛山|中山|苏州|无锡|南京|"
    "常州|南通|泰州|扬州|徐州|镇江|杭州|宁波|嘉兴|绍兴|台州|湖州|温州|金华|合肥|武汉|长沙|成都|西安|济南|青岛|烟台|威海|"
    "厦门|福州|南昌|郑州|石家庄|沈阳|大连|长春|哈尔滨|昆明|贵阳|南宁|海口|三亚|开曼|美国|新加坡"
)
"""Places that a Chinese legal name begins with or encloses in brackets."""

GENERIC_WORDS = (
    "集团|控股|股份|科学|生物医药|生物科技|生物技术|生物制药|生物|科技|医药|制药|药业|医疗器械|医疗健康|医疗|医学|器械|技术|国际|健康|"
    "新药开发|新药|药物|开发|研究|工程|实业|发展|投资|企业|汽车|电子|能源|材料|新材料|金融|保险|财产保险|证券|食品|饮料|服务|信息|"
    "网络|数码|数据|智能|半导体|微电子|环保|环境|管理|产业|工业|化工|钢铁|银行|地产|物业|教育|文化|娱乐|影视|传媒|物流|速递|快递|"
    "航空|电力|燃气|水务|矿业|黄金|机械|电器|电气|家居|零售|商业|贸易|诊断|检测|基因|细胞|免疫|抗体|疫苗|眼科|口腔|临床|咨询"
)
"""Words of trade and of legal form: they do not tell one company from another."""

_TAIL = lazily(
    rf"(?P<middle>(?:{GENERIC_WORDS}|\((?:{PLACES}|集团|控股)\)|开曼|(?P<place>{PLACES})){{0,6}}?)"
    r"(?P<form>股份有限公司|有限责任公司|控股有限公司|集团有限公司|有限公司)"
)
PLACE_AHEAD = lazily(rf"\(?(?:{PLACES})")
"""A place right after a short name makes it another company's: 三叶草香港."""

_BRACKETED_PLACE = lazily(rf"\((?:{PLACES})\)")
# A holding company of the Cayman Islands is the usual form of an issuer, not an arm of one.
_HOME = lazily(r"\(开曼(?:群岛)?\)")
# 信达生物制药(01801), 海普瑞药业(股份代号: 9989): the trade that the listed name leaves out, before its bracket.
_TRADE_TAIL = lazily(r"(?:(?:生物)?(?:制药|药业|医药|科技|技术)(?:集团)?|集团)(?=[(\[])")
_TRADE_FIRST = frozenset("生制药医科技集")
_UNIT = lazily(
    rf"(?:{PLACES})(?:公司|分公司|子公司|有限|医药|科技|控股)"
    r"|(?:终端|财务|租赁|理财|信托|期货|保理|财险|养老|资管|基金管理|资产管理)(?:子)?公司"
)
_PLACE_FIRST = frozenset({"(", *(place[0] for place in PLACES.split("|"))})
_LONGEST = 48  # more than six words of trade, a bracketed place and 股份有限公司
_NOT_IN_A_NAME = "的与和及向在拟将对被由为就于称收持签宣发了附子旗等以将已"
_OTHER_ENTITY = lazily(
    rf"(?P<middle>(?:(?![{_NOT_IN_A_NAME}])[\u4e00-\u9fff]){{1,8}}?)(?:\((?:{PLACES}|集团"
    rf"|控股)\))?(?P<form>股份有限公司|有限责任公司|有限公司)"
)
_ARM = lazily(r"财产|财险|养老|人寿|期货|信托|租赁|基金|资产|证券|银行|健康保险")
_PLACE_BEFORE = lazily(rf"(?:{PLACES})(?:市|省)?$")
# Words that stand before a legal name and are no part of it, besides the characters of _NOT_IN_A_NAME.
_BEFORE_A_NAME = lazily(
    rf"[{_NOT_IN_A_NAME}司东方团人到给据于日年月号是中后前及等款股权资产品让购售投载见职入任]$|(?:集团|企业|机构"
    rf"|客户|伙伴|巨头|龙头|药企|其中"
    r"|包括|例如|以及|合作|联合|携手|通过|关于|目前|此外|另外|同时|因此|虽然|但是|成立|设立|控制|管理|隶属|参股|新增)$"
)
_TRADE_WORD = lazily(GENERIC_WORDS)
_CHINESE_BEFORE = lazily(r"[\u4e00-\u9fff]{1,5}$")
_NEARBY = 2000  # characters on each side in which another company of the same brand is looked for
_ENGLISH_TAIL = lazily(
    r"(?:,? (?:co\.?(?:,? ?ltd\b\.?)?|company limited|company|limited|ltd\b\.?|inc\b\.?|corp\b\.?|corporation|plc|ag|"
    r"holdings?|group|pharmaceuticals?|pharma|biopharmaceuticals?|biopharma|biologics|biotech|biotechnology|"
    r"biosciences|therapeutics|medicines|laboratories|medical|technologies|technology|cayman)(?![a-z0-9-])"
    r"| \((?:cayman|china)\)(?= (?:limited|ltd|inc|co\b|holdings))){1,5}"
)
_ENGLISH_PLACE = lazily(
    r"(?:jiangsu|shanghai|sichuan|beijing|suzhou|hangzhou|shandong|zhejiang|shenzhen|guangzhou|nanjing|wuhan|"
    r"hong kong) $"
)


class Extent(Enum):
    """What the words around a listed name make of it."""

    NAME = "name"
    ISSUER = "issuer"
    SUBSIDIARY = "subsidiary"


def extend(text: str, folded: str, span: Span) -> tuple[Span, Extent]:
    """Widen the span of a name to the legal name printed around it, and say whose legal name it is.

    >>> text = "雍禾医疗集团有限公司发布公告"
    >>> extend(text, text, Span(0, 4))
    (Span(start=0, end=10), <Extent.ISSUER: 'issuer'>)

    """
    if folded[span.end - 1].isascii():
        return _extend_english(text, folded, span)
    return _extend_chinese(folded, span)


def _extend_chinese(folded: str, span: Span) -> tuple[Span, Extent]:
    # Most names stand alone, and a look at the characters around them is much faster than the patterns.
    if folded[span.end : span.end + 1] not in _PLACE_FIRST and folded.find("公司", span.end, span.end + _LONGEST) < 0:
        return _with_trade(folded, span), Extent.NAME
    place = _PLACE_BEFORE.search(folded, max(0, span.start - 4), span.start)
    start = place.start() if place else span.start
    result = span, Extent.NAME
    # 京城机电股份 is a listed name, and 京城机电股份有限公司 ends in 股份有限公司.
    ends_in_shares = folded.endswith("股份", span.start, span.end)
    tail = _TAIL.match(folded, span.end - 2 if ends_in_shares else span.end)
    other = None if tail else _OTHER_ENTITY.match(folded, span.end)
    whole = tail or other
    brand = 0 if place or whole is None else _brand_before(folded, span.start, issuer=whole["form"] == "股份有限公司")
    if brand and whole:
        result = Span(span.start - brand, whole.end()), Extent.SUBSIDIARY
    elif tail:
        abroad = bool(place or tail["place"] or _BRACKETED_PLACE.search(_HOME.sub("", tail["middle"])))
        if tail["form"] == "股份有限公司" and not tail["place"]:
            result = Span(start, tail.end()), Extent.ISSUER
        elif abroad:
            result = Span(start, tail.end()), Extent.SUBSIDIARY
        else:
            result = Span(span.start, tail.end()), Extent.ISSUER
    elif bracket := _BRACKETED_PLACE.match(folded, span.end):
        result = Span(span.start, bracket.end()), Extent.SUBSIDIARY
    elif other:
        # 国富氢能技术装备股份有限公司 is 国富氢能; 平安人寿保险股份有限公司 is a company of 平安.
        long_name = other["form"] == "股份有限公司" and len(other["middle"]) <= 6
        issuer = long_name and not _ARM.match(other["middle"])
        extent = Extent.ISSUER if issuer else Extent.SUBSIDIARY
        result = Span(start if issuer else span.start, other.end()), extent
    elif _UNIT.match(folded, span.end):
        result = span, Extent.SUBSIDIARY
    else:
        result = _with_trade(folded, span), Extent.NAME
    return result


def _with_trade(folded: str, span: Span) -> Span:
    """Widen a name by the words of its trade that stand before a bracket."""
    end = span.end
    trade = _TRADE_TAIL.match(folded, end) if folded[end : end + 1] in _TRADE_FIRST else None
    return Span(span.start, trade.end()) if trade else span


def _brand_before(folded: str, start: int, *, issuer: bool) -> int:
    """Return how many characters before a name make it another company's longer one: 以岭万洲国际制药有限公司.

    They are a brand when a company nearby is called so (以岭药业), or when nothing else stands between the
    name and the mark before it and the legal form is not the one of an ``issuer``.
    """
    before = _CHINESE_BEFORE.search(folded, max(0, start - 5), start)
    if before is None:
        return 0
    for size in (2, 3, 4):
        brand = folded[start - size : start]
        if size > len(before[0]) or _BEFORE_A_NAME.search(brand) or _TRADE_WORD.fullmatch(brand):
            continue
        at = folded.find(brand, max(0, start - _NEARBY), start + _NEARBY)
        while at >= 0:
            if at + size != start and _TRADE_WORD.match(folded, at + size):
                return size
            at = folded.find(brand, at + size, start + _NEARBY)
    alone = (
        not issuer
        and 2 <= len(before[0]) <= 3
        and not _BEFORE_A_NAME.search(before[0])
        and not _TRADE_WORD.search(before[0])
    )
    return len(before[0]) if alone else 0


def _extend_english(text: str, folded: str, span: Span) -> tuple[Span, Extent]:
    start, end = span
    tail = _ENGLISH_TAIL.match(folded, end)
    if tail:
        # "Akeso group said" ends at Akeso: a word of a name is printed with a capital.
        for word in re.finditer(r"[ ,]+([^ ,]+)", text[end : tail.end()]):
            if not word.group(1).lstrip("(")[0].isupper():
                tail_end = end + word.start()
                break
        else:
            tail_end = tail.end()
        end = tail_end
    place = _ENGLISH_PLACE.search(folded, max(0, start - 10), start)
    if place and text[place.start()].isupper() and (place.start() == 0 or not folded[place.start() - 1].isalnum()):
        start = place.start()
    return Span(start, end), Extent.NAME
