"""What must hold of every index: no action moves it by itself, weights, order, and nothing known later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.index import (
    ActionRow,
    Calculation,
    Facts,
    MembershipRow,
    SharesRow,
    calculate,
    published,
)
from hkconcept.index.methodology import Selection
from hkconcept.index.weights import capped, chosen, tree_sum
from hkconcept.market import PriceRow, make_panel
from hkconcept.model import HKT, Moment
from index.scenarios import DAYS, KNOWN, LONG_AGO, UNADJUSTED, rules

CODES = ("00001", "00002", "00003", "00004")
EFFECTIVE = {"membership_changes": "effective", "share_changes": "effective"}
ticks = st.integers(50, 5000)
tables = st.lists(st.lists(ticks, min_size=len(DAYS), max_size=len(DAYS)), min_size=4, max_size=4)
schemes = st.sampled_from(("equal", "market_value", "exposure_value"))


def rows_of(table: list[list[int]]) -> list[PriceRow]:
    return [
        PriceRow(code, day, ticks / 100, 9)
        for code, closes in zip(CODES, table, strict=True)
        for day, ticks in zip(DAYS, closes, strict=True)
    ]


def plain_facts() -> Facts:
    from hkconcept.index import ExposureRow  # noqa: PLC0415 - beside its only use

    return Facts(
        [MembershipRow(code, "in", LONG_AGO, KNOWN) for code in CODES],
        (),
        [SharesRow(code, 1000.0 * (n + 1), LONG_AGO, KNOWN) for n, code in enumerate(CODES)],
        [ExposureRow(code, 1.0 + n, LONG_AGO, KNOWN) for n, code in enumerate(CODES)],
        dividends_held=True,
    )


def over(rows: list[PriceRow], facts: Facts, scheme: str, **version: object) -> Calculation:
    return calculate(make_panel({UNADJUSTED: rows}), rules(scheme, version=version), facts)


def levels(index: Calculation) -> list[str]:
    return [str(level) for level in index.levels()["price"]]


@given(tables, schemes, st.integers(1, 9), st.sampled_from((2.0, 0.1, 1.25, 3.0)))
def test_a_split_with_its_price_changes_nothing(
    table: list[list[int]], scheme: str, session: int, ratio: float
) -> None:
    rows = rows_of(table)
    halved = [
        replace(row, close=row.close / ratio) if row.code == CODES[0] and row.session >= DAYS[session] else row
        for row in rows
    ]
    facts = plain_facts()
    split = ActionRow(CODES[0], "split", DAYS[session], KNOWN, ratio=ratio)
    before = over(rows, facts, scheme)
    after = over(halved, replace(facts, actions=[split]), scheme)
    np.testing.assert_allclose(after.main_levels, before.main_levels, rtol=1e-13)
    assert levels(after) == levels(before)


@given(tables, st.integers(1, 9), st.integers(1, 49))
def test_a_dividend_by_which_the_price_falls_leaves_the_total_return(
    table: list[list[int]], session: int, cents: int
) -> None:
    flat = [[closes[0]] * len(DAYS) for closes in table]
    paid = cents / 100
    rows = [
        replace(row, close=row.close - paid) if row.code == CODES[1] and row.session >= DAYS[session] else row
        for row in rows_of(flat)
    ]
    dividend = ActionRow(CODES[1], "dividend", DAYS[session], KNOWN, amount=paid)
    index = over(rows, replace(plain_facts(), actions=[dividend]), "market_value")
    assert [str(level) for level in index.levels()["total"]] == ["1000.00"] * len(DAYS)
    assert index.price_levels is not None
    assert index.price_levels[-1] < 1000


@given(tables, schemes, st.integers(1, 9), st.sampled_from((0.1, 0.25, 1.0)), st.integers(1, 99))
def test_rights_whose_price_falls_to_the_theoretical_one_change_nothing(
    table: list[list[int]], scheme: str, session: int, ratio: float, percent: int
) -> None:
    flat = rows_of([[closes[0]] * len(DAYS) for closes in table])
    price = table[2][0] / 100
    paid = price * percent / 100
    fallen = (price + ratio * paid) / (1 + ratio)
    rows = [
        replace(row, close=fallen) if row.code == CODES[2] and row.session >= DAYS[session] else row for row in flat
    ]
    rights = ActionRow(CODES[2], "rights", DAYS[session], KNOWN, ratio=ratio, price=paid)
    index = over(rows, replace(plain_facts(), actions=[rights]), scheme)
    assert levels(index) == ["1000.00"] * len(DAYS)


@given(tables, schemes, st.integers(2, 9))
def test_entries_exits_and_share_changes_do_not_move_the_level(
    table: list[list[int]], scheme: str, session: int
) -> None:
    flat = rows_of([[closes[0]] * len(DAYS) for closes in table])
    facts = plain_facts()
    day = DAYS[session]
    moved = replace(
        facts,
        membership=[
            *facts.membership[:3],
            MembershipRow(CODES[3], "in", day, KNOWN),
            MembershipRow(CODES[0], "out", DAYS[session - 1], KNOWN),
        ],
        shares=[*facts.shares, SharesRow(CODES[1], 777.0, day, KNOWN)],
    )
    index = over(flat, moved, scheme, **EFFECTIVE)
    assert levels(index) == ["1000.00"] * len(DAYS)
    for before, after in zip(index.main_levels[:-1], index.main_levels[1:], strict=True):
        assert after == pytest.approx(before, rel=1e-14)


@given(tables, schemes, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_bit(table: list[list[int]], scheme: str, random: Random) -> None:
    rows, facts = rows_of(table), plain_facts()
    more = [
        ActionRow(CODES[0], "split", DAYS[3], KNOWN, ratio=2.0),
        ActionRow(CODES[1], "dividend", DAYS[3], KNOWN, amount=0.1),
        ActionRow(CODES[2], "dividend", DAYS[3], KNOWN, amount=0.2),
    ]
    shares = [*facts.shares, SharesRow(CODES[1], 999.0, DAYS[4], KNOWN)]
    facts = replace(facts, actions=more, shares=shares)
    one = over(rows, facts, scheme, **EFFECTIVE)
    for held in (rows, more, shares):
        random.shuffle(held)
    members = list(facts.membership)
    random.shuffle(members)
    other = over(rows, replace(facts, membership=members), scheme, **EFFECTIVE)
    np.testing.assert_array_equal(one.main_levels, other.main_levels)
    np.testing.assert_array_equal(one.total_levels, other.total_levels)
    assert one.divisor_log().equals(other.divisor_log())


@st.composite
def later_facts(draw: st.DrawFn) -> tuple[int, Facts]:
    """Facts of every kind that became known in or after a session, effective at any time."""
    session = draw(st.integers(1, 9))
    known = Moment(dt.datetime.combine(DAYS[session], dt.time(draw(st.integers(10, 23))), tzinfo=HKT))
    day, code = st.sampled_from(DAYS), st.sampled_from(CODES)
    actions = draw(
        st.lists(
            st.one_of(
                st.builds(ActionRow, code, st.just("split"), day, st.just(known), ratio=st.just(2.0)),
                st.builds(ActionRow, code, st.just("dividend"), day, st.just(known), amount=st.just(0.2)),
                st.builds(ActionRow, code, st.just("delisting"), day, st.just(known)),
            ),
            max_size=2,
        )
    )
    shares = draw(st.lists(st.builds(SharesRow, code, st.sampled_from((5e3, 9e3)), day, st.just(known)), max_size=2))
    members = draw(
        st.lists(st.builds(MembershipRow, code, st.sampled_from(("in", "out")), day, st.just(known)), max_size=1)
    )
    return session, Facts(members, actions, shares)


@given(tables, schemes, later_facts())
def test_facts_known_later_change_no_earlier_level(
    table: list[list[int]], scheme: str, later: tuple[int, Facts]
) -> None:
    session, new = later
    rows, facts = rows_of(table), plain_facts()
    review = {"review": {"dates": [str(DAYS[5])]}}
    before = over(rows, facts, scheme, **EFFECTIVE, **review)
    more = replace(
        facts,
        membership=[*facts.membership, *new.membership],
        actions=new.actions,
        shares=[*facts.shares, *new.shares],
    )
    after = over(rows, more, scheme, **EFFECTIVE, **review)
    # Known after the opening of that session: up to it and in it nothing may differ, not even in the last bit.
    np.testing.assert_array_equal(after.main_levels[: session + 1], before.main_levels[: session + 1])
    np.testing.assert_array_equal(after.total_levels[: session + 1], before.total_levels[: session + 1])  # type: ignore[index]


@given(tables, st.integers(3, 8))
def test_levels_as_of_a_moment_are_the_first_of_the_later_ones(table: list[list[int]], session: int) -> None:
    rows, facts = rows_of(table), plain_facts()
    facts = replace(facts, actions=[ActionRow(CODES[0], "split", DAYS[6], Moment.of_day(DAYS[4]), ratio=2.0)])
    whole = over(rows, facts, "market_value")
    moment = Moment.of_day(DAYS[session])
    then = calculate(make_panel({UNADJUSTED: rows}, as_of=moment), rules(), facts, as_of=moment)
    np.testing.assert_array_equal(then.main_levels, whole.main_levels[: session + 1])


sizes = st.lists(st.floats(1e-3, 1e6), min_size=1, max_size=40)


@given(sizes, st.floats(0.01, 1.0))
def test_weights_sum_to_one_and_respect_the_cap(values: list[float], cap: float) -> None:
    weights, used, _ = capped(np.array(values), cap)
    assert float(tree_sum(weights.copy())) == pytest.approx(1.0, abs=1e-12)
    assert weights.max() <= used + 1e-15
    assert used == max(cap, 1 / len(values)) or used == cap
    # Whoever is below the cap keeps its proportion to the others below it.
    below = np.flatnonzero(weights < used - 1e-12)
    if len(below) > 1:
        ratio = weights[below] / np.array(values)[below]
        np.testing.assert_allclose(ratio, ratio[0], rtol=1e-9)


def test_a_cap_in_three_rounds_by_hand() -> None:
    # 70 to 25, the rest times 75/30: 12 makes 30, over. Then times 50/18: 9.3 makes 25.8, over. Then times 25/8.7.
    weights, _, rounds = capped(np.array([70, 12, 9.3, 5.7, 3.0]), 0.25)
    assert rounds == 3
    np.testing.assert_allclose(weights, [0.25, 0.25, 0.25, 57 / 348, 30 / 348], rtol=1e-14)


@given(tables, st.sampled_from(("0.3", "0.4", "0.26")))
def test_no_weight_is_above_the_cap_after_a_review(table: list[list[int]], cap: str) -> None:
    index = over(rows_of(table), plain_facts(), "market_value", cap=cap, review={"dates": [str(DAYS[4])]})
    holding = index.holdings[-1]
    worth = holding.units * holding.open
    assert (worth / worth.sum()).max() <= float(cap) + 1e-12
    for day in (DAYS[0], DAYS[-1]):
        assert index.weights(day)["weight"].sum() == pytest.approx(1.0, abs=1e-12)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=2000))
def test_the_sum_in_fixed_order_is_a_sum(values: list[float]) -> None:
    exact = sum(Fraction(value) for value in values)
    assert float(tree_sum(np.array(values))) == pytest.approx(float(exact), rel=1e-15 * 20, abs=0)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12), st.data())
def test_a_selection_has_its_count_and_keeps_to_its_buffers(drawn: list[int], data: st.DataObject) -> None:
    inside = np.array(data.draw(st.lists(st.booleans(), min_size=len(drawn), max_size=len(drawn))))
    count = data.draw(st.integers(1, 12))
    rule = Selection(count, data.draw(st.integers(1, count)), data.draw(st.integers(count, 15)))
    picked = chosen(np.array(drawn, dtype=np.float64), inside, rule).tolist()
    assert len(picked) == min(count, len(drawn))
    rank = {at: n for n, at in enumerate(sorted(range(len(drawn)), key=lambda at: (-drawn[at], at)), start=1)}
    assert all(at in picked for at in rank if rank[at] <= rule.enter)
    left = [at for at in rank if at not in picked]
    for at in picked:  # nobody from outside is preferred to a better one, or to one inside within the buffer
        if not inside[at] and rank[at] > rule.enter:
            assert all(rank[other] > rank[at] for other in left if not inside[other])
            assert not any(inside[other] and rank[other] <= rule.stay for other in left)


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        (1000.125, "1000.13"),
        (1000.12499999999989, "1000.13"),
        (1000.1249, "1000.12"),
        (2.675, "2.68"),
        (0.004999, "0.00"),
    ],
)
def test_levels_are_rounded_half_up_by_value(level: float, shown: str) -> None:
    assert str(published(level)) == shown
