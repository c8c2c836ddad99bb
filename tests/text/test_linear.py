"""What reading costs: operations are counted, not time, so that the result does not depend on the machine."""

import datetime as dt
import re
import sys
from collections.abc import Callable

import pytest

from hkconcept.text import (
    clauses,
    find_currencies,
    find_date_expressions,
    find_dates,
    find_numbers,
    find_percentages,
    find_quantities,
    lazily,
    normalise,
)
from operations import calls, endless_inside_endless, patterns_of

DAY = dt.date(2026, 5, 20)
READERS: dict[str, Callable[[str], object]] = {
    "quantities": find_quantities,
    "dates": lambda text: find_dates(text, DAY),
    "numbers": find_numbers,
    "percentages": lambda text: find_percentages(text, shares=True),
    "currencies": lambda text: find_currencies(text, assume="CNY", names=True),
    "date expressions": lambda text: find_date_expressions(text, DAY),
    "normalise": normalise,
    "clauses": clauses,
}
PASSAGE = (
    "5月18日，某某医药公布2025年第四季度收入同比增长约12.5%至3.4亿元，研发投入占比百分之三十六，两款新药获批，"
    "回购1,200股，每股5.6港元。On May 18 the group said sales rose 7% to $1.2 billion, up from one hundred and five "
    "million dollars two years ago; see https://example.com/a?b=1. 约六成患者、三分之一的订单来自海外。\n"
)
HOSTILE = [
    "9", "1,", "9" * 28 + " ", "一", "十", "千", "万", "零", "两三", "一百", "(", "([{（", "a", "-", "1-", "1/", "1^",
    "$", "$1", "%", "百分之", "分之", "又", "点", "约", "一 ", " ", "one ", "one and ", "hundred ", "a half and ",
    "第", "年", "1月", "二零", "the ", "may 1 ", "next ", "1 day ", "https://", "www.", "&", "&#", "\n", "。",
    "0.0", "0,", "中-0", "abc", "w", "一a", "e", "。\n ", "几十", "元", "1元", "dollars ", "1 dollar ",
]  # fmt: skip


PATTERNS = patterns_of("text")


class Visited:
    """Counts the characters that the patterns of the room look at, as far as their results show."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.characters = 0
        self._pattern = pattern

    def searched(self, text: str, at: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Search, and count up to the end of what was found, or of the text."""
        found = self._pattern.search(text, at, end)
        self.characters += (found.end() if found else min(len(text), end)) - at
        return found


@pytest.mark.parametrize("name", READERS)
def test_ten_times_the_text_takes_ten_times_the_calls(name: str) -> None:
    read = READERS[name]
    read(PASSAGE)  # compiles, fills caches
    short, long = calls(read, PASSAGE * 20), calls(read, PASSAGE * 200)
    assert short > 20
    assert long <= 10.5 * short


@pytest.mark.parametrize("name", READERS)
def test_searches_together_visit_a_text_a_fixed_number_of_times(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    READERS[name](PASSAGE)
    counters = []
    for pattern in PATTERNS.values():
        counter = Visited(re.compile(pattern.pattern))
        monkeypatch.setattr(pattern, "search", counter.searched)
        counters.append(counter)

    def visited(text: str) -> int:
        before = sum(counter.characters for counter in counters)
        READERS[name](text)
        return sum(counter.characters for counter in counters) - before

    short, long = visited(PASSAGE * 10 + "完"), visited(PASSAGE * 100 + "完")
    assert long <= 10.5 * short + len(PASSAGE)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("unit", HOSTILE)
def test_repetition_costs_no_more_than_its_length(unit: str, name: str) -> None:
    read = READERS[name]
    size = 600
    read(unit * (4 * size // len(unit)))  # compiles what only a longer text comes to
    short = calls(read, unit * (size // len(unit)))
    long = calls(read, unit * (4 * size // len(unit)))
    assert long <= 4.5 * short + 200


@pytest.mark.parametrize("name", PATTERNS)
def test_no_repetition_without_end_lies_inside_another(name: str) -> None:
    assert not endless_inside_endless(PATTERNS[name].pattern)


def test_a_pattern_compiles_when_it_is_first_used() -> None:
    broken = lazily("(")
    with pytest.raises(re.error):
        broken.search("a")
    written = []

    def source() -> str:
        written.append(1)
        return "[0-9]+"

    digits = lazily(source)
    assert written == []
    assert digits.findall("1 22") == digits.findall("1 22") == ["1", "22"]
    assert written == [1]
    assert digits.pattern == "[0-9]+"
    with pytest.raises(AttributeError):
        digits.nonsense  # type: ignore[attr-defined]  # noqa: B018
