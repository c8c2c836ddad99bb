"""The review clock: every day accounted for, what may never change, and what is refused."""

import datetime as dt
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.errors import HkconceptError, NotAvailableError, SourceError, UsageError
from hkconcept.pathway.case import Case, ChannelChange, Stop
from hkconcept.pathway.channels import channel_named
from hkconcept.pathway.clock import Clock, run
from hkconcept.pathway.conventions import CHOICES, Conventions
from hkconcept.pathway.counting import due_ordinals
from hkconcept.pathway.entries import case_of, read_case
from hkconcept.pathway.explain import account, days, stretches
from hkconcept.pathway.rule_files import packaged_rules
from hkconcept.pathway.rules import RuleBook

BOOK = packaged_rules()
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "approvals"
KINDS = ("letter", "rectification", "text_check", "applicant_delay", "suspension", "overseas_inspection")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def worked_example() -> Clock:
    case = Case(
        day("2021-07-13"),
        decided=day("2021-12-31"),
        channel_changes=(ChannelChange(day("2021-09-09"), "priority"),),
    )
    return run(case, BOOK, as_of=day("2022-01-31"))


# the worked example, day by day


def test_the_worked_example_accounts_for_each_of_its_171_days() -> None:
    # July 14 to December 31: 18 + 31 + 30 + 31 + 30 + 31 = 171 days. Weekend days that are not worked: July 5 (17, 18,
    # 24, 25, 31), August 9, September 6 (8 without the 18th and the 26th), October 9 (10 without the 9th), November 8,
    # December 8: 45. Off on weekdays: 20 and 21 September, 1 and 4 to 7 October: 7. 171 - 45 - 7 = 119.
    clock = worked_example()
    assert clock.review.elapsed == 119
    assert clock.review.total == 130
    assert clock.review.remaining == 11
    assert account(clock) == {"counted": 116, "make_up": 3, "weekend": 45, "holiday": 7}
    assert sum(account(clock).values()) == 171


def test_the_days_of_the_worked_example_that_are_not_ordinary() -> None:
    told = {str(d.day): d.reason for d in days(worked_example())}
    assert [d for d, reason in told.items() if reason == "make_up"] == ["2021-09-18", "2021-09-26", "2021-10-09"]
    holidays = ["2021-09-20", "2021-09-21", "2021-10-01", "2021-10-04", "2021-10-05", "2021-10-06", "2021-10-07"]
    assert [d for d, reason in told.items() if reason == "holiday"] == holidays
    assert next(iter(told)) == "2021-07-14"
    assert list(told)[-1] == "2021-12-31"


@pytest.mark.corpus
def test_agrees_with_the_recorded_worked_example() -> None:
    path = SHARED / "worked_example_disitamab_timeline.json"
    if not path.is_file():
        pytest.skip("the private data are not here")
    held = json.loads(path.read_text(encoding="utf-8"))
    clock = worked_example()
    assert held["working_days_accept_to_approve_excl_cn_holidays"] == clock.review.elapsed
    assert held["calendar_days_accept_to_approve"] == sum(account(clock).values())


def test_stretches_join_the_days_between_stops() -> None:
    case = case_of("2025-03-03", [("letter", "2025-06-10/2025-08-15")], channel="priority")
    first, stop, second = stretches(run(case, BOOK, as_of=day("2025-12-31")))
    assert (first.first, first.last, str(first.end)) == (1, 67, "2025-06-10")
    assert (stop.reason, stop.counted, stop.stopped, stop.rule) == ("letter", 0, 48, "DRR-103-1")
    assert (second.first, second.last) == (68, 161)


@given(
    st.dates(day("2020-07-01"), day("2024-12-31")),
    st.lists(st.tuples(st.integers(1, 200), st.integers(0, 90), st.sampled_from(KINDS)), max_size=4),
    st.integers(0, 700),
)
def test_the_account_adds_up(accepted: dt.date, found: list[tuple[int, int, str]], later: int) -> None:
    as_of = accepted + dt.timedelta(days=later)
    clock = run(with_stops(accepted, "priority", found), BOOK, as_of=as_of)
    assert sum(account(clock).values()) == later
    numbers = [d.number for d in days(clock) if d.number is not None]
    assert numbers == list(range(1, (clock.review.elapsed or 0) + 1))
    assert sum(s.counted for s in stretches(clock)) == clock.review.elapsed


# what may never change


def with_stops(accepted: dt.date, channel: str, found: list[tuple[int, int, str]]) -> Case:
    stops = tuple(
        Stop(accepted + dt.timedelta(days=start), accepted + dt.timedelta(days=start + length), kind)
        for start, length, kind in found
    )
    return Case(accepted, channel=channel, stops=stops)


stops_found = st.lists(st.tuples(st.integers(0, 250), st.integers(0, 150), st.sampled_from(KINDS)), max_size=4)
accepted_days = st.dates(day("2020-07-01"), day("2025-06-30"))
choices = st.builds(
    Conventions,
    fraction=st.sampled_from(["up", "down"]),
    second_letter=st.sampled_from(["again", "once"]),
    late_answer=st.sampled_from(["capped", "full"]),
    first_day=st.sampled_from(["next", "same"]),
)


@given(accepted_days, stops_found, st.tuples(st.integers(0, 250), st.integers(0, 150), st.sampled_from(KINDS)), choices)
def test_more_stops_never_bring_a_deadline_forward(
    accepted: dt.date, found: list[tuple[int, int, str]], more: tuple[int, int, str], chosen: Conventions
) -> None:
    as_of = accepted + dt.timedelta(days=600)
    for channel in ("standard", "priority", "priority_rare_overseas"):
        fewer = run(with_stops(accepted, channel, found), BOOK, as_of=as_of, conventions=chosen)
        added = run(with_stops(accepted, channel, [*found, more]), BOOK, as_of=as_of, conventions=chosen)
        for before, after in zip(fewer.steps, added.steps, strict=True):
            assert after.due.day >= before.due.day, before.key
            assert after.due.earliest >= before.due.earliest, before.key


@given(accepted_days, stops_found, choices)
def test_a_faster_channel_is_never_slower_by_statute(
    accepted: dt.date, found: list[tuple[int, int, str]], chosen: Conventions
) -> None:
    as_of = accepted + dt.timedelta(days=600)
    slow, fast, fastest = (
        run(with_stops(accepted, channel, found), BOOK, as_of=as_of, conventions=chosen).review.due.day
        for channel in ("standard", "priority", "priority_rare_overseas")
    )
    assert slow >= fast >= fastest


@given(accepted_days, stops_found, st.integers(0, 600), st.integers(1, 400), st.integers(1, 200))
def test_a_rule_dated_later_never_changes_an_earlier_computation(
    accepted: dt.date, found: list[tuple[int, int, str]], asked: int, later: int, limit: int
) -> None:
    as_of = accepted + dt.timedelta(days=asked)
    row = BOOK.row("DRR-96-2b")
    starts = as_of + dt.timedelta(days=later)
    amended = replace(row, id="later", limit=Fraction(limit), valid_from=starts, known_from=starts)  # type: ignore[type-var]
    case = with_stops(accepted, "priority", found)
    for rule_date in ("acceptance", "latest"):
        chosen = Conventions.of({"rule_date": rule_date})
        book = BOOK.with_limits([amended])  # type: ignore[list-item]
        assert run(case, book, as_of=as_of, conventions=chosen) == run(case, BOOK, as_of=as_of, conventions=chosen)


@given(accepted_days, stops_found, st.integers(0, 300), st.integers(1, 300))
def test_what_happens_later_never_changes_an_earlier_answer(
    accepted: dt.date, found: list[tuple[int, int, str]], asked: int, later: int
) -> None:
    as_of = accepted + dt.timedelta(days=asked)
    case = with_stops(accepted, "priority", found)
    past = case.known_on(as_of)
    ending = max([as_of + dt.timedelta(days=later), *(stop.end or as_of for stop in case.stops)])
    ended = replace(case, review_ended=ending, decided=ending + dt.timedelta(days=20))
    assert run(ended, BOOK, as_of=as_of) == run(past, BOOK, as_of=as_of)


@given(accepted_days, stops_found)
def test_the_fast_path_gives_the_same_due_days(accepted: dt.date, found: list[tuple[int, int, str]]) -> None:
    apart: list[Stop] = []
    for start, length, _ in sorted(found):
        begun = max(accepted + dt.timedelta(days=start), apart[-1].end if apart and apart[-1].end else accepted)
        apart.append(Stop(begun, begun + dt.timedelta(days=length)))
    clock = run(Case(accepted, channel="priority", stops=tuple(apart)), BOOK, as_of=accepted + dt.timedelta(days=1500))
    letters = [(stop.start.toordinal(), stop.end.toordinal()) for stop in apart if stop.end]
    assert due_ordinals([(accepted.toordinal(), 130, 33, letters)]) == [clock.review.due.day.toordinal()]


# what an output must say


def test_a_step_from_memory_is_marked() -> None:
    clock = run(Case(day("2025-03-03"), channel="priority"), BOOK, as_of=day("2025-06-30"))
    assert clock.recalled == ("DRR-100", "DRR-101")
    assert {r.rule for r in clock.remarks if r.kind == "recalled"} == {"DRR-100", "DRR-101"}


def test_a_revision_that_is_not_confirmed_is_said() -> None:
    kinds = [
        {r.kind for r in run(Case(day(accepted), channel="priority"), BOOK, as_of=day("2026-07-31")).remarks}
        for accepted in ("2026-05-14", "2026-05-15")
    ]
    assert "unconfirmed" not in kinds[0]
    assert "unconfirmed" in kinds[1]


def test_a_limit_passed_without_a_date_is_not_called_overdue() -> None:
    clock = worked_example()
    assert clock.step("inspection_start").state == "not_held"
    assert clock.step("licence").state == "not_held"


def test_a_rule_that_changed_under_way_is_said() -> None:
    rows = [row for row in BOOK.limits if row.id == "DRR-96-2b"]
    shorter = replace(
        rows[0], id="shorter", limit=Fraction(100), valid_from=day("2022-01-01"), known_from=day("2021-12-01")
    )
    book = BOOK.with_limits([shorter])
    case = Case(day("2021-07-13"), channel="priority")
    kept = run(case, book, as_of=day("2022-01-10"))
    assert (kept.review.base, [r.rule for r in kept.remarks if r.kind == "rule_changed"]) == (130, ["shorter"])
    latest = run(case, book, as_of=day("2022-01-10"), conventions=Conventions(rule_date="latest"))
    assert latest.review.base == 100
    before = run(case, book, as_of=day("2021-12-31"), conventions=Conventions(rule_date="latest"))
    assert before.review.base == 130


def test_a_stop_without_a_limit_has_no_latest_day() -> None:
    case = case_of("2026-01-07", [("suspension", "2026-03-02")], channel="priority")
    clock = run(case, BOOK, as_of=day("2026-04-30"))
    assert clock.review.state == "stopped"
    assert clock.review.due.latest is None
    assert clock.step("decision").due.latest is None
    assert any("nothing bounds them" in remark.text.en for remark in clock.remarks)


def test_a_late_answer_is_told_with_its_days() -> None:
    case = case_of("2023-02-01", [("letter", "2023-03-31/2023-09-28")], channel="priority")
    clock = run(case, BOOK, as_of=day("2023-12-31"))
    (remark,) = [r for r in clock.remarks if r.kind == "late_answer"]
    # Apr 20 + May 21 + Jun 21 + Jul 21 + Aug 23 + Sep 20 = 126.
    assert "after 126 working days; DRR-87-1 allows 80, to 2023-07-26" in remark.text.en
    assert clock.stops[0].capped


# what is refused


@pytest.mark.parametrize(
    ("accepted", "events", "words", "sentence"),
    [
        (None, [], {}, "accepted: the day of acceptance is missing; the clock runs from it: give it like 2026-01-07."),
        ("07/01/2026", [], {}, "accepted: '07/01/2026' is not a date; write it like 2026-01-07."),
        ("20260107", [], {}, "accepted: '20260107' is not a date; write it like 2026-01-07."),
        ("2026-01-07", [("leter", "2026-02-02")], {}, "--event: there is no event 'leter'; did you mean letter?"),
        (
            "2026-01-07",
            [],
            {"channel": "prioritty"},
            "channel: there is no channel 'prioritty'; did you mean priority?",
        ),
        (
            "2026-01-07",
            [],
            {"channel": "trial_30"},
            "channel: channel trial_30 is for a clinical trial application, not",
        ),
        ("2026-01-07", [], {"application": "marketting"}, "there is no kind of application 'marketting'; did you mean"),
        (
            "2026-01-07",
            [("review_ended", "2026-03-02"), ("decided", "2026-02-02")],
            {},
            "milestones: decided on 2026-02-02 comes before review_ended on 2026-03-02; the order is",
        ),
        (
            "2026-01-07",
            [("submitted", "2026-02-02")],
            {},
            "accepted on 2026-01-07 comes before submitted on 2026-02-02",
        ),
        (
            "2026-01-07",
            [("letter", "2026-01-05/2026-02-02")],
            {},
            "the letter stop starts on 2026-01-05, before acceptance",
        ),
        (
            "2026-01-07",
            [("letter", "2026-03-05/2026-02-02")],
            {},
            "the letter stop ends on 2026-02-02, before it starts",
        ),
        (
            "2026-01-07",
            [("letter", "2026-03-05/2026-05-02"), ("decided", "2026-04-02")],
            {},
            "the letter stop from 2026-03-05 reaches beyond the end of the review on 2026-04-02",
        ),
        (
            "2026-01-07",
            [("testing", "2026-03-05")],
            {},
            "--event testing: '2026-03-05' lacks a colon; write it like standard",
        ),
        (
            "2026-01-07",
            [("testing", "all:2026-03-05")],
            {},
            "testing: testing of kind 'all' is unknown; choose sample or",
        ),
        (
            "2026-01-07",
            [("testing_letter", "2026-03-05")],
            {},
            "a stop of the clock of testing is given, but no testing",
        ),
        (
            "2026-01-07",
            [("inspection", "2026-03-05/2026-03-01")],
            {},
            "the dates 2026-03-05, 2026-03-01 are out of order",
        ),
        (
            "2026-01-07",
            [("channel", "2025-03-05:priority")],
            {},
            "the channel changes on 2025-03-05, before acceptance",
        ),
        ("2026-01-07", [("extension", "2026-03-05:many")], {}, "'many' is not a number of working days"),
        (
            "2026-01-07",
            [("decided", "2026-03-05"), ("decided", "2026-03-06")],
            {},
            "decided is given twice; give it once",
        ),
    ],
)
def test_bad_input_is_named(
    accepted: str | None, events: list[tuple[str, str]], words: dict[str, str], sentence: str
) -> None:
    with pytest.raises(UsageError) as caught:
        case_of(accepted, events, **words)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("case", "as_of", "sentence"),
    [
        (
            Case(day("2019-05-06"), channel="priority"),
            "2019-06-03",
            "no limit for the review of a marketing application under priority was in force on 2019-05-06; ",
        ),
        (
            Case(day("2020-03-30"), channel="priority"),
            "2020-06-30",
            "in force from 2020-07-01; channels in force that day: overseas_list_other, overseas_list_rare.",
        ),
        (Case(day("2025-09-11"), application="trial", channel="trial_30"), "2025-10-31", "in force from 2025-09-12"),
        (Case(day("2026-01-07"), channel="overseas_list_rare"), "2026-02-02", "from 2018-10-23 to 2026-01-06"),
        (Case(day("2026-01-07")), "2026-01-06", "as of: the application was accepted on 2026-01-07, after 2026-01-06"),
        (
            Case(day("2026-01-07"), application="trial", stops=(Stop(day("2026-01-20"), day("2026-02-02")),)),
            "2026-03-02",
            "takes no new technical data during review (Order 27, article 88)",
        ),
        (
            Case(day("2019-05-06"), channel="overseas_list_rare", stops=(Stop(day("2019-05-20"), day("2019-06-03")),)),
            "2019-07-01",
            "no rule held stops the clock of A79-2, a limit of 3 months",
        ),
        (
            case_of("2026-01-07", [("extension", "2026-03-02:66")], channel="priority"),
            "2026-04-01",
            "an extension by 66 working days is more than half of the limit of 130; give at most 65.",
        ),
    ],
)
def test_a_case_that_no_rule_fits_is_refused(case: Case, as_of: str, sentence: str) -> None:
    with pytest.raises(HkconceptError) as caught:
        run(case, BOOK, as_of=day(as_of))
    assert sentence in str(caught.value)


def test_before_an_announcement_was_public_it_is_not_seen() -> None:
    with pytest.raises(NotAvailableError):
        BOOK.as_of(day("2026-01-06")).limit("review", "trial", "trial_30_overseas", day("2026-02-02"))
    listed = BOOK.as_of(day("2026-01-06")).limit("review", "marketing", "overseas_list_rare", day("2026-01-06"))
    assert listed.valid_to is None


@pytest.mark.parametrize(("name", "choice"), [("fractions", "up"), ("fraction", "sideways")])
def test_an_unknown_convention_is_refused(name: str, choice: str) -> None:
    with pytest.raises(UsageError, match=r"did you mean fraction|choose one of up, down"):
        Conventions.of({name: choice})


def test_every_convention_states_itself() -> None:
    assert len(Conventions().stated()) == len(CHOICES)
    assert all(next(iter(choices)) == getattr(Conventions(), name) for name, choices in CHOICES.items())


def test_a_case_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "case.yml"
    path.write_text(
        'drug: disitamab vedotin\ncompany: RemeGen\ncode: "09995"\nchannel: standard\naccepted: 2021-07-13\n'
        "events:\n  - channel: 2021-09-09:priority\n  - decided: 2021-12-31\n",
        encoding="utf-8",
    )
    assert run(read_case(path), BOOK, as_of=day("2022-01-31")).review.elapsed == 119


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("accepted: 2021-07-13\ncode: 09995\n", "case.yml line 2: the stock code 09995 is not quoted"),
        ("accepted: 2021-07-13\ncolour: red\n", "case.yml line 2: unknown key 'colour'"),
        ("accepted: 2021-07-13\naccepted: 2021-07-14\n", "case.yml line 2: key 'accepted' is given twice"),
        ("drug: x\n", "case.yml: accepted: the day of acceptance is missing"),
        (
            "accepted: 2021-07-13\nevents:\n  - letter: 2021-07-01\n",
            "case.yml: stops: the letter stop starts on 2021-07-01",
        ),
        ("accepted: [", "case.yml: not YAML"),
        ("[" * 500_000, "case.yml: the file is nested more than 20 deep"),
        ("- " * 400_000, "case.yml: the file is nested more than 20 deep"),
        ("a: &x [*x, *x]", "case.yml"),
        ("", "case.yml: the file is empty"),
        ("- 1\n", "case.yml line 1: the keys"),
    ],
)
def test_a_broken_case_file_is_refused_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "case.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_case(path)
    assert sentence in str(caught.value)


def test_channels_that_do_not_exist_name_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean priority_rare_overseas"):
        channel_named("priority_rare_over", "marketing")
    with pytest.raises(UsageError, match="did you mean overseas_list_rare"):
        channel_named("overseas_list", "marketing")  # holds rules that two channels share


def test_a_book_with_two_rows_for_one_thing_is_refused() -> None:
    row = next(row for row in BOOK.limits if row.id == "DRR-96-2b")
    with pytest.raises(SourceError, match="two rows regulate review, marketing, priority from 2020-07-01"):
        BOOK.with_limits([replace(row, id="other")])
    with pytest.raises(SourceError, match="rule DRR-96-2b stands twice"):
        RuleBook((), (row, replace(row, valid_from=day("2022-01-01"))))
