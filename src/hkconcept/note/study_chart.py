"""The chart of a study: mean cumulative abnormal returns with their bands, before day 0 and from it.

Run-up and reaction are two stretches, each cumulated from its own first session, with a gap between them: a
line drawn through day 0 would add a leak to a reaction. Drawn as the note's own chart is, with its style sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from importlib.resources import files
from typing import Final

from hkconcept.errors import RenderError
from hkconcept.note import fonts
from hkconcept.note.charts import nice_ticks, spread, text_width
from hkconcept.note.contents import NoteLanguage
from hkconcept.note.i18n import HTML_LANG, printable
from hkconcept.study.answers import DayAnswer, Study

__all__ = ["study_svg"]

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 860, 420, 54, 46, 40
_STYLES: Final = ("concept", "named", "benchmark")
_CSS: Final = """
.study-band.chart-concept{fill:var(--c1);opacity:.16}
.study-band.chart-named{fill:var(--c2);opacity:.16}
.study-band.chart-benchmark{fill:var(--c3);opacity:.14}
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


def study_svg(study: Study, language: NoteLanguage, groups: Sequence[str] = ("all",)) -> str:
    """Return the chart as an SVG file of its own, with its style sheet and the glyphs that it needs.

    At most three groups are drawn, those with a band filled.

    Raises
    ------
    RenderError
        There is nothing to draw, or the font lacks a character of a label.

    """
    shown = [g for g in groups if any(d.group == g for d in study.days)][: len(_STYLES)]
    if not shown:
        raise RenderError("there are no days to draw", where="chart of the study", todo="study one group with returns")
    days = [d for d in study.days if d.group in shown and d.caar.n]
    offsets = sorted({d.offset for d in days})
    values = [100 * v for d in days for v in (d.caar.mean, d.caar.low, d.caar.high) if v is not None]
    ticks = nice_ticks(min(0.0, *values), max(0.0, *values))
    last = {g: [d for d in days if d.group == g and d.stretch == "event"][-1:] for g in shown}
    labels = {g: f"{_say(g, language)} {100 * last[g][0].caar.mean:+.1f}%" if last[g] else "" for g in shown}
    right = _WIDTH - 16 - max(text_width(label) for label in labels.values())
    step = (right - _LEFT - 16) / max(1, len(offsets) - 1)

    def x(offset: int) -> float:
        return _LEFT + 8 + step * offsets.index(offset)

    def y(value: float) -> float:
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (ticks[-1] - value) / (ticks[-1] - ticks[0])

    cover = round(100 * (1 - study.design.level))
    title = _say("title", language).format(cover=cover)
    note = _note(study, language)
    foot = _HEIGHT - _BOTTOM
    parts = ['<g class="chart-grid">']
    before = [o for o in offsets if o < 0]
    if before:
        parts.append(
            f'<rect class="study-runup" x="{_LEFT}" y="{_TOP}" width="{x(before[-1]) + step / 2 - _LEFT:.1f}" '
            f'height="{foot - _TOP}"/>'
        )
    for tick in ticks:
        kind = ' class="chart-base"' if tick == 0 else ""
        parts.append(f'<path{kind} d="M{_LEFT} {y(tick):.1f}H{right:.1f}"/>')
    parts.append('</g><g class="chart-axis">')
    parts.extend(
        f'<text x="{_LEFT - 8}" y="{y(t) + 4:.1f}" text-anchor="end">{t:g}%</text>'.replace(">-", ">−") for t in ticks
    )
    parts.extend(
        f'<text x="{x(o):.1f}" y="{foot + 18}" text-anchor="middle">{o:+d}</text>'.replace("+0<", "0<").replace(">-", ">−")
        for o in offsets
    )
    parts.append(f'<text x="{(_LEFT + right) / 2:.1f}" y="{foot + 35}" text-anchor="middle">{_say("axis", language)}</text>')
    if before:
        parts.append(f'<text x="{_LEFT + 8}" y="{_TOP + 15}">{_say("run_up", language)}</text>')
    if 0 in offsets:
        parts.append(f'<text x="{x(0):.1f}" y="{_TOP + 15}">{_say("event", language)}</text>')
    parts.append("</g>")
    ends = {g: y(100 * last[g][0].caar.mean) for g in shown if last[g]}
    placed = dict(zip(ends, spread(list(ends.values()), 17, _TOP, foot), strict=True))
    for style, group in zip(_STYLES, shown, strict=False):
        for stretch in ("run_up", "event"):
            line = [d for d in days if d.group == group and d.stretch == stretch]
            parts.extend(_stretch(line, style, x, y))
        if group in placed:
            parts.append(
                f'<text class="chart-label chart-{style}" x="{right + 8:.1f}" y="{placed[group] + 4.5:.1f}">'
                f"{_text(labels[group])}</text>"
            )
    for text in (title, note, *labels.values()):
        fonts.require(text, where=f"chart of the study ({language})")
    inner = "\n".join(parts)
    css = files("hkconcept").joinpath("data", "note", "chart.css").read_text(encoding="utf-8") + _CSS
    face = fonts.face_css("".join((title, note, inner, "−+%0123456789.")))
    whole = _HEIGHT + 62
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {whole}" width="{_WIDTH}" height="{whole}" '
        f'class="chart-file" role="img" lang="{HTML_LANG[language]}" aria-label="{_text(title)}">\n'
        f"<style>{face}\n{css}</style>\n"
        f'<rect class="chart-paper" width="{_WIDTH}" height="{whole}"/>\n'
        f'<text class="chart-heading" x="4" y="24">{_text(title)}</text>\n<g transform="translate(0 8)">{inner}</g>\n'
        f'<text class="chart-note" x="4" y="{whole - 14}">{_text(note)}</text>\n</svg>\n'
    )


def _stretch(line: Sequence[DayAnswer], style: str, x: Callable[[int], float], y: Callable[[float], float]) -> list[str]:
    """Return one stretch: its band where there is one, its line, and a dot at every session."""
    parts = []
    banded = [(d, d.caar.low, d.caar.high) for d in line if d.caar.low is not None and d.caar.high is not None]
    if banded:
        upper = [f"{x(d.offset):.1f} {y(100 * high):.1f}" for d, _, high in banded]
        lower = [f"{x(d.offset):.1f} {y(100 * low):.1f}" for d, low, _ in reversed(banded)]
        parts.append(f'<path class="study-band chart-{style}" d="M{"L".join([*upper, *lower])}Z"/>')
    points = [f"{x(d.offset):.1f} {y(100 * d.caar.mean):.1f}" for d in line]
    if points:
        parts.append(f'<path class="chart-line chart-{style}" d="M{"L".join(points)}"/>')
    for point in points:
        cx, cy = point.split()
        parts.append(f'<circle class="chart-dot chart-{style}" cx="{cx}" cy="{cy}" r="2.6"/>')
    return parts


def _note(study: Study, language: NoteLanguage) -> str:
    n = study.main.effect.n
    if len(study.events) == 1:
        events = f"{study.events[0].id}, {study.events[0].session}"
    else:
        events = f"{len(study.events)} {'个事件' if language == 'zh' else 'events'}"
    return _say("note", language).format(n=n, events=events, market=study.market_name)


def _say(key: str, language: NoteLanguage) -> str:
    pair = _WORDS.get(key, (key, key))
    return pair[0] if language == "zh" else pair[1]


def _text(text: str) -> str:
    return escape(printable(text))
