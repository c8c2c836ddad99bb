"""Single cells: what sources print, and what the register holds then."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hkconcept.errors import SourceError
from hkconcept.model import PartialDate
from hkconcept.readers.tables import read_tables
from hkconcept.registers.columns import amount, day, hk_code, partial, text
from hkconcept.registers.imports.conversions import CONVERSIONS, Cell
from hkconcept.registers.schema import Column

_COLUMN = {
    "number": amount("x", "", unit="CNY"),
    "date": day("x", ""),
    "hk code": hk_code("x", ""),
    "text": text("x", ""),
}


def _read(
    conversion: str, printed: str, *, column: Column | None = None, order: str = "", numeric: bool = False
) -> object:
    to = ("x", "y", "z")
    cell = Cell(printed, numeric, to[: 3 if conversion == "payment standard" else 2], column or _COLUMN.get(conversion))
    found = CONVERSIONS[conversion](Cell(cell.text, numeric, cell.to, cell.column, {"甲": "A"}, Decimal(1), order))
    return found[0] if len(found) == 1 else found


@pytest.mark.parametrize(
    ("conversion", "printed", "expected"),
    [
        ("date", "2026-01-07", {"x": dt.date(2026, 1, 7)}),
        ("date", "2026/1/7", {"x": dt.date(2026, 1, 7)}),
        ("date", "２０２６年１月７日", {"x": dt.date(2026, 1, 7)}),
        ("date", "2026.01.07", {"x": dt.date(2026, 1, 7)}),
        ("date", "20260107", {"x": dt.date(2026, 1, 7)}),
        ("date", "2026-01-07 00:00:00", {"x": dt.date(2026, 1, 7)}),
        ("period", "2026年1月1日至2027年12月31日", {"x": dt.date(2026, 1, 1), "y": dt.date(2027, 12, 31)}),
        ("period", "2026-01-01 ~ 2027-12-31", {"x": dt.date(2026, 1, 1), "y": dt.date(2027, 12, 31)}),
        ("number", "1,250.50", {"x": Decimal("1250.5")}),
        ("number", "１２", {"x": Decimal(12)}),
        ("percent", "53.5%", {"x": Decimal("53.5")}),
        ("hk code", "1801.HK", {"x": "01801", "y": ""}),
        ("hk code", "HK.00700", {"x": "00700", "y": ""}),
        ("hk code", "688180.SH；01877.HK", {"x": "01877", "y": "688180.SH"}),
        ("hk code", "（06990.HK）", {"x": "06990", "y": ""}),
        ("hk code", "600276.SH / 1276.HK", {"x": "01276", "y": "600276.SH"}),
        ("hk code", "9606.HK (private at deal; listed 2025)", {"x": "", "y": "9606.HK (private at deal; listed 2025)"}),
        ("payment standard", "*", {"z": "confidential"}),
        ("payment standard", "见备注2", {"z": "见备注2"}),
        ("payment standard", "1,985.00元(10ml:43mg)", {"x": Decimal("1985.00"), "y": "10ml:43mg"}),
        (
            "payment standard",
            "23.98元(1.0g)；30.27元(2.0g)",
            [{"x": Decimal("23.98"), "y": "1.0g"}, {"x": Decimal("30.27"), "y": "2.0g"}],
        ),
        ("text", "注射用测试\n单抗", {"x": "注射用测试单抗"}),
        ("text", "Takeda Pharma\nIreland", {"x": "Takeda Pharma Ireland"}),
        ("word", "甲", {"x": "A"}),
    ],
)
def test_what_is_read(conversion: str, printed: str, expected: object) -> None:
    assert _read(conversion, printed) == expected


def test_partial_dates() -> None:
    column = partial("x", "")
    assert _read("date", "2026年1月", column=column) == {"x": PartialDate(2026, 1)}
    assert _read("date", "2026年", column=column) == {"x": PartialDate(2026)}
    assert _read("date", "07/01/2026", column=column, order="dmy") == {"x": PartialDate(2026, 1, 7)}


@pytest.mark.parametrize(
    ("conversion", "printed", "told"),
    [
        ("date", "2026-13-01", "'2026-13-01' is a day that no calendar has"),
        ("date", "2026-02-29", "is a day that no calendar has"),
        ("date", "07/01/2026", "may be day or month first"),
        ("date", "soon", "'soon' is not a date such as 2026-01-07"),
        ("period", "2026年1月1日", "is not a period such as"),
        ("period", "2026年1月至2027年12月", "is not a period of two full dates"),
        ("number", "1.2.3", "is not a number"),
        ("number", "12万", "is not a number"),
        ("number", "(5)", "is not a number"),
        ("hk code", "1276", "has lost its zeros or is no Hong Kong code; write 01276 or 1276.HK"),
        ("payment standard", "169.80", "has no unit"),
        ("payment standard", "约169.80元", "is not a payment standard"),
        ("word", "丙", "'丙' is none of 甲"),
        ("acceptance number", "CXQS2300040", "cannot be an acceptance number"),
        ("approval number", "国药准字Q20250012", "cannot be an approval number"),
    ],
)
def test_what_is_refused(conversion: str, printed: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        _read(conversion, printed)


def test_a_number_is_no_code_and_no_date() -> None:
    with pytest.raises(ValueError, match="1276 is a number, and a stock code is text"):
        _read("hk code", "1276", numeric=True)
    with pytest.raises(ValueError, match="46030 is a number, not a date"):
        _read("date", "46030", numeric=True)


_PRINTED = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="0123456789.-/年月日至~元(;；)HKSZ*,%国药准字CXSJ ", max_size=40),
)


@given(conversion=st.sampled_from(sorted(CONVERSIONS)), printed=_PRINTED)
@settings(max_examples=400)
def test_whatever_is_printed_is_read_or_refused_in_words(conversion: str, printed: str) -> None:
    try:
        read: object = _read(conversion, printed.strip())
    except ValueError as error:
        read = str(error)
    assert read is not None
    assert read != ""


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_whatever_bytes_are_given_are_read_or_refused_in_a_sentence(raw: bytes) -> None:
    if raw.startswith(b"%PDF") or b"%PDF-" in raw:
        return
    try:
        told = [table.where for table in read_tables(raw, where="given") if table.rows]
    except SourceError as error:
        told = [str(error)[:5]]
    assert set(told) == {"given"}


_CELL = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)


@given(st.lists(st.lists(_CELL, min_size=2, max_size=5), min_size=1, max_size=6))
@settings(max_examples=100)
def test_a_csv_comes_back_as_it_was_written(rows: list[list[str]]) -> None:
    rows = [
        ["head", "of", "it"],
        *([f"x{cells[0]}".replace("=", ""), *(c.lstrip("='") for c in cells[1:])] for cells in rows),
    ]
    written = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
    (table,) = read_tables(written.encode("utf-8-sig"), where="given.csv")
    assert [list(row.cells) for row in table] == rows
