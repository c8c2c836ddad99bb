"""Reading a rule file strictly: every value is text until its place says otherwise, and every error names the line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, cast

from hkconcept.errors import NotAvailableError, SourceError

if TYPE_CHECKING:
    from yaml.nodes import Node

__all__ = ["MAX_BYTES", "STATUSES", "NodeReader", "compose"]

MAX_BYTES: Final = 1_000_000
_MAX_DEPTH: Final = 20
STATUSES: Final = ("official", "press", "recalled")


def compose(path: Path) -> Node:
    """Return the root node of a YAML file, values unread.

    Raises
    ------
    NotAvailableError
        There is no such file.
    SourceError
        It is too large, too deep, empty, or not YAML.

    """
    if not path.is_file():
        raise NotAvailableError("there is no such file", where=str(path), todo="give the path of a YAML or JSON file")
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise SourceError(f"the file has more than {MAX_BYTES} bytes", where=path.name)
    import yaml  # noqa: PLC0415 - a tenth of the time of a short command

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        depth = 0
        for event in yaml.parse(raw, Loader=loader):
            # Composing recurses in compiled code: a deep file would end the process. Events come one by one.
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _MAX_DEPTH:
                raise SourceError(f"the file is nested more than {_MAX_DEPTH} deep", where=path.name)
        node: Node | None = yaml.compose(raw, Loader=loader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError(f"not YAML: {' '.join(str(error).split())}", where=path.name) from error
    if node is None:
        raise SourceError("the file is empty", where=path.name, todo="write something in it")
    return node


class NodeReader:
    """Walks the nodes of one file. A mapping or list may be met once: aliases are refused."""

    def __init__(self, name: str) -> None:
        """Keep the name for the errors."""
        self.name = name
        self._seen: set[int] = set()

    def place(self, node: Node) -> str:
        """Return the file and the line of a node, as an error names it."""
        return f"{self.name} line {node.start_mark.line + 1}"

    def refuse(self, node: Node, what: str, todo: str = "") -> NoReturn:
        """Stop with the place of a node."""
        raise SourceError(what, where=self.place(node), todo=todo)

    def text(self, node: Node) -> str:
        """Return a scalar as text; an empty one is refused."""
        value = node.value
        if not isinstance(value, str) or not value.strip():
            self.refuse(node, "a text is missing here", "write one")
        return value.strip()

    def one_of(self, node: Node, allowed: Iterable[str]) -> str:
        """Return a scalar that must be one of some words."""
        text = self.text(node)
        words = tuple(allowed)
        if text not in words:
            self.refuse(node, f"{text!r} is none of {', '.join(words)}")
        return text

    def date(self, node: Node) -> dt.date:
        """Return a full date."""
        text = self.text(node)
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            self.refuse(node, f"{text!r} is not a date", "write it like 2026-01-07")

    def bilingual(self, node: Node) -> tuple[str, str]:
        """Return the texts of ``{en: ..., zh: ...}``."""
        part = self.mapping(node, ("en", "zh"))
        return self.text(part["en"]), self.text(part["zh"])

    def items(self, node: Node) -> list[Node]:
        """Return the nodes of a list with at least one entry."""
        if getattr(node, "id", "") != "sequence" or not node.value:
            self.refuse(node, "a list with at least one entry is expected here")
        self._once(node)
        return cast("list[Node]", node.value)

    def mapping(self, node: Node, keys: tuple[str, ...], optional: tuple[str, ...] = ()) -> Mapping[str, Node]:
        """Return the values of a mapping with exactly these keys, some of them optional."""
        if getattr(node, "id", "") != "mapping":
            self.refuse(node, f"the keys {', '.join(keys or optional)} are expected here")
        self._once(node)
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = self.text(key)
            if name not in keys and name not in optional:
                self.refuse(key, f"unknown key {name!r}", f"allowed are {', '.join(keys + optional)}")
            if name in found:
                self.refuse(key, f"key {name!r} is given twice")
            found[name] = value
        missing = [key for key in keys if key not in found]
        if missing:
            self.refuse(node, f"{missing[0]!r} is missing", "add it")
        return found

    def _once(self, node: Node) -> None:
        if id(node) in self._seen:
            self.refuse(node, "anchors and aliases are not read", "write the entry out")
        self._seen.add(id(node))
