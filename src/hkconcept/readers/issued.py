"""When a page was published, and by whom: as printed beside the headline first, as its tags say second.

The printed minute, ``article:published_time`` and an update time all differ on real pages, and tags carry the time at
which the page was generated. What a reader saw counts: the date printed next to the headline. A tag decides when
nothing is printed there, and lends its clock time to a printed day that it agrees with.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from hkconcept.model import Moment
from hkconcept.readers.dateline import PrintedMoment, machine_moment, printed_moments
from hkconcept.readers.heading import meta_values, site_name
from hkconcept.readers.page import Page
from hkconcept.readers.plain import press_dateline, safe_text, signed

__all__ = ["find_published", "find_publisher"]

# Names of tags that give the moment of publication; those of generation, update and crawling are left out.
_META_DATES = (
    "article:published_time", "article:published", "og:published_time", "og:release_date", "og:time", "pubdate",
    "publishdate", "publish_date", "publish-date", "published", "published_time", "publishtime", "pubtime",
    "datepublished", "date.issued", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "sailthru.date",
    "parsely-pub-date", "pdate", "date", "weibo: article:create_at", "bt:pubdate", "cxenseparse:recs:publishtime",
    "dateupdate",
)  # fmt: skip
_LABEL = re.compile(
    r"(?:发布|發布|发表|發表|发稿|發稿|刊登|时间|時間|日期|published|posted|date|on)[^。，]{0,14}$", re.IGNORECASE
)
_NOT_LABEL = re.compile(r"(?:更新|修改|updated|modified|下载|截至|有效|生成|编辑)[^。，]{0,14}$", re.IGNORECASE)
_SOURCE = re.compile(
    r"(?:信息来源|文章来源|稿件来源|新闻来源|来源|來源|出处|出處|Source)\s?[:：]\s?(?P<name>[^\s:：|｜，,。；;（）()]{2,30})",
    re.IGNORECASE,
)
_SOURCE_LABEL = re.compile(r"^(?:来源|來源)\s?[:：]\s?")
_ROLE = re.compile(r"(?:作者|责任编辑|責任編輯|编辑|編輯|记者|記者|时间|時間|发布|發布|日期|责编)")
# What names of Chinese outlets and authorities end in.
_OUTLET = re.compile(
    r"(?:网|網|报|報|社|新闻|新聞|财经|財經|在线|周刊|週刊|杂志|雜誌|频道|电视|電視|电台|客户端|中文站|资讯|委|局|政府|News|Times|Post|Daily)$",
    re.IGNORECASE,
)
_META_SOURCES = ("source", "contentsource", "mediaid")
_PLATFORM = re.compile(r"(?:微信公众平台|wordpress|blogger|name, email|@|\d{4,})", re.IGNORECASE)
# A date followed by "to" and another figure, or led by one, bounds a range and dates nothing.
_RANGE = re.compile(r"\s{0,3}(?:-|–|—|~|～|至|到|to )\s{0,3}\d")
_RANGE_END = re.compile(r"\d日?\s{0,3}(?:-|–|—|~|～|至|到|to )\s{0,3}$")
_LINE = 160


def find_published(page: Page, title_at: int | None, first: int, last: int) -> Moment | None:
    """Return the moment of publication, or ``None`` when the page gives none.

    ``title_at`` is the index of the headline's block, ``first`` and ``last`` those of the main text. Dates below the
    article (comments, related items) are not looked at; nor are those inside its prose, except a press dateline.
    """
    printed = _printed_near(page, title_at, first, last)
    tagged = list(_tagged(page))
    if printed is not None:
        return _with_clock(printed.moment, tagged)
    if tagged:
        return tagged[0]
    body = "\n".join(block.text for block in page.blocks[first : last + 1])
    found = press_dateline(body) or signed("\n".join(block.text for block in page.blocks[first : last + 4]))
    return found.moment if found else None


def _printed_near(page: Page, title_at: int | None, first: int, last: int) -> PrintedMoment | None:
    """Return the best date printed between the headline and the prose, or just above or below them."""
    anchor = title_at if title_at is not None else first
    lowest, highest = max(0, min(anchor, first) - 8), max(anchor, first) + 8
    best: tuple[float, PrintedMoment] | None = None
    for at in range(lowest, min(last + 1, highest)):
        block = page.blocks[at]
        if len(block.text) > _LINE or block.link_chars > 0.6 * len(block.text):
            continue
        for found in printed_moments(block.text):
            if _RANGE.match(block.text, found.span.end) or _RANGE_END.search(block.text, 0, found.span.start):
                continue
            score = _score(block.text, found) - 0.1 * _distance(at, anchor, first)
            if score > 0 and (best is None or score > best[0]):
                best = score, found
    if best is None:
        best = _printed_below(page, first, last)
    return best[1] if best else None


def _printed_below(page: Page, first: int, last: int) -> tuple[float, PrintedMoment] | None:
    """Return a date labelled as that of publication in the few lines under the prose."""
    for block in page.blocks[max(first, last - 2) : last + 8]:
        if len(block.text) <= _LINE and block.link_chars <= 0.6 * len(block.text):
            for found in printed_moments(block.text):
                if _LABEL.search(block.text[: found.span.start]) and not _NOT_LABEL.search(
                    block.text[: found.span.start]
                ):
                    return 1.0, found
    return None


def _distance(at: int, anchor: int, first: int) -> int:
    low, high = min(anchor, first), max(anchor, first)
    return low - at + 2 if at < low else max(0, at - high)


def _score(text: str, found: PrintedMoment) -> float:
    before = text[: found.span.start]
    share = (found.span.end - found.span.start) / max(1, len(text))
    score = share + 0.6 * found.has_time
    if _LABEL.search(before):
        score += 0.8
    if _NOT_LABEL.search(before):
        score -= 0.9
    if _SOURCE.search(text):
        score += 0.6
    # A date inside a sentence belongs to what the sentence tells.
    return score - 1.5 * text.endswith(("。", "！", "？", "；")) - 0.4 * (share < 0.25 and len(text) > 60)


def _tagged(page: Page) -> Iterator[Moment]:
    """Yield the moments that tags give, the most trusted first."""
    metas: dict[str, str] = {}
    for name, content in meta_values(page):
        metas.setdefault(name, content)
    for name in _META_DATES:
        if name in metas and (moment := machine_moment(metas[name])):
            yield moment
    yield from _linked_data(page)
    for element in page.root.iter("time", "abbr", "span", "meta"):
        if "datepublished" in (element.get("itemprop") or "").lower():
            value = element.get("datetime") or element.get("content") or element.get("title") or ""
            if moment := machine_moment(value):
                yield moment
    times = [element.get("datetime") or "" for element in page.root.iter("time")]
    if len(times) == 1 and (moment := machine_moment(times[0])):
        yield moment


def _linked_data(page: Page) -> Iterator[Moment]:
    for element in page.root.iter("script"):
        if (element.get("type") or "").lower() != "application/ld+json" or not element.text:
            continue
        try:
            data = json.loads(element.text[:400_000])
        except (ValueError, RecursionError):
            continue
        items = data if isinstance(data, list) else [data]
        for item in items[:50]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                for node in [item, *(graph if isinstance(graph, list) else [])][:50]:
                    value = node.get("datePublished") or node.get("pubDate") if isinstance(node, dict) else None
                    if isinstance(value, str) and (moment := machine_moment(value)):
                        yield moment


def _with_clock(printed: Moment, tagged: list[Moment]) -> Moment:
    """Lend a tag's clock time to a printed day without one, when both name the same day."""
    if printed.precision != "day":
        return printed
    return next((tag for tag in tagged if tag.precision != "day" and printed.day in (tag.day, tag.at.date())), printed)


def find_publisher(page: Page, title_at: int | None, first: int, last: int) -> str:
    """Return the outlet: as a source line near the article names it, else as the tags do, else the site's name."""
    anchor = title_at if title_at is not None else first
    above = page.blocks[max(0, min(anchor, first) - 8) : max(anchor, first) + 6]
    for block in [*above, *page.blocks[last : last + 6]]:
        if len(block.text) <= _LINE and (named := _SOURCE.search(block.text)):
            return _ROLE.split(named["name"])[0].strip()
    metas: dict[str, str] = {}
    for name, content in meta_values(page):
        metas.setdefault(name, _SOURCE_LABEL.sub("", safe_text(content).strip()).split("  ")[0])
    for name in _META_SOURCES:
        if (value := metas.get(name, "").split(" 原创")[0]) and len(value) <= 40 and not _PLATFORM.search(value):
            return value
    for block in above:
        if outlet := _beside_date(block.text):
            return outlet
    named_site = site_name(page)
    return named_site if named_site and not _PLATFORM.search(named_site) else _behind_title(page, title_at)


def _beside_date(text: str) -> str:
    """Return the outlet that stands on one line with the date: ``2026-01-08 10:56 证券时报网``."""
    found = next(printed_moments(text), None) if len(text) <= 80 else None
    if found is None:
        return ""
    rest = f"{text[: found.span.start]} {text[found.span.end :]}"
    for word in re.split(r"[\s|｜/]+", rest):
        if 2 < len(word) <= 16 and _OUTLET.search(word):
            return word
    return ""


def _behind_title(page: Page, title_at: int | None) -> str:
    """Return the last name behind the headline in the browser's title: ``Headline_Finance_Example News``."""
    element = next(iter(page.root.iter("title")), None)
    if element is None or title_at is None:
        return ""
    whole = safe_text("".join(str(part) for part in element.itertext())).strip()
    start = whole.find(page.blocks[title_at].text)
    tail = whole[start + len(page.blocks[title_at].text) :] if start >= 0 else ""
    names = [name.strip() for name in re.split(r"[-_|–—:»«]+", tail) if name.strip()]
    return names[-1] if names and 2 <= len(names[-1]) <= 40 and not _PLATFORM.search(names[-1]) else ""
