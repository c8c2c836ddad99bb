"""Price moves in English: "RemeGen closed 12.1% higher, Laekna added 9%", "shares of X fell 8.2%", "X up 12%"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hkconcept.events.moves import Move
from hkconcept.events.scene import Scene
from hkconcept.model import Span, StockCode
from hkconcept.text.lazily import lazily

__all__ = ["find_english_moves"]

_UP = (
    "rose|rises?|rising|gain(?:s|ed)?|jump(?:s|ed)?|soar(?:s|ed)?|surg(?:es?|ed)|climb(?:s|ed)?|add(?:s|ed)|rall(?:y|ies|ied)"
    "|advanc(?:es?|ed)|spik(?:es?|ed)|up|leap(?:s|t|ed)?|rocket(?:s|ed)?|popped|pops"
)
_DOWN = (
    "fell|falls?|fall|drop(?:s|ped)?|plung(?:es?|ed)|slump(?:s|ed)?|tumbl(?:es?|ed)|sank|sinks|slid|slides?|dip(?:s|ped)?"
    "|declin(?:es?|ed)|lost|loses|shed|sheds|down|slip(?:s|ped)?|crash(?:es|ed)?"
)
_BY = r"(?: by)?(?: as much as| another| up to| about| around| nearly| more than| over| almost| a further)? "
_AFTER = lazily(
    r"(?: ?\([^()\n]{2,40}\))?(?:['’]s)?"
    r"(?:, (?:which|whose|the|an?) (?:[^.;\n]|\.(?=[0-9])){2,90},|,? which)?(?: (?:h-)?(?:shares?|stock))?"
    rf"(?: (?:closed|ended|finished|traded|was|were|is|are|has|have|had))?(?: (?:(?P<up>{_UP})"
    rf"|(?P<down>{_DOWN})){_BY}(?P<percent>[0-9.]+)(?:%| per ?cent)"
    r"| (?P<late>[0-9.]+)(?:%| per ?cent) (?:(?P<higher>higher|up|firmer)|(?P<lower>lower|down|weaker)))"
)
_TRIGGER = lazily(r"[0-9](?:%| per ?cent)")
_SHARES = lazily(
    r"^[^.,;]{0,4}(?:the (?:[a-z-]+ ){0,3}(?:company|group|firm|drugmaker|biotech), whose |the |its )?"
    r"(?:(?:h-)?shares?|stock)"
    r"(?: (?:of|in) the [a-z -]{0,24}(?:company|group|firm|drugmaker|biotech)(?: \([^()\n]{2,20}\))?)?"
    r"(?: (?:closed|ended|finished|were|was|has|have|had))?"
    rf"(?: (?:(?P<up>{_UP})|(?P<down>{_DOWN})){_BY}(?P<percent>[0-9.]+)(?:%| per ?cent)"
    r"| (?P<late>[0-9.]+)(?:%| per ?cent) (?:(?P<higher>higher|up)|(?P<lower>lower|down)))"
)


_RESPECTIVE = lazily(
    rf"(?<![a-z])(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_BY}(?P<percent>[0-9.]+)(?:%| per ?cent)?"
    r" and [0-9.]+(?:%| per ?cent),? respectively"
)
_AMONG = lazily(
    r"(?<![0-9.])(?P<percent>[0-9.]+)(?:%| per ?cent) (?:(?P<up>gain|rise|advance|jump|rally|increase|surge)"
    r"|(?P<down>fall|drop|decline|loss|slide|slump)) (?:by|for|in) (?:shares of )?"
)
_APART = 14  # characters between the two names of "X and rival Y"


def _move(found: re.Match[str], code: StockCode | None, *, named: bool) -> Move:
    up = bool(found["up"] or found["higher"])
    return Move(
        Span(*found.span()), "up" if up else "down", code, named=named, percent=found["percent"] or found["late"]
    )


def find_english_moves(scene: Scene) -> Iterator[Move]:
    """Yield one move for each company of a sentence that prints its own percentage after the name."""
    for number, statement in enumerate(scene.statements):
        if not _TRIGGER.search(scene.key, statement.start, statement.end):
            continue
        named = [*_moves_after_names(scene, number)]
        yield from named or _moves_of_topic(scene, number)


def _moves_after_names(scene: Scene, number: int) -> Iterator[Move]:
    key, statement = scene.key, scene.statements[number]
    told = False
    for mention in scene.mentions[number]:
        found = _AFTER.match(key, mention.span.end, statement.end)
        if found:
            told = True
            yield _move(found, mention.code, named=True)
    both = None if told else _RESPECTIVE.search(key, statement.start, statement.end)
    pair = [m for m in scene.mentions[number] if both and m.span.end <= both.start()][-2:]
    if both and len(pair) > 1 and pair[1].span.start - pair[0].span.end < _APART:
        for mention in pair:
            yield Move(Span(*both.span()), "up" if both["up"] else "down", mention.code, named=True)


def _moves_of_topic(scene: Scene, number: int) -> Iterator[Move]:
    """Yield the move of the company spoken of before, and of those it is compared with: "a 9% gain by Akeso"."""
    key, statement = scene.key, scene.statements[number]
    own = _SHARES.match(key[statement.start : statement.end])
    others = scene.mentions[number]
    if own is None or (others and others[0].span.start < statement.start + own.end()):
        return
    topic = scene.topics[number - 1 if others and number else number]
    if topic.named and topic.code is None and number:
        coded = [m for m in scene.mentions[number - 1] if m.code]
        topic = topic if not coded else topic._replace(code=coded[-1].code)
    if topic.named:
        yield Move(
            statement.span,
            "up" if own["up"] or own["higher"] else "down",
            topic.code,
            named=True,
            percent=own["percent"] or own["late"],
        )
    for mention in others:
        other = _AMONG.search(key, statement.start, mention.span.start)
        if other and other.end() == mention.span.start and not key.startswith(("'s", "’s"), mention.span.end):
            span = Span(other.start(), mention.span.end)
            yield Move(span, "up" if other["up"] else "down", mention.code, named=True, percent=other["percent"])
