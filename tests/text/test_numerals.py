from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.text.numerals import parse_chinese, parse_digits, parse_english

CHINESE = [
    ("十", "10"), ("十二", "12"), ("二十", "20"), ("廿三", "23"), ("一百零二", "102"), ("一百二", "120"),
    ("一万二", "12000"),
    ("三千亿", "300000000000"), ("一万三千亿", "1300000000000"), ("一亿零五百万", "105000000"), ("叁佰万", "3000000"),
    ("五十八点三", "58.3"), ("两千零八", "2008"), ("二〇二五", "2025"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "value"), CHINESE)
def test_chinese_values(printed: str, value: str) -> None:
    read = parse_chinese(printed)
    assert read is not None
    assert (read.value, read.upper) == (Decimal(value), None)


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [("两三百", 200, 300), ("七八十万", 700_000, 800_000), ("十七八", 17, 18), ("三五", 3, 5)],
)
def test_two_digits_in_a_row_are_a_range(printed: str, low: int, high: int) -> None:
    read = parse_chinese(printed)
    assert read is not None
    assert (read.value, read.upper) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("printed", ["", "点", "点五", "三点", "药", "一" * 41, "五点百"])
def test_what_is_no_chinese_numeral(printed: str) -> None:
    assert parse_chinese(printed) is None


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("twenty-three", "23"),
        ("two dozen", "24"),
        ("half a million", "500000"),
        ("one hundred and five thousand", "105000"),
    ],
)
def test_english_values(printed: str, value: str) -> None:
    read = parse_english(printed)
    assert read is not None
    assert read.value == Decimal(value)


@pytest.mark.parametrize("printed", ["two three", "twenty fifteen"])
def test_what_is_no_english_numeral(printed: str) -> None:
    assert parse_english(printed) is None


def test_digits_beyond_any_figure_are_refused() -> None:
    assert parse_digits("9" * 29) is None
    assert parse_digits("9" * 28) is not None


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_are_read_back(number: int) -> None:
    read = parse_chinese(spelled(number))
    assert read is not None
    assert read.value == number


def spelled(number: int) -> str:
    """Write a whole number in Chinese characters, the schoolbook way."""
    if number == 0:
        return "零"
    digits = "零一二三四五六七八九"
    out = ""
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, unit)
        if not section:
            continue
        part, gap = "", False
        for place, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = section // place % 10
            if digit:
                part += ("零" if gap and (part or out) else "") + digits[digit] + mark
                gap = False
            else:
                gap = True
        lead = "零" if out and section < 1000 and not part.startswith("零") else ""
        out += lead + part + name
    return out
