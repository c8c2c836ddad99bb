"""The definition of a concept: names, rules in words, and every member with its dated evidence.

Definitions are YAML files reviewed by diff. They are read strictly: an unknown or repeated key, a code that
is not quoted, or a fact without a source is refused with the line named. Every value is taken as text, so
that no reader turns 01276 into 702 or a date into something else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, cast, get_args

from hkconcept.errors import NotAvailableError, SourceError
from hkconcept.model import Evidence, Membership, Moment, PartialDate, Role, StockCode

if TYPE_CHECKING:
    from yaml.nodes import Node

__all__ = ["Definition", "FirstDay", "Rule", "load_definition"]

_DATA = Path(__file__).parents[1] / "data" / "concepts"
_STATUSES: Final = ("official", "press", "recalled")
_KINDS: Final = ("approval", "designation", "deal", "business")
_MAX_BYTES: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Rule:
    """Who belongs in a role, in words."""

    role: Role
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The first day of trading in Hong Kong, for a member that was listed after ``unknown_before``."""

    day: dt.date
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A concept as defined: every member with all evidence, whenever it became known.

    Before ``unknown_before`` memberships are unknown, not empty. ``coverage_en`` and ``coverage_zh`` say what
    of the evidence is held and what is not. ``first_days`` holds the first day of trading of the members
    listed since then, so that nobody is a member before there was a security. Use
    :func:`hkconcept.concept.basket` for the members at a moment.
    """

    concept: str
    name_en: str
    name_zh: str
    description_en: str
    description_zh: str
    coverage_en: str
    coverage_zh: str
    unknown_before: dt.date
    rules: tuple[Rule, ...]
    members: tuple[Membership, ...]
    first_days: Mapping[StockCode, FirstDay]


def load_definition(name_or_path: str | Path) -> Definition:
    """Read a packaged definition by name, or any by path.

    Raises
    ------
    NotAvailableError
        There is no such definition.
    SourceError
        The file breaks the contract; file, line and what to do are named.

    >>> definition = load_definition("cn-innovative-drugs")
    >>> definition.name_en, [m.role for m in definition.members if m.code == "02105"]
    ('Chinese innovative drugs', ['innovator'])

    """
    path = Path(name_or_path)
    if not path.suffix:
        path = _DATA / f"{name_or_path}.yml"
    if not path.is_file():
        held = ", ".join(sorted(file.stem for file in _DATA.glob("*.yml")))
        raise NotAvailableError("no such concept", where=str(name_or_path), todo=f"packaged concepts: {held}")
    raw = path.read_bytes()
    if len(raw) > _MAX_BYTES:
        raise SourceError(f"the file has more than {_MAX_BYTES} bytes", where=path.name)
    return _Reader(path.name).definition(_compose(raw, path.name))


def _compose(raw: bytes, name: str) -> Node:
    import yaml  # noqa: PLC0415 - a tenth of the time of a short command

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(raw, Loader=loader)
    except yaml.YAMLError as error:
        raise SourceError(f"not YAML: {' '.join(str(error).split())}", where=name) from error
    if node is None:
        raise SourceError("the file is empty", where=name, todo="define a concept in it")
    return node


class _Reader:
    """Walks the nodes of one file; every error names the line."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._seen: set[int] = set()
        self._first_days: dict[StockCode, FirstDay] = {}

    def definition(self, root: Node) -> Definition:
        top = self._mapping(root, ("concept", "name", "description", "unknown_before", "coverage", "rules", "members"))
        concept = self._text(top["concept"])
        name = self._bilingual(top["name"])
        description = self._bilingual(top["description"])
        coverage = self._bilingual(top["coverage"])
        rules = tuple(self._rule(node) for node in self._items(top["rules"]))
        members = tuple(self._member(node, concept) for node in self._items(top["members"]))
        codes = [member.code for member in members]
        for code in codes:
            if codes.count(code) > 1:
                raise SourceError(f"{code} is a member twice", where=self._name, todo="merge the two entries")
        return Definition(
            concept=concept,
            name_en=name[0],
            name_zh=name[1],
            description_en=description[0],
            description_zh=description[1],
            coverage_en=coverage[0],
            coverage_zh=coverage[1],
            unknown_before=self._date(top["unknown_before"]).first_day,
            rules=rules,
            members=members,
            first_days=self._first_days,
        )

    def _rule(self, node: Node) -> Rule:
        part = self._mapping(node, ("role", "en", "zh"))
        return Rule(self._role(part["role"]), self._text(part["en"]), self._text(part["zh"]))

    def _member(self, node: Node, concept: str) -> Membership:
        part = self._mapping(node, ("code", "role", "evidence"), optional=("listed",))
        code = self._code(part["code"])
        if "listed" in part:
            self._first_days[code] = self._first_day(part["listed"])
        evidence = tuple(self._evidence(item) for item in self._items(part["evidence"]))
        return Membership(concept, code, self._role(part["role"]), evidence)

    def _first_day(self, node: Node) -> FirstDay:
        part = self._mapping(node, ("from", "status", "source"))
        day = self._date(part["from"])
        if day.day is None:
            self._refuse(part["from"], f"{day} is not a day")
        return FirstDay(day.first_day, self._text(part["source"]), self._one_of(part["status"], _STATUSES))

    def _evidence(self, node: Node) -> Evidence:
        part = self._mapping(node, ("kind", "known_at", "status", "source", "fact_en", "fact_zh"))
        # Known only at the end of the period printed: nothing is known early.
        printed = self._date(part["known_at"])
        known_at = Moment.of_day(printed.last_day, printed=str(printed))
        return Evidence(
            kind=self._one_of(part["kind"], _KINDS),
            fact_en=self._text(part["fact_en"]),
            fact_zh=self._text(part["fact_zh"]),
            known_at=known_at,
            source=self._text(part["source"]),
            status=self._one_of(part["status"], _STATUSES),  # type: ignore[arg-type] # checked against the literal
        )

    def _code(self, node: Node) -> StockCode:
        # A style of None is a plain scalar: 09926 would pass for text, but 01276 is a number to YAML.
        if getattr(node, "style", None) not in {"'", '"'}:
            self._refuse(node, f"the stock code {self._text(node)} is not quoted", 'write it like "01276"')
        try:
            return StockCode(self._text(node))
        except ValueError as error:
            self._refuse(node, str(error))

    def _role(self, node: Node) -> Role:
        return cast("Role", self._one_of(node, get_args(Role)))

    def _one_of(self, node: Node, allowed: Iterable[str]) -> str:
        text = self._text(node)
        if text not in allowed:
            self._refuse(node, f"{text!r} is none of {', '.join(allowed)}")
        return text

    def _date(self, node: Node) -> PartialDate:
        try:
            return PartialDate.parse(self._text(node))
        except ValueError as error:
            self._refuse(node, str(error))

    def _bilingual(self, node: Node) -> tuple[str, str]:
        part = self._mapping(node, ("en", "zh"))
        return self._text(part["en"]), self._text(part["zh"])

    def _text(self, node: Node) -> str:
        value = node.value
        if not isinstance(value, str) or not value.strip():
            self._refuse(node, "a text is missing here", "write one")
        return value.strip()

    def _items(self, node: Node) -> list[Node]:
        if getattr(node, "id", "") != "sequence" or not node.value:
            self._refuse(node, "a list with at least one entry is expected here")
        self._once(node)
        return cast("list[Node]", node.value)

    def _mapping(self, node: Node, keys: tuple[str, ...], optional: tuple[str, ...] = ()) -> Mapping[str, Node]:
        if getattr(node, "id", "") != "mapping":
            self._refuse(node, f"the keys {', '.join(keys)} are expected here")
        self._once(node)
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = self._text(key)
            if name not in keys and name not in optional:
                self._refuse(key, f"unknown key {name!r}", f"allowed are {', '.join(keys + optional)}")
            if name in found:
                self._refuse(key, f"key {name!r} is given twice")
            found[name] = value
        missing = [key for key in keys if key not in found]
        if missing:
            self._refuse(node, f"{missing[0]!r} is missing", "add it")
        return found

    def _once(self, node: Node) -> None:
        if id(node) in self._seen:
            self._refuse(node, "anchors and aliases are not read", "write the entry out")
        self._seen.add(id(node))

    def _refuse(self, node: Node, what: str, todo: str = "") -> NoReturn:
        raise SourceError(what, where=f"{self._name} line {node.start_mark.line + 1}", todo=todo)
