"""Who belongs as of when, worked out by hand on a small concept; never anybody from the future."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concept.sample import GOOD, definition, fact, world
from hkconcept.concept import Definition, World, basket, changes, diff, judge, judgements, left_out, load_definition
from hkconcept.errors import NotAvailableError
from hkconcept.model import HKT, Evidence, Listing, Moment, StockCode


@pytest.fixture(scope="module")
def concept(tmp_path_factory: pytest.TempPathFactory) -> Definition:
    return definition(tmp_path_factory.mktemp("concept"))


def role(concept: Definition, held: World, code: str, when: str) -> str | None:
    return judge(concept, StockCode(code), held, as_of=Moment.parse(when)).role


def test_one_approval_is_too_few_for_the_first_rules_and_enough_for_the_second(concept: Definition) -> None:
    held = world(concept, {"01276": [fact("approvals", "2025-02-01", link="holder")]})
    assert role(concept, held, "01276", "2025-06-30") is None
    assert role(concept, held, "01276", "2025-07-01") == "innovator"


def test_a_fact_known_to_the_day_counts_when_the_day_is_over(concept: Definition) -> None:
    held = world(concept, {"01276": [fact("deals", "2025-02-03")]})
    assert role(concept, held, "01276", "2025-02-03 23:59") is None
    assert role(concept, held, "01276", "2025-02-04 00:00") == "innovator"
    # Asked for the whole day, the answer is that of its end.
    assert role(concept, held, "01276", "2025-02-03") == "innovator"


def test_an_old_deal_stops_counting_after_two_years(concept: Definition) -> None:
    held = world(concept, {"01276": [fact("deals", "2023-03-10")]})
    assert role(concept, held, "01276", "2025-03-10") == "innovator"
    assert role(concept, held, "01276", "2025-03-11") is None
    # The second rules set no age.
    assert role(concept, held, "01276", "2025-07-01") == "innovator"


def test_the_first_role_that_fits_holds_and_a_dropped_role_ends(concept: Definition) -> None:
    held = world(concept, {"02359": [fact("deals", "2024-12-01")]})
    assert role(concept, held, "02359", "2025-01-02") == "cxo"
    # The second rules know no cxo: the deal makes it an innovator.
    assert role(concept, held, "02359", "2025-07-01") == "innovator"
    only_service = world(concept, {})
    assert role(concept, only_service, "02359", "2025-06-30") == "cxo"
    assert role(concept, only_service, "02359", "2025-07-01") is None


def test_reasons(concept: Definition) -> None:
    gone = Listing(StockCode("01093"), (), listed_to=dt.date(2025, 1, 31))
    later = Listing(StockCode("01276"), (), listed_from=dt.date(2025, 5, 23))
    deal = [fact("deals", "2025-01-02")]
    facts = dict.fromkeys(("00005", "01093", "01276", "08037"), deal)
    facts["02617"] = [fact("approvals", "2025-01-02"), fact("approvals", "2025-01-03", link="holder")]
    facts["03692"] = [fact("approvals", "2025-01-02", link="partner")]
    facts["06990"] = [*deal, fact("suspension", "2025-02-01", valid_from="2025-02-02", valid_to="2025-02-20")]
    held = world(concept, facts, x01093=gone, x01276=later)
    found = {judged.code: judged for judged in judgements(concept, held, held.facts, as_of=Moment.parse("2025-02-10"))}
    reasons = {code: judged.reason for code, judged in found.items()}
    assert reasons == {
        "00005": "excluded",
        "01093": "no_longer_listed",
        "01276": "not_listed_yet",
        "02359": "member",
        "02617": "undecided",  # one of its two approvals does not say whose it is
        "03692": "no_evidence_yet",
        "06990": "market",  # suspended
        "08037": "market",  # the growth board
    }
    assert found[StockCode("02617")].unknown == ("approvals.link",)
    assert found[StockCode("06990")].detail_en == "the market rule forbid is not met"
    left = left_out(concept, held, held.facts, as_of=Moment.parse("2025-02-10"))
    assert {item.code for item in left} == reasons.keys() - {"02359"}
    # The suspension is over on the 20th: the end is excluded.
    assert role(concept, held, "06990", "2025-02-19") is None
    assert role(concept, held, "06990", "2025-02-20") == "innovator"


def test_a_market_condition_of_which_nothing_is_held_is_kept_or_dropped_and_said(tmp_path: Path) -> None:
    deals = {"06990": [fact("deals", "2025-01-02")]}
    kept = definition(tmp_path)
    dropped = definition(tmp_path, GOOD.replace("if_unknown: keep", "if_unknown: drop"))
    at = Moment.parse("2025-02-10")
    judged = judge(kept, StockCode("06990"), world(kept, deals), as_of=at)
    assert (judged.role, judged.unknown) == ("innovator", ("forbid",))
    judged = judge(dropped, StockCode("06990"), world(dropped, deals), as_of=at)
    assert (judged.role, judged.unknown, judged.detail_en) == (None, ("forbid",), "the market rule forbid is not known")


def test_a_lowest_turnover_is_met_not_met_or_not_known(tmp_path: Path) -> None:
    rule = 'min_median_turnover: {hkd: "1000000", sessions: 20, if_unknown: drop}'
    concept = definition(tmp_path, GOOD.replace("forbid: {facts: suspension, if_unknown: keep}", rule))
    held = world(concept, {code: [fact("deals", "2025-01-02")] for code in ("01801", "01877", "06990")})
    told = {"01801": Decimal(2_000_000), "01877": Decimal(999_999)}
    priced = replace(held, turnover=lambda code, _, sessions: told.get(code) if sessions == 20 else None)
    found = {
        j.code: j
        for j in judgements(
            concept, priced, [StockCode(code) for code in (*told, "06990")], as_of=Moment.parse("2025-02-10")
        )
    }
    assert {code: (j.role, j.unknown) for code, j in found.items()} == {
        "01801": ("innovator", ()),
        "01877": (None, ()),
        "06990": (None, ("min_median_turnover",)),
    }


def test_constituents_have_an_effective_day_and_a_day_of_knowledge(tmp_path: Path) -> None:
    text = GOOD.replace("          - facts: deals\n            within_years: 2\n", "          - facts: constituents\n")
    concept = definition(tmp_path, text)
    # In the index from the 15th; the change became public on the evening of the 16th.
    late = world(concept, {"02617": [fact("constituents", "2025-09-16 18:00", valid_from="2025-09-15")]})
    early = world(concept, {"02617": [fact("constituents", "2025-09-05 18:00", valid_from="2025-09-15")]})
    concept = definition(tmp_path, text.replace("          - facts: deals\n", "          - facts: constituents\n"))

    def held(facts: World, as_of: str, on: str | None = None) -> bool:
        day = dt.date.fromisoformat(on) if on else None
        return "02617" in basket(concept, facts, facts.facts, as_of=Moment.parse(as_of), on=day)

    assert [held(late, day) for day in ("2025-09-12", "2025-09-15", "2025-09-16 17:59", "2025-09-16 18:00")] == [
        *(False, False, False, True)
    ]
    assert [held(early, day) for day in ("2025-09-12", "2025-09-14 23:00", "2025-09-15 00:00")] == [False, False, True]
    # Announced for the 15th: on the 12th the basket of the 15th already holds it.
    assert held(early, "2025-09-12", "2025-09-15")
    assert not held(late, "2025-09-12", "2025-09-15")
    (entry,) = (e for e in changes(concept, late, late.facts, until=Moment.parse("2025-12-31")) if e.code == "02617")
    assert (entry.action, str(entry.effective), entry.known_at.isoformat()) == (
        *("joins", "2025-09-15", "2025-09-16T18:00:00+08:00"),
    )
    (entry,) = (e for e in changes(concept, early, early.facts, until=Moment.parse("2025-12-31")) if e.code == "02617")
    assert (entry.known_at.isoformat(), entry.counted_from.isoformat()) == (
        *("2025-09-05T18:00:00+08:00", "2025-09-15T00:00:00+08:00"),
    )


def test_the_ledger_of_changes_by_hand(concept: Definition) -> None:
    facts = {
        "01276": [fact("approvals", "2025-02-01", link="holder")],
        "06990": [fact("deals", "2025-03-05 18:00")],
        "01801": [fact("deals", "2023-03-10")],
    }
    held = world(concept, facts)
    told = [
        (entry.code, entry.action, entry.role, entry.previous, str(entry.effective), entry.version)
        for entry in changes(concept, held, held.facts, until=Moment.parse("2025-12-31"))
    ]
    assert told == [
        ("01801", "held_at_start", "innovator", None, "None", "1"),
        ("02359", "held_at_start", "cxo", None, "None", "1"),
        # Public after the close of the 5th: the market could act on the 6th.
        ("06990", "joins", "innovator", None, "2025-03-06", "1"),
        ("01801", "leaves", None, "innovator", "2025-03-11", "1"),
        # 1 July 2025 is a holiday in Hong Kong.
        ("01276", "joins", "innovator", None, "2025-07-02", "2"),
        ("01801", "joins", "innovator", None, "2025-07-02", "2"),
        ("02359", "leaves", None, "cxo", "2025-07-02", "2"),
    ]
    between = diff(concept, held, held.facts, earlier=Moment.parse("2025-03-01"), later=Moment.parse("2025-06-01"))
    assert [(entry.code, entry.action) for entry in between] == [("06990", "joins"), ("01801", "leaves")]


def test_before_the_history_held_membership_is_unknown_not_empty(concept: Definition) -> None:
    held = world(concept, {})
    with pytest.raises(NotAvailableError, match="membership is unknown before 2025-01-01"):
        basket(concept, held, held.facts, as_of=Moment.parse("2024-12-31 23:59"))
    assert "02359" in basket(concept, held, held.facts, as_of=Moment.parse("2025-01-01"))


moments = st.integers(min_value=0, max_value=500 * 24).map(
    lambda hours: Moment(dt.datetime(2025, 1, 1, tzinfo=HKT) + dt.timedelta(hours=hours))
)
days = st.dates(dt.date(2022, 6, 1), dt.date(2026, 6, 30))


@st.composite
def some_facts(draw: st.DrawFn) -> dict[str, list[Evidence]]:
    held: dict[str, list[Evidence]] = {}
    for _ in range(draw(st.integers(1, 8))):
        code = draw(st.sampled_from(CODES))
        kind = draw(st.sampled_from(["approvals", "deals", "suspension"]))
        more = {"link": draw(st.sampled_from(["holder", "partner"]))} if kind == "approvals" else {}
        if kind == "suspension":
            start = draw(days)
            more = {"valid_from": f"{start}", "valid_to": f"{start + dt.timedelta(days=draw(st.integers(1, 90)))}"}
        held.setdefault(code, []).append(fact(kind, f"{draw(days)}", **more))
    return held


@settings(max_examples=60, deadline=None)
@given(some_facts(), some_facts(), moments)
def test_what_is_known_later_never_changes_an_earlier_answer(
    tmp_path_factory: pytest.TempPathFactory,
    facts: dict[str, list[Evidence]],
    more: dict[str, list[Evidence]],
    at: Moment,
) -> None:
    concept = load_definition(PATH.setdefault("path", _written(tmp_path_factory)))
    later = {
        code: [*facts.get(code, []), *(f for f in more.get(code, []) if f.known_at.known_by > at.known_by)]
        for code in CODES
    }
    now = {code: facts.get(code, []) for code in CODES}
    codes = [StockCode(code) for code in CODES]
    assert judgements(concept, world(concept, now), codes, as_of=at) == judgements(
        concept, world(concept, later), codes, as_of=at
    )


CODES = ("01276", "01801", "06990")
PATH: dict[str, Path] = {}


def _written(factory: pytest.TempPathFactory) -> Path:
    from concept.sample import write  # noqa: PLC0415 - beside the one use

    return write(factory.mktemp("property"))


@settings(max_examples=40, deadline=None)
@given(some_facts(), moments, moments)
def test_changes_lead_from_one_basket_to_the_other(
    tmp_path_factory: pytest.TempPathFactory, facts: dict[str, list[Evidence]], one: Moment, other: Moment
) -> None:
    concept = load_definition(PATH.setdefault("path", _written(tmp_path_factory)))
    held = world(concept, facts)
    early, late = sorted((one, other), key=lambda moment: moment.at)
    roles = {m.code: m.role for m in basket(concept, held, held.facts, as_of=early).members}
    for entry in diff(concept, held, held.facts, earlier=early, later=late):
        assert roles.get(entry.code) == entry.previous
        if entry.role is None:
            del roles[entry.code]
        else:
            roles[entry.code] = entry.role
    assert roles == {m.code: m.role for m in basket(concept, held, held.facts, as_of=late).members}
