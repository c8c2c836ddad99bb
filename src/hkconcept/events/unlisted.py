"""Companies that the gazetteer does not hold, recognised by where news prints a name: whom an event may be about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hkconcept.linking.matcher import leftmost_longest
from hkconcept.model import Judgement, Mention, Span
from hkconcept.text.lazily import lazily

__all__ = ["find_unlisted"]

_HEADLINE_CAP = 120
_LONGEST_SHORT_NAME = 4  # characters of a mainland short name

_NAME = r"(?:\*?st)?[\u4e00-\u9fff]{2,8}"
# 大全能源:下属企业拟投资: an item of a headline that opens with a name.
_OPENER = lazily(r"[ ]?(?P<name>(?:\*?st)?[\u4e00-\u9fff]{2,5}):")
# 红棉股份归母净利润同比增长: a name that ends in a word of trade, and what the company reports.
_REPORTS = lazily(
    r"(?P<name>[\u4e00-\u9fff]{2,3}(?:股份|科技|药业|医药|生物|电子|能源|智能|医疗|集团|控股|新材|重工|材料"
    r"|汽车|高科|制药|光电|环境|食品|酒业))"
    r"(?=(?:20\d\d年)?(?:归母|扣非|净利|营收|业绩|上半年|一季度|前三季度|年报|中报|半年报|拟|获|中标|回购|签|收购|子公司|控股股东))"
)
_ITEM = lazily(r"[;|丨,]")
# ■腾邦集团:因未按时披露年报: an item of a list.
_LISTED = lazily(rf"(?<=[■●◆])[ ]?(?P<name>{_NAME}):")
# 沃森生物(300142.SZ), 创新医疗(002173): the name before a mainland code.
_MAINLAND_CODE = lazily(r"\((?:sh|sz|bj)?[.:]?[03-9][0-9]{5}(?:\.(?:sh|sz|bj|ss))?[);,]")
_BEFORE_NAME = lazily(
    r"收购|出售|认购|投资|控股|参股|引入|持有|包括|例如|其中|以及|公司|股东|旗下|子公司|客户|企业|[和与及于为至由对向除等有]"
)
_RUN = lazily(r"(?:\*?st)?[\u4e00-\u9fff]{2,8}$")
# 5月22日,马应龙发布公告称: the name before its announcement.
_ANNOUNCED = lazily(r"公告(?:称|,|显示)")
_ANNOUNCER = lazily(rf"(?:^|[。\n,电讯日 ])(?P<name>{_NAME}?)(?:\d{{1,2}}月\d{{1,2}}日)?(?:晚间?|午间?)?(?:发布)?$")
_REACH = 24  # characters before 公告 in which its company stands
_NO_COMPANY = lazily(
    r"快讯|公告|精选|早报|早参|午报|晚报|盘点|观察|评级|汇总|研报|日报|周报|调研|快报|独家|专访|专家|分析|机构|报告|记者|市场|解读"
    r"|重磅|视频|图解|港股|a股|美股|港媒|外媒|媒体|数据|消息|提示|传闻|概念|板块|指数|行业|产业|公司|部$|局$|委$|院$|会$|府$|省|央行"
    r"|交易所|联交所|深交所|上交所|北交所|港交所|主席|总裁|董事|高管|总理|部长|行长|主任|教授|院士|律师|策略|点评|前瞻|复盘|收评|早盘"
    r"|午盘|尾盘|要闻|一览|名单|日历|政策|新规|财报|业绩|原因|如何|什么|怎么|为何|谁|[的了与和在是将被]|根据|发布|晚间|早间|盘后|盘前|同步|另据|此前|日前|自愿|动向|播报|声明|曾$|前$|后$|本报|本文|来源|作者|时间|日期"
)


def find_unlisted(key: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return names of companies that are no forms of the gazetteer, as mentions without a code.

    Parameters
    ----------
    key
        The folded text.
    mentions
        The companies that are known in it, in reading order; nothing that touches one is returned.

    Returns
    -------
    tuple of Mention
        In reading order. They say whom an event may be about and are no finding of their own.

    """
    line = key.find("\n")
    end = line if 0 < line <= _HEADLINE_CAP else 0
    candidates = list(_candidates(key, end))
    if not candidates:
        return ()
    taken = {at for mention in mentions for at in range(*mention.span)}
    starts = {mention.span.start for mention in mentions}
    found: dict[int, Span] = {}
    for span in candidates:
        # 合同纠纷:讯众通信被诉: a topic before the colon, and the company after it.
        topic = key[span.end : span.end + 1] == ":" and span.end + 1 in starts
        if not topic and taken.isdisjoint(range(*span)) and not _NO_COMPANY.search(key, *span):
            found.setdefault(span.start, span)
            taken.update(range(*span))
    names = {key[slice(*span)] for span in found.values()}
    for start, stop, _ in leftmost_longest(sorted(names), key):
        if taken.isdisjoint(range(start, stop)):
            found[start] = Span(start, stop)
    return tuple(
        Mention(span, key[slice(*span)], Judgement.NOT_IN_HK, reason="a name where news names its company")
        for _, span in sorted(found.items())
    )


def _openers(key: str, end: int) -> Iterator[Span]:
    """Yield the names that open an item of the headline; of a part after a comma only those that report."""
    marks = [mark.start() for mark in _ITEM.finditer(key, 0, end)]
    for at in (-1, *marks):
        opener = _OPENER.match(key, at + 1, end) if at < 0 or key[at] != "," else None
        if found := opener or _REPORTS.match(key, at + 1, end):
            yield Span(*found.span("name"))


def _candidates(key: str, end: int) -> Iterator[Span]:
    if end:
        yield from _openers(key, end)
    for match in _LISTED.finditer(key, end):
        yield Span(*match.span("name"))
    for code in _MAINLAND_CODE.finditer(key):
        stop = code.start()
        run = _RUN.search(key, max(0, stop - 11), stop)
        # One of a list of companies is no subject of its own.
        if run and key[code.end() : code.end() + 1] != "、" and key[run.start() - 1 : run.start()] != "、":
            # What stands before a name runs into it: a verb parts them, or the length of a short name.
            verbs = [verb.end() for verb in _BEFORE_NAME.finditer(key, run.start(), stop)]
            start = verbs[-1] if verbs else run.start()
            if stop - start > 1 and key[start - 1 : start] != "除":
                yield Span(
                    max(start, stop - _LONGEST_SHORT_NAME) if stop - start > _LONGEST_SHORT_NAME + 1 else start, stop
                )
    for word in _ANNOUNCED.finditer(key, end):
        if name := _ANNOUNCER.search(key, max(end, word.start() - _REACH), word.start()):
            yield Span(*name.span("name"))
