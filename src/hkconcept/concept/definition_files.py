"""The files under ``data/concepts``: one concept a file, read strictly (see :mod:`hkconcept.readers.strict_yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hkconcept.concept.definition import (
    Component,
    Criterion,
    Definition,
    Exclusion,
    MarketRule,
    RoleRule,
    Strength,
    Version,
)
from hkconcept.errors import NotAvailableError
from hkconcept.model import Evidence, Moment, StockCode
from hkconcept.readers.strict_yaml import StrictYaml

if TYPE_CHECKING:
    from hkconcept.readers.strict_yaml import Node

__all__ = ["DATA", "load_definition", "packaged_definitions"]

DATA: Final = Path(__file__).parents[1] / "data" / "concepts"
_MARKET_RULES: Final = ("boards", "require", "forbid", "min_median_turnover")


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
            unknown_before=y.day(top["unknown_before"]),
            written=y.day(top["written"]),
            universe=y.text(top["universe"]),
            facts_from=y.texts(top["facts_from"]),
            versions=versions,
            strength=Strength(y.whole(strength["facts"], 1), y.whole(strength["kinds"], 1)),
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
            announced=y.day(part["announced"]),
            effective=y.day(part["effective"]),
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
            at_least=y.whole(part["at_least"], 1) if "at_least" in part else 1,
            within_years=y.whole(part["within_years"], 1) if "within_years" in part else None,
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
                        sessions=y.whole(part["sessions"], 1),
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
        return Evidence(
            kind=y.text(part["kind"]),
            fact_en=y.text(part["fact_en"]),
            fact_zh=y.text(part["fact_zh"]),
            known_at=Moment.of_day(printed.last_day, printed=str(printed)),
            source=y.text(part["source"]),
            status=y.status(part["status"]),
            attributes=tuple((key, y.text(value)) for key, value in attributes.items()),
            valid_from=y.day(part["valid_from"]) if "valid_from" in part else None,
            valid_to=y.day(part["valid_to"]) if "valid_to" in part else None,
        )
