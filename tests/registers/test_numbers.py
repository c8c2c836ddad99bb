"""Acceptance and approval numbers say type, origin, kind, year, serial; impossible ones are refused with a reason."""

import csv
from pathlib import Path

import pytest

from hkconcept.model import Moment
from hkconcept.registers.approvals import SCHEMA
from hkconcept.registers.cells import read_rows
from hkconcept.registers.numbers import parse_acceptance, parse_approval
from hkconcept.registers.schema import Evidence

_TABLE = Path(__file__).parents[1] / "answers" / "registers_numbers.csv"
_ROWS = list(csv.DictReader(_TABLE.read_text(encoding="utf-8").splitlines()))
_GOOD = [row for row in _ROWS if not row["fault"]]
_BAD = [row for row in _ROWS if row["fault"]]


@pytest.mark.parametrize("row", _GOOD, ids=lambda row: row["printed"])
def test_a_number_says_what_it_says(row: dict[str, str]) -> None:
    if row["kind"] == "acceptance":
        accepted = parse_acceptance(row["printed"], latest=2026)
        said = (accepted.type, accepted.origin, f"{accepted.novelty} {accepted.purpose}")
        assert said == (row["type"], row["origin"], row["nature"])
        assert (accepted.year, accepted.serial) == (int(row["year"]), int(row["serial"]))
    else:
        approved = parse_approval(row["printed"], latest=2026)
        assert (approved.type, approved.origin) == (row["type"], row["origin"])
        assert approved.year == (int(row["year"]) if row["year"] else None)
        assert approved.serial == int(row["serial"])


@pytest.mark.parametrize("row", _BAD, ids=lambda row: row["printed"])
def test_an_impossible_number_is_refused_with_the_reason(row: dict[str, str]) -> None:
    parse = parse_acceptance if row["kind"] == "acceptance" else parse_approval
    with pytest.raises(ValueError, match="cannot be an") as caught:
        parse(row["printed"], latest=2026)
    assert row["fault"] in str(caught.value)
    assert repr(row["printed"]) in str(caught.value)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            {"type": "chemical", "approval_no": "国药准字S20250001"},
            "the approval number says biological and the row says",
        ),
        (
            {"origin": "domestic", "approval_no": "国药准字SJ20250001"},
            "the approval number says imported and the row says",
        ),
        ({"approval_no": "国药准字S20260001"}, "its year 2026 is after 2025"),
        (
            {"approved": "2024-12", "approval_no": "国药准字S20250001"},
            "the approval number is of 2025 and the approval of",
        ),
        ({"acceptance_no": "CXHS2400001"}, "the acceptance number says chemical and the row says biological"),
        ({"acceptance_no": "CXSS2600001"}, "its year 2026 is after 2025"),
    ],
)
def test_a_row_that_contradicts_its_number_is_refused(cells: dict[str, str], sentence: str) -> None:
    evidence = Evidence(known_at=Moment.parse("2025-06-01"), source="https://example.org/1", status="official")
    row = {"id": "1", "approved": "2025-06-01", "drug_zh": "某单抗注射液", "type": "biological"}
    good = row | {"origin": "domestic", "acceptance_no": "CXSS2400001", "approval_no": "国药准字S20250001"}
    assert read_rows(SCHEMA, [("line 1", good)], evidence=evidence)[1] == ()
    _, found = read_rows(SCHEMA, [("line 1", row | cells)], evidence=evidence)
    assert len(found) == 1
    assert sentence in found[0].message


def test_the_table_is_not_empty() -> None:
    assert len(_GOOD) > 15
    assert len(_BAD) > 15
