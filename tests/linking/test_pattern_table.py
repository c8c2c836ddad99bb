"""The table of patterns: the matches of the automaton, in any text, whatever the patterns' hashes."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.linking import pattern_table
from hkconcept.linking.matcher import compile_matcher
from hkconcept.linking.names import by_start
from hkconcept.linking.pattern_table import PatternTable
from hkconcept.text.fold_many import code_points

WORDS = st.text("ab药明\0𠮷", min_size=2, max_size=9)


def matches(patterns: list[str], text: str) -> list[tuple[int, int, int]]:
    found = PatternTable(patterns).find_overlapping(code_points(text)[: len(text)])
    return list(zip(*(column.tolist() for column in found), strict=True))


@given(st.lists(WORDS, min_size=1, max_size=30, unique=True), st.lists(WORDS, max_size=20).map("".join))
def test_matches_are_those_of_the_automaton(patterns: list[str], text: str) -> None:
    assert matches(patterns, text) == by_start(compile_matcher(patterns).find_overlapping(text))


def test_patterns_of_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a factor of nought all hashes are the same: only the characters decide."""
    monkeypatch.setattr(pattern_table, "_FACTOR", 0)
    patterns = ["药明", "药明生物", "生物", "明生", "ab"]
    text = "药明生物和药明的生物ab"
    assert matches(patterns, text) == by_start(compile_matcher(patterns).find_overlapping(text))


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_a_match_across_two_blocks_is_found(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(pattern_table, "_BLOCK", size)
    found = matches(["药明生物", "明生", "生物y", "yy药"], "xxxxx药明生物yyyyyyy")
    assert found == [(5, 9, 0), (6, 8, 1), (7, 10, 2)]


def test_many_patterns_in_a_long_text() -> None:
    draw = random.Random(3)  # noqa: S311 - made patterns, no secret
    patterns = sorted({"".join(draw.choices("甲乙丙丁戊己庚辛", k=draw.randint(2, 6))) for _ in range(5000)})
    text = "".join(draw.choices("甲乙丙丁戊己庚辛壬", k=200_000))
    assert matches(patterns, text) == by_start(compile_matcher(patterns).find_overlapping(text))


@pytest.mark.parametrize("patterns", [[], ["药"], ["药明", ""]])
def test_a_pattern_of_fewer_than_two_characters_is_refused(patterns: list[str]) -> None:
    with pytest.raises(ValueError, match="each of two characters or more"):
        PatternTable(patterns)
