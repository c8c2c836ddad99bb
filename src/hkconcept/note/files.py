"""Every file of a note, by name: one page, one data file, and a text and a chart per language."""

from __future__ import annotations

from hkconcept.note import charts, html, interchange, markdown
from hkconcept.note.contents import Note

__all__ = ["render_files"]


def render_files(note: Note) -> dict[str, str]:
    """Return the note's files by name, as texts in UTF-8.

    ``note.html`` holds both languages; ``note.LANGUAGE.md`` shows ``chart.LANGUAGE.svg`` beside it, which is
    there only when prices are held.

    Raises
    ------
    RenderError
        The font lacks a character of a chart.

    """
    files = {"note.html": html.render_html(note), "note.json": interchange.render_json(note)}
    for language in note.languages:
        files[f"note.{language}.md"] = markdown.render_markdown(note, language)
        if note.chart:
            benchmark = note.benchmark_name.text(language)
            files[f"chart.{language}.svg"] = charts.standalone_svg(note.chart, language, benchmark=benchmark)
    return files
