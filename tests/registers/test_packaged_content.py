"""What is packaged: counts worked out by hand, coverage as of two moments, tables that agree with each other."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from hkconcept.model import Moment
from hkconcept.registers.coverage import denominators
from hkconcept.registers.directory import NAMES, schema_of
from hkconcept.registers.packaged import packaged_rows, packaged_statements
from hkconcept.registers.view import View
from hkconcept.service.registers import open_register
from hkconcept.service.totals import every_total
from hkconcept.service.workspace import Workspace

_ANSWERS = Path(__file__).parents[1] / "answers"
_TABLES = ("approvals", "deals", "designations", "drugs", "payment", "procurement", "procurement-results")


def _answers(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_ANSWERS / name).read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(
    "answer",
    _answers("registers_coverage.csv"),
    ids=lambda one: f"{one['register']}-{one['denominator']}-{one['as_of']}",
)
def test_a_view_states_what_it_holds_of_what(answer: dict[str, str], desk: Workspace) -> None:
    view = open_register(desk, answer["register"]).as_of(answer["as_of"])
    (share,) = [one for one in view.coverage.shares if one.denominator.id == answer["denominator"]]
    assert (share.held, share.denominator.total) == (int(answer["held"]), int(answer["of"]))
    assert share.missing == int(answer["of"]) - int(answer["held"])
    assert f"{share.held} of {share.denominator.total:,}" in str(view.coverage)


@pytest.mark.parametrize("answer", _answers("registers_deals_by_year.csv"), ids=lambda one: one["year"])
def test_deals_of_a_year_are_counted_and_added_up(answer: dict[str, str], views: dict[str, View]) -> None:
    rows = views["deals"].where(f"announced={answer['year']}").rows
    totals = [total for row in rows if isinstance(total := row["total"], Decimal)]
    assert (len(rows), len(totals)) == (int(answer["deals"]), int(answer["with_total"]))
    assert sum(totals) == Decimal(answer["total_usd_m"]) * 10**6
    assert {row["currency"] for row in rows if row["total"] is not None} == {"USD"}


def test_the_statistics_of_the_column_are_answered_with_vendor_and_scope(desk: Workspace) -> None:
    totals = open_register(desk, "totals").as_of("2026-01-08")

    def value(*conditions: str) -> set[tuple[str, str, str]]:
        rows = totals.where("period==2025", *conditions).rows
        assert all(row["scope_en"] and row["scope_zh"] and row.evidence.source for row in rows)
        return {(row.text("vendor"), row.text("relation"), row.text("value")) for row in rows}

    assert value("measure=approvals", "attributes=") == {("NMPA", "exact", "76")}
    assert value("measure=approvals", "attributes=type=chemical") == {("NMPA", "exact", "47")}
    assert value("measure=approvals", "attributes=type=chemical;origin=domestic") == {("NMPA", "exact", "38")}
    assert value("measure=approvals", "attributes=type=biological;origin=imported") == {("NMPA", "exact", "2")}
    assert value("measure=deals", "attributes=") == {("NMPA", "over", "150"), ("NextPharma", "exact", "157")}
    assert value("measure=deal value", "attributes=") == {
        ("NMPA", "over", "130000000000"),
        ("NextPharma", "exact", "135655000000"),
    }
    assert value("measure=catalogue drugs", "attributes=") == {("NHSA", "exact", "19")}
    assert value("measure=catalogue companies") == {("NHSA", "exact", "18")}


def test_the_commercial_catalogue_has_19_drugs_of_18_companies_for_two_years(views: dict[str, View]) -> None:
    rows = views["payment"].where("list=commercial").rows
    assert len({row["drug_zh"] for row in rows}) == 19
    assert len({row["authorised_company"] for row in rows}) == 18
    assert {(row.valid_from, row.valid_to) for row in rows} == {(dt.date(2026, 1, 1), dt.date(2028, 1, 1))}
    assert {row.evidence.status for row in rows} == {"official"}


def test_45_priority_reviews_and_breakthrough_therapies_are_held(views: dict[str, View]) -> None:
    kinds = [row["kind"] for row in views["designations"].rows]
    # 22 granted and 2 proposed breakthrough therapies, 21 priority reviews.
    assert (kinds.count("breakthrough therapy"), kinds.count("priority review")) == (24, 21)
    assert len(views["designations"].where("kind=breakthrough therapy", "stage=proposed").rows) == 2


def test_no_two_packaged_values_contradict_each_other(views: dict[str, View]) -> None:
    assert {name: view.coverage.conflicts for name, view in views.items() if view.coverage.conflicts} == {}


def test_the_conditional_approvals_are_those_of_the_approvals(views: dict[str, View]) -> None:
    approved = {row["id"] for row in views["approvals"].rows if "conditional" in row.text("pathway").split(";")}
    designated = {row.text("id") for row in views["designations"].where("kind=conditional approval").rows}
    assert designated == {f"conditional-approval-{one}" for one in approved}


def test_a_denominator_agrees_with_the_total_of_the_same_vendor() -> None:
    published = {(one.vendor, one.quantity.value, one.source) for one in every_total()}
    for register in ("approvals", "payment"):
        for one in denominators(schema_of(register)):
            if one.id not in {"nrdl-2025-bidding", "nrdl-2025-negotiated"}:
                assert (one.vendor, Decimal(one.total), one.source) in published, one.id


@pytest.mark.parametrize("name", _TABLES)
def test_every_packaged_row_has_a_source_a_status_and_a_moment_that_has_passed(name: str) -> None:
    rows = packaged_rows(schema_of(name))
    assert rows
    for row in rows:
        assert row.evidence.source
        assert dt.date(2018, 1, 1) < row.evidence.known_at.day <= dt.date(2026, 11, 23), schema_of(name).subject(row)
        assert row.evidence.known_at.precision == "day"


def test_a_row_known_only_by_its_month_counts_from_the_end_of_it() -> None:
    seen = set()
    for name in ("approvals", "deals", "designations"):
        schema = schema_of(name)
        dated = {"approvals": "approved", "deals": "announced", "designations": "dated"}[name]
        for row in packaged_rows(schema):
            if "last day" in row.evidence.known_at_basis:
                printed = row[dated]
                assert not isinstance(printed, (str, int, Decimal))
                assert printed is not None
                seen.add(name)
                last = printed if isinstance(printed, dt.date) else printed.last_day
                assert row.evidence.known_at.day == last, schema.subject(row)
    assert seen == {"approvals", "deals", "designations"}


def test_a_stock_code_is_known_only_once_the_company_is_listed(desk: Workspace) -> None:
    deals = open_register(desk, "deals")
    before, after = deals.as_of("2025-05-22"), deals.as_of("2025-05-23")
    # Hengrui has been listed in Hong Kong since 23 May 2025; its seven earlier deals were known all the while.
    assert len(before.where("licensor=Hengrui").rows) == len(after.where("licensor=Hengrui").rows) == 7
    assert len(before.where("hk_code=01276").rows) == 0
    assert len(after.where("hk_code=01276").rows) == 7


def test_the_evidence_of_a_value_has_its_own_moment(desk: Workspace) -> None:
    view = open_register(desk, "deals").as_of("2026-11-24").where("id=202308-hengrui-shr1905")
    known = {line["column"]: f"{line['known_at']:%Y-%m-%d}" for line in view.evidence.iter_rows(named=True)}
    # The end of the day of the announcement, and of the first day of trading in Hong Kong.
    assert known["upfront"] == known["licensor"] == "2023-08-15"
    assert known["hk_code"] == "2025-05-24"
    assert set(view.evidence["row"]) == {"202308-hengrui-shr1905"}


def test_a_termination_is_known_only_from_then(desk: Workspace) -> None:
    deals = open_register(desk, "deals")

    def outcome(moment: str) -> str:
        (row,) = deals.as_of(moment).where("id=202302-harbour-hbm7008").rows
        return row.text("outcome")

    assert outcome("2024-08-30") == ""
    assert outcome("2024-08-31") == "terminated"


def test_numbers_of_the_packaged_approvals_are_possible(views: dict[str, View]) -> None:
    (row,) = views["approvals"].where("approval_no=国药准字S20210017").rows
    assert (row["acceptance_no"], row["days_from_acceptance"]) == ("CXSS2101011", 171)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "listings"])  # they have a test of their own
def test_every_register_opens_and_says_what_it_rests_on(name: str, desk: Workspace) -> None:
    view = open_register(desk, name).as_of("2026-11-24")
    assert view.coverage.lines
    assert view.coverage.rows == len(view.rows)


def test_no_packaged_statement_is_made_twice() -> None:
    for name in _TABLES:
        ids = [one.id for one in packaged_statements(schema_of(name))]
        assert ids, name
        assert len(set(ids)) == len(ids)


def test_before_a_count_was_published_no_denominator_is_shown(desk: Workspace) -> None:
    approvals = open_register(desk, "approvals")
    assert [one.denominator.id for one in approvals.as_of("2025-03-17").coverage.shares] == []
    assert [one.denominator.id for one in approvals.as_of("2025-03-18").coverage.shares] == ["2024"]
    told = str(approvals.as_of("2025-03-17").coverage)
    assert told.startswith("no count to hold the ")
    assert "unknown before 2024-01-01, but for single rows" in told


def test_open_sums_are_shown_as_such_once_their_parts_are_known(desk: Workspace) -> None:
    procurement = open_register(desk, "procurement")
    assert not any("490" in line for line in procurement.as_of("2025-11-11").coverage.lines)
    # Rounds 1 to 10 as recalled, 25+32+55+45+61+16+60+39+41+62 = 436, and the 55 of round 11.
    assert any("490 published, 491 by adding up" in line for line in procurement.as_of("2026-03-01").coverage.lines)
    approvals = open_register(desk, "approvals").as_of("2026-11-24")
    # 10 + 4 + 3 + 3 + 1 + 1 = 22.
    assert any("23 published, 22 by adding up" in line for line in approvals.coverage.lines)


def test_the_sums_that_hold_hold(desk: Workspace) -> None:
    found = {one.id: (one.holds, one.formula) for one in open_register(desk, "totals").reconciliations("2026-11-24")}
    assert found["approvals-2025"] == (True, "47 + 23 + 6 = 76")
    assert found["approvals-2025-chemical"] == (True, "38 + 9 = 47")
    assert found["approvals-2025-biological"] == (True, "21 + 2 = 23")
    assert found["nrdl-2025-type"] == (True, "1,857 + 1,396 = 3,253")
    assert found["urgent-overseas"] == (True, "48 + 26 + 7 = 81")
    assert {name for name, (holds, _) in found.items() if not holds} == {"vbp", "approvals-2025-pharmcube"}


def test_a_moment_is_the_end_of_its_day(desk: Workspace) -> None:
    approvals = open_register(desk, "approvals")
    # The notice on limertinib is of 16 January 2025.
    assert len(approvals.as_of(Moment.parse("2025-01-16 23:59")).where("id=2025-limertinib").rows) == 0
    assert len(approvals.as_of("2025-01-16").where("id=2025-limertinib").rows) == 1


def test_a_view_says_for_how_many_rows_an_authority_s_number_is_held(views: dict[str, View]) -> None:
    view = views["approvals"]
    for name, told in (("acceptance_no", "acceptance number"), ("approval_no", "approval number")):
        held = sum(row[name] is not None for row in view.rows)
        assert f"{told} held for {held} of {len(view.rows)} rows" in view.coverage.lines
    assert not any("number held" in line for line in views["deals"].coverage.lines)
