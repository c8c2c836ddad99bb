from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.errors import SourceError
from hkconcept.readers.encoding import declared_charsets, decode

SIMPLIFIED = "国家药监局今年批准上市的创新药达到76个，比去年多了28个。企业表示，研发投入仍在增长。"
TRADITIONAL = "藥監局今年批准上市的創新藥達到76個，比去年多了28個。企業表示，研發投入仍在增長。"
GERMAN = "Für die Prüfung fällt eine Gebühr an – „größer“ als früher, erklärte die Behörde."


@pytest.mark.parametrize(
    ("text", "written", "declared", "expected"),
    [
        (SIMPLIFIED, "utf-8", "gb2312", "utf-8"),
        (SIMPLIFIED, "gb18030", "utf-8", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb2312", "gb18030"),
        (SIMPLIFIED, "gb18030", "", "gb18030"),
        (SIMPLIFIED, "gb18030", "big5", "gb18030"),
        (TRADITIONAL, "big5hkscs", "big5", "big5hkscs"),
        (TRADITIONAL, "big5hkscs", "", "big5hkscs"),
        (TRADITIONAL, "gb18030", "big5", "gb18030"),
        (SIMPLIFIED, "utf-16-le", "", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "", "utf-16-be"),
        (GERMAN, "cp1252", "iso-8859-1", "cp1252"),
        (GERMAN, "cp1252", "", "cp1252"),
        ("76 drugs", "ascii", "big5", "utf-8"),
    ],
)
def test_a_declaration_is_only_a_hypothesis(text: str, written: str, declared: str, expected: str) -> None:
    decoded = decode(text.encode(written), declared=(declared,) if declared else ())
    assert (decoded.text, decoded.encoding, decoded.broken) == (text, expected, 0)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding), declared=("big5",)).text == SIMPLIFIED


def test_declarations_inside_the_page_are_found_in_order() -> None:
    page = b'<?xml version="1.0" encoding="Big5"?><html><meta http-equiv=x content="text/html; charset=GBK">'
    assert declared_charsets(page) == ("big5", "gbk")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("서울시는 오늘 새로운 정책을 발표했다고 밝혔다. 시민들은 환영했다.", "euc-kr"),
        ("東京都はきょう、あたらしい政策をはっぴょうした。", "shift_jis"),
        ("Министерство объявило сегодня о новых правилах.", "cp1251"),
    ],
)
def test_text_of_no_known_encoding_is_said_to_be_uncertain(text: str, written: str) -> None:
    with pytest.raises(SourceError, match=r"page\.html: encoding uncertain: .*; save it as UTF-8 and try again\."):
        decode(text.encode(written), where="page.html")


def test_one_lost_character_does_not_turn_utf8_into_mojibake() -> None:
    raw = (SIMPLIFIED * 10).encode()
    inside = raw.index("创".encode(), 300) + 1
    broken = raw[:inside] + raw[inside + 1 :]
    decoded = decode(broken, declared=("gb2312",))
    assert decoded.encoding == "utf-8"
    assert 1 <= decoded.broken <= 3
    assert decoded.text.count("创新药") >= 9


def test_many_lost_characters_are_refused() -> None:
    raw = bytearray((SIMPLIFIED * 10).encode())
    for at in range(0, len(raw), 20):
        raw[at] = 0xFF
    with pytest.raises(SourceError, match="encoding uncertain"):
        decode(bytes(raw))


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=200))
def test_utf8_always_comes_back(text: str) -> None:
    assert decode(text.encode()).text == text


@given(
    st.integers(min_value=0, max_value=len(SIMPLIFIED) - 12),
    st.sampled_from(["gb18030", "big5hkscs"]),
    st.sampled_from(["utf-8", "gb2312", "big5", ""]),
)
def test_any_passage_of_prose_is_read_right_or_refused(start: int, written: str, declared: str) -> None:
    text = (SIMPLIFIED if written == "gb18030" else TRADITIONAL)[start : start + 12]
    try:
        decoded = decode(text.encode(written), declared=(declared,) if declared else ())
    except SourceError:
        return
    assert decoded.text == text
