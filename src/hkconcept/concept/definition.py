"""The definition of a concept: dated versions of its rules, how exposure is measured, and facts of its own.

A definition is one YAML file reviewed by diff (see :mod:`hkconcept.readers.strict_yaml` for how strictly it is read).
It does not list members. Members follow from the rules and from dated facts: those of the registers named under
``facts_from``, and those written under ``facts`` because no register holds them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast

from hkconcept.errors import NotAvailableError
from hkconcept.model import Evidence, Moment, StockCode
from hkconcept.readers.strict_yaml import StrictYaml

if TYPE_CHECKING:
    from yaml.nodes import Node

__all__ = [
    "Component",
    "Criterion",
    "Definition",
    "Exclusion",
    "MarketRule",
    "RoleRule",
    "Strength",
    "Version",
    "load_definition",
    "packaged_definitions",
]

DATA: Final = Path(__file__).parents[1] / "data" / "concepts"
Status = Literal["official", "press", "recalled"]
_STATUSES: Final = ("official", "press", "recalled")
_MARKET_RULES: Final = ("boards", "require", "forbid", "min_median_turnover")


@dataclass(frozen=True, slots=True)
class Criterion:
    """A condition over the facts of one security: at least ``at_least`` facts of a kind that fit ``where``.

    ``where`` maps an attribute to the values allowed. A fact that lacks the attribute neither fits nor fails: it is
    kept apart as undecided. ``within_years`` leaves out facts that became public longer ago.
    """

    facts: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    at_least: int = 1
    within_years: int | None = None


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Who has a role: any one of the criteria suffices. ``en`` and ``zh`` say it in words."""

    role: str
    name_en: str
    name_zh: str
    en: str
    zh: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A security kept out whatever its facts say, and why."""

    code: StockCode
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class MarketRule:
    """A condition of the market: ``boards``, a fact required or forbidden, or a lowest median turnover.

    ``if_unknown`` says what happens where the fact or the price is not held: ``keep`` or ``drop``; either way the
    judgement says that it was not known.
    """

    kind: str
    values: tuple[str, ...] = ()
    least: Decimal | None = None
    sessions: int = 0
    if_unknown: str = "keep"


@dataclass(frozen=True, slots=True)
class Version:
    """The rules as they stood from ``effective`` on, once they were ``announced``."""

    version: str
    announced: dt.date
    effective: dt.date
    reason_en: str
    reason_zh: str
    roles: tuple[RoleRule, ...]
    exclusions: tuple[Exclusion, ...] = ()
    market: tuple[MarketRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """One part of an exposure score: ``weight`` times ``min(1, measure / full_at)``.

    ``measure`` is ``count`` (facts that fit) or ``sum:ATTRIBUTE``; ``over`` divides it by ``market_value`` (HKD, at
    ``rate`` per unit of the attribute). A negative weight lowers the score.
    """

    name: str
    en: str
    zh: str
    criterion: Criterion
    measure: str
    full_at: Decimal
    weight: Decimal
    over: str = ""
    rate: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Strength:
    """When evidence is called strong: so many facts of so many kinds; a single fact is weak, the rest moderate."""

    facts: int
    kinds: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A concept as defined. Use :func:`hkconcept.concept.basket` for the members at a moment.

    Before ``unknown_before`` memberships are unknown, not empty. ``written`` is the day on which the rules were
    written down: an answer about an earlier day replays them over what was known then. ``universe`` names the table
    of securities judged. ``facts`` are the facts of the definition's own file.
    """

    concept: str
    name_en: str
    name_zh: str
    description_en: str
    description_zh: str
    coverage_en: str
    coverage_zh: str
    unknown_before: dt.date
    written: dt.date
    universe: str
    facts_from: tuple[str, ...]
    versions: tuple[Version, ...]
    strength: Strength
    exposure: tuple[Component, ...]
    facts: Mapping[StockCode, tuple[Evidence, ...]]

    def version_at(self, known: Moment, on: dt.date) -> Version | None:
        """Return the rules in force on a day, of those announced by a moment."""
        held = [v for v in self.versions if v.effective <= on and Moment.of_day(v.announced).known_by <= known.known_by]
        return max(held, key=lambda version: version.effective, default=None)

    def role_rule(self, role: str) -> RoleRule:
        """Return the newest rule of a role, for its names."""
        return next(rule for version in reversed(self.versions) for rule in version.roles if rule.role == role)


def packaged_definitions() -> tuple[str, ...]:
    """Return the names of the packaged definitions.

    >>> "cn-innovative-drugs" in packaged_definitions()
    True

    """
    return tuple(sorted(path.stem for path in DATA.glob("*.yml")))


def load_definition(name_or_path: str | Path) -> Definition:
    """Read a packaged definition by name, or any by path.

    Raises
    ------
    NotAvailableError
        There is no such definition.
    SourceError
        The file breaks the contract; file, line and what to do are named.

    >>> load_definition("cn-innovative-drugs").name_en
    'Chinese innovative drugs'

    """
    path = Path(name_or_path)
    if not path.suffix:
        path = DATA / f"{name_or_path}.yml"
    if not path.is_file():
        held = ", ".join(packaged_definitions())
        raise NotAvailableError("no such concept", where=str(name_or_path), todo=f"packaged concepts: {held}")
    walker, root = StrictYaml.open(path)
    return _Reader(walker).definition(root)


class _Reader:
    """Makes the values of one file; every error names the line."""

    def __init__(self, walker: StrictYaml) -> None:
        self._yaml = walker

    def definition(self, root: Node) -> Definition:
        y = self._yaml
        keys = (
            *("concept", "name", "description", "coverage", "unknown_before", "written", "universe", "facts_from"),
            *("versions", "strength"),
        )
        top = y.mapping(root, keys, ("exposure", "facts"))
        name, description, coverage = (y.bilingual(top[key]) for key in ("name", "description", "coverage"))
        strength = y.mapping(top["strength"], ("facts", "kinds"))
        versions = tuple(self._version(node) for node in y.items(top["versions"]))
        days = [version.effective for version in versions]
        if days != sorted(set(days)):
            y.refuse(top["versions"], "the versions are not in the order of their effective days", "sort them")
        return Definition(
            concept=y.text(top["concept"]),
            name_en=name[0],
            name_zh=name[1],
            description_en=description[0],
            description_zh=description[1],
            coverage_en=coverage[0],
            coverage_zh=coverage[1],
            unknown_before=y.day(top["unknown_before"]).first_day,
            written=y.day(top["written"]).first_day,
            universe=y.text(top["universe"]),
            facts_from=y.texts(top["facts_from"]),
            versions=versions,
            strength=Strength(self._count(strength["facts"]), self._count(strength["kinds"])),
            exposure=tuple(self._component(node) for node in y.items(top["exposure"])) if "exposure" in top else (),
            facts=self._facts(top["facts"]) if "facts" in top else {},
        )

    def _version(self, node: Node) -> Version:
        y = self._yaml
        part = y.mapping(node, ("version", "announced", "effective", "reason", "roles"), ("exclude", "market"))
        reason = y.bilingual(part["reason"])
        roles = tuple(self._role(item) for item in y.items(part["roles"]))
        names = [rule.role for rule in roles]
        if len(names) != len(set(names)):
            y.refuse(part["roles"], "a role is given twice", "merge its criteria")
        return Version(
            version=y.text(part["version"]),
            announced=y.day(part["announced"]).first_day,
            effective=y.day(part["effective"]).first_day,
            reason_en=reason[0],
            reason_zh=reason[1],
            roles=roles,
            exclusions=tuple(self._exclusion(item) for item in y.items(part["exclude"])) if "exclude" in part else (),
            market=self._market(part["market"]) if "market" in part else (),
        )

    def _role(self, node: Node) -> RoleRule:
        y = self._yaml
        part = y.mapping(node, ("role", "name", "en", "zh", "any"))
        name = y.bilingual(part["name"])
        criteria = tuple(self._criterion(item) for item in y.items(part["any"]))
        return RoleRule(y.text(part["role"]), name[0], name[1], y.text(part["en"]), y.text(part["zh"]), criteria)

    def _criterion(self, node: Node) -> Criterion:
        part = self._yaml.mapping(node, ("facts",), ("where", "at_least", "within_years"))
        return self._criterion_of(part)

    def _criterion_of(self, part: Mapping[str, Node]) -> Criterion:
        y = self._yaml
        where = y.free_mapping(part["where"]) if "where" in part else {}
        return Criterion(
            facts=y.text(part["facts"]),
            where=tuple((key, y.texts(value)) for key, value in where.items()),
            at_least=self._count(part["at_least"]) if "at_least" in part else 1,
            within_years=self._count(part["within_years"]) if "within_years" in part else None,
        )

    def _exclusion(self, node: Node) -> Exclusion:
        part = self._yaml.mapping(node, ("code", "en", "zh"))
        return Exclusion(self._yaml.code(part["code"]), self._yaml.text(part["en"]), self._yaml.text(part["zh"]))

    def _market(self, node: Node) -> tuple[MarketRule, ...]:
        y = self._yaml
        rules = []
        for kind, value in y.mapping(node, (), _MARKET_RULES).items():
            if kind == "boards":
                rules.append(MarketRule(kind, y.texts(value)))
            elif kind == "min_median_turnover":
                part = y.mapping(value, ("hkd", "sessions", "if_unknown"))
                rules.append(
                    MarketRule(
                        kind,
                        least=y.decimal(part["hkd"]),
                        sessions=self._count(part["sessions"]),
                        if_unknown=y.one_of(part["if_unknown"], ("keep", "drop")),
                    )
                )
            else:
                part = y.mapping(value, ("facts", "if_unknown"))
                unknown = y.one_of(part["if_unknown"], ("keep", "drop"))
                rules.append(MarketRule(kind, y.texts(part["facts"]), if_unknown=unknown))
        return tuple(rules)

    def _component(self, node: Node) -> Component:
        y = self._yaml
        required = ("name", "en", "zh", "facts", "measure", "full_at", "weight")
        part = y.mapping(node, required, ("where", "within_years", "over", "rate"))
        measure = y.text(part["measure"])
        if measure != "count" and not measure.startswith("sum:"):
            y.refuse(part["measure"], f"{measure!r} is neither count nor sum:ATTRIBUTE")
        full_at = y.decimal(part["full_at"])
        if full_at <= 0:
            y.refuse(part["full_at"], "full_at must be above zero")
        return Component(
            name=y.text(part["name"]),
            en=y.text(part["en"]),
            zh=y.text(part["zh"]),
            criterion=self._criterion_of(part),
            measure=measure,
            full_at=full_at,
            weight=y.decimal(part["weight"]),
            over=y.one_of(part["over"], ("market_value",)) if "over" in part else "",
            rate=y.decimal(part["rate"]) if "rate" in part else Decimal(1),
        )

    def _facts(self, node: Node) -> Mapping[StockCode, tuple[Evidence, ...]]:
        y = self._yaml
        facts: dict[StockCode, tuple[Evidence, ...]] = {}
        for item in y.items(node):
            part = y.mapping(item, ("code", "evidence"))
            code = y.code(part["code"])
            if code in facts:
                y.refuse(item, f"{code} is given twice", "merge the two entries")
            facts[code] = tuple(self._evidence(entry) for entry in y.items(part["evidence"]))
        return facts

    def _evidence(self, node: Node) -> Evidence:
        y = self._yaml
        required = ("kind", "known_at", "status", "source", "fact_en", "fact_zh")
        part = y.mapping(node, required, ("attributes", "valid_from", "valid_to"))
        # Known only at the end of the period printed: nothing is known early.
        printed = y.date(part["known_at"])
        attributes = y.free_mapping(part["attributes"]) if "attributes" in part else {}
        status = y.one_of(part["status"], _STATUSES)
        return Evidence(
            kind=y.text(part["kind"]),
            fact_en=y.text(part["fact_en"]),
            fact_zh=y.text(part["fact_zh"]),
            known_at=Moment.of_day(printed.last_day, printed=str(printed)),
            source=y.text(part["source"]),
            status=cast("Status", status),
            attributes=tuple((key, y.text(value)) for key, value in attributes.items()),
            valid_from=y.day(part["valid_from"]).first_day if "valid_from" in part else None,
            valid_to=y.day(part["valid_to"]).first_day if "valid_to" in part else None,
        )

    def _count(self, node: Node) -> int:
        text = self._yaml.text(node)
        if not (text.isascii() and text.isdigit()) or int(text) < 1:
            self._yaml.refuse(node, f"{text!r} is not a whole number of at least 1")
        return int(text)
