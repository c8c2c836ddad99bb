"""Printed codes in every form, and digits that are none."""

import pytest

from hkconcept.linking.codes import find_codes
from hkconcept.text.fold import fold


def printed(text: str) -> list[tuple[str, str]]:
    return [
        (text[code.span.start : code.span.end], code.value)
        for group in find_codes(text, fold(text))
        for code in group.codes
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("康方生物(09926)涨3%", [("09926", "09926")]),
        ("石药集团1093.HK走高", [("1093.HK", "01093")]),
        ("翰森制药（03692.HK）", [("03692.HK", "03692")]),
        ("翰森制药（０３６９２．ＨＫ）", [("０３６９２．ＨＫ", "03692")]),
        ("和黄医药（HK00013，股价20港元）", [("HK00013", "00013")]),
        ("和黄医药（HK00013，US.HCM）", [("HK00013", "00013"), ("US.HCM", "hcm")]),
        ("恒瑞医药（600276/01276）", [("600276", "600276"), ("01276", "01276")]),
        ("再鼎医药（09688/ZLAB）", [("09688", "09688"), ("ZLAB", "zlab")]),
        ("君实生物（688180.SH；01877.HK）", [("688180.SH", "688180"), ("01877.HK", "01877")]),
        ("和黄医药00013.HK)今日回购", [("00013.HK", "00013")]),
        ("来凯医药-B02105.HK)涨停", [("02105.HK", "02105")]),
        ("健康16002656.HK)上涨", [("02656.HK", "02656")]),
        ("為聯交所上市公司（股份代號：9995）", [("9995", "09995")]),
        ("H股的股份代號將為3378。", [("3378", "03378")]),
        ("PharmaX (HKEX: 06990) said", [("06990", "06990")]),
        ("Akeso (SEHK: 9926; NASDAQ: ABCD)", [("9926", "09926"), ("NASDAQ: ABCD", "abcd")]),
        ("stock code 1801", [("1801", "01801")]),
        ("昆药集团（600422）", [("600422", "600422")]),
    ],
)
def test_every_printed_form_is_a_code(text: str, expected: object) -> None:
    assert printed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "批件号2026LP01477",
        "SKB565 and SHR-A1811 in HER2",
        "GLP-1 and CD19, ph. 3",
        "净利12,345.67万元",
        "HK$5,000 was paid",
        "回购1800 HKD",
        "（2026年）",
        "再战港交所\n2025年以来",
        "Contact us. The board",
        "第27号令",
        "耗资0.05亿元",
    ],
)
def test_other_digits_are_no_codes(text: str) -> None:
    assert printed(text) == []


def test_codes_of_one_company_form_one_group() -> None:
    text = "华康(600276.SH;01276.HK)与绿谷(03692.HK)"
    assert [len(group.codes) for group in find_codes(text, fold(text))] == [2, 1]


def test_neighbouring_hong_kong_codes_are_two_companies() -> None:
    text = "01801.HK、09926.HK"
    assert [len(group.codes) for group in find_codes(text, fold(text))] == [1, 1]
