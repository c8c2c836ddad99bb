"""The sections on the reaction and on what changes: values worked out by hand, caps, marks, and all three formats."""

# ruff: noqa: ANN401 - the class of the facts fixture lives in conftest.py, which tests cannot import

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from hkconcept.model import Moment
from hkconcept.note.changes import HeldChanges
from hkconcept.note.contents import Bilingual, Note
from hkconcept.note.event_sections import basis_text, changes_rest, limit_text, other_events, touched_text
from hkconcept.note.files import render_files
from hkconcept.note.reaction import OtherEvent, Reaction, reaction_of, without_reaction
from hkconcept.pathway.changes import Touched, touched, what_changes
from hkconcept.pathway.eligibility import packaged_criteria
from hkconcept.pathway.register_cases import designated_drugs
from hkconcept.pathway.rule_files import packaged_rules
from hkconcept.study import Design, StudyEvent, Window, from_sample, run

DAY = dt.date(2026, 1, 19)


def held(instrument: str) -> HeldChanges:
    book = packaged_rules()
    found = what_changes(book, instrument, as_of=DAY)
    assert found is not None
    drugs = designated_drugs(as_of=DAY)
    return HeldChanges(found, book, touched(found, drugs, as_of=DAY), len(drugs), packaged_criteria().facts)


def test_limits_stand_before_and_after_with_article_and_status(note: Note) -> None:
    # Announcement No. 3 of 2026: trial application 30 instead of the 60 of article 96(1), testing 40 and 70 instead of
    # the 60 and 90 of article 98(1); the clauses on testing are known from the press.
    assert note.changes is not None
    assert [limit_text(line, "en") for line in note.changes.limits] == [
        ("60 → 30 working days", "−30"),
        ("60 → 40 working days", "−20"),
        ("90 → 70 working days", "−20"),
    ]
    assert [limit_text(line, "zh")[0] for line in note.changes.limits] == [
        "60 → 30个工作日",
        "60 → 40个工作日",
        "90 → 70个工作日",
    ]
    first = note.changes.limits[0]
    assert basis_text(first, "en") == "II; before: SAMR Order No. 27, art. 96(1)"
    assert basis_text(note.changes.limits[1], "zh") == (
        "IV（条号为推断）；原依据：国家市场监督管理总局令第27号第98(1)条"
    )
    assert {line.status for line in note.changes.limits} == {"press"}


def test_the_companies_that_the_text_names_come_first_and_all_are_counted(note: Note) -> None:
    found = note.changes
    assert found is not None
    assert [(one.code, one.named, one.drugs, one.more) for one in found.companies] == [
        ("01801", True, ("甲药", "乙药"), 1),
        ("00700", False, ("无名药",), 0),
    ]
    assert (found.held, found.drugs, found.certain, found.companies_total, found.companies_named) == (9, 5, 1, 2, 1)
    told = touched_text(found, "en")
    assert "5 drugs (1 for certain) and 2 Hong Kong companies may be touched, 1 of which the text names" in told
    assert "whether the disease is a rare disease; the drug is marketed in China" in told


def test_a_named_company_comes_before_one_with_more_drugs(facts: Any) -> None:
    rows = [("00700", f"d{n}") for n in range(5)] + [("09926", "e")]
    drugs = tuple(Touched(drug, "x", code, "touched", ("A3-3",), (), "https://a.example/") for code, drug in rows)
    note = facts.note(changes=replace(facts.rest["changes"], drugs=drugs))
    assert [one.code for one in note.changes.companies] == ["09926", "00700"]


def test_what_is_cut_off_is_counted_and_the_command_shows_it(facts: Any) -> None:
    made = facts.rest["changes"]
    many = tuple(Touched(f"d{n}", "x", f"0{n:04d}", "touched", ("A3-3",), (), "https://a.example/") for n in range(9))
    note = facts.note(changes=replace(made, drugs=many))
    assert (len(note.changes.companies), note.changes.more_companies) == (6, 3)
    for name in ("note.html", "note.zh.md", "note.en.md"):
        assert "hkconcept clock changes nmpa-2026-3" in render_files(note)[name]
    assert "另有3家公司" in render_files(note)["note.zh.md"]
    assert "10 further provisions without a limit" in changes_rest(note.changes, "en")


def test_what_is_from_memory_is_marked(facts: Any) -> None:
    order = held("samr-27")
    recalled = replace(
        order, found=replace(order.found, limits=tuple(c for c in order.found.limits if c.status == "recalled"))
    )
    assert recalled.found.limits
    note = facts.note(changes=recalled)
    files = render_files(note)
    assert "recalled, unverified" in files["note.en.md"]
    assert "凭记忆，待核" in files["note.zh.md"]
    assert '<span class="status">recalled, unverified</span>' in files["note.html"]


def test_an_order_with_many_limits_stays_short_and_says_how_many_are_left(facts: Any) -> None:
    order = held("samr-27")
    note = facts.note(changes=order)
    assert len(note.changes.limits) == 4
    assert note.changes.more_limits == len(order.found.limits) - 4
    assert f"{len(order.found.limits) - 4} further limits" in changes_rest(note.changes, "en")


def test_nobody_touched_is_said_with_the_denominator(facts: Any) -> None:
    note = facts.note(changes=replace(facts.rest["changes"], drugs=()))
    assert touched_text(note.changes, "en").startswith("None of the 9 designations held is touched")


def test_the_sections_stand_after_the_stocks_and_number_what_follows(note: Note, facts: Any) -> None:
    text = render_files(note)["note.en.md"]
    heads = [line for line in text.splitlines() if line.startswith("## ")]
    assert [head.split()[1] for head in heads] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert heads[3:5] == ["## 4 Abnormal returns", "## 5 What changes: NMPA Announcement No. 3 of 2026"]
    without = render_files(facts.note(reaction=None, changes=None))["note.en.md"]
    assert [h.split()[1] for h in without.splitlines() if h.startswith("## ")] == ["1", "2", "3", "4", "5", "6"]
    page = render_files(note)["note.html"]
    assert page.index('id="en-h3"') < page.index('id="en-reaction"') < page.index('id="en-changes"')
    assert page.index('id="en-changes"') < page.index('id="en-h4"')


def test_hostile_names_stay_text(facts: Any) -> None:
    bad = "<script>alert(1)</script>|*x*"
    made = replace(facts.rest["changes"], drugs=(Touched(bad, "x", "01801", "touched", ("A3-3",), (), bad),))
    shown = Reaction(Bilingual(bad, bad), others=(OtherEvent(Bilingual(bad, bad), DAY, ("01801",)),))
    files = render_files(facts.note(changes=made, reaction=shown))
    assert files["note.html"].count("<script>") == 1
    assert "&lt;script&gt;alert(1)" in files["note.html"]
    assert "\\<script\\>alert\\(1\\)" in files["note.en.md"]


def test_a_study_becomes_a_sentence_and_figures_in_percent() -> None:
    codes = ("01801", "09926", "01276", "01167")
    design = Design(estimation=Window(-23, -2), windows=(Window(0, 0),), run_up=Window(-1, -1), min_observations=15)
    other = StudyEvent("o", Moment.parse("2026-01-06 10:00"), ("01801",), "deal", "A deal", "一项授权")
    study = run(from_sample(codes), [StudyEvent("e", Moment.parse("2026-01-07"), codes)], design, others=[other])
    found = reaction_of(study, [other])
    assert found.main is not None
    assert found.run_up is not None
    assert (found.main.n, found.main.of, found.main.window, found.run_up.window) == (3, 4, "(0,0)", "(-1,-1)")
    assert float(found.main.mean or 0) == pytest.approx(100 * study.main.effect.mean, abs=1e-6)
    assert "3 of 4 stocks returned" in found.sentence.en
    assert "4只股票中的3只" in found.sentence.zh
    assert "BMP, Kolari-Pynnonen" in found.sentence.en
    assert found.others == (OtherEvent(Bilingual("一项授权", "A deal"), dt.date(2026, 1, 6), ("01801",)),)
    assert other_events(found, "en") == (
        "Other events of these stocks in the same sessions, 1: A deal (6 Jan, 1 of the stocks)."
    )


def test_a_study_of_nothing_gives_its_reason() -> None:
    design = Design(estimation=Window(-23, -2), windows=(Window(0, 0),), run_up=Window(-1, -1), min_observations=15)
    panel = from_sample(["01801", "01167"])
    found = reaction_of(run(panel, [StudyEvent("e", Moment.parse("2026-01-07"), ("01167",))], design))
    assert found.main is None
    assert found.sentence == Bilingual(
        "未能检验事件日的异常收益：未收集到价格。", "The event day could not be tested: no prices are held."
    )


def test_json_holds_both_sections(note: Note, facts: Any) -> None:
    data = json.loads(render_files(note)["note.json"])
    assert data["reaction"]["main"]["p"] == "0.032"
    assert data["reaction"]["run_up"]["mean"] == "-0.08"
    assert data["changes"]["limits"][0]["before"] == "60"
    assert data["changes"]["companies"][0]["code"] == "01801"
    empty = json.loads(
        render_files(facts.note(reaction=without_reaction("reaction_no_policy"), changes=None))["note.json"]
    )
    assert empty["reaction"]["main"] is None
    assert empty["changes"] is None
