"""The files under ``data/imports``: one column map a file, or a user's own, read strictly.

docs/reference/column-maps.md says what every key means; see :mod:`hkconcept.readers.strict_yaml` for what is refused.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hkconcept.errors import NotAvailableError
from hkconcept.readers.strict_yaml import StrictYaml
from hkconcept.registers.directory import schema_of
from hkconcept.registers.imports.columnmap import Above, Bounds, ColumnMap, ColumnRule, own_form
from hkconcept.registers.imports.conversions import CONVERSIONS
from hkconcept.registers.schema import EVIDENCE

if TYPE_CHECKING:
    from hkconcept.readers.strict_yaml import Node

__all__ = ["load_map", "packaged_maps"]

_DATA: Final = Path(__file__).parents[2] / "data" / "imports"
_NEEDED: Final = ("name", "register", "title", "seen", "columns", "status", "publisher")
_OPTIONAL: Final = (
    *("sheet", "header_rows", "constants", "above", "keys", "rows", "section", "fill_down", "continued", "valid"),
    *("known_at", "bounds", "partial"),
)
_COLUMN: Final = ("to", "read", "words", "times", "order", "required", "optional", "spans", "ignored", "refused")
_HIDDEN: Final = "_"


def load_map(name_or_path: str) -> ColumnMap:
    """Read a packaged map by name, a register's own form (``deals:own``), or any map by its path.

    Raises
    ------
    NotAvailableError
        There is no such map.
    SourceError
        The file breaks the contract; file, line and what to do are named.

    >>> load_map("nmpa-approval-documents").schema.register
    'approvals'

    """
    register, separator, form = name_or_path.partition(":")
    if separator and form == "own":
        return own_form(schema_of(register))
    path = Path(name_or_path)
    if path.suffix not in (".yml", ".yaml"):
        path = _DATA / f"{name_or_path}.yml"
    if not path.is_file():
        held = ", ".join(sorted(file.stem for file in _DATA.glob("*.yml")))
        raise NotAvailableError(
            "there is no such map", where=name_or_path, todo=f"packaged maps: {held}; or give a file"
        )
    reader, root = _Reader.open(path, what="map")
    return reader.map(root)


@functools.cache
def packaged_maps(register: str) -> tuple[ColumnMap, ...]:
    """Return the packaged maps of a register, its own form last."""
    maps = (load_map(path.stem) for path in sorted(_DATA.glob("*.yml")))
    return (*(one for one in maps if one.schema.register == register), own_form(schema_of(register)))


class _Reader(StrictYaml):
    """Makes the values of one map; every error names the line."""

    def map(self, root: Node) -> ColumnMap:
        top = self.mapping(root, _NEEDED, _OPTIONAL)
        rows = self.mapping(top["rows"], (), ("only", "ignore", "skip", "headings")) if "rows" in top else {}
        valid = self.mapping(top["valid"], (), ("from", "to")) if "valid" in top else {}
        made = ColumnMap(
            name=self.text(top["name"]),
            title=self.text(top["title"]),
            schema=schema_of(self.text(top["register"])),
            seen=self.text(top["seen"]),
            columns=tuple(self._column(item) for item in self.items(top["columns"])),
            sheet=self._pattern(top["sheet"]) if "sheet" in top else None,
            header_rows=self.whole(top["header_rows"], 1) if "header_rows" in top else 1,
            constants=self._words(top.get("constants")),
            above=tuple(self._above(item) for item in self.items(top["above"])) if "above" in top else (),
            keys=self._lists(top.get("keys")),
            only=self._lists(rows.get("only")),
            ignore=self._lists(rows.get("ignore")),
            skip=tuple(self._pattern(item) for item in self.items(rows["skip"])) if "skip" in rows else (),
            headings=tuple(self._pattern(item) for item in self.items(rows["headings"])) if "headings" in rows else (),
            section=self._optional(top, "section"),
            fill_down=self.texts(top["fill_down"]) if "fill_down" in top else (),
            continued=self._optional(top, "continued"),
            valid_from=self._optional(valid, "from"),
            valid_to=self._optional(valid, "to"),
            known_at=self._optional(top, "known_at"),
            status=self.status(top["status"]),
            publisher=self.text(top["publisher"]),
            bounds=self._bounds(top["bounds"]) if "bounds" in top else Bounds(),
            partial="partial" in top and self.flag(top["partial"]),
        )
        self._check_targets(made, root)
        return made

    def _column(self, node: Node) -> ColumnRule:
        part = self.mapping(node, ("label",), _COLUMN)
        labels = self.texts(part["label"])
        fates = [fate for fate in ("to", "ignored", "refused") if fate in part]
        if len(fates) != 1:
            self.refuse(node, f"the column {labels[0]!r} must have one of to, ignored and refused", "keep one of them")
        fate = fates[0]
        return ColumnRule(
            labels=labels,
            fate="read" if fate == "to" else "ignored" if fate == "ignored" else "refused",
            to=self.texts(part["to"]) if fate == "to" else (),
            read=self.one_of(part["read"], sorted(CONVERSIONS)) if "read" in part else "text",
            words=self._words(part["words"]) if "words" in part else None,
            times=self.decimal(part["times"]) if "times" in part else Decimal(1),
            order=self._optional(part, "order"),
            required="required" in part and self.flag(part["required"]),
            optional="optional" in part and self.flag(part["optional"]),
            spans="spans" in part and self.flag(part["spans"]),
            reason="" if fate == "to" else self.text(part[fate]),
        )

    def _check_targets(self, made: ColumnMap, root: Node) -> None:
        known = {column.name for column in made.schema.columns} | set(EVIDENCE)
        written = [target for rule in made.columns for target in rule.to]
        targets = [*written, *made.constants, *(above.to for above in made.above), *made.keys]
        targets += filter(None, (made.section, made.known_at, made.valid_from, made.valid_to))
        for target in targets:
            if target not in known and not target.startswith(_HIDDEN):
                self.refuse(root, f"the register {made.schema.register} has no column {target!r}", "correct the map")
        for target in written:
            if written.count(target) > 1:
                self.refuse(root, f"two columns are read into {target!r}", "correct the map")

    def _above(self, node: Node) -> Above:
        part = self.mapping(node, ("to", "pattern"), ("order",))
        return Above(self.text(part["to"]), self._pattern(part["pattern"]), self._optional(part, "order"))

    def _bounds(self, node: Node) -> Bounds:
        part = self.mapping(node, (), ("rows", "columns"))
        rows = self._pair(part["rows"]) if "rows" in part else None
        columns = self.free_mapping(part["columns"]) if "columns" in part else {}
        found = {}
        for name, value in columns.items():
            least, most = self._pair(value)
            found[name] = self.decimal(least), self.decimal(most)
        return Bounds((self.whole(rows[0]), self.whole(rows[1])) if rows else None, found)

    def _pair(self, node: Node) -> tuple[Node, Node]:
        found = self.items(node)
        if len(found) != 2:
            self.refuse(node, "the least and the most are expected here", 'write them like ["1", "5000"]')
        return found[0], found[1]

    def _lists(self, node: Node | None) -> Mapping[str, tuple[str, ...]]:
        """Return a list of texts a name, "" for an empty cell; nothing where the map says nothing."""
        found = self.free_mapping(node) if node is not None else {}
        return {name: self._values(value) for name, value in found.items()}

    def _values(self, node: Node) -> tuple[str, ...]:
        nodes = [node] if getattr(node, "id", "") == "scalar" else self.items(node)
        return tuple(self.text(item, empty=True) for item in nodes)

    def _words(self, node: Node | None) -> Mapping[str, str]:
        """Return a text a name, which may be empty; nothing where the map says nothing."""
        found = self.free_mapping(node) if node is not None else {}
        return {name: self.text(value, empty=True) for name, value in found.items()}

    def _optional(self, part: Mapping[str, Node], name: str) -> str:
        return self.text(part[name]) if name in part else ""

    def _pattern(self, node: Node) -> re.Pattern[str]:
        text = self.text(node)
        try:
            return re.compile(text)
        except re.error as error:
            self.refuse(node, f"{text!r} is not a pattern ({error})", "correct it")
