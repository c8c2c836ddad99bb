import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.text import find_dates

MAY = dt.date(2026, 5, 20)
JANUARY = dt.date(2026, 1, 8)

CHINESE = [
    ("5月18日，公司发布公告", MAY, ["2026-05-18"]),
    ("於2025年12月23日上市", MAY, ["2025-12-23"]),
    ("二〇二五年三月七日", MAY, ["2025-03-07"]),
    ("截至2025年12月31日止年度", MAY, ["2025-12-31"]),
    ("2023年及2024年12月31日", MAY, ["2023", "2024-12-31"]),
    ("去年12月与今年3月", MAY, ["2025-12", "2026-03"]),
    ("12月已完成", MAY, ["2025-12"]),
    ("预计12月启动", MAY, ["2026-12"]),
    ("8月14日将派息", MAY, ["2026-08-14"]),
    ("记录日期为6月25日，派息日为8月10日", MAY, ["2026-06-25", "2026-08-10"]),
    ("延期至9月2日", MAY, ["2026-09-02"]),
    ("控制权变更 25日复牌", MAY, ["2026-05-25"]),
    ("25日，公司公告", MAY, ["2026-04-25"]),
    ("11月2日已完成", MAY, ["2025-11-02"]),
    ("2025年全国销量", MAY, ["2025"]),
    ("亮相2026首届展会，2025实现收入3亿元", MAY, ["2026", "2025"]),
    ("截至2026年6月30日的六个月，较2025年同期增长", MAY, ["2026-06-30", "2025-H1"]),
    ("1月5日起生效", dt.date(2025, 12, 30), ["2026-01-05"]),
    ("2025年第四季度与2026年一季度", MAY, ["2025-Q4", "2026-Q1"]),
    ("一季度收益总额", MAY, ["2026-Q1"]),
    ("四季度业绩", dt.date(2026, 3, 2), ["2025-Q4"]),
    ("上半年亏损，2025年下半年盈利", MAY, ["2026-H1", "2025-H2"]),
    ("2026年中期业绩", MAY, ["2026-H1"]),
    ("2025年前三季度", MAY, ["2025-Q1..2025-Q3"]),
    ("2024年7-9月", MAY, ["2024-07..2024-09"]),
    ("7月29日至31日", dt.date(2026, 8, 1), ["2026-07-29..2026-07-31"]),
    ("2025年3月1日至6月30日", MAY, ["2025-03-01", "2025-06-30"]),
    ("2024-2026年", MAY, ["2024..2026"]),
    ("2025年底前", MAY, ["2025-12"]),
    ("2026财年", MAY, ["FY2026"]),
    ("2026年上半年净利，较2025年同期增长", MAY, ["2026-H1", "2025-H1"]),
    ("截至2026年6月30日止六个月，较2025年同期", MAY, ["2026-06-30", "2025-H1"]),
    ("2025年5月出售，12月完成", MAY, ["2025-05", "2025-12"]),
    ("4月27日、28日和29日连续三日", MAY, ["2026-04-27", "2026-04-28", "2026-04-29"]),
    ("科技指数3月累计跌", MAY, ["2026-03"]),
    ("2025年年报", MAY, ["2025"]),
    ("4月24日-4月30日", MAY, ["2026-04-24", "2026-04-30"]),
    ("于三月完成", MAY, ["2026-03"]),
    ("4 月 16日盘前", MAY, ["2026-04-16"]),
    ("2025 年 11 月 3 日", MAY, ["2025-11-03"]),
    ("获批 3 月有余", MAY, []),
]

ENGLISH = [
    ("on January 27, 2026, the agency", MAY, ["2026-01-27"]),
    ("on Feb. 1, 2026", MAY, ["2026-02-01"]),
    ("on 7 January 2026", MAY, ["2026-01-07"]),
    ("said Jan. 13 at a conference", JANUARY, ["2026-01-13"]),
    ("released in December 2025", MAY, ["2025-12"]),
    ("By 2025, China has", MAY, ["2025"]),
    ("its 2028 patent cliff", MAY, ["2028"]),
    ("the first half of 2026 and Q1 2026", MAY, ["2026-H1", "2026-Q1"]),
    ("1H25, FY2026 and 3Q25", MAY, ["2025-H1", "FY2026", "2025-Q3"]),
    ("by the end of 2025", MAY, ["2025-12"]),
    ("sales fell in the fourth quarter", dt.date(2026, 2, 2), ["2025-Q4"]),
    ("expected in March", JANUARY, ["2026-03"]),
    ("January 5-7, 2026", MAY, ["2026-01-05..2026-01-07"]),
    ("warning letter - 01/30/2026", MAY, ["2026-01-30"]),
    ("08:07 08/01/2026", JANUARY, ["2026-01-08"]),
    ("published 2026-01-07 08:30", JANUARY, ["2026-01-07"]),
]

NONE = [
    "2月30日", "2025-02-30", "31/04/2026", "June 31, 2026", "13月", "2026LP01477", "近3个月", "十月稻田",
    "20263400529", "2000家企业",
    "2025.5万元", "we may 3 times", "2048 Ventures", "fourth-quarter earnings season", "$2025", "三年规划", "8月龄婴儿",
    "过去两月", "24/7", "version 2.0.1", "股份代號：2025",
]  # fmt: skip


def printed(text: str, anchor: dt.date | None, *, relative: bool = False) -> list[str]:
    found = find_dates(text, anchor, relative=relative)
    return [f"{mention.value}..{mention.end}" if mention.end else str(mention.value) for mention in found]


@pytest.mark.parametrize(("text", "anchor", "expected"), CHINESE + ENGLISH)
def test_date_and_precision(text: str, anchor: dt.date, expected: list[str]) -> None:
    assert printed(text, anchor) == expected


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_date(text: str) -> None:
    assert printed(text, MAY) == []


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("05/06/2026", None, "2026-06-05"),  # day first, as Hong Kong prints it
        ("05/06/2026", dt.date(2026, 5, 7), "2026-05-06"),  # month first lies at publication, day first does not
        ("05/06/2026", dt.date(2026, 6, 6), "2026-06-05"),
        ("13/06/2026", None, "2026-06-13"),
        ("06/13/2026", None, "2026-06-13"),
    ],
)
def test_order_of_day_and_month(text: str, anchor: dt.date | None, expected: str) -> None:
    assert printed(text, anchor) == [expected]


@pytest.mark.parametrize(
    ("text", "time"),
    [("08:07 08/01/2026", "08:07"), ("2026年6月12日16:30", "16:30"), ("1月7日下午3:05", "15:05"), ("1月7日", "")],
)
def test_clock_time_belongs_to_its_date(text: str, time: str) -> None:
    (mention,) = find_dates(text, JANUARY)
    assert mention.time == time
    assert text[slice(*mention.span)] == text


def test_without_publication_a_date_borrows_the_year_printed_before_it() -> None:
    assert printed("2024年3月1日签约，5月2日完成", None) == ["2024-03-01", "2024-05-02"]
    assert printed("5月2日完成", None) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("昨日公布", "2026-05-19"), ("今日", "2026-05-20"), ("本月", "2026-05"), ("上月", "2026-04"), ("去年", "2025"),
        ("周三", "2026-05-20"), ("周五", "2026-05-15"), ("said Tuesday", "2026-05-19"), ("yesterday", "2026-05-19"),
        ("last year", "2025"),
    ],
)  # fmt: skip
def test_relative_words_are_read_on_request_only(text: str, expected: str) -> None:
    assert printed(text, MAY, relative=True) == [expected]
    assert printed(text, MAY) == []


@given(st.dates(dt.date(1990, 1, 1), dt.date(2049, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y年%m月%d日", "%d %B %Y"]))
def test_every_full_date_is_read_back(day: dt.date, form: str) -> None:
    assert printed(f"于{day.strftime(form)}发布" if "年" in form else f"on {day.strftime(form)} ", None) == [str(day)]


@given(st.text(alphabet="0123456789年月日至-/.: 去今上半季度一二三四QHFYJanMay，", max_size=80))
def test_mentions_are_disjoint_and_periods_run_forward(text: str) -> None:
    found = find_dates(text, MAY, relative=True)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
    assert all(mention.end is None or mention.value.first_day <= mention.end.last_day for mention in found)
