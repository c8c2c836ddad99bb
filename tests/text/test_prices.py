"""Prices of a change, Hong Kong dollars of Hong Kong papers, and amounts repeated without their currency."""

from __future__ import annotations

import pytest

from hkconcept.text import find_quantities


def units(text: str, *, hong_kong: bool = False, listed: bool = False) -> list[tuple[str, str, bool]]:
    found = find_quantities(text, hong_kong=hong_kong, listed=listed)
    return [(str(m.quantity.value), m.quantity.unit, m.quantity.currency_assumed) for m in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("目标价由198港元上调至215港元", ["HKD/share", "HKD/share"]),
        ("目标价上调20%至38.6港元", ["percent", "HKD/share"]),
        ("lifted its target price to HK$9.20 from HK$7.10", ["HKD/share", "HKD/share"]),
        ("a Buy rating and a HK$115 price target", ["HKD/share"]),
        ("closed 4.6% higher at HK$91.75", ["percent", "HKD/share"]),
        ("收入由1.98亿港元上升至2.15亿港元", ["HKD", "HKD"]),
        ("a sales target of $500", ["USD"]),
        ("Shares slid as much as 7.5% to HK$31.20 on Monday", ["percent", "HKD/share"]),
        ("whose stock ended 1.8 per cent lower at HK$12.44", ["percent", "HKD/share"]),
        ("cut TP to HK$20 (from HK$26.5)", ["HKD/share", "HKD/share"]),
        ("Diluted earnings per ordinary share were $0.07", ["USD/share"]),
        ("Sales climbed as much as 7% to $31.20 million", ["percent", "USD"]),
        ("agreed to place 15.6 million new shares", ["shares"]),
        ("a 125-patient study", ["count"]),
        ("445 companies bid and 272 won", ["count", "count"]),
    ],
)
def test_the_words_of_a_price_reach_both_ends(text: str, expected: list[str]) -> None:
    found = [unit for _, unit, _ in units(text)]
    assert found[: len(expected)] == expected or found == expected[: len(found)] == expected[:-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("該股昨收報39.2元", [("39.2", "HKD/share", True)]),
        ("斥資3,985萬元回購", [("39850000", "HKD", True)]),
        ("大市成交2,456億元", [("245600000000", "HKD", True)]),
        ("收入人民幣1.2億元，去年為1.03億元", [("120000000", "CNY", False), ("103000000", "CNY", True)]),
        ("全國醫保基金支出2億元", [("200000000", "CNY", True)]),
    ],
)
def test_a_hong_kong_paper_means_its_own_dollar_where_it_speaks_of_the_market(
    text: str, expected: list[tuple[str, str, bool]]
) -> None:
    assert units(text, hong_kong=True) == expected
    assert all(unit.startswith("CNY") for _, unit, _ in units(text))


def test_a_headline_takes_the_dollars_of_its_body() -> None:
    text = "某药业配股筹8亿\n某药业公布,配售2000万股,集资8亿元。研发开支去年4亿元。"
    assert [(v, u) for v, u, _ in units(text, hong_kong=True)] == [
        ("800000000", "HKD"),
        ("20000000", "shares"),
        ("800000000", "HKD"),
        ("400000000", "CNY"),
    ]


def test_a_headline_takes_the_currency_of_the_same_amount() -> None:
    assert units("斥资2985.6万元回购\n总代价2985.6万港元") == [("29856000", "HKD", False), ("29856000", "HKD", False)]
    assert units("耗资500万元\n或500万港元，或500万美元")[0] == ("5000000", "CNY", True)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("每股盈利67分", "0.67", "CNY/share"),
        ("末期股息每股人民币28分", "0.28", "CNY/share"),
        ("派息12仙", "0.12", "HKD/share"),
    ],
)
def test_cents_of_a_share(text: str, value: str, unit: str) -> None:
    found = find_quantities(text)
    assert [(str(m.quantity.value), m.quantity.unit) for m in found] == [(value, unit)]
