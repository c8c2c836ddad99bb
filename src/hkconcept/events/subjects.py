"""Whom an event is about: the grammatical subject, the object, or the company that the item is about.

Ways to find the subject, named in the lexicon:

``actor``    the company that acts: the first of the clause, else of the statement, else the topic
``party``    as ``actor``, but a company with a Hong Kong code is preferred to its partner without one
``object``   the company acted on (``对X立案调查``): the nearest of the clause
``shares``   the company whose shares change hands: named before ``股份``, else the actor
``holding``  the company next to the words of a fund's purchase, in headlines only
``rated``    the company that a broker rates
``each``     every company of the clause
``topic``    the first company of the statement, else the topic
``code``     the code printed as 股份代号, else the actor
``none``     no company: the event of a whole sector
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hkconcept.events.lexicon import SubjectMode
from hkconcept.events.scene import NOBODY, Scene, Subject, as_subject
from hkconcept.events.statements import clause_around
from hkconcept.model import Mention, StockCode
from hkconcept.text.lazily import lazily

__all__ = ["find_subjects"]

_OPENER = lazily(r"(?:[ ]?\(?[0-9a-z./:; -]{4,24}\)?)?[ ]?:")
_BROKER_NAME = lazily(
    r"(?:证券|证\(|国际|银行|资本|研究|摩根|高盛|大和|瑞银|花旗|野村|里昂|汇丰|美银|杰富瑞|建投|大摩|小摩|富瑞|瑞信|麦格理"
    r"|中金|交银|招银|securities|morgan|goldman|ubs|citi\w*|jefferies|hsbc|nomura|macquarie|daiwa|clsa|bank)"
)
_BROKER_AFTER = lazily(
    r"(?:近日)?(?:发布?研报|发表研报|:|指出|维持|首次覆盖|首予|给予|予|上调|下调|称|重申|认为|发表报告|将)"
)
_RATES_NEXT = lazily(r"(?:发[布表]研报)?(?:维持|首次覆盖|首予|给予|予|上调|下调|重申)(?:对)?")
_FUND_BEFORE = lazily(r"(?:买回|建仓|加仓|减仓|增持|减持|清仓|重仓|持有)$")
_FUND_AFTER = lazily(r"(?:首)?(?:新)?(?:进|获|遭|被|跻身|成|退出)[^,。]{0,8}(?:持仓|重仓|增持|减持|加仓|减仓|前十)")
_SHARES_AFTER = lazily(r"(?:-[a-z]{1,2})?(?:[ ]?\(?[0-9./hkszx:]{4,16}\)?)?(?:h|a)?(?:股票|股份|股权|的股)")
_PRINTED_CODE = lazily(r"股份代号将?为[:]?[ ]?(?:hk)?([0-9]{4,5})")
# A sentence about the market, or one whose subject is an agency, leaves the company of the item behind.
_INHERITS_NOT = lazily(
    r"\s*(?:消息(?!方面,(?:该)?公司)|此外|市场|机构|业内|行业|目前国内|数据显示|资料显示|值得|国内方面|另外|同时,国"
    r"|[^,。]{0,12}(?:药监局|药品监督管理局|医保局|医疗保障局|卫健委|国务院|财政部|工信部|药审中心|fda)"
    r"[^,。]{0,16}(?:发布|印发|公布|出台|召开|启动|公告|表示|提出))"
)

_ARM_BEFORE = lazily(r"[^,。;]{0,24}?(?:控股|全资|附属)?(?:子公司|附属公司|附属|旗下)(?:的)?")
_CHANGES = lazily(
    r"中选|中标|入围|[染剔]蓝|蓝筹|出局|调入|调出|纳入|剔除|移出|进入|入选|加入|新增|\b(?:add|includ|remov|exclud|delet|join)"
)


_SELF = lazily(r"我们|本公司|本集团|我司|(?<![a-z])(?:we|our)(?![a-z])")


def _inherited(scene: Scene, number: int) -> Subject:
    statement = scene.statements[number]
    if not scene.english and not statement.headline and _INHERITS_NOT.match(scene.key, statement.start):
        return NOBODY
    if scene.issuer and _SELF.search(scene.key, statement.start, statement.end):
        return Subject(scene.issuer, named=True)
    topic = scene.topics[number]
    if topic.named:
        # English news moves on to other companies without naming them again.
        return NOBODY if scene.english and not statement.headline and topic.code is None else topic
    return NOBODY if scene.issuer is None else Subject(scene.issuer, named=True)


def _within(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    return [m for m in mentions if start <= m.span.start < end]


def _actor(scene: Scene, number: int, position: int) -> Subject:
    mentions = scene.mentions[number]
    if not mentions:
        return _inherited(scene, number)
    key, statement = scene.key, scene.statements[number]
    if statement.headline and _OPENER.match(key, mentions[0].span.end):
        return as_subject(_arm_of(scene, number, mentions[0]))
    start, end = clause_around(key, statement, position)
    before = [m for m in mentions if m.span.start <= position]
    for group in (_within(before, start, end), before, _within(mentions, start, end)):
        first = scene.first(group)
        if first is not None:
            return as_subject(_arm_of(scene, number, first) if not scene.english else first)
    if scene.english:
        return as_subject(scene.first(mentions))
    # A name in a later clause does not reach back over the comma; the item before does.
    earlier = (
        scene.topics[number - 1] if number and scene.statements[number - 1].headline == statement.headline else NOBODY
    )
    return earlier if earlier.mention and earlier.mention.span.start < statement.start else NOBODY


def _arm_of(scene: Scene, number: int, parent: Mention) -> Mention:
    """Return the listed arm that acts for its parent (复星医药控股子公司复宏汉霖), or the parent itself."""
    for mention in scene.mentions[number]:
        if mention.span.start <= parent.span.start:
            continue
        between = scene.key[parent.span.end : mention.span.start]
        return mention if mention.code and mention.code != parent.code and _ARM_BEFORE.fullmatch(between) else parent
    return parent


def _actors(scene: Scene, number: int, position: int) -> tuple[Subject, ...]:
    """The actor, and in a headline the companies listed with it: ``A、B、C发盈喜``."""
    actor = _actor(scene, number, position)
    if scene.english or actor.mention is None or not scene.statements[number].headline:
        return (actor,)
    found = [actor]
    last = actor.mention
    for mention in scene.mentions[number]:
        if last.span.end <= mention.span.start <= position and scene.key[last.span.end : mention.span.start] == "、":
            found.append(as_subject(mention))
            last = mention
    return tuple(found)


def _party(scene: Scene, number: int, position: int) -> Subject:
    actor = _actor(scene, number, position)
    if actor.code is not None:
        return actor
    if not actor.named and scene.mentions[number] and not scene.english:
        # 科捷再度中标中国移动的项目: every name here is a partner's, and the item is about somebody else.
        topic = _inherited(scene, number)
        if topic.code is not None:
            return topic
    return next((as_subject(m) for m in scene.mentions[number] if m.code is not None), actor)


def _object(scene: Scene, number: int, position: int) -> Subject:
    start, end = clause_around(scene.key, scene.statements[number], position)
    inside = _within(scene.mentions[number], start, end)
    if inside:
        return as_subject(min(inside, key=lambda m: abs(m.span.start - position)))
    return _inherited(scene, number)


def _shares(scene: Scene, number: int, position: int) -> Subject:
    for mention in scene.mentions[number]:
        if mention.span.start > position and _SHARES_AFTER.match(scene.key, mention.span.end):
            return as_subject(mention)
    actor = _actor(scene, number, position)
    if actor.code is None:
        # 摩根大通增持荣昌生物: the holder is no company of this exchange, and the shares are the other's.
        after = (m for m in scene.mentions[number] if m.span.start > position and m.code)
        back = (
            m for m in reversed(scene.mentions[number - 1] if number and not scene.mentions[number] else ()) if m.code
        )
        return next((as_subject(m) for m in (*after, *back)), actor)
    return actor


def _holding(scene: Scene, number: int, _position: int) -> tuple[Subject, ...]:
    if not scene.statements[number].headline:
        return ()
    found = []
    for mention in scene.mentions[number]:
        start, end = mention.span
        if _FUND_BEFORE.search(scene.key[max(0, start - 4) : start]) or _FUND_AFTER.match(scene.key, end):
            found.append(as_subject(mention))
    return tuple(found)


def _rated(scene: Scene, number: int, position: int) -> Subject:
    key = scene.key
    named = scene.mentions[number]
    rated = [
        m
        for at, m in enumerate(named)
        # 第一上海维持舜宇光学科技买入评级: whoever rates the next company is no rated one, whatever its name.
        if not (at + 1 < len(named) and _RATES_NEXT.fullmatch(key, m.span.end, named[at + 1].span.start))
        and not (_BROKER_NAME.search(key, m.span.start, m.span.end) and _BROKER_AFTER.match(key, m.span.end))
        and not (scene.english and _BROKER_NAME.search(key, m.span.start, m.span.end))
        and not (m.code is None and _BROKER_AFTER.match(key, m.span.end))
    ]
    if not rated:
        return _inherited(scene, number) if not scene.mentions[number] else NOBODY
    return as_subject(min(rated, key=lambda m: (m.code is None, abs(m.span.start - position))))


def _each(scene: Scene, number: int, _position: int) -> tuple[Subject, ...]:
    """Every company in a clause that speaks of coming in or going out."""
    found = []
    bounds: dict[tuple[int, int], bool] = {}
    for mention in scene.mentions[number]:
        clause = clause_around(scene.key, scene.statements[number], mention.span.start)
        if clause not in bounds:
            bounds[clause] = _CHANGES.search(scene.key, *clause) is not None
        if bounds[clause]:
            found.append(as_subject(mention))
    return tuple(found) or (_inherited(scene, number),)


def _topic(scene: Scene, number: int, _position: int) -> Subject:
    first = scene.first(scene.mentions[number])
    return as_subject(first) if first else _inherited(scene, number)


def _code(scene: Scene, number: int, position: int) -> Subject:
    printed = _PRINTED_CODE.search(scene.key, scene.statements[number].start)
    if printed:
        return Subject(StockCode(printed.group(1).zfill(5)), named=True)
    return _actor(scene, number, position)


_ONE: Mapping[str, Callable[[Scene, int, int], Subject]] = {
    "none": lambda _scene, _number, _position: NOBODY,
    "party": _party,
    "object": _object,
    "shares": _shares,
    "rated": _rated,
    "topic": _topic,
    "code": _code,
}
_SEVERAL: Mapping[str, Callable[[Scene, int, int], tuple[Subject, ...]]] = {
    "actor": _actors,
    "holding": _holding,
    "each": _each,
}


def find_subjects(scene: Scene, number: int, position: int, mode: SubjectMode) -> tuple[Subject, ...]:
    """Return the companies that an event told at a position of a statement is about.

    Parameters
    ----------
    scene, number
        The text laid out, and the number of the statement.
    position
        Where the word stands that tells of the event, in code points of the text.
    mode
        How the subject is found, as the head of this module explains.

    Returns
    -------
    tuple of Subject
        Empty when the words do not tell of the event after all; a subject that is not ``named`` when
        they do, and name nobody.

    """
    if mode in _ONE:
        return (_ONE[mode](scene, number, position),)
    return _SEVERAL[mode](scene, number, position)
