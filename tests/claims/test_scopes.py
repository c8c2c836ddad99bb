"""What a figure covers: the source, cut-off and counting rule that its sentence prints, or that a register holds."""

import datetime as dt

import pytest

from hkconcept.claims import find_figures, with_register_scopes
from hkconcept.model import Figure, Moment, PartialDate, Scope
from hkconcept.registers import approvals
from hkconcept.text import detect_language, find_dates, find_quantities


def figures_of(text: str) -> tuple[Figure, ...]:
    dates = find_dates(text, dt.date(2026, 1, 8))
    quantities = find_quantities(text, [date.span for date in dates])
    return find_figures(text, quantities, dates=dates, language=detect_language(text), mentions=())


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        (
            "据医药魔方数据，截至2025年12月31日，国内共有120款药物获批，不含中药。",
            Scope("医药魔方", PartialDate.parse("2025-12-31"), "不含中药"),
        ),
        ("根据藥監局統計，去年共批准48個新藥。", Scope("藥監局")),
        (
            "According to PharmCube, China approved 76 innovative drugs in 2025, excluding vaccines.",
            Scope("PharmCube", None, "excluding vaccines"),
        ),
        ("Data from Evaluate show that 48 deals were signed.", Scope("Evaluate")),
        ("截至2025年6月30日，公司有12款产品在研。", Scope("", PartialDate.parse("2025-06-30"))),
        ("公司有12款产品在研。", None),
        # Two sources in one sentence: whose figure is whose is open.
        ("据甲公司数据有76款，据乙公司数据有48款。", None),
    ],
)
def test_a_figure_has_the_scope_that_its_sentence_prints(text: str, scope: Scope | None) -> None:
    assert {figure.scope for figure in figures_of(text)} == {scope}


def test_the_scope_of_one_sentence_is_not_that_of_the_next() -> None:
    first, second = figures_of("据医药魔方数据，去年有120款药物获批。公司有12款产品。")
    assert first.scope == Scope("医药魔方")
    assert second.scope is None


def test_a_register_gives_the_scope_of_the_only_total_that_agrees() -> None:
    figures = figures_of("2019年，国内批准12个创新药。")
    later = with_register_scopes(figures, figures, approvals.totals(), as_of=Moment.parse("2026-12-31"))
    assert [(one.scope.vendor, one.scope.from_register) for one in later if one.scope] == [("RIS.World", True)]


def test_a_register_gives_no_scope_that_was_not_yet_published() -> None:
    figures = figures_of("2019年，国内批准12个创新药。")
    assert with_register_scopes(figures, figures, approvals.totals(), as_of=Moment.parse("2020-12-31")) == figures


def test_a_printed_scope_is_kept() -> None:
    figures = figures_of("据医药魔方数据，2019年，国内批准12个创新药。")
    kept = with_register_scopes(figures, figures, approvals.totals(), as_of=Moment.parse("2026-12-31"))
    assert {one.scope for one in kept} == {Scope("医药魔方")}
