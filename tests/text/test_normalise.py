from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.model import Span
from hkconcept.text import normalise

CASES = [
    ("１，３００亿", "1,300亿"),
    ("收入１２亿，增３成", "收入12亿，增3成"),
    ("80﹒85％", "80.85%"),
    ("康方生物－Ｂ（０９９２６）", "康方生物-B（09926）"),
    ("a\u200bb\ufeffc", "abc"),
    ("5&nbsp;%&#58; A&amp;B", "5 %: A&B"),
    ("&unknown; stays", "&unknown; stays"),
    ("one\u3000two\u00a0three", "one two three"),
    ("cafe\u0301", "café"),
    ("line\r\nbreak", "line\nbreak"),
    ("20㎎", "20mg"),
    ("藥明康德", "藥明康德"),
]


@pytest.mark.parametrize(("raw", "expected"), CASES)
def test_text(raw: str, expected: str) -> None:
    assert normalise(raw).text == expected


@pytest.mark.parametrize(
    ("raw", "piece", "source"),
    [
        ("A&amp;B", "&", "&amp;"),
        ("剂量20㎎每日", "mg", "㎎"),
        ("剂量20㎎每日", "g每", "㎎每"),  # cutting through a replaced piece covers the whole piece
        ("涨\u200b5％，报", "5%", "5％"),
        ("x\u200by", "xy", "x\u200by"),
        ("&lt;b&gt;1,300&nbsp;亿", "1,300 亿", "1,300&nbsp;亿"),
    ],
)
def test_offsets_lead_back_to_the_source(raw: str, piece: str, source: str) -> None:
    normalised = normalise(raw)
    start = normalised.text.index(piece)
    begin, end = normalised.to_source(Span(start, start + len(piece)))
    assert raw[begin:end] == source


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="0:9 does not lie in a text of 3 characters"):
        normalise("abc").to_source(Span(0, 9))


def test_an_empty_span_stays_empty() -> None:
    assert normalise("&amp;b").to_source(Span(1, 1)) == Span(5, 5)


@given(st.text(alphabet="aé1，,￥&amp;#58; \u200b\u00a0（㎎Ｂ\r\n藥\u0301", max_size=60))
def test_every_span_maps_inside_the_source_and_in_order(raw: str) -> None:
    normalised = normalise(raw)
    spans = [normalised.to_source(Span(at, at + 1)) for at in range(len(normalised.text))]
    assert all(0 <= start < end <= len(raw) for start, end in spans)
    assert all(left.start <= right.start for left, right in pairwise(spans))


@given(st.text(alphabet="abc 12药", max_size=40))
def test_plain_text_is_left_alone(raw: str) -> None:
    assert normalise(raw).text == raw
