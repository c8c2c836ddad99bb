"""Registers over a workspace: loaded when first asked for, corrected by what is accepted, blind to later knowledge."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hkconcept as hk
from hkconcept.errors import UsageError
from hkconcept.ledger import Recorded, Statement
from hkconcept.model import HKT, Moment
from hkconcept.registers.directory import schema_of
from hkconcept.registers.packaged import packaged_statements
from hkconcept.registers.statements import rows_of
from hkconcept.service.facts import facts_version, packaged_facts
from hkconcept.service.registers import open_register
from hkconcept.service.workspace import Workspace

_NOW = Moment.parse("2026-11-25 12:00")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "w", now=_NOW, packaged=packaged_facts, packaged_version=facts_version()) as opened:
        yield opened


def test_a_new_workspace_holds_no_register_until_one_is_asked_for(workspace: Workspace) -> None:
    assert workspace.ledger.as_of(known=_NOW, valid=None, subject_kind="deals") == ()
    open_register(workspace, "approvals")
    assert (
        len({one.statement.subject for one in workspace.ledger.as_of(known=_NOW, valid=None, subject_kind="deals")})
        == 253
    )
    before = workspace.ledger.counts()["statements"]
    open_register(workspace, "deals")
    assert workspace.ledger.counts()["statements"] == before


def test_opening_the_workspace_again_keeps_the_registers(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w", now=_NOW, packaged=packaged_facts, packaged_version=facts_version()) as opened:
        open_register(opened, "procurement")
        held = opened.ledger.counts()
    with Workspace.open(tmp_path / "w", now=_NOW, packaged=packaged_facts, packaged_version=facts_version()) as opened:
        assert opened.loaded == 0
        assert opened.ledger.counts() == held


def test_another_version_of_the_facts_loads_the_registers_again(tmp_path: Path) -> None:
    def nothing() -> list[Statement]:
        return []

    with Workspace.open(tmp_path / "w", now=_NOW, packaged=nothing, packaged_version="older") as opened:
        opened.ledger.restate_packaged(packaged_statements(schema_of("deals")), version="older+registers")
    with Workspace.open(tmp_path / "w", now=_NOW, packaged=packaged_facts, packaged_version=facts_version()) as opened:
        assert opened.loaded > 0
        assert len(open_register(opened, "deals").as_of("2026-11-24").rows) == 253


def test_an_accepted_correction_is_seen_from_its_moment_on(workspace: Workspace) -> None:
    deals = open_register(workspace, "deals")
    (row,) = deals.as_of("2026-11-24").where("id=202301-mabwell-9mw3011").rows
    correction = Statement(
        subject_kind="deals",
        subject="202301-mabwell-9mw3011",
        attribute="upfront",
        value={"value": "11000000", "status": "official"},
        known_at=Moment.parse("2024-03-01"),
        status="accepted",
        valid_from=row.valid_from,
        source="annual report",
        supersedes=row.statements["upfront"],
    )
    workspace.ledger.record([correction])

    def upfront(moment: str) -> tuple[str, str]:
        (found,) = deals.as_of(moment).where("id=202301-mabwell-9mw3011").rows
        return found.text("upfront"), found.by_column["upfront"].source

    assert upfront("2024-02-29")[0] == "10000000"
    assert upfront("2024-03-01") == ("11000000", "annual report")
    assert deals.as_of("2024-03-01").coverage.conflicts == ()


def test_two_values_that_stand_are_told_with_the_coverage(workspace: Workspace) -> None:
    deals = open_register(workspace, "deals")
    (row,) = deals.as_of("2026-11-24").where("id=202301-mabwell-9mw3011").rows
    other = Statement(
        subject_kind="deals",
        subject="202301-mabwell-9mw3011",
        attribute="upfront",
        value={"value": "12000000", "status": "press"},
        known_at=Moment.parse("2024-03-01"),
        status="accepted",
        valid_from=row.valid_from,
        source="a newspaper",
    )
    workspace.ledger.record([other])
    told = deals.as_of("2024-03-01").coverage.lines
    assert any(
        line.startswith("two values stand: 202301-mabwell-9mw3011, upfront: 12000000 (a newspaper) and 10000000 (")
        for line in told
    )


def test_an_imported_row_is_counted(workspace: Workspace) -> None:
    approvals = open_register(workspace, "approvals")
    values = {
        "id": "国药准字Z20250099",
        "approved": "2025-06-01",
        "drug_zh": "某颗粒",
        "type": "tcm",
        "innovative": "yes",
    }
    workspace.ledger.record(
        Statement(
            subject_kind="approvals",
            subject="国药准字Z20250099",
            attribute=name,
            value={"value": value, "status": "official"},
            known_at=Moment.parse("2026-05-13"),
            status="accepted",
            source="annual report",
        )
        for name, value in values.items()
    )

    def held(moment: str) -> int:
        return next(one.held for one in approvals.as_of(moment).coverage.shares if one.denominator.id == "2025-tcm")

    assert (held("2026-05-12"), held("2026-05-13")) == (4, 5)


def test_an_unknown_register_is_answered_with_the_nearest(workspace: Workspace) -> None:
    with pytest.raises(UsageError) as caught:
        open_register(workspace, "aprovals")
    assert str(caught.value).startswith("there is no register 'aprovals'; did you mean approvals? choose one of")


_STATEMENTS = {
    name: list(packaged_statements(schema_of(name))) for name in ("approvals", "deals", "designations", "payment")
}


@settings(max_examples=12, deadline=None)
@given(
    name=st.sampled_from(sorted(_STATEMENTS)),
    at=st.datetimes(dt.datetime(2019, 1, 1), dt.datetime(2026, 11, 24)),  # noqa: DTZ001 - made aware below
)
def test_an_answer_is_that_of_someone_who_was_never_told_the_rest(desk: Workspace, name: str, at: dt.datetime) -> None:
    moment = Moment(at.replace(tzinfo=HKT, microsecond=0), "second")
    schema = schema_of(name)
    told = [one for one in _STATEMENTS[name] if one.known_at.known_by <= moment.known_by]
    alone, _ = rows_of(schema, [Recorded(one.id, one, moment.at, None) for one in told])
    view = open_register(desk, name).as_of(moment)
    assert [dict(row.values) for row in view.rows] == [dict(row.values) for row in alone]
    assert [row.by_column for row in view.rows] == [row.by_column for row in alone]
    assert all(one.denominator.known_at.known_by <= moment.known_by for one in view.coverage.shares)


def test_the_python_interface_gives_a_frame_with_coverage(tmp_path: Path) -> None:
    with hk.open(tmp_path / "w") as desk:
        view = desk.register("approvals").as_of("2026-01-08")
        frame = view.where("type=tcm").frame
        assert frame["drug_zh"].to_list() == ["复方比那甫西颗粒", "芪防鼻通片", "小儿黄金止咳颗粒", "小儿牛黄退热贴膏"]
        assert frame["known_at"].max() <= dt.datetime(2026, 1, 9, tzinfo=HKT)  # type: ignore[operator]
        assert "58 of 76" in str(view.coverage)
        assert len(desk.register("payment").as_of("2026-01-08", valid="2025-12-31").rows) == 0
        assert len(desk.register("payment").as_of("2026-01-08", valid="2026-01-01").rows) == 39
        assert desk.payment_level("戈芮宁", day="2026-03-01", as_of="2026-01-08").level == "commercial"
        ((_, links),) = desk.companies("CAN103", as_of="2026-01-08").drugs
        assert {link.code for link in links} == {"01228"}


def test_listings_are_unknown_before_the_list_of_the_exchange(workspace: Workspace) -> None:
    listings = open_register(workspace, "listings")
    now, then = listings.as_of("2026-11-24"), listings.as_of("2026-01-08")
    (innovent,) = now.where("code=01801").rows
    assert (innovent["name_en"], innovent["name_zh"]) == ("INNOVENT BIO", "信达生物")
    assert innovent.by_column["name_en"].status == "official"
    assert then.where("code=01801").rows == ()
    # Of Hengrui the first day of trading is held, from the first price.
    assert [row["listed"] for row in then.where("code=01276").rows] == [dt.date(2025, 5, 23)]
    assert "unknown before 2026-03-23, but for single rows" in str(then.coverage)
    # The registers loaded before stay as they are.
    assert len(open_register(workspace, "deals").as_of("2026-11-24").rows) == 253
