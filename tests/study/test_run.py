"""A whole study: day 0, who is left out and why, confounders, windows together, earlier events."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hkconcept import calendars
from hkconcept.errors import UsageError
from hkconcept.model import Moment
from hkconcept.study import Design, ReturnPanel, StudyEvent, Window, earlier, run
from hkconcept.study.answers import Study
from study.conftest import CODES, SESSIONS, ZERO, made_panel

SHORT = Design(windows=(Window(0, 0), Window(0, 2)))


def event(
    when: str = "2026-01-07 10:00", codes: tuple[str, ...] = CODES, name: str = "e", kind: str = "policy"
) -> StudyEvent:
    return StudyEvent(name, Moment.parse(when), codes, kind)


def reasons(study: Study) -> dict[tuple[str, str], str]:
    return {(one.code, one.window): one.reason_en for one in study.left_out}


@pytest.mark.parametrize(
    ("when", "session"),
    [
        ("2026-01-07 08:00", "2026-01-07"),  # before the open
        ("2026-01-07 12:30", "2026-01-07"),  # in the lunch break
        ("2026-01-07 15:59", "2026-01-07"),
        ("2026-01-07 16:00", "2026-01-08"),  # at the close
        ("2026-01-09 18:00", "2026-01-12"),  # after the close of a Friday
        ("2025-12-24 11:59", "2025-12-24"),  # a half day, before its close
        ("2025-12-24 12:30", "2025-12-29"),  # a half day, after it; then Christmas and a weekend
        ("2024-09-06 10:00", "2024-09-09"),  # a typhoon: no session
        ("2026-01-07", "2026-01-07"),  # the time of day is unknown
    ],
)
def test_day_zero_follows_from_the_moment_of_public_knowledge(when: str, session: str) -> None:
    study = run(made_panel(), [event(when)], replace(SHORT, min_observations=10), only=("calibrated",))
    placed = study.events[0]
    assert str(placed.session) == session
    assert placed.time_known == (len(when) > 10)


def test_the_study_goes_on_and_says_who_was_left_out() -> None:
    panel = made_panel()
    returns = panel.returns.copy()
    returns[:, 1] = np.nan  # no prices
    returns[: ZERO - 40, 2] = np.nan  # listed lately
    returns[ZERO : ZERO + 2, 3] = np.nan  # suspended on day 0 and after
    returns[ZERO + 2, 4] = np.nan  # halted once, later
    returns[ZERO - 250 : ZERO - 10, 5] = 0.01  # a price that never moves but by the same step
    study = run(
        ReturnPanel(SESSIONS, CODES, returns, np.where(np.arange(len(SESSIONS)) >= 0, panel.market, 0)),
        [event(codes=(*CODES, "09999", CODES[0]))],
        SHORT,
        only=("calibrated",),
    )
    told = reasons(study)
    assert told["00002", ""] == "no prices are held"
    assert told["09999", ""] == "no prices are held"
    assert told["00001", ""] == "named twice; counted once"
    assert told["00003", ""] == "30 returns in the estimation window, 60 needed"
    assert told["00004", "(0,0)"] == "no return on 2026-01-07: not traded then or in the session before"
    assert told["00005", "(0,+2)"] == "no return on 2026-01-09: not traded then or in the session before"
    assert told["00006", ""] == "its returns or the benchmark's do not vary in the estimation window"
    assert study.main.effect.n == 8
    assert study.main.asked == 13
    assert study.window("all", Window(0, 2)).effect.n == 7


def test_a_benchmark_with_holes_is_named() -> None:
    panel = made_panel()
    market = panel.market.copy()
    market[ZERO - 100 : ZERO - 93] = np.nan
    market[ZERO + 1] = np.nan
    study = run(replace(panel, market=market), [event()], SHORT, only=("calibrated",))
    assert study.main.effect.n == len(CODES)
    assert study.window("all", Window(0, 2)).effect.n == 0
    assert reasons(study)["00001", "(0,+2)"] == "the benchmark has no return on 2026-01-08"
    holes = "the benchmark has no return in 7 sessions of the estimation window before 2026-01-07"
    assert holes in [en for en, _ in study.remarks]
    assert {one.observations for one in study.stocks} == {233}


def test_an_event_that_cannot_be_placed_does_not_stop_the_others() -> None:
    panel = made_panel()
    events = [event(f"{calendars.FIRST_DAY.year - 1}-05-04", name="old"), event("2026-06-01", name="late"), event()]
    study = run(panel, events, SHORT, only=("calibrated",))
    assert [one.id for one in study.events] == ["e"]
    told = {one.event: one.reason_en for one in study.left_out if not one.code}
    assert "outside the packaged HKEX calendar" in told["old"]
    assert told["late"] == "day 0, 2026-06-01, is outside the sessions held (2024-06-03 to 2026-03-31)"


def test_a_window_that_reaches_beyond_the_prices_is_said() -> None:
    study = run(made_panel(), [event("2026-03-31 10:00")], SHORT, only=("calibrated",))
    assert study.main.effect.n == len(CODES)
    assert reasons(study)["00001", "(0,+2)"] == "the window reaches beyond the sessions held"


def test_a_security_counts_once_for_each_day_zero() -> None:
    study = run(made_panel(), [event(), event("2026-01-07 11:00", name="again")], SHORT, only=("calibrated",))
    assert study.main.effect.n == len(CODES)
    (told,) = {one.reason_en for one in study.left_out}
    assert told == "already counted for e, which has the same day 0"


def test_other_events_in_the_windows_are_listed_and_can_be_excluded() -> None:
    others = [
        event("2026-01-09 10:00", ("00001",), "approval", "approval"),
        event("2025-12-30 10:00", ("00002",), "deal", "deal"),
        event("2025-06-02 10:00", ("00003",), "long ago", "deal"),
    ]
    listed = run(made_panel(), [event()], SHORT, others=others, only=("calibrated",))
    assert [(c.code, c.other, c.offset, c.excluded) for c in listed.confounders] == [
        ("00001", "approval", 2, False),
        ("00002", "deal", -5, False),
    ]
    assert listed.main.effect.n == 12
    without = run(made_panel(), [event()], replace(SHORT, exclude_confounded=True), others=others, only=("calibrated",))
    assert without.main.effect.n == 11  # the deal lies in the run-up, not in a tested window
    assert reasons(without)["00001", ""] == "approval on 2026-01-09"


def test_run_up_and_reaction_are_separate_and_groups_have_their_own_answers() -> None:
    panel = made_panel()
    returns = panel.returns.copy()
    returns[ZERO - 3, :6] += 0.10
    returns[ZERO, :6] += 0.05
    study = run(replace(panel, returns=returns), [event()], SHORT, groups={"half": CODES[:6]})
    plain = run(panel, [event()], SHORT, groups={"half": CODES[:6]})
    run_up = Window(-10, -1)
    assert study.window("half", run_up).kind == "run_up"
    assert study.window("half", run_up).effect.mean - plain.window("half", run_up).effect.mean == pytest.approx(0.10)
    assert study.window("half", Window(0, 0)).effect.mean - plain.window("half", Window(0, 0)).effect.mean == (
        pytest.approx(0.05)
    )
    assert study.main.effect.mean - plain.main.effect.mean == pytest.approx(0.025)
    days = {(d.stretch, d.offset): d for d in study.days if d.group == "half"}
    assert days["event", 0].caar == days["event", 0].aar  # from day 0 the count starts anew
    assert days["run_up", -1].caar.mean == pytest.approx(study.window("half", run_up).effect.mean)


def test_the_p_values_of_all_windows_are_adjusted_together() -> None:
    study = run(made_panel(), [event()], Design())
    answers = study.windows
    assert [a.kind for a in answers] == ["event"] * 4 + ["run_up"]
    for answer in answers:
        assert answer.default.p is not None
        assert answer.holm is not None
        assert answer.bh is not None
        assert answer.default.p <= answer.bh <= answer.holm <= 1


def test_buy_and_hold_compounds_and_the_sum_does_not() -> None:
    market = np.zeros(len(SESSIONS))
    market[::2] = 0.01
    returns = np.random.default_rng(1).normal(0, 0.01, (len(SESSIONS), 1))
    returns[ZERO : ZERO + 3, 0] = [0.10, -0.05, 0.20]
    panel = ReturnPanel(SESSIONS, ("00001",), returns, market)
    stock = run(panel, [event(codes=("00001",))], SHORT).stocks[0]
    window = next(w for w in stock.windows if w.window == Window(0, 2))
    predicted = [stock.alpha + stock.beta * m for m in market[ZERO : ZERO + 3]]
    assert window.bhar == pytest.approx(1.1 * 0.95 * 1.2 - np.prod([1 + p for p in predicted]))
    assert window.car == pytest.approx(0.25 - sum(predicted))


def test_what_happened_after_earlier_events_counts_all_that_are_held() -> None:
    past = [
        event(f"{calendars.FIRST_DAY.year - 1}-01-02", name="too old"),
        event("2025-09-12 10:00", name="one"),
        event("2025-09-12 11:00", name="its twin"),
        event("2025-10-08 10:00", name="two"),
        event("2025-10-09 10:00", name="another kind", kind="deal"),
        event("2026-02-02 10:00", name="later"),
    ]
    found = earlier(made_panel(), event(), past, SHORT)
    assert [row.id for row in found.events] == ["too old", "one", "its twin", "two"]
    assert (found.held, found.n) == (4, 2)
    effects = {row.id: row.effect for row in found.events}
    assert effects["too old"] is None
    assert found.events[2].why_en == "the same day 0 as one, counted once"
    assert found.median == pytest.approx(((effects["one"] or 0) + (effects["two"] or 0)) / 2)
    assert found.positive == sum((effects[name] or 0) > 0 for name in ("one", "two"))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"estimation": Window(-250, -5)}, r"the estimation window \(-250,-5\) reaches into \(-10,\+5\)"),
        ({"windows": ()}, "a study needs an event window"),
        ({"level": 0.9}, "the level 0.9 is not between 0 and 0.5"),
        ({"min_observations": 3}, "3 observations are too few"),
        ({"run_up": Window(-3, 0)}, r"the run-up \(-3,0\) does not end before day 0"),
    ],
)
def test_a_design_that_contradicts_itself_is_refused(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        replace(Design(), **wrong)


def test_windows_are_read_and_refused() -> None:
    assert Window.parse("(-1,+5)") == Window.parse("-1, 5") == Window(-1, 5)
    with pytest.raises(UsageError, match=r"'5' is not a window; write it like -1,5\."):
        Window.parse("5")
    with pytest.raises(UsageError, match=r"the window \(\+3,\+1\) ends before it begins"):
        Window(3, 1)


def test_nothing_known_later_changes_an_earlier_answer() -> None:
    panel = made_panel(9)
    last = ZERO + 3
    until = replace(panel, sessions=SESSIONS[:last], returns=panel.returns[:last], market=panel.market[:last])
    assert calendars.is_session(dt.date(2026, 1, 9))
    assert run(until, [event()], SHORT) == run(panel, [event()], SHORT)
