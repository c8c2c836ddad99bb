"""The page of checked documents: figures marked, everything escaped, styles allowed by hash alone."""

import base64
import hashlib
import re
from decimal import Decimal
from html.parser import HTMLParser

from hkconcept.model import Check, Claim, Document, Extraction, Figure, Moment, Origin, Quantity, Quote, Span, Verdict
from hkconcept.note.annotated import render_annotated

TEXT = '<b>A & B</b> "x" 38个占47个的81.85%。\n第二行 \x1b[31m<script>alert(1)</script>'


def figure(name: str, printed: str, unit: str = "count") -> Figure:
    start = TEXT.index(printed)
    value = Decimal(re.sub(r"[^\d.]", "", printed))
    return Figure(name, Quote.cut(TEXT, Span(start, start + len(printed))), Quantity(value, unit))


FIGURES = (figure("f1", "38个"), figure("f2", "47个"), figure("f3", "81.85%", "percent"))
CHECK = Check(
    Claim("share", ("f1", "f2"), "f3", Quote.cut(TEXT, Span(FIGURES[0].quote.span.start, FIGURES[2].quote.span.end))),
    Verdict.INCONSISTENT,
    "38 / 47 = 80.85% ≠ 81.85%",
    "the printed figures give <80.85%>",
    mend="81.85% → 80.85%",
    reason_zh="重算为80.85%",
)
DOCUMENT = Document(
    "d1",
    TEXT,
    "zh-Hans",
    Origin("a&b.md", "0" * 64, "text/markdown", "utf-8", Moment.parse("2026-01-08 08:07")),
    title="<i>T</i>",
)
FOUND = Extraction("d1", figures=FIGURES, checks=(CHECK,))


class Page(HTMLParser):
    """Collects the tags, the marked figures and the styles of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.marked: list[tuple[str, str]] = []
        self.ids: set[str | None] = set()
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append(tag)
        self.ids.add(named.get("id"))
        if tag == "a":
            self._open = named.get("class") or ""
            self.links.append(named.get("href"))

    def handle_data(self, data: str) -> None:
        if self._open:
            self.marked.append((data, self._open))
            self._open = ""


def test_the_figures_of_a_failing_relation_are_marked_and_linked_to_it() -> None:
    page = Page(render_annotated([(DOCUMENT, FOUND)]))
    assert page.marked == [("38个", "inconsistent"), ("47个", "inconsistent"), ("81.85%", "inconsistent")]
    assert set(page.links) == {"#d1c1"}
    assert "d1c1" in page.ids


def test_nothing_of_the_document_becomes_markup() -> None:
    html = render_annotated([(DOCUMENT, FOUND)])
    assert not {"script", "i"} & set(Page(html).tags)
    assert "<b>A" not in html
    assert "&lt;b&gt;A &amp; B&lt;/b&gt; &quot;x&quot;" in html
    assert "\x1b" not in html
    assert "give &lt;80.85%&gt;" in html


def test_the_policy_allows_exactly_the_two_style_sheets() -> None:
    html = render_annotated([(DOCUMENT, FOUND)])
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    allowed = re.findall(r"sha256-([A-Za-z0-9+/=]+)", policy[1])
    assert allowed == hashes
    assert len(hashes) == 2
    assert "default-src &#x27;none&#x27;" in policy[1]


def test_a_document_without_checks_says_so() -> None:
    html = render_annotated([(DOCUMENT, Extraction("d1", figures=FIGURES))])
    assert "relations between them: none stated" in html
    assert Page(html).marked == []
