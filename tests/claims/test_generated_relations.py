"""Generated trades, deals, rates, tables and lists: they hold as generated, in any language, and one slip is found."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hkconcept.claims import check_figures, find_figures
from hkconcept.model import Check, Language, Verdict
from hkconcept.text import find_dates, find_quantities

LANGUAGES: list[Language] = ["en", "zh-Hans", "zh-Hant"]
EXAMPLES = settings(max_examples=30, deadline=None)
NAMES = ["Akeso", "Innovent", "Zai Lab", "Hutchmed", "Ascletis", "Antengene", "Genscript"]
NAMES_ZH = ["康方生物", "信达生物", "再鼎医药", "歌礼制药", "德琪医药", "君实生物", "荣昌生物"]


def checked(text: str, language: Language) -> tuple[Check, ...]:
    dates = find_dates(text, dt.date(2026, 1, 8))
    quantities = find_quantities(text, [date.span for date in dates])
    figures = find_figures(text, quantities, dates=dates, language=language, mentions=())
    return check_figures(text, figures, dates=dates)


def verdicts(text: str, language: Language, kind: str) -> set[Verdict]:
    return {check.verdict for check in checked(text, language) if check.claim.kind == kind}


TRADES: dict[Language, str] = {
    "en": "The company bought back {n},000 shares at HK${p} each for HK${v} million.",
    "zh-Hans": "公司以每股{p}港元回购{n},000股，涉资{v}百万港元。",
    "zh-Hant": "公司以每股{p}港元購回{n},000股，總代價為{v}百萬港元。",
}


@pytest.mark.parametrize("language", LANGUAGES)
@given(price=st.integers(5_000, 9_999), thousands=st.integers(250, 999), places=st.integers(1, 3))
@EXAMPLES
def test_price_times_shares(language: Language, price: int, thousands: int, places: int) -> None:
    paid = Decimal(price) / 100
    value = (paid * thousands / 1000).quantize(Decimal(1).scaleb(-places))
    told = {"p": f"{paid:.2f}", "n": thousands}
    assert verdicts(TRADES[language].format(v=value, **told), language, "product") == {Verdict.CONSISTENT}
    slipped = value * Decimal("1.1")
    assert verdicts(TRADES[language].format(v=f"{slipped:.{places}f}", **told), language, "product") == {
        Verdict.INCONSISTENT
    }


DEALS: dict[Language, str] = {
    "en": "The deal is worth up to ${t} million, comprising ${u} million upfront and up to ${m} million in milestones.",
    "zh-Hans": "首付款{u}百万美元，里程碑付款最高{m}百万美元，总交易额最高{t}百万美元。",
    "zh-Hant": "首付款{u}百萬美元，里程碑付款最高{m}百萬美元，總交易額最高{t}百萬美元。",
}


@pytest.mark.parametrize("language", LANGUAGES)
@given(upfront=st.integers(5, 200), milestones=st.integers(205, 3_000), slip=st.integers(2, 99))
@EXAMPLES
def test_upfront_and_milestones(language: Language, upfront: int, milestones: int, slip: int) -> None:
    told = {"u": upfront, "m": milestones}
    total = upfront + milestones
    assert verdicts(DEALS[language].format(t=total, **told), language, "sum") == {Verdict.CONSISTENT}
    # A total below its parts is impossible in every wording.
    assert verdicts(DEALS[language].format(t=total - slip, **told), language, "sum") == {Verdict.INCONSISTENT}


GROWTH: dict[Language, str] = {
    "en": "The market grew from ${a} million in 2019 to ${b} million in {y}, a CAGR of {r}%.",
    "zh-Hans": "市场规模由2019年的{a}百万元增至{y}年的{b}百万元，复合年增长率为{r}%。",
    "zh-Hant": "市場規模由2019年的人民幣{a}百萬元增至{y}年的人民幣{b}百萬元，複合年增長率為{r}%。",
}


@pytest.mark.parametrize("language", LANGUAGES)
@given(old=st.integers(1_000, 9_000), times=st.integers(110, 600), year=st.integers(2021, 2025))
@EXAMPLES
def test_compound_growth(language: Language, old: int, times: int, year: int) -> None:
    new = old * times // 100
    rate = (float(new) / old) ** (1 / (year - 2019)) * 100 - 100
    told = {"a": old, "b": new, "y": year}
    assert verdicts(GROWTH[language].format(r=f"{rate:.1f}", **told), language, "cagr") == {Verdict.CONSISTENT}
    assert verdicts(GROWTH[language].format(r=f"{rate + 0.3 + rate / 20:.1f}", **told), language, "cagr") == {
        Verdict.INCONSISTENT
    }


@given(
    cells=st.lists(st.lists(st.integers(0, 120), min_size=3, max_size=3), min_size=2, max_size=8),
    column=st.integers(0, 2),
    slip=st.integers(1, 90),
    tabs=st.booleans(),
)
@EXAMPLES
def test_tables(cells: list[list[int]], column: int, slip: int, tabs: bool) -> None:
    totals = [sum(row[at] for row in cells) for at in range(3)]
    assume(all(0 < total < 1_000 for total in totals))

    def table(last: list[int]) -> str:
        rows = [["Segment", "East", "West", "North"]]
        rows += [[f"S{chr(65 + at)}", *map(str, row)] for at, row in enumerate(cells)]
        rows.append(["Total", *map(str, last)])
        return "\n".join("\t".join(row) if tabs else f"| {' | '.join(row)} |" for row in rows)

    assert verdicts(table(totals), "en", "table") == {Verdict.CONSISTENT}
    totals[column] += slip
    assert Verdict.INCONSISTENT in verdicts(table(totals), "en", "table")


@given(names=st.permutations(range(7)), count=st.integers(3, 7), more=st.integers(1, 3))
@EXAMPLES
def test_listed_names(names: list[int], count: int, more: int) -> None:
    chosen = names[:count]
    english = f"{', '.join(NAMES[at] for at in chosen[:-1])} and {NAMES[chosen[-1]]}"
    chinese = "、".join(NAMES_ZH[at] for at in chosen)
    for printed, verdict in ((count, Verdict.CONSISTENT), (count + more, Verdict.INCONSISTENT)):
        assert verdicts(f"It named the following {printed} companies: {english}.", "en", "count") == {verdict}
        assert verdicts(f"名单包括以下{printed}家公司：{chinese}。", "zh-Hans", "count") == {verdict}


@given(day=st.dates(dt.date(2015, 1, 1), dt.date(2029, 12, 31)), shift=st.integers(1, 6))
@EXAMPLES
def test_weekdays(day: dt.date, shift: int) -> None:
    for printed, verdict in ((day, Verdict.CONSISTENT), (day + dt.timedelta(days=shift), Verdict.INCONSISTENT)):
        english = f"The meeting is on {printed:%A}, {day.day} {day:%B %Y} in Hong Kong."
        chinese = f"会议于{day.year}年{day.month}月{day.day}日（星期{'一二三四五六日'[printed.weekday()]}）举行。"
        assert verdicts(english, "en", "weekday") == {verdict}
        assert verdicts(chinese, "zh-Hans", "weekday") == {verdict}


@given(amount=st.integers(10, 900), rate=st.integers(700, 740))
@EXAMPLES
def test_stated_exchange_rates(amount: int, rate: int) -> None:
    yuan = (Decimal(amount) * rate / 100).quantize(Decimal(1))
    text = f"按1美元兑{Decimal(rate) / 100:.2f}元人民币计算，{amount}百万美元约合{{}}百万元人民币。"
    assert verdicts(text.format(yuan), "zh-Hans", "conversion") == {Verdict.CONSISTENT}
    assert verdicts(text.format(yuan + 2 + yuan // 10), "zh-Hans", "conversion") == {Verdict.INCONSISTENT}


@given(parts=st.lists(st.integers(100, 900), min_size=2, max_size=4), at=st.integers(0, 1), slip=st.integers(2, 9))
@EXAMPLES
def test_aligned_shares(parts: list[int], at: int, slip: int) -> None:
    whole = sum(parts) + 500
    shares = [(Decimal(part) * 100 / whole).quantize(Decimal("0.1")) for part in parts]

    def story() -> str:
        values = "、".join(f"{part}百万元" for part in parts)
        return f"各业务收入分别为{values}，分别占总收入{whole}百万元的{'、'.join(f'{share}%' for share in shares)}。"

    assert verdicts(story(), "zh-Hans", "share") == {Verdict.CONSISTENT}
    shares[at] += slip
    assert Verdict.INCONSISTENT in verdicts(story(), "zh-Hans", "share")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # The price of the day is not the price paid; a sum since January is not today's.
        ("zh-Hans", "公司今日回购20万股，耗资300万港元，收报每股16港元。"),
        ("zh-Hans", "公司以每股15港元回购20万股，年内累计涉资4,500万港元。"),
        ("zh-Hans", "配售2,000万股，每股10港元，所得款项净额约1.95亿港元。"),
        ("en", "It sold 2 million new shares at HK$5.00 each, raising net proceeds of HK$9.6 million."),
        # Further payments, or a total of something else.
        ("en", "It pays $60m upfront and $20m for a stake; milestones reach $540m, worth $620m in total."),
        ("zh-Hans", "首付款6000万美元，里程碑付款最高5.4亿美元，另有销售提成，交易总额有望超过6亿美元。"),
        # No rate is stated; rates of different years move.
        ("en", "The firm raised €42m ($50m) last year and €100m ($112m) in 2019."),
        # A list that is not all, a remark in brackets, names that hold "and".
        ("zh-Hans", "名单包括以下11家公司：康方生物、信达生物、荣昌生物等。"),
        ("en", "The following 5 funds, among others: Alpha, Beta, Gamma and Delta."),
        ("en", "It hired 3 people (Ann Lee, a chemist, and Bo Li)."),
        ("en", "The following 3 firms: Procter and Gamble, Johnson and Johnson, Black and Decker."),
        ("zh-Hans", "以下2家公司：和黄医药、和誉。"),
        # Without a year the weekday may belong to another one.
        ("en", "Tickets go on sale on Friday, Dec. 6."),
        # Not added: rates, averages, rows beneath a part, a table cut by a page break.
        ("en", "| Segment | Margin % |\n|---|---|\n| A | 20 |\n| B | 30 |\n| Total | 24 |"),
        ("en", "| Item | 2025 |\n|---|---|\n| Sales | 90 |\n| of which drugs | 60 |\n| Other | 10 |\n| Total | 100 |"),
        ("zh-Hans", "|名|数|\n|甲|10|\n|乙|20|\n|丙|30|\n\n第5页\n\n|名|数|\n|丁|40|\n|戊|50|\n|总计|150|"),
        ("zh-Hans", "国内和海外收入分别为3亿元和2亿元，同比分别增长30%和20%，总收入7亿元。"),
        ("zh-Hans", "生猪销量为120万头，收入15.06亿元，平均售价为9.80元/公斤。"),
        ("zh-Hans", "某公司：净利润1.38亿元\n公司公告，年内拥有人应占净利润为1.43亿元。"),
        ("zh-Hans", "某公司：一季度营收12.0亿元\n公司公告，上半年营收25.0亿元。"),
    ],
)  # fmt: skip
def test_what_is_not_claimed_is_not_refuted(language: Language, text: str) -> None:
    assert [check.formula for check in checked(text, language) if check.verdict is Verdict.INCONSISTENT] == []
