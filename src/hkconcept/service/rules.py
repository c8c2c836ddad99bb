"""Rules that accept a class of facts without a person: dated, each with its reason, read strictly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hkconcept.errors import SourceError
from hkconcept.service.candidates import EVENTS, official_host
from hkconcept.service.review import Decided, Item, Review

__all__ = ["Rule", "accept_by_rules", "load_rules"]

_PACKAGED: Final = Path(__file__).parents[1] / "data" / "review" / "rules.yml"
_KEYS: Final = frozenset({"id", "dated", "reason", "register", "events", "hosts", "needs"})
_MAX_BYTES: Final = 100_000


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
    SourceError
        A rule lacks a part or has an unknown one; the rule is named.

    >>> [rule.id for rule in load_rules()][0]
    'regulator-approval-notice'

    """
    import yaml  # noqa: PLC0415 - only rules need it

    file = path or _PACKAGED
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise SourceError(
            f"the rules cannot be read ({error.strerror})", where=str(file), todo="check the path"
        ) from error
    if len(raw) > _MAX_BYTES:
        raise SourceError(f"the rules have more than {_MAX_BYTES:,} bytes", where=file.name)
    try:
        # Every value as text, so that no date or number is read into something else.
        found = yaml.load(raw, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - builds text only
    except yaml.YAMLError as error:
        raise SourceError(f"not YAML: {' '.join(str(error).split())[:200]}", where=file.name) from error
    if not isinstance(found, list):
        raise SourceError("the rules must be a list", where=file.name, todo="see the packaged rules")
    rules = tuple(_rule(item, file.name) for item in found)
    ids = [rule.id for rule in rules]
    if doubled := next((one for one in ids if ids.count(one) > 1), None):
        raise SourceError(f"two rules are called {doubled!r}", where=file.name, todo="rename one")
    return rules


def _rule(item: Any, where: str) -> Rule:  # noqa: ANN401 - YAML
    if not isinstance(item, dict):
        raise SourceError("a rule must be a mapping", where=where, todo="see the packaged rules")
    place = f"{where}, rule {str(item.get('id', '?'))[:60]!r}"
    if item.keys() != _KEYS:
        wrong = min(item.keys() ^ _KEYS)
        what = f"{wrong!r} is {'missing' if wrong in _KEYS else 'unknown'}"
        raise SourceError(what, where=place, todo=f"give {', '.join(sorted(_KEYS))}")
    lists: Mapping[str, tuple[str, ...]] = {
        name: tuple(item[name]) if isinstance(item[name], list) else () for name in ("events", "hosts", "needs")
    }
    if not lists["events"] or not lists["hosts"] or not str(item["reason"]).strip():
        raise SourceError("a rule needs events, hosts and a reason", where=place, todo="see the packaged rules")
    if unknown := [event for event in lists["events"] if EVENTS.get(event) != item["register"]]:
        what = f"the event {unknown[0]!r} makes no row for {item['register']!r}"
        raise SourceError(what, where=place, todo=f"choose of {', '.join(EVENTS)}")
    try:
        dated = dt.date.fromisoformat(str(item["dated"]))
    except ValueError as error:
        raise SourceError(str(error), where=place, todo="write the date like 2026-11-25") from error
    return Rule(
        id=str(item["id"]),
        dated=dated,
        reason=" ".join(str(item["reason"]).split()),
        register=str(item["register"]),
        events=lists["events"],
        hosts=lists["hosts"],
        needs=lists["needs"],
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
