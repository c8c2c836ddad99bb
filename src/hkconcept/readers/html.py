"""Pages: main text, title, moment of publication and publisher out of HTML that has been decoded already."""

from __future__ import annotations

import re

from hkconcept.errors import SourceError
from hkconcept.readers.body import article_blocks, table_blocks
from hkconcept.readers.characters import is_han
from hkconcept.readers.heading import find_title
from hkconcept.readers.issued import find_published, find_publisher
from hkconcept.readers.page import Block, Page, parse_page
from hkconcept.readers.plain import Reading, safe_text

__all__ = ["read_html"]

_CHALLENGE = re.compile(
    r"(?:enable javascript|javascript is (?:disabled|required)|checking your browser|"
    r"verify (?:that )?you are (?:a )?human|"
    r"captcha|just a moment|cf-challenge|access denied|请开启javascript|"
    r"请启用javascript|安全验证|人机验证|滑动验证|访问过于频繁|\$_ts\b)",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"<input[^<>]{0,300}type\s{0,2}=\s{0,2}[\"']?password", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?]{40,400}[.!?](?:\s|$)")
_MIN_ARTICLE = 30
# Far less than the prose that the page shows means that a section was taken for the article.
_SECTION_TAKEN = 0.2
# A page whose table holds this many times the text of its prose is a page about the table.
_TABLE_PAGE = 4
_AGREED = 0.7
_LARGER = 1.2


def read_html(text: str, *, where: str = "") -> Reading:
    """Read the article out of a page.

    Raises
    ------
    SourceError
        When the page is too deep or too large to parse, or has no article: only navigation, a login form or a
        script challenge.

    >>> page = "<h1>Rise</h1><p>8 January 2026</p><p>" + "Approvals rose again, to 76 from 48. " * 4 + "</p>"
    >>> seen = read_html(page)
    >>> seen.title, str(seen.published), seen.text[:20]
    ('Rise', '2026-01-08', 'Approvals rose again')

    """
    page = parse_page(text, where)
    blocks = article_blocks(page)
    body = _western_body(page, blocks) or [block.text for block in blocks]
    rows = table_blocks(page)
    if rows and _weight([row.text for row in rows]) > _TABLE_PAGE * _weight(body):
        blocks, body = rows, [row.text for row in rows]
    elif _weight(body) < _MIN_ARTICLE:
        raise _no_article(text, page, where)
    first, last = _bounds(page, blocks)
    title, title_at = find_title(page, first)
    return Reading(
        "\n".join(_without_title(body, title)),
        title,
        find_published(page, title_at, first, last),
        None,
        find_publisher(page, title_at, first, last),
    )


def _bounds(page: Page, blocks: list[Block]) -> tuple[int, int]:
    if not blocks:
        return 0, len(page.blocks) - 1
    numbers = {id(block): at for at, block in enumerate(page.blocks)}
    return numbers[id(blocks[0])], numbers[id(blocks[-1])]


def _weight(lines: list[str]) -> float:
    text = "".join(lines)
    han = sum(1 for char in text if is_han(char))
    return han + 0.4 * (len(text) - han)


def _western_body(page: Page, blocks: list[Block]) -> list[str]:
    """Return trafilatura's reading of a page in a Western language; nothing for a Chinese one or when it fails."""
    own = "".join(block.text for block in blocks)
    shown = own or "".join(block.text for block in page.blocks)
    if sum(1 for char in shown if is_han(char)) > 0.1 * len(shown):
        return []
    import trafilatura  # noqa: PLC0415 - heavy, and only for pages that are not Chinese

    found = trafilatura.extract(page.root, include_comments=False, include_tables=True, deduplicate=False) or ""
    lines = [_table_line(safe_text(line).strip()) for line in found.split("\n")]
    lines = [line for line in lines if line]
    if not blocks and not any(_SENTENCE.search(line) for line in lines):
        return []  # names and links alone are a list, not an article
    read = sum(map(len, lines))
    if read < _SECTION_TAKEN * len(own):
        return []
    # Where both readings agree, ours keeps what the other drops: linked table cells, headings, captions of sections.
    known = "".join(own.split())
    shared = sum(len(line) for line in lines if "".join(line.split()) in known)
    return [] if shared >= _AGREED * read and len(own) <= _LARGER * read else lines


def _table_line(line: str) -> str:
    """Write a table row as cells with tabs between, without rulers and list marks."""
    if line.startswith("|"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        return "" if all(not cell.strip("-: ") for cell in cells) else "\t".join(cells).strip()
    return line.removeprefix("- ")


def _without_title(body: list[str], title: str) -> list[str]:
    """Leave out the headline where it opens the main text: it is kept as the title."""
    key = "".join(title.split())
    start = next((at for at, line in enumerate(body[:4]) if key and "".join(line.split()) == key), None)
    return body if start is None or len(body) == 1 else body[:start] + body[start + 1 :]


def _no_article(text: str, page: Page, where: str) -> SourceError:
    shown = sum(len(block.text) for block in page.blocks)
    if _PASSWORD.search(text) and shown < 3000:
        return SourceError(
            "this is a login page, not an article", where=where, todo="save the article as text and give that"
        )
    if shown < 2000 and (_CHALLENGE.search(text) or (shown < 200 and "<script" in text.lower())):
        return SourceError(
            "the site answered with a script challenge instead of the article",
            where=where,
            todo="open it in a browser, save the article and give the file",
        )
    return SourceError(
        "no article was found on the page, only navigation or lists", where=where, todo="give the article's own address"
    )
