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
_BY = r"(?: by)?(?: as much as| about| around| nearly| more than| over| almost| a further)? "
_AFTER = lazily(
    r"(?: ?\([^()\n]{2,40}\))?(?:['’]s)?(?:,? which)?(?: (?:h-)?(?:shares?|stock))?"
    rf"(?: (?:closed|ended|finished|traded|was|were|is|are))?(?: (?:(?P<up>{_UP})"
    rf"|(?P<down>{_DOWN})){_BY}(?P<percent>[0-9.]+)%"
    r"| (?P<late>[0-9.]+)% (?:(?P<higher>higher|up|firmer)|(?P<lower>lower|down|weaker)))"
)
_TRIGGER = lazily(r"[0-9]%")
_SHARES = lazily(
    rf"^[^.,;]{{0,4}}(?:the )?(?:shares?|stock)(?: (?:closed|ended|were|was))?(?: (?:(?P<up>{_UP})"
    rf"|(?P<down>{_DOWN})){_BY}(?P<percent>[0-9.]+)%"
    r"| (?P<late>[0-9.]+)% (?:(?P<higher>higher|up)|(?P<lower>lower|down)))"
)


def _move(found: re.Match[str], code: StockCode | None, *, named: bool) -> Move:
    up = bool(found["up"] or found["higher"])
    return Move(
        Span(*found.span()), "up" if up else "down", code, named=named, percent=found["percent"] or found["late"]
    )


def find_english_moves(scene: Scene) -> Iterator[Move]:
    """Yield one move for each company of a sentence that prints its own percentage after the name."""
    key = scene.key
    for number, statement in enumerate(scene.statements):
        if not _TRIGGER.search(key, statement.start, statement.end):
            continue
        told = False
        for mention in scene.mentions[number]:
            found = _AFTER.match(key, mention.span.end, statement.end)
            if found:
                told = True
                yield _move(found, mention.code, named=True)
        if told or scene.mentions[number]:
            continue
        own = _SHARES.match(key[statement.start : statement.end])
        topic = scene.topics[number]
        if own and topic.named and topic.code is None and number:
            coded = [m for m in scene.mentions[number - 1] if m.code]
            topic = topic if not coded else topic._replace(code=coded[-1].code)
        if own and topic.named:
            yield Move(
                statement.span,
                "up" if own["up"] or own["higher"] else "down",
                topic.code,
                named=True,
                percent=own["percent"] or own["late"],
            )
