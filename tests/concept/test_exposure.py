"""Scores worked out by hand: weight × min(1, measure / full_at), summed."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concept.sample import definition, fact, world
from hkconcept.concept import Definition, compare, exposure, judgements, sensitivity, strength
from hkconcept.model import Moment, StockCode

AT = Moment.parse("2025-06-30")
CODE = StockCode("01276")


def value(_: StockCode, __: Moment) -> tuple[Decimal, str]:
    return Decimal(7_800_000_000), "a table of market values"


@pytest.fixture(scope="module")
def concept(tmp_path_factory: pytest.TempPathFactory) -> Definition:
    return definition(tmp_path_factory.mktemp("concept"))


def test_the_parts_by_hand(concept: Definition) -> None:
    held = world(
        concept,
        {
            "01276": [
                fact("approvals", "2025-02-01", link="holder"),
                fact("approvals", "2025-02-02", link="partner"),
                fact("deals", "2025-03-01", upfront="40000000"),
                fact("deals", "2025-03-02", upfront="10000000"),
                fact("deals", "2025-03-03"),
                fact("procurement", "2025-04-01"),
            ],
            "01801": [],
        },
    )
    found = exposure(concept, CODE, held, as_of=AT, market_value=value)
    approved, licensed, procured = found.parts
    # One own approval of two; US$50m is HK$390m, 5% of HK$7.8bn, of 10%; one procured product of four.
    assert (approved.points, licensed.points, procured.points) == (Decimal("0.25"), Decimal("0.25"), Decimal("-0.05"))
    assert (found.low, found.high, found.measured) == (Decimal("0.45"),) * 3
    assert licensed.formula == ("0.5 × min(1, ((40000000 + 10000000) × 7.8 / 7800000000) / 0.1) = 0.250")
    assert (len(licensed.evidence), licensed.without_value) == (3, 1)
    # Without a market value the second part may be anything from 0 to its weight.
    unknown = exposure(concept, CODE, held, as_of=AT)
    assert (unknown.low, unknown.high) == (Decimal("0.20"), Decimal("0.70"))
    assert unknown.parts[1].formula == "no market value is held for that day"
    # No deal at all is nothing to divide.
    assert exposure(concept, StockCode("01801"), held, as_of=AT).parts[1].points == 0


def test_a_kind_of_which_nothing_was_known_cannot_be_measured(concept: Definition) -> None:
    held = world(concept, {"01276": [fact("procurement", "2025-08-01")]})
    early = exposure(concept, CODE, held, as_of=AT)
    assert (early.parts[2].share, early.parts[2].formula) == (None, "no procurement are held")
    assert early.parts[2].bounds == (Decimal("-0.2"), Decimal(0))
    assert exposure(concept, CODE, held, as_of=Moment.parse("2025-08-01")).parts[2].points == Decimal("-0.05")


@given(st.lists(st.sampled_from(["approvals", "deals", "procurement"]), max_size=12))
def test_scores_stay_within_the_weights_and_fall_with_procurement(kinds: list[str]) -> None:
    concept = CONCEPT["it"]
    facts = [fact(kind, "2025-02-01", link="holder", upfront="900000000") for kind in kinds]
    found = exposure(concept, CODE, world(concept, {"01276": facts}), as_of=AT, market_value=value)
    assert Decimal("-0.2") <= found.low <= found.high <= 1
    more = [*facts, fact("procurement", "2025-02-01")]
    if "procurement" in kinds:
        assert exposure(concept, CODE, world(concept, {"01276": more}), as_of=AT, market_value=value).high <= found.high


CONCEPT: dict[str, Definition] = {}


@pytest.fixture(autouse=True)
def _keep(concept: Definition) -> None:
    CONCEPT["it"] = concept


def test_sensitivity_by_hand(concept: Definition) -> None:
    held = world(
        concept,
        {
            "01276": [fact("approvals", "2025-02-01", link="holder"), fact("approvals", "2025-02-02", link="holder")],
            "01801": [fact("deals", "2025-02-01", upfront="90000000")],
            "06990": [fact("procurement", "2025-02-01")],
        },
    )
    scores = [exposure(concept, code, held, as_of=AT, market_value=value) for code in held.facts if code != "02359"]
    # Measured: 0.5; 0.5 × 0.9 = 0.45; -0.05. Without the approvals the first falls from 1st to 2nd.
    assert [score.measured for score in scores] == [Decimal("0.5"), Decimal("0.450"), Decimal("-0.05")]
    without = next(item for item in sensitivity(scores) if item.part == "approved" and item.factor == 0)
    assert (without.rank_correlation, without.largest_move, without.places) == (0.5, "01276", 1.0)
    steady = next(item for item in sensitivity(scores) if item.part == "procured" and item.factor == Decimal("1.5"))
    assert (steady.rank_correlation, steady.largest_move) == (1.0, None)
    assert sensitivity([]) == ()


def test_strength_and_a_column(tmp_path: Path) -> None:
    concept = definition(tmp_path)
    strong = [fact("deals", "2025-01-05"), fact("deals", "2025-01-06"), fact("approvals", "2025-01-07", link="holder")]
    strong = [*strong, fact("approvals", "2025-01-08", link="parent")]
    facts = {
        "01276": strong,
        "01801": [fact("deals", "2025-01-05"), fact("deals", "2025-01-06")],
        "03692": [fact("deals", "2025-01-05"), fact("deals", "2025-01-06", "recalled")],
        "06990": [],
    }
    held = world(concept, facts)
    assert strength(concept, []) == "none"
    found = judgements(concept, held, held.facts, as_of=AT)
    named = [StockCode(code) for code in ("01801", "03692", "06990", "09999")]
    result = compare(concept, found, named)
    assert [j.code for j in result.supported] == ["01801"]
    assert [j.code for j in result.weak] == ["03692"]  # the other fact is only recalled
    assert [(j.code, j.reason) for j in result.outside] == [("06990", "no_evidence_yet")]
    assert result.unjudged == ("09999",)
    assert [j.code for j in result.strong_unnamed] == ["01276"]
