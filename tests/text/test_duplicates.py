"""Repeats are found whatever their dress, and notices that differ in their figures stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.text.duplicates import DuplicateIndex, near_duplicates, similarity
from hkconcept.text.fingerprints import fingerprint, fingerprints

STORY = (
    "康方生物宣布，其自主研发的双特异性抗体获国家药监局批准上市，用于治疗晚期非小细胞肺癌患者，公司将尽快安排商业化供应"
)
BUYBACK = "某公司公告：于7月{day}日在联交所回购{count}万股普通股，每股作价介乎{low}港元，回购股份将予注销。"


@pytest.mark.parametrize(
    "again",
    [
        STORY + "。",
        "快讯：" + STORY,
        STORY.replace("，", " "),
        STORY.replace("其自主研发的", "自研"),
        STORY[: len(STORY) * 4 // 5],
        "康方生物宣佈，其自主研發的雙特異性抗體獲國家藥監局批准上市，用於治療晚期非小細胞肺癌患者，公司將盡快安排商業化供應",
    ],
)
def test_a_story_printed_again_is_found(again: str) -> None:
    index = DuplicateIndex()
    assert index.add("first", STORY) == ()
    assert [found.key for found in index.add("again", again)] == ["first"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1, 20, "5.20"), (2, 20, "5.20")),
        ((1, 20, "5.20"), (1, 21, "5.20")),
        ((1, 20, "5.20"), (1, 20, "52.0")),
        ((1, 20, "5.20"), (1, 20, "5.21")),
    ],
)
def test_notices_with_other_figures_stay_apart(one: tuple[int, int, str], other: tuple[int, int, str]) -> None:
    texts = [BUYBACK.format(day=day, count=count, low=low) for day, count, low in (one, other)]
    assert near_duplicates(texts, threshold=0.05) == []
    assert near_duplicates([texts[0], texts[0]]) == [(0, 1, 1.0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("公司第一季度收入增长，主要由于新药上市后放量", "公司第二季度收入增长，主要由于新药上市后放量"),
        ("公司首次公布回购股份计划，涉及股份数目 12,000", "公司首次公布回购股份计划，涉及股份数目 13,000"),
        ("The company posted record first quarter revenue", "The company posted record third quarter revenue"),
    ],
)
def test_figures_in_words_and_at_the_end_count(one: str, other: str) -> None:
    assert similarity(fingerprint(one), fingerprint(other)) == 0


def test_a_snippet_cut_off_inside_a_figure_is_still_the_story() -> None:
    whole = "公司发布公告称，预计上半年实现归属于母公司股东的净利润为人民币1,357万元，同比增长"
    cut = whole[: whole.index("57万元")] + "…"
    assert similarity(fingerprint(whole), fingerprint(cut)) > 0.5


def test_separators_make_no_other_figure() -> None:
    assert fingerprint("回购1,357万股") == fingerprint("回购1357万股")


def test_another_story_of_the_same_company_is_no_repeat() -> None:
    assert near_duplicates([STORY, "康方生物公布中期业绩，收入大幅增长，董事会建议派发末期股息"]) == []


def test_the_latest_of_a_crowd_of_repeats_is_found() -> None:
    index = DuplicateIndex()
    found = [index.add(str(number), STORY) for number in range(40)]
    assert all(found[1:])
    assert "38" in {duplicate.key for duplicate in found[39]}
    assert max(map(len, found)) <= 40


@pytest.mark.parametrize("threshold", [0, -1, 1.5])
def test_a_threshold_out_of_range_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        DuplicateIndex(threshold=threshold)


@given(st.text(max_size=200), st.text(max_size=200))
def test_similarity_is_symmetric_bounded_and_whole_for_itself(one: str, other: str) -> None:
    first, second = fingerprint(one), fingerprint(other)
    assert similarity(first, second) == similarity(second, first)
    assert 0 <= similarity(first, second) <= 1
    assert similarity(first, first) == 1


@pytest.mark.parametrize("hostile", ["一" * 60_000, "1" * 60_000, "1," * 30_000, "\ud800" * 10, "𠀀" * 300, ""])
def test_any_text_has_a_fingerprint(hostile: str) -> None:
    assert 1 <= len(fingerprint(hostile).sketch) <= 64


@given(
    st.lists(
        st.text(st.characters() | st.sampled_from("1２.,，年月 \n第一\ud800𠀀ﬁ藥quarterfirst"), max_size=60), max_size=8
    )
)
def test_many_texts_have_the_fingerprints_of_each(some: list[str]) -> None:
    texts = [*some, *(STORY[at:] for at in range(40))]
    assert fingerprints(texts) == [fingerprint(text) for text in texts]


def test_no_text_is_too_long_or_too_strange_for_a_batch() -> None:
    texts = ["一" * 60_000, "1," * 30_000, "\ud800" * 10, "𠀀" * 300, "", "first quarter 12,000", "\uffff\n\n"] * 6
    assert fingerprints(texts) == [fingerprint(text) for text in texts]
    assert fingerprints([]) == []
    assert fingerprints([""] * 100) == [fingerprint("")] * 100
