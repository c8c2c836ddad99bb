"""Charts of an index: its level beside the benchmark, and what each role and security added to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from importlib.resources import files

from hkconcept.note import fonts
from hkconcept.note.charts import nice_ticks, standalone_svg, text_width
from hkconcept.note.contents import Bilingual, ChartData, NoteLanguage, Series
from hkconcept.note.i18n import HTML_LANG, day, printable

__all__ = ["Contribution", "contribution_svg", "level_svg"]

_WIDTH, _ROW, _TOP = 860, 22, 64
_BENCHMARK = Bilingual("恒生指数", "Hang Seng Index")
_SIGNS = {True: "▲", False: "▼"}


@dataclass(frozen=True, slots=True)
class Contribution:
    """Points of the level that a role or a security added; ``role`` is empty for a security."""

    label: Bilingual
    points: float
    is_role: bool = False


def level_svg(
    name: Bilingual,
    levels: Sequence[tuple[dt.date, Decimal]],
    benchmark: Mapping[dt.date, Decimal],
    language: NoteLanguage,
) -> str:
    """Return the level and the Hang Seng Index over the same sessions, both 100 at the first, as an SVG file.

    A session without a close of the benchmark is a gap in its line.
    """
    days = tuple(session for session, _ in levels)
    first = levels[0][1]
    series = [Series("concept", name, tuple(100 * level / first for _, level in levels))]
    start = benchmark.get(days[0])
    if start is not None:
        closes = (benchmark.get(session) for session in days)
        line = tuple(None if close is None else 100 * close / start for close in closes)
        series.append(Series("benchmark", _BENCHMARK, line))
    data = ChartData(days, days[0], tuple(series), (), Bilingual("", ""))
    base = day(days[0], language)
    title = {
        "zh": f"{name.zh}与{_BENCHMARK.zh}，{base}收盘＝100",
        "en": f"{name.en} and {_BENCHMARK.en}; close of {base} = 100",
    }[language]
    return standalone_svg(data, language, benchmark=_BENCHMARK.text(language), title=title)


def contribution_svg(
    name: Bilingual, rows: Sequence[Contribution], span: tuple[dt.date, dt.date], language: NoteLanguage
) -> str:
    """Return bars of points to the right and left of zero, in the order given, as an SVG file.

    Raises
    ------
    RenderError
        The font lacks a character of a label.

    """
    start, end = (day(one, language) for one in span)
    title = {
        "zh": f"{name.zh}：各角色及个股的贡献（点），{start}收盘至{end}收盘",
        "en": f"{name.en}: points added by role and stock, close of {start} to close of {end}",
    }[language]
    labels = [printable(row.label.text(language)) for row in rows]
    left = 24 + max((text_width(label) for label in labels), default=0.0)
    right = _WIDTH - 90
    ticks = nice_ticks(min([0.0, *(row.points for row in rows)]), max([0.0, *(row.points for row in rows)]))
    low, high = ticks[0], ticks[-1]

    def x(points: float) -> float:
        return left + 60 + (right - left - 60) * (points - low) / (high - low)

    foot = _TOP + _ROW * len(rows)
    parts = ['<g class="chart-grid">']
    parts += [
        f'<path{" class=" + chr(34) + "chart-base" + chr(34) if t == 0 else ""} d="M{x(t):.1f} {_TOP - 8}V{foot}"/>'
        for t in ticks
    ]
    parts.append('</g><g class="chart-axis">')
    parts += [f'<text x="{x(t):.1f}" y="{foot + 18}" text-anchor="middle">{_number(t)}</text>' for t in ticks]
    parts.append("</g>")
    for n, (row, label) in enumerate(zip(rows, labels, strict=True)):
        fonts.require(label, where=f"chart ({language})")
        y = _TOP + _ROW * n
        begin, stop = sorted((x(0.0), x(row.points)))
        colour = "chart-role" if row.is_role else ("chart-up" if row.points >= 0 else "chart-down")
        at, anchor = (stop + 5, "start") if row.points >= 0 else (begin - 5, "end")
        weight = ' font-weight="700"' if row.is_role else ""
        parts.append(
            f'<text class="chart-note" x="16" y="{y + 13}"{weight}>{escape(label)}</text>'
            f'<rect class="{colour}" x="{begin:.1f}" y="{y + 2}" width="{max(stop - begin, 0.5):.1f}" height="14"/>'
            f'<text class="chart-note" x="{at:.1f}" y="{y + 13}" text-anchor="{anchor}">'
            f"{_SIGNS[row.points >= 0]} {row.points:+.2f}</text>"
        )
    fonts.require(title, where=f"chart ({language})")
    css = files("hkconcept").joinpath("data", "note", "chart.css").read_text(encoding="utf-8")
    body = "\n".join(parts)
    face = fonts.face_css(title + body)
    height = foot + 34
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'class="chart-file" role="img" lang="{HTML_LANG[language]}" aria-labelledby="contribution-title">\n'
        f"<style>{face}\n{css}{_BARS}</style>\n"
        f'<title id="contribution-title">{escape(title)}</title>\n'
        f'<rect class="chart-paper" width="{_WIDTH}" height="{height}"/>\n'
        f'<text class="chart-heading" x="16" y="28">{escape(title)}</text>\n{body}\n</svg>\n'
    )


# The sign is printed beside each bar, so that colour is never needed to read it.
_BARS = ".chart-up{fill:var(--c1)}.chart-down{fill:var(--c2)}.chart-role{fill:var(--c3)}\n"


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")
