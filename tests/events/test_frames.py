"""Slots of the frames, and who speaks as "we"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest

from hkconcept.events import find_events
from hkconcept.model import DateMention, Event, PartialDate, Quantity, Span, StockCode

Read = Callable[..., tuple[Event, ...]]
NAMES = {"信达生物": "01801", "荣昌生物": "09995"}


@dataclass(frozen=True)
class Found:
    span: Span
    quantity: Quantity


def spot(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("信达生物：IBI399获批开展II/III期临床试验\n正文。", {"drug": "IBI399", "phase": "II/III"}),
        ("信达生物：新药获批临床 \n信达生物（01801）的Ib期临床试验申请获FDA批准。", {}),
        ("信达生物：ABC101三期研究结果入选ASCO年会\n正文。", {"drug": "ABC101", "phase": "III", "meeting": "ASCO"}),
        ("港股收评\n信达生物(01801.HK)跌3.25%。", {"direction": "down", "percent": "3.25"}),
        ("信达生物：拟回购不超1亿港元股份\n正文。", {"status": "planned"}),
        ("信达生物发盈警\n正文。", {"direction": "down"}),
        ("信达生物获调出港股通名单\n正文。", {"action": "out"}),
        ("第12批集采开标\n正文。", {"round": "12"}),
        ("某券商维持信达生物买入评级\n正文。", {"rating": "买入"}),
    ],
)
def test_slots(text: str, slots: dict[str, str], read: Read) -> None:
    assert dict(read(text, NAMES)[0].frame) == slots


def test_agency_of_an_approval(read: Read) -> None:
    (event,) = read("信达生物：注射液获美国FDA批准上市\n用于治疗肺癌。", NAMES)
    assert (event.type, event.agency) == ("approval", "FDA")


def test_money_period_and_day_come_from_what_was_found() -> None:
    text = "7月30日，公司收到里程碑付款5000万美元。2026年上半年净利润增长。"
    found = find_events(
        text,
        language="zh-Hans",
        mentions=(),
        dates=(
            DateMention(spot(text, "7月30日"), PartialDate(2026, 7, 30)),
            DateMention(spot(text, "2026年上半年"), PartialDate(2026, half=1)),
        ),
        quantities=(Found(spot(text, "5000万美元"), Quantity(Decimal(50_000_000), "USD")),),
        published=dt.date(2026, 7, 31),
        issuer=StockCode("01801"),
    )
    by_type = {event.type: event for event in found}
    assert dict(by_type["milestone_payment"].frame) == {"amount": "50000000", "currency": "USD"}
    assert by_type["milestone_payment"].date == PartialDate(2026, 7, 30)
    assert dict(by_type["results"].frame) == {"period": "2026-H1"}


def test_a_filing_speaks_of_its_author(read: Read) -> None:
    text = "截至2024年12月31日止年度，我們的收入增加20%。"
    assert read(text, language="zh-Hant") == ()
    (event,) = read(text, language="zh-Hant", issuer="03378")
    assert (event.type, event.codes) == ("results", ("03378",))


def test_listing_finds_the_code_that_the_text_prints(read: Read) -> None:
    (event,) = read("預期H股將於12月23日開始於聯交所買賣。股份代號將為3378。", language="zh-Hant")
    assert (event.type, event.codes) == ("listing", ("03378",))


def test_one_event_for_headline_and_body(read: Read) -> None:
    text = "新药获批上市 荣昌生物再下一城\n荣昌生物（09995）公告，用于治疗狼疮的注射液获国家药监局批准上市。"
    assert [(event.type, event.codes) for event in read(text, NAMES)] == [("approval", ("09995",))]
