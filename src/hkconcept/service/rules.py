"""Rules that accept a class of facts without a person: dated, each with its reason, read strictly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hkconcept.readers.strict_yaml import StrictYaml
from hkconcept.service.candidates import EVENTS, official_host
from hkconcept.service.review import Decided, Item, Review

if TYPE_CHECKING:
    from hkconcept.readers.strict_yaml import Node

__all__ = ["Rule", "accept_by_rules", "load_rules"]

_PACKAGED: Final = Path(__file__).parents[1] / "data" / "review" / "rules.yml"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: which events of documents from which hosts may enter, and which cells they must have for it."""

    id: str
    dated: dt.date
    reason: str
    register: str
    events: tuple[str, ...]
    hosts: tuple[str, ...]
    needs: tuple[str, ...]

    def allows(self, item: Item) -> bool:
        """Whether the rule lets a fact in: complete, from one of its hosts, not contradicting the register."""
        candidate = item.candidate
        return (
            item.ready
            and not item.differs
            and candidate.schema.register == self.register
            and candidate.type in self.events
            and official_host(candidate.url, self.hosts)
            and all(candidate.values.get(name) for name in self.needs)
        )


def load_rules(path: Path | None = None) -> tuple[Rule, ...]:
    """Read the packaged rules, or those of a file.

    Raises
    ------
    NotAvailableError
        There is no such file.
    SourceError
        A rule lacks a part or has an unknown one; file and line are named.

    >>> [rule.id for rule in load_rules()][0]
    'regulator-approval-notice'

    """
    reader, root = StrictYaml.open(path or _PACKAGED, what="rule file")
    rules: list[Rule] = []
    for node in reader.items(root):
        rule = _rule(reader, node)
        if any(rule.id == other.id for other in rules):
            reader.refuse(node, f"two rules are called {rule.id!r}", "rename one")
        rules.append(rule)
    return tuple(rules)


def _rule(reader: StrictYaml, node: Node) -> Rule:
    part = reader.mapping(node, ("id", "dated", "reason", "register", "events", "hosts", "needs"))
    register = reader.text(part["register"])
    events = reader.texts(part["events"])
    if unknown := [event for event in events if EVENTS.get(event) != register]:
        what = f"the event {unknown[0]!r} makes no row for {register!r}"
        reader.refuse(part["events"], what, f"choose of {', '.join(EVENTS)}")
    return Rule(
        id=reader.text(part["id"]),
        dated=reader.day(part["dated"]),
        reason=" ".join(reader.text(part["reason"]).split()),
        register=register,
        events=events,
        hosts=reader.texts(part["hosts"]),
        needs=reader.texts(part["needs"], empty=True),
    )


def accept_by_rules(
    review: Review, rules: tuple[Rule, ...], *, dry_run: bool = False
) -> Iterator[tuple[Item, Rule, Decided | None]]:
    """Accept every fact in the queue that a rule lets in; yield each with its rule. A dry run decides nothing."""
    for item in review.queue():
        rule = next((one for one in rules if one.allows(item)), None)
        if rule is None:
            continue
        decided = None
        if not dry_run:
            decided = review.accept(item, by=f"rule {rule.id}", reason=rule.reason, rule=rule.id)
        yield item, rule, decided
