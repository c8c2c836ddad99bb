"""Apply the lexicon: which statements tell of which events, and of whom."""

from __future__ import annotations

from dataclasses import dataclass

from hkconcept.events.frames import VOCABULARY, Realis
from hkconcept.events.lexicon import Rule, pattern, rules, triggers
from hkconcept.events.scene import Scene, Subject
from hkconcept.events.statements import clause_end
from hkconcept.events.subjects import find_subjects
from hkconcept.model import Span
from hkconcept.text.lazily import lazily

__all__ = ["Hit", "find_hits"]

# The legal notices of an announcement speak of offers, sales and terminations that nobody tells as news.
# Every alternative begins with a character of its own, so that a fast search finds it.
_BOILERPLATE = lazily(
    r"不构成[^。]{0,40}(?:要约|邀请)|概不负责|美国[^。]{0,6}证券法|s规例|144a|终止理由|潜在投资者|申请的?截止(?:日|时)|稳定价格(?:行动|期间)"
    r"|n(?<![a-z]n)(?:ot constitute|o responsibility)|r(?<![a-z]r)egulation s(?![a-z])"
    r"|u(?<![a-z]u)nless otherwise defined"
    r"|s(?<![a-z]s)ecurities (?:act|to be made in the united states)|i(?<![a-z]i)nformation purposes only"
    r"|f(?<![a-z]f)orward-looking statements|s(?<![a-z]s)tabili[sz](?:ation|ing) (?:period|actions?)"
    r"|o(?<![a-z]o)ver-allotment"
)
_BLANK = "\ue000"
_THOUSANDS = lazily(r",(?<=\d,)(?=\d)")

# The reasons that an analyst gives for a rating are no news of their own.
_ANALYSIS = lazily(r"研报|研究报告|评级|目标价")
_NEGATED = lazily(
    r"(?P<denied>(?:否认|澄清|辟谣)[^,。;]{0,16}|并无(?:计划)?[^,。;]{0,12}|从未)$"
    r"|(?:不|未|没有|尚无|概无|无意|未有|未计划)(?:会|再|能|曾|拟|有|进行|获|能够)?$"
    r"|n(?<!\wn)(?:ot|ever|o)(?: [a-z]{1,12})?[ -]$"
    r"|d(?<!\wd)(?P<denies>enies|enied|ismiss(?:es|ed)|enying)(?: [a-z-]{1,14}){0,4}[ -]$"
    r"|w(?<!\ww)ithout(?: [a-z]{1,12})?[ -]$"
)
# What makes a bar of the lexicon a hope or an intention: the event is told, and has not happened.
_HOPED = lazily(
    r"^(?:拟|计划|有望|预计|将|或将|争取|期待|等待|尚未|尚无|未获|尚待|未纳入|预期|若|如获|一旦|准备|申报|拟申请"
    r"|计划申请|终止|取消)"
    r"|^(?:could|may|might|seek|hop|await|expect|plans? to|aims? to|eyes|not yet|if approved|not approved|will have to)"
)
# Every alternative begins with a character of its own, so that a fast search finds it.
_UNTRUE = lazily(
    r"不实|不属实|子虚乌有|纯属谣言|u(?<![a-z]u)n(?:true|founded)|n(?<![a-z]n)o truth|g(?<![a-z]g)roundless"
    r"|f(?<![a-z]f)alse report|d(?<![a-z]d)en(?:y|ies|ied|ying) (?:talks|report|rumou?r|plan|that)"
)
_NEGATED_INSIDE = lazily(
    r"未(?:能|获|有|被|予)?(?=纳入|中选|中标|入选|入围|获批|批准|通过|进入|受理)|无缘|落选"
    r"|n(?<!\wn)(?:ot|ever) (?:been )?(?:includ|select|approv|add)|f(?<!\wf)ail(?:s|ed)? to (?:win|secure|make|get)\b"
)
# As above; found in every text in which _NEGATED, _UNTRUE or _NEGATED_INSIDE may find anything.
_MAY_DENY = lazily(
    r"不|未|没有|尚无|概无|无意|否认|澄清|辟谣|并无|从未|子虚|谣言|无缘|落选"
    r"|n(?<![a-z]n)(?:ot|ever|o)[ -]|d(?<![a-z]d)(?:en|ismiss)"
    r"|w(?<![a-z]w)ithout|u(?<![a-z]u)n(?:true|founded)|g(?<![a-z]g)roundless|f(?<![a-z]f)(?:alse|ail)"
)
_NOT_YET = lazily(r"^(?:尚未|尚无|未获|未纳入|终止|取消|not)")
_NAMELESS_HEADLINE = frozenset(
    {"approval", "acceptance", "ind", "designation", "deal", "trial", "price_move"}
    | {"results", "buyback", "capital", "holding", "legal", "regulatory"}
)


# A filing speaks of its author as "we": of these families, such a sentence is about the author.
_OF_AUTHOR = frozenset({"results", "holding", "capital", "profit_alert", "buyback"})
_FIRST_PERSON = lazily(r"我们|本公司|本集团|我司")


@dataclass(frozen=True, slots=True)
class Hit:
    """One event told by one statement: its type, its company, where, slots already known, and whether it happened."""

    type: str
    subject: Subject
    span: Span
    frame: tuple[tuple[str, str], ...] = ()
    status: Realis = "done"


def _applies(  # noqa: PLR0913 - the rule, where it is tried, and what the text says anywhere
    rule: Rule, position: int, key: str, start: int, end: int, *, denies: bool
) -> tuple[int, Realis] | None:
    """Where a statement tells of the event of a rule whose word first stands at a position, and what it makes of it."""
    told = position
    if rule.needs:
        found = pattern(rule.needs).search(key, start, end)
        if found is None:
            return None
        told = max(position, found.end())
    status: Realis = "done"
    if denies:
        negated = _NEGATED.search(key, max(start, position - 48), position)
        if negated:
            status = "denied" if negated["denied"] or negated["denies"] else "negated"
        elif _UNTRUE.search(key, start, end):
            status = "denied"
        elif rule.needs and _NEGATED_INSIDE.search(key, start, told):
            status = "negated"
    # What follows the clause that tells of the event ("…，有望获得…") takes nothing back.
    barred = pattern(rule.bars).search(key, start, clause_end(key, told, end)) if rule.bars else None
    if barred:
        if not _HOPED.search(barred[0]):
            return None
        if status == "done":
            status = "negated" if _NOT_YET.search(barred[0]) else "expected"
    return told, status


def find_hits(scene: Scene) -> list[Hit]:
    """Return what the rules of the lexicon find in a text, statement by statement, in reading order."""
    key = _masked(scene)
    words = triggers(key, english=scene.english)
    if not words:
        return []
    every = rules(english=scene.english)
    denies, notice = _MAY_DENY.search(key) is not None, _BOILERPLATE.search(key) is not None
    analysed = not scene.english and _ANALYSIS.search(key) is not None
    hits: list[Hit] = []
    analysis = False
    at = 0
    for number, statement in enumerate(scene.statements):
        start, end = statement.start, statement.end
        at, first = _first_words(words, at, start, end)
        if notice and first and _BOILERPLATE.search(key, start, end):
            continue
        if scene.mentions[number] or statement.headline:
            analysis = False
        analysis = analysis or (analysed and _ANALYSIS.search(key, start, end) is not None)
        spoken: set[str] = set()
        for rule, position in [(every[owner], first[owner]) for owner in sorted(first)]:
            if rule.group in spoken or (analysis and rule.group != "rating"):
                continue
            if applied := _applies(rule, position, key, start, end, denies=denies):
                if applied[1] == "done":
                    spoken.add(rule.group)
                hits += _hits_of(scene, rule, number, position, applied)
    return hits


def _first_words(
    words: list[tuple[int, int, tuple[int, ...]]], at: int, start: int, end: int
) -> tuple[int, dict[int, int]]:
    """The rules with a word in a statement, and where it first stands; and the number of the next word after it."""
    first: dict[int, int] = {}
    while at < len(words) and words[at][0] < end:
        position, until, owners = words[at]
        at += 1
        if position >= start and until <= end:
            for owner in owners:
                first.setdefault(owner, position)
    return at, first


def _hits_of(scene: Scene, rule: Rule, number: int, position: int, applied: tuple[int, Realis]) -> list[Hit]:
    """One hit for each company of an event that a statement tells."""
    told, status = applied
    statement = scene.statements[number]
    return [
        Hit(rule.type, subject, statement.span, status=status)
        for subject in _found(scene, rule, number, position, told)
        if subject.named or _may_lack_subject(rule, scene, headline=statement.headline)
    ]


def _found(scene: Scene, rule: Rule, number: int, position: int, told: int) -> tuple[Subject, ...]:
    """The companies of an event; where its first word names nobody (新版医保目录落地后, A宣布…), those of its last."""
    found = _subjects(scene, rule, number, position)
    mentions = scene.mentions[number]
    if mentions and position < mentions[0].span.start <= told and not any(subject.named for subject in found):
        return _subjects(scene, rule, number, told) or found
    return found


def _subjects(scene: Scene, rule: Rule, number: int, position: int) -> tuple[Subject, ...]:
    """The companies that a rule's event is about; of a filing's "we", its author when known, else none."""
    statement = scene.statements[number]
    own = scene.filing and _FIRST_PERSON.search(scene.key, statement.start, statement.end) is not None
    author = () if scene.issuer is None else (Subject(scene.issuer, named=True),)
    if own and VOCABULARY[rule.type].family in _OF_AUTHOR:
        return author
    found = find_subjects(scene, number, position, rule.subject)
    # 我们将权益授予乐普: whom the author names beside itself, and who has no code, is its partner.
    return author if own and all(subject.code is None for subject in found) else found


def _masked(scene: Scene) -> str:
    """The key with every company name blanked: 医药 in a name is no word about medicine."""
    pieces: list[str] = []
    at = 0
    for mention in (m for inside in scene.mentions for m in inside):
        start, end = mention.span
        if start >= at:
            pieces += (scene.key[at:start], _BLANK * (end - start))
            at = end
    # The comma of 5,866 parts no clause, and the rules stop at commas.
    return _THOUSANDS.sub("_", "".join((*pieces, scene.key[at:])))


def _may_lack_subject(rule: Rule, scene: Scene, *, headline: bool) -> bool:
    kind = VOCABULARY[rule.type]
    if rule.type == "operating_data":
        return scene.english  # output and sales without a company are those of an industry
    return kind.sector or scene.english or (headline and kind.family in _NAMELESS_HEADLINE)
