"""Column maps: one YAML file per source format, read strictly, every value as text."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from hkconcept.errors import NotAvailableError, SourceError
from hkconcept.registers.directory import schema_of
from hkconcept.registers.imports.conversions import CONVERSIONS
from hkconcept.registers.rows import Status, status_of
from hkconcept.registers.schema import EVIDENCE, Schema

if TYPE_CHECKING:
    from yaml.nodes import Node

__all__ = ["Above", "Bounds", "ColumnMap", "ColumnRule", "load_map", "own_form", "packaged_maps"]

_DATA: Final = Path(__file__).parents[2] / "data" / "imports"
_MAX_BYTES: Final = 200_000
_TOP: Final = frozenset(
    "name register title seen sheet header_rows columns constants above keys rows section fill_down continued valid "  # noqa: SIM905 - keys read better as words
    "known_at status publisher bounds partial".split()
)
_COLUMN: Final = frozenset("label to read words times order required optional ignored refused".split())  # noqa: SIM905
_HIDDEN: Final = "_"

Fate: TypeAlias = Literal["read", "ignored", "refused"]


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """What one column of the source is.

    ``labels`` are the spellings of its heading; ``to`` the columns of the register that it fills (a name that
    starts with ``_`` is only used by the map itself); ``read`` names the conversion. ``optional`` columns may be
    missing from the file; ``required`` cells may not be empty. ``reason`` says why a column is ignored or refused.
    """

    labels: tuple[str, ...]
    fate: Fate
    to: tuple[str, ...] = ()
    read: str = "text"
    words: Mapping[str, str] | None = None
    times: Decimal = Decimal(1)
    order: str = ""
    required: bool = False
    optional: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Above:
    """A value printed above the header: the first group of ``pattern`` goes to the column ``to``."""

    to: str
    pattern: re.Pattern[str]
    order: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a whole file must keep within: number of rows, and smallest and largest values of columns."""

    rows: tuple[int, int] | None = None
    columns: Mapping[str, tuple[Decimal, Decimal]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """How one source's table becomes rows of a register.

    Parameters
    ----------
    name, title
        Its name for ``--map``, and what it reads, in a few words.
    schema
        The register that it fills.
    seen
        Where the form of the table is known from; ``recalled`` when no such file was seen.
    sheet
        What the sheet's name must match, or ``None`` for any.
    header_rows
        Number of rows that the header has.
    constants, above, keys
        Values for every row; values printed above the header; templates of columns made from others, the first
        that can be filled.
    only, ignore
        By column: the values that a row must have to be read, and those for which it is left out and counted. A
        value in neither list stops the import.
    skip
        Patterns of rows that are no data (footers, notes, page numbers), for their cells that hold anything, parted by
        tabs.
    section
        The column that takes the text of a row that holds one text only (a heading between rows); empty for none.
    fill_down
        Labels whose empty cells take the value above (cells merged over rows).
    continued
        The label of the column that every row fills: a row at the head of a PDF's page without it goes on with the
        last row of the page before.
    valid_from, valid_to
        The columns of the first and of the last day on which a row holds (of a date that is not full, its last day);
        empty for rows that say nothing of it.
    known_at
        The column whose day is the moment of first knowledge of its row; empty when the whole file has one.
    status, publisher
        Evidence of its rows.
    bounds
        What the file must keep within.
    partial
        Whether rows may only add to rows that the register holds already.

    """

    name: str
    title: str
    schema: Schema
    seen: str
    columns: tuple[ColumnRule, ...]
    sheet: re.Pattern[str] | None = None
    header_rows: int = 1
    constants: Mapping[str, str]
    above: tuple[Above, ...] = ()
    keys: Mapping[str, tuple[str, ...]]
    only: Mapping[str, tuple[str, ...]]
    ignore: Mapping[str, tuple[str, ...]]
    skip: tuple[re.Pattern[str], ...] = ()
    section: str = ""
    fill_down: tuple[str, ...] = ()
    continued: str = ""
    valid_from: str = ""
    valid_to: str = ""
    known_at: str = ""
    status: Status = "official"
    publisher: str = ""
    bounds: Bounds = Bounds()
    partial: bool = False


def load_map(name_or_path: str) -> ColumnMap:
    """Read a packaged map by name, a register's own form (``deals:own``), or any map by its path.

    Raises
    ------
    NotAvailableError
        There is no such map.
    SourceError
        The file breaks the contract; what and where are named.

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
    raw = path.read_bytes()
    if len(raw) > _MAX_BYTES:
        raise SourceError(f"the map has more than {_MAX_BYTES:,} bytes", where=path.name)
    return _Reader(path.name).map(_composed(raw, path.name))


@functools.cache
def packaged_maps(register: str) -> tuple[ColumnMap, ...]:
    """Return the packaged maps of a register, its own form last."""
    maps = (load_map(path.stem) for path in sorted(_DATA.glob("*.yml")))
    return (*(one for one in maps if one.schema.register == register), own_form(schema_of(register)))


def own_form(schema: Schema) -> ColumnMap:
    """Return the map of a register's own table: the header that it is exported with."""
    return ColumnMap(
        name=f"{schema.register}:own",
        title=f"the register's own table: {schema.title}",
        schema=schema,
        seen="this software",
        columns=tuple(
            ColumnRule((name,), "read", (name,), "exact", optional=name in EVIDENCE) for name in schema.header
        ),
        constants={},
        keys={},
        only={},
        ignore={},
        status="press",
    )


def _composed(raw: bytes, name: str) -> Any:  # noqa: ANN401 - YAML
    import yaml  # noqa: PLC0415 - only maps need it

    try:
        node = yaml.compose(raw, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise SourceError(f"not YAML: {' '.join(str(error).split())}", where=name) from error
    if node is None:
        raise SourceError("the map is empty", where=name)
    return _plain(node, name, set())


def _plain(node: Node, name: str, seen: set[int]) -> Any:  # noqa: ANN401 - YAML
    """Return nodes as dictionaries, lists and text; a repeated key or an alias is refused with its line."""
    from yaml.nodes import MappingNode, SequenceNode  # noqa: PLC0415 - as above

    where = f"{name} line {node.start_mark.line + 1}"
    if id(node) in seen:
        raise SourceError("an alias is not allowed here", where=where, todo="write the value out")
    seen.add(id(node))
    if isinstance(node, MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            text = str(key.value)
            if text in found:
                raise SourceError(f"{text!r} stands twice", where=f"{name} line {key.start_mark.line + 1}")
            found[text] = _plain(value, name, seen)
        return found
    if isinstance(node, SequenceNode):
        return [_plain(item, name, seen) for item in node.value]
    return str(node.value)


class _Reader:
    """Checks one map; every error names the file and the key."""

    def __init__(self, name: str) -> None:
        self._name = name

    def map(self, top: Any) -> ColumnMap:  # noqa: ANN401 - YAML
        top = self._mapping(top, "the map", _TOP)
        for needed in ("name", "register", "title", "seen", "columns", "status", "publisher"):
            if not top.get(needed):
                self._fail(f"{needed} is missing")
        schema = schema_of(top["register"])
        rows = self._mapping(top.get("rows", {}), "rows", frozenset({"only", "ignore", "skip"}))
        valid = self._mapping(top.get("valid", {}), "valid", frozenset({"from", "to"}))
        columns = tuple(self._column(item) for item in self._list(top["columns"], "columns"))
        made = ColumnMap(
            name=top["name"],
            title=top["title"],
            schema=schema,
            seen=top["seen"],
            columns=columns,
            sheet=self._pattern(top["sheet"]) if top.get("sheet") else None,
            header_rows=int(top.get("header_rows", "1")),
            constants=self._mapping(top.get("constants", {}), "constants"),
            above=tuple(self._above(item) for item in self._list(top.get("above", []), "above")),
            keys={name: self._texts(value) for name, value in self._mapping(top.get("keys", {}), "keys").items()},
            only={name: self._texts(value) for name, value in self._mapping(rows.get("only", {}), "only").items()},
            ignore={
                name: self._texts(value) for name, value in self._mapping(rows.get("ignore", {}), "ignore").items()
            },
            skip=tuple(self._pattern(item) for item in self._list(rows.get("skip", []), "skip")),
            section=top.get("section", ""),
            fill_down=self._texts(top.get("fill_down", [])),
            continued=top.get("continued", ""),
            valid_from=valid.get("from", ""),
            valid_to=valid.get("to", ""),
            known_at=top.get("known_at", ""),
            status=status_of(top["status"], self._name),
            publisher=top["publisher"],
            bounds=self._bounds(self._mapping(top.get("bounds", {}), "bounds", frozenset({"rows", "columns"}))),
            partial=self._flag(top, "partial"),
        )
        self._check_targets(made)
        return made

    def _column(self, item: Any) -> ColumnRule:  # noqa: ANN401 - YAML
        found = self._mapping(item, "a column", _COLUMN)
        labels = self._texts(found.get("label", []))
        if not labels:
            self._fail("a column has no label")
        fates = [fate for fate in ("to", "ignored", "refused") if found.get(fate)]
        if len(fates) != 1:
            self._fail(f"column {labels[0]!r} must have one of to, ignored and refused")
        read = found.get("read", "text")
        if read not in CONVERSIONS:
            self._fail(f"column {labels[0]!r}: {read!r} is none of {', '.join(sorted(CONVERSIONS))}")
        return ColumnRule(
            labels=labels,
            fate="read" if fates == ["to"] else "ignored" if fates == ["ignored"] else "refused",
            to=self._texts(found.get("to", [])),
            read=read,
            words=self._mapping(found["words"], "words") if "words" in found else None,
            times=self._number(found.get("times", "1")),
            order=found.get("order", ""),
            required=self._flag(found, "required"),
            optional=self._flag(found, "optional"),
            reason=found.get("ignored") or found.get("refused") or "",
        )

    def _check_targets(self, made: ColumnMap) -> None:
        known = {column.name for column in made.schema.columns} | set(EVIDENCE)
        targets = [target for rule in made.columns for target in rule.to]
        targets += [*made.constants, *(above.to for above in made.above), *made.keys]
        targets += filter(None, (made.section, made.known_at, made.valid_from, made.valid_to))
        for target in targets:
            if target not in known and not target.startswith(_HIDDEN):
                self._fail(f"the register {made.schema.register} has no column {target!r}")
        written = [target for rule in made.columns for target in rule.to]
        for target in written:
            if written.count(target) > 1:
                self._fail(f"two columns are read into {target!r}")

    def _above(self, item: Any) -> Above:  # noqa: ANN401 - YAML
        found = self._mapping(item, "above", frozenset({"to", "pattern", "order"}))
        return Above(found["to"], self._pattern(found["pattern"]), found.get("order", ""))

    def _bounds(self, found: Mapping[str, Any]) -> Bounds:
        rows = self._texts(found["rows"]) if "rows" in found else ()
        columns = {
            name: (self._number(self._texts(pair)[0]), self._number(self._texts(pair)[1]))
            for name, pair in self._mapping(found.get("columns", {}), "bounds").items()
        }
        return Bounds((int(rows[0]), int(rows[1])) if rows else None, columns)

    def _mapping(self, value: Any, what: str, allowed: frozenset[str] | None = None) -> dict[str, Any]:  # noqa: ANN401
        if not isinstance(value, dict):
            self._fail(f"{what} must be a mapping")
        if allowed is not None and (unknown := [key for key in value if key not in allowed]):
            self._fail(f"{what}: unknown key {unknown[0]!r}")
        return dict(value)

    def _list(self, value: Any, what: str) -> list[Any]:  # noqa: ANN401 - YAML
        if not isinstance(value, list):
            self._fail(f"{what} must be a list")
        return list(value)

    def _texts(self, value: Any) -> tuple[str, ...]:  # noqa: ANN401 - YAML
        return (value,) if isinstance(value, str) else tuple(str(item) for item in self._list(value, "this"))

    def _flag(self, found: Mapping[str, Any], key: str) -> bool:
        value = found.get(key, "false")
        if value not in ("true", "false"):
            self._fail(f"{key} must be true or false")
        return bool(value == "true")

    def _number(self, text: str) -> Decimal:
        try:
            return Decimal(text)
        except InvalidOperation:
            self._fail(f"{text!r} is not a number")
        raise AssertionError

    def _pattern(self, text: str) -> re.Pattern[str]:
        try:
            return re.compile(text)
        except re.error as error:
            self._fail(f"{text!r} is not a pattern ({error})")
        raise AssertionError

    def _fail(self, what: str) -> None:
        raise SourceError(what, where=self._name, todo="correct the map")
