"""Tables in prose: a headline that says what a table lists, and rows of code, name and figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hkconcept.events.scene import Scene
from hkconcept.events.statements import Statement
from hkconcept.model import Mention, Span, StockCode
from hkconcept.text.lazily import lazily

__all__ = ["Row", "find_rows"]

# A word that the heading must hold, the event that it gives, and the heading.
_TABLES = (
    ("回购", "buyback", lazily(r"家港股公司(?:出手)?回购|港股回购一览|家公司(?:出手)?回购")),
    (
        "港股通",
        "southbound_active_list",
        lazily(r"港股通[^,。]{0,6}(?:成交)?活跃榜|港股通[^,。]{0,8}成交活跃股|港股通十大成交"),
    ),
)
_COLLECTIVE = (
    ("目录", "reimbursement_review", lazily(r"(?:多家|\d+家|多款|\d+款)[^。]{0,20}医保[^,。]{0,6}目录")),
    ("目录", "commercial_list_review", lazily(r"(?:多家|\d+家|多款|\d+款)[^。]{0,20}商保[^,。]{0,8}目录")),
    (
        "医保",
        "reimbursement_status",
        lazily(r"^(?!.*(?:公示|形式审查|初审)).*?(?:(?:进|入|纳入)医保|医保[^,。]{0,8}(?:目录|谈判))"),
    ),
    (
        "采",
        "centralised_procurement",
        lazily(r"集采|集中采购|带量采购|国采"),
    ),
)
_SELECTED = lazily(r"中选|中标")
_AMONG_THEM = lazily(r"均有参与|均在列|榜上有名|位列其中|均有产品|等.{0,12}(?:在列|入围|参与|中选|上榜|入选)")
_INCLUDED = lazily(
    r"(?:首次|成功|新增)?(?:纳入|进入|进)(?:国家|新版)?(?:医保)?目录|均?获(?:纳入|续约|准纳入)|谈判成功|均纳入"
)
_NOT_SO = lazily(
    r"未(?:能|获|有|被|予)?(?:纳|中|入|进|续)|无缘|落选|拟参与|有望|研报|评级|影响|压力|占比|背景|政策|受.{0,6}集采"
)
_ROW_AFTER = lazily(r"(?:-[a-z]{1,2})?[ \t|]+-?[0-9][0-9.,]*[ \t|]")


@dataclass(frozen=True, slots=True)
class Row:
    """One company of a table or of a collective statement, and the event that the headline gives it."""

    type: str
    code: StockCode | None
    span: Span


def find_rows(scene: Scene) -> Iterator[Row]:
    """Yield the companies that a headline's table or a statement such as "all took part" lists."""
    end = max((s.end for s in scene.statements if s.headline), default=0)
    head = scene.key[:end]
    for word, kind, heading in _TABLES:
        if word in head and heading.search(head):
            yield from _table(scene, kind)
    for word, kind, heading in _COLLECTIVE:
        if word in head and heading.search(head):
            yield from _collective(scene, kind)


def _body(scene: Scene) -> Iterator[tuple[Statement, tuple[Mention, ...]]]:
    for statement, mentions in zip(scene.statements, scene.mentions, strict=True):
        if not statement.headline:
            yield statement, mentions


def _table(scene: Scene, kind: str) -> Iterator[Row]:
    for _, mentions in _body(scene):
        for mention in mentions:
            if _ROW_AFTER.match(scene.key, mention.span.end):
                yield Row(kind, mention.code, mention.span)


def _collective(scene: Scene, kind: str) -> Iterator[Row]:
    words = {"centralised_procurement": _SELECTED, "reimbursement_status": _INCLUDED}.get(kind, _AMONG_THEM)
    for statement, mentions in _body(scene):
        if words.search(scene.key, statement.start, statement.end) and not _NOT_SO.search(
            scene.key, statement.start, statement.end
        ):
            for mention in mentions:
                if mention.code is not None:
                    yield Row(kind, mention.code, statement.span)
