"""The author of a filing, who speaks as "we", 我們 or 本公司: the company that names itself."""

from __future__ import annotations

from collections.abc import Sequence

from hkconcept.model import Mention, StockCode
from hkconcept.text.fold import fold
from hkconcept.text.lazily import lazily

__all__ = ["find_author"]

# 「本公司」 in a definition after the name, or the name as the first words of a text without a headline.
_DEFINED = lazily(
    r"[^\n。]{0,90}?[「“\"'『(](?:本公司|公司|本集团|发行人|the company|we|our company|the group)[」”\"'』,]"
)
# Every alternative begins with a character of its own, so that a fast search finds it.
_FIRST_PERSON = lazily(
    r"我们|本公司|本集团|我司|w(?<![a-z]w)e(?![a-z])|o(?<![a-z]o)ur(?![a-z])|t(?<![a-z]t)he (?:company|group)(?![a-z])"
)
# 本公告由X(股份代号:1234)自愿刊发; X(股份代号:1234)董事会欣然宣布; "the board of directors of X announces".
_GIVEN_BY = lazily(r"(?:公告[乃是]?由|announcement is made by|board of|board of directors of) ?\Z")
_BOARD = lazily(r" ?(?:\([^()\n]{2,40}\))?(?:及其附属公司)?的?董事(?:会|局)[^\n。]{0,12}(?:宣布|公布|公告|报告)")
_GIVEN_REACH = 24
_OPENING = 2


def find_author(text: str, mentions: Sequence[Mention]) -> StockCode | None:
    """Return the code of the company that a text makes its "we", or ``None`` when it names no author.

    Parameters
    ----------
    text
        The text as read.
    mentions
        The companies named in it, in reading order.

    """
    linked = [mention for mention in mentions if mention.code]
    if not linked:
        return None
    key = fold(text)
    if not _FIRST_PERSON.search(key):
        return None
    for at, mention in enumerate(linked):
        until = linked[at + 1].span.start if at + 1 < len(linked) else len(key)
        start, end = mention.span
        if _DEFINED.match(key, end, until) or _BOARD.match(key, end, until):
            return mention.code
        if _GIVEN_BY.search(key, max(0, start - _GIVEN_REACH), start):
            return mention.code
    first = linked[0]
    return first.code if first.span.start <= _OPENING and "\n" not in text.strip() else None
