"""A schema names what is wrong with a row: the place, the row, the column, the reason."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.model import Moment, PartialDate
from hkconcept.registers.approvals import SCHEMA as APPROVALS
from hkconcept.registers.cells import parse_cell, parse_row, read_rows, write_cell
from hkconcept.registers.deals import SCHEMA as DEALS
from hkconcept.registers.difference import diff
from hkconcept.registers.directory import NAMES, schema_of
from hkconcept.registers.payment import SCHEMA as PAYMENT
from hkconcept.registers.schema import Column, ColumnType, Evidence, Row, Schema, Value

_EVIDENCE = Evidence(known_at=Moment.parse("2025-05-20"), source="https://example.org/1", status="press")
_DEAL = {
    "id": "202505-3sbio-707",
    "announced": "2025-05-20",
    "licensor": "3SBio",
    "hk_code": "01530",
    "scope": "out-licence",
    "licensee": "Pfizer",
    "asset": "SSGJ-707",
    "currency": "USD",
    "upfront": "1,250,000,000",
    "total": "6050000000",
}


def _read(schema: Schema, cells: Mapping[str, object], where: str = "deals.csv line 2") -> tuple[Row, list[str]]:
    (row,), found = read_rows(schema, [(where, cells)], evidence=_EVIDENCE)
    return row, [str(one) for one in found]


def test_a_good_row_has_typed_values_and_no_findings() -> None:
    row, found = _read(DEALS, _DEAL)
    assert found == []
    assert row["upfront"] == Decimal(1250000000)
    assert row["announced"] == PartialDate(2025, 5, 20)
    assert row["hk_code"] == "01530"
    assert row["royalty"] is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"total": "5"}, "column 'total': 5 is below upfront 1250000000"),
        ({"upfront": "-1"}, "column 'upfront': -1 is below the minimum 0"),
        ({"upfront": "1.250.000"}, "column 'upfront': '1.250.000' is not a number"),
        ({"upfront": "1,25"}, "column 'upfront': '1,25' is not a number"),
        ({"upfront": float("nan")}, "column 'upfront': nan is not a number"),
        ({"upfront": True}, "column 'upfront': True is a truth value, not decimal"),
        ({"announced": "2025-02-30"}, "column 'announced': day"),
        (
            {"announced": "20 May 2025"},
            "column 'announced': '20 May 2025' is not a date of the form 2026-01-07, 2026-01,",
        ),
        ({"announced": ""}, "column 'announced': a value is required"),
        ({"hk_code": 1530}, "column 'hk_code': 1530 is a number, and a code is text; leading zeros may be lost"),
        ({"hk_code": "1530"}, "column 'hk_code': '1530' is not a stock code of five digits such as 01801"),
        ({"currency": ""}, "column 'currency': an amount needs its currency"),
        ({"currency": "usd"}, "column 'currency': 'usd' is not a currency code such as USD"),
        ({"price": "5"}, "column 'price': deals has no such column"),
        ({"asset": "x" * 4001}, "column 'asset': the cell has 4001 characters, more than 4000"),
        ({"valid_from": "2025-05-20", "valid_to": "2025-05-20"}, "column 'valid_to': 2025-05-20 is not after"),
    ],
)
def test_a_fault_is_named_with_row_and_column(change: dict[str, object], sentence: str) -> None:
    _, found = _read(DEALS, _DEAL | change)
    assert len(found) == 1
    assert found[0].startswith(f"deals.csv line 2, row '202505-3sbio-707', {sentence}")


def test_several_faults_of_a_row_are_all_told() -> None:
    _, found = _read(DEALS, _DEAL | {"total": "5", "hk_code": "x", "licensee": None})
    assert [one.split("column ")[1].split(":")[0] for one in found] == ["'hk_code'", "'licensee'", "'total'"]


def test_a_key_may_stand_twice_only_for_different_days() -> None:
    cells = {"list": "nrdl", "edition": "2025", "drug_zh": "呋塞米口服溶液"}
    first, _ = _read(PAYMENT, cells | {"valid_from": "2024-01-01", "valid_to": "2026-01-01"}, "a line 2")
    later, _ = _read(PAYMENT, cells | {"valid_from": "2026-01-01"}, "a line 3")
    again, _ = _read(PAYMENT, cells | {"valid_from": "2026-01-01"}, "a line 4")
    assert PAYMENT.findings([first, later]) == ()
    (found,) = PAYMENT.findings([first, later, again])
    assert (found.where, found.row, found.column) == ("a line 4", "nrdl|2025|呋塞米口服溶液|", "list")
    assert found.message == "the key stands twice for the same days (first at a line 3)"


def test_a_row_without_evidence_is_not_made() -> None:
    row, found = parse_row(DEALS, _DEAL, where="deals.csv line 2")
    assert row is None
    assert [(one.column, one.message) for one in found] == [
        ("known_at", "the moment of first knowledge is required"),
        ("status", "a status is required: official, press or recalled"),
    ]


def test_a_word_outside_the_choice_is_refused() -> None:
    cells = {"id": "1", "drug_zh": "利厄替尼片", "type": "Chemical", "event": "first approval"}
    _, found = _read(APPROVALS, cells)
    assert found == [
        "deals.csv line 2, row '1', column 'type': 'Chemical' is none of chemical, biological, tcm",
    ]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ColumnType.TEXT, "芦沃美替尼片"),
        (ColumnType.CODE, "01276"),
        (ColumnType.DECIMAL, Decimal("412.5")),
        (ColumnType.INTEGER, 171),
        (ColumnType.DATE, dt.date(2025, 5, 20)),
        (ColumnType.PARTIAL_DATE, PartialDate(2025, quarter=1)),
        (ColumnType.TEXT, None),
    ],
)
def test_a_value_written_is_read_back(kind: ColumnType, value: Value) -> None:
    assert parse_cell(Column(name="x", type=kind, meaning="x"), write_cell(value)) == value


def test_a_spreadsheet_number_is_what_was_typed() -> None:
    column = Column(name="x", type=ColumnType.DECIMAL, meaning="x")
    assert parse_cell(column, 412.5) == Decimal("412.5")
    assert parse_cell(column, 1250.0) == Decimal(1250)
    assert parse_cell(column, 0.1) == Decimal("0.1")


def test_a_difference_is_by_key_and_column() -> None:
    old, _ = _read(DEALS, _DEAL)
    new, _ = _read(DEALS, _DEAL | {"upfront": "1500000000"})
    other, _ = _read(DEALS, _DEAL | {"id": "another"})
    change = diff(DEALS, [old], [new, other])
    assert [row["id"] for row in change.added] == ["another"]
    assert change.removed == ()
    assert [(one.column, one.old, one.new) for one in change.changes] == [("upfront", "1250000000", "1500000000")]
    assert not diff(DEALS, [old], [old])


@pytest.mark.parametrize("name", NAMES)
def test_every_register_says_what_it_holds_and_what_would_be_complete(name: str) -> None:
    schema = schema_of(name)
    assert schema.register == name
    assert schema.denominator
    assert all(column.meaning for column in schema.columns)


_DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**18), max_value=10**18)
_TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40)
_PARTIALS = st.one_of(
    st.dates(dt.date(1985, 1, 1), dt.date(2099, 12, 31)).map(PartialDate.of),
    st.builds(PartialDate, st.integers(1985, 2099), st.integers(1, 12)),
    st.builds(lambda year, half: PartialDate(year, half=half), st.integers(1985, 2099), st.integers(1, 2)),
)


@given(
    st.one_of(
        st.tuples(st.just(ColumnType.DECIMAL), _DECIMALS),
        st.tuples(st.just(ColumnType.INTEGER), st.integers(-(10**18), 10**18)),
        st.tuples(st.just(ColumnType.TEXT), _TEXTS.map(str.strip).filter(bool)),
        st.tuples(st.just(ColumnType.DATE), st.dates()),
        st.tuples(st.just(ColumnType.PARTIAL_DATE), _PARTIALS),
    )
)
def test_any_value_written_is_read_back(pair: tuple[ColumnType, Value]) -> None:
    kind, value = pair
    assert parse_cell(Column(name="x", type=kind, meaning="x"), write_cell(value)) == value


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    refusals = []
    for kind in ColumnType:
        try:
            parse_cell(Column(name="x", type=kind, meaning="x"), text)
        except ValueError as error:
            refusals.append(str(error))
    assert all(refusals)
