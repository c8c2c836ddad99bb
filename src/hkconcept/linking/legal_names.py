"""Legal names around a listed name: the issuer's own full name, or that of a subsidiary.

``江苏中慧元通生物科技股份有限公司`` is the issuer, ``三叶草生物制药（香港）有限公司`` is not: a company
limited by shares is the issuer whatever its place, a limited company with a place in its name is a
subsidiary of it.
"""

from __future__ import annotations

import re
from enum import Enum

from hkconcept.model import Span

__all__ = ["GENERIC_WORDS", "PLACES", "PLACE_AHEAD", "Extent", "extend"]

PLACES = (
    "中国|香港|澳门|台湾|北京|上海|天津|重庆|江苏|浙江|广东|山东|四川|湖北|湖南|福建|安徽|江西|河南|河北|山西|陕西|"
    "辽宁|吉林|黑龙江|海南|云南|贵州|广西|甘肃|青海|宁夏|新疆|内蒙古|西藏|深圳|广州|珠海|东莞|佛山|中山|苏州|无锡|南京|"
    "常州|南通|泰州|扬州|徐州|镇江|杭州|宁波|嘉兴|绍兴|台州|湖州|温州|金华|合肥|武汉|长沙|成都|西安|济南|青岛|烟台|威海|"
    "厦门|福州|南昌|郑州|石家庄|沈阳|大连|长春|哈尔滨|昆明|贵阳|南宁|海口|三亚|开曼|美国|新加坡"
)
"""Places that a Chinese legal name begins with or encloses in brackets."""

GENERIC_WORDS = (
    "集团|控股|股份|生物医药|生物科技|生物技术|生物制药|生物|科技|医药|制药|药业|医疗器械|医疗健康|医疗|医学|器械|技术|国际|健康|"
    "新药开发|新药|药物|开发|研究|工程|实业|发展|投资|企业|汽车|电子|能源|材料|新材料|金融|保险|财产保险|证券|食品|饮料|服务|信息|"
    "网络|数码|数据|智能|半导体|微电子|环保|环境|管理|产业|工业|化工|钢铁|银行|地产|物业|教育|文化|娱乐|影视|传媒|物流|速递|快递|"
    "航空|电力|燃气|水务|矿业|黄金|机械|电器|电气|家居|零售|商业|贸易|诊断|检测|基因|细胞|免疫|抗体|疫苗|眼科|口腔|临床|咨询"
)
"""Words of trade and of legal form: they do not tell one company from another."""

_TAIL = re.compile(
    rf"(?P<middle>(?:{GENERIC_WORDS}|\((?:{PLACES})\)|(?P<place>{PLACES})){{0,6}}?)"
    r"(?P<form>股份有限公司|有限责任公司|控股有限公司|集团有限公司|有限公司)"
)
PLACE_AHEAD = re.compile(rf"\(?(?:{PLACES})")
"""A place right after a short name makes it another company's: 三叶草香港."""

_BRACKETED_PLACE = re.compile(rf"\((?:{PLACES})\)")
_UNIT = re.compile(rf"(?:{PLACES})(?:公司|分公司|子公司|有限|医药|科技|控股)")
_NOT_IN_A_NAME = "的与和及向在拟将对被由为就于称收持签宣发了附子旗等以将已"
_OTHER_ENTITY = re.compile(
    rf"(?P<middle>(?:(?![{_NOT_IN_A_NAME}])[\u4e00-\u9fff]){{1,8}}?)(?:\((?:{PLACES}|集团|控股)\))?(?P<form>股份有限公司|有限责任公司|有限公司)"
)
_ARM = re.compile(r"财产|财险|养老|人寿|期货|信托|租赁|基金|资产|证券|银行|健康保险")
_PLACE_BEFORE = re.compile(rf"(?:{PLACES})(?:市|省)?$")
_ENGLISH_TAIL = re.compile(
    r"(?:,? (?:co\.?(?:,? ?ltd\b\.?)?|company limited|company|limited|ltd\b\.?|inc\b\.?|corp\b\.?|corporation|plc|ag|"
    r"holdings?|group|pharmaceuticals?|pharma|biopharmaceuticals?|biopharma|biologics|biotech|biotechnology|"
    r"biosciences|therapeutics|medicines|laboratories|medical|technologies|technology)(?![a-z0-9-])){1,5}"
)
_ENGLISH_PLACE = re.compile(
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
    place = _PLACE_BEFORE.search(folded, max(0, span.start - 4), span.start)
    start = place.start() if place else span.start
    result = span, Extent.NAME
    # 京城机电股份 is a listed name, and 京城机电股份有限公司 ends in 股份有限公司.
    ends_in_shares = folded.endswith("股份", span.start, span.end)
    if tail := _TAIL.match(folded, span.end - 2 if ends_in_shares else span.end):
        abroad = bool(place or tail["place"] or "(" in tail["middle"])
        if tail["form"] == "股份有限公司" and not tail["place"]:
            result = Span(start, tail.end()), Extent.ISSUER
        elif abroad:
            result = Span(start, tail.end()), Extent.SUBSIDIARY
        else:
            result = Span(span.start, tail.end()), Extent.ISSUER
    elif bracket := _BRACKETED_PLACE.match(folded, span.end):
        result = Span(span.start, bracket.end()), Extent.SUBSIDIARY
    elif other := _OTHER_ENTITY.match(folded, span.end):
        # 国富氢能技术装备股份有限公司 is 国富氢能; 平安人寿保险股份有限公司 is a company of 平安.
        long_name = other["form"] == "股份有限公司" and len(other["middle"]) <= 6
        issuer = long_name and not _ARM.match(other["middle"])
        extent = Extent.ISSUER if issuer else Extent.SUBSIDIARY
        result = Span(start if issuer else span.start, other.end()), extent
    elif _UNIT.match(folded, span.end):
        result = span, Extent.SUBSIDIARY
    return result


def _extend_english(text: str, folded: str, span: Span) -> tuple[Span, Extent]:
    start, end = span
    tail = _ENGLISH_TAIL.match(folded, end)
    if tail:
        # "Akeso group said" ends at Akeso: a word of a name is printed with a capital.
        for word in re.finditer(r"[ ,]+([^ ,]+)", text[end : tail.end()]):
            if not word.group(1)[0].isupper():
                tail_end = end + word.start()
                break
        else:
            tail_end = tail.end()
        end = tail_end
    place = _ENGLISH_PLACE.search(folded, max(0, start - 10), start)
    if place and text[place.start()].isupper() and (place.start() == 0 or not folded[place.start() - 1].isalnum()):
        start = place.start()
    return Span(start, end), Extent.NAME
