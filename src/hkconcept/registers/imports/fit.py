"""Finding the table that a map describes in a file: the sheet, the header row by its labels, and every column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hkconcept.errors import SourceError
from hkconcept.readers.grid import GridRow, Table, column_letters
from hkconcept.registers.imports.columnmap import ColumnMap, ColumnRule

__all__ = ["Fit", "fit", "label_of", "lacking"]

_SEARCHED = 40
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Fit:
    """A table that a map fits: the rows above the header, the header, the rows below, the rule of each column."""

    map: ColumnMap
    table: Table
    above: tuple[GridRow, ...]
    header: GridRow
    body: tuple[GridRow, ...]
    rules: tuple[tuple[int, ColumnRule], ...]


def label_of(text: str) -> str:
    r"""Return a heading in the form in which headings are compared: no blanks, no width, no case.

    >>> label_of("医保 支付\n标准（元）") == label_of("医保支付标准(元)")
    True

    """
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).casefold()


def lacking(column_map: ColumnMap, tables: Sequence[Table]) -> int:
    """Return how many of the labels that a map needs the best row of any visible table lacks."""
    needed = _needed(column_map)
    least = len(needed)
    for table in tables:
        if not table.hidden:
            for at in range(min(_SEARCHED, len(table.rows))):
                held = set(map(label_of, _header(table, at, column_map.header_rows).cells))
                least = min(least, sum(1 for labels in needed if not labels & held))
    return least


def fit(column_map: ColumnMap, tables: Sequence[Table], *, sheet: str = "") -> Fit:
    """Find the one table of a file that a map describes.

    Raises
    ------
    SourceError
        No table, or more than one, has the labels of the map; or a column is not covered by it, stands twice, or is
        refused by it. Sheet, row and column are named.

    """
    where = tables[0].where
    chosen = _named(column_map, tables, sheet, where)
    found = [(table, at) for table in chosen if (at := _header_at(column_map, table)) is not None]
    if not found:
        raise _no_header(column_map, chosen, where)
    if len(found) > 1:
        names = ", ".join(repr(table.name) for table, _ in found)
        what = f"more than one table has the labels of the map {column_map.name}: {names}"
        raise SourceError(what, where=where, todo="name one with --sheet")
    table, at = found[0]
    if table.ignored and any(text.startswith("pages without text") for text in table.ignored):
        raise SourceError(
            f"{table.ignored[0]}: rows on them would be lost", where=where, todo="recognise their text first"
        )
    header = _header(table, at, column_map.header_rows)
    body = table.rows[at + column_map.header_rows :]
    if not body:
        # Some agencies put the header and the rows into two tables of one width.
        following = tables[tables.index(table) + 1 :]
        if following and following[0].width == len(header.cells):
            table, body = following[0], following[0].rows
    rules = _covered(column_map, table, header, body)
    return Fit(column_map, table, table.rows[:at] if body is not table.rows else (), header, body, rules)


def _named(column_map: ColumnMap, tables: Sequence[Table], sheet: str, where: str) -> list[Table]:
    names = ", ".join(repr(table.name) for table in tables if table.name) or "one table without a name"
    if sheet:
        chosen = [table for table in tables if table.name == sheet]
        if not chosen:
            raise SourceError(f"there is no sheet {sheet!r}", where=where, todo=f"choose one of {names}")
        return chosen
    visible = [table for table in tables if not table.hidden]
    if column_map.sheet is not None and visible and visible[0].kind == "xlsx":
        pattern = column_map.sheet
        chosen = [table for table in visible if pattern.search(table.name)]
        if not chosen:
            what = f"no sheet is called like {pattern.pattern!r}, as the map {column_map.name} expects"
            raise SourceError(what, where=where, todo=f"name the right one of {names} with --sheet")
        return chosen
    return visible or list(tables)


def _header(table: Table, at: int, rows: int) -> GridRow:
    if rows == 1:
        return table.rows[at]
    parts = table.rows[at : at + rows]
    width = max(len(row.cells) for row in parts)
    cells = tuple("/".join(dict.fromkeys(filter(None, (row.cell(column) for row in parts)))) for column in range(width))
    return replace(table.rows[at], cells=cells)


def _needed(column_map: ColumnMap) -> list[frozenset[str]]:
    return [
        frozenset(map(label_of, rule.labels))
        for rule in column_map.columns
        if rule.fate == "read" and not rule.optional
    ]


def _header_at(column_map: ColumnMap, table: Table) -> int | None:
    needed = _needed(column_map)
    for at in range(min(_SEARCHED, len(table.rows))):
        held = set(map(label_of, _header(table, at, column_map.header_rows).cells))
        if all(labels & held for labels in needed):
            return at
    return None


def _no_header(column_map: ColumnMap, tables: Sequence[Table], where: str) -> SourceError:
    """Tell which row comes nearest to the header, and which labels it lacks."""
    needed = [rule for rule in column_map.columns if rule.fate == "read" and not rule.optional]
    best: tuple[int, Table, GridRow, list[str]] | None = None
    for table in tables:
        for at in range(min(_SEARCHED, len(table.rows))):
            header = _header(table, at, column_map.header_rows)
            held = set(map(label_of, header.cells))
            lacking = [rule.labels[0] for rule in needed if not held & set(map(label_of, rule.labels))]
            if best is None or len(lacking) < len(best[3]):
                best = len(lacking), table, header, lacking
    if best is not None and len(best[3]) < len(needed):
        _, table, header, lacking = best
        what = f"the header lacks {', '.join(map(repr, lacking))}, which the map {column_map.name} needs"
        raise SourceError(what, where=table.place(header), todo="give the file as it was published, or another --map")
    labels = ", ".join(repr(rule.labels[0]) for rule in needed[:4])
    what = f"no row within the first {_SEARCHED} has the labels of the map {column_map.name} ({labels}...)"
    sheets = ", ".join(repr(table.name) for table in tables if table.name)
    place = f"{where}, sheet {sheets}" if sheets and tables[0].kind == "xlsx" else where
    return SourceError(what, where=place, todo="is it the right sheet? name it with --sheet, or give another --map")


def _covered(
    column_map: ColumnMap, table: Table, header: GridRow, body: Sequence[GridRow]
) -> tuple[tuple[int, ColumnRule], ...]:
    by_label = {label_of(label): rule for rule in column_map.columns for label in rule.labels}
    rules: list[tuple[int, ColumnRule]] = []
    taken: dict[int, int] = {}
    spanning: ColumnRule | None = None
    for column in range(max(table.width, len(header.cells))):
        text = header.cell(column)
        place = table.place(header, column)
        if spanning is not None and (not text or by_label.get(label_of(text)) is spanning):
            continue  # one heading over several columns, none of which is read
        if not text:
            if stray := next((row for row in body if row.cell(column)), None):
                what = "the column has no heading but holds text"
                raise SourceError(what, where=table.place(stray, column), todo="give every column its heading")
            continue
        rule = by_label.get(label_of(text))
        if rule is None:
            what = f"the column {text!r} is not covered by the map {column_map.name}"
            raise SourceError(what, where=place, todo="add it to a map of your own: read, ignored or refused")
        if rule.fate == "refused":
            raise SourceError(f"the column {text!r} is refused: {rule.reason}", where=place, todo="delete the column")
        if id(rule) in taken:
            what = f"the column {text!r} stands twice, also in column {column_letters(taken[id(rule)])}"
            raise SourceError(what, where=place, todo="delete one of them")
        taken[id(rule)] = column
        spanning = rule if rule.spans else None
        rules.append((column, rule))
    return tuple(rules)
