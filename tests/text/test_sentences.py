from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.text import clauses, sentences

SENTENCES = [
    ("第一批获批。第二批受理！何时公布？", ["第一批获批。", "第二批受理！", "何时公布？"]),
    ("他说：“已获批。”随后上市。", ["他说：“已获批。”", "随后上市。"]),
    ("Sales rose 5.2%. Profit fell.", ["Sales rose 5.2%.", "Profit fell."]),
    ("Announcement No. 3 of 2026 took effect. It matters.", ["Announcement No. 3 of 2026 took effect.", "It matters."]),
    ("Robert F. Kennedy Jr. spoke. He left.", ["Robert F. Kennedy Jr. spoke.", "He left."]),
    ("The U.S. Food and Drug Administration agreed.", ["The U.S. Food and Drug Administration agreed."]),
    ("It sells in the U.S. The firm grew.", ["It sells in the U.S.", "The firm grew."]),
    ("Alpha Bio Inc. said so.", ["Alpha Bio Inc. said so."]),
    ('"We agree." She left.', ['"We agree."', "She left."]),
    ("Headline\n\n  Body text here.", ["Headline", "Body text here."]),
    ("1. Approvals rose. 2. Deals fell.", ["1. Approvals rose.", "2. Deals fell."]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[slice(*span)] for span in sentences(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收入1,300万元，增5%；亏损收窄。", ["收入1,300万元，", "增5%；", "亏损收窄。"]),
        ("Of 47 drugs, 38 are new; 9 are not.", ["Of 47 drugs,", "38 are new;", "9 are not."]),
        ("At 08:07, it rose 1,300 points.", ["At 08:07,", "it rose 1,300 points."]),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert [text[slice(*span)] for span in clauses(text)] == expected


@given(st.text(alphabet='ab A。！.?”" \n，,;1', max_size=80))
def test_sentences_cover_everything_but_white_space(text: str) -> None:
    spans = sentences(text)
    kept = "".join(text[slice(*span)] for span in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(any(outer.contains(inner) for outer in spans) for inner in clauses(text))
