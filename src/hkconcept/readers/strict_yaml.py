"""YAML read strictly, node by node, so that every refusal names its line.

Definitions, rules, methodologies, column maps and cases are YAML reviewed by diff. Every scalar is taken as text, so
that no reader turns 01276 into 702 or a date into something else; an unknown or repeated key, an anchor, or a code that
is not quoted is refused. This is the only place that knows YAML; ``Node`` is a name for annotations.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, Self, cast, get_args

from hkconcept.errors import NotAvailableError, SourceError
from hkconcept.model import PartialDate, SourceStatus, StockCode

if TYPE_CHECKING:
    from yaml.nodes import Node

__all__ = ["Node", "StrictYaml"]

_MAX_BYTES: Final = 1_000_000
_MAX_DEPTH: Final = 20
_MAX_EXPONENT: Final = 30


class StrictYaml:
    """Walks the nodes of one file.

    Every method takes a node and gives its value, or raises :class:`~hkconcept.errors.SourceError` with the file,
    the line and what to do. A mapping or a list may be met once: aliases are refused.
    """

    def __init__(self, name: str) -> None:
        """Name the file for the errors."""
        self.name = name
        self._seen: set[int] = set()

    @classmethod
    def open(cls, path: Path, *, what: str = "file") -> tuple[Self, Node]:
        """Parse a file; gives a walker and the root node. ``what`` is the word that errors have for it.

        Raises
        ------
        NotAvailableError
            There is no such file.
        SourceError
            The file cannot be read, is too large, too deep, empty, or not YAML.

        """
        if not path.is_file():
            raise NotAvailableError(
                f"there is no such {what}", where=str(path), todo="give the path of a YAML or JSON file"
            )
        try:
            with path.open("rb") as file:
                raw = file.read(_MAX_BYTES + 1)
        except OSError as error:
            raise SourceError(f"the {what} cannot be read ({error.strerror})", where=path.name) from error
        return cls.parse(raw, path.name, what=what)

    @classmethod
    def parse(cls, raw: bytes, name: str, *, what: str = "file") -> tuple[Self, Node]:
        """Parse what a file holds; otherwise as :meth:`open`."""
        if len(raw) > _MAX_BYTES:
            raise SourceError(f"the {what} has more than {_MAX_BYTES} bytes", where=name)
        import yaml  # noqa: PLC0415 - a tenth of the time of a short command

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            depth = 0
            for event in yaml.parse(raw, Loader=loader):
                # Composing recurses in compiled code: a deep file would end the process. Events come one by one.
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > _MAX_DEPTH:
                    raise SourceError(f"the {what} is nested more than {_MAX_DEPTH} deep", where=name)
            node = yaml.compose(raw, Loader=loader)
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
            raise SourceError(f"not YAML: {' '.join(str(error).split())[:300]}", where=name) from error
        if node is None:
            raise SourceError(f"the {what} is empty", where=name, todo="write its keys into it")
        return cls(name), node

    def mapping(self, node: Node, keys: Collection[str], optional: Collection[str] = ()) -> Mapping[str, Node]:
        """Return the values of a mapping that has all of ``keys`` and nothing beyond ``optional``."""
        allowed = [*keys, *optional]
        found = self.free_mapping(node, f"the keys {', '.join(keys or optional)} are")
        for name in found:
            if name not in allowed:
                key = next(key for key, _ in node.value if self.text(key) == name)
                near = difflib.get_close_matches(name[:40], allowed, n=1)
                hint = f"did you mean {near[0]}? " if near else ""
                self.refuse(key, f"unknown key {name[:40]!r}", f"{hint}allowed are {', '.join(allowed)}")
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

    def items(self, node: Node, *, empty: bool = False) -> list[Node]:
        """Return the entries of a list that has at least one, or may be ``empty``."""
        if getattr(node, "id", "") != "sequence" or not (node.value or empty):
            self.refuse(node, "a list is expected here" if empty else "a list with at least one entry is expected here")
        self._once(node)
        return cast("list[Node]", node.value)

    def text(self, node: Node, *, empty: bool = False) -> str:
        """Return a text that is not blank, or may be ``empty``."""
        value = node.value
        if not isinstance(value, str) or not (value.strip() or empty):
            self.refuse(node, "a text is missing here", "write one")
        return value.strip()

    def texts(self, node: Node, *, empty: bool = False) -> tuple[str, ...]:
        """Return one text or a list of them, which may be ``empty``."""
        if getattr(node, "id", "") == "scalar":
            return (self.text(node),)
        return tuple(self.text(item) for item in self.items(node, empty=empty))

    def one_of(self, node: Node, allowed: Collection[str]) -> str:
        """Return one of the words allowed."""
        text = self.text(node)
        if text not in allowed:
            self.refuse(node, f"{text[:40]!r} is none of {', '.join(allowed)}")
        return text

    def status(self, node: Node) -> SourceStatus:
        """Return how well a row is supported."""
        return cast("SourceStatus", self.one_of(node, get_args(SourceStatus)))

    def flag(self, node: Node) -> bool:
        """Return whether a text is ``true``; the other text allowed is ``false``."""
        return self.one_of(node, ("true", "false")) == "true"

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

    def day(self, node: Node) -> dt.date:
        """Return a full date."""
        text = self.text(node)
        try:
            date = PartialDate.parse(text)
        except ValueError:
            self.refuse(node, f"{text[:40]!r} is not a date", "write it like 2026-01-07")
        if date.day is None:
            self.refuse(node, f"{date} is not a day", "write it like 2026-01-07")
        return date.first_day

    def decimal(self, node: Node) -> Decimal:
        """Return an exact, finite number."""
        text = self.text(node)
        try:
            value = Decimal(text) if text.isascii() else Decimal("NaN")
        except InvalidOperation:
            value = Decimal("NaN")
        # 1e999999999 is a number too, and would take all memory once it is written out.
        if not value.is_finite() or abs(value.adjusted()) > _MAX_EXPONENT:
            self.refuse(node, f"{text[:40]!r} is not a number", "write it like 0.25")
        return value

    def whole(self, node: Node, least: int = 0) -> int:
        """Return a whole number of at least ``least``."""
        text = self.text(node)
        if not (text.isascii() and text.isdigit() and len(text) < 8) or int(text) < least:
            self.refuse(node, f"{text[:40]!r} is not a whole number of at least {least}")
        return int(text)

    def code(self, node: Node) -> StockCode:
        """Return a stock code, which must be quoted."""
        try:
            return StockCode(self.quoted_code(node))
        except ValueError as error:
            self.refuse(node, str(error))

    def quoted_code(self, node: Node) -> str:
        """Return a code of any exchange, quoted: a plain 09926 would pass, but 01276 is the number 702 to YAML."""
        if getattr(node, "style", None) not in {"'", '"'}:
            self.refuse(node, f"the stock code {self.text(node)} is not quoted", 'write it like "01276"')
        return self.text(node)

    def refuse(self, node: Node, what: str, todo: str = "") -> NoReturn:
        """Raise the error for a node."""
        raise SourceError(what, where=f"{self.name} line {node.start_mark.line + 1}", todo=todo)

    def _once(self, node: Node) -> None:
        if id(node) in self._seen:
            self.refuse(node, "anchors and aliases are not read", "write the entry out")
        self._seen.add(id(node))
