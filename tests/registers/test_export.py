"""Exports: read back by other software, codes stay text, nothing becomes a formula, the same view the same bytes."""

import csv
import io
import json
import zipfile
from decimal import Decimal

import polars as pl
import pytest
from python_calamine import load_workbook

from hkconcept.errors import UsageError
from hkconcept.ledger import Ledger
from hkconcept.model import Moment
from hkconcept.registers.cells import read_rows
from hkconcept.registers.deals import SCHEMA
from hkconcept.registers.export import FORMATS, export
from hkconcept.registers.statements import statements_of
from hkconcept.registers.view import View, view_of

_MOMENT = Moment.parse("2025-06-01 12:00")
_HOSTILE = '=HYPERLINK("http://example.org","x")'
_CELLS = {
    "id": "a-deal",
    "announced": "2025-05",
    "licensor": "科伦博泰",
    "hk_code": "06990",
    "licensee": "@SUM(1)",
    "asset": _HOSTILE,
    "scope": "out-licence",
    "currency": "USD",
    "upfront": "412500000.5",
    "total": "1234567890123456789",
    "valid_from": "2025-05-31",
    "known_at": "2025-05-31",
    "known_at_basis": "only the month is held: its last day",
    "source": "https://example.org/1",
    "status": "press",
}


@pytest.fixture(scope="module")
def view() -> View:
    rows, found = read_rows(SCHEMA, [("line 1", _CELLS)])
    assert found == ()
    with Ledger.open(":memory:") as ledger:
        ledger.record(one for row in rows for one in statements_of(SCHEMA, row))
        recorded = ledger.as_of(known=_MOMENT, valid=None)
    return view_of(SCHEMA, recorded, as_of=_MOMENT)


def test_parquet_keeps_types_and_names_its_coverage(view: View) -> None:
    data = export(view, ".parquet")
    frame = pl.read_parquet(io.BytesIO(data))
    assert frame["hk_code"].to_list() == ["06990"]
    assert frame["total"].to_list() == [Decimal(1234567890123456789)]
    assert frame["upfront"].to_list() == [Decimal("412500000.5")]
    assert frame["announced"].to_list() == ["2025-05"]
    assert str(frame["known_at"][0]) == "2025-06-01 00:00:00+08:00"
    notes = pl.read_parquet_metadata(io.BytesIO(data))
    assert notes["as_of"] == "2025-06-01 12:00 HKT"
    assert "unknown before 2023-01-01" in notes["coverage"]


def test_csv_opens_in_a_spreadsheet_without_a_formula(view: View) -> None:
    data = export(view, ".csv")
    assert data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert row["licensor"] == "科伦博泰"
    assert row["hk_code"] == "06990"
    assert row["asset"] == f"'{_HOSTILE}"
    assert row["licensee"] == "'@SUM(1)"
    assert row["total"] == "1234567890123456789"
    assert (row["known_at"], row["status"]) == ("2025-05-31", "press")


def test_a_workbook_has_text_codes_sources_coverage_and_no_formula(view: View) -> None:
    data = export(view, ".xlsx")
    book = load_workbook(io.BytesIO(data))
    assert book.sheet_names == ["deals", "sources", "coverage", "columns"]
    head, row = book.get_sheet_by_name("deals").to_python()
    cells = dict(zip(map(str, head), row, strict=True))
    assert cells["hk_code"] == "06990"
    assert cells["asset"] == _HOSTILE
    assert cells["upfront"] == 412500000.5
    # Nineteen digits do not fit a workbook's number: they stay text, whole.
    assert cells["total"] == "1234567890123456789"
    assert str(cells["valid_from"]) == "2025-05-31"
    sources = book.get_sheet_by_name("sources").to_python()
    assert [*(str(cell) for cell in next(line for line in sources if line[1] == "upfront")[:5])] == [
        "a-deal",
        "upfront",
        "2025-05-31",
        "only the month is held: its last day",
        "press",
    ]
    told = [line[1] for line in book.get_sheet_by_name("coverage").to_python()]
    assert "2025-06-01 12:00 HKT" in told
    assert any("unknown before" in str(line) for line in told)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = b"".join(parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets"))
    assert b"<f>" not in sheets
    assert b"<hyperlink" not in sheets


def test_json_keeps_amounts_as_digits(view: View) -> None:
    whole = json.loads(export(view, ".json"))
    assert (whole["register"], whole["as_of"]) == ("deals", "2025-06-01 12:00 HKT")
    assert whole["rows"][0]["total"] == "1234567890123456789"
    assert whole["rows"][0]["near_term"] is None
    assert whole["coverage"] == list(view.coverage.lines)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_view_gives_the_same_bytes(view: View, suffix: str) -> None:
    assert export(view, suffix) == export(view, suffix)


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_empty_view_is_exported_with_its_columns(view: View, suffix: str) -> None:
    assert export(view.where("asset=nothing"), suffix)


def test_an_unknown_form_is_refused(view: View) -> None:
    with pytest.raises(UsageError) as caught:
        export(view, ".xls")
    assert str(caught.value) == (
        "--export: a register cannot be exported as '.xls'; end the file's name in one of .parquet, .csv, .xlsx, .json."
    )
