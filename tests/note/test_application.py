"""The page and the Gantt chart of one application."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from hkconcept.errors import RenderError
from hkconcept.note.application import render_application
from hkconcept.note.gantt import gantt_svg, standalone_gantt
from hkconcept.pathway.clock import Clock, run
from hkconcept.pathway.entries import case_of
from hkconcept.pathway.forecast import CompletedCase, durations
from hkconcept.pathway.rule_files import packaged_rules

BOOK = packaged_rules()
EVENTS = [("letter", "2026-06-05/2026-08-07"), ("overseas_inspection", "2026-04-15/2026-04-30")]


def clock(**words: str) -> Clock:
    case = case_of("2026-03-02", EVENTS, channel="priority", **words)
    return run(case, BOOK, as_of=dt.date(2026, 11, 20))


class Tags(HTMLParser):
    """Collects tags and checks that they close in order."""

    VOID = ("meta", "input", "br", "link")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs), attrs
        self.seen.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_holds_both_languages_and_every_step_with_its_source() -> None:
    page = render_application(clock(drug="甲药", company="Kelun"), BOOK)
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert tags.seen.count("article") == 2
    for said in ("Technical review", "技术审评", "2027-01-13", "DRR-103-4", "from memory", "凭记忆", "Order No. 27"):
        assert said in page
    assert "263 = working day, counted 123; " in page
    assert not re.search(r'src="?(?:https?:)?//', page)
    assert '<a href="https://english.nmpa.gov.cn/2022-06/30/c_785628_8.htm" rel="noreferrer">' in page


def test_what_a_case_says_is_escaped_everywhere() -> None:
    page = render_application(clock(drug="<img src=x onerror=alert(1)>", company='"><script>', source="<b>"), BOOK)
    Tags().feed(page)
    assert "<img" not in page
    assert page.count("<script>") == 1  # our own
    assert "<b>" not in page.replace("<b>2026-11-20</b>", "").replace("<b>优先审评</b>", "").replace(
        "<b>priority review</b>", ""
    )


def test_the_forecast_states_its_number() -> None:
    day = dt.date(2021, 7, 13)
    cases = [CompletedCase(day, day + dt.timedelta(days=100 + n), "priority", dt.date(2022, 1, 1)) for n in range(6)]
    found = durations(cases, "priority", as_of=dt.date(2026, 11, 20))
    page = render_application(clock(drug="甲药"), BOOK, forecast=found)
    assert "n = 6: quartiles" in page
    assert "no probability of approval" in page


def test_the_chart_is_well_formed_and_marks_stops_and_ranges() -> None:
    for language in ("en", "zh"):
        root = ET.fromstring(standalone_gantt(clock(drug="甲药"), language))  # noqa: S314 - our own chart
        classes = [element.get("class", "") for element in root.iter()]
        assert classes.count("gantt-stop") == 2
        assert classes.count("gantt-range") == 3  # the review, the decision and the licence end in 2027
        assert not any("style" in element.attrib for element in root.iter())


def test_bars_end_where_the_scale_says() -> None:
    svg = gantt_svg(clock(drug="甲药"), "en")
    root = ET.fromstring(svg)  # noqa: S314 - our own chart
    bars = [e for e in root.iter() if e.get("class") in {"gantt-whole", "gantt-gone"}]
    assert {e.get("class") for e in bars} == {"gantt-whole", "gantt-gone"}
    assert all(float(e.get("width", "0")) >= 1 for e in bars)
    assert all(float(e.get("x", "0")) + float(e.get("width", "0")) <= 860 for e in bars)


def test_a_label_that_the_font_cannot_draw_stops_the_run() -> None:
    with pytest.raises(RenderError, match="the font lacks"):
        gantt_svg(clock(drug="\U0001f48a"), "en")
