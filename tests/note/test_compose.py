"""What a composed note says, against values worked out by hand from the closes in conftest.py."""

# ruff: noqa: ANN401 - the class of the facts fixture lives in conftest.py, which tests cannot import

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from hkconcept.model import Basket, Candidate, Flag, Judgement, Mention, Moment, Span, StockCode, Verdict
from hkconcept.note.citations import Citations
from hkconcept.note.contents import GroupMean, Note, StockRow
from hkconcept.note.findings import figure_rows


def _row(note: Note, code: str) -> StockRow:
    return next(row for row in (*note.named, *note.members) if row.code == code)


def _mean(note: Note, key: str) -> GroupMean:
    return next(mean for mean in note.named_means if mean.key == key)


def _shown(value: Decimal | None) -> str:
    return "" if value is None else f"{value:+.2f}"


def test_windows_are_event_day_next_session_and_since(note: Note) -> None:
    assert [(w.key, w.start.isoformat(), w.end.isoformat()) for w in note.windows] == [
        ("event", "2026-01-06", "2026-01-07"),
        ("next", "2026-01-07", "2026-01-08"),
        ("since", "2026-01-07", "2026-01-19"),
    ]


@pytest.mark.parametrize(
    ("code", "changes", "excess"),
    [
        # 77.75/74.55, 77.55/77.75, 76.9/77.75; HSI 26458.95/26710.45 = -0.94%, -1.17%, +0.40%
        ("01276", ["+4.29", "-0.26", "-1.09"], ["+5.23", "+0.91", "-1.49"]),
        ("09995", ["+12.93", "+0.38", "+3.82"], ["+13.87", "+1.55", "+3.42"]),
        ("02359", ["+4.91", "+1.53", "+6.85"], ["+5.86", "+2.70", "+6.45"]),
        ("01167", ["", "", ""], ["", "", ""]),
    ],
)
def test_returns_of_single_stocks(note: Note, code: str, changes: list[str], excess: list[str]) -> None:
    performance = _row(note, code).performance
    assert [_shown(p.change) for p in performance] == changes
    assert [_shown(p.excess) for p in performance] == excess


def test_means_run_over_the_priced_stocks_only(note: Note) -> None:
    everyone = _mean(note, "all")
    assert [_shown(p.change) for p in everyone.performance] == ["+5.97", "+0.55", "+1.13"]
    assert (everyone.priced, everyone.total) == ((14, 14, 14), 16)
    assert (_mean(note, "innovator").priced[0], _mean(note, "innovator").total) == (9, 11)
    assert (_mean(note, "cxo").priced[0], _mean(note, "cxo").total) == (5, 5)
    assert [_shown(p.change) for p in note.benchmark] == ["-0.94", "-1.17", "+0.40"]


def test_stocks_without_prices_say_so(note: Note) -> None:
    lacking = {row.code: row.unavailable for row in note.named if row.unavailable}
    assert sorted(lacking) == ["01167", "02105"]
    assert all(reason.zh and reason.en for reason in lacking.values())
    coverage = note.coverage[0]
    assert (coverage.held, coverage.total) == (14, 16)
    assert coverage.missing.en == "JACOBIO-B 01167.HK, LAEKNA-B 02105.HK"


def test_roles_and_printed_names(note: Note) -> None:
    assert [row.role for row in note.named] == ["innovator"] * 11 + ["cxo"] * 5
    assert _row(note, "06990").printed == ("SKB BIO-B",)
    assert _row(note, "06990").name.zh == "科伦博泰生物"
    assert [row.code for row in note.members] == ["01177", "06160", "09969"]


def test_timeline_shows_that_the_close_came_before_the_first_timed_report(note: Note) -> None:
    assert [(e.kind, str(e.moment)) for e in note.timeline] == [
        ("announcement", "2026-01-07"),
        ("close", "2026-01-07 16:00 HKT"),
        ("report", "2026-01-07 17:21 HKT"),
        ("document", "2026-01-08 08:07 HKT"),
    ]
    assert note.timeline[0].remark.en == "time of day not held"
    assert "17:21 HKT" in note.remarks[0].zh
    assert "16:00 HKT" in note.remarks[0].zh
    assert "2026年1月7日为事件日" in note.remarks[1].zh


@pytest.mark.parametrize(
    ("as_of", "windows", "last"),
    [
        ("2026-01-08 08:07", ["event"], dt.date(2026, 1, 7)),
        ("2026-01-08", ["event", "next"], dt.date(2026, 1, 8)),
        ("2026-01-09 16:00", ["event", "next", "since"], dt.date(2026, 1, 9)),
        ("2026-01-07 15:59", [], None),
    ],
)
def test_nothing_after_as_of_is_used(facts: Any, as_of: str, windows: list[str], last: dt.date | None) -> None:
    note = facts.note(as_of=Moment.parse(as_of))
    assert [w.key for w in note.windows] == windows
    assert (max(note.chart.days) if note.chart else None) == last


def test_without_policy_the_texts_own_date_is_the_event(facts: Any) -> None:
    note = facts.note(policy=None)
    assert note.windows[0].end == dt.date(2026, 1, 8)
    assert [e.kind for e in note.timeline] == ["document"]
    assert note.headline.zh == "Regulator speeds up review"


def test_a_fact_public_after_the_close_trades_the_next_session(facts: Any) -> None:
    late = replace(facts.rest["policy"], first_public=Moment.parse("2026-01-07 16:30"))
    assert facts.note(policy=late).windows[0].end == dt.date(2026, 1, 8)


def test_figures_carry_their_checks(note: Note) -> None:
    rows = {row.id: row for row in note.figures}
    assert [w.formula for w in rows["f1"].workings] == ["47 + 23 + 6 = 76", "76 > 48", "76 = 76"]
    assert rows["f8"].workings[0].formula == "38 / 47 = 80.85%"
    assert rows["f6"].part_of == ("f3", "f8")
    assert rows["f12"].verdict is Verdict.DIFFERS_IN_SCOPE
    assert rows["f13"].verdict is Verdict.NOT_CHECKABLE
    assert rows["f3"].qualifier.zh == "化学药"


def test_a_failing_sum_is_shown_at_its_total_and_does_not_blame_a_part(facts: Any) -> None:
    first = facts.extraction.checks[0]
    wrong = replace(first, verdict=Verdict.INCONSISTENT, formula="48 + 23 + 6 = 77, not 76", mend="48 → 47")
    facts.extraction = replace(facts.extraction, checks=(wrong,))
    rows = {row.id: row for row in facts.note().figures}
    assert rows["f1"].verdict is Verdict.INCONSISTENT
    assert rows["f1"].workings[0].mend == "48 → 47"
    assert rows["f5"].verdict is Verdict.NOT_CHECKABLE
    assert rows["f5"].part_of == ("f1",)


def test_a_bad_figure_is_an_alert_with_its_arithmetic(facts: Any) -> None:
    first, quote = facts.extraction.checks[0], facts.extraction.figures[0].quote
    wrong = replace(first, verdict=Verdict.INCONSISTENT, formula="48 + 23 + 6 = 77 ≠ 76", reason="77, not 76")
    flag = Flag(quote.span, "bad_figure", "77, not 76")
    facts.extraction = replace(facts.extraction, checks=(wrong,), flags=(flag,))
    alert = facts.note().alerts[0]
    assert alert.message.en == "“76”: 77, not 76 (48 + 23 + 6 = 77 ≠ 76)"
    assert alert.message.zh == "“76”：各分项之和不等于总数（48 + 23 + 6 = 77 ≠ 76）"
    assert alert.quote == quote


def test_wrong_code_is_an_alert_and_keeps_the_right_company(wrong_code: Any) -> None:
    note = wrong_code.note()
    assert [alert.kind for alert in note.alerts] == ["wrong_code"]
    assert note.alerts[0].message.zh == "原文写作“Asymchem”（02621），该公司的代码为06821.HK"
    assert _row(note, "06821").printed == ("Asymchem",)


def test_unknown_code_is_an_alert_and_no_row(facts: Any) -> None:
    mention = Mention(Span(0, 5), "China", Judgement.UNKNOWN_CODE, printed_code="09999")
    flag = Flag(Span(0, 5), "unknown_code", "no listing has the code 09999")
    extraction = replace(facts.extraction, mentions=(mention,), flags=(flag,))
    facts.extraction = extraction
    note = facts.note()
    assert note.alerts[0].message.en == "No listing has the code 09999 printed with “China”"
    assert note.named == ()
    assert len(note.members) == 19


def test_an_ambiguous_name_is_told_once_and_no_company_is_chosen(facts: Any) -> None:
    fits = (Candidate(StockCode("02269"), 0.5), Candidate(StockCode("02359"), 0.5))
    mentions = tuple(Mention(Span(n, n + 4), "WuXi", Judgement.AMBIGUOUS, candidates=fits) for n in (0, 10))
    facts.extraction = replace(facts.extraction, mentions=mentions)
    note = facts.note()
    assert [a.message.zh for a in note.ambiguous] == ["“WuXi”可指多家公司（02269.HK、02359.HK），未作取舍"]
    assert note.named == ()


def test_a_stock_outside_the_concept_is_shown_without_role(facts: Any) -> None:
    basket = facts.rest["basket"]
    fewer = Basket(basket.concept, basket.as_of, tuple(m for m in basket.members if m.code != "02359"))
    note = facts.note(basket=fewer)
    assert _row(note, "02359").role is None
    assert note.named[-1].code == "02359"
    assert [m.key for m in note.named_means] == ["innovator", "cxo", "none", "all"]


def test_chart_is_rebased_at_the_session_before_the_event(note: Note) -> None:
    chart = note.chart
    assert chart is not None
    assert chart.base == dt.date(2026, 1, 6)
    base = chart.days.index(chart.base)
    assert {series.key: series.values[base] for series in chart.series} == {
        "concept": 100,
        "named": 100,
        "benchmark": 100,
    }
    named = next(series for series in chart.series if series.key == "named")
    assert _shown(named.values[base + 1]) == "+105.97"
    assert [(e.number, e.day.day) for e in chart.events] == [(1, 7), (2, 8)]


def test_no_figures_no_stocks_no_members(make_facts: Callable[[], Any]) -> None:
    facts = make_facts()
    facts.extraction = replace(facts.extraction, mentions=(), figures=(), checks=(), events=())
    empty = Basket("cn-innovative-drugs", facts.rest["as_of"], ())
    note = facts.note(basket=empty, checks=())
    assert (note.figures, note.named, note.members, note.named_means) == ((), (), (), ())
    assert note.event_quote is None
    assert figure_rows(facts.extraction, (), Citations()) == ()


def test_sources_are_numbered_once_from_the_document_on(note: Note) -> None:
    assert [source.number for source in note.sources] == list(range(1, len(note.sources) + 1))
    assert note.sources[0].address == "column.md"
    assert len({source.address for source in note.sources}) == len(note.sources)
