"""The chart: scales, labels that do not cover each other, and drawings without style attributes."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.errors import RenderError
from hkconcept.note import charts, fonts
from hkconcept.note.contents import Bilingual, ChartData, Note, NoteLanguage

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def data(note: Note) -> ChartData:
    assert note.chart is not None
    return note.chart


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6))
def test_ticks_enclose_the_data_in_round_steps(one: float, other: float) -> None:
    low, high = sorted((one, other))
    ticks = charts.nice_ticks(low, high)
    assert ticks[0] <= low + 1e-6
    assert ticks[-1] >= high - 1e-6
    assert 2 <= len(ticks) <= 9
    steps = {round((b - a) / (ticks[1] - ticks[0]), 6) for a, b in pairwise(ticks)}
    assert steps == {1.0}


@given(st.lists(st.floats(0, 300), min_size=1, max_size=12))
def test_labels_keep_their_distance_inside_the_bounds(wanted: list[float]) -> None:
    placed = charts.spread(wanted, 17, 0, 300)
    ordered = sorted(placed)
    assert all(b - a >= 17 - 1e-6 for a, b in pairwise(ordered))
    assert [i for _, i in sorted((w, i) for i, w in enumerate(wanted))] == [
        i for _, i in sorted((p, i) for i, p in enumerate(placed))
    ]
    if len(wanted) * 17 <= 300:
        assert ordered[0] >= -1e-6
        assert ordered[-1] <= 300 + 1e-6


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [charts.WIDE, charts.NARROW])
def test_drawing_is_well_formed_and_inside_its_box(
    data: ChartData, language: NoteLanguage, size: tuple[int, int]
) -> None:
    text = charts.chart_svg(data, language, benchmark="恒生指数", size=size)
    root = ET.fromstring(text)  # noqa: S314 - made by the code under test
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    assert "style=" not in text
    for label in root.iter(f"{SVG}text"):
        x, y = float(label.attrib["x"]), float(label.attrib["y"])
        width = charts.text_width(label.text or "")
        left = {"end": x - width, "middle": x - width / 2}.get(label.attrib.get("text-anchor", ""), x)
        assert left >= -1
        assert left + width <= size[0] + 1
        assert 0 <= y <= size[1]


def test_end_labels_do_not_overlap_when_lines_meet(data: ChartData) -> None:
    same = tuple(replace(series, values=data.series[0].values) for series in data.series)
    text = charts.chart_svg(replace(data, series=same), "zh", benchmark="恒生指数")
    places = sorted(float(y) for y in re.findall(r'class="chart-label [^"]*" x="[0-9.]+" y="([0-9.]+)"', text))
    assert len(places) == 3
    assert all(b - a >= 16.9 for a, b in pairwise(places))


def test_a_gap_breaks_the_line(data: ChartData) -> None:
    values = list(data.series[0].values)
    values[3] = None
    broken = replace(data, series=(replace(data.series[0], values=tuple(values)), *data.series[1:]))
    path = re.search(r'chart-line chart-concept" d="([^"]+)"', charts.chart_svg(broken, "en", benchmark="HSI"))
    assert path is not None
    assert path[1].count("M") == 2


def test_a_missing_glyph_stops_the_run(data: ChartData) -> None:
    named = replace(data.series[0], label=Bilingual("概念💊", "Concept"))
    with pytest.raises(RenderError) as caught:
        charts.chart_svg(replace(data, series=(named,)), "zh", benchmark="恒生指数")
    assert str(caught.value) == (
        "chart (zh): the font lacks 💊 (U+1F48A); add it with tools/build_font.py --also FILE, or change the text."
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_standalone_file_carries_its_style_glyphs_and_events(data: ChartData, language: NoteLanguage) -> None:
    text = charts.standalone_svg(data, language, benchmark="恒生指数")
    root = ET.fromstring(text)  # noqa: S314 - made by the code under test
    style = root.find(f"{SVG}style")
    assert style is not None
    assert "@font-face" in (style.text or "")
    assert "style=" not in text
    assert data.events[0].text.text(language) in "".join(root.itertext())
    assert "①" in text
    assert fonts.missing("".join(t.text or "" for t in root.iter(f"{SVG}text"))) == ()


def test_labels_are_escaped(data: ChartData) -> None:
    hostile = Bilingual("<script>", "<script>")
    events = (replace(data.events[0], text=hostile),)
    series = (replace(data.series[0], label=hostile),)
    text = charts.standalone_svg(replace(data, series=series, events=events), "en", benchmark="<b>")
    assert "<script>" not in text
    assert "<b>" not in text
    ET.fromstring(text)  # noqa: S314 - made by the code under test
