"""Who belongs as of when; never anybody from the future."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hkconcept.concept import basket, left_out, load_definition
from hkconcept.errors import NotAvailableError
from hkconcept.market import Bars
from hkconcept.model import HKT, Listing, Moment, StockCode

INNOVATORS = ["01276", "06990", "00013", "09926", "01801", "01093", "09995", "01530", "01167", "02105", "03692"]
CXO = ["06821", "03759", "06127", "02269", "02359"]

DEFINITION = load_definition("cn-innovative-drugs")
# First days of trading are left to the definition here: a gazetteer may not hold them.
LISTINGS = {member.code: Listing(member.code, ()) for member in DEFINITION.members}
moments = st.integers(min_value=0, max_value=700 * 24).map(
    lambda hours: Moment(dt.datetime(2025, 1, 1, tzinfo=HKT) + dt.timedelta(hours=hours))
)


def codes(as_of: str) -> set[str]:
    return {member.code for member in basket(DEFINITION, as_of=Moment.parse(as_of), listings=LISTINGS).members}


def test_the_sixteen_of_the_column_are_members_when_it_appeared() -> None:
    found = basket(DEFINITION, as_of=Moment.parse("2026-01-08 08:07"), listings=LISTINGS)
    roles = {member.code: member.role for member in found.members}
    assert [roles.get(StockCode(code)) for code in INNOVATORS] == ["innovator"] * 11
    assert [roles.get(StockCode(code)) for code in CXO] == ["cxo"] * 5


def test_the_definition_covers_forty_to_seventy_securities_with_evidence() -> None:
    members = DEFINITION.members
    assert 40 <= len(members) <= 70
    assert {member.code for member in members if member.role == "cxo"} == {*CXO, "02268", "03347"}
    for member in members:
        assert len({(fact.kind, fact.fact_en) for fact in member.evidence}) == len(member.evidence)
        if member.role == "cxo":
            assert {fact.kind for fact in member.evidence} == {"business"}
        else:
            assert not {fact.kind for fact in member.evidence} & {"business"}


def test_facts_are_written_in_both_languages() -> None:
    for member in DEFINITION.members:
        for fact in member.evidence:
            assert fact.fact_en.isascii()
            assert any("\u4e00" <= char <= "\u9fff" for char in fact.fact_zh)


def test_every_member_is_asked_for_in_the_market_sample() -> None:
    assert set(Bars.packaged().codes) == {member.code for member in DEFINITION.members}


@pytest.mark.parametrize(
    ("code", "out", "member"),
    [
        ("01276", "2025-05-22", "2025-05-23"),  # listed in Hong Kong on the 23rd
        ("02575", "2025-10-14", "2025-10-15"),  # its drug was approved before it was listed
        ("02595", "2025-09-18", "2025-09-19"),
        ("06887", "2025-08-06", "2025-08-07"),
        ("02617", "2025-11-02", "2025-11-03"),  # listed, but its first deal came later
        ("01530", "2025-04-16", "2025-04-17"),
        ("01952", "2026-06-01", "2026-06-02"),
    ],
)
def test_members_enter_on_their_day(code: str, out: str, member: str) -> None:
    assert code not in codes(out)
    assert code in codes(member)


def test_evidence_known_to_the_day_counts_only_when_the_day_is_over() -> None:
    # The deal of 2025-11-03 has no time of day: on that day at noon it may not have been public.
    assert "02617" not in codes("2025-11-03 12:00")
    assert "02617" in codes("2025-11-04 00:00")


def test_reasons_for_being_left_out() -> None:
    as_of = Moment.parse("2025-05-22")
    few = {code: listing for code, listing in LISTINGS.items() if code != "01801"}
    gone = {**few, StockCode("01093"): Listing(StockCode("01093"), (), listed_to=dt.date(2025, 5, 1))}
    reasons = {item.code: item.reason for item in left_out(DEFINITION, as_of=as_of, listings=gone)}
    assert reasons[StockCode("01276")] == "not_listed_yet"
    assert reasons[StockCode("01801")] == "no_listing_held"
    assert reasons[StockCode("01093")] == "no_longer_listed"
    assert reasons[StockCode("01952")] == "no_evidence_yet"
    members = basket(DEFINITION, as_of=as_of, listings=gone).members
    assert len(members) + len(reasons) == len(DEFINITION.members)


def test_a_listing_date_of_the_gazetteer_counts_too() -> None:
    later = {**LISTINGS, StockCode("01801"): Listing(StockCode("01801"), (), listed_from=dt.date(2025, 7, 1))}
    assert "01801" not in basket(DEFINITION, as_of=Moment.parse("2025-06-30"), listings=later)
    assert "01801" in basket(DEFINITION, as_of=Moment.parse("2025-07-01"), listings=later)


def test_before_the_history_held_membership_is_unknown_not_empty() -> None:
    with pytest.raises(NotAvailableError, match="membership is unknown before 2025-01-01"):
        basket(DEFINITION, as_of=Moment.parse("2024-12-31 23:59"), listings=LISTINGS)
    assert len(codes("2025-01-01")) > 30


@given(moments)
def test_no_membership_from_the_future(as_of: Moment) -> None:
    for member in basket(DEFINITION, as_of=as_of, listings=LISTINGS).members:
        assert member.evidence
        assert all(fact.known_at.known_by <= as_of.at for fact in member.evidence)
        first = DEFINITION.first_days.get(member.code)
        assert first is None or first.day <= as_of.day


@settings(max_examples=50)
@given(moments, moments)
def test_what_is_known_later_never_changes_an_earlier_answer(one: Moment, other: Moment) -> None:
    early, late = sorted((one, other), key=lambda moment: moment.at)
    before = {m.code: m for m in basket(DEFINITION, as_of=early, listings=LISTINGS).members}
    after = {m.code: m for m in basket(DEFINITION, as_of=late, listings=LISTINGS).members}
    # Nothing is withdrawn in this history, so an earlier basket is the later one cut back to its moment.
    for code, member in before.items():
        cut = tuple(fact for fact in after[code].evidence if fact.known_at.known_by <= early.at)
        assert cut == member.evidence
