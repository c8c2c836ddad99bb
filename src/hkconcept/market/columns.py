"""What the columns of a price table mean, by the headings that data vendors print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["VOLUME_SCALES", "column_of", "volume_scale"]

_HEADINGS: Final = {
    "session": (
        "date",
        "日期",
        "交易日期",
        "交易时间",
        "交易日",
        "time_key",
        "time",
        "datetime",
        "trade_date",
        "tradedate",
    ),
    "code": (
        "code",
        "代码",
        "证券代码",
        "股票代码",
        "symbol",
        "ticker",
        "ts_code",
        "windcode",
        "stock code",
        "股份代號",
    ),
    "open": ("open", "开盘价", "开盘", "開市價"),
    "high": ("high", "最高价", "最高"),
    "low": ("low", "最低价", "最低"),
    "close": ("close", "收盘价", "收盘", "收市价", "收市價", "close price"),
    "adjusted": ("adj close", "adj_close", "adjclose", "复权收盘价", "收盘价(后复权)", "收盘价(前复权)"),
    "volume": ("volume", "成交量", "vol", "成交股数"),
    "known_at": ("known_at", "known at"),
}
_UNIT = re.compile(r"[\s_]*[(（\[【]([^)）\]】]*)[)）\]】]\s*$")

VOLUME_SCALES: Final = {"": 1.0, "股": 1.0, "shares": 1.0, "千股": 1e3, "万股": 1e4, "百万股": 1e6, "亿股": 1e8}
"""Shares per unit printed beside the heading of a volume. Lots (手) are not here: their size differs by security."""


def column_of(meaning: str, headings: Sequence[str]) -> int | None:
    """Return the position of the column with a meaning, or ``None``; a unit in brackets does not matter.

    >>> column_of("close", ["日期", "收盘价(元)"]), column_of("adjusted", ["Date", "Close", "Adj Close"])
    (1, 2)

    """
    words = _HEADINGS[meaning]
    plain = [heading.strip().lower() for heading in headings]
    for heading in (plain, [_UNIT.sub("", text) for text in plain]):
        for word in words:
            if word in heading:
                return heading.index(word)
    return None


def volume_scale(heading: str) -> float | None:
    """Return the shares per unit of a volume column, or ``None`` when they are not known.

    >>> volume_scale("成交量(万股)"), volume_scale("Volume"), volume_scale("成交量(手)")
    (10000.0, 1.0, None)

    """
    unit = _UNIT.search(heading.strip().lower())
    return VOLUME_SCALES.get(unit.group(1) if unit else "")
