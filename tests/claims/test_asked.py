"""Which published total a figure asks for, by the words around it, in both languages."""

import datetime as dt

import pytest

from hkconcept.claims import as_asked, check_against_registers, find_figures
from hkconcept.model import Figure, Moment, Verdict
from hkconcept.service.totals import every_total
from hkconcept.text import find_dates, find_quantities

YEAR_2025 = "2025"


def asked(text: str) -> tuple[Figure, ...]:
    dates = find_dates(text, dt.date(2026, 1, 8))
    quantities = find_quantities(text, [date.span for date in dates])
    language = "en" if text.isascii() else "zh-Hans"
    return as_asked(text, find_figures(text, quantities, dates=dates, language=language, mentions=()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value", "measure", "period", "attributes"),
    [
        ("2025年国家医保目录新增114种药品，调出29种。", 114, "added drugs", YEAR_2025, {}),
        ("2025年国家医保目录新增114种药品，调出29种。", 29, "removed drugs", YEAR_2025, {}),
        ("2025年版医保药品目录收载西药1857种、中成药1396种。", 1857, "listed drugs", YEAR_2025, {"type": "western"}),
        ("2025年版医保药品目录新增1类创新药50种。", 50, "added drugs", YEAR_2025, {"class": "1"}),
        ("The 2025 NRDL adds 114 drugs and removes 29 medicines.", 114, "added drugs", YEAR_2025, {}),
        ("The 2025 NRDL adds 114 drugs and removes 29 medicines.", 29, "removed drugs", YEAR_2025, {}),
        ("2025年首版商保创新药目录纳入19种药品，涉及18家企业。", 19, "catalogue drugs", YEAR_2025, {}),
        ("2025年首版商保创新药目录纳入19种药品，涉及18家企业。", 18, "catalogue companies", YEAR_2025, {}),
        ("第十一批国家集采覆盖55种药品。", 55, "procured drugs", None, {"round": "11"}),
        ("第11批集采共有445家企业投标，272家企业中选。", 445, "bidders", None, {"round": "11"}),
        ("第11批集采共有445家企业投标，272家企业中选。", 272, "winners", None, {"round": "11"}),
        (
            "In the eleventh round of volume-based procurement, 272 companies won.",
            272, "winners", None, {"round": "11"},
        ),
        ("第二批临床急需境外新药名单列入26个品种。", 26, "urgent overseas drugs", None, {"batch": "2"}),
        ("《第二批罕见病目录》收录86种罕见病。", 86, "rare diseases", None, {"batch": "2"}),
        (
            "截至2025年底，累计395个药物获突破性治疗认定。",
            395, "designated drugs", YEAR_2025, {"kind": "breakthrough therapy"},
        ),
        ("2025年中国对外授权交易157笔，总额1356.55亿美元。", 135655000000, "deal value", YEAR_2025, {}),
    ],
)  # fmt: skip
def test_the_words_say_which_total_is_meant(
    text: str, value: int, measure: str, period: str | None, attributes: dict[str, str]
) -> None:
    (figure,) = (one for one in asked(text) if one.quantity.value == value)
    assert figure.measure == measure
    assert (str(figure.period) if figure.period else None) == period
    assert dict(figure.attributes) == attributes
    # Held as published, all but none of them from memory: each agrees with its row.
    (check,) = check_against_registers([figure], every_total(), as_of=Moment.parse("2026-12-01"))
    assert check.verdict is Verdict.CONSISTENT
    assert check.sources


@pytest.mark.parametrize(
    "text",
    [
        "公司有114种药品在售。",  # no list is named
        "公司12种药品新增进入2025年国家医保目录的谈判名单，销售团队有114家医院客户。",
        "第九批和第十一批集采共有55种药品。",  # of which round is left open
        "信达生物中选第十一批集采的产品有3个规格。",
        "The company added 114 employees in 2025.",
    ],
)
def test_other_counts_are_not_held_against_a_total(text: str) -> None:
    totals = every_total()
    found = [check_against_registers([figure], totals, as_of=Moment.parse("2026-12-01")) for figure in asked(text)]
    assert not any(check.verdict is Verdict.CONSISTENT for checks in found for check in checks)


def test_a_count_that_differs_is_shown_beside_the_published_one_and_not_refuted() -> None:
    (check,) = check_against_registers(
        [one for one in asked("第十一批国家集采覆盖58种药品。") if one.quantity.value == 58],
        every_total(),
        as_of=Moment.parse("2026-12-01"),
    )
    assert check.verdict is Verdict.NOT_CHECKABLE
    assert "55 (NHSA" in check.reason


def test_a_total_is_not_used_before_it_was_public() -> None:
    figures = asked("第十一批国家集采覆盖55种药品。")
    assert check_against_registers(figures, every_total(), as_of=Moment.parse("2025-11-11")) == ()
