"""Price moves: which company, index or group of shares rose or fell, and by how much.

A list of movers names each company with its own percentage, or several with one (``A、B分别跌4.69%及4.55%``),
so the move is read for each name instead of for the statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hkconcept.events.scene import Scene, as_subject
from hkconcept.events.statements import Statement
from hkconcept.model import Mention, Span, StockCode
from hkconcept.text.lazily import lazily

__all__ = ["Move", "find_moves"]

_UP = r"(?:大|暴|劲|急|狂|飙|飚|上|续|午后|高开|一度)?(?:涨|升|扬)|拉升|走高|飙|反弹|高开|弹升|抽升"
_DOWN = r"(?:大|暴|重|急|下|回|续|午后|低开|一度)?(?:跌|挫)|走低|跳水|回落|闪崩|下滑|低开|泻|回?软"
_PERCENT = r"[^,。;:%、(]{0,10}?([0-9]+(?:\.[0-9]+)?)%"
_MOVE = lazily(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_PERCENT}")
_COLLECTIVE = lazily(
    r"(?:等)?(?:多只?股?|个股|股)?(?:均|集体|纷纷|齐|皆)?(?:(?P<up>领涨|跟涨|涨停|走强|走高|上涨)|(?P<down>领跌"
    r"|跟跌|跌停|走弱|走低|下跌))"
)
# A pattern that begins with one set of characters, or with a letter in each alternative, is found by a fast search.
_TRIGGER = lazily(
    r"[涨跌挫泻软升扬走飙拉反跳回闪高低+-](?:(?<=[涨跌挫泻软])|(?<=[升扬走飙])[^,]{0,8}[0-9]|(?<=拉)升|(?<=反)弹|(?<=跳)水"
    r"|(?<=回)落|(?<=闪)崩|(?<=[高低])开|(?<=[+-])[0-9.]+%)"
)
_BETWEEN_CODE = lazily(r"\(?(?:hk|sh|sz)?[.:]?[0-9]{4,6}(?:\.?(?:hk|sh|sz))?[0-9/.;a-z]{0,12}\)?")
_FOREIGN = lazily(
    r"营收|收入|净利|纯利|多赚|少赚|利润|溢利|盈利|同比|环比|预计|业绩|销售|毛利|销量|研报|评级|目标价|亏损|回购"
    r"|增持|减持|配售|收购|宣布|产能|股息|价格|电价|金价|市场份额|产量|成本"
)
_OWN = lazily(r"(?:该股|公司|其)?(?:盘中)?(?:股价|当日收盘价|收盘价|该股|盘中|开盘报|现报|最新报)")
_INDEX = lazily(
    r"(恒生[一-鿿]{0,8}指数|恒生生物科技|恒生科技|恒生医疗保健|恒指|国企指数|港股创新药指数)[^,。;%]{0,8}?"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_PERCENT}"
)
_GROUP = lazily(
    r"(?:概念股|板块|医药股|生物科技股|创新药股|个股)[^,。]{0,10}(?:(?P<up>大涨|走强|拉升|飙升|狂飙|暴涨|涨停"
    r"|走高|爆发)|(?P<down>大跌|走弱|走低|重挫|跳水|下挫|回调))"
    r"|(?:股市|概念)(?:[0-9]{1,2}日)?(?:(?P<rose>(?:上|收|大)?涨(?![停幅])|收高|走高)|(?P<fell>(?:下|收|大)?跌(?!幅)|收低|走低))"
)
_CONNECTORS = lazily(r"[、,和及与/ \-]|分别|等")


@dataclass(frozen=True, slots=True)
class Move:
    """One move: of a company, of an index, or (both empty) of a group of shares."""

    span: Span
    direction: str
    code: StockCode | None = None
    named: bool = False
    percent: str = ""
    index: str = ""


def _direction(found: re.Match[str]) -> str:
    return "up" if found.group("up") else "down"


def _listed(scene: Scene, number: int) -> Iterator[Move]:
    statement = scene.statements[number]
    mentions = scene.mentions[number]
    key = scene.key
    last: Move | None = None
    count = 0
    for at, mention in enumerate(mentions):
        found = _move_of(key, mentions, at, statement)
        if found is None:
            continue
        span, direction, percent = found
        last = Move(Span(mention.span.start, span), direction, mention.code, named=True, percent=percent)
        count += 1
        yield last
    if count and last is not None and not statement.headline:
        yield from _cut_off(scene, number, last)


def _cut_off(scene: Scene, number: int, last: Move) -> Iterator[Move]:
    """The names at the end of a list of movers that the end of a snippet cuts off before their figure."""
    key = scene.key
    statement = scene.statements[number]
    if statement.end < scene.text_end:
        return
    rest = [m for m in scene.mentions[number] if m.span.start >= last.span.end]
    names = [m.span for m in rest]
    for at, mention in enumerate(rest):
        end = names[at + 1].start if at + 1 < len(names) else statement.end
        if _BETWEEN_CODE.sub("", key[mention.span.end : end]).strip(" 、,()0123456789.hk"):
            return
    if not rest:
        return
    # "...领涨，而A、B" turns the direction, to what the cut-off text would say.
    turned = "而" in key[last.span.end : rest[0].span.start]
    for mention in rest:
        yield Move(Span(mention.span.start, statement.end), "" if turned else last.direction, mention.code, named=True)


# A row of a price list: 康方生物 09926 128.4元 +3.2%.
_ROW = lazily(
    r"[ \t|]+(?:[0-9]{4,5}(?:\.hk)?[ \t|]+)?[0-9.,]{1,9}(?:元|港元)?[ \t"
    r"|]+(?P<sign>[+-])?(?P<percent>[0-9]+(?:\.[0-9]+)?)%"
)


def _move_of(key: str, mentions: tuple[Mention, ...], at: int, statement: Statement) -> tuple[int, str, str] | None:
    """The end, direction and percentage of the move that is told of a name; ``None`` when none is."""
    start = mentions[at].span.end
    row = _ROW.match(key, start)
    if row and row["sign"]:
        return row.end(), "up" if row["sign"] == "+" else "down", row["percent"]
    found = _MOVE.search(key, start, min(statement.end, start + 160))
    rest = _plain_between(key, mentions, at, start, found.start()) if found else None
    if found and rest is not None and len(rest) <= 12 and not _FOREIGN.search(rest):
        return found.end(), _direction(found), found.group(3)
    if statement.headline:
        return None
    collective = _COLLECTIVE.search(key, start, min(statement.end, start + 160))
    if collective:
        rest = _plain_between(key, mentions, at, start, collective.start())
        if rest is not None and len(rest) <= 4 and not _FOREIGN.search(rest) and _BETWEEN_CODE.match(key, start):
            return collective.end(), _direction(collective), ""
    return None


def _plain_between(key: str, mentions: tuple[Mention, ...], at: int, start: int, end: int) -> str:
    """What stands between a name and a move, without further names, codes and connectors."""
    pieces = []
    position = start
    for later in range(at + 1, len(mentions)):
        other = mentions[later]
        if other.span.start >= end:
            break
        pieces.append(key[position : other.span.start])
        position = max(position, other.span.end)
    pieces.append(key[position:end] if position < end else "")
    joined = "\x00".join(_BETWEEN_CODE.sub("", piece) for piece in pieces)
    # A figure or a full clause between name and move belongs to somebody else.
    if "%" in joined or "。" in joined:
        return "-" * 99
    return _CONNECTORS.sub("", joined).replace("\x00", "")


def _own(scene: Scene, number: int) -> Iterator[Move]:
    """Moves of the company that the item is about: ``该股当日收盘价15.3港元，下跌4.38%``."""
    statement = scene.statements[number]
    own = _OWN.search(scene.key, statement.start, statement.end)
    if own is None:
        return
    found = _MOVE.search(scene.key, own.end(), min(statement.end, own.end() + 40))
    if found is None or _FOREIGN.search(scene.key, own.end(), found.start()):
        return
    topic = scene.topics[number]
    if topic.named and topic.code is None and number:
        # After a broker's report the share is the rated one, not the broker's.
        coded = [m for m in scene.mentions[number - 1] if m.code]
        topic = as_subject(coded[-1]) if coded else topic
    if topic.named:
        yield Move(Span(own.start(), found.end()), _direction(found), topic.code, named=True, percent=found.group(3))


def find_moves(scene: Scene) -> tuple[Move, ...]:
    """Return the price moves of a Chinese text: one per company named, else those of an index or a group."""
    moves: list[Move] = []
    if not _TRIGGER.search(scene.key):
        return ()
    groups: list[Move] = []
    for number, statement in enumerate(scene.statements):
        if not _TRIGGER.search(scene.key, statement.start, statement.end):
            continue
        told = list(_listed(scene, number)) or list(_own(scene, number))
        moves += told
        if statement.headline:
            index = _INDEX.search(scene.key, statement.start, statement.end)
            if index:
                span = Span(*index.span())
                moves.append(
                    Move(span, _direction(index), percent=index.group(4), index=scene.text[slice(*index.span(1))])
                )
            elif not told:
                group = _GROUP.search(scene.key, statement.start, statement.end)
                if group:
                    direction = "up" if group["up"] or group["rose"] else "down"
                    groups.append(Move(Span(*group.span()), direction))
    return tuple(moves) or tuple(groups)
