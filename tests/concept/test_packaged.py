"""The packaged concepts, against what is known of them from outside."""

from decimal import Decimal

import pytest

from hkconcept.linking import Gazetteer
from hkconcept.model import Moment, StockCode
from hkconcept.service.concepts import Concept, open_concept

INNOVATORS = ["01276", "06990", "00013", "09926", "01801", "01093", "09995", "01530", "01167", "02105", "03692"]
CXO = ["06821", "03759", "06127", "02269", "02359"]


@pytest.fixture(scope="module")
def drugs() -> Concept:
    return open_concept("cn-innovative-drugs", Gazetteer.packaged())


def roles(concept: Concept, as_of: str) -> dict[str, str]:
    return {member.code: member.role for member in concept.basket(as_of=Moment.parse(as_of)).members}


def test_the_sixteen_of_the_column_are_members_when_it_appeared(drugs: Concept) -> None:
    found = roles(drugs, "2026-01-08 08:07")
    assert [found.get(code) for code in INNOVATORS] == ["innovator"] * 11
    assert [found.get(code) for code in CXO] == ["cxo"] * 5


def test_every_healthcare_listing_is_judged(drugs: Concept) -> None:
    found = drugs.judgements(as_of=Moment.parse("2026-01-08"))
    assert len(found) == 301
    assert {"06618", "00241", "01951"} <= {judged.code for judged in found if judged.role is None}  # retail, services


@pytest.mark.parametrize(
    ("code", "out", "member"),
    [
        ("01276", "2025-05-22", "2025-05-24"),  # listed in Hong Kong on Friday 23 May 2025
        ("02575", "2025-10-14", "2025-10-16"),  # its drug was approved before it was listed
        ("02595", "2025-09-18", "2025-09-20"),
        ("06887", "2025-08-06", "2025-08-08"),
        ("02617", "2025-11-02", "2025-11-04"),  # listed, but its first deal came later
    ],
)
def test_members_enter_on_their_day(drugs: Concept, code: str, out: str, member: str) -> None:
    assert code not in roles(drugs, out)
    assert code in roles(drugs, member)


def test_membership_in_the_catalogue_runs_with_the_agreement() -> None:
    catalogue = open_concept("cn-commercial-catalogue", Gazetteer.packaged())
    # Published on 7 December 2025, in force from 1 January 2026 to 31 December 2027.
    assert roles(catalogue, "2025-12-31") == {}
    assert set(roles(catalogue, "2026-01-01").values()) == {"holder"}
    on_the_list = catalogue.basket(as_of=Moment.parse("2025-12-08"), on=Moment.parse("2026-01-01").day)
    assert "01228" in on_the_list
    assert "01228" not in catalogue.basket(as_of=Moment.parse("2026-11-01"), on=Moment.parse("2028-01-01").day)


def test_the_contract_organisations_are_a_concept_of_their_own() -> None:
    assert set(roles(open_concept("cn-cxo", Gazetteer.packaged()), "2026-01-08")) == {*CXO, "02268", "03347"}


def test_every_fact_of_a_member_has_its_row_and_source(drugs: Concept) -> None:
    for member in drugs.basket(as_of=Moment.parse("2026-07-30")).members:
        for fact in member.evidence:
            assert fact.source
            assert fact.record == "reviewed" or fact.record.partition(":")[0] in {*drugs.definition.facts_from}
            assert any("\u4e00" <= char <= "\u9fff" for char in fact.fact_zh)


def test_a_score_is_the_sum_of_what_is_shown(drugs: Concept) -> None:
    score = drugs.exposure(StockCode("01801"), as_of=Moment.parse("2026-07-30"))
    shown = {part.name: part for part in score.parts}
    # Five approvals held, three make the part full; its weight is 0.35.
    assert (len(shown["approved"].evidence), shown["approved"].points) == (5, Decimal("0.35"))
    assert score.measured == sum(part.points for part in score.parts if part.points is not None)
    # Market value is held for this day: only procurement cannot be measured, as no result by company is held.
    assert [name for name, part in shown.items() if part.points is None] == ["procured"]
