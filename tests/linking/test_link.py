"""Names and codes to listings: each text was written for its case, the expectation worked out by hand."""

import datetime as dt

import pytest

from hkconcept.linking import Gazetteer, link
from hkconcept.model import Judgement

ON = dt.date(2026, 6, 1)


def linked(text: str, on: dt.date = ON) -> list[tuple[str, str | None]]:
    return [(m.surface, m.code) for m in link(text, Gazetteer.packaged(), on).mentions if m.code]


def judged(text: str, on: dt.date = ON) -> list[tuple[str, Judgement]]:
    return [(m.surface, m.judgement) for m in link(text, Gazetteer.packaged(), on).mentions]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        # A brand before the short name makes it another company's legal name.
        ("以岭药业公告，公司全资子公司以岭万洲国际制药有限公司获批", "以岭万洲国际制药有限公司"),
        ("以岭万洲国际制药有限公司获批", "以岭万洲国际制药有限公司"),
    ],
)
def test_a_short_name_inside_a_longer_legal_name_is_not_the_company(text: str, surface: str) -> None:
    assert (surface, Judgement.NOT_IN_HK) in judged(text)
    assert ("00288" in {code for _, code in linked(text)}) is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他于2019年入职雍禾医疗集团有限公司", [("雍禾医疗集团有限公司", "02279")]),
        # Simplified, traditional, English; suffixes belong to the name, codes do not.
        ("康方生物今日公布数据", [("康方生物", "09926")]),
        ("百濟神州開發的抗體獲批", [("百濟神州", "06160")]),
        ("Akeso and Innovent Biologics rose", [("Akeso", "09926"), ("Innovent Biologics", "01801")]),
        ("Akeso康方生物涨", [("Akeso", "09926"), ("康方生物", "09926")]),
        ("Hengrui’s drug was approved", [("Hengrui", "01276")]),
        ("康诺亚－Ｂ（02162.HK）", [("康诺亚－Ｂ", "02162")]),
        ("来凯医药-B02105.HK)获批", [("来凯医药-B", "02105")]),
        ("健康16002656.HK)上涨", [("健康160", "02656")]),
        ("SKB BIO-B (06990) gained", [("SKB BIO-B", "06990")]),
        ("商汤-W00020：在会上", [("商汤-W", "00020")]),
        ("凯莱英A+H（002821.SZ、06821.HK）", [("凯莱英", "06821")]),
        ("中慧生物-Ｂ02627被调出", [("中慧生物-Ｂ", "02627")]),
        # The longest name wins: a subsidiary's name is not its parent's, nor another company's.
        ("科伦博泰的药物", [("科伦博泰", "06990")]),
        ("阿里健康上涨", [("阿里健康", "00241")]),
        ("上海复旦张江上涨", [("上海复旦张江", "01349")]),
        # Legal names.
        ("雍禾医疗集团有限公司公告", [("雍禾医疗集团有限公司", "02279")]),
        (
            "榮昌生物製藥(煙台)股份有限公司（股份代號：9995）",
            [("榮昌生物製藥(煙台)股份有限公司", "09995")],
        ),
        ("承北京京城機電股份有限公司董事會命", [("北京京城機電股份有限公司", "00187")]),
        ("Pharmaron Beijing Co., Ltd. said", [("Pharmaron Beijing Co., Ltd.", "03759")]),
        # The name is not held in that form, the code decides.
        ("南都传媒：稀美能源09936.HK)涨", [("稀美能源", "09936")]),
        ("越疆科技股份有限公司（02432.HK）", [("越疆科技股份有限公司", "02432")]),
        # Machine-translated and former names.
        ("Kangfang Biotechnology (09926)", [("Kangfang Biotechnology", "09926")]),
        ("BeiGene reported sales", [("BeiGene", "06160")]),
        ("嘉和生物公告", [("嘉和生物", "06998")]),
        # Another line of the same issuer is printed.
        ("君实生物（688180.SH）公告", [("君实生物", "01877")]),
        ("腾讯控股（80700.HK）", [("腾讯控股", "00700")]),
        # Weak forms need their code, their suffix, or a full name in the text.
        ("粉笔（02469.HK）预告亏损", [("粉笔", "02469")]),
        ("和誉-B公布数据", [("和誉-B", "02256")]),
        ("恒瑞医药公告，恒瑞的管线", [("恒瑞医药", "01276"), ("恒瑞", "01276")]),
        ("康方生物制药 CMS (00867) rose", [("康方生物", "09926"), ("CMS", "00867")]),
        # A temporary counter is not another company.
        ("禾赛-W（02983）调入", [("禾赛-W", "02525")]),
        # A defined term.
        ("雍禾医疗集团有限公司（下称“雍禾集团”）表示，雍禾集团将", [
            ("雍禾医疗集团有限公司", "02279"), ("雍禾集团", "02279"), ("雍禾集团", "02279"),
        ]),
    ],
)  # fmt: skip
def test_links(text: str, expected: object) -> None:
    assert linked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "MBYD and BYDX said it",  # BYD stands inside a word
        "Hengruish or preHengrui",
        "the akeso of antiquity",  # a name is printed with a capital
        "he wrote with chalk: 用粉笔写字",
        "CMS also unveiled the next drugs",  # the American agency
        "世界各地的患者",
        "经济增长和创新",  # 长和 across two words
        "中国生物制药行业的企业",
        "中国银行业整体",
        "使人完美团结",
        "Wuxi is a city in Jiangsu",
        "Bioheart®支架",
        "赴港交所上市",
        "国药准字H20260001",
        "北京东城区",
        "innovation in health",
        "机器人和科技企业",
        "上海复旦大学的研究",
        "亚洲金融论坛",
    ],
)
def test_words_that_only_look_like_names(text: str) -> None:
    assert linked(text) == []


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("科伦药业（002422.SZ）公告", ON, [("科伦药业", Judgement.NOT_IN_HK)]),
        ("信达证券研报", ON, [("信达证券", Judgement.NOT_IN_HK)]),
        ("Pfizer paid", ON, [("Pfizer", Judgement.NOT_IN_HK)]),
        ("上海先声药业有限公司获批", ON, [("上海先声药业有限公司", Judgement.NOT_IN_HK)]),
        ("美丽田园医疗健康(香港)认购", ON, [("美丽田园医疗健康(香港)", Judgement.NOT_IN_HK)]),
        ("恒瑞医药公告", dt.date(2025, 5, 22), [("恒瑞医药", Judgement.NOT_YET_LISTED)]),
        ("恒瑞医药公告", dt.date(2025, 5, 23), [("恒瑞医药", Judgement.LINKED)]),
        ("诺辉健康公告", ON, [("诺辉健康", Judgement.NOT_IN_HK)]),
        ("诺辉健康公告", dt.date(2024, 1, 2), [("诺辉健康", Judgement.LINKED)]),
        ("复星系公司", ON, [("复星", Judgement.AMBIGUOUS)]),
        ("WuXi shares fell", ON, [("WuXi", Judgement.AMBIGUOUS)]),
        ("WuXi AppTec fell; WuXi said", ON, [("WuXi AppTec", Judgement.LINKED), ("WuXi", Judgement.LINKED)]),
        ("无名科技（07999.HK）", ON, [("无名科技", Judgement.UNKNOWN_CODE)]),
        ("无名药物（09926.HK）", ON, [("无名药物", Judgement.AMBIGUOUS)]),
        ("凯莱英（02621）公告", ON, [("凯莱英", Judgement.CONFLICT)]),
    ],
)
def test_judgements(text: str, on: dt.date, expected: object) -> None:
    assert judged(text, on) == expected


@pytest.mark.parametrize(
    ("text", "printed", "correct"),
    [
        ("凯莱英(02621)上涨", "02621", "06821"),
        ("复宏汉霖（02695.HK）", "02695.HK", "02696"),
        ("三叶草(02187)", "02187", "02197"),
        ("华昊中天02693.HK)", "02693.HK", "02563"),
        ("国恩科技(0278.HK)", "0278.HK", "02768"),
    ],
)
def test_a_wrong_code_is_flagged_with_the_right_one(text: str, printed: str, correct: str) -> None:
    found = link(text, Gazetteer.packaged(), ON)
    (flag,) = found.flags
    assert (flag.kind, text[flag.span.start : flag.span.end]) == ("wrong_code", printed)
    assert dict(flag.detail)["correct"] == correct
    assert found.mentions[0].code == correct


def test_an_unknown_code_is_flagged() -> None:
    found = link("无名科技（07999.HK）", Gazetteer.packaged(), ON)
    assert [(flag.kind, dict(flag.detail)) for flag in found.flags] == [("unknown_code", {"printed": "07999"})]


def test_a_fund_is_no_unknown_code() -> None:
    assert link("盈富基金（02800.HK）", Gazetteer.packaged(), ON).flags == ()


def test_a_right_code_is_not_flagged() -> None:
    assert link("恒瑞医药（600276/01276）、康方生物(09926)", Gazetteer.packaged(), ON).flags == ()


def test_code_spans_cover_the_exchange_letters_and_both_lines() -> None:
    text = "恒瑞医药（600276/01276）和黄医药（HK00013，US.HCM）涨至2026元"
    spans = link(text, Gazetteer.packaged(), ON).code_spans
    assert [text[span.start : span.end] for span in spans] == ["600276/01276", "HK00013", "US.HCM"]


def test_a_column_of_codes_in_a_table() -> None:
    text = "4711.20 01709 德林控股 120.00 96.00 5338.13 01672 歌礼制药-B 10.00"
    found = link(text, Gazetteer.packaged(), ON)
    assert [(m.surface, m.code) for m in found.mentions] == [("德林控股", "01709"), ("歌礼制药-B", "01672")]
    assert [text[span.start : span.end] for span in found.code_spans] == ["01709", "01672"]


def test_every_mention_says_why() -> None:
    found = link("恒瑞医药(01276)、复星、辉瑞、凯莱英(02621)", Gazetteer.packaged(), ON)
    assert len(found.mentions) == 4
    assert all(mention.reason for mention in found.mentions)
    assert [len(mention.candidates) for mention in found.mentions] == [1, 3, 0, 2]


def test_scores_order_the_candidates() -> None:
    (mention,) = link("凯莱英(02621)", Gazetteer.packaged(), ON).mentions
    assert [candidate.code for candidate in mention.candidates] == ["06821", "02621"]
    assert mention.candidates[0].score > mention.candidates[1].score


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Ordinary words are a company where only a company can stand.
        ("微博二季度净利润下滑\n正文。", [("微博", "09898")]),
        ("早报｜某股走高 微博一季度营收增长\n正文。", [("微博", "09898")]),
        ("中国石墨：2025财年净利润500万元\n正文。", [("中国石墨", "02237")]),
        ("回购一览\n12.10 03838 中国淀粉 20.00 3.70 0.185 0.183", [("中国淀粉", "03838")]),
        ("腾讯控股、长和、微博发布业绩\n正文。", [("腾讯控股", "00700"), ("长和", "00001"), ("微博", "09898")]),
        ("微博热议新药\n正文。", []),
        ("世界：新药研发提速\n正文。", []),
    ],
)
def test_an_ordinary_word_is_a_company_where_only_one_can_stand(text: str, expected: list[tuple[str, str]]) -> None:
    assert linked(text) == expected


def test_an_arm_is_not_its_parent() -> None:
    assert linked("公司中标中国移动终端公司的项目") == []
    assert linked("公司中标中国移动的项目") == [("中国移动", "00941")]


def test_half_of_a_surrogate_pair_is_read_over() -> None:
    assert linked("\ud83d恒瑞医药\udc00公告") == [("恒瑞医药", "01276")]
    assert linked("恒瑞医药（下称“\ud800恒瑞”）公告，恒瑞发布业绩")[0] == ("恒瑞医药", "01276")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A kidney drug of Everest's is cleared\nEverest Medicines said so on Friday.", ["01952", "01952"]),
        ("Prefer Gushengtang, avoid Hygeia: Hygeia Healthcare (6078 HK) cut its payout.", ["02273", "06078", "06078"]),
        ("Climbers reached everest while Everest Medicines fell.", ["01952"]),  # a mountain, and not its name
        ("Plants in Jiangsu closed. Jiangsu Hengrui rose.", ["01276"]),  # a province
    ],
)
def test_the_first_word_of_a_name_that_the_text_gives_in_full_names_the_company(text: str, codes: list[str]) -> None:
    found = link(text, Gazetteer.packaged(), dt.date(2026, 6, 1)).mentions
    assert [mention.code for mention in found if mention.code] == codes
