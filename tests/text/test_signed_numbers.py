"""Plain numbers read at one look, stretches read apart, many texts read together: the answers of the readers alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.text import find_numbers, find_numbers_in
from hkconcept.text.arabic_numbers import Found
from hkconcept.text.fold import fold_prose
from hkconcept.text.number_readers import numbers_of_all_forms
from hkconcept.text.signed_numbers import signed_numbers

CHARACTERS = [
    *"0123456789012345678901234567890123456789.,-/^ .,-/^ .,-/^ %:;()!?kKmMgGbBtTwWeEx+_~$\n\t\0\u3000\u2028\x85",
    *"１２３．，，－（）：５½¼零〇一二三四五六七八九十百千万亿兆两廿卅壹拾佰仟多余几点分之又负第打年月日元个股切川的不击开始",
    *"Σσİé🀄\ud800○俩伍陆",
]
WORDS = [
    "minus ", "negative ", "http://a.b/", "www.", "awww.x/5", "usd", "rmb", " million", " thousand", "point", " and ",
    "a half", "one out of three", "third ", "two thirds", "dozens", "bn", "mn", "nth", "over", "百分之", "万亿", "千万",
    "万一", "负 ", "- ", " - ", "x10^", "no.", "12,345", "1,234.5", "h1,234.5亿", "30 000", "5亿", "0万", "-0", "-0.5",
    "中国", "2025年", "06998 亿腾", "-12.5 3.4 -6", "10打", "5 M", "5w", "w\n", "keep", "2/3", "1 2/3", "333-4444/5555",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(CHARACTERS) | st.sampled_from(WORDS) | st.characters(), max_size=14).map("".join)


def shown(found: list[Found]) -> list[tuple[int, int, str, str]]:
    return [(start, end, str(value), kind) for start, end, value, kind in found]


@given(TEXT, st.booleans())
def test_stretches_are_read_as_the_whole(text: str, fractions: bool) -> None:
    key = fold_prose(text)
    whole = numbers_of_all_forms(text, key, fractions=fractions)
    assert shown(signed_numbers(text, key, fractions=fractions)) == shown(whole)


@given(st.lists(TEXT, max_size=6))
def test_many_texts_are_read_as_each_alone(texts: list[str]) -> None:
    alone = [
        (number, *found.span, str(found.value), found.kind)
        for number, text in enumerate(texts)
        for found in find_numbers(text)
    ]
    together = find_numbers_in(texts)
    places = (column.tolist() for column in together[:3])
    assert list(zip(*places, map(str, together.values), together.kinds, strict=True)) == alone


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["１２，３４５，６７８元，３，约５成", "12,345"], ["12345678", "3", "5", "12345"]),
        (["5w", "5w\0", "涨5w"], ["50000", "50000"]),
        (["1.5万 -0.5 0万", "三", "-3", "一百", "一", "个"], ["15000", "-0.5", "0", "3", "-3", "100", "1"]),
        ([], []),
        (["", ""], []),
    ],
)
def test_values_of_many_texts(texts: list[str], values: list[str]) -> None:
    found = find_numbers_in(texts)
    assert [f"{value.normalize():f}" for value in found.values] == values


def test_fractions_in_words_are_two_numbers_on_request() -> None:
    found = find_numbers_in(["two out of five", "约三成"], fractions=False)
    assert (found.texts.tolist(), [int(value) for value in found.values]) == ([0, 0, 1], [2, 5, 3])
