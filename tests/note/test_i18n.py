"""Numbers and dates as readers of each language write them."""

from __future__ import annotations

import datetime as dt
import string
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.model import CURRENCIES, Moment, PartialDate, Quantity, Relation
from hkconcept.note import fonts, i18n
from hkconcept.note.wording import COUNTERS, SUBJECTS, WORDS


@pytest.mark.parametrize(
    ("quantity", "zh", "en"),
    [
        (Quantity(Decimal(76), "count", counter="drug"), "76款", "76 drugs"),
        (Quantity(Decimal(150), "count", Relation.OVER, counter="deal"), "超过150笔", "over 150 deals"),
        (Quantity(Decimal(13 * 10**10), "USD", Relation.OVER, step=Decimal(10**9)), "超过1,300亿美元", "over US$130bn"),
        (Quantity(Decimal("80.85"), "percent", step=Decimal("0.01")), "80.85%", "80.85%"),
        (Quantity(Decimal("91.3"), "percent", step=Decimal("0.01")), "91.30%", "91.30%"),
        (
            Quantity(Decimal(198 * 10**8), "CNY", Relation.RANGE, Decimal(20450000000), Decimal(10**7)),
            "198亿元人民币至204.5亿元人民币",
            "RMB19.8bn–RMB20.45bn",
        ),
        (Quantity(Decimal(42_000_000), "EUR", Relation.ABOUT, step=Decimal(10**6)), "约4,200万欧元", "about €42mn"),
        (Quantity(Decimal("12.5"), "HKD/share", step=Decimal("0.1")), "12.5港元/股", "HK$12.5 per share"),
        (Quantity(Decimal("2.5"), "multiple", step=Decimal("0.1")), "2.5倍", "2.5x"),
        (Quantity(Decimal(1500000), "shares", Relation.UP_TO), "至多150万股", "up to 1.5mn shares"),
        (Quantity(Decimal(32000), "count", Relation.ALMOST), "近3.2万", "nearly 32,000"),
        (Quantity(Decimal(130), "working days"), "130个工作日", "130 working days"),
        (Quantity(Decimal(-5), "percentage points"), "−5个百分点", "−5 pp"),
    ],
)
def test_quantities(quantity: Quantity, zh: str, en: str) -> None:
    assert i18n.quantity(quantity, "zh") == zh
    assert i18n.quantity(quantity, "en") == en


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (PartialDate(2025), "2025年", "2025"),
        (PartialDate(2025, 12), "2025年12月", "Dec 2025"),
        (PartialDate(2025, quarter=3), "2025年第三季度", "Q3 2025"),
        (PartialDate(2025, half=2), "2025年下半年", "H2 2025"),
        (PartialDate(2025, fiscal=True), "2025财年", "FY2025"),
        (PartialDate(2026, 1, 7), "2026年1月7日", "7 Jan 2026"),
    ],
)
def test_partial_dates(value: PartialDate, zh: str, en: str) -> None:
    assert (i18n.partial(value, "zh"), i18n.partial(value, "en")) == (zh, en)


def test_a_moment_without_time_of_day_shows_none() -> None:
    assert i18n.moment(Moment.of_day(dt.date(2026, 1, 7)), "en") == "7 Jan 2026"
    assert i18n.moment(Moment.parse("2026-01-08T00:07+00:00"), "zh") == "2026年1月8日 08:07 HKT"


@given(st.decimals(-1000, 1000, places=4))
def test_every_change_has_sign_and_arrow(value: Decimal) -> None:
    shown = i18n.change(value)
    rounded = value.quantize(Decimal("0.01"))
    expected = "▲ +" if rounded > 0 else "▼ −" if rounded < 0 else "＝ 0.00%"
    assert shown.startswith(expected)
    assert shown.endswith("%")


@given(st.sampled_from(sorted(CURRENCIES)), st.integers(0, 10**14))
def test_money_always_names_its_currency(currency: str, amount: int) -> None:
    quantity = Quantity(Decimal(amount), currency)
    assert any(c.isalpha() or c in "$€£¥" for c in i18n.quantity(quantity, "en"))
    assert i18n.quantity(quantity, "zh")[-1] in "元镑郎币"


@pytest.mark.parametrize("key", sorted(WORDS))
def test_both_languages_have_the_same_placeholders(key: str) -> None:
    text = WORDS[key]
    names = [{name for _, name, _, _ in string.Formatter().parse(side) if name} for side in (text.zh, text.en)]
    assert names[0] == names[1]
    assert text.zh
    assert text.en


def test_the_font_can_draw_every_word_in_both_weights() -> None:
    words = "".join(text.zh + text.en for table in (WORDS, COUNTERS, SUBJECTS) for text in table.values())
    assert fonts.missing(words) == ()
    assert fonts.missing(words, "bold") == ()
