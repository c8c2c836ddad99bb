"""The packaged lexicon: which words announce which event, and the names of the agencies."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from hkconcept.events.frames import VOCABULARY
from hkconcept.linking.matcher import Matcher, compile_matcher

__all__ = ["Agency", "Rule", "SubjectMode", "agencies", "agency_forms", "pattern", "rules", "triggers"]

_DATA = Path(__file__).resolve().parents[1] / "data" / "events"

SubjectMode = Literal["actor", "party", "object", "topic", "shares", "holding", "rated", "each", "code", "none"]
_MODES = frozenset({"actor", "party", "object", "topic", "shares", "holding", "rated", "each", "code", "none"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a language tells of an event.

    A statement tells of the event when it holds one of ``words``, matches ``needs`` and does not match
    ``bars`` (regular expressions over the folded key; empty means no condition). Of the rules of one
    ``group``, the first in the file that fits a statement speaks for it. ``subject`` says how the company
    is found, see :mod:`hkconcept.events.subjects`.
    """

    type: str
    group: str
    words: frozenset[str]
    needs: str
    bars: str
    subject: SubjectMode


@dataclass(frozen=True, slots=True)
class Agency:
    """A regulator or exchange: its usual short name, and the folded forms in which it is printed."""

    name: str
    forms: tuple[str, ...]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


@cache
def pattern(text: str) -> re.Pattern[str]:
    """Compile a condition of the lexicon, on first use: most rules stay silent in one run."""
    return re.compile(text)


@cache
def rules(*, english: bool) -> tuple[Rule, ...]:
    """Return the rules of English or of Chinese, in the order of the file.

    Raises
    ------
    ValueError
        When a row names a type or a way to find the subject that does not exist.

    """
    wanted = "en" if english else "zh"
    found: list[Rule] = []
    for row in _rows("triggers.csv"):
        if row["type"] not in VOCABULARY:
            msg = f"triggers.csv: {row['type']!r} is no event type; add it to events/frames.py or correct the row"
            raise ValueError(msg)
        mode = row["subject"] or "actor"
        if mode not in _MODES:
            msg = f"triggers.csv: {mode!r} is no way to find a subject; use one of {', '.join(sorted(_MODES))}"
            raise ValueError(msg)
        if row["language"] == wanted:
            words = frozenset(row["words"].split("|"))
            found.append(
                Rule(
                    row["type"],
                    row["group"] or row["type"],
                    words,
                    row["needs"],
                    row["bars"],
                    cast("SubjectMode", mode),
                )
            )
    return tuple(found)


@cache
def _triggers(*, english: bool) -> tuple[Matcher, tuple[tuple[int, ...], ...]]:
    """The matcher of all trigger words of a language, and the rules that each word may set off."""
    owners: dict[str, list[int]] = {}
    for number, rule in enumerate(rules(english=english)):
        for word in rule.words:
            owners.setdefault(word, []).append(number)
    return compile_matcher(list(owners)), tuple(map(tuple, owners.values()))


def triggers(key: str, *, english: bool) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return where the trigger words stand in a folded text, and the rules of :func:`rules` that each may set off.

    >>> [(start, end) for start, end, _ in triggers("公司回购股份", english=False)]
    [(2, 4)]

    """
    matcher, owners = _triggers(english=english)
    return sorted([(start, end, owners[word]) for start, end, word in matcher.find_overlapping(key)])


@cache
def agencies() -> tuple[Agency, ...]:
    """Return the agencies, the more specific before the more general."""
    return tuple(Agency(row["agency"], tuple(row["forms"].split("|"))) for row in _rows("agencies.csv"))


@cache
def _forms() -> tuple[Matcher, tuple[tuple[int, int, str, Agency], ...]]:
    owners = {form: (rank, agency) for rank, agency in enumerate(agencies()) for form in agency.forms}
    order = tuple((rank, -len(form), form, agency) for form, (rank, agency) in owners.items())
    return compile_matcher(list(owners)), order


def agency_forms(key: str) -> tuple[tuple[str, Agency], ...]:
    """Return the forms of agencies that a folded text holds anywhere, the specific before the general."""
    matcher, order = _forms()
    found = sorted([order[number] for number in {match[2] for match in matcher.find_overlapping(key)}])
    return tuple([(form, agency) for _, _, form, agency in found])
