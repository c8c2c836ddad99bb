"""Errors that were printed, retyped in our own words: each is found by what stands beside it, and its mend clears it.

An outlet's market value lost against its own price, fall and share count; a yuan product printed in Hong Kong
dollars; a prospectus figure a thousandfold too small for its own growth rate; a vendor's split that leaves one out;
a headline that takes "grew by 2.5 times" for "is 2.5 times".
"""

import pytest

from claims.test_worked_cases import checks_of
from hkconcept.model import Verdict
from hkconcept.text import detect_language

CASES = [
    (
        "股价由42.15港元下跌17.9%至34.60港元，总股本117.2亿股，市值蒸发238亿港元。",
        "(42.15港元 - 34.60港元) × 117.2亿股 = 885亿港元 ≠ 238亿港元",
        ("238亿", "885亿"),
    ),
    (
        (
            "Shares fell 17.9 percent to HK$34.60 from HK$42.15; with 11.72 billion shares outstanding, HK$23.8 "
            "billion of market value was wiped out."
        ),
        "(HK$42.15 - HK$34.60) × 11.72 billion shares = HK$88.5 billion ≠ HK$23.8 billion",
        ("HK$23.8", "HK$88.5"),
    ),
    (
        "基金规模359.63亿元人民币，权重2.62%，对应被动买盘9.42亿港元。",
        "359.63亿元人民币 × 2.62% = 942,230,600 CNY ≠ 9.42亿港元",
        ("9.42亿港元", "9.42亿元人民币"),
    ),
    (
        "The fund has RMB35.963 billion; at a weight of 2.62%, passive buying amounts to HK$0.94 billion.",
        "RMB35.963 billion × 2.62% = 942,230,600 CNY ≠ HK$0.94 billion",
        ("HK$0.94", "RMB0.94"),
    ),
    (
        "市場規模由2020年的人民幣832百萬元增至2025年的人民幣1.5百萬元，複合年增長率為12.5%。",
        "(人民幣1.5百萬元 / 人民幣832百萬元)^(1/5) - 1 = -71.7% ≠ 12.5%",
        ("1.5百萬元", "15.0億元"),
    ),
    (
        "2025年批准的23个生物制品包括抗体偶联药物3个、双特异性抗体7个、单克隆抗体9个和疫苗3个。",
        "3 + 7 + 9 + 3 = 22 ≠ 23",
        ("偶联药物3个", "偶联药物4个"),
    ),
    (
        "某药企净利润增2.5倍\n公司公告，上半年净利润为去年同期的2.5倍。",
        "+2.5x ≠ =2.5x",
        ("增2.5倍", "增1.5倍"),
    ),
]


@pytest.mark.parametrize(("text", "formula", "mend"), CASES, ids=[formula for _, formula, _ in CASES])
def test_a_printed_error_is_found_and_its_mend_clears_it(text: str, formula: str, mend: tuple[str, str]) -> None:
    language = detect_language(text)
    wrong = [check for check in checks_of(text, language) if check.verdict is Verdict.INCONSISTENT]
    assert formula in [check.formula for check in wrong]
    assert all(check.mend for check in wrong)
    assert text.count(mend[0]) == 1
    mended = checks_of(text.replace(*mend), language)
    assert [check.formula for check in mended if check.verdict is Verdict.INCONSISTENT] == []
