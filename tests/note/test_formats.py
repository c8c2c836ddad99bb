"""HTML, Markdown and JSON of one note: golden files, and hostile text that stays text.

The golden files are compared on every run. After a change that is meant, write them anew and read the
difference before committing it::

    HKCONCEPT_WRITE_GOLDEN=1 pytest tests/note/test_formats.py

The embedded fonts and the hashes that follow from them are replaced by a mark, because their bytes
depend on the version of the font library.
"""

# ruff: noqa: ANN401 - the class of the facts fixture lives in conftest.py, which tests cannot import

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from hkconcept.model import Quote
from hkconcept.note.contents import Bilingual, Note
from hkconcept.note.files import render_files

GOLDEN = Path(__file__).with_name("golden")
NAMES = ["note.html", "note.json", "note.zh.md", "note.en.md", "chart.zh.svg", "chart.en.svg"]
HOSTILE = (
    '<script>alert(1)</script><img src=x onerror=alert(1)> {{7*7}} {% raw %} \x1b[31mred\x1b[0m "quoted" '
    "[x](javascript:alert(1)) | `code` javascript:alert(1)"
)


def _without_fonts(text: str) -> str:
    text = re.sub(r"base64,[A-Za-z0-9+/=]+", "base64,FONT", text)
    return re.sub(r"style-src '[^;]*;", "style-src HASHES;", text)


@pytest.fixture
def rendered(note: Note) -> dict[str, str]:
    return render_files(note)


@pytest.mark.parametrize("name", NAMES)
def test_golden(rendered: dict[str, str], name: str) -> None:
    made = _without_fonts(rendered[name])
    path = GOLDEN / name
    if os.environ.get("HKCONCEPT_WRITE_GOLDEN"):
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8"), f"{name} changed; see the docstring of this module"


def test_every_file_is_made(rendered: dict[str, str]) -> None:
    assert sorted(rendered) == sorted(NAMES)


class _Page(HTMLParser):
    """Collects what matters for safety: tags, attributes, and the text inside script and style."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self.shown: list[str] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in self.inside:
            self._open = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = ""

    def handle_data(self, data: str) -> None:
        (self.inside[self._open] if self._open else self.shown).append(data)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_page_is_self_contained_and_its_policy_allows_exactly_its_parts(rendered: dict[str, str]) -> None:
    page = _Page(rendered["note.html"])
    policy = next(a["content"] for t, a in page.tags if t == "meta" and "Content-Security-Policy" in a.values())
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert [_hash(text) in policy for text in page.inside["style"]] == [True, True]
    assert [_hash(text) in policy for text in page.inside["script"]] == [True]
    loads = [(t, a) for t, a in page.tags if t in {"link", "img", "iframe", "object"} or "src" in a]
    assert loads == []
    assert not [a for _, a in page.tags if "style" in a or any(name.startswith("on") for name in a)]
    assert "http" not in "".join(page.inside["style"])


def test_both_languages_are_marked_and_ids_are_unique(rendered: dict[str, str]) -> None:
    page = _Page(rendered["note.html"])
    articles = [a["lang"] for t, a in page.tags if t == "article"]
    assert articles == ["zh-Hans", "en"]
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    targets = {a["href"] for t, a in page.tags if t == "a" and (a.get("href") or "").startswith("#")}
    assert targets <= {f"#{i}" for i in ids}


@pytest.fixture
def hostile(facts: Any, note: Note) -> Note:
    bad = Bilingual(HOSTILE, HOSTILE)
    quote = Quote.cut(HOSTILE, facts.extraction.figures[0].quote.span)
    figure = replace(note.figures[0], quote=quote, subject=bad, qualifier=bad)
    stock = replace(note.named[0], name=bad, printed=(HOSTILE,))
    assert note.policy is not None
    return replace(
        note,
        headline=bad,
        document=replace(note.document, title=HOSTILE, publisher=HOSTILE, location=HOSTILE),
        policy=replace(note.policy, title=bad, number=bad, agency=bad),
        figures=(figure, *note.figures[1:]),
        named=(stock, *note.named[1:]),
        event_quote=replace(quote, exact=HOSTILE),
        remarks=(bad,),
        sources=(
            replace(note.sources[0], address="javascript:alert(1)"),
            replace(note.sources[0], number=2, address='https://x.example/"><script>alert(1)</script>'),
            replace(note.sources[0], number=3, address="data:text/html,<script>alert(1)</script>"),
        ),
        chart=None,
    )


def test_hostile_text_stays_text_in_html(hostile: Note) -> None:
    page = _Page(render_files(hostile)["note.html"])
    assert len(page.inside["script"]) == 1
    assert not [t for t, a in page.tags if t == "img" or "onerror" in a]
    links = [a.get("href") or "" for t, a in page.tags if t == "a"]
    assert all(link.startswith(("#", "https://", "http://")) for link in links)
    assert "{{7*7}}" in "".join(page.shown)
    assert "\x1b" not in "".join(page.shown)


def test_hostile_text_stays_text_in_markdown(hostile: Note) -> None:
    for language in ("zh", "en"):
        text = render_files(hostile)[f"note.{language}.md"]
        assert "\x1b" not in text
        assert not re.search(r"(?<!\\)<(?!br>)(?!https?://)", text)
        assert not re.search(r"(?<!\\)\]\((?!chart)", text)
        rows = [line for line in text.splitlines() if line.startswith("| 1 |")]
        assert [len(re.findall(r"(?<!\\)\|", row)) for row in rows] == [7]


def test_json_keeps_decimals_as_text_and_spans_with_quotes(rendered: dict[str, str], facts: Any) -> None:
    data = json.loads(rendered["note.json"])
    assert data["schema"] == "hkconcept.note/1"
    eighth = data["figures"][7]
    assert eighth["quantity"]["value"] == "80.85"
    assert eighth["quantity"]["unit"] == "percent"
    span = eighth["quote"]["span"]
    assert facts.document.text[span["start"] : span["end"]] == eighth["quote"]["exact"] == "80.85%"
    assert data["named_means"][-1]["performance"][0]["change"] == "5.968983"
    assert data["named"][0]["code"] == "01276"
    assert data["policy"]["first_public"] == {"at": "2026-01-07", "precision": "day", "zone_assumed": True}
    assert not re.search(r": -?\d+\.\d+[,\n]", rendered["note.json"])


def test_alerts_come_before_the_first_section(wrong_code: Any) -> None:
    files = render_files(wrong_code.note())
    for name, first in (
        ("note.html", "事件与公开时间"),
        ("note.zh.md", "事件与公开时间"),
        ("note.en.md", "What happened"),
    ):
        text = files[name]
        assert "02621" in text
        assert text.index("02621") < text.index(first)
    assert 'role="alert"' in files["note.html"]
