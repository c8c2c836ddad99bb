import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.text import find_date_expressions

# A Wednesday.
MAY = dt.date(2026, 5, 20)

# text, then every expression with its date; "-" is an expression that names no date of the common calendar
EXPRESSIONS = [
    ("大前天公布", [("大前天", "2026-05-17")]),
    ("後天生效", [("後天", "2026-05-22")]),
    ("上周五停牌", [("上周五", "2026-05-15")]),
    ("下个星期二复牌", [("下个星期二", "2026-05-26")]),
    ("上上周一", [("上上周一", "2026-05-04")]),
    ("这周日", [("这周日", "2026-05-24")]),
    ("去年本月八日", [("去年本月八日", "2025-05-08")]),
    ("31日公布", [("31日", "2026-03-31")]),
    ("5月18日，星期一", [("5月18日，星期一", "2026-05-18")]),
    ("六月二十三", [("六月二十三", "2025-06-23")]),
    ("两千年三月十二", [("两千年三月十二", "2000-03-12")]),
    ("2月29日", [("2月29日", "2024-02-29")]),
    ("2023年2月29日", [("2023年2月29日", "-")]),
    ("正月初六开市", [("正月初六", "-")]),
    ("met two weeks ago", [("two weeks ago", "2026-05-06")]),
    ("1 month and 5 days ago", [("1 month and 5 days ago", "2026-04-15")]),
    ("in 3 days", [("in 3 days", "2026-05-23")]),
    ("four days from tomorrow", [("four days from tomorrow", "2026-05-25")]),
    ("the day before yesterday", [("the day before yesterday", "2026-05-18")]),
    ("next Friday or last Friday", [("next Friday", "2026-05-29"), ("last Friday", "2026-05-15")]),
    ("due Monday next week", [("Monday next week", "2026-05-25")]),
    ("the second Tuesday of next month", [("the second Tuesday of next month", "2026-06-09")]),
    ("the 5th of last month", [("the 5th of last month", "2026-04-05")]),
    ("31st of next month", [("31st of next month", "-")]),
    ("Tuesday the 19th", [("Tuesday the 19th", "2026-05-19")]),
    ("the tenth of March, two thousand and nine", [("tenth of March, two thousand and nine", "2009-03-10")]),
    ("Monday, May 18, 2026", [("Monday, May 18, 2026", "2026-05-18")]),
    ("2026/may/04", [("2026/may/04", "2026-05-04")]),
    ("two Fridays later", [("two Fridays later", "2026-05-29")]),
    ("paid on the 7th.", [("the 7th", "2026-05-07")]),
]


def printed(text: str, *, day_first: bool = True) -> list[tuple[str, str]]:
    return [
        (text[slice(*found.span)], str(found.value) if found.value else "-")
        for found in find_date_expressions(text, MAY, day_first=day_first)
    ]


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS)
def test_expression_and_date(text: str, expected: list[tuple[str, str]]) -> None:
    assert printed(text) == expected


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("3/4", "2026-04-03", "2026-03-04"),
        ("3/4/2025", "2025-04-03", "2025-03-04"),
        ("3-4-25", "2025-04-03", "2025-03-04"),
        ("25/4/2025", "2025-04-25", "2025-04-25"),
    ],
)
def test_order_of_day_and_month(text: str, day_first: str, month_first: str) -> None:
    assert printed(text) == [(text, day_first)]
    assert printed(text, day_first=False) == [(text, month_first)]


@given(st.integers(1, 300))
def test_days_ago_and_from_now_are_each_other_s_mirror(days: int) -> None:
    (back,) = find_date_expressions(f"{days} days ago", MAY)
    (ahead,) = find_date_expressions(f"{days} days from now", MAY)
    assert back.value is not None
    assert ahead.value is not None
    assert MAY - back.value.first_day == ahead.value.first_day - MAY == dt.timedelta(days=days)


@given(st.text(alphabet="0123456789-/. 上下周月日初年一二十three days ago next friday the of may", max_size=80))
def test_expressions_are_ordered_and_disjoint(text: str) -> None:
    spans = [found.span for found in find_date_expressions(text, MAY)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
