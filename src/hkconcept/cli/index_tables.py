"""The answers of ``hkconcept index`` as tables on a terminal. Whatever comes from a source is printed literally."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from hkconcept.cli.terminal import console_of_width
from hkconcept.note import i18n
from hkconcept.service.indices import Index

__all__ = ["show"]

Row = dict[str, Any]
_Column = tuple[str, Callable[[Row], object]]


def show(action: str, rows: Sequence[Row], index: Index) -> None:
    """Print the rows of one answer, and under them what they rest on."""
    console = console_of_width(170)
    rules = index.latest.methodology
    console.print(Text(i18n.printable(f"{rules.index}: {rules.name_en} · {rules.name_zh}"), style="bold"))
    columns = _COLUMNS[action]
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name, _ in columns:
        table.add_column(name, justify="left" if name in _TEXTS else "right")
    for row in rows:
        table.add_row(*(Text(i18n.printable(str(cell(row)))) for _, cell in columns))
    console.print(table)
    for remark in index.remarks:
        console.print(i18n.printable(remark), soft_wrap=True)


def _given(name: str) -> Callable[[Row], object]:
    return lambda row: "n/a" if row[name] is None else row[name]


def _figure(name: str, shown: str) -> Callable[[Row], object]:
    return lambda row: format(row[name], shown)


_TEXTS = {"session", "code", "role", "kind", "reason", "what"}
_COLUMNS: dict[str, tuple[_Column, ...]] = {
    "levels": (
        ("session", _given("session")),
        ("price", _given("price")),
        ("total", _given("total")),
        ("value", _figure("value", ",.2f")),
        ("divisor", _figure("divisor", ".10g")),
        ("members", _given("constituents")),
        ("carried", _given("carried")),
    ),
    "weights": (
        ("code", _given("code")),
        ("role", _given("role")),
        ("weight %", lambda row: f"{100 * row['weight']:.3f}"),
        ("price", _figure("price", ".6g")),
        ("units", _figure("units", ",.4f")),
        ("carried", lambda row: "carried" if row["carried"] else ""),
    ),
    "divisors": (
        ("session", _given("session")),
        ("kind", _given("kind")),
        ("code", _given("code")),
        ("value before", _figure("value_before", ",.2f")),
        ("value after", _figure("value_after", ",.2f")),
        ("divisor", _figure("divisor_after", ".12g")),
        ("total divisor", _figure("total_divisor_after", ".12g")),
        ("late", lambda row: f"due {row['due']}" if row["late"] else ""),
        ("reason", _given("reason")),
    ),
    "attribution": (
        ("what", lambda row: row["role"] if row["type"] == "role" else row["code"]),
        ("role", _given("role")),
        ("points", _figure("points", "+.2f")),
        ("percent", _figure("percent", "+.3f")),
    ),
}
