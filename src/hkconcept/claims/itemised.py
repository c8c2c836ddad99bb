"""Counts against the items listed for them: "the following 3 companies: A, B and C"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hkconcept.claims.findings import Finding
from hkconcept.claims.passage import Passage
from hkconcept.claims.recomputed import Recomputed
from hkconcept.model import Relation, Span, Verdict
from hkconcept.text.lazily import lazily

__all__ = ["check_itemised"]

# The list opens after the counted noun: by a colon, by a verb of naming, or by a bracket.
_OPENS: Final = lazily(
    r"^[^,，。;；:：()、\n]{0,24}?"
    r"(?:[:：]|(?P<bracket>\()| [-–—](?= )|(?:,\s?)?(?:分别[为是]|namely|they are|which are)[:：]?)\s?"
)
_FOLLOWING: Final = lazily(r"(?:以下|如下|下列|the following|these|这)\s?$")
_NAMED: Final = lazily(r"分别|namely|they are|which are")
_ENDS: Final = lazily(r"[。!?;；\n]|\.(?=\s|$)")
_NOT_ALL: Final = lazily(
    r"等|以及其他|其他|及其|such as|includ|other|etc|among|e\.g|more|例如|比如|其中|每|各|约|\bper\b"
)
# Names of one kind end alike: 依沃西单抗、卡度尼利单抗.
_SAME_ENDS: Final = lazily(r"^[^、]{0,40}([一-鿿])、(?:[^、]{0,40}\1、){0,60}[^、]{0,40}\1$")
_SINGLE_WORDS: Final = lazily(r"^[a-z-]{4,40}(?:, [a-z-]{4,40}){1,60},? and [a-z-]{4,40}$")
_LEGAL: Final = lazily(r",\s*(?:inc|ltd|llc|co|corp|limited|plc|s\.a|ag)\b\.?")
_JOINED_ZH: Final = lazily(r"以及|和|及|与")
_JOINED_EN: Final = lazily(r"\band\b|&")
_LONGEST_ITEM: Final = 40
_LONGEST_LIST: Final = 1_200
_MOST_ITEMS: Final = 60


def check_itemised(passage: Passage) -> Iterator[Recomputed]:
    """Yield every count whose items the text lists in full.

    Names may hold "and" or 和, so a list has a least and a most number of items; the count is wrong only
    when it lies outside. Lists with figures of their own are no lists of names.
    """
    for index, figure in enumerate(passage.figures):
        quantity = figure.quantity
        if quantity.unit != "count" or quantity.relation is not Relation.EXACT:
            continue
        if not 2 <= quantity.value <= _MOST_ITEMS:
            continue
        end = figure.quote.span.end
        opened = _OPENS.match(passage.after(index)[:60])
        if opened is None:
            continue
        declared = bool(_FOLLOWING.search(passage.before(index)[-16:])) or bool(_NAMED.search(opened.group()))
        start = end + opened.end()
        listed = _listed(passage, index, start, bracket=bool(opened["bracket"]))
        if listed is None:
            continue
        if _NOT_ALL.search(opened.group() + listed):
            continue
        counted = _counted(listed)
        if counted is None:
            continue
        least, most = counted
        agrees = least <= quantity.value <= most
        # A bracket or a colon may hold a remark instead of the list: its count then proves nothing.
        named = opened.group().rstrip().endswith((":", "-", "–", "—"))
        plain = named and (_SAME_ENDS.search(listed) or _SINGLE_WORDS.search(listed))
        near = plain and min(abs(quantity.value - least), abs(quantity.value - most)) == 1
        if not agrees and not (declared and least >= 2) and not near:
            continue
        span = Span(figure.quote.span.start, start + len(listed))
        yield Recomputed("count", (), index, _judged(int(quantity.value), least, most), span)


def _listed(passage: Passage, index: int, start: int, *, bracket: bool) -> str | None:
    """Return the list that begins at a place, ``None`` where it has no end or holds the next figure."""
    following = passage.figures[index + 1].quote.span.start if index + 1 < len(passage.figures) else None
    # One character of the next figure shows that a full stop before it ends nothing.
    stop = start + _LONGEST_LIST if following is None else min(start + _LONGEST_LIST, following + 1)
    text = passage.text[start:stop]
    if bracket:
        at = text.find(")")
        return text[:at] if at >= 0 else None
    end = _ENDS.search(text)
    return text[: end.start()] if end else (text if stop > len(passage.text) else None)


def _counted(listed: str) -> tuple[int, int] | None:
    """Return the least and the most number of items in a list, ``None`` where it is no plain list."""
    if "、" in listed:
        if re.search(r"[,，:：]", listed):
            return None
        items, joined = listed.split("、"), _JOINED_ZH
    else:
        plain = _LEGAL.sub("", listed)
        if ":" in plain or not plain.isascii():
            return None
        items, joined = plain.split(","), _JOINED_EN
    items = [item.strip() for item in items if item.strip()]
    if len(items) < 2 or any(len(item) > _LONGEST_ITEM for item in items):
        return None
    least = most = 0
    for number, item in enumerate(items):
        last = number == len(items) - 1
        parts = [part for part in joined.split(item) if part.strip()]
        least += 1
        most += len(parts) if last or joined is _JOINED_ZH else 1
    # "A, B and C": before the last name the word joins, unless other names of the list hold it as well.
    named = any(joined.search(item) for item in items[:-1])
    if joined is _JOINED_EN and not named and re.search(r"(?<=\S )and\b", items[-1]):
        least += 1
    return least, max(least, most)


def _judged(count: int, least: int, most: int) -> Finding:
    named = f"{least}" if least == most else f"{least}…{most}"
    if least <= count <= most:
        return Finding(
            Verdict.CONSISTENT,
            f"{count} = {named} listed",
            f"{count} items are listed",
            f"所列为{count}项",
            Decimal(count),
        )
    nearest = least if count < least else most
    return Finding(
        Verdict.INCONSISTENT,
        f"{count} ≠ {named} listed",
        f"the text announces {count} and lists {named}",
        f"原文称{count}项，实列{named}项",
        Decimal(nearest),
        mend=f"{count} → {nearest}",
    )
