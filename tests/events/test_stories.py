"""Which reports tell of one event, and which of another on the same day."""

from __future__ import annotations

import datetime as dt

import pytest

from hkconcept.events import Stories
from hkconcept.model import Event, Moment, PartialDate, Quote, Span, StockCode

INNOVENT, AKESO = StockCode("01801"), StockCode("09926")


def event(kind: str, code: StockCode | None = INNOVENT, day: str = "2026-07-02", **slots: str) -> Event:
    codes = (code,) if code else ()
    return Event(kind, Quote.cut("x", Span(0, 1)), codes, date=PartialDate.parse(day), frame=tuple(slots.items()))


def at(text: str) -> Moment:
    return Moment.parse(text)


def test_one_event_told_twice_is_one_story_with_the_earlier_moment() -> None:
    stories = Stories()
    late = stories.add("late", "甲" * 40, at("2026-07-03 09:00"), [event("approval", drug="IBI363")])
    early = stories.add("early", "乙" * 40, at("2026-07-02 18:00"), [event("approval", drug="注射用IBI363")])
    assert late.events[0].new
    assert not early.events[0].new
    assert early.events[0].story == late.events[0].story
    assert early.events[0].first_in == "early"
    assert early.events[0].first_seen == at("2026-07-02 18:00")


@pytest.mark.parametrize(
    "other",
    [
        event("approval", drug="IBI343"),
        event("application_accepted", drug="IBI363"),
        event("approval", AKESO, drug="IBI363"),
        event("approval", None, drug="IBI363"),
        event("approval", day="2026-07-20", drug="IBI363"),
    ],
)
def test_another_event_of_the_company_or_the_day_stays_apart(other: Event) -> None:
    stories = Stories()
    first = stories.add("a", "甲" * 40, at("2026-07-02"), [event("approval", drug="IBI363")])
    second = stories.add("b", "乙" * 40, at("2026-07-02"), [other])
    assert second.events[0].new
    assert second.events[0].story != first.events[0].story


def test_daily_events_are_one_only_on_one_day() -> None:
    stories = Stories()
    days = ("2026-07-01", "2026-07-02", "2026-07-02")
    placed = [
        stories.add(f"d{n}", f"{n}" * 40, at(day), [event("buyback", day=day, amount="5000000")])
        for n, day in enumerate(days)
    ]
    assert [p.events[0].new for p in placed] == [True, True, False]


def test_a_retelling_may_round_an_amount_but_not_change_it() -> None:
    stories = Stories()
    stories.add("a", "甲" * 40, at("2026-07-02"), [event("placing", amount="814500000", currency="HKD")])
    rounded = stories.add("b", "乙" * 40, at("2026-07-02"), [event("placing", amount="810000000")])
    other = stories.add("c", "丙" * 40, at("2026-07-02"), [event("placing", amount="400000000")])
    assert not rounded.events[0].new
    assert other.events[0].new


def test_a_round_up_is_linked_to_each_event_that_it_contains() -> None:
    stories = Stories()
    first = stories.add("a", "甲" * 40, at("2026-07-02 10:00"), [event("approval", drug="IBI363")])
    second = stories.add("b", "乙" * 40, at("2026-07-02 11:00"), [event("buyback", AKESO)])
    both = stories.add("c", "丙" * 40, at("2026-07-02 20:00"), [event("approval"), event("buyback", AKESO)])
    assert [p.story for p in both.events] == [first.events[0].story, second.events[0].story]
    assert both.duplicate_of is None


def test_a_report_that_fits_two_events_is_kept_apart_with_both() -> None:
    stories = Stories()
    one = stories.add("a", "甲" * 40, at("2026-07-02"), [event("approval", drug="IBI363")])
    two = stories.add("b", "乙" * 40, at("2026-07-02"), [event("approval", drug="IBI343")])
    vague = stories.add("c", "丙" * 40, at("2026-07-02"), [event("approval")])
    assert vague.events[0].new
    assert vague.events[0].candidates == (one.events[0].story, two.events[0].story)


def test_a_repeated_document_joins_the_story_that_it_repeats() -> None:
    text = "信达生物（01801）公告，其创新药获国家药监局批准上市，用于治疗成人患者。"
    stories = Stories()
    stories.add("a", text, at("2026-07-02"), [event("approval", drug="IBI363")])
    other = stories.add("b", "乙" * 40, at("2026-07-02"), [event("approval", drug="IBI343")])
    again = stories.add("c", text + "！", at("2026-07-02"), [event("approval")])
    assert again.duplicate_of == "a"
    assert again.similarity == 1.0
    assert not again.events[0].new
    assert again.events[0].story != other.events[0].story


def test_hopes_and_denials_tell_no_story() -> None:
    hoped = Event("approval", Quote.cut("x", Span(0, 1)), (INNOVENT,), status="expected")
    assert Stories().add("a", "甲" * 40, None, [hoped]).events == ()


def test_a_translation_is_not_told_apart_by_the_script_of_its_drug() -> None:
    stories = Stories()
    stories.add("a", "甲" * 40, at("2026-07-02"), [event("approval", drug="依沃西单抗")])
    english = stories.add("b", "approved " * 9, at("2026-07-02"), [event("approval", drug="ivonescimab")])
    assert not english.events[0].new


def test_an_id_is_given_once() -> None:
    stories = Stories(window=dt.timedelta(days=3))
    stories.add("a", "甲" * 40, None, [])
    with pytest.raises(ValueError, match="document 'a' was added before"):
        stories.add("a", "乙" * 40, None, [])
