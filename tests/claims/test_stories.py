"""Generated stories: consistent ones stay so when reordered, translated and rounded; an altered figure is found."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hkconcept.claims import check_figures, find_figures
from hkconcept.model import Check, Language, Verdict
from hkconcept.text import find_dates, find_quantities

WORDS: dict[Language, tuple[str, str, str]] = {
    "en": ("chemical drugs", "biological products", "TCM drugs"),
    "zh-Hans": ("个化学药", "个生物制品", "个中药"),
    "zh-Hant": ("個化學藥", "個生物製品", "個中藥"),
}
LANGUAGES: list[Language] = ["en", "zh-Hans", "zh-Hant"]

counts = st.integers(13, 400)
orders = st.permutations([0, 1, 2])


def verdicts(text: str, language: Language) -> set[Verdict]:
    dates = find_dates(text, dt.date(2026, 1, 8))
    quantities = find_quantities(text, [date.span for date in dates])
    figures = find_figures(text, quantities, dates=dates, language=language, mentions=())
    return {check.verdict for check in check_figures(text, figures)}


def by_type(whole: int, parts: list[int], order: list[int], language: Language) -> str:
    named = [f"{parts[i]}{' ' if language == 'en' else ''}{WORDS[language][i]}" for i in order]
    if language == "en":
        return f"The {whole} innovative drugs approved in 2023 include {named[0]}, {named[1]} and {named[2]}."
    if language == "zh-Hans":
        return f"2023年获批的{whole}个创新药包括{named[0]}、{named[1]}和{named[2]}。"
    return f"2023年獲批的{whole}個創新藥包括{named[0]}、{named[1]}和{named[2]}。"


def by_origin(domestic: int, imported: int, share: str, language: Language) -> str:
    whole = domestic + imported
    if language == "en":
        return (
            f"Among the {whole} chemical drugs, {imported} are imported drugs and {domestic} are domestic drugs, "
            f"with domestic drugs accounting for {share}%."
        )
    if language == "zh-Hans":
        return f"{whole}个化学药中，进口{imported}个、国产{domestic}个，国产占比{share}%。"
    return f"{whole}個化學藥中，進口{imported}個、國產{domestic}個，國產佔比{share}%。"


def share_of(part: int, whole: int, places: int) -> Decimal:
    return (Decimal(part) * 100 / whole).quantize(Decimal(1).scaleb(-places))


@pytest.mark.parametrize("language", LANGUAGES)
@given(parts=st.lists(counts, min_size=3, max_size=3), order=orders, slip=st.integers(1, 9), at=st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_sums(language: Language, parts: list[int], order: list[int], slip: int, at: int) -> None:
    assert verdicts(by_type(sum(parts), parts, order, language), language) == {Verdict.CONSISTENT}
    printed = [*parts, sum(parts)]
    printed[at] += slip
    assert Verdict.INCONSISTENT in verdicts(by_type(printed[3], printed[:3], order, language), language)


@pytest.mark.parametrize("language", LANGUAGES)
@given(domestic=counts, imported=counts, places=st.integers(0, 2))
@settings(max_examples=40, deadline=None)
def test_shares(language: Language, domestic: int, imported: int, places: int) -> None:
    share = share_of(domestic, domestic + imported, places)
    assert verdicts(by_origin(domestic, imported, str(share), language), language) == {Verdict.CONSISTENT}
    altered = share + 2 * Decimal(1).scaleb(-places)
    assert Verdict.INCONSISTENT in verdicts(by_origin(domestic, imported, str(altered), language), language)


@pytest.mark.parametrize(
    ("language", "template"),
    [
        ("en", "Revenue rose from ${old} million in 2022 to ${new} million in 2023, up {rate}%."),
        ("en", "Revenue was ${new} million, compared with ${old} million in 2022, an increase of {rate}%."),
        ("zh-Hans", "公司收入为{new}亿元，较2022年的{old}亿元增长{rate}%。"),
        ("zh-Hans", "公司收入由2022年的{old}亿元增至2023年的{new}亿元，增幅为{rate}%。"),
        ("zh-Hant", "公司收入由2022年的{old}億元增加{rate}%至2023年的{new}億元。"),
    ],
)
@given(old=st.integers(1_000, 9_000), more=st.integers(500, 9_000))
@settings(max_examples=40, deadline=None)
def test_growth(language: Language, template: str, old: int, more: int) -> None:
    rate = (Decimal(more) * 100 / old).quantize(Decimal("0.1"))
    told = {"old": f"{Decimal(old) / 100:.2f}", "new": f"{Decimal(old + more) / 100:.2f}"}
    assert verdicts(template.format(rate=rate, **told), language) == {Verdict.CONSISTENT}
    assert Verdict.INCONSISTENT in verdicts(template.format(rate=rate + rate / 10 + 1, **told), language)


def checked(text: str, language: Language) -> tuple[Check, ...]:
    dates = find_dates(text, dt.date(2026, 1, 8))
    quantities = find_quantities(text, [date.span for date in dates])
    return check_figures(text, find_figures(text, quantities, dates=dates, language=language, mentions=()))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-Hans", "集采涉及300多家企业，包括30多家外企和12家国企。"),  # open bounds, no full split
        ("zh-Hans", "全年获批30个创新药，其中优先审评17个，附条件批准20个。"),  # pathways overlap
        ("zh-Hans", "公司收入100亿元，净利润和毛利分别为20亿元、40亿元。"),  # nothing is divided
        ("zh-Hans", "公司获批12个品种，包括5个化学药、4个生物制品和1个中药等。"),  # a selection
        ("zh-Hans", "净利润由2024年的亏损2.3亿元提升至7356万元，增长132%。"),  # a loss has no growth rate
        ("zh-Hans", "收入为5.20亿元，较上年的4.00亿元增长28%（按固定汇率）。"),  # other basis
        ("zh-Hans", "产能将由2025年的5000吨提升至2030年的超过1.2万吨。"),  # a bound, no comparison
        ("zh-Hans", "解除冻结650万股，占其所持股份的2.1%，占公司总股本的0.6%。"),  # the wholes are not printed
        ("en", "The fund bought 20 companies, including 7 drug makers and 5 device makers, among others."),
        ("en", "Sales exceeded $5 billion in 2025, and the group spent more than $7 billion on deals."),
        ("en", "It holds 53 of 60 known deals with terms, 9 designations."),  # other things
        ("en", "Of 75 designations held, 44 drugs and 20 companies may be touched, 10 of which are named."),
        ("en", "Of the 40 approvals in 2023, 12 used priority review and 35 came from local companies."),
    ],
)
def test_what_is_not_claimed_is_not_refuted(language: Language, text: str) -> None:
    wrong = [check for check in checked(text, language) if check.verdict is Verdict.INCONSISTENT]
    assert wrong == []
