"""The scene: a text cut into statements, with the companies that each names and the one it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hkconcept.events.statements import Statement, statements
from hkconcept.model import Mention, StockCode
from hkconcept.text.fold import fold
from hkconcept.text.lazily import lazily

__all__ = ["NOBODY", "Scene", "Subject", "as_subject"]

# What stands before a name that is not the subject: a preposition, a conjunction, or the verb that acts on
# it. English needs the space.
_NOT_SUBJECT_ZH = (
    *"与和向对给及从于较据按获被予至",
    *("携手", "联合", "支付", "来自", "透过", "针对", "受让", "购买", "授权", "间接", "认购", "收购", "出售"),
    *("减持", "增持", "回购", "处置", "中标", "中选", "合作方", "合作伙伴", "伙伴", "收到"),
)
# An arm of the company that the item is about; one with a code of its own speaks for itself.
_ARM = ("子公司", "附属公司", "附属", "旗下")
_NOT_SUBJECT_EN = lazily(
    r"(?:\b(?:with|to|from|(?<!board )(?<!directors )of|by|for"
    r"|against|over|about|at|in|and|its|via|like|into)|['\u2019]s?) $"
)
# Joins a name to the one before it, whose role it then shares.
_JOINT = lazily(r"[ ]?(?:、|及|和|与|或|以及)[ ]?")
_DEVELOPER = lazily(r"[^,。]{0,3}(?:自主)?(?:开发|研发|研制|申报)")
# 记者从迅策(03317.HK)获悉,该公司…: the source is whom the news is about.
_LEARNED = lazily(r"[^,。]{0,24}(?:获悉|了解到)")
_PARTED = lazily(r"[;|丨]")
# A headline item that starts with its verb or its figure leaves its subject to the items around it.
_NAMELESS = lazily(
    r"[ \"\u201c\u201d]*(?:构成|已|预|首付款|首次|获|拟|股价|净利|营收|年内|上半年|去年|累计|再|连续|完成|亏损"
    r"|盈利|扭亏"
    r"|业绩|收入|斥资|耗资|停牌|子公司|附属|旗下|核心|多款|创新药|董事会|控股股东|管理层|公司|同比|归母|毛利"
    r"|扣非|研发|年度|全年"
    r"|末期|中期|[一二三四]季度|第|合计|总|每|现|仍|并|将|在|与|实现|同时|h股|实控|股东|净|建议|计划|预计|料|前"
    r"|近|超|约|收购|并购|出售|入股|投资|要约|配售|拟|中标|发行|签|[0-9])"
)


class Subject(NamedTuple):
    """The company of an event. ``named`` is false when the text at hand names none."""

    code: StockCode | None
    named: bool
    mention: Mention | None = None


NOBODY = Subject(None, named=False)


@dataclass(frozen=True, slots=True)
class Scene:
    """A text laid out for the search: its key, its statements, and the companies named in each."""

    text: str
    key: str
    english: bool
    statements: tuple[Statement, ...]
    mentions: tuple[tuple[Mention, ...], ...]
    free: frozenset[int] = frozenset()
    topics: tuple[Subject, ...] = ()
    issuer: StockCode | None = None

    @property
    def filing(self) -> bool:
        """Whether the text has no headline, as a passage of a filing has none."""
        return not self.english and not (self.statements and self.statements[0].headline)

    @property
    def text_end(self) -> int:
        """Where the last statement ends."""
        return self.statements[-1].end if self.statements else 0

    @classmethod
    def lay_out(cls, text: str, mentions: Sequence[Mention], *, english: bool, issuer: StockCode | None) -> Scene:
        """Cut a text into statements, and find who acts in each and the topic that each one inherits.

        Parameters
        ----------
        text
            The text as read, headline on the first line.
        mentions
            The companies named in it, in reading order.
        english
            Whether sentences end as in English.
        issuer
            Who speaks as "we", when known.

        """
        key = fold(text)
        found = statements(text, key, names=[m.span for m in mentions], english=english)
        held: list[tuple[Mention, ...]] = []
        at = 0
        for statement in found:
            inside: list[Mention] = []
            while at < len(mentions) and mentions[at].span.start < statement.end:
                if mentions[at].span.start >= statement.start:
                    inside.append(mentions[at])
                at += 1
            held.append(tuple(inside))
        free = frozenset(
            start
            for statement, inside in zip(found, held, strict=True)
            for start in (_free(key, statement, inside, english=english) if inside else ())
        )
        leading = [next((m for m in inside if m.span.start in free), None) for inside in held]
        return cls(text, key, english, found, tuple(held), free, _topics(key, found, leading), issuer)

    def first(self, mentions: Sequence[Mention]) -> Mention | None:
        """Return the first of some names (in reading order) that may be a subject."""
        return next((m for m in mentions if m.span.start in self.free), None)


def _topics(key: str, found: Sequence[Statement], leading: Sequence[Mention | None]) -> tuple[Subject, ...]:
    heads = sum(statement.headline for statement in found)
    headline = next(filter(None, leading[:heads]), None)
    opening = next(filter(None, leading[heads:]), None)
    topics: list[Subject] = []
    current = headline
    for n, statement in enumerate(found):
        if leading[n]:
            current = leading[n]
        elif statement.headline:
            topics.append(as_subject(_headline_topic(key, found[:heads], n, leading, opening)))
            continue
        topics.append(as_subject(current))
    return tuple(topics)


def _headline_topic(
    key: str, heads: Sequence[Statement], number: int, leading: Sequence[Mention | None], opening: Mention | None
) -> Mention | None:
    """Whom a headline item without a name is about: the item before it, or else the one to come.

    Bars and semicolons part items of different companies; only what they leave together is searched.
    """
    if not _NAMELESS.match(key, heads[number].start, heads[number].end):
        return None
    if number and not _PARTED.search(key, heads[number - 1].end, heads[number].start):
        back = leading[number - 1]
        if back is not None:
            return back
    for later in range(number + 1, len(heads)):
        if _PARTED.search(key, heads[later - 1].end, heads[later].start):
            return None
        if leading[later] is not None:
            return leading[later]
    return opening


def _free(key: str, statement: Statement, mentions: Sequence[Mention], *, english: bool) -> Iterator[int]:
    """Yield where the names begin that the words before them leave free to be a subject."""
    previous: Mention | None = None
    acts = False
    for mention in mentions:
        start, end = mention.span
        joined = (
            previous is not None
            and previous.code is None
            and _JOINT.fullmatch(key, previous.span.end, start) is not None
        )
        if not joined:
            before = key[max(statement.start, start - (16 if english else 8)) : start]
            if english:
                acts = not _NOT_SUBJECT_EN.search(before)
            elif before.endswith("由"):
                acts = _DEVELOPER.match(key, end) is not None
            elif before.endswith("从"):
                acts = _LEARNED.match(key, end) is not None
            else:
                before = before.rstrip()
                handed = before.endswith(_NOT_SUBJECT_ZH) or (before[-1:] == "由" and before[-2:-1] not in {"", "自"})
                acts = not handed and not (mention.code is None and before.endswith(_ARM))
        if acts:
            yield start
        previous = mention


def as_subject(mention: Mention | None) -> Subject:
    """Return the subject that a mention stands for; nobody for none."""
    return NOBODY if mention is None else Subject(mention.code, named=True, mention=mention)
