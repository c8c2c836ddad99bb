"""Acceptance and approval numbers say type, origin, kind, year, serial; impossible ones are refused with a reason."""

import csv
from pathlib import Path

import pytest

from hkconcept.registers.numbers import parse_acceptance, parse_approval

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


def test_the_table_is_not_empty() -> None:
    assert len(_GOOD) > 15
    assert len(_BAD) > 15
