"""Relations that no phrase states: the search explains right texts, and refutes a slip in one figure."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.claims import check_figures, find_figures
from hkconcept.claims.search.slips import slips
from hkconcept.model import Check, Verdict
from hkconcept.text import find_dates, find_quantities

# Text, what is printed wrong, as what, and the recomputation that must show it.
CASES = [
    # a change whose parts stand in any order
    (
        "全年产品收入录得6.84亿元，同比增长52.0%（2024年为4.50亿元），海外占比仍低。",
        "6.84", "8.64", "8.64亿元 / 4.50亿元 - 1 = 92.0% ≠ 52.0%",
    ),
    (
        "Vaccine sales of RMB912 million in the half, against RMB760 million a year earlier, were up 20%.",
        "912", "291", "RMB291 million / RMB760 million - 1 = -62% ≠ 20%",
    ),
    (
        "年初在册的互联网诊所为2,150家，三季度末增加到2,494家，增幅约16%。",
        "2,494", "2,944", "2,944 / 2,150 - 1 = 37% ≠ 16%",
    ),
    (
        "公司预计上半年收入8.20亿元至8.61亿元，较上年同期的6.56亿元增长25.0%至31.3%。",
        "6.56", "5.66", "820,000,000 / 5.66亿元 - 1",
    ),
    ("年内亏损4,235万元，较上一年度的亏损3,500万元增亏21.0%。", "4,235", "4,325", "- 1 = 23.6% ≠ 21.0%"),
    # discounts and premiums to a price of the market
    (
        "认购价每股6.30港元，较最后交易日收市价7.00港元折让10.00%，较前五日平均收市价7.20港元折让12.50%。",
        "12.50%", "15.20%", "≠ 15.20%",
    ),
    ("We raise our target to HK$92, a 15% premium to Friday's close of HK$80.", "15%", "51%", "- 1 = 15% ≠ 51%"),
    # shares: of a whole, of what makes the whole, of a revenue
    ("入组共320例受试者，其中应答208例，ORR为65.0%；随访中位数9.4个月。", "208", "280", "280 / 320 = 87.5% ≠ 65.0%"),
    (
        "The unit spent RMB468 million on trials, equal to 13% of its RMB3.6 billion turnover.",
        "468", "846", "RMB846 million / RMB3.6 billion = 24% ≠ 13%",
    ),
    (
        "集团收入18.40亿元。毛利为11.96亿元，毛利率为65.0%。",
        "11.96", "19.16", "19.16亿元 / 18.40亿元 = 104.1% ≠ 65.0%",
    ),
    ("内资股占比61.50%，H股占比38.50%。", "61.50", "65.10", "65.10% + 38.50% = 103.60% ≠ 100.00%"),
    # points
    ("Occupancy was 84.5% in June, 6.2 percentage points above the 78.3% of May.", "6.2", "2.6", "6.2pp ≠ 2.6pp"),
    # a multiple, and an index with its move
    ("Exports came to RMB837 million, 3.1 times the RMB270 million of two years before.", "3.1", "1.3", "3.1x ≠ 1.3x"),
    (
        "The biotech gauge lost 184.50 points, or 1.45%, to 12,539.44 by the close.",
        "1.45", "4.15", "1.45% ≠ 4.15%",
    ),
    # price times number, also from one sentence to the next
    (
        "配售价定为每股4.80港元。合共配售6,250万股新股，集资总额约3.00亿港元。",
        "6,250", "2,650", "4.80港元 × 2,650万股 = 1.27亿港元 ≠ 3.00亿港元",
    ),
    (
        "The bank sold 42 million shares at HK$18.50 each, raising HK$777 million before costs.",
        "42", "24", "HK$18.50 × 24 million shares = HK$444 million ≠ HK$777 million",
    ),
    ("我们预测每股收益1.35元，给予28倍市盈率，目标价37.8元。", "1.35", "1.53", "≠ 28x"),
    ("集采品种卖出7.2亿元，相当于全部销售额24.0亿元的30%。", "7.2", "2.7", "≠ 30%"),
    # averages
    ("去年底集团共有诊所46家，床位11,868张，平均每家258张。", "11,868", "18,168", "18,168 / 46 = 395 ≠ 258"),
    # what differs, and what came before, after and between
    (
        "预算为2.46亿元，成交1.97亿元，节约资金4,900万元。",
        "4,900万元", "4,900亿元", "2.46亿元 - 1.97亿元",
    ),
    (
        "配发12,480,500股后，已发行股份由318,204,700股增至330,685,200股。",
        "330,685,200", "330,865,200", "12,480,500股 + 318,204,700股 = 330,685,200股 ≠ 330,865,200股",
    ),
    # totals
    (
        "三批分别转让之后，首批9,400万股、次批6,300万股、末批2,700万股，合共1.84亿股。",
        "6,300", "3,600", "9,400万股 + 3,600万股 + 2,700万股 = 1.57亿股 ≠ 1.84亿股",
    ),
    (
        ("It will receive $60 million at signing and up to $410 million on development; with sales payments of as much "
        "as $730 million the package could be worth $1.20 billion in total."),
        "410", "140", "$60 million + $140 million + $730 million = $0.93 billion ≠ $1.20 billion",
    ),
    # a conversion at a rate that is printed
    (
        "本轮融资2.5亿美元，按汇率7.2计折合人民币18.0亿元。",
        "18.0", "10.8", "2.5亿美元 × 7.2 = 人民币18.0亿元 ≠ 人民币10.8亿元",
    ),
]  # fmt: skip


def checks_of(text: str) -> tuple[Check, ...]:
    dates = find_dates(text, dt.date(2026, 1, 8))
    quantities = find_quantities(text, [date.span for date in dates])
    language = "en" if "的" not in text and text.isascii() else "zh-Hans"
    figures = find_figures(text, quantities, dates=dates, language=language, mentions=())  # type: ignore[arg-type]
    return check_figures(text, figures, dates=dates)


def refuted(text: str) -> list[str]:
    return [check.formula for check in checks_of(text) if check.verdict is Verdict.INCONSISTENT]


@pytest.mark.parametrize(("text", "old", "new", "formula"), CASES)
def test_a_right_text_is_left_alone_and_a_slip_is_found(text: str, old: str, new: str, formula: str) -> None:
    assert text.count(old) == 1
    assert refuted(text) == []
    assert any(formula in found for found in refuted(text.replace(old, new)))


@pytest.mark.parametrize(
    "text",
    [
        # another base is meant than the one that is printed
        "公司可回购股份总数为5,524万股，已回购2,112万股，占回购授权决议通过时已发行股份的3.8236%。",
        "收入4.6亿元，同比增加2%；可供分派收入2.4亿元，同比增加2.4%。",
        # lists that belong to several rates in order
        "四期研发开支为46.7百万元、74.7百万元、50.5百万元及56.2百万元，分别占总营业费用的73.0%、61.8%、75.8%及67.2%。",
        # parts that are set off, doses, several tranches at one price
        "现金流入94.0百万元，因出售所得65.0百万元及赎回48.9百万元，部分被存款19.9百万元抵销。",
        "剂量组为1.0 mg/kg、2.0 mg/kg、3.0 mg/kg及5.0 mg/kg，共四组。",
        "拟以19.89元/股的价格分别转让1,081.5万股、693.0万股，交易总价为3.53亿元。",
        # rounding of digits that are not printed
        "年内亏损2,880万元，较上一年度的亏损2,200万元增亏31.2%。",
        # one rate said of one pair, another pair beside it
        "早盘一度下跌近50%，最低报18港元，较40港元的发行价跌幅达55%。",
        "The chain opened 148 stores, closed 37 and ended with 1,611 outlets, against 1,500 at the start.",
    ],
)
def test_what_the_words_do_not_single_out_is_not_refuted(text: str) -> None:
    assert refuted(text) == []


@given(
    a=st.integers(100_000, 9_999_999),
    b=st.integers(100_000, 9_999_999),
    place=st.integers(0, 5),
    digit=st.integers(0, 9),
)
def test_long_sums_come_out_and_one_changed_digit_is_found(a: int, b: int, place: int, digit: int) -> None:
    text = "本次发行{:,}股，发行前总数为{:,}股，发行后为{:,}股。"
    assert refuted(text.format(a, b, a + b)) == []
    printed = str(a)
    altered = int(printed[:place] + str(digit) + printed[place + 1 :])
    long = all(len(str(n).rstrip("0")) >= 5 for n in (altered, b, a + b))
    if altered != a and len(str(altered)) == len(printed) and long and len({altered, b, a + b}) == 3:
        assert refuted(text.format(altered, b, a + b))


@given(value=st.integers(1, 10**9), places=st.integers(0, 3))
def test_a_slip_has_a_slip_that_takes_it_back(value: int, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    printed = value * step
    for meant, *_ in list(slips(printed, step))[:20]:
        if meant % step == 0 and int(meant / step) % 10 and len(str(int(meant / step))) == len(str(value)):
            assert printed in {one for one, *_ in slips(meant, step)}
