import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.text import fold


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("恆瑞醫藥", "恒瑞医药"),
        ("藥明生物", "药明生物"),
        ("衞生", "卫生"),
        ("－Ｂ（０９９２６．ＨＫ）", "-b(09926.hk)"),
        ("SHR‑A1811", "shr-a1811"),
        ("A\u3000B\u00a0C", "a b c"),
        ("80﹒85％", "80.85%"),
        ("m²①", "m²①"),
        ("著名", "著名"),
        ("İstanbul", "İstanbul"),
    ],
)
def test_key(text: str, key: str) -> None:
    assert fold(text) == key


@given(st.text(max_size=200))
def test_key_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.sampled_from("恆瑞醫藥薴苧苎０９，（）A中x"), min_size=41, max_size=120).map("".join))
def test_a_long_text_folds_as_its_characters_do(text: str) -> None:
    commas = {at for at, char in enumerate(text) if char == "，"}
    assert all(fold(text)[at] == fold(char) for at, char in enumerate(text) if at not in commas)


def test_a_form_whose_folded_form_folds_again_is_folded_once() -> None:
    assert fold("薴" * 50 + "苧") == "苧" * 50 + fold("苧")
