"""The title of a page: the headline as shown, not the browser's title with the names of the site behind it.

An ``h1`` may be empty, the name of the site or of a department, and the ``title`` element ends in names of columns
and sites. Both say the same thing only for the headline, so a candidate counts more when others confirm it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hkconcept.readers.dateline import printed_moments
from hkconcept.readers.page import Block, Page
from hkconcept.readers.plain import safe_text

__all__ = ["find_title", "meta_values", "site_name"]

_SPACES = re.compile(r"\s{1,}")
_CUT = re.compile(
    r"\s{1,4}[|·•»«:–—@-]{1,2}\s{1,4}|\s?(?:--|——|::|__|»|«|\|{1,2}|｜)\s?|[_]|(?<=[\u4e00-\u9fff”》！？】）])-(?=[\u4e00-\u9fff])"
)
_META_TITLES = ("og:title", "twitter:title", "articletitle", "dc.title", "headline", "title")
_NOT_TITLE = re.compile(
    r"(?:新闻中心|首页|正文|主页|home|menu|navigation|search|untitled|no title|无标题)", re.IGNORECASE
)


def _clean(text: str) -> str:
    return _SPACES.sub(" ", safe_text(text)).strip()


def meta_values(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the lower-case name and the content of every ``meta`` element that has both."""
    for element in page.root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = element.get("content") or ""
        if name and content:
            yield name.strip().lower()[:80], content[:2000]


def site_name(page: Page) -> str:
    """Return the name of the site as its ``og:site_name`` gives it, or nothing."""
    return next((_clean(content) for name, content in meta_values(page) if name == "og:site_name"), "")


def _key(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def find_title(page: Page, first_body: int) -> tuple[str, int | None]:
    """Return the title and the index of the block that shows it, ``None`` when it is shown nowhere.

    Parameters
    ----------
    page
        The page.
    first_body
        Index of the first block of the main text; a headline stands before it or just at it.

    """
    element = next(iter(page.root.iter("title")), None)
    whole = _clean("".join(str(part) for part in element.itertext())) if element is not None else ""
    metas = {name: _clean(content) for name, content in reversed(list(meta_values(page))) if name in _META_TITLES}
    site = _key(site_name(page))
    shown = [
        (at, block)
        for at, block in enumerate(page.blocks[: max(first_body, 0) + 3])
        if 4 <= len(block.text) <= 200 and _key(block.text) not in ("", site) and not _NOT_TITLE.fullmatch(block.text)
    ]
    hints = [hint for hint in (whole, *(metas[name] for name in _META_TITLES if name in metas)) if hint]
    best = _confirmed(shown, hints, first_body)
    if best is not None:
        return page.blocks[best].text, best
    heading = next((block for at, block in reversed(shown) if block.heading and at < first_body), None)
    for name in _META_TITLES:
        if metas.get(name) and _key(metas[name]) != site:
            return _without_site(metas[name], site), None
    if whole and not (heading and len(_key(heading.text)) > len(_key(whole))):
        return _without_site(whole, site), None
    return (heading.text, page.blocks.index(heading)) if heading else ("", None)


def _confirmed(shown: list[tuple[int, Block]], hints: list[str], first_body: int) -> int | None:
    """Return the shown block that a title element or tag repeats, preferring headings, then the longest."""
    best: tuple[float, int] | None = None
    for at, block in shown:
        key = _key(block.text)
        if len(key) < 4 or _only_moment(block.text):
            continue
        share = max((len(key) / max(1, len(_key(hint))) for hint in hints if key in _key(hint)), default=0.0)
        # A column's name is part of the browser's title too, but a small part that does not open it.
        opens = any(_key(hint).startswith(key) for hint in hints)
        if share < (0.3 if opens else 0.5):
            continue
        score = share + 0.3 * block.heading + 0.2 * opens - 0.002 * abs(first_body - at)
        if best is None or score > best[0]:
            best = score, at
    return best[1] if best else None


def _only_moment(text: str) -> bool:
    return any(found.span.end - found.span.start > 0.7 * len(text) for found in printed_moments(text))


def _without_site(text: str, site: str) -> str:
    """Cut the names of columns and sites off the end of a browser title.

    >>> _without_site("National approvals rise by half - Example News", "")
    'National approvals rise by half'

    """
    parts = _CUT.split(text)
    if len(parts) < 2:
        return text
    head = parts[0]
    rest = text[len(head) :]
    # The headline is the first part unless it is very short beside what follows it.
    if len(_key(head)) >= 8 or len(_key(head)) >= len(_key(rest)):
        return head.strip()
    if site and _key(head) == site:
        return max(parts[1:], key=len).strip()
    return text if len(_key(rest)) > 3 * len(_key(head)) and len(parts) == 2 else head.strip() or text
