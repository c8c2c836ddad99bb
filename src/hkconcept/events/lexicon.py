"""The packaged lexicon: which words announce which event, and the names of the agencies."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from hkconcept.events.frames import VOCABULARY

__all__ = ["Agency", "Rule", "SubjectMode", "Vocabulary", "agencies", "agency_forms", "live_rules", "pattern", "rules"]

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


class Vocabulary:
    """Words indexed by their first character, to find those that a text holds in one short pass."""

    __slots__ = ("_by_first",)

    def __init__(self, words: Iterable[str]) -> None:
        """Index the words."""
        by_first: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            by_first.setdefault(word[0], []).append(word)
        self._by_first = by_first

    def within(self, key: str) -> set[str]:
        """Return the words that a folded text holds, wherever they stand.

        >>> sorted(Vocabulary(["回购", "回拨", "获批"]).within("公司回购股份"))
        ['回购']

        """
        by_first = self._by_first
        return {word for first in by_first.keys() & set(key) for word in by_first[first] if word in key}


@cache
def _triggers(*, english: bool) -> tuple[Vocabulary, Mapping[str, tuple[int, ...]]]:
    owners: dict[str, list[int]] = {}
    for number, rule in enumerate(rules(english=english)):
        for word in rule.words:
            owners.setdefault(word, []).append(number)
    return Vocabulary(owners), {word: tuple(numbers) for word, numbers in owners.items()}


def live_rules(key: str, *, english: bool) -> list[tuple[Rule, tuple[str, ...]]]:
    """Return the rules that a folded text may fit, in the order of the file, each with its words that occur."""
    vocabulary, owners = _triggers(english=english)
    words: dict[int, list[str]] = {}
    for word in vocabulary.within(key):
        for number in owners[word]:
            words.setdefault(number, []).append(word)
    found = rules(english=english)
    return [(found[number], tuple(words[number])) for number in sorted(words)]


@cache
def agencies() -> tuple[Agency, ...]:
    """Return the agencies, the more specific before the more general."""
    return tuple(Agency(row["agency"], tuple(row["forms"].split("|"))) for row in _rows("agencies.csv"))


@cache
def _forms() -> tuple[Vocabulary, Mapping[str, tuple[int, Agency]]]:
    owners = {form: (rank, agency) for rank, agency in enumerate(agencies()) for form in agency.forms}
    return Vocabulary(owners), owners


def agency_forms(key: str) -> tuple[tuple[str, Agency], ...]:
    """Return the forms of agencies that a folded text holds anywhere, the specific before the general."""
    vocabulary, owners = _forms()
    found = sorted(vocabulary.within(key), key=lambda form: (owners[form][0], -len(form), form))
    return tuple((form, owners[form][1]) for form in found)
