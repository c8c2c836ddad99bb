"""Companies that the gazetteer does not hold, by where news prints a name."""

from __future__ import annotations

import pytest

from hkconcept.events.unlisted import find_unlisted
from hkconcept.model import Judgement, Mention, Span, StockCode
from hkconcept.text.fold import fold


def names(text: str, *known: str) -> list[str]:
    mentions = [
        Mention(Span(text.index(name), text.index(name) + len(name)), name, Judgement.LINKED, StockCode("01801"))
        for name in known
    ]
    return [mention.surface for mention in find_unlisted(fold(text), mentions)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("润达智造：2025年净利润1.2亿元\n正文。", ["润达智造"]),
        ("星河新材净利同比增两成\n正文。", ["星河新材"]),
        ("早参\n■某某药业：被公开谴责；■甲乙丙：回购", ["某某药业", "甲乙丙"]),
        ("某股走高\n日前，心脉机电（300999.SZ）公告。", ["心脉机电"]),
        ("某股走高\n5月2日，马应堂公告称，子公司获批。", ["马应堂"]),
        ("要闻\n完成收购金水灵(300001.SZ)25%股权。", ["金水灵"]),  # the verb is no part of the name
        # every place of a name that was found once
        ("乙木药业回购股份\n乙木药业（600999.SH）称，乙木药业将回购。", ["乙木药业", "乙木药业", "乙木药业"]),
        # no companies: words of the trade, topics before a company, the members of a list
        ("港股公告精选：回购升温\n正文。", []),
        ("根据此前公告，股息于周五派发。\n正文", []),
        ("某股走高\n包括甲子药业（600001.SH）、乙丑药业（600002.SH）等。", []),
    ],
)
def test_a_name_is_known_by_its_place(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_topic_before_a_company_and_the_company_itself_are_left_alone() -> None:
    assert names("合同起纠纷：信达生物被诉\n正文。", "信达生物") == []
    assert names("信达生物：新药获批\n信达生物（600999.SH）公告。", "信达生物") == ["信达生物"]


def test_many_names_cost_no_more_than_their_text() -> None:
    text = "标题\n" + "".join(
        f"甲{chr(0x4E00 + n % 700)}{chr(0x5E00 + n // 700)}（60{n % 10_000:04d}）公告，" for n in range(9000)
    )
    assert len(find_unlisted(fold(text), ())) > 8000  # a few of the made-up names hold a word of the trade
