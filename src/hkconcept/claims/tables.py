"""Tables: totals of rows and columns, in Markdown with bars, or with tabs between the cells.

Only lines labelled as a total are recomputed, and only where cells can be added: columns of rates, prices
and averages are left out, and so is a column with a cell that is no number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Final

from hkconcept.claims.findings import Finding
from hkconcept.claims.recomputed import Recomputed
from hkconcept.model import Span, Verdict
from hkconcept.text.fold import fold
from hkconcept.text.lazily import lazily

__all__ = ["check_tables"]

_TOTAL: Final = lazily(r"(?:总计|合计|共计|总数|总和|合共|grand total|total|totals|sum)[:：]?")
_SUBTOTAL: Final = lazily(r"(?:小计|subtotal|sub-total)[:：]?")
_PART_OF: Final = lazily(r"^\s*(?:其中|当中|[-–—·]\s|of which|including|thereof)")
_NOT_ADDED: Final = lazily(
    r"率|均|价|%|百分|比|增长|增速|同比|环比|排名|年份|日期|序号|编号|代码|每股|average|avg|mean|price|margin|rate|"
    r"change|growth|share of|ratio|rank|\byear\b|date|no\.|code|per "
)
_NUMBER: Final = lazily(
    r"^(?P<open>\()?(?:人民币|hk\$|us\$|rmb|\$|¥|€|£)?\s?(?P<sign>[-−])?\s?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s?(?:万元|亿元|百万元|千元|元|万|亿|百万|个|家|项|款|种|笔|例|人|股|台|件|m|bn|million|billion)?\s?\)?$"
)
_NOTHING: Final = frozenset({"-", "–", "—", "−", "nil", "n/a", "无"})
_RULER: Final = lazily(r"^[\s|:+=-]+$")
_FEWEST_ROWS: Final = 2
_MOST_ROWS: Final = 500
_MOST_COLUMNS: Final = 40
_NEXT_TABLE: Final = 400  # characters between two pages of one table: page numbers, a repeated heading


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    span: Span
    value: Decimal | None
    step: Decimal


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows below a header; ``continued`` when a table of as many columns and no total ends just above."""

    header: tuple[str, ...]
    rows: tuple[tuple[_Cell, ...], ...]
    continued: bool = False


def check_tables(text: str) -> Iterator[Recomputed]:
    """Yield the total of every column and row that a table labels as a total."""
    if "|" not in text and "\t" not in text:
        return
    for table in _tables(text):
        for found in _columns(table):
            # The rows above the break belong to the total: what is missing here proves nothing.
            if not (table.continued and found.finding.verdict is Verdict.INCONSISTENT):
                yield found
        yield from _across(table)


def _tables(text: str) -> Iterator[_Table]:
    """Yield runs of lines with the same number of cells."""
    rows: list[tuple[_Cell, ...]] = []
    open_columns, open_end = 0, -_NEXT_TABLE  # of a table that ended without a total
    at = 0
    for line in [*fold(text).split("\n"), ""]:
        cells = _cells(line, at)
        ended = not cells and not (line.strip() and _RULER.match(line))
        if rows and (ended or (cells and len(cells) != len(rows[0]))):
            start, end = rows[0][0].span.start, rows[-1][-1].span.end
            continued = open_columns > 0 and start - open_end < _NEXT_TABLE
            yield from _table(rows, continued=continued)
            totalled = any(_TOTAL.fullmatch(row[0].text) for row in rows)
            open_columns, open_end = (0 if totalled else len(rows[0])), end
            rows = []
        if cells:
            rows.append(cells)
        at += len(line) + 1


def _cells(line: str, at: int) -> tuple[_Cell, ...]:
    mark = "|" if line.count("|") >= 2 else "\t" if "\t" in line else ""
    if not mark or len(line) > 4_000 or _RULER.match(line):
        return ()
    if line.count(mark) > _MOST_COLUMNS + 1:
        return ()
    pieces = line.split(mark)
    starts = list(accumulate((len(piece) + 1 for piece in pieces[:-1]), initial=at))
    both = list(zip(pieces, starts, strict=True))
    if mark == "|" and line.lstrip().startswith("|"):
        both = both[1:]
    if mark == "|" and line.rstrip().endswith("|"):
        both = both[:-1]
    if not 2 <= len(both) <= _MOST_COLUMNS:
        return ()
    return tuple(_cell(piece, start) for piece, start in both)


def _cell(piece: str, start: int) -> _Cell:
    words = piece.strip().strip("*_ ")
    left = start + (piece.find(words) if words else 0)
    span = Span(left, left + len(words))
    if words in _NOTHING:
        return _Cell(words, span, Decimal(0), Decimal(1))
    found = _NUMBER.match(words)
    if not found:
        return _Cell(words, span, None, Decimal(1))
    digits = found["digits"].replace(",", "")
    value = Decimal(digits)
    places = len(digits.partition(".")[2])
    if found["sign"] or (found["open"] and words.endswith(")")):
        value = -value
    return _Cell(words, span, value, Decimal(1).scaleb(-places))


def _table(rows: list[tuple[_Cell, ...]], *, continued: bool) -> Iterator[_Table]:
    if not _FEWEST_ROWS < len(rows) <= _MOST_ROWS:
        return
    head = 0
    while head < len(rows) and sum(cell.value is not None for cell in rows[head][1:]) == 0:
        head += 1
    # A row of years heads columns, too.
    if head == 0 and all(cell.value is None or 1990 <= cell.value <= 2100 for cell in rows[0][1:]):
        head = 1
    header = tuple(" ".join(row[column].text for row in rows[:head]) for column in range(len(rows[0])))
    yield _Table(header, tuple(rows[head:]), continued)


def _columns(table: _Table) -> Iterator[Recomputed]:
    labels = [row[0].text for row in table.rows]
    totals = [at for at, label in enumerate(labels) if _TOTAL.fullmatch(label)]
    if len(totals) != 1:
        return
    total = totals[0]
    body = range(total) if total else range(1, len(labels))
    if len(body) < _FEWEST_ROWS or any(_SUBTOTAL.fullmatch(labels[at]) for at in body):
        return
    whole = [at for at in body if not _PART_OF.match(labels[at])]
    if len(whole) < _FEWEST_ROWS or any(_NOT_ADDED.search(labels[at]) for at in whole):
        return
    for column in range(1, len(table.header)):
        if _NOT_ADDED.search(table.header[column]):
            continue
        yield from _sum([table.rows[at][column] for at in whole], table.rows[total][column])


def _across(table: _Table) -> Iterator[Recomputed]:
    wholes = [column for column, name in enumerate(table.header) if _TOTAL.fullmatch(name.strip())]
    if len(wholes) != 1:
        return
    total = wholes[0]
    parts = [column for column in range(1, len(table.header)) if column != total]
    if len(parts) < _FEWEST_ROWS or any(_NOT_ADDED.search(table.header[column]) for column in parts):
        return
    # Columns after a total in the middle belong to something else.
    if total not in {1, len(table.header) - 1}:
        return
    for row in table.rows:
        if not _NOT_ADDED.search(row[0].text):
            yield from _sum([row[column] for column in parts], row[total])


def _sum(parts: Sequence[_Cell], whole: _Cell) -> Iterator[Recomputed]:
    if whole.value is None or any(part.value is None for part in parts):
        return
    values = [part.value for part in parts if part.value is not None]
    if not any(values) or "%" in whole.text:
        return
    computed = sum(values, Decimal(0))
    printed = [part.step for part in parts if part.text not in _NOTHING]
    coarse = max([whole.step, *printed])
    # Whole numbers are counts unless some cell prints decimals: counts add up exactly.
    rounded = coarse < 1 or any(step < 1 for step in printed)
    tolerance = (coarse * (len(printed) + 1) / 2) if rounded or computed > 1_000 else Decimal(0)
    shown = " + ".join(part.text for part in parts if part.value) if len(parts) <= 12 else f"sum of {len(parts)} cells"
    gap = abs(computed - whole.value)
    start, end = min(cell.span.start for cell in (*parts, whole)), max(cell.span.end for cell in (*parts, whole))
    span = Span(start, end)
    if gap <= tolerance:
        sign = "=" if not gap else "≈"
        finding = Finding(
            Verdict.CONSISTENT,
            f"{shown} {sign} {whole.text}",
            "the cells add up to the total",
            "各单元格相加等于总数",
            computed,
            tolerance,
        )
    else:
        total = f"{computed:,f}"
        finding = Finding(
            Verdict.INCONSISTENT,
            f"{shown} = {total} ≠ {whole.text}",
            f"the cells add up to {total}, not {whole.text}",
            f"各单元格之和为{total}，而非{whole.text}",
            computed,
            tolerance,
            f"{whole.text} → {total}",
        )
    yield Recomputed("table", (), None, finding, span)
