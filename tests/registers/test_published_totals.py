"""Published totals: arithmetic that the rows must satisfy, knowledge time, and strict reading."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from hkconcept.errors import SourceError
from hkconcept.model import Moment, PartialDate
from hkconcept.registers import approvals, deals, rows
from hkconcept.registers.published import PublishedTotal, fact_rows, read_totals

APPROVALS = {row.id: row for row in approvals.totals()}
DEALS = {row.id: row for row in deals.totals()}


def value(row_id: str) -> Decimal:
    return {**APPROVALS, **DEALS}[row_id].quantity.value


def test_ids_are_unique() -> None:
    assert len(APPROVALS) == len(approvals.totals())
    assert len(DEALS) == len(deals.totals())


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("nmpa-2025", ["nmpa-2025-chemical", "nmpa-2025-biological", "nmpa-2025-tcm"]),
        ("nmpa-2025-chemical", ["nmpa-2025-chemical-domestic", "nmpa-2025-chemical-imported"]),
        ("nmpa-2025-biological", ["nmpa-2025-biological-domestic", "nmpa-2025-biological-imported"]),
        ("nmpa-2025h1", ["nmpa-2025h1-chemical", "nmpa-2025h1-biological", "nmpa-2025h1-tcm"]),
        ("nmpa-2025h1", ["nmpa-2025h1-domestic", "nmpa-2025h1-imported"]),
    ],
)
def test_wholes_are_the_sum_of_their_parts(whole: str, parts: list[str]) -> None:
    assert value(whole) == sum(map(value, parts))


def test_the_seven_years_add_up_to_the_published_197() -> None:
    ids = ["cde-2018", "ris-2019", "recalled-2020", "recalled-2021", "nmpa-2022", "nmpa-2023", "cde-2024"]
    assert sum(map(value, ids)) == 197


@pytest.mark.parametrize(
    ("row_id", "expected", "bounds"),
    [
        ("nmpa-2025", 76, (76, 76)),
        ("nmpa-2024", 48, (48, 48)),
        ("ciopharma-2024", 43, (43, 43)),
        ("yaozhi-2025", 86, (86, 86)),
        ("nmpa-2025-value", 130_000_000_000, (130_000_000_000, None)),
        ("nmpa-2025-deals", 150, (150, None)),
        ("nextpharma-2025-value", 135_655_000_000, (135_655_000_000, 135_655_000_000)),
        ("nextpharma-2025-deals", 157, (157, 157)),
        ("insight-2025-value", 110_000_000_000, (110_000_000_000, None)),
        ("list-2025-value", 112_265_000_000, (112_265_000_000, 112_265_000_000)),
        ("list-2024-value", 50_980_000_000, (50_980_000_000, 50_980_000_000)),
        ("cctv-2025h1-value", 66_000_000_000, (None, 66_000_000_000)),
    ],
)
def test_values_and_bounds(row_id: str, expected: int, bounds: tuple[int | None, int | None]) -> None:
    assert value(row_id) == expected
    assert {**APPROVALS, **DEALS}[row_id].quantity.bounds == bounds


def test_a_vendors_total_over_the_announced_bound_does_not_contradict_it() -> None:
    low, high = DEALS["nmpa-2025-value"].quantity.bounds
    assert low is not None
    assert value("nextpharma-2025-value") > low
    assert high is None


def test_every_row_names_vendor_scope_and_source_and_recalled_rows_say_so() -> None:
    for row in (*approvals.totals(), *deals.totals()):
        assert row.vendor
        assert row.scope_en
        assert row.scope_zh
        assert (row.status == "recalled") == row.source.startswith("from memory")


@pytest.mark.parametrize(
    ("as_of", "known"), [("2026-01-02", False), ("2026-01-03 12:00", False), ("2026-01-04", True), ("2026-11-23", True)]
)
def test_a_total_is_known_from_the_end_of_the_day_it_appeared(as_of: str, known: bool) -> None:
    assert APPROVALS["nmpa-2025"].known(Moment.parse(as_of)) is known


def test_cut_off_lies_inside_the_period() -> None:
    partial = [row for row in (*approvals.totals(), *deals.totals()) if row.cut_off]
    assert len(partial) >= 5
    assert all(row.period.first_day <= row.cut_off < row.period.last_day for row in partial if row.cut_off)


def test_a_count_for_part_of_a_year_is_marked_and_cannot_pass_for_the_year() -> None:
    marked = {row.id: dict(row.attributes)["until"] for row in APPROVALS.values() if "until" in dict(row.attributes)}
    assert marked["nmpa-2025-to-july"] == "2025-07-31"
    whole_years = [row.quantity.value for row in approvals.totals() if str(row.period) == "2025" and not row.attributes]
    assert sorted(whole_years) == [76, 76, 86]


def test_fact_rows_are_plain() -> None:
    (row,) = fact_rows([APPROVALS["nmpa-2025-chemical-domestic"]])
    assert row[:5] == (
        "total:nmpa-2025-chemical-domestic",
        "approvals type=chemical origin=domestic",
        "exact 38 count",
        dt.date(2025, 1, 1),
        dt.date(2025, 12, 31),
    )
    assert row.known_at.isoformat() == "2026-01-04T00:00:00+08:00"


HEADER = (
    "id,measure,period,attributes,relation,value,step,unit,counter,vendor,scope_en,scope_zh,cut_off,known_at,"
    "known_at_basis,source,status\n"
)
GOOD = "x,approvals,2025,type=chemical,exact,1,1,count,drug,V,scope,口径,,2026-01-03,,https://example.org,press\n"


def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> tuple[PublishedTotal, ...]:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(rows, "_DATA", tmp_path)
    return read_totals("t.csv")


def test_a_good_row_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = read(tmp_path, monkeypatch, HEADER + GOOD)
    assert (row.period, row.attributes) == (PartialDate(2025), (("type", "chemical"),))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("https://example.org", "", "t.csv line 2: source, vendor and scope are required"),
        ("scope,口径", ",口径", "source, vendor and scope are required"),
        ("press", "seen", "status 'seen' is none of official, press, recalled"),
        ("2026-01-03", "soon", "t.csv line 2"),
        ("exact,1,", "exact,one,", "t.csv line 2"),
        ("type=chemical", "chemical", "attribute 'chemical' is not key=value"),
        ("2025,type", "next year,type", "'next year' is not a date"),
        (",press", ",press,more", "more or fewer cells"),
    ],
)
def test_a_bad_row_is_refused_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, message: str
) -> None:
    assert old in GOOD
    with pytest.raises(SourceError, match=message):
        read(tmp_path, monkeypatch, HEADER + GOOD.replace(old, new, 1))


def test_other_columns_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match="the columns are"):
        read(tmp_path, monkeypatch, HEADER.replace("vendor", "seller") + GOOD)
