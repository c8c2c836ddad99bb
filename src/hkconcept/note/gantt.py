"""A Gantt chart of a review clock as SVG: one row a step, from its start to its due day, with what was not counted.

Drawn like the other charts: classes instead of style attributes, our own font, and text that the font cannot draw
stops the run. A hatched bar is the range of a provisional day; colour is never the only sign, the due day stands
beside each bar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import Final

from hkconcept.note import fonts
from hkconcept.note.charts import text_width
from hkconcept.note.contents import NoteLanguage
from hkconcept.note.i18n import HTML_LANG, printable
from hkconcept.pathway.clock import Clock, Step
from hkconcept.pathway.names import STATES, STEPS, case_title
from hkconcept.pathway.table import due_text

__all__ = ["GANTT_CSS", "gantt_svg", "standalone_gantt"]

_WIDTH: Final = 860
_ROW, _TOP, _BAR = 30, 30, 12
_SIZE = 12.5

GANTT_CSS: Final = (
    ".gantt-label{font-size:12.5px;fill:var(--ink)}.gantt-due{font-size:12px;fill:var(--muted)}"
    ".gantt-whole{fill:var(--rule)}.gantt-gone{fill:var(--c1)}.gantt-late{fill:var(--c2)}.gantt-projected{fill:none;"
    "stroke:var(--c3);stroke-dasharray:4 3}.gantt-range{fill:none;stroke:var(--c3)}.gantt-stop{fill:var(--paper);"
    "stroke:var(--c2);stroke-width:1.4}.gantt-today{stroke:var(--ink);stroke-dasharray:2 3;fill:none}"
    ".gantt-tick{stroke:var(--rule);fill:none}.gantt-axis{font-size:12px;fill:var(--muted)}"
)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to pixels."""

    first: dt.date
    last: dt.date
    left: float
    right: float

    def x(self, day: dt.date) -> float:
        span = max(1, (self.last - self.first).days)
        inside = min(max(day, self.first), self.last)
        return self.left + (self.right - self.left) * (inside - self.first).days / span


def gantt_svg(clock: Clock, language: NoteLanguage, *, prefix: str = "gantt") -> str:
    """Return the chart as an ``<svg>`` element for use inside a page that styles its classes.

    Raises
    ------
    RenderError
        The font lacks a character of a label.

    """
    labels = [STEPS[step.key].text(language) for step in clock.steps]
    dues = [due_text(step.due, language) for step in clock.steps]
    title = case_title(clock.case, language)
    for text in (title, *labels, *dues):
        fonts.require(printable(text), where=f"chart ({language})")
    left = 12 + max(text_width(label, _SIZE) for label in labels)
    right = _WIDTH - 14 - max(text_width(due, 12) for due in dues)
    scale = _Scale(*_bounds(clock), left, right)
    height = _TOP + _ROW * len(clock.steps) + 30
    desc = "; ".join(f"{a}: {b}" for a, b in zip(labels, dues, strict=True))
    opening = (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'lang="{HTML_LANG[language]}" aria-labelledby="{prefix}-title {prefix}-desc">'
    )
    parts = [
        opening,
        f'<title id="{prefix}-title">{_text(title)}</title>',
        f'<desc id="{prefix}-desc">{_text(desc)}</desc>',
        *_months(scale, height),
    ]
    for number, (step, label, due) in enumerate(zip(clock.steps, labels, dues, strict=True)):
        parts += _row(clock, step, scale, _TOP + _ROW * number, (label, due, STATES[step.state].text(language)))
    x = scale.x(clock.as_of)
    parts += [
        f'<path class="gantt-today" d="M{x:.1f} {_TOP - 8}V{height - 24}"/>',
        f'<text class="gantt-axis" x="{x:.1f}" y="{_TOP - 12}" text-anchor="middle">{clock.as_of}</text>',
        "</svg>",
    ]
    return "\n".join(parts)


def _bounds(clock: Clock) -> tuple[dt.date, dt.date]:
    days = [step.start for step in clock.steps] + [step.due.latest or step.due.day for step in clock.steps]
    ends = [step.end for step in clock.steps if step.end]
    last = max([*days, *ends, min(clock.as_of, max(days) + dt.timedelta(days=30))])
    return min(days), last


def _months(scale: _Scale, height: int) -> list[str]:
    months = []
    day = scale.first.replace(day=1)
    while day <= scale.last:
        if day >= scale.first:
            months.append(day)
        day = (day + dt.timedelta(days=32)).replace(day=1)
    every = max(1, -(-len(months) // 8))
    parts = []
    for number, month in enumerate(months):
        x = scale.x(month)
        parts.append(f'<path class="gantt-tick" d="M{x:.1f} {_TOP - 4}V{height - 24}"/>')
        if number % every == 0:
            parts.append(
                f'<text class="gantt-axis" x="{x:.1f}" y="{height - 8}" text-anchor="middle">{month:%Y-%m}</text>'
            )
    return parts


def _row(clock: Clock, step: Step, scale: _Scale, top: int, texts: tuple[str, str, str]) -> list[str]:
    y = top + (_ROW - _BAR) / 2
    start, due = scale.x(step.start), scale.x(step.due.day)
    kind = "projected" if step.state in {"projected", "not_held"} else "whole"
    parts = [
        f'<text class="gantt-label" x="4" y="{y + 10:.1f}">{_text(texts[0])}</text>',
        f'<rect class="gantt-{kind}" x="{start:.1f}" y="{y:.1f}" width="{max(1.0, due - start):.1f}" height="{_BAR}"/>',
    ]
    if kind == "whole":
        until = scale.x(min(step.end or clock.as_of, scale.last))
        late = step.state in {"overdue", "done_late"}
        gone = min(until, due) if late else until
        parts.append(_bar("gone", start, gone, y))
        if late:
            parts.append(_bar("late", due, until, y))
    if step.key == "review":
        for stop in clock.stops:
            if not stop.ignored:
                said = f"{stop.start} – {stop.end}"
                bar = _bar("stop", scale.x(stop.start), scale.x(stop.end), y - 1, _BAR + 2)
                parts.append(f"<g><title>{_text(said)}</title>{bar}</g>")
    if step.due.provisional:
        low, high = scale.x(step.due.earliest), scale.x(step.due.latest or scale.last)
        tick = f"{y - 2:.1f}v{_BAR + 4}"
        path = f"M{low:.1f} {tick}M{low:.1f} {y + 6:.1f}H{high:.1f}M{high:.1f} {tick}"
        parts.append(f'<path class="gantt-range" d="{path}"/>')
    parts.append(f'<text class="gantt-due" x="{scale.right + 8:.1f}" y="{y + 10:.1f}">{_text(texts[1])}</text>')
    return ["<g>", f"<title>{_text(texts[0])}: {_text(texts[2])}</title>", *parts, "</g>"]


def _bar(kind: str, left: float, right: float, y: float, height: int = _BAR) -> str:
    width = max(1.0, right - left)
    return f'<rect class="gantt-{kind}" x="{left:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}"/>'


def standalone_gantt(clock: Clock, language: NoteLanguage) -> str:
    """Return the chart as a file of its own, with its style sheet, its glyphs and the remarks underneath."""
    inner = gantt_svg(clock, language)
    height = _TOP + _ROW * len(clock.steps) + 30
    title = case_title(clock.case, language)
    notes = _wrapped([printable(remark.shown(language)) for remark in clock.remarks])
    for note in notes:
        fonts.require(note, where=f"chart ({language})")
    whole = 34 + height + 12 + 19 * len(notes)
    lines = [f'<text class="chart-heading" x="4" y="24">{_text(title)}</text>']
    lines.append(f'<svg y="34" width="{_WIDTH}" height="{height}" {inner.removeprefix("<svg ")}')
    lines += [
        f'<text class="chart-note" x="4" y="{34 + height + 18 + 19 * n}">{_text(note)}</text>'
        for n, note in enumerate(notes)
    ]
    css = files("hkconcept").joinpath("data", "note", "chart.css").read_text(encoding="utf-8")
    face = fonts.face_css("".join((title, inner, *notes)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {whole}" width="{_WIDTH}" height="{whole}" '
        f'class="chart-file" lang="{HTML_LANG[language]}">\n<style>{face}\n{css}\n{GANTT_CSS}</style>\n'
        f'<rect class="chart-paper" width="{_WIDTH}" height="{whole}"/>\n' + "\n".join(lines) + "\n</svg>\n"
    )


def _wrapped(texts: Sequence[str]) -> list[str]:
    """Break remarks into lines that fit; a Chinese text may break anywhere."""
    lines = []
    for text in texts:
        line = ""
        for word in text.split(" ") if text.isascii() else [*text]:
            joined = f"{line} {word}" if line and text.isascii() else line + word
            if text_width(joined, _SIZE) > _WIDTH - 12:
                lines.append(line)
                joined = word
            line = joined
        lines.append(line)
    return lines


def _text(text: str) -> str:
    return escape(printable(text))
