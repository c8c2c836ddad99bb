"""Names of many texts together: the same answers as text by text, whatever the texts."""

import re

from hypothesis import given
from hypothesis import strategies as st

from hkconcept.linking import Gazetteer
from hkconcept.linking.many import find_names_in
from hkconcept.linking.names import find_names
from hkconcept.text import fold

NAMES = "恆瑞醫藥 恒瑞医药 来凯医药 中国银行 业 绩 康方 生物 科伦 药业 博泰 创胜集团 大厦 建设银行 中国生物制药 行业"
LATIN = "－Ｂ -SB -B -b -W Akeso akeso ＡＫＥＳＯ AIA MAIAN .hk HK 01276"
PARTS = [*"0業 ，®$Σİςｂ\0\n\u200b\ufeff𠮷𐐀\ud840\udfb7\ufa6c", *NAMES.split(), *LATIN.split()]
TEXTS = st.lists(st.lists(st.sampled_from(PARTS) | st.characters(), max_size=8).map("".join), max_size=6)


@given(TEXTS, st.sampled_from((1, 40)))
def test_many_texts_are_read_as_each_alone(texts: list[str], times: int) -> None:
    """The neighbours of a text change nothing in it; a lone surrogate, which the automaton refuses, means nothing."""
    texts = texts * times
    gazetteer = Gazetteer.packaged()
    alone = [
        (number, hit.bare.start, hit.bare.end, hit.span.end, hit.key)
        for number, text in enumerate(re.sub("[\ud800-\udfff]", "\ufffd", text) for text in texts)
        for hit in find_names(text, fold(text), gazetteer)
    ]
    *places, numbers = (column.tolist() for column in find_names_in(texts, gazetteer))
    assert list(zip(*places, [gazetteer.patterns[number] for number in numbers], strict=True)) == alone


def test_names_of_two_texts_do_not_meet() -> None:
    """A name begun in one text is not ended by the next, nor bounded by it."""
    gazetteer = Gazetteer.packaged()
    assert find_names_in(["恒瑞", "医药"] * 20, gazetteer).numbers.tolist() == [gazetteer.patterns.index("恒瑞")] * 20
    found = find_names_in(["中国银行", "业在变"] * 20, gazetteer)
    assert found.texts.tolist() == list(range(0, 40, 2))
    assert (set(found.starts.tolist()), set(found.ends.tolist())) == ({0}, {4})


def test_suffix_and_name_are_told_apart() -> None:
    """The end of the name and the end of its printed class suffix are two columns."""
    texts = ["来凯医药-B上涨", "来凯医药-SW", "来凯医药-bar", "来凯医药-", "来凯医药－ＷＢ。"]
    found = find_names_in(texts, Gazetteer.packaged())
    assert found.ends.tolist() == [4] * 5
    assert found.covers.tolist() == [6, 7, 4, 4, 7]


def test_no_texts_hold_no_names() -> None:
    """Nothing, and texts of nothing, are read like any other."""
    for texts in ([], [""], ["", "", "无"]):
        assert [len(column) for column in find_names_in(texts, Gazetteer.packaged())] == [0] * 5
