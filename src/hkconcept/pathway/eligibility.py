"""Which channels a drug may take as of a day: each criterion met, not met, or unknown for want of a named fact.

A fact that is not stated is unknown, never false. The three values combine as in Kleene's logic: one criterion not met
decides against a channel, whatever is unknown beside it.
"""

from __future__ import annotations

import datetime as dt
import difflib
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from hkconcept.errors import SourceError, UsageError
from hkconcept.model import SourceStatus
from hkconcept.pathway.rules import RuleBook, Text
from hkconcept.readers.strict_yaml import StrictYaml

if TYPE_CHECKING:
    from hkconcept.readers.strict_yaml import Node

__all__ = [
    "ChannelTest",
    "Criteria",
    "Criterion",
    "Profile",
    "Result",
    "Verdict",
    "judge",
    "packaged_criteria",
    "read_criteria",
    "read_profile",
]

Verdict = Literal["met", "not met", "unknown"]

_DATA = Path(__file__).parents[1] / "data" / "rules" / "eligibility.yml"
_YES: Final = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a drug: facts that hold or do not. What is absent is unknown."""

    facts: Mapping[str, bool]
    drug: str = ""
    company: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ChannelTest:
    """What one channel asks, by which article; ``limit_channel`` is the channel of the clock, if it has one."""

    id: str
    serves: str
    limit_channel: str
    instrument: str
    what: Text
    article: str
    rule: str
    source: str
    status: SourceStatus
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criteria:
    """Every fact that is asked for, in words, and every channel."""

    facts: Mapping[str, Text]
    channels: tuple[ChannelTest, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion for one drug; ``missing`` are the facts that would decide it."""

    text: str
    verdict: Verdict
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One channel for one drug as of a day. ``in_force`` is false when its instrument did not hold that day."""

    channel: ChannelTest
    verdict: Verdict
    criteria: tuple[Criterion, ...]
    in_force: bool = True

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that would decide."""
        return tuple(dict.fromkeys(fact for one in self.criteria for fact in one.missing))


def judge(profile: Profile, criteria: Criteria, book: RuleBook, *, on: dt.date) -> tuple[Result, ...]:
    """Judge every channel whose instrument is in force and public on a day.

    Raises
    ------
    UsageError
        The profile states a fact that no channel asks for; the nearest is offered.

    >>> from hkconcept.pathway.rule_files import packaged_rules
    >>> facts = {"rare_disease": True, "urgently_needed": True, "marketed_overseas": True}
    >>> results = judge(Profile(facts), packaged_criteria(), packaged_rules(), on=dt.date(2026, 2, 2))
    >>> [(r.verdict, r.missing) for r in results if r.channel.id == "priority_rare_overseas"]
    [('unknown', ('marketed_in_china',))]

    """
    for fact in profile.facts:
        if fact not in criteria.facts:
            near = difflib.get_close_matches(fact, criteria.facts, n=1, cutoff=0.4) or [", ".join(criteria.facts)]
            raise UsageError(f"no channel asks for {fact!r}", where="profile", todo=f"did you mean {near[0]}?")
    held = {one.id: one for one in book.as_of(on).instruments}
    return tuple(
        _result(channel, profile)
        for channel in criteria.channels
        if channel.instrument in held
        and held[channel.instrument].in_force_from <= on <= (held[channel.instrument].in_force_to or on)
    )


def _result(channel: ChannelTest, profile: Profile) -> Result:
    judged = tuple(_criterion(text, profile.facts) for text in channel.criteria)
    verdicts = {one.verdict for one in judged}
    verdict: Verdict = "not met" if "not met" in verdicts else "unknown" if "unknown" in verdicts else "met"
    return Result(channel, verdict, judged)


def _criterion(text: str, facts: Mapping[str, bool]) -> Criterion:
    found = [[_value(fact, facts) for fact in part] for part in _parts(text)]
    # Alternatives: one that holds decides; else one that is unknown leaves it open.
    values = [False if False in part else None if None in part else True for part in found]
    if True in values:
        return Criterion(text, "met", ())
    if None not in values:
        return Criterion(text, "not met", ())
    open_parts = [part for part, value in zip(_parts(text), values, strict=True) if value is None]
    missing = dict.fromkeys(_bare(fact) for part in open_parts for fact in part if _bare(fact) not in facts)
    return Criterion(text, "unknown", tuple(missing))


def _parts(text: str) -> list[list[str]]:
    return [[fact.strip() for fact in part.split("+")] for part in text.split(" or ")]


def _bare(fact: str) -> str:
    return fact.removeprefix("not ")


def _value(fact: str, facts: Mapping[str, bool]) -> bool | None:
    value = facts.get(_bare(fact))
    return value if value is None or not fact.startswith("not ") else not value


@functools.cache
def packaged_criteria() -> Criteria:
    """Return the packaged criteria."""
    return read_criteria(_DATA)


def read_criteria(path: Path) -> Criteria:
    """Read what channels ask, strictly.

    Raises
    ------
    SourceError
        The file breaks the contract, or a criterion names a fact that is not declared; with the line.

    """
    reader, root = StrictYaml.open(path)
    top = reader.mapping(root, ("facts", "channels"))
    facts: dict[str, Text] = {}
    for key, value in top["facts"].value:
        facts[reader.text(key)] = Text(*reader.bilingual(value))
    channels = tuple(_channel(reader, node, facts) for node in reader.items(top["channels"]))
    return Criteria(facts, channels)


def _channel(reader: StrictYaml, node: Node, facts: Mapping[str, Text]) -> ChannelTest:
    keys = (
        "id",
        "serves",
        "limit_channel",
        "instrument",
        "en",
        "zh",
        "article",
        "rule",
        "source",
        "status",
        "criteria",
    )
    part = reader.mapping(node, keys)
    criteria = []
    for item in reader.items(part["criteria"]):
        text = reader.text(item)
        for fact in (_bare(fact) for alternative in _parts(text) for fact in alternative):
            if fact not in facts:
                reader.refuse(item, f"the fact {fact!r} is not declared", "declare it under facts")
        criteria.append(text)
    limit_channel = reader.text(part["limit_channel"])
    return ChannelTest(
        id=reader.text(part["id"]),
        serves=reader.text(part["serves"]),
        limit_channel="" if limit_channel == "none" else limit_channel,
        instrument=reader.text(part["instrument"]),
        what=Text(reader.text(part["en"]), reader.text(part["zh"])),
        article=reader.text(part["article"]),
        rule=reader.text(part["rule"]),
        source=reader.text(part["source"]),
        status=reader.status(part["status"]),
        criteria=tuple(criteria),
    )


def read_profile(path: Path) -> Profile:
    """Read a drug's profile from a YAML or JSON file: ``drug``, ``company``, ``source``, and ``facts`` with yes or no.

    Raises
    ------
    NotAvailableError
        There is no such file.
    SourceError
        The file breaks the contract, with the line.

    """
    reader, root = StrictYaml.open(path)
    top = reader.mapping(root, ("facts",), ("drug", "company", "source"))
    facts = dict(_stated(reader, top["facts"]))
    if not facts:
        raise SourceError("the profile states no fact", where=path.name, todo="write facts with yes or no")
    words = {name: reader.text(top[name]) for name in ("drug", "company", "source") if name in top}
    return Profile(facts, **words)


def _stated(reader: StrictYaml, node: Node) -> Iterator[tuple[str, bool]]:
    known = packaged_criteria().facts
    part = reader.mapping(node, (), tuple(known))
    for fact, value in part.items():
        text = reader.text(value).lower()
        if text not in _YES:
            reader.refuse(value, f"{text!r} is neither yes nor no", "leave the fact out when it is unknown")
        yield fact, _YES[text]
