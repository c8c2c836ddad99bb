"""Names of many texts together: the same answers as text by text, whatever the texts."""

from hypothesis import given
from hypothesis import strategies as st

from hkconcept.linking import Gazetteer
from hkconcept.linking.many import find_names_in
from hkconcept.linking.names import find_names
from hkconcept.text.fold import BETWEEN_TEXTS, fold, fold_joined

NAMES = "恆瑞醫藥 恒瑞医药 来凯医药 中国银行 业 绩 康方 生物 科伦 药业 博泰 创胜集团 大厦 建设银行 中国生物制药 行业"
LATIN = "－Ｂ -SB -B Akeso akeso AIA MAIAN .hk HK 01276"
PARTS = [*"0業 ，®$Σİ\0\n𠮷\ufa6c", *NAMES.split(), *LATIN.split()]
TEXTS = st.lists(st.lists(st.sampled_from(PARTS), max_size=8).map("".join), max_size=6)


@given(TEXTS, st.sampled_from((1, 40)))
def test_many_texts_are_read_as_each_alone(texts: list[str], times: int) -> None:
    """Few texts and many go different ways to the same names; the neighbours of a text change nothing in it."""
    texts = texts * times
    gazetteer = Gazetteer.packaged()
    alone = [
        (number, hit.bare.start, hit.bare.end, hit.span.end, hit.key)
        for number, text in enumerate(texts)
        for hit in find_names(text, fold(text), gazetteer)
    ]
    together = [(*row[:4], gazetteer.patterns[row[4]]) for row in find_names_in(texts, gazetteer).tolist()]
    assert together == alone


@given(TEXTS)
def test_joined_key_is_the_joined_keys(texts: list[str]) -> None:
    """The table of the first plane folds as the function does."""
    texts = texts * 40
    assert fold_joined(texts) == BETWEEN_TEXTS.join(map(fold, texts))


def test_every_character_of_the_first_plane_folds_the_same() -> None:
    """Sigma depends on its neighbours, and some compatibility forms lead out of the plane: those are tried above."""
    every = [char for char in map(chr, range(1 << 16)) if char != "Σ" and fold(char) <= "\uffff"]
    assert len(every) > (1 << 16) - 20
    together = fold_joined(every)
    assert [together[2 * at] for at in range(len(every))] == [fold(char) for char in every]


def test_names_of_two_texts_do_not_meet() -> None:
    """A name begun in one text is not ended by the next, nor bounded by it."""
    gazetteer = Gazetteer.packaged()
    assert find_names_in(["恒瑞", "医药"] * 20, gazetteer)[:, 4].tolist() == [gazetteer.patterns.index("恒瑞")] * 20
    found = find_names_in(["中国银行", "业在变"] * 20, gazetteer)
    assert found[:, :4].tolist() == [[number, 0, 4, 4] for number in range(0, 40, 2)]


def test_suffix_and_name_are_told_apart() -> None:
    """The end of the name and the end of its printed class suffix are two columns."""
    rows = find_names_in(["来凯医药-B上涨"], Gazetteer.packaged()).tolist()
    assert [row[:4] for row in rows] == [[0, 0, 4, 6]]
