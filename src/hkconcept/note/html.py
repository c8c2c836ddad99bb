"""A note as one HTML file: both languages, own fonts, no network, and a content-security policy by hash.

Everything that comes from a source is escaped by the template engine. The only parts put in as they are
(marked safe below) are made by this package: style sheet, script, fonts, and charts, whose texts are
escaped where they are written.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urlsplit

from hkconcept.model import Moment, StockCode, Verdict
from hkconcept.note import charts, event_sections, fonts, i18n, summary
from hkconcept.note.citations import is_link
from hkconcept.note.contents import FigureRow, Note, NoteLanguage, StockRow

__all__ = ["render_html"]

_MARKS = {
    Verdict.CONSISTENT: "✓",
    Verdict.INCONSISTENT: "×",
    Verdict.NOT_CHECKABLE: "○",
    Verdict.DIFFERS_IN_SCOPE: "≠",
}
_OWN_NAME = {"zh": "中文", "en": "English"}


def render_html(note: Note) -> str:
    """Return the note as a self-contained HTML page.

    Raises
    ------
    RenderError
        The font lacks a character of a chart label. Other characters fall back to the reader's fonts.

    """
    drawn = {
        (language, name): charts.chart_svg(
            note.chart,
            language,
            benchmark=note.benchmark_name.text(language),
            prefix=f"chart-{language}-{name}",
            size=size,
        )
        for language in note.languages
        for name, size in (("wide", charts.WIDE), ("narrow", charts.NARROW))
        if note.chart
    }
    template = _template()
    resources = files("hkconcept").joinpath("data", "note")
    css = _compact(resources.joinpath("chart.css").read_text(encoding="utf-8")) + _compact(
        resources.joinpath("note.css").read_text(encoding="utf-8")
    )
    script = resources.joinpath("note.js").read_text(encoding="utf-8")
    page = _Page(note)
    values: dict[str, Any] = {
        "note": note,
        "charts": {key: _safe(svg) for key, svg in drawn.items()},
        "css": _safe(css),
        "script": _safe(script),
        "script_hash": _safe(_hash(script)),
        "tiles": page.tiles,
        "lead": page.lead,
        "named_lead": page.named_lead,
        "part_of": page.part_of,
        "as_of": summary.as_of,
        "as_of_statement": page.as_of_statement,
        "coverage_count": summary.coverage_count,
        "numbers": summary.section_numbers(note),
    }
    # The first pass tells which characters the page uses; the second carries the fonts made of them.
    body: str = template.render(**values, faces="", style_hashes="")
    used = "".join(sorted(set(body)))
    faces = fonts.face_css(used) + fonts.face_css(used, "bold")
    hashes = f"{_hash(faces)} {_hash(css)}"
    return body.replace("<style></style>", f"<style>{faces}</style>", 1).replace(
        "style-src ;", f"style-src {hashes};", 1
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """Sentences that join several values of one note."""

    note: Note

    def tiles(self, language: NoteLanguage) -> Sequence[summary.Tile]:
        return summary.tiles(self.note, language)

    def lead(self, language: NoteLanguage) -> str:
        return summary.lead(self.note, language)

    def named_lead(self, language: NoteLanguage) -> str:
        return summary.named_lead(self.note, language)

    def part_of(self, figure: FigureRow, language: NoteLanguage) -> str:
        return summary.part_of(self.note, figure, language)

    def as_of_statement(self, language: NoteLanguage) -> str:
        return summary.as_of_statement(self.note, language)


@cache
def _template() -> Any:  # noqa: ANN401 - the template engine is imported late
    from jinja2 import (  # noqa: PLC0415 - 90 ms that only a note needs
        Environment,
        FileSystemBytecodeCache,
        PackageLoader,
        StrictUndefined,
    )
    from jinja2.bccache import Bucket  # noqa: PLC0415 - as above

    loader = PackageLoader("hkconcept", "data/note")

    class Kept(FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):  # a full disk costs the next run a tenth of a second, not this one its note
                super().dump_bytecode(bucket)

    try:
        # Compiling the template takes a tenth of a whole run. The engine keeps the result in a folder that only
        # this user may write to, and checks that it is so.
        kept = Kept()
    except (OSError, RuntimeError):
        kept = None
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=loader, finalize=_finalize, bytecode_cache=kept
    )
    environment.globals.update(
        say=i18n.say,
        change=i18n.change,
        points=i18n.points,
        quantity=i18n.quantity,
        day=i18n.day,
        short_day=i18n.short_day,
        moment=i18n.moment,
        partial=i18n.partial,
        role_name=i18n.role_name,
        other_events=event_sections.other_events,
        limit_text=event_sections.limit_text,
        basis_text=event_sections.basis_text,
        changes_rest=event_sections.changes_rest,
        touched_text=event_sections.touched_text,
        drugs_text=event_sections.drugs_text,
        html_lang=i18n.HTML_LANG,
        own_name=_OWN_NAME,
        marks=_MARKS,
    )
    environment.filters.update(
        direction=_direction,
        by_role=_by_role,
        iso=_iso,
        shown_address=_shown_address,
        clip_left=_clip_left,
        clip_right=_clip_right,
    )
    environment.tests.update(link=is_link, plain=_plain)
    return environment.get_template("note.html.j2")


def _finalize(value: object) -> object:
    """Take control and direction characters out of every text before it is escaped."""
    return i18n.printable(value) if type(value) is str or isinstance(value, StockCode) else value


def _safe(text: str) -> Any:  # noqa: ANN401 - as above
    from markupsafe import Markup  # noqa: PLC0415 - comes with the template engine

    return Markup(text)  # noqa: S704 - made by this package, see the module's docstring


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _compact(css: str) -> str:
    return "".join(line.strip() for line in css.splitlines())


def _direction(value: Decimal | None) -> str:
    if value is None:
        return ""
    rounded = value.quantize(Decimal("0.01"))
    return "up" if rounded > 0 else "down" if rounded < 0 else "flat"


def _by_role(rows: Sequence[StockRow]) -> list[tuple[str, list[StockRow]]]:
    groups: dict[str, list[StockRow]] = {}
    for row in rows:
        groups.setdefault(row.role or "none", []).append(row)
    return list(groups.items())


def _iso(moment: Moment) -> str:
    return moment.day.isoformat() if moment.precision == "day" else moment.at.isoformat()


def _shown_address(address: str) -> str:
    """Return a web address as people read it: without scheme, decoded unless that would hide something."""
    parts = urlsplit(address)
    shown = (parts.hostname or "") + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    plain = unquote(shown)
    return plain if plain.isprintable() and "\ufffd" not in plain else shown


def _clip_left(text: str) -> str:
    """Cut the words before a quote to about one short line, at a blank where there is one."""
    cut = " ".join(text.split())[-_context(text) :]
    head, _, rest = cut.partition(" ")
    tail = " " if text[-1:].isspace() else ""
    return (rest if rest and len(head) < 14 else cut) + tail


def _clip_right(text: str) -> str:
    """Cut the words after a quote likewise."""
    cut = " ".join(text.split())[: _context(text)]
    rest, _, tail = cut.rpartition(" ")
    return (" " if text[:1].isspace() else "") + (rest if rest and len(tail) < 12 else cut)


def _context(text: str) -> int:
    """Return how many characters of context fit: Chinese characters are twice as wide."""
    return 13 if sum(ord(c) > 0x2E80 for c in text) * 2 > len(text) else 28


def _plain(text: str) -> bool:
    """Whether a heading must do without bold because the bold font lacks one of its characters."""
    return bool(fonts.missing(text, "bold"))
