"""What linking, events, figures and checks cost: operations are counted, so the result depends on no machine."""

import datetime as dt
import re
import sys
from collections.abc import Callable

import pytest

from hkconcept.claims import check_figures, find_figures
from hkconcept.events import find_events
from hkconcept.linking import Gazetteer, link
from hkconcept.text import find_dates, find_quantities
from operations import calls, endless_inside_endless, patterns_of

DAY = dt.date(2026, 7, 3)
PASSAGE = (
    "某某公告：恒瑞医药（600276/01276）7月2日斥资1,357万港元回购12万股，每股作价5.1至5.3港元。康方生物(09926.HK)上半年"
    "收入3.4亿元，同比增长12.5%；其中国产化药38个，进口9个，合计47个。信达生物新药获国家药监局批准上市。\n"
    "On July 2 Akeso said sales rose 7% to $1.2 billion, with 38 domestic drugs and 9 imported, 47 in all.\n"
)
# Each unit once reached the rule that it is written against.
HOSTILE = [
    "9", "9" * 28 + " ", "一", "(", "([{（", "0", "康", "恒瑞医药", "恒瑞医药(01276)", "akeso ", "有限公司", "下称“",
    "hk", "获批", "回购", "拟", "，", "。", "国家药监局", "会见", "上涨5%", "| 1 ", "1\t", "每股3元回购5股，",
    "首付款3元里程碑5元总", "$5m (€3m) ", "由2020年的3元增至", "以下3家：甲、", "分别为3元、", "星期一2026年1月5日",
    "the following 3 companies: A, ", "3元，即", "年复合增长率",
    "1个，其中", "从5个增至6个，", "由从较比", "5个占6个的", "3个、4个，合计7个", "药", "回购股", "涨",
    "a", "phase 3 ", ",",
]  # fmt: skip


def linked(text: str) -> object:
    return link(text, Gazetteer.packaged(), DAY)


def everything(text: str) -> object:
    found = link(text, Gazetteer.packaged(), DAY)
    dates = find_dates(text, DAY)
    quantities = find_quantities(text, sorted({*found.code_spans, *(date.span for date in dates)}))
    figures = find_figures(text, quantities, dates=dates, language="zh-Hans", mentions=found.mentions)
    events = find_events(
        text, language="zh-Hans", mentions=found.mentions, dates=dates, quantities=quantities, published=DAY
    )
    return events, check_figures(text, figures, dates=dates)


READERS: dict[str, Callable[[str], object]] = {"linking": linked, "everything": everything}


PATTERNS = patterns_of("linking", "events", "claims")


class Visits:
    """Counts the characters that searches look at, as far as their results show."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.characters = 0
        for pattern in PATTERNS.values():
            monkeypatch.setattr(pattern, "search", self.counted(re.compile(pattern.pattern)))

    def counted(self, pattern: re.Pattern[str]) -> Callable[..., re.Match[str] | None]:
        def searched(text: str, at: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
            found = pattern.search(text, at, end)
            self.characters += max(0, (found.end() if found else min(len(text), end)) - at)
            return found

        return searched


@pytest.mark.parametrize("name", READERS)
def test_ten_times_the_text_takes_ten_times_the_operations(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = READERS[name]
    read(PASSAGE)  # compiles, fills caches
    visits = Visits(monkeypatch)
    short = calls(read, PASSAGE * 10)
    looked, visits.characters = visits.characters, 0
    assert calls(read, PASSAGE * 100) <= 11 * short
    assert looked > 0
    assert visits.characters <= 11 * looked


@pytest.mark.parametrize("unit", HOSTILE)
def test_repetition_costs_no_more_than_its_length(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    size = 600
    everything(unit * (size // len(unit)))
    visits = Visits(monkeypatch)
    short = calls(everything, unit * (size // len(unit)))
    looked, visits.characters = visits.characters, 0
    assert calls(everything, unit * (4 * size // len(unit))) <= 4.5 * short + 200
    assert visits.characters <= 4.5 * looked + 4 * size


@pytest.mark.parametrize("name", PATTERNS)
def test_no_repetition_without_end_lies_inside_another(name: str) -> None:
    assert not endless_inside_endless(PATTERNS[name].pattern)
