"""The main text of a page: the element whose prose outweighs everything else in it, then its lines.

Every block gets a weight: prose counts its characters, links, labels and furniture count against. The element with
the greatest sum is the article, whatever it is called; a long list of headlines beside it makes a wider element
worse, never better. This needs no word segmentation and no English punctuation, so it holds for Chinese pages and for
pages laid out with tables. English pages are read by trafilatura, which knows their conventions, and checked
against the same list of blocks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hkconcept.readers.characters import is_han
from hkconcept.readers.furniture import ends_article, is_caption, is_credit, is_furniture
from hkconcept.readers.page import Block, Page

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["article_blocks", "article_element", "table_blocks", "weigh"]

_SENTENCE = re.compile(r"[。！？；，、!?;,.：:”\"]")
_STOP = re.compile(r"[。！？!?;；…]|\.(?:\s|$)")
_SIDE_WORD = re.compile(
    r"comments?|commentlist|reply|replies|respond|foot|footer|side|sidebar|relate|related|recommend|recommended|hot|"
    r"rank|ranking|crumbs?|breadcrumbs?|nav|navbar|menu|copyright|share|sharing|social|pager|pagination|login|popup|"
    r"modal|dialog|ads?|advert|banner|toolbar|qr|qrcode|subscribe|newsletter|promo|caption|figcaption|disclaimer|"
    r"statement|tuijian|xiangguan|guanggao|pinglun|authorbio|byline|keywords|player|report|feedback|cookies?|consent"
)
_WORD_EDGE = re.compile(r"[-_\d]+|(?<=[a-z])(?=[A-Z])")
_MAIN_TAGS = frozenset(("article", "main", "body", "html"))
_SIDE_TAGS = frozenset(("nav", "footer", "aside", "form", "figcaption", "menu"))
# A side element holding more than this share of the page's prose is the article under a misleading name.
_SIDE_SHARE = 0.35
# A short article may be followed by more teasers than itself; a section that is nearly all of the page is the page.
_SECTION_SHARE = 0.75
_ARTICLE_READ = 60.0


def _length(text: str) -> float:
    """Return the length of a text in Chinese characters; a Latin word of five letters counts as two."""
    han = sum(1 for char in text if is_han(char))
    return han + 0.4 * (len(text) - han)


def _is_prose(block: Block) -> bool:
    text = block.text
    if block.link_chars > 0.4 * len(text) or is_furniture(text) or is_credit(text) or is_caption(text):
        return False
    length = _length(text)
    marks = len(_SENTENCE.findall(text))
    return (length >= 14 and marks >= 1 and bool(_STOP.search(text))) or (length >= 36 and marks >= 2)


def _is_line(block: Block) -> bool:
    """Whether a block is a line of Chinese without marks, as in poems, blogs and lists of facts."""
    han = sum(1 for char in block.text if is_han(char))
    return han >= 10 and han >= 0.6 * len(block.text) and block.link_chars == 0 and not block.heading


def weigh(block: Block) -> float:
    """Return the weight of a block for or against being in an article."""
    length = _length(block.text)
    if _is_prose(block):
        return min(length, 400.0)
    if block.row:
        return -2.0
    if block.link_chars > 0.4 * len(block.text):
        return -6.0 - 0.5 * min(length, 60.0)
    if is_furniture(block.text):
        return -20.0
    return 0.4 * length if _is_line(block) else -3.0


def _sums(page: Page, weights: Sequence[float]) -> list[float]:
    sums = [0.0] * len(page.elements)
    for block, weight in zip(page.blocks, weights, strict=True):
        for number in block.path:
            sums[number] += weight
    return sums


def _side_elements(page: Page, prose: Sequence[float]) -> set[int]:
    """Return the elements set beside the article by tag, name or style, unless most prose stands in them."""
    total = sum(max(0.0, weight) for weight in prose) or 1.0
    held = _sums(page, [max(0.0, weight) for weight in prose])
    side: set[int] = set()
    for number, element in enumerate(page.elements):
        if held[number] > _SIDE_SHARE * total:
            continue
        if element.tag in _MAIN_TAGS:
            continue
        if number in page.hidden or element.tag in _SIDE_TAGS or _named_side(element):
            side.add(number)
    return side


def _named_side(element: _Element) -> bool:
    """Whether the first or last word of a class or of the id is that of something beside an article."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    for name in names.split():
        words = [word.lower() for word in _WORD_EDGE.split(name) if word]
        if words and (_SIDE_WORD.fullmatch(words[0]) or _SIDE_WORD.fullmatch(words[-1])):
            return True
    return False


def _announced_sections(page: Page, weights: Sequence[float]) -> set[int]:
    """Return the elements that open with "related", "recommended" and the like and hold no prose before that line.

    The section is the widest such element: the heading's own box, its list, the column around both.
    """
    total = sum(max(0.0, weight) for weight in weights)
    held = _sums(page, [max(0.0, weight) for weight in weights])
    sections: set[int] = set()
    opened: set[int] = set()  # elements in which prose has been read already
    read = 0.0
    for block, weight in zip(page.blocks, weights, strict=True):
        if ends_article(block.text):
            most = total * (_SECTION_SHARE if read >= _ARTICLE_READ else _SIDE_SHARE)
            sections.update(
                number
                for number in block.path
                if number not in opened and held[number] <= most and page.elements[number].tag not in _MAIN_TAGS
            )
        elif weight > 0:
            opened.update(block.path)
            read += weight
    return sections


def article_element(page: Page) -> tuple[int | None, set[int]]:
    """Return the number of the article's element, ``None`` when no prose is found, and the elements beside it."""
    weights = [weigh(block) for block in page.blocks]
    side = _side_elements(page, weights) | _announced_sections(page, weights)
    for at, block in enumerate(page.blocks):
        if side.intersection(block.path):
            weights[at] = min(weights[at], -2.0)
    sums = _sums(page, weights)
    best: int | None = None
    for number, value in enumerate(sums):
        # Of equal sums the innermost element wins: it comes later in document order.
        if value > 0 and (best is None or value >= sums[best]):
            best = number
    return best, side


def article_blocks(page: Page) -> list[Block]:
    """Return the blocks of the article in reading order, without what only stands between them."""
    number, side = article_element(page)
    if number is None:
        return []
    inside = [block for block in page.blocks if number in block.path and not side.intersection(block.path)]
    return _trim(inside)


def table_blocks(page: Page) -> list[Block]:
    """Return the rows of the largest data table of a page without prose; nothing when rows are menus of links."""
    rows = [block for block in page.blocks if block.row and block.link_chars < 0.5 * len(block.text)]
    sizes: dict[int, int] = {}
    for block in rows:
        for number in block.path:
            if page.elements[number].tag == "table":
                sizes[number] = sizes.get(number, 0) + len(block.text)
                break
    if not sizes or len(rows) < 3:
        return []
    largest = max(sizes, key=lambda number: sizes[number])
    return [block for block in rows if largest in block.path] if sizes[largest] >= 100 else []


def _trim(blocks: list[Block]) -> list[Block]:
    prose = [at for at, block in enumerate(blocks) if _is_prose(block)]
    prose = prose or [at for at, block in enumerate(blocks) if _is_line(block)]
    if not prose:
        return []
    homes = {blocks[prose[0]].path[:-1], blocks[prose[-1]].path[:-1]}
    kept: list[Block] = []
    seen = 0.0
    total = sum(_length(blocks[at].text) for at in prose)
    for at, block in enumerate(blocks):
        if ends_article(block.text) and seen > 0.5 * total:
            break
        outside = not prose[0] <= at <= prose[-1] and block.path[:-1] not in homes
        if _belongs(block, outside=outside):
            kept.append(block)
        if _is_prose(block):
            seen += _length(block.text)
    return kept


def _belongs(block: Block, *, outside: bool) -> bool:
    text = block.text
    if is_furniture(text) or is_credit(text) or is_caption(text) or not any(char.isalnum() for char in text):
        return False
    if block.link_chars > 0.6 * len(text):
        # A link alone on its line leads elsewhere; a linked heading or table row belongs.
        return block.row or (_is_sentence(text) and not outside)
    return block.row or not outside or _is_sentence(text)


def _is_sentence(text: str) -> bool:
    return len(text) > 12 and bool(_STOP.search(text))
