"""A page as a tree with limits: parsed by lxml, refused when nested too deep, cut into blocks of text.

A block is what a browser would show as one paragraph or one table row. Each block knows how much of it is link text
and in which elements it stands; the main text, the title and the date are found on the list of blocks, never by
walking the tree again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hkconcept.errors import SourceError
from hkconcept.readers.plain import safe_text

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["MAX_DEPTH", "Block", "Page", "parse_page"]

MAX_DEPTH = 400
_MAX_ELEMENTS = 200_000
_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed canvas video audio map select option datalist button "  # noqa: SIM905 - tags read better as words
    "input textarea head title meta link".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o:p q rp rt ruby s samp "  # noqa: SIM905 - as above
    "small span st1:chsdate strike strong sub sup time tt u var wbr".split()
)
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u3000\u2000-\u200a]{1,}")
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """One paragraph, heading, list item or table row as shown."""

    text: str
    tag: str
    link_chars: int
    path: tuple[int, ...]  # the numbers of the elements it stands in, outermost first
    heading: bool = False
    row: bool = False


@dataclass(slots=True)
class Page:
    """A parsed page: its blocks in reading order and the elements by number."""

    root: _Element
    blocks: list[Block] = field(default_factory=list)
    elements: list[_Element] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)


def parse_page(text: str, where: str = "") -> Page:
    """Parse HTML and list its blocks.

    Raises
    ------
    SourceError
        When elements are nested more than 400 deep, when there are more than 200,000 of them, or when there is
        nothing to parse.

    >>> [block.text for block in parse_page("<p>One <b>two</b></p><ul><li>three</li></ul>").blocks]
    ['One two', 'three']

    """
    from lxml import etree, html  # noqa: PLC0415 - only pages need the parser

    _refuse_many_tags(text, where)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise SourceError("the page cannot be parsed", where=where, todo="save the article as text") from error
    if root is None:
        raise SourceError("the page is empty", where=where, todo="give a page with an article")
    page = Page(root)
    _Cutter(page, where).run()
    return page


def _refuse_many_tags(text: str, where: str) -> None:
    """Refuse a page of too many tags before a tree of them is built."""
    if text.count("<") > 2 * _MAX_ELEMENTS:
        raise _too_many(where)


def _too_many(where: str) -> SourceError:
    return SourceError(
        f"the page has more than {_MAX_ELEMENTS:,} elements", where=where, todo="save the article as text"
    )


def _too_deep(where: str) -> SourceError:
    return SourceError(
        f"the page is nested more than {MAX_DEPTH} elements deep", where=where, todo="save the article as text"
    )


class _Cutter:
    """Walks the tree once, without recursion, and closes a block at every block-level boundary."""

    def __init__(self, page: Page, where: str) -> None:
        self.page = page
        self.where = where
        self.path: list[int] = []
        self.tags: list[str] = []
        self.pieces: list[str] = []
        self.linked = 0
        self.in_link = 0
        self.in_row = 0

    def run(self) -> None:
        # Each entry is an element to open, or an (element, tag) pair to close with the text that follows it.
        stack: list[tuple[_Element, str | None]] = [(self.page.root, None)]
        while stack:
            element, open_tag = stack.pop()
            if open_tag is not None:
                self._close(open_tag)
                self._text(element.tail)
                continue
            tag = element.tag.lower() if isinstance(element.tag, str) else ""
            if not tag or tag in _SKIPPED:
                self._text(element.tail)
                continue
            self._open(element, tag)
            self._text(element.text)
            stack.append((element, tag))
            stack.extend((child, None) for child in reversed(element))
        self._cut("")

    def _open(self, element: _Element, tag: str) -> None:
        page = self.page
        if len(self.path) >= MAX_DEPTH:
            raise _too_deep(self.where)
        if len(page.elements) >= _MAX_ELEMENTS:
            raise _too_many(self.where)
        if tag == "br":
            if self.in_row:
                self.pieces.append(" ")
            else:
                self._cut(self.tags[-1] if self.tags else "")
        elif tag == "tr" and _is_data_row(element):
            self._cut(self._block_tag())
            self.in_row += 1
        elif tag not in _INLINE:
            if self.in_row:
                if tag in ("td", "th") and self.pieces:
                    self.pieces.append("\t")
            else:
                self._cut(self._block_tag())
        self.in_link += tag == "a"
        if _HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None:
            page.hidden.add(len(page.elements))
        self.path.append(len(page.elements))
        self.tags.append(tag)
        page.elements.append(element)

    def _close(self, tag: str) -> None:
        if tag == "tr" and self.in_row:
            self._cut("tr")
            self.in_row -= 1
        elif tag not in _INLINE and tag != "br" and not self.in_row:
            self._cut(self._block_tag())
        self.path.pop()
        self.tags.pop()
        self.in_link -= tag == "a"

    def _block_tag(self) -> str:
        return next((tag for tag in reversed(self.tags) if tag not in _INLINE), "")

    def _text(self, text: str | None) -> None:
        if not text:
            return
        self.pieces.append(_SPACES.sub(" ", text))
        if self.in_link:
            self.linked += len(text.strip())

    def _cut(self, tag: str) -> None:
        if self.pieces:
            text = "".join(self.pieces)
            # Tabs in the source became spaces already, so a tab here divides cells.
            text = "\t".join(_SPACES.sub(" ", cell).strip() for cell in text.split("\t"))
            text = safe_text(text).strip()
            if text:
                heading = any(name in ("h1", "h2", "h3", "h4", "h5", "h6") for name in self.tags[-4:])
                self.page.blocks.append(Block(text, tag, self.linked, tuple(self.path), heading, bool(self.in_row)))
            self.pieces.clear()
        self.linked = 0


def _is_data_row(row: _Element) -> bool:
    """Whether a table row holds data: two or more short cells, none of them a layout of its own."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2:
        return False
    for cell in cells:
        if next(cell.iter("table", "tr", "ul", "ol", "h1", "h2", "h3", "form"), None) is not None:
            return False
        if sum(1 for _ in cell.iter("p", "div", "br")) > 6:
            return False
    return True
