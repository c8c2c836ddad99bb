"""The chart of a study: mean cumulative abnormal returns with their bands, before day 0 and from it.

Run-up and reaction are two stretches, each cumulated from its own first session, with a gap between them: a
line drawn through day 0 would add a leak to a reaction. Drawn as the note's own chart is, with its style sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import Final

from hkconcept.errors import RenderError
from hkconcept.note import fonts
from hkconcept.note.charts import nice_ticks, spread, text_width
from hkconcept.note.contents import NoteLanguage
from hkconcept.note.i18n import HTML_LANG, printable
from hkconcept.study.answers import DayAnswer, Study
from hkconcept.study.sentence import MARKETS_ZH

__all__ = ["study_svg"]

_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT = 860, 420, 54, 46, 380
_STYLES: Final = ("concept", "named", "benchmark")
_CSS: Final = """
.study-band{opacity:.16}
.study-band.chart-concept{fill:var(--c1)}
.study-edge{fill:none;stroke-width:1;stroke-dasharray:1 3}
.study-edge.chart-named{stroke:var(--c2)}
.study-edge.chart-benchmark{stroke:var(--c3)}
.study-runup{fill:var(--rule);opacity:.45}
"""
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("平均累计异常收益与{cover}%区间", "Mean cumulative abnormal return with its {cover}% band"),
    "run_up": ("事件前", "run-up"),
    "event": ("第0日起", "from day 0"),
    "axis": ("相对第0日的交易日", "sessions from day 0"),
    "all": ("全部", "all"),
    "innovator": ("创新药", "innovators"),
    "cxo": ("CXO", "CXO"),
    "note": (
        "{n}只股票，{events}；基准{market}；两段各自从头累计。",
        "{n} stocks, {events}; benchmark {market}; each stretch cumulates from its own start.",
    ),
}


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plot area: offsets from left to right, percent from bottom to top."""

    offsets: tuple[int, ...]
    ticks: tuple[float, ...]
    right: float

    @property
    def step(self) -> float:
        return (self.right - _LEFT - 16) / max(1, len(self.offsets) - 1)

    def x(self, offset: int) -> float:
        return _LEFT + 8 + self.step * self.offsets.index(offset)

    def y(self, percent: float) -> float:
        return _TOP + (_FOOT - _TOP) * (self.ticks[-1] - percent) / (self.ticks[-1] - self.ticks[0])


def study_svg(study: Study, language: NoteLanguage, groups: Sequence[str] = ("all",)) -> str:
    """Return the chart as an SVG file of its own, with its style sheet and the glyphs that it needs.

    At most three groups are drawn; the band of the first is filled, those of the others have thin edges.

    Raises
    ------
    RenderError
        There is nothing to draw, or the font lacks a character of a label.

    """
    shown = [group for group in groups if any(d.group == group for d in study.days)][: len(_STYLES)]
    if not shown:
        raise RenderError("there are no days to draw", where="chart of the study", todo="study one group with returns")
    days = [d for d in study.days if d.group in shown and d.caar.n]
    values = [100 * v for d in days for v in (d.caar.mean, d.caar.low, d.caar.high) if v is not None]
    ends = {d.group: 100 * d.caar.mean for d in days if d.stretch == "event"}
    labels = {group: f"{_say(group, language)} {_signed(ends[group])}" for group in shown if group in ends}
    right = _WIDTH - 16 - max((text_width(label) for label in labels.values()), default=0.0)
    frame = _Frame(
        tuple(sorted({d.offset for d in days})), tuple(nice_ticks(min(0.0, *values), max(0.0, *values))), right
    )
    title = _say("title", language).format(cover=round(100 * (1 - study.design.level)))
    note = _note(study, language)
    parts = [*_grid(frame), *_axis(frame, language)]
    placed = spread([frame.y(ends[group]) for group in labels], 17, _TOP, _FOOT)
    for number, group in enumerate(shown):
        for stretch in ("run_up", "event"):
            line = [d for d in days if d.group == group and d.stretch == stretch]
            parts.extend(_stretch(line, _STYLES[number], frame, filled=number == 0))
    parts.extend(
        f'<text class="chart-label chart-{_STYLES[shown.index(group)]}" x="{right + 8:.1f}" y="{y + 4.5:.1f}">'
        f"{_text(label)}</text>"
        for (group, label), y in zip(labels.items(), placed, strict=True)
    )
    for text in (title, note, *labels.values()):
        fonts.require(text, where=f"chart of the study ({language})")
    inner = "\n".join(parts)
    css = files("hkconcept").joinpath("data", "note", "chart.css").read_text(encoding="utf-8") + _CSS
    face = fonts.face_css(f"{title}{note}{inner}")
    whole = _HEIGHT + 62
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {whole}" width="{_WIDTH}" height="{whole}" '
        f'class="chart-file" role="img" lang="{HTML_LANG[language]}" aria-label="{_text(title)}">\n'
        f"<style>{face}\n{css}</style>\n"
        f'<rect class="chart-paper" width="{_WIDTH}" height="{whole}"/>\n'
        f'<text class="chart-heading" x="4" y="24">{_text(title)}</text>\n<g transform="translate(0 8)">{inner}</g>\n'
        f'<text class="chart-note" x="4" y="{whole - 14}">{_text(note)}</text>\n</svg>\n'
    )


def _grid(frame: _Frame) -> list[str]:
    parts = ['<g class="chart-grid">']
    before = [offset for offset in frame.offsets if offset < 0]
    if before:
        width = frame.x(before[-1]) + frame.step / 2 - _LEFT
        parts.append(f'<rect class="study-runup" x="{_LEFT}" y="{_TOP}" width="{width:.1f}" height="{_FOOT - _TOP}"/>')
    for tick in frame.ticks:
        kind = ' class="chart-base"' if tick == 0 else ""
        parts.append(f'<path{kind} d="M{_LEFT} {frame.y(tick):.1f}H{frame.right:.1f}"/>')
    return [*parts, "</g>"]


def _axis(frame: _Frame, language: NoteLanguage) -> list[str]:
    middle, first = (_LEFT + frame.right) / 2, frame.offsets[0]
    parts = ['<g class="chart-axis">']
    parts.extend(
        f'<text x="{_LEFT - 8}" y="{frame.y(tick) + 4:.1f}" text-anchor="end">{_minus(f"{tick:g}%")}</text>'
        for tick in frame.ticks
    )
    parts.extend(
        f'<text x="{frame.x(offset):.1f}" y="{_FOOT + 18}" text-anchor="middle">'
        f"{_minus(f'{offset:+d}') if offset else '0'}</text>"
        for offset in frame.offsets
    )
    parts.append(f'<text x="{middle:.1f}" y="{_FOOT + 35}" text-anchor="middle">{_say("axis", language)}</text>')
    if first < 0:
        parts.append(f'<text x="{_LEFT + 8}" y="{_TOP + 15}">{_say("run_up", language)}</text>')
    if 0 in frame.offsets:
        parts.append(f'<text x="{frame.x(0):.1f}" y="{_TOP + 15}">{_say("event", language)}</text>')
    return [*parts, "</g>"]


def _stretch(line: Sequence[DayAnswer], style: str, frame: _Frame, *, filled: bool) -> list[str]:
    """Return one stretch: its band where there is one, its line, and a dot at every session."""
    parts = []
    banded = [(d.offset, d.caar.low, d.caar.high) for d in line if d.caar.low is not None and d.caar.high is not None]
    if banded:
        upper = [f"{frame.x(offset):.1f} {frame.y(100 * high):.1f}" for offset, _, high in banded]
        lower = [f"{frame.x(offset):.1f} {frame.y(100 * low):.1f}" for offset, low, _ in reversed(banded)]
        kind = "study-band" if filled else "study-edge"
        parts.append(f'<path class="{kind} chart-{style}" d="M{"L".join([*upper, *lower])}Z"/>')
    points = [(frame.x(d.offset), frame.y(100 * d.caar.mean)) for d in line]
    if points:
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        parts.append(f'<path class="chart-line chart-{style}" d="M{path}"/>')
    parts.extend(f'<circle class="chart-dot chart-{style}" cx="{x:.1f}" cy="{y:.1f}" r="2.6"/>' for x, y in points)
    return parts


def _note(study: Study, language: NoteLanguage) -> str:
    market = MARKETS_ZH.get(study.market_name, study.market_name) if language == "zh" else study.market_name
    if len(study.events) == 1:
        events = f"{study.events[0].id}, {study.events[0].session}"
    else:
        events = f"{len(study.events)} {'个事件' if language == 'zh' else 'events'}"
    return _say("note", language).format(n=study.main.effect.n, events=events, market=market)


def _signed(percent: float) -> str:
    return _minus(f"{percent:+.1f}%")


def _minus(text: str) -> str:
    """Return a number with the minus sign that is as wide as the plus sign."""
    return text.replace("-", "−")


def _say(key: str, language: NoteLanguage) -> str:
    pair = _WORDS.get(key, (key, key))
    return pair[0] if language == "zh" else pair[1]


def _text(text: str) -> str:
    return escape(printable(text))
