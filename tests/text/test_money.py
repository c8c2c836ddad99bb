from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.model import Relation
from hkconcept.text import find_currencies

CASES = [
    ("花了8元5角", [("8元5角", "8.5", "CNY")]),
    ("三十元六角二分", [("三十元六角二分", "30.62", "CNY")]),
    ("五美元又二十美分", [("五美元又二十美分", "5.2", "USD")]),
    ("twelve dollars and thirty cents", [("twelve dollars and thirty cents", "12.3", "USD")]),
    ("18 dollars 75", [("18 dollars 75", "18.75", "USD")]),
    ("eight dollars ninety", [("eight dollars ninety", "8.9", "USD")]),
    ("paid 9 rmb 30 usd", [("9 rmb", "9", "CNY"), ("30 usd", "30", "USD")]),
    ("30 $ 20 $", [("30 $", "30", "USD"), ("20 $", "20", "USD")]),
    ("90 USD million", [("90 USD million", "90000000", "USD")]),
    ("about 45 MEUR", [("45 MEUR", "45000000", "EUR")]),
    ("USD80 or 80USD", [("USD80", "80", "USD"), ("80USD", "80", "USD")]),
    ("600 million francs", [("600 million francs", "600000000", "CHF")]),
    ("3 bitcoins", [("3 bitcoins", "3", "XBT")]),
    ("120 pence", [("120 pence", "1.2", "GBP")]),
    ("half a million dollars", [("half a million dollars", "500000", "USD")]),
    ("人民币 80元", [("人民币 80元", "80", "CNY")]),
    ("二百万元整", [("二百万元整", "2000000", "CNY")]),
    ("两万元港元", [("两万元港元", "20000", "HKD")]),
    ("六角形的5个零件", []),
    ("$6 each, 40 of them", [("$6", "6", "USD")]),
    ("six dollars 20 times", [("six dollars", "6", "USD")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_amount_and_currency(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(text[slice(*amount.span)], amount.value, amount.unit) for amount in find_currencies(text)]
    assert found == [(printed, Decimal(value), unit) for printed, value, unit in expected]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("几百万元", "1000000", "10000000", "CNY"),
        ("数千亿港元", "100000000000", "1000000000000", "HKD"),
        ("十多欧元", "10", "20", "EUR"),
        ("三四百块", "300", "400", "CNY"),
        ("二到三万港元", "20000", "30000", "HKD"),
    ],
)
def test_approximate_amounts_have_two_ends(text: str, low: str, high: str, unit: str) -> None:
    (amount,) = find_currencies(text)
    assert (amount.value, amount.upper, amount.unit) == (Decimal(low), Decimal(high), unit)
    assert amount.relation is Relation.RANGE


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("至少6000元", Relation.AT_LEAST),
        ("小于7万元", Relation.LESS_THAN),
        ("约8美元", Relation.ABOUT),
        ("9元", Relation.EXACT),
        ("70万元(含)以上", Relation.AT_LEAST),
    ],
)
def test_bound(text: str, relation: Relation) -> None:
    (amount,) = find_currencies(text)
    assert amount.relation is relation


def test_a_field_of_amounts_may_leave_the_currency_out() -> None:
    assert find_currencies("六百万") == ()
    (amount,) = find_currencies("六百万", assume="HKD")
    assert (amount.value, amount.unit) == (Decimal(6_000_000), "HKD")


def test_names_of_currencies_are_reported_on_request() -> None:
    assert find_currencies("人民币与美元") == ()
    assert [(found.value, found.unit) for found in find_currencies("人民币与美元", names=True)] == [
        (None, "CNY"),
        (None, "USD"),
    ]


@given(st.text(alphabet="0123456789.,-$元角分美港块几数十万亿usd rmb dollars cents and", max_size=80))
def test_amounts_are_ordered_disjoint_and_inside(text: str) -> None:
    spans = [amount.span for amount in find_currencies(text, assume="CNY", names=True)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
