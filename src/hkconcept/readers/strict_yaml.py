"""YAML read strictly, node by node, so that every refusal names its line.

Definitions, rules and methodologies are YAML reviewed by diff. Every scalar is taken as text, so that no reader turns
01276 into 702 or a date into something else; an unknown or repeated key, an anchor, or a code that is not quoted is
refused.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

from hkconcept.errors import SourceError
from hkconcept.model import PartialDate, StockCode

if TYPE_CHECKING:
    from yaml.nodes import Node

__all__ = ["StrictYaml"]

_MAX_BYTES = 4_000_000


class StrictYaml:
    """Walks the nodes of one file.

    Every method takes a node and gives its value, or raises :class:`~hkconcept.errors.SourceError` with the file,
    the line and what to do.
    """

    def __init__(self, name: str) -> None:
        """Name the file for the errors."""
        self.name = name
        self._seen: set[int] = set()

    @classmethod
    def open(cls, path: Path) -> tuple[StrictYaml, Node]:
        """Parse a file; gives a walker and the root node.

        Raises
        ------
        SourceError
            The file is missing, too large, empty, or not YAML.

        """
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise SourceError(f"the file cannot be read ({error.strerror})", where=path.name) from error
        if len(raw) > _MAX_BYTES:
            raise SourceError(f"the file has more than {_MAX_BYTES} bytes", where=path.name)
        import yaml  # noqa: PLC0415 - a tenth of the time of a short command

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            node = yaml.compose(raw, Loader=loader)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise SourceError(f"not YAML: {' '.join(str(error).split())}", where=path.name) from error
        if node is None:
            raise SourceError("the file is empty", where=path.name, todo="write its keys into it")
        return cls(path.name), node

    def mapping(self, node: Node, keys: Collection[str], optional: Collection[str] = ()) -> Mapping[str, Node]:
        """Return the values of a mapping that has all of ``keys`` and nothing beyond ``optional``."""
        found = self.free_mapping(node, f"the keys {', '.join(keys)} are")
        for name in found:
            if name not in keys and name not in optional:
                key = next(key for key, _ in node.value if key.value == name)
                self.refuse(key, f"unknown key {name!r}", f"allowed are {', '.join([*keys, *optional])}")
        missing = [key for key in keys if key not in found]
        if missing:
            self.refuse(node, f"{missing[0]!r} is missing", "add it")
        return found

    def free_mapping(self, node: Node, expected: str = "a mapping is") -> Mapping[str, Node]:
        """Return the values of a mapping whose keys the file chooses, each once."""
        if getattr(node, "id", "") != "mapping":
            self.refuse(node, f"{expected} expected here")
        self._once(node)
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = self.text(key)
            if name in found:
                self.refuse(key, f"key {name!r} is given twice")
            found[name] = value
        return found

    def items(self, node: Node) -> list[Node]:
        """Return the entries of a list that has at least one."""
        if getattr(node, "id", "") != "sequence" or not node.value:
            self.refuse(node, "a list with at least one entry is expected here")
        self._once(node)
        return cast("list[Node]", node.value)

    def text(self, node: Node) -> str:
        """Return a text that is not blank."""
        value = node.value
        if not isinstance(value, str) or not value.strip():
            self.refuse(node, "a text is missing here", "write one")
        return value.strip()

    def texts(self, node: Node) -> tuple[str, ...]:
        """Return one text or a list of them."""
        if getattr(node, "id", "") == "scalar":
            return (self.text(node),)
        return tuple(self.text(item) for item in self.items(node))

    def one_of(self, node: Node, allowed: Collection[str]) -> str:
        """Return one of the words allowed."""
        text = self.text(node)
        if text not in allowed:
            self.refuse(node, f"{text!r} is none of {', '.join(allowed)}")
        return text

    def bilingual(self, node: Node) -> tuple[str, str]:
        """Return the English and the Chinese text."""
        part = self.mapping(node, ("en", "zh"))
        return self.text(part["en"]), self.text(part["zh"])

    def date(self, node: Node) -> PartialDate:
        """Return a day, month, quarter, half or year."""
        try:
            return PartialDate.parse(self.text(node))
        except ValueError as error:
            self.refuse(node, str(error))

    def day(self, node: Node) -> PartialDate:
        """Return a date that is exact to the day."""
        date = self.date(node)
        if date.day is None:
            self.refuse(node, f"{date} is not a day")
        return date

    def decimal(self, node: Node) -> Decimal:
        """Return an exact, finite number."""
        text = self.text(node)
        try:
            value = Decimal(text) if text.isascii() else Decimal("NaN")
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            self.refuse(node, f"{text!r} is not a number", "write it like 0.25")
        return value

    def code(self, node: Node) -> StockCode:
        """Return a stock code, which must be quoted: a plain 09926 would pass, but 01276 is the number 702 to YAML."""
        if getattr(node, "style", None) not in {"'", '"'}:
            self.refuse(node, f"the stock code {self.text(node)} is not quoted", 'write it like "01276"')
        try:
            return StockCode(self.text(node))
        except ValueError as error:
            self.refuse(node, str(error))

    def refuse(self, node: Node, what: str, todo: str = "") -> NoReturn:
        """Raise the error for a node."""
        raise SourceError(what, where=f"{self.name} line {node.start_mark.line + 1}", todo=todo)

    def _once(self, node: Node) -> None:
        if id(node) in self._seen:
            self.refuse(node, "anchors and aliases are not read", "write the entry out")
        self._seen.add(id(node))
