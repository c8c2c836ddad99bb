"""A line chart as SVG, written out directly: few elements, classes instead of style attributes, our own font.

The same drawing stands inside the HTML note, where the page's style sheet colours it in light, dark and
print, and alone as an ``.svg`` file, which carries its style sheet and the glyphs it needs. Lines carry
their names at their ends; events are numbered on the chart and explained underneath, so that no label
covers another. Chart text that the font cannot draw stops the run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from importlib.resources import files
from math import ceil, floor, log10

from hkconcept.note import fonts
from hkconcept.note.contents import ChartData, ChartEvent, NoteLanguage, Series
from hkconcept.note.i18n import HTML_LANG, day, number, printable, say, short_day

__all__ = ["NARROW", "WIDE", "chart_svg", "nice_ticks", "spread", "standalone_svg"]

WIDE, NARROW = (860, 380), (400, 320)  # viewBox in px: drawn at that size, so that 12 px of text stay 12 px
_LEFT, _TOP, _BOTTOM = 46, 30, 30
_LABEL_GAP = 17.0
_SIZE = 12.5  # px; labels are set at this size in the style sheet
_TENTH = Decimal("0.1")
_OPEN = (
    '<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
    'lang="{lang}" aria-labelledby="{prefix}-title {prefix}-desc">'
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plot area, and the scales from sessions and levels to pixels."""

    days: tuple[dt.date, ...]
    low: float
    high: float
    right: float
    height: int

    def x(self, position: int) -> float:
        return _LEFT + (self.right - _LEFT) * position / max(1, len(self.days) - 1)

    def y(self, level: float) -> float:
        return _TOP + (self.height - _TOP - _BOTTOM) * (self.high - level) / (self.high - self.low)


def nice_ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Return round values that enclose an interval, about ``count`` steps apart by 1, 2, 2.5 or 5 times ten.

    >>> nice_ticks(92.4, 110.6)
    [90.0, 95.0, 100.0, 105.0, 110.0, 115.0]
    >>> nice_ticks(100, 100)
    [99.0, 99.5, 100.0, 100.5, 101.0]

    """
    if high <= low:
        low, high = low - 1, high + 1
    rough = (high - low) / count
    size = 10 ** floor(log10(rough))
    step = min((m * size for m in (1, 2, 2.5, 5, 10) if m * size >= rough), default=10 * size)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(float(step * n), 10) for n in range(first, last + 1)]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move positions apart until neighbours keep a gap, staying near where they were and inside the bounds.

    >>> spread([50.0, 52.0, 120.0], 10, 0, 200)
    [46.0, 56.0, 120.0]

    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    blocks: list[tuple[float, list[int]]] = []  # centre and members of labels that touch
    for i in order:
        blocks.append((wanted[i], [i]))
        while len(blocks) > 1:
            (above, first), (below, second) = blocks[-2], blocks[-1]
            if below - above >= gap * (len(first) + len(second)) / 2:
                break
            members = first + second
            blocks[-2:] = [(sum(wanted[m] for m in members) / len(members), members)]
    placed = [0.0] * len(wanted)
    for centre, members in blocks:
        half = gap * (len(members) - 1) / 2
        for n, member in enumerate(members):
            placed[member] = centre - half + gap * n
    edge = low
    for i in order:  # push down from the upper bound, then up from the lower one
        placed[i] = max(placed[i], edge)
        edge = placed[i] + gap
    edge = high
    for i in reversed(order):
        placed[i] = min(placed[i], edge)
        edge = placed[i] - gap
    return placed


def text_width(text: str, size: float = _SIZE) -> float:
    """Return a label's width in pixels, generously: full width for Chinese, 0.56 of the size for the rest."""
    return sum(size if ord(c) > 0x2E80 else 0.57 * size for c in text)


def chart_svg(  # noqa: PLR0913 - what is drawn, and how
    data: ChartData,
    language: NoteLanguage,
    *,
    benchmark: str,
    prefix: str = "chart",
    size: tuple[int, int] = WIDE,
    title: str = "",
) -> str:
    """Return the chart as an ``<svg>`` element for use inside a page that styles its classes.

    Parameters
    ----------
    data
        Lines over sessions, 100 at the base.
    language
        The language of every label.
    benchmark
        The benchmark's name in that language.
    prefix
        Goes before the ids of title and description, so that two charts can share a page.
    size
        Width and height, :data:`WIDE` or :data:`NARROW`.
    title
        In that language; default: that of a note's chart.

    Raises
    ------
    RenderError
        The font lacks a character of a label.

    """
    levels = [float(v) for series in data.series for v in series.values if v is not None]
    ticks = nice_ticks(min(levels), max(levels))
    labels = [_end_label(series, language) for series in data.series]
    width, height = size
    right = width - 14 - max(text_width(label) for label in labels)
    frame = _Frame(data.days, ticks[0], ticks[-1], right, height)
    title = title or say("chart_title", language, benchmark=benchmark, base=day(data.base, language))
    values = say("list_separator", language).join(labels)
    desc = say(
        "chart_desc",
        language,
        first=day(data.days[0], language),
        last=day(data.days[-1], language),
        n=len(data.days),
        values=values,
    )
    for text in (title, *labels):
        fonts.require(text, where=f"chart ({language})")
    parts = [
        _OPEN.format(width=width, height=height, lang=HTML_LANG[language], prefix=prefix),
        f'<title id="{prefix}-title">{_text(title)}</title>',
        f'<desc id="{prefix}-desc">{_text(desc)}</desc>',
        *_grid(frame, ticks, language),
        *_events(frame, data.events),
        *_lines(frame, data, labels),
        "</svg>",
    ]
    return "\n".join(parts)


def standalone_svg(data: ChartData, language: NoteLanguage, *, benchmark: str, title: str = "") -> str:
    """Return the chart as a file of its own, with its style sheet, its glyphs and the events underneath."""
    width, height = WIDE
    inner = chart_svg(data, language, benchmark=benchmark, prefix=f"chart-{language}", title=title)
    title = title or say("chart_title", language, benchmark=benchmark, base=day(data.base, language))
    notes = [f"{_circled(e.number)} {short_day(e.day, language)}　{e.text.text(language)}" for e in data.events]
    lines = [f'<text class="chart-heading" x="4" y="24">{_text(title)}</text>']
    lines.append(f'<svg y="34" width="{width}" height="{height}" {inner.removeprefix("<svg ")}')
    top = 34 + height
    for n, text in enumerate(notes):
        fonts.require(text, where=f"chart ({language})")
        lines.append(f'<text class="chart-note" x="4" y="{top + 18 + 19 * n}">{_text(text)}</text>')
    whole = top + 30 + 19 * len(notes)
    css = files("hkconcept").joinpath("data", "note", "chart.css").read_text(encoding="utf-8")
    face = fonts.face_css("".join((title, inner, *notes)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {whole}" width="{width}" height="{whole}" '
        f'class="chart-file" lang="{HTML_LANG[language]}">\n<style>{face}\n{css}</style>\n'
        f'<rect class="chart-paper" width="{width}" height="{whole}"/>\n' + "\n".join(lines) + "\n</svg>\n"
    )


def _end_label(series: Series, language: NoteLanguage) -> str:
    last = next((v for v in reversed(series.values) if v is not None), None)
    shown = "" if last is None else f" {last.quantize(_TENTH)}"
    return series.label.text(language) + shown


def _grid(frame: _Frame, ticks: Sequence[float], language: NoteLanguage) -> list[str]:
    parts = ['<g class="chart-grid">']
    for tick in ticks:
        y = frame.y(tick)
        kind = ' class="chart-base"' if tick == 100 else ""
        parts.append(f'<path{kind} d="M{_LEFT} {y:.1f}H{frame.right:.1f}"/>')
    parts.append('</g><g class="chart-axis">')
    parts.extend(
        f'<text x="{_LEFT - 8}" y="{frame.y(t) + 4:.1f}" text-anchor="end">{number(Decimal(str(t)))}</text>'
        for t in ticks
    )
    foot = frame.height - _BOTTOM
    for position, label in _day_ticks(frame, language):
        x = frame.x(position)
        parts.append(
            f'<path d="M{x:.1f} {foot}v5"/><text x="{x:.1f}" y="{foot + 20}" text-anchor="middle">{label}</text>'
        )
    parts.append("</g>")
    return parts


def _day_ticks(frame: _Frame, language: NoteLanguage) -> list[tuple[int, str]]:
    """Choose sessions to label: the first of each month, or of each week when the chart is short."""
    days = frame.days

    def starts(span: int) -> list[int]:
        def period(d: dt.date) -> tuple[int, ...]:
            return (d.year, d.month) if span == 31 else d.isocalendar()[:2]

        return [i for i in range(1, len(days)) if period(days[i]) != period(days[i - 1])]

    chosen = starts(31) if len(days) > 45 else starts(7) or [0]
    shown: list[tuple[int, str]] = []
    edge = 0.0
    for position in chosen:
        label = short_day(days[position], language)
        half = text_width(label) / 2
        x = frame.x(position)
        if x - half > edge + 10 and x + half < frame.right + 20:
            shown.append((position, label))
            edge = x + half
    return shown


def _events(frame: _Frame, events: Sequence[ChartEvent]) -> list[str]:
    """Mark events by a vertical line and a number; neighbours on close sessions keep their numbers apart."""
    if not events:
        return []
    places = [frame.x(frame.days.index(event.day)) for event in events]
    heads = spread(places, 22, _LEFT + 9, frame.right - 9)
    parts = ['<g class="chart-events">']
    for event, x, head in zip(events, places, heads, strict=True):
        parts.append(
            f'<path d="M{head:.1f} {_TOP - 10}L{x:.1f} {_TOP + 4}V{frame.height - _BOTTOM}"/>'
            f'<circle cx="{head:.1f}" cy="{_TOP - 18}" r="8.5"/>'
            f'<text x="{head:.1f}" y="{_TOP - 14:.1f}" text-anchor="middle">{event.number}</text>'
        )
    parts.append("</g>")
    return parts


def _lines(frame: _Frame, data: ChartData, labels: Sequence[str]) -> list[str]:
    ends = []
    parts = []
    for series in data.series:
        path, pen, end = [], "M", (0, 100.0)
        for position, value in enumerate(series.values):
            if value is None:
                pen = "M"
                continue
            end = (position, float(value))
            path.append(f"{pen}{frame.x(position):.1f} {frame.y(end[1]):.1f}")
            pen = "L"
        ends.append(end)
        parts.append(f'<path class="chart-line chart-{series.key}" d="{"".join(path)}"/>')
    wanted = [frame.y(level) for _, level in ends]
    placed = spread(wanted, _LABEL_GAP, _TOP, frame.height - _BOTTOM)
    for series, label, (position, level), y in zip(data.series, labels, ends, placed, strict=True):
        x, beside = frame.x(position), frame.right + 9
        parts.append(
            f'<circle class="chart-dot chart-{series.key}" cx="{x:.1f}" cy="{frame.y(level):.1f}" r="3"/>'
            f'<text class="chart-label chart-{series.key}" x="{beside:.1f}" y="{y + 4.5:.1f}">{_text(label)}</text>'
        )
    return parts


def _text(text: str) -> str:
    return escape(printable(text))


def _circled(n: int) -> str:
    return chr(0x2460 + n - 1) if 1 <= n <= 20 else f"({n})"
