"""The audit trail of an index as a workbook: rules, levels, baskets, divisor log, facts, and prices with their sources.

Codes are texts, figures are numbers, nothing is a formula: what a source wrote cannot run in a spreadsheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hkconcept.errors import SourceError
from hkconcept.index.divisors import EXPLAINED
from hkconcept.index.facts import Facts
from hkconcept.market.segments import Flag
from hkconcept.model import Moment

if TYPE_CHECKING:
    from hkconcept.index.calculation import Calculation

__all__ = ["write_workbook"]

_WIDEST: Final = 40
_OPTIONS: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
    "constant_memory": False,
}
_ROWS: Final = 1_000_000


def write_workbook(path: str | Path, calculations: Sequence[Calculation], facts: Facts) -> None:
    """Write the workbook; every level in it can be computed again from its other sheets.

    Raises
    ------
    SourceError
        The file cannot be written, or a sheet would have more rows than a workbook holds.

    """
    import xlsxwriter  # noqa: PLC0415 - only a workbook needs it

    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    sheets: list[tuple[str, Sequence[str], Iterable[Sequence[object]]]] = [
        ("Rules", ("entry", "value"), _rules(calculations)),
        ("Levels", _LEVELS, _levels(calculations)),
        ("Divisors", _LOG, (row for one in calculations for row in _log(one))),
        ("Baskets", _BASKETS, (row for one in calculations for row in _baskets(one))),
        ("Prices", _PRICES, (row for one in calculations for row in _prices(one))),
        *((name, columns, rows) for name, columns, rows in _facts(facts)),
    ]
    bold = book.add_format({"bold": True})
    for name, columns, rows in sheets:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, columns, bold)
        widths = [len(column) for column in columns]
        for number, row in enumerate(rows, start=1):
            if number > _ROWS:
                raise SourceError(
                    f"more than {_ROWS:,} rows in sheet {name}", where=str(path), todo="take a part of it"
                )
            for column, value in enumerate(row):
                _write(sheet, number, column, value)
                widths[column] = max(widths[column], min(_WIDEST, len(str(value))))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width + 1)
    try:
        book.close()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        reason = getattr(error, "strerror", None) or "the folder is missing or closed to us"
        raise SourceError(f"the workbook cannot be written ({reason})", where=str(path)) from error


def _write(sheet: Any, row: int, column: int, value: object) -> None:  # noqa: ANN401 - the library's worksheet
    if isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no")
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, column, float(value)) if np.isfinite(float(value)) else sheet.write_blank(
            row, column, None
        )
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()))
    elif value is not None:
        sheet.write_string(row, column, str(value))


def _rules(calculations: Sequence[Calculation]) -> Iterable[Sequence[object]]:
    rules = calculations[0].methodology
    for one in fields(rules):
        if one.name != "versions":
            yield one.name, getattr(rules, one.name)
    for version in rules.versions:
        for one in fields(version):
            yield f"from {version.valid_from}: {one.name}", str(getattr(version, one.name))
    for calculation in calculations:
        first, last = calculation.sessions[0], calculation.sessions[-1]
        used = ", ".join(str(calculation.panel.segments[n]) for n in _segments(calculation))
        yield f"stretch from {first}", f"to {last}; {used}; levels of different stretches are not linked"
        yield "members without prices", ", ".join(calculation.unpriced) or "none"
    yield "level", "value / divisor, rounded half up to two decimals"
    yield "divisor", "divisor_after = divisor_before × value_after / value_before, in IEEE double precision"
    for kind, told in EXPLAINED.items():
        yield f"kind {kind}", told


def _segments(calculation: Calculation) -> list[int]:
    return [int(n) for n in np.unique(calculation.panel.segment) if n >= 0]


_LEVELS: Final = (
    "session",
    "price",
    "total",
    "value",
    "divisor",
    "total_divisor",
    "constituents",
    "carried",
    "currency",
)


def _levels(calculations: Sequence[Calculation]) -> Iterable[Sequence[object]]:
    for calculation in calculations:
        yield from calculation.levels().select(_LEVELS).iter_rows()


_LOG: Final = (
    *("session", "due", "kind", "code", "units_before", "units_after", "price_before", "price_after"),
    *("value_before", "value_after", "divisor_before", "divisor_after"),
    *("total_divisor_before", "total_divisor_after", "late", "reason"),
)


def _log(calculation: Calculation) -> Iterable[Sequence[object]]:
    for entry in calculation.entries():
        yield tuple(getattr(entry, name) for name in _LOG)


_BASKETS: Final = ("from", "code", "role", "units", "price at the opening", "weight")


def _baskets(calculation: Calculation) -> Iterable[Sequence[object]]:
    for holding in calculation.holdings:
        worth = holding.units * holding.open
        whole = float(worth.sum())
        for i in np.flatnonzero(holding.units).tolist():
            yield (
                calculation.panel.sessions[holding.start],
                calculation.panel.codes[i],
                calculation.roles[i],
                float(holding.units[i]),
                float(holding.open[i]),
                float(worth[i]) / whole,
            )


_PRICES: Final = ("session", "code", "close", "volume", "source", *(str(flag.name).lower() for flag in Flag))


def _prices(calculation: Calculation) -> Iterable[Sequence[object]]:
    held = np.zeros(len(calculation.panel.codes), dtype=np.bool)
    for holding in calculation.holdings:
        held |= holding.units > 0
    panel = calculation.panel
    for i in np.flatnonzero(held).tolist():
        for t in np.flatnonzero(panel.segment[:, i] >= 0).tolist():
            flags = Flag(int(panel.flags[t, i]))
            yield (
                panel.sessions[t],
                panel.codes[i],
                float(panel.close[t, i]),
                float(panel.volume[t, i]),
                str(panel.segments[panel.segment[t, i]]),
                *(bool(flags & flag) for flag in Flag),
            )


def _facts(facts: Facts) -> Iterable[tuple[str, Sequence[str], Iterable[Sequence[object]]]]:
    tables = {
        "Memberships": facts.membership,
        "Actions": facts.actions,
        "Shares": facts.shares,
        "Exposure": facts.exposure,
        "Rates": facts.rates,
    }
    for name, rows in tables.items():
        if not len(rows):
            continue
        if isinstance(rows, Sequence):
            columns = [one.name for one in fields(rows[0])]
            yield name, columns, [[_plain(getattr(row, column)) for column in columns] for row in rows]
        else:
            yield name, rows.columns, rows.iter_rows()


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Moment) else value
