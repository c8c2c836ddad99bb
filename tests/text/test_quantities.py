from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.model import Relation, Span
from hkconcept.text import find_dates, find_quantities

# text, then value (a pair for a range), unit and relation of every quantity in it, in reading order
FIGURES: list[tuple[str, list[tuple[str | tuple[str, str], str, str]]]] = [
    # scales and currencies
    ("交易总额1,300亿美元", [("130000000000", "USD", "exact")]),
    ("市场规模达1.3万亿元", [("1300000000000", "CNY", "exact")]),
    ("投入1.3千亿港元", [("130000000000", "HKD", "exact")]),
    ("合同额105,000万元", [("1050000000", "CNY", "exact")]),
    ("收益為人民幣1,357.8百萬元", [("1357800000", "CNY", "exact")]),
    ("首付款4000万欧元", [("40000000", "EUR", "exact")]),
    ("3亿5000万元", [("350000000", "CNY", "exact")]),
    ("raised HK$1.2bn and US$30m", [("1200000000", "HKD", "exact"), ("30000000", "USD", "exact")]),
    ("paid €42m ($50m) upfront", [("42000000", "EUR", "exact"), ("50000000", "USD", "exact")]),
    ("RMB 5.7 billion in sales", [("5700000000", "CNY", "exact")]),
    ("净亏损-1.42亿元", [("-142000000", "CNY", "exact")]),
    ("人民币3.5 人民币4.5 百万元", [("3.5", "CNY", "exact"), ("4500000", "CNY", "exact")]),
    ("成本3元人民币4元", [("3", "CNY", "exact"), ("4", "CNY", "exact")]),
    ("十块三毛", [("10.3", "CNY", "exact")]),
    ("只花20块，另付5块钱", [("20", "CNY", "exact"), ("5", "CNY", "exact")]),
    ("出口芯片30亿块，平均每3块芯片", [("3000000000", "count", "exact"), ("3", "count", "exact")]),  # pieces, not money
    # money of one share
    ("每股盈利0.66元", [("0.66", "CNY/share", "exact")]),
    ("收报31.45港元，成交额8.20亿港元", [("31.45", "HKD/share", "exact"), ("820000000", "HKD", "exact")]),
    ("以50元/股转让", [("50", "CNY/share", "exact")]),
    ("sold shares at $17 apiece", [("17", "USD/share", "exact")]),
    ("每股派息5.5港仙", [("0.055", "HKD/share", "exact")]),
    ("代表喊出每片报价3.2元", [("3.2", "CNY", "exact")]),
    ("Shares of Akeso fell 5% to HK$110.5", [("5", "percent", "exact"), ("110.5", "HKD/share", "exact")]),
    ("Revenue rose 5% to HK$110.5 million", [("5", "percent", "exact"), ("110500000", "HKD", "exact")]),
    # percentages, points, multiples
    ("占比百分之五十八点三", [("58.3", "percent", "exact")]),
    ("持股超四成", [("40", "percent", "over")]),
    ("占六成五个体户", [("65", "percent", "exact")]),
    ("增近五成半", [("55", "percent", "almost")]),
    ("８０﹒８５％", [("80.85", "percent", "exact")]),
    ("毛利率提升1.2个百分点", [("1.2", "percentage points", "exact")]),
    ("销量增长2.5倍", [("2.5", "multiple", "exact")]),
    ("销量增近一倍", [("1", "multiple", "almost")]),
    ("a 12 percent rise", [("12", "percent", "exact")]),
    # bounds
    ("利润不低于7000万元", [("70000000", "CNY", "at_least")]),
    ("股东拟减持不超过244万股", [("2440000", "shares", "up_to")]),
    ("跌破25000点", [("25000", "index points", "less_than")]),
    ("涉及500多家企业", [("500", "count", "over")]),
    ("十余款新药", [("10", "count", "over")]),
    ("30家以上医院", [("30", "count", "at_least")]),
    ("nearly £45 million", [("45000000", "GBP", "almost")]),
    ("worth up to $850 million", [("850000000", "USD", "up_to")]),
    ("more than 150 transactions", [("150", "count", "over")]),
    ("约占总股本的0.45%", [("0.45", "percent", "about")]),
    # ranges
    ("预计净利198-204.5亿元", [(("19800000000", "20450000000"), "CNY", "range")]),
    ("增长101%-120%", [(("101", "120"), "percent", "range")]),
    ("bought back at HK$6.1-6.3 apiece", [(("6.1", "6.3"), "HKD/share", "range")]),
    ("a cost of $5-10 million", [(("5000000", "10000000"), "USD", "range")]),
    ("worth $5 to $10 billion", [(("5000000000", "10000000000"), "USD", "range")]),
    ("between $500 and $1 million", [(("500", "1000000"), "USD", "range")]),
    ("两三百名患者", [(("200", "300"), "count", "range")]),
    ("七千到九千亿元", [(("700000000000", "900000000000"), "CNY", "range")]),
    ("每股5.6港元至5.8港元", [(("5.6", "5.8"), "HKD/share", "range")]),
    ("between $5 million and $8 million", [(("5000000", "8000000"), "USD", "range")]),
    ("from 10% to 15%", [("10", "percent", "exact"), ("15", "percent", "exact")]),
    ("降23.6%至27.49亿元", [("23.6", "percent", "exact"), ("2749000000", "CNY", "exact")]),
    # counts
    ("两款新药与三家公司", [("2", "count", "exact"), ("3", "count", "exact")]),
    ("已连续3日回购", [("3", "trading days", "exact")]),
    ("approved 31 medicines, against 25 a year earlier", [("31", "count", "exact"), ("25", "count", "exact")]),
    ("of these, 12 are imported", [("12", "count", "exact")]),
    ("a dozen deals", [("12", "count", "exact")]),
    ("涉及十四项交易", [("14", "count", "exact")]),
    ("胜诉：3个商标", [("3", "count", "exact")]),
    ("剂量20mg", [("20", "mg", "exact")]),
    # prices of one share that other words show
    ("盘中触及8.88港元创新高", [("8.88", "HKD/share", "exact")]),
    ("收盘跌8.5%至12.3港元", [("8.5", "percent", "exact"), ("12.3", "HKD/share", "exact")]),
    ("较上市高点（40.2港元）回落", [("40.2", "HKD/share", "exact")]),
    ("行权价由6港元修订为5.4港元", [("6", "HKD/share", "exact"), ("5.4", "HKD/share", "exact")]),
    ("每股派0.2元人民币（按汇率折算为0.22港元）", [("0.2", "CNY/share", "exact"), ("0.22", "HKD/share", "exact")]),
    ("净利润2亿元人民币（折合2.2亿港元）", [("200000000", "CNY", "exact"), ("220000000", "HKD", "exact")]),
    # agreed terms, in characters
    ("签署五年战略合作协议", [("5", "years", "exact")]),
    ("合作期限为两年", [("2", "years", "exact")]),
    ("给药后30日复查", [("30", "days", "exact")]),
    ("股东会召开20日前通知", [("20", "days", "exact")]),
    ("注册资本5000万", [("50000000", "CNY", "exact")]),
    ("will hand over $588 million", [("588000000", "USD", "exact")]),
    ("grew to over $588 million", [("588000000", "USD", "over")]),
    ("paid 8.6 million Swedish kroner", [("8600000", "SEK", "exact")]),
    ("raises 21m euros", [("21000000", "EUR", "exact")]),
    ("a 2T won threshold", [("2000000000000", "KRW", "exact")]),
    ("a survey of 120+ executives", [("120", "count", "over")]),
    ("净利润连续4年下滑", [("4", "years", "exact")]),
    ("资金净流入35股，每10股派2元", [("35", "count", "exact"), ("10", "shares", "exact"), ("2", "CNY", "exact")]),
    ("港股通标的调整：3入12出", [("3", "count", "exact"), ("12", "count", "exact")]),
]  # fmt: skip

NO_FIGURES = [
    "注射用SHR-A1811、CM512与SKB565", "临床试验批件号2026LP01477",
    "靶向HER2、CD19、IL-4Rα和4-1BB", "GLP-1受体激动剂",
    "III期临床，2b期研究", "a Phase 1/2 study", "the ph. 3 trial", "Order 27 of the ministry", "第12批集采",
    "第二增长曲线", "the first edition of the 2nd list", "2026年第3号公告", "COVID-19疫苗", "08:07 08/01/2026",
    "股份代號：9995", "国药准字H20264796", "证书编号：2026S02437", "前十大重仓股与三大指数",
    "一种药物、一家公司", "三年规划", "最后一公里", "002839 张家港行", "百万张切片", "近两个多月",
    "近两个月新高", "20CM涨停", "二元股权与三元锂电", "In 2025, by 2030", "见附注23", "https://example.com/a?b=30%25",
    "数千万美元", "（1）概述", "Section 804 of the act", "Five weeks after the vote", "万科与千股跌停",
    "登陆A股", "附注25所披露", "《三体2：五部曲》上线", "the 340B programme", "live at 12 p.m. today",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_value_unit_and_bound(text: str, expected: list[tuple[str | tuple[str, str], str, str]]) -> None:
    found = []
    for match in find_quantities(text):
        quantity = match.quantity
        value = str(quantity.value.normalize().__format__("f"))
        upper = quantity.upper
        found.append(
            ((value, format(upper.normalize(), "f")) if upper is not None else value, quantity.unit, quantity.relation)
        )
    assert found == expected


@pytest.mark.parametrize("text", NO_FIGURES)
def test_names_codes_and_ordinals_are_no_figures(text: str) -> None:
    dates = [mention.span for mention in find_dates(text, None)]
    assert [text[slice(*match.span)] for match in find_quantities(text, dates)] == []


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("80.85%", "0.01"),
        ("$130 billion", "1000000000"),
        ("1,300亿元", "100000000"),
        ("13.80亿元", "1000000"),
        ("三成", "10"),
    ],
)
def test_step_is_one_unit_of_the_last_printed_place(text: str, step: str) -> None:
    (match,) = find_quantities(text)
    assert match.quantity.step == Decimal(step)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("收入同比增长28.9%", "up"), ("亏损收窄三成", "down"), ("跌超8%", "down"),
        ("sales fell 2.5%", "down"),
        ("up 12%", "up"),
        ("a 5% decline", "down"), ("毛利率提升至70.9%", None), ("占比9.96%", None),
    ],
)  # fmt: skip
def test_direction_is_that_of_the_word_beside_the_figure(text: str, direction: str | None) -> None:
    (match,) = find_quantities(text)
    assert match.direction == direction


@pytest.mark.parametrize(
    ("text", "counter", "noun"),
    [
        ("获批9款创新药", "drug", "创新药"), ("招募36名受试者", "patient", "受试者"),
        ("涉及20家企业", "company", "企业"),
        ("7 biological products were approved", "drug", "biological products"),
        ("over 150 licensing deals", "deal", "licensing deals"),
    ],
)  # fmt: skip
def test_counted_noun(text: str, counter: str, noun: str) -> None:
    (match,) = find_quantities(text)
    assert (match.quantity.counter, match.noun) == (counter, noun)


def test_bare_yuan_is_assumed_to_be_renminbi_and_said_so() -> None:
    bare, named = find_quantities("收入3亿元，成本人民币2亿元")
    assert (bare.quantity.unit, bare.quantity.currency_assumed) == ("CNY", True)
    assert (named.quantity.unit, named.quantity.currency_assumed) == ("CNY", False)


def test_spans_refer_to_the_text_as_read() -> None:
    text = "營收約HK$１２.５億，增３％"
    assert [text[slice(*match.span)] for match in find_quantities(text)] == ["HK$１２.５億", "３％"]


def test_excluded_spans_hold_no_figures() -> None:
    text = "健康160(02656)涨5%"
    assert [text[slice(*match.span)] for match in find_quantities(text, [Span(2, 11)])] == ["5%"]


BUYBACKS = "港股公司回购一览 00151 某某食品 340.00 1190.00 3.520 3.480 8202.48 06608 某某医疗-B 2.60 50.60 19.700"


def test_rows_of_a_buyback_table_take_units_from_their_columns() -> None:
    found = [(str(match.quantity.value), match.quantity.unit) for match in find_quantities(BUYBACKS)]
    assert found == [
        ("3400000.00", "shares"), ("11900000.00", "HKD"), ("3.520", "HKD/share"), ("3.480", "HKD/share"),
        ("82024800.00", "HKD"), ("26000.00", "shares"), ("506000.00", "HKD"), ("19.700", "HKD/share"),
    ]  # fmt: skip


def test_the_same_numbers_without_a_known_table_are_no_figures() -> None:
    assert find_quantities(BUYBACKS.replace("回购", "数据")) == ()


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["亿元", "万元", "元", "%", "港元"]))
def test_any_amount_is_read_back(amount: Decimal, unit: str) -> None:
    (match,) = find_quantities(f"金额为{amount:,}{unit}。")
    scale = {"亿元": 10**8, "万元": 10**4}.get(unit, 1)
    assert match.quantity.value == amount * scale


@given(st.text(alphabet="0123456789.,-%亿万元至约两三百成第()年月日 aB$HK股个家\n：，", max_size=120))
def test_matches_are_ordered_disjoint_and_inside(text: str) -> None:
    spans = [match.span for match in find_quantities(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))


def test_a_report_cut_before_its_unit_takes_the_unit_that_it_printed() -> None:
    text = "7月8日回购12.50万股，今年以来合计回购240.00"
    assert [(f"{m.quantity.value:.0f}", m.quantity.unit) for m in find_quantities(text)][-1] == ("2400000", "shares")
    # Less than the day's own purchase: then the number is something else.
    assert len(find_quantities("7月8日回购12.50万股，合计回购9.00")) == 1


def test_margin_purchases_and_runs_of_purchases_take_units_from_their_columns() -> None:
    margin = "融资客加仓\n688001 甲乙科技 1200.50 6002.50 20.00 -1.25"
    assert [(f"{m.quantity.value:g}", m.quantity.unit) for m in find_quantities(margin)] == [
        ("12005000.00", "CNY"), ("60025000.00", "CNY"), ("20.00", "percent"), ("-1.25", "percent"),
    ]  # fmt: skip
    run = "港股通连续净买入股名单\n01801 信达生物 1.25 4 88.500 2.10"
    assert [(f"{m.quantity.value:g}", m.quantity.unit) for m in find_quantities(run)] == [
        ("125000000.00", "HKD"), ("4", "trading days"), ("88.500", "HKD/share"), ("2.10", "percent"),
    ]  # fmt: skip
    # More bought than traded: a table of another kind.
    assert find_quantities("融资客减仓\n688001 甲乙科技 6002.50 -20.00 1.00 -1.25") == ()


@pytest.mark.parametrize(
    "unit", ["1,", "9", "一", "三百", "(", "a-", "1-", "約", "5%至", "$", "HK$1", "两三", " ", "1 a "]
)
def test_hostile_repetition_stays_cheap(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    assert len(find_quantities(text)) <= len(text)
    assert len(find_dates(text, None)) <= len(text)


def test_relation_names_match_the_model() -> None:
    assert {relation for _, cases in FIGURES for *_, relation in cases} <= {relation.value for relation in Relation}


SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seed"


@pytest.mark.corpus
@pytest.mark.skipif(not SEED.is_dir(), reason="the private column is not there")
def test_the_column_states_these_figures_and_no_others() -> None:
    (path,) = SEED.glob("*.txt")
    text = path.read_text(encoding="utf-8")
    found = [(str(match.quantity.value), match.quantity.relation.value) for match in find_quantities(text)]
    plain = "76 48 130000000000 150 76 47 23 6 47 38 9 80.85 23 21 2 91.30"
    assert [value for value, _ in found] == plain.split()
    assert [value for value, relation in found if relation != "exact"] == ["130000000000", "150"]
