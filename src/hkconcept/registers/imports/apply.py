"""From a table that a map fits to typed rows of a register, with a finding for everything that is wrong."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from hkconcept.model import Moment, PartialDate
from hkconcept.readers.grid import GridRow
from hkconcept.registers.cells import parse_row
from hkconcept.registers.imports.conversions import CONVERSIONS, MISSING, Cell, read_day
from hkconcept.registers.imports.data_rows import data_rows
from hkconcept.registers.imports.fit import Fit
from hkconcept.registers.imports.templates import as_text, filled
from hkconcept.registers.schema import Evidence, Finding, Row

__all__ = ["Imported", "published_above", "read_by_map"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a table gave.

    Parameters
    ----------
    rows
        Typed rows, each with its place in the file.
    findings
        Everything wrong; nothing may be recorded while there is one.
    left_out
        By reason: number of rows of the file that were not read.
    read
        Number of rows of the file that were.
    columns
        The columns of the register that the file states.
    ignored
        Labels of the columns that were ignored, with the reason.

    """

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    left_out: Mapping[str, int]
    read: int
    columns: frozenset[str]
    ignored: tuple[tuple[str, str], ...]


def read_by_map(
    fitted: Fit,
    *,
    published: Moment | None,
    source: str,
    given: Mapping[str, str] | None = None,
    held: Mapping[str, Row] | None = None,
) -> Imported:
    """Read the rows of a table.

    Parameters
    ----------
    fitted
        The table and the map.
    published
        When the file was published: from then on its rows could be known. May be ``None`` when the map takes the
        moment from a column, or from above the header.
    source
        Where the file is from, for the evidence of each row.
    given
        Values for every row that the user gives, by column; they come before the map's own.
    held
        Rows that the register holds, by subject: for maps whose rows may only add to them.

    """
    return _Reader(fitted, published, source, given or {}, held or {}).read()


def published_above(fitted: Fit) -> Moment | None:
    """Return the day of publication that is printed above the header, where the map looks for one."""
    day = _above(fitted).get("_published")
    return Moment.of_day(day) if isinstance(day, dt.date) else None


def _above(fitted: Fit) -> dict[str, object]:
    """Return the values printed above the header, in the name of the sheet, or in that of the file."""
    table = fitted.table
    text = "\n".join([*("\t".join(row.cells) for row in fitted.above), table.name, table.where])
    found: dict[str, object] = {}
    for above in fitted.map.above:
        if match := above.pattern.search(text):
            found[above.to] = read_day(match.group(1), order=above.order) if above.to[0] == "_" else match.group(1)
    return found


class _Reader:
    def __init__(
        self, fitted: Fit, published: Moment | None, source: str, given: Mapping[str, str], held: Mapping[str, Row]
    ) -> None:
        self.fit = fitted
        self.map = fitted.map
        self.schema = fitted.map.schema
        self.source = source
        self.held = held
        self.findings: list[Finding] = []
        self.left_out: Counter[str] = Counter()
        self.column_of = {target: column for column, rule in fitted.rules for target in rule.to}
        self.row_at: dict[str, GridRow] = {}
        self.constants: dict[str, object] = {**_above(fitted), **self.map.constants, **given}
        self.published = published or published_above(fitted)

    def read(self) -> Imported:
        rows: list[Row] = []
        read = 0
        for grid_row, cells, heading in data_rows(self.fit, self.left_out):
            if heading:
                self.constants[self.map.section] = heading
            before = len(self.findings)
            alternatives = self._converted(grid_row, cells)
            if len(self.findings) > before or not self._wanted(grid_row, alternatives[0]):
                continue
            read += 1
            for alternative in alternatives:
                row = self._typed(grid_row, alternative)
                if row is not None:
                    rows.append(row)
        self._check(rows, read)
        return Imported(
            rows=tuple(rows),
            findings=tuple(self.findings),
            left_out=dict(self.left_out),
            read=read,
            columns=frozenset(name for row in rows for name in row.values),
            ignored=tuple((rule.labels[0], rule.reason) for _, rule in self.fit.rules if rule.fate == "ignored"),
        )

    # ---- which rows

    def _wanted(self, row: GridRow, values: Mapping[str, object]) -> bool:
        for name, wanted in self.map.only.items():
            text = as_text(values.get(name))
            if text in wanted:
                continue
            if text in self.map.ignore.get(name, ()):
                self.left_out[f"{name.lstrip('_')} is {text or 'empty'}"] += 1
                return False
            self._fault(row, name, f"{text!r} is neither read nor ignored by the map {self.map.name}")
            return False
        for name, ignored in self.map.ignore.items():
            if name not in self.map.only and (text := as_text(values.get(name))) in ignored:
                self.left_out[f"{name.lstrip('_')} is {text or 'empty'}"] += 1
                return False
        return True

    # ---- cells

    def _converted(self, row: GridRow, cells: Mapping[int, str]) -> list[dict[str, object]]:
        alternatives: list[dict[str, object]] = [dict(self.constants)]
        for column, rule in self.fit.rules:
            if rule.fate != "read":
                continue
            text = cells.get(column, "")
            if column in row.formulas:
                self._at(row, column, "the cell holds a formula or an error; save the sheet with values only")
                continue
            if text in MISSING and not (rule.words and text in rule.words):
                if rule.required:
                    self._at(row, column, f"a value is required, not {text!r}" if text else "a value is required")
                continue
            cell = Cell(
                text,
                column in row.numeric,
                rule.to,
                self.schema.column(rule.to[0]),
                rule.words,
                rule.times,
                rule.order,
            )
            try:
                found = CONVERSIONS[rule.read](cell)
            except ValueError as error:
                self._at(row, column, str(error))
                continue
            alternatives = [{**made, **one} for made in alternatives for one in found or [{}]]
        return alternatives

    def _typed(self, row: GridRow, values: dict[str, object]) -> Row | None:
        self._derive(values)
        for name, templates in self.map.keys.items():
            made = next((text for text in (filled(template, values) for template in templates) if text), "")
            if made:
                values[name] = made
        evidence = self._evidence(values)
        shown = {name: value for name, value in values.items() if not name.startswith("_") and value != ""}
        where = self.fit.table.place(row)
        self.row_at[where] = row
        typed, faults = parse_row(self.schema, shown, where=where, evidence=evidence)
        self.findings += (self._placed(fault) for fault in faults)
        return self._lasting(typed) if typed is not None else None

    def _lasting(self, row: Row) -> Row:
        """Set the days on which a row holds: the last one named is included in the file, and excluded in a row."""
        first = _last_day(row[self.map.valid_from]) if self.map.valid_from else row.valid_from
        last = _last_day(row[self.map.valid_to]) if self.map.valid_to else None
        return replace(row, valid_from=first, valid_to=last + dt.timedelta(days=1) if last else row.valid_to)

    def _derive(self, values: dict[str, object]) -> None:
        """Tell a first approval from a new indication: a drug approved again keeps the number of its first year."""
        year, approved = values.get("_approval_year"), values.get("approved")
        if year and "event" not in values and isinstance(approved, PartialDate):
            values["event"] = "first approval" if int(str(year)) >= approved.year else "new indication"

    def _evidence(self, values: Mapping[str, object]) -> Evidence | None:
        known = self.published
        basis = ""
        if self.map.known_at:
            value = values.get(self.map.known_at)
            last = _last_day(value)
            if last is not None:
                full = isinstance(value, dt.date) or (isinstance(value, PartialDate) and value.day is not None)
                known = Moment(Moment.of_day(last).at, "day", zone_assumed=True)
                basis = (
                    f"the day of {self.map.known_at}"
                    if full
                    else f"the end of {value}, which {self.map.known_at} names"
                )
        if known is None:
            return None
        return Evidence(
            known_at=known,
            source=self.source,
            status=self.map.status,
            known_at_basis=basis,
        )

    # ---- findings

    def _check(self, rows: list[Row], read: int) -> None:
        merged = [self._merged(row) for row in rows]
        unread = {(one.where, one.column) for one in self.findings}
        for finding in self.schema.findings(merged):
            placed = self._placed(finding)
            if (placed.where, placed.column) not in unread:
                self.findings.append(placed)
        bounds = self.map.bounds
        if bounds.rows is not None and not bounds.rows[0] <= read <= bounds.rows[1]:
            low, high = bounds.rows
            what = f"{read:,} rows were read, and the map {self.map.name} expects {low:,} to {high:,}"
            self.findings.append(Finding(self.fit.table.place(), "", "", what))
        faulty = {(one.where, one.column) for one in self.findings}
        for name, (low_value, high_value) in (bounds.columns or {}).items():
            for row in rows:
                value = row[name]
                if isinstance(value, (int, Decimal)) and not low_value <= value <= high_value:
                    what = f"{value} is outside {low_value} to {high_value}, which the map {self.map.name} expects"
                    placed = self._placed(Finding(row.where, self.schema.subject(row), name, what))
                    if (placed.where, placed.column) not in faulty:
                        self.findings.append(placed)

    def _merged(self, row: Row) -> Row:
        held = self.held.get(self.schema.subject(row)) if self.map.partial else None
        return replace(row, values={**held.values, **row.values}) if held is not None else row

    def _fault(self, row: GridRow, column: str, message: str) -> None:
        where = self.fit.table.place(row)
        self.row_at[where] = row
        self.findings.append(self._placed(Finding(where, "", column, message)))

    def _at(self, row: GridRow, column: int, message: str) -> None:
        label = self.fit.header.cell(column).replace("\n", " ")
        self.findings.append(Finding(self.fit.table.place(row, column), "", label, message))

    def _placed(self, finding: Finding) -> Finding:
        """Say where in the file the column of a finding stands, in the file's own words."""
        column = self.column_of.get(finding.column)
        row = self.row_at.get(finding.where)
        if column is None or row is None:
            return finding
        label = self.fit.header.cell(column).replace("\n", " ")
        return Finding(self.fit.table.place(row, column), finding.row, label, finding.message)


def _last_day(value: object) -> dt.date | None:
    return value.last_day if isinstance(value, PartialDate) else value if isinstance(value, dt.date) else None
