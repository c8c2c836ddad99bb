"""The column's figures: six claims that hold in three languages, and each figure altered in turn."""

import datetime as dt
from pathlib import Path

import pytest

from hkconcept.claims import check_against_registers, check_figures, find_figures
from hkconcept.model import Check, Figure, Language, Moment, Relation, Verdict
from hkconcept.registers import approvals, deals
from hkconcept.text import find_dates, find_quantities

ENGLISH = (
    "In 2025 the regulator approved 76 innovative drugs, well above the 48 approved in the whole of 2024. "
    "Out-licensing of innovative drugs exceeded $130 billion in 2025, with over 150 transactions. "
    "The 76 innovative drugs approved in 2025 comprise 47 chemical drugs, 23 biological products and 6 traditional "
    "Chinese medicines. Of the 47 chemical drugs, 38 are domestic drugs and 9 are imported drugs: domestic ones "
    "account for 80.85%. Of the 23 biological products, 21 are domestic drugs and 2 are imported drugs: domestic ones "
    "account for 91.30%."
)
SIMPLIFIED = (
    "2025年，国家药监局共批准76个创新药上市，大幅高于2024年全年的48个。2025年创新药对外授权交易总额超过1300亿美元，"
    "交易超过150笔。2025年获批的76个创新药包括47个化学药、23个生物制品和6个中药。47个化学药中，国产38个、进口9个，国产占比80.85%；"
    "23个生物制品中，国产21个、进口2个，国产占比91.30%。"
)
TRADITIONAL = (
    "2025年，國家藥監局共批准76個創新藥上市，大幅高於2024年全年的48個。2025年創新藥對外授權交易總額超過1300億美元，"
    "交易超過150筆。2025年獲批的76個創新藥包括47個化學藥、23個生物製品和6個中藥。47個化學藥中，國產38個、進口9個，國產佔比80.85%；"
    "23個生物製品中，國產21個、進口2個，國產佔比91.30%。"
)
VERSIONS: dict[Language, str] = {"en": ENGLISH, "zh-Hans": SIMPLIFIED, "zh-Hant": TRADITIONAL}
SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seed" / "000_ba8752987045ba07.txt"
SIX = [
    "76 > 48",
    "47 + 23 + 6 = 76",
    "38 + 9 = 47",
    "38 / 47 = 80.85%",
    "21 + 2 = 23",
    "21 / 23 = 91.30%",
]


def figures_of(text: str, language: Language) -> tuple[Figure, ...]:
    dates = find_dates(text, dt.date(2026, 1, 8))
    quantities = find_quantities(text, [date.span for date in dates])
    return find_figures(text, quantities, dates=dates, language=language, mentions=())


def checks_of(text: str, language: Language) -> tuple[Check, ...]:
    return check_figures(text, figures_of(text, language))


@pytest.mark.parametrize("language", VERSIONS)
def test_six_claims_hold_and_nothing_else_is_said(language: Language) -> None:
    checks = checks_of(VERSIONS[language], language)
    assert sorted(check.formula for check in checks) == sorted(SIX)
    assert {check.verdict for check in checks} == {Verdict.CONSISTENT}


@pytest.mark.corpus
@pytest.mark.skipif(not SEED.exists(), reason="the column is not part of the project")
def test_the_column_itself() -> None:
    checks = checks_of(SEED.read_text(encoding="utf-8"), "en")
    assert sorted(check.formula for check in checks) == sorted(SIX)
    assert {check.verdict for check in checks} == {Verdict.CONSISTENT}


def occurrences(text: str, number: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(number, at)]


@pytest.mark.parametrize("language", VERSIONS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("76", "77"), ("48", "84"), ("47", "48"), ("23", "24"), ("38", "37"), ("80.85", "81.85"), ("21", "22"),
        ("91.30", "93.10"),
    ],
)  # fmt: skip
def test_every_altered_figure_is_found_wherever_it_stands(language: Language, old: str, new: str) -> None:
    text = VERSIONS[language]
    places = occurrences(text, old)
    assert places
    for at in places:
        altered = text[:at] + new + text[at + len(old) :]
        wrong = [check for check in checks_of(altered, language) if check.verdict is Verdict.INCONSISTENT]
        assert wrong, altered[max(0, at - 30) : at + 30]
        assert all(check.mend for check in wrong)


@pytest.mark.parametrize("language", VERSIONS)
def test_every_figure_says_what_it_measures(language: Language) -> None:
    figures = figures_of(VERSIONS[language], language)
    told = [
        (
            str(f.quantity.value),
            f.measure,
            str(f.period),
            dict(f.attributes).get("type"),
            dict(f.attributes).get("origin"),
        )
        for f in figures
        if f.quantity.unit == "count"
    ]
    assert told == [
        ("76", "approvals", "2025", None, None),
        ("48", "approvals", "2024", None, None),
        ("150", "deals", "2025", None, None),
        ("76", "approvals", "2025", None, None),
        ("47", "approvals", "2025", "chemical", None),
        ("23", "approvals", "2025", "biological", None),
        ("6", "approvals", "2025", "tcm", None),
        ("47", "approvals", "2025", "chemical", None),
        ("38", "approvals", "2025", "chemical", "domestic"),
        ("9", "approvals", "2025", "chemical", "imported"),
        ("23", "approvals", "2025", "biological", None),
        ("21", "approvals", "2025", "biological", "domestic"),
        ("2", "approvals", "2025", "biological", "imported"),
    ]
    shares = [f for f in figures if f.quantity.unit == "percent"]
    assert [(f.measure, dict(f.attributes)) for f in shares] == [
        ("share", {"type": "chemical", "origin": "domestic"}),
        ("share", {"type": "biological", "origin": "domestic"}),
    ]
    assert {f.subject for f in figures} == {"innovative drugs"}
    assert [f.id for f in figures] == [f"f{n}" for n in range(1, len(figures) + 1)]
    assert [f.measure for f in figures if f.quantity.currency == "USD"] == ["deal value"]


@pytest.mark.parametrize("language", VERSIONS)
def test_a_comparison_sets_no_bound_but_a_bound_stays(language: Language) -> None:
    by_value = {str(f.quantity.value): f.quantity.relation for f in figures_of(VERSIONS[language], language)}
    assert by_value["48"] is Relation.EXACT
    assert by_value["150"] is Relation.OVER


@pytest.mark.parametrize("language", VERSIONS)
def test_against_the_published_totals(language: Language) -> None:
    figures = figures_of(VERSIONS[language], language)
    totals = (*approvals.totals(), *deals.totals())
    checks = check_against_registers(figures, totals, as_of=Moment.parse("2026-01-08"))
    found = {check.claim.result: check for check in checks}
    first = found["f1"]
    assert first.verdict is Verdict.CONSISTENT
    assert "NMPA" in first.reason
    assert first.sources
    assert first.reason_zh
    value = next(found[f.id] for f in figures if f.quantity.currency == "USD")
    assert value.verdict in {Verdict.CONSISTENT, Verdict.DIFFERS_IN_SCOPE}
    assert "NextPharma" in value.reason
    assert {check.claim.kind for check in checks} == {"register"}
    assert not [check for check in checks if check.verdict is Verdict.INCONSISTENT]
