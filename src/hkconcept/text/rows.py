"""Rows of market round-ups whose table layout was lost: buy-backs, most active stocks, southbound holdings.

News agencies print daily tables of Hong Kong stocks as running text: code, short name, then bare numbers
whose unit only the column head gives. The layout is recognised by the number of columns and their
decimal places, together with the words that such a table always carries; rows that do not fit are left
alone, and bare numbers outside a known layout are never figures.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from hkconcept.model import Quantity, Span
from hkconcept.text.lazily import lazily

__all__ = ["Rows", "find_rows"]


class Rows(NamedTuple):
    """The cells found, with the span of every row so that nothing else is read in it."""

    cells: tuple[tuple[Span, Quantity, str], ...]
    spans: tuple[Span, ...]


class _Column(NamedTuple):
    decimals: int
    unit: str
    factor: int
    noun: str


class _Layout(NamedTuple):
    signal: re.Pattern[str]
    columns: tuple[_Column, ...]
    row: re.Pattern[str]


_MYRIAD, _HUNDRED_MILLION = 10**4, 10**8


def _layout(signal: str, columns: tuple[_Column, ...]) -> _Layout:
    cells = []
    for column in columns:
        digits = rf"-?[0-9]{{1,12}}\.[0-9]{{{column.decimals}}}" if column.decimals else r"[0-9]{1,3}"
        cells.append(rf"({digits})(?![0-9.%])")
    # A row may be cut off at the end of a snippet, so later columns are optional from the right.
    body = cells[0] + " " + cells[1]
    tail = ""
    for cell in reversed(cells[2:]):
        tail = rf"(?: {cell}{tail})?"
    market = r"(?: 港股通\([沪深]\))?"
    name = r"(?:(?<![0-9])(?:0[0-9]{4}|8[0-9]{4}|[036][0-9]{5}) )?[^\s0-9,，。；:：%()][^,，。；:：%0-9]{0,23}"
    return _Layout(lazily(signal), columns, lazily(rf"(?<![^\s]){name}?{market} {body}{tail}"))


_LAYOUTS = (
    _layout(
        "回购",
        (
            _Column(2, "shares", _MYRIAD, "回购股数"),
            _Column(2, "HKD", _MYRIAD, "回购金额"),
            _Column(3, "HKD/share", 1, "最高价"),
            _Column(3, "HKD/share", 1, "最低价"),
            _Column(2, "HKD", _MYRIAD, "年内累计回购金额"),
        ),
    ),
    _layout(
        "成交活跃榜|港股通成交活跃",
        (
            _Column(2, "HKD", _HUNDRED_MILLION, "成交金额"),
            _Column(2, "HKD", _HUNDRED_MILLION, "净买入"),
            _Column(0, "count", 1, "上榜次数"),
            _Column(3, "HKD/share", 1, "收盘价"),
            _Column(2, "percent", 1, "涨跌幅"),
        ),
    ),
    _layout(
        "连续净买入",
        (
            _Column(2, "HKD", _HUNDRED_MILLION, "净买入"),
            _Column(0, "trading days", 1, "连续净买入天数"),
            _Column(3, "HKD/share", 1, "收盘价"),
            _Column(2, "percent", 1, "涨跌幅"),
        ),
    ),
    _layout(
        "南向资金",
        (
            _Column(2, "shares", _MYRIAD, "持股量"),
            _Column(2, "percent", 1, "占已发行股份"),
            _Column(3, "HKD/share", 1, "收盘价"),
            _Column(2, "percent", 1, "涨跌幅"),
        ),
    ),
    # The table of margin purchases: code, name, bought on margin, turnover, share of it, change of the price.
    _layout(
        "融资客|融资买入",
        (
            _Column(2, "CNY", _MYRIAD, "融资买入额"),
            _Column(2, "CNY", _MYRIAD, "成交额"),
            _Column(2, "percent", 1, "买入占成交比例"),
            _Column(2, "percent", 1, "涨跌幅"),
        ),
    ),
    _layout(
        r"港股通\([沪深]\)|(?<!杠杆资金)净买入|净卖出|成交活跃股",
        (
            _Column(2, "HKD", _MYRIAD, "成交金额"),
            _Column(2, "HKD", _MYRIAD, "成交净买入"),
            _Column(2, "percent", 1, "日涨跌幅"),
        ),
    ),
)
_ANY_ROW = lazily(r"\.(?<=[0-9]\.)[0-9]{2} -?[0-9]{1,12}[. ]")  # begins with its rarest character
# 回购56.53万股…合计回购107.20: a daily report cut off before the unit, which the same sentence form prints above.
_CUT_TOTAL = lazily(r"(?:合计|累计)回购([0-9]{1,9}\.[0-9]{2})$")
_BOUGHT = lazily(r"回购([0-9]{1,9}(?:\.[0-9]{1,2})?)万股")


def find_rows(key: str) -> Rows:
    """Find the rows of known table layouts in a folded text."""
    if not _ANY_ROW.search(key):
        return _cut_total(key)
    for layout in _LAYOUTS:
        if layout.signal.search(key):
            found = _read(key, layout)
            if found.cells:
                return found
    return Rows((), ())


def _cut_total(key: str) -> Rows:
    """Read the total at the end of a cut report of purchases, where it is no less than the day's purchase."""
    total, bought = _CUT_TOTAL.search(key, max(0, len(key) - 24)), _BOUGHT.search(key)
    if total is None or bought is None or Decimal(total[1]) < Decimal(bought[1]):
        return Rows((), ())
    span = Span(*total.span(1))
    quantity = Quantity(Decimal(total[1]) * _MYRIAD, "shares", step=Decimal(_MYRIAD) / 100)
    return Rows(((span, quantity, "回购股数"),), (span,))


def _read(key: str, layout: _Layout) -> Rows:
    cells: list[tuple[Span, Quantity, str]] = []
    spans: list[Span] = []
    for row in layout.row.finditer(key):
        if row[3] is None and len(layout.columns) > 3:
            continue
        if layout.columns[1].noun == "成交额" and Decimal(row[2]) < Decimal(row[1]):
            continue  # more bought than traded: a table of another kind
        spans.append(Span(*row.span()))
        for at, column in enumerate(layout.columns, start=1):
            printed = row[at]
            if printed is None:
                continue
            step = Decimal(1).scaleb(-column.decimals) * column.factor
            quantity = Quantity(Decimal(printed) * column.factor, column.unit, step=step)
            cells.append((Span(*row.span(at)), quantity, column.noun))
    return Rows(tuple(cells), tuple(spans))
