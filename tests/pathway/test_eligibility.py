"""Which channels a drug may take, what two days or two channels differ in, and how long cases took."""

import datetime as dt
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.errors import NotAvailableError, SourceError, UsageError
from hkconcept.pathway.compare import compare_channels, compare_dates, compare_profile
from hkconcept.pathway.eligibility import Profile, judge, packaged_criteria, read_criteria, read_profile
from hkconcept.pathway.forecast import CompletedCase, durations
from hkconcept.pathway.rule_files import packaged_rules

BOOK = packaged_rules()
CRITERIA = packaged_criteria()
BEFORE, AFTER = dt.date(2026, 1, 6), dt.date(2026, 1, 7)


def verdicts(on: dt.date, **facts: bool) -> dict[str, str]:
    return {r.channel.id: r.verdict for r in judge(Profile(facts), CRITERIA, BOOK, on=on)}


def test_a_rare_disease_drug_marketed_overseas() -> None:
    facts = {"rare_disease": True, "urgently_needed": True, "marketed_overseas": True, "marketed_in_china": False}
    found = judge(Profile(facts), CRITERIA, BOOK, on=AFTER)
    by_id = {r.channel.id: r for r in found}
    assert by_id["priority_rare_overseas"].verdict == "met"
    assert by_id["urgent_overseas"].verdict == "unknown"
    assert by_id["urgent_overseas"].missing == ("agreed_with_centre", "ethnic_data_assessed")
    assert by_id["priority"].verdict == "unknown"
    assert "innovative" in by_id["priority"].missing
    assert by_id["priority_rare_overseas"].channel.article == "70(2)"


@pytest.mark.parametrize(
    ("facts", "channel", "verdict"),
    [
        ({"marketed_in_china": True}, "priority_rare_overseas", "not met"),
        ({"rare_disease": False}, "priority_rare_overseas", "not met"),
        ({}, "priority_rare_overseas", "unknown"),
        ({"breakthrough": True}, "priority", "met"),
        ({"innovative": True, "rare_disease": True}, "priority", "met"),
        ({"innovative": True, "rare_disease": False}, "priority", "unknown"),
        ({"emergency": True}, "special", "met"),
        ({"emergency": False}, "special", "not met"),
        ({"innovative": True, "global_synchronous": True}, "trial_30", "met"),
        ({"innovative": False, "generic": True}, "trial_30", "not met"),
        (
            {"serious_disease": True, "clear_advantage": True, "improved": True, "in_trials": True},
            "breakthrough",
            "met",
        ),
        (
            {"serious_disease": True, "clear_advantage": True, "improved": True, "in_trials": False},
            "breakthrough",
            "not met",
        ),
        ({"life_threatening": True, "no_effective_means": True, "effect_predicted": True}, "conditional", "met"),
    ],
)
def test_single_channels(facts: dict[str, bool], channel: str, verdict: str) -> None:
    assert verdicts(AFTER, **facts)[channel] == verdict


def test_what_announcement_3_of_2026_changed_for_a_generic_not_on_a_list() -> None:
    facts = {
        "generic": True, "innovative": False, "improved": False, "urgently_needed": True, "marketed_overseas": True,
        "marketed_in_china": False, "on_list": False, "rare_disease": False, "agreed_with_centre": True,
        "ethnic_data_assessed": True, "trial_needed": True,
    }  # fmt: skip
    found = {
        c.channel: c for c in compare_profile(Profile(facts), CRITERIA, BOOK, before=BEFORE, after=AFTER) if c.changed
    }
    assert set(found) == {"overseas_list_rare", "overseas_list_other", "urgent_overseas", "trial_30_overseas"}
    opened = found["urgent_overseas"]
    assert opened.before is None
    assert opened.after is not None
    assert opened.after.verdict == "met"
    assert opened.limit_after is not None
    assert opened.limit_after.limit == 130
    trial = found["trial_30_overseas"]
    assert trial.limit_after is not None
    assert trial.limit_after.limit == 30
    closed = found["overseas_list_rare"]
    assert closed.before is not None
    assert (closed.before.verdict, closed.after) == ("not met", None)


@given(st.dictionaries(st.sampled_from(sorted(CRITERIA.facts)), st.booleans(), max_size=12), st.data())
def test_a_further_fact_only_decides_what_was_unknown(facts: dict[str, bool], data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(sorted(CRITERIA.facts)))
    value = data.draw(st.booleans())
    before = verdicts(AFTER, **facts)
    after = verdicts(AFTER, **({fact: value} | facts))
    assert all(after[channel] == verdict for channel, verdict in before.items() if verdict != "unknown")
    decided = [r for r in judge(Profile(facts), CRITERIA, BOOK, on=AFTER) if r.verdict == "unknown"]
    assert all(r.missing and not set(r.missing) & set(facts) for r in decided)


def test_a_channel_that_is_not_public_yet_is_not_judged() -> None:
    assert "urgent_overseas" not in verdicts(BEFORE, urgently_needed=True)
    assert "overseas_list_rare" in verdicts(BEFORE, urgently_needed=True)
    assert "overseas_list_rare" not in verdicts(AFTER, urgently_needed=True)


def test_two_channels_step_by_step() -> None:
    found = {c.step: c for c in compare_channels(BOOK, "marketing", "standard", "priority_rare_overseas", on=AFTER)}
    assert found["review"].difference == -130
    assert found["testing_standard"].difference == -20
    assert found["testing_sample"].difference == -20
    assert (found["decision"].difference, found["decision"].changed) == (0, False)
    assert found["letter_extension"].changed


def test_two_days_step_by_step() -> None:
    found = compare_dates(BOOK, "marketing", "priority_rare_overseas", BEFORE, AFTER)
    changed = {c.step: (c.before and int(c.before.limit), c.after and int(c.after.limit)) for c in found if c.changed}
    assert changed == {"testing_sample": (60, 40), "testing_standard": (90, 70)}


def test_months_are_never_set_against_working_days() -> None:
    found = compare_channels(BOOK, "marketing", "overseas_list_rare", "priority_rare_overseas", on=BEFORE)
    review = next(c for c in found if c.step == "review")
    assert (review.before and review.before.unit, review.difference) == ("month", None)
    with pytest.raises(NotAvailableError, match="channel trial_30 has no review limit"):
        compare_dates(BOOK, "trial", "trial_30", dt.date(2020, 7, 1), dt.date(2021, 7, 1))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("facts: {rare_disese: yes}\n", "line 1: unknown key 'rare_disese'"),
        (
            "facts: {rare_disease: maybe}\n",
            "line 1: 'maybe' is neither yes nor no; leave the fact out when it is unknown",
        ),
        ("drug: x\n", "'facts' is missing"),
        ("facts: {}\n", "states no fact"),
    ],
)
def test_a_broken_profile_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "profile.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_profile(path)
    assert sentence in str(caught.value)


def test_a_fact_that_no_channel_asks_for_is_refused() -> None:
    with pytest.raises(UsageError, match=r"no channel asks for 'rare_diseases'; did you mean rare_disease\?"):
        judge(Profile({"rare_diseases": True}), CRITERIA, BOOK, on=AFTER)


def test_a_criterion_with_an_undeclared_fact_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "e.yml"
    path.write_text(
        "facts:\n  a: {en: A, zh: 甲}\nchannels:\n  - {id: c, serves: trial, limit_channel: none, instrument: i, "
        'en: C, zh: 丙, article: "1", rule: R, source: s, status: press, criteria: [a, b or a]}\n',
        encoding="utf-8",
    )
    with pytest.raises(SourceError, match=r"e\.yml line 4: the fact 'b' is not declared"):
        read_criteria(path)


def test_every_channel_rests_on_a_rule_that_is_held() -> None:
    assert all(BOOK.row(channel.rule) for channel in CRITERIA.channels)
    assert all(BOOK.instrument(channel.instrument) for channel in CRITERIA.channels)


# how long completed cases took


def case(accepted: str, approved: str, channel: str = "priority", known: str = "") -> CompletedCase:
    day = dt.date.fromisoformat
    return CompletedCase(day(accepted), day(approved), channel, day(known or approved))


def test_quartiles_by_hand() -> None:
    # Five working days of one week of March 2026 after Monday the 2nd: 1 to 4, and the Monday after: 5.
    cases = [case("2026-03-02", day) for day in ("2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-09")]
    found = durations(cases, "priority", as_of=dt.date(2026, 12, 1))
    assert (found.n, found.working_days, found.quartiles) == (5, (1, 2, 3, 4, 5), (2, 3, 4))
    assert "no probability of approval" in found.caveat.en


def test_with_few_cases_no_quantile_is_given() -> None:
    found = durations([case("2021-07-13", "2021-12-31")] * 4, "priority", as_of=dt.date(2022, 1, 31))
    assert (found.n, found.quartiles) == (4, None)


def test_cases_that_took_no_longer_than_the_running_one_drop_out() -> None:
    cases = [case("2026-03-02", f"2026-03-{day:02}") for day in (3, 4, 5, 6, 9, 10, 11, 12)]
    found = durations(cases, "priority", as_of=dt.date(2026, 12, 1), elapsed=3)
    assert (found.n, found.n_longer, found.quartiles_longer) == (8, 5, (5, 6, 7))


spans = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 500), st.integers(0, 200)), max_size=12)


@given(spans, st.integers(0, 1500))
def test_cases_known_later_never_change_an_earlier_answer(found: list[tuple[int, int, int]], asked: int) -> None:
    start = dt.date(2021, 1, 4)
    cases = []
    for accepted, took, told in found:
        approved = start + dt.timedelta(days=accepted + took)
        known = approved + dt.timedelta(days=told)
        cases.append(CompletedCase(start + dt.timedelta(days=accepted), approved, "priority", known))
    as_of = start + dt.timedelta(days=asked)
    known_then = [one for one in cases if one.known_at <= as_of]
    assert durations(cases, "priority", as_of=as_of) == durations(known_then, "priority", as_of=as_of)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (case("2026-03-02", "2026-03-01"), "is given as approved on 2026-03-01"),
        (case("2026-03-02", "2026-04-01", known="2026-03-20"), "is given as known on 2026-03-20"),
    ],
)
def test_impossible_cases_are_refused(wrong: CompletedCase, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        durations(itertools.repeat(wrong, 1), "priority", as_of=dt.date(2026, 12, 1))
