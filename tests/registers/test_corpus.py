"""The packaged rows against the collected facts that they were typed from, where the private corpus is present."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from hkconcept.registers.directory import schema_of
from hkconcept.registers.packaged import packaged_rows
from hkconcept.registers.schema import Row

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not DATA.is_dir(), reason="the private corpus of facts is not here"),
]


# Of these licensors the source says only that they are listed, or nothing: the code is that of the company's name.
_BY_NAME = {"02493", "02575", "02592", "03696", "06938", "07630", "07666"}


def _source(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


def _rows(name: str) -> dict[str, Row]:
    schema = schema_of(name)
    return {schema.subject(row): row for row in packaged_rows(schema)}


def test_every_deal_has_the_amounts_and_the_day_of_its_source() -> None:
    rows = _rows("deals")
    source = _source("bd_deals/china_outlicensing_2023_2026_facts.csv")
    assert {one["deal_id"] for one in source} == set(rows)
    for one in source:
        row = rows[one["deal_id"]]
        for column, printed in (
            ("upfront", "upfront_usd_m"),
            ("near_term", "near_term_usd_m"),
            ("milestones", "milestones_usd_m"),
            ("total", "total_usd_m"),
        ):
            assert row[column] == (Decimal(one[printed]) * 10**6 if one[printed] else None), (one["deal_id"], column)
        # A note says where the list itself gives another day of the announcement, or none.
        if not re.search(r"announced 2025|approximate|month precision", one["note"]):
            assert row.text("announced") == one["announce_date"]
        assert row["licensor"] == one["licensor"]
        assert row["asset"] == one["asset"]
        codes = {code.zfill(5) for code in re.findall(r"(\d{4})\.HK", one["licensor_ticker"])}
        assert set(row.text("hk_code").split(";")) - {""} <= codes | _BY_NAME


@pytest.mark.parametrize(("name", "counted"), [("approvals_2025.csv", "in_76"), ("approvals_2024.csv", "in_48")])
def test_every_approval_has_the_kind_and_the_standing_of_its_source(name: str, counted: str) -> None:
    held = {row.text("drug_zh"): row for row in _rows("approvals").values()}
    for one in _source(f"approvals/{name}"):
        row = held[one["drug_zh"].replace(" (cetagliptin)", "")]
        assert row["type"] == one["type"].lower()
        assert row["innovative"] == one[counted]
        assert row["origin"] == one["origin"].replace("imported?", "unsure")
        assert row.text("holder").split(" ")[0] in one["holder_or_applicant"]
        if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", one["approved_date"]):
            assert row.text("approved") == one["approved_date"]
            # Never known before the day, and before the end of the month where only that is held.
            assert row.evidence.known_at.day >= getattr(row["approved"], "last_day", row.evidence.known_at.day)
        if one["zh_name_basis"] == "recalled":
            assert row["name_basis"] == "recalled"


def test_every_designation_of_the_source_is_held() -> None:
    rows = [row for row in _rows("designations").values() if row["kind"] in ("breakthrough therapy", "priority review")]
    held = sorted((row.text("drug_en"), row.text("dated")[:7]) for row in rows)
    assert held == sorted((one["name_en_code"], one["date"][:7]) for one in _source("designations/designations.csv"))


def test_the_catalogue_and_the_list_are_those_of_the_source() -> None:
    rows = list(_rows("payment").values())
    commercial = {
        (one["name_zh"], one["brand_zh"]) for one in _source("payment/commercial_innovative_drug_list_2025.csv")
    }
    assert {(row.text("drug_zh"), row.text("brand")) for row in rows if row["list"] == "commercial"} == commercial
    for one in _source("payment/nrdl_2025_sample_rows.csv"):
        of_drug = [row for row in rows if row["list"] == "nrdl" and row["drug_zh"] == one["name_zh"]]
        printed = [Decimal(price) for price in re.findall(r"([\d.]+)元", one["payment_standard"])]
        assert [row["payment_standard"] for row in of_drug if row["payment_standard"] is not None] == printed
        assert of_drug
        assert {row.text("agreement_to") for row in of_drug} == {one["agreement_to"]}
