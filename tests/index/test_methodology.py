"""Methodologies are read strictly, and reviews fall on the days they say."""

import datetime as dt
from pathlib import Path

import pytest

from hkconcept.errors import NotAvailableError, SourceError, UsageError
from hkconcept.index import Facts, MembershipRow, RateRow, calculate, load_methodology
from hkconcept.index.methodology import Methodology, Review, Version
from hkconcept.index.reviewing import review_sessions
from hkconcept.market import Segment
from index.scenarios import DAYS, KNOWN, LONG_AGO, calculated, panel_of, rules, scenarios

GOOD = """\
index: mine
name: {en: Mine, zh: 我的}
currency: HKD
base: {date: 2026-01-05, level: 1000}
versions:
  - valid_from: 2026-01-05
    weighting: {scheme: equal}
"""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "currency: HKD",
            "curency: HKD",
            " line 3: unknown key 'curency'; did you mean currency? allowed are index",
        ),
        ("currency: HKD\n", "", " line 1: 'currency' is missing; add it."),
        ("level: 1000", "level: ten", " line 4: 'ten' is not a number; write it like 0.25."),
        ("level: 1000", "level: 0", " line 4: the base level 0 is not above 0; write one like 1000."),
        ("date: 2026-01-05", "date: 5 January", " line 4: '5 January' is not a date; write it like 2026-01-07."),
        ("scheme: equal", "scheme: equel", " line 7: 'equel' is none of equal, market_value"),
        (
            "scheme: equal",
            "scheme: equal, cap: 10",
            " line 7: the cap 10 is not above 0 and at most 1; write 0.10",
        ),
        (
            "weighting: {scheme: equal}",
            "weighting: {scheme: equal}\n    selection: {count: 5, enter: 6}",
            " line 8: a selection needs enter <= count <= stay; correct the entry.",
        ),
        (
            "weighting: {scheme: equal}",
            "weighting: {scheme: equal}\n    review: {months: [13]}",
            " line 8: months are 1 to 12 and nth is 1 to 4; correct the entry.",
        ),
        (
            "weighting: {scheme: equal}",
            "weighting: {scheme: equal}\n    minimum_history: -1",
            " line 8: '-1' is not a whole number of at least 0.",
        ),
        ("versions:", "dividend_tax: 1\nversions:", " line 5: the tax 1 is not from 0 to below 1; write 0.10 for 10%."),
        ("versions:", "versions: x\nx:", " line 6: unknown key 'x'"),
        ("name: {en: Mine, zh: 我的}", "name: [", ": not YAML: "),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        load_methodology(str(path))
    assert sentence in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_methodology(str(path)).versions == (Version(DAYS[0], "equal"),)
    with pytest.raises(SourceError, match="there is no such methodology; packaged: cn-innovative-drugs-equal; or a"):
        load_methodology("other")


def test_reviews_follow_the_first_friday() -> None:
    # First Fridays: 5 December 2025 and 6 March 2026; the change takes effect on the Mondays after them.
    days = [dt.date(2025, 12, 1) + dt.timedelta(n) for n in range(120)]
    sessions = [day for day in days if day.weekday() < 5]
    version = Version(dt.date(2025, 12, 1), "equal", None, Review(months=(3, 6, 9, 12), dates=(dt.date(2026, 1, 10),)))
    found = [str(sessions[t]) for t in review_sessions(_methodology(version), sessions)]
    assert found == ["2025-12-08", "2026-01-12", "2026-03-09"]  # a Saturday given counts from its Monday


def test_a_new_version_of_the_rules_counts_from_its_day() -> None:
    old = Version(dt.date(2025, 12, 1), "equal", None, Review(months=(12,)))
    new = Version(dt.date(2026, 2, 1), "equal", None, Review(months=(1, 2)))
    sessions = [day for n in range(120) if (day := dt.date(2025, 12, 1) + dt.timedelta(n)).weekday() < 5]
    found = [str(sessions[t]) for t in review_sessions(_methodology(old, new), sessions)]
    assert found == ["2025-12-08", "2026-02-09"]


def _methodology(*versions: Version) -> Methodology:
    from decimal import Decimal  # noqa: PLC0415 - beside its only use

    return Methodology("x", "X", "X", "HKD", dt.date(2025, 12, 1), Decimal(1000), versions)


def test_what_cannot_be_calculated_is_refused() -> None:
    facts = Facts([MembershipRow("00001", "in", LONG_AGO, KNOWN)])
    panel = panel_of({"00001": [10, 11]})
    with pytest.raises(NotAvailableError, match=r"2026-01-12 is no session of the panel \(2026-01-05 to 2026-01-06\)"):
        calculate(panel, rules("equal", DAYS[5]), facts)
    with pytest.raises(NotAvailableError, match="2026-01-05: no member can be priced and weighted in the base"):
        calculate(panel, rules("market_value"), facts)
    adjusted = panel_of({"00001": [10, 11]}, Segment("made", "adjusted"))
    with pytest.raises(UsageError, match="weights by market_value need unadjusted prices"):
        calculate(adjusted, rules("market_value"), facts)
    dollars = panel_of({"00001": [10, 11]}, Segment("made", "unadjusted", "USD"))
    with pytest.raises(
        NotAvailableError, match="no rate of USD for 2 of 2 sessions, the first 2026-01-05; give a rate"
    ):
        calculate(dollars, rules("equal"), facts)


def test_the_last_member_cannot_leave() -> None:
    leaves = MembershipRow("00001", "out", DAYS[1], KNOWN)
    facts = Facts([MembershipRow("00001", "in", LONG_AGO, KNOWN), leaves])
    with pytest.raises(NotAvailableError, match="2026-01-06: no member is left in the basket"):
        calculate(panel_of({"00001": [10, 11]}), rules("equal", version={"membership_changes": "effective"}), facts)


def test_actions_are_not_done_twice_over_adjusted_prices() -> None:
    case = next(case for case in scenarios() if case["name"] == "rights issue in a basket of equal weights")
    from index.scenarios import facts_of  # noqa: PLC0415 - beside its only use

    panel = panel_of({"00001": [10, 11], "00002": [20, 20]}, Segment("made", "adjusted"))
    index = calculate(panel, rules("equal"), facts_of(case))
    assert [entry.kind for entry in index.entries()] == ["base", "in_prices"]
    assert index.price_levels is None
    assert [str(level) for level in index.levels()["total"]] == ["1000.00", "1050.00"]


def test_other_currencies() -> None:
    # A price in dollars: 10 x 7.8 = 78 and 11 x 7.0 = 77; 77 / 78 x 1000 = 987.18.
    rates = [RateRow("USD", DAYS[0], 7.8), RateRow("USD", DAYS[1], 7.0)]
    facts = Facts([MembershipRow("00001", "in", LONG_AGO, KNOWN)], rates=rates)
    panel = panel_of({"00001": [10, 11]}, Segment("made", "unadjusted", "USD"))
    index = calculate(panel, rules("equal"), facts)
    assert [str(level) for level in index.levels()["price"]] == ["1000.00", "987.18"]
    # The level in dollars is that of the dollar price again: 987.18 x 7.8 / 7.0 = 1100.
    assert [str(level) for level in index.levels(currency="USD", rates=rates)["price"]] == ["1000.00", "1100.00"]
    with pytest.raises(NotAvailableError, match="no rate of EUR for 2 of 2 sessions"):
        index.levels(currency="EUR", rates=rates)


def test_members_without_prices_are_named() -> None:
    facts = Facts([MembershipRow(code, "in", LONG_AGO, KNOWN) for code in ("00001", "01167")])
    assert calculate(panel_of({"00001": [10, 11]}), rules("equal"), facts).unpriced == ("01167",)


def test_weights_sum_to_one_and_name_who_is_carried() -> None:
    case = next(case for case in scenarios() if case["name"] == "suspension at the last price")
    weights = calculated(case).weights(DAYS[1])
    assert weights.select("code", "weight", "carried").rows() == [
        ("00001", pytest.approx(1100 / 2100), False),
        ("00002", pytest.approx(1000 / 2100), True),
    ]
