from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.text import find_numbers, find_percentages

# text, then the printed number and its value for every number in it
CHINESE = [
    ("共三万二千五百零八人", [("三万二千五百零八", "32508")]),
    ("两千六百三", [("两千六百三", "2630")]),
    ("6万3千4百", [("6万3千4百", "63400")]),
    ("三 千 五", [("三 千 五", "3500")]),
    ("七亿零九", [("七亿零九", "700000009")]),
    ("二兆五十亿", [("二兆五十亿", "2005000000000")]),
    ("三万万", [("三万万", "300000000")]),
    ("负十六点二五", [("负十六点二五", "-16.25")]),
    ("七分之二", [("七分之二", "0.2857142857142857142857142857")]),
    ("二又四分之一", [("二又四分之一", "2.25")]),
    ("负二又二分之一", [("负二又二分之一", "-2.5")]),
    ("２５分之８", [("２５分之８", "0.32")]),
    ("鸡蛋三打", [("三打", "36")]),
    ("六十多万", [("六十多万", "600000")]),
    ("叄仟貳佰", [("叄仟貳佰", "3200")]),
    ("七十千", [("七十", "70")]),
    ("0万元和零万", [("0万", "0"), ("零万", "0")]),
    ("百分之八点五", [("八点五", "8.5")]),
    ("第三名得了八分", [("八", "8")]),
]
ENGLISH = [
    ("forty two and a half", [("forty two and a half", "42.5")]),
    ("five million and a quarter", [("five million and a quarter", "5250000.00")]),
    ("seven eighths of it", [("seven eighths", "0.875")]),
    ("sixty twenty-fifths", [("sixty twenty-fifths", "2.4")]),
    ("one hundred and two and three fifths", [("one hundred and two and three fifths", "102.6")]),
    ("minus three point oh", [("minus three", "-3")]),
    ("nine point nought five", [("nine point nought five", "9.05")]),
    ("two out of five", [("two out of five", "0.4")]),
    ("6 out of 3", [("6", "6"), ("3", "3")]),
    ("6 thousand 2 hundred and 11", [("6 thousand 2 hundred and 11", "6211")]),
    ("four dozens", [("four dozens", "48")]),
    ("two lakh crore", [("two lakh crore", "2000000000000")]),
    ("7 3/4 and 1/8", [("7 3/4", "7.75"), ("1/8", "0.125")]),
    ("2.5e3, 2^10, 3.1x10^2", [("2.5e3", "2500"), ("2^10", "1024"), ("3.1x10^2", "310")]),
    ("30 000 and 1,250,000.5", [("30 000", "30000"), ("1,250,000.5", "1250000.5")]),
    ("5k, 1.5b, 7 M", [("5k", "5000"), ("1.5b", "1500000000.0"), ("7 M", "7000000")]),
    ("call +1-333-4444/5555", [("1", "1"), ("333", "333"), ("4444", "4444"), ("5555", "5555")]),
]
NONE = [
    "一切看四川", "队伍登陆", "收拾", "千万不要", "万科", "第三", "the first class", "this one", "20km", "HER2", "3m",
    "https://example.com/7?a=8%20", "二三十", "两两", "万一",
]  # fmt: skip
PERCENTAGES = [
    ("百分之三十六", [("百分之三十六", "36")]), ("百 分 之 七", [("百 分 之 七", "7")]),
    ("万分之五", [("万分之五", "0.05")]),
    ("六个百分点", [("六个百分点", "6")]), ("三成二", [("三成二", "32")]), ("半成", [("半成", "5")]),
    ("打七五折", [("七五折", "75")]), ("打对折", [("对折", "50")]), ("-4.5％", [("-4.5％", "-4.5")]),
    ("minus two percent", [("minus two percent", "-2")]), ("8‰", [("8‰", "0.8")]),
    ("percent of 30", [("percent of 30", "30")]), ("the % of growth", [("%", None)]),
    ("占3-9%", [("9%", "9")]), ("六百分之三", []), ("十折", []), ("二三十个百分点", []), ("三成为", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CHINESE + ENGLISH)
def test_every_number_with_its_value(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(text[slice(*number.span)], number.value) for number in find_numbers(text)]
    assert found == [(printed, Decimal(value)) for printed, value in expected]


@pytest.mark.parametrize("text", NONE)
def test_words_and_names_are_no_numbers(text: str) -> None:
    assert [text[slice(*number.span)] for number in find_numbers(text)] == []


def test_without_fractions_the_parts_are_numbers() -> None:
    assert [number.value for number in find_numbers("two out of five", fractions=False)] == [2, 5]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("17", "integer"), ("1.5", "decimal"), ("三分之一", "fraction"), ("2^3", "power"), ("½", "fraction")],
)
def test_kind(text: str, kind: str) -> None:
    (number,) = find_numbers(text)
    assert number.kind == kind


@pytest.mark.parametrize(("text", "expected"), PERCENTAGES)
def test_percentages(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = [(text[slice(*share.span)], share.value, share.unit) for share in find_percentages(text)]
    assert found == [(printed, value if value is None else Decimal(value), "percent") for printed, value in expected]


@pytest.mark.parametrize(("text", "value"), [("1/4 of them", "25"), ("three out of four", "75"), ("one third", None)])
def test_shares_are_percentages_on_request(text: str, value: str | None) -> None:
    assert find_percentages(text) == ()
    found = [share.value for share in find_percentages(text, shares=True)]
    assert found == ([] if value is None else [Decimal(value)])


@given(st.integers(0, 10**12))
def test_any_whole_number_is_read_back(value: int) -> None:
    for text in (f"共{value:,}元", f"the {value} units"):
        (number,) = find_numbers(text)
        assert number.value == value


DIGITS = "零一二三四五六七八九"


@given(st.integers(11, 99_999_999))
def test_any_number_in_characters_is_read_back(value: int) -> None:
    """The spelling is made here from the places, not by the parser."""

    def section(part: int) -> str:
        spelled, gap = "", False
        for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = part // place % 10
            if digit:
                spelled += ("零" if gap and spelled else "") + DIGITS[digit] + name
                gap = False
            else:
                gap = True
        return spelled

    high, low = divmod(value, 10_000)
    spelled = (section(high) + "万" if high else "") + ("零" if high and 0 < low < 1000 else "") + section(low)
    (number,) = find_numbers(f"共{spelled}元")
    assert number.value == value


@given(st.text(alphabet="0123456789.,-/^e%个百千万亿分之又点第两三负 one third and half of million-", max_size=100))
def test_numbers_are_ordered_disjoint_and_inside(text: str) -> None:
    for found in (find_numbers(text), find_percentages(text, shares=True)):
        spans = [number.span for number in found]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(left.end <= right.start for left, right in pairwise(spans))
