"""Every source format from file to register; the expected values are worked out by hand from the made files."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from hkconcept.ledger import Ledger
from hkconcept.readers.archive import Archive
from imports.conftest import Runs
from made_files import Cell, made_pdf, made_xlsx, ruled_table, shown

Given = Callable[[str, bytes | str], str]
SHARED = Path(__file__).resolve().parents[3] / "shared"

_NRDL: list[list[Cell]] = [
    ["国家基本医疗保险药品目录（2031年）"],
    ["药品分类", "编号", "药品名称", "医保支付标准", "备注", "协议有效期"],
    ["（一）西药"],
    ["抗肿瘤药", 1, "测试替尼片", "1.36元(45mg)；3.15元(135mg)", "限成人", "2031年1月1日至2032年12月31日"],
    ["", 2, "注射用测试单抗", "*", "", "2031年1月1日至2032年12月31日"],
    ["", 3, "测试口服液", "65.00元(0.3ml)等", "", "2031年1月1日至2031年12月31日"],
    ["备注：1.标注*的为企业申请价格保密"],
]

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>药品批准证明文件待领取信息发布</title></head><body>
<div>发布时间：2031-09-11</div><table><tr><td>序号</td><td>受理号</td><td>品名</td><td>申请单位</td><td>批准文号</td>
<td>签发日期</td></tr>
<tr><td>1</td><td><span>CXHS3000009</span><span>国</span></td><td>测试帕利胶囊</td><td>甲公司&nbsp; 乙公司</td>
<td>国药准字H20290035</td><td><span>2031</span>年9月8日</td></tr>
<tr><td>2</td><td>CXSS3000010</td><td>测试单抗注射液</td><td>丙公司</td><td>国药准字S20310001</td><td>2031年9月8日</td></tr>
<tr><td>3</td><td>CYHB3003002国</td><td>注射用测试</td><td>丁公司</td><td>国药准字H20305027</td><td>2031年9月1日</td></tr>
<tr><td>4</td><td>CXHS3000011</td><td>未批片</td><td>戊公司</td><td>－－－－</td><td>2031年9月1日</td></tr></table></body></html>"""


def test_negotiated_list_as_xlsx(runs: Runs, given: Given) -> None:
    ran = runs("import", "payment", given("nrdl.xlsx", made_xlsx({"西药": _NRDL})), "--published", "2026-01-07")
    assert (ran.status, ran.said) == (0, "")
    (report,) = ran.of_type("import")
    assert report["map"] == "nhsa-nrdl-negotiated"
    assert report["left_out"] == {"headings between rows": 1, "notes and footers": 1}
    assert (report["read"], report["added"]) == (3, 4)
    values = runs.values("payment")
    assert values["nrdl|2031|测试替尼片|45mg", "payment_standard"] == "1.36"
    assert values["nrdl|2031|测试替尼片|135mg", "payment_standard"] == "3.15"
    assert values["nrdl|2031|测试替尼片|45mg", "agreement_to"] == "2032-12-31"
    assert values["nrdl|2031|测试替尼片|45mg", "part"] == "（一）西药"
    assert values["nrdl|2031|注射用测试单抗|", "standard_remark"] == "confidential"
    assert ("nrdl|2031|注射用测试单抗|", "payment_standard") not in values
    assert values["nrdl|2031|测试口服液|0.3ml", "standard_remark"] == "further packs are not printed"
    lasting = {one.statement.subject: one.statement.valid_to for one in runs.register("payment")}
    assert str(lasting["nrdl|2031|测试替尼片|45mg"]) == "2033-01-01"


def test_negotiated_list_as_pdf_with_wrapped_cells_and_a_header_on_every_page(runs: Runs, given: Given) -> None:
    header = ["编号", "药品名称", "医保支付标准", "协议有效期"]
    first = ["1", "注射用测试\n单抗", "169.80元(250ml:12.5g/瓶)", "2031年1月1日至2032年12\n月31日"]
    second = ["2", "测试替尼片", "*", "2031年1月1日至2032年12\n月31日"]
    widths = [40, 110, 180, 150]
    title = shown("国家医保药品目录（2031年）", 60, 820)
    pages = [
        title + ruled_table([header, first], widths),
        ruled_table([header, second], widths) + shown("- 2 -", 280, 30),
    ]
    ran = runs("import", "payment", given("nrdl.pdf", made_pdf(pages)), "--published", "2026-01-07")
    assert (ran.status, ran.said) == (0, "")
    assert ran.of_type("import")[0]["left_out"]["the header repeated"] == 1
    values = runs.values("payment")
    assert values["nrdl|2031|注射用测试单抗|250ml:12.5g/瓶", "payment_standard"] == "169.80"
    assert values["nrdl|2031|测试替尼片|", "standard_remark"] == "confidential"


def test_a_row_that_the_end_of_a_page_cuts_in_two_is_one_row(runs: Runs, given: Given) -> None:
    widths = [40, 110, 180, 150]
    header = ["编号", "药品名称", "医保支付标准", "协议有效期"]
    upper = ["1", "注射用测试", "169.80元", "2031年1月1日至"]
    lower = ["", "单抗", "(250ml/瓶)", "2032年12月31日"]
    title = shown("国家医保药品目录（2031年）", 60, 820)
    pages = [title + ruled_table([header, upper], widths), ruled_table([header, lower], widths)]
    ran = runs("import", "payment", given("nrdl.pdf", made_pdf(pages)), "--published", "2026-01-07")
    assert (ran.status, ran.said) == (0, "")
    assert ran.of_type("import")[0]["read"] == 1
    assert runs.values("payment")["nrdl|2031|注射用测试单抗|250ml/瓶", "agreement_to"] == "2032-12-31"
    quote = runs.register("payment")[0].statement.quote
    assert quote is not None
    assert quote.exact == "1\t注射用测试\t169.80元\t2031年1月1日至"


def test_commercial_catalogue_as_pdf(runs: Runs, given: Given) -> None:
    rows = [["序号", "药品名称", "上市许可持有人", "协议有效期"]]
    rows += [[str(n), f"测试药品{n}号", "测试公司", "2031年1月1日至2032年12月31日"] for n in range(1, 12)]
    pages = [shown("商业健康保险创新药品目录（2031年）", 60, 820) + ruled_table(rows, [40, 110, 110, 200])]
    ran = runs("import", "payment", given("catalogue.pdf", made_pdf(pages)), "--published", "2026-01-07")
    assert (ran.status, ran.said) == (0, "")
    assert ran.of_type("import")[0]["map"] == "nhsa-commercial-catalogue"
    assert runs.values("payment")["commercial|2031|测试药品11号|", "holder"] == "测试公司"


def test_approval_documents_as_the_page_of_the_regulator(runs: Runs, given: Given) -> None:
    page = PAGE.replace("2031", "2026").replace("30000", "25000").replace("3003002", "2503002")
    page = page.replace("H20290035", "H20240035").replace("H20305027", "H20255027")
    ran = runs("import", "approvals", given("notice.html", page))
    assert (ran.status, ran.said) == (0, "")
    (report,) = ran.of_type("import")
    assert report["published"] == "2026-09-11"
    assert report["left_out"] == {"purpose is supplement": 1, "approval_no is empty": 1}
    values = runs.values("approvals")
    assert values["国药准字H20240035", "event"] == "new indication"
    assert values["国药准字S20260001", "event"] == "first approval"
    assert values["国药准字S20260001", "type"] == "biological"
    assert values["国药准字S20260001", "approved"] == "2026-09-08"
    assert runs.values("approvals", known="2026-09-10") == {}
    quote = next(one for one in runs.register("approvals") if one.statement.attribute == "holder").statement.quote
    assert quote is not None
    assert quote.exact == "1\tCXHS2500009国\t测试帕利胶囊\t甲公司 乙公司\t国药准字H20240035\t2026年9月8日"


def test_accepted_applications(runs: Runs, given: Given) -> None:
    header: list[Cell] = ["受理号", "药品名称", "药品类型", "申请类型", "注册分类", "企业名称", "承办日期"]
    row: list[Cell] = ["CXSL2500123", "测试双抗注射液", "治疗用生物制品", "新药", "1", "测试公司", "2025-03-04"]
    ran = runs("import", "acceptances", given("accepted.xlsx", made_xlsx({"S": [header, row]})))
    assert (ran.status, ran.said) == (0, "")
    values = runs.values("acceptances")
    assert values["CXSL2500123", "type"] == "biological"
    assert values["CXSL2500123", "origin"] == "domestic"
    assert runs.values("acceptances", known="2025-03-03") == {}
    row[0] = "CXQL2500123"
    ran = runs("import", "acceptances", given("accepted.xlsx", made_xlsx({"S": [header, row]})))
    assert "row 2, column A, column '受理号': 'CXQL2500123' cannot be an acceptance number" in ran.said


def _securities() -> list[list[Cell]]:
    header: list[Cell] = ["Stock Code", "Name of Securities", "Category", "Sub-Category", "Board Lot", "ISIN"]
    rows: list[list[Cell]] = [["List of Securities"], ["Updated as at 23/03/2026"], header]
    rows += [
        [f"{n:05d}", f"TEST {n}", "Equity", "Equity Securities (Main Board)", "1,000", ""] for n in range(90000, 91000)
    ]
    return [*rows, ["10001", "TEST WARRANT", "Derivative Warrants", "", "10,000", ""]]


def test_list_of_securities_as_the_exchange_publishes_it(runs: Runs, given: Given) -> None:
    ran = runs("import", "listings", given("ListOfSecurities.xlsx", made_xlsx({"ListOfSecurities": _securities()})))
    assert (ran.status, ran.said) == (0, "")
    (report,) = ran.of_type("import")
    assert (report["published"], report["added"]) == ("2026-03-23", 1000)
    assert report["left_out"] == {"category is Derivative Warrants": 1}
    assert runs.values("listings")["90000", "board_lot"] == "1000"


def test_an_unknown_category_is_not_passed_over(runs: Runs, given: Given) -> None:
    rows = _securities()
    rows[5][2] = "Stablecoins"
    ran = runs("import", "listings", given("ListOfSecurities.xlsx", made_xlsx({"S": rows})))
    assert ran.status == 3
    assert "row 6, column C, column 'Category': 'Stablecoins' is neither read nor ignored by the map" in ran.said


def test_terminal_export_adds_to_securities_that_are_held(runs: Runs, given: Given) -> None:
    rows: list[list[Cell]] = [
        ["证券代码", "证券简称", "上市日期", "所属恒生行业"],
        ["1801.HK", "信达生物", "2018-10-31", "药品及生物科技"],
        ["数据来源：Wind"],
    ]
    ran = runs("import", "listings", given("wind.xlsx", made_xlsx({"Sheet1": rows})), "--published", "2026-09-30")
    assert (ran.status, ran.said) == (0, "")
    assert runs.values("listings")["01801", "industry"] == "药品及生物科技"
    rows[1][0] = "99999.HK"
    ran = runs("import", "listings", given("wind.xlsx", made_xlsx({"Sheet1": rows})), "--published", "2026-09-30")
    assert ran.status == 3
    assert "row '99999', column 'name_en': a value is required" in ran.said


_ZH = "公告日期,转让方,证券代码,受让方,药品名称,首付款(百万美元),总金额(百万美元)\n"


def test_deals_in_chinese_csv_as_a_spreadsheet_saves_it(runs: Runs, given: Given) -> None:
    text = _ZH + '2026-05-06,测试生物,9999.HK；688999.SH,辉瑞,TST-001,12.5,"1,050"\n合计,,,,,12.5,\n'
    ran = runs("import", "deals", given("deals.csv", text.encode("gb18030")))
    assert (ran.status, ran.said) == (0, "")
    values = runs.values("deals")
    assert values["202605-测试生物-tst-001", "upfront"] == "12500000"
    assert values["202605-测试生物-tst-001", "total"] == "1050000000"
    assert values["202605-测试生物-tst-001", "hk_code"] == "09999"
    assert values["202605-测试生物-tst-001", "other_listing"] == "688999.SH"
    assert runs.values("deals", known="2026-05-05") == {}


# ---- what an import keeps


def test_importing_twice_is_importing_once(runs: Runs, given: Given) -> None:
    path = given("deals.csv", _ZH + "2026-05-06,测试生物,,辉瑞,TST-001,12.5,1050\n")
    first = runs("import", "deals", path)
    held = runs.register("deals")
    second = runs("import", "deals", path)
    assert first.of_type("import")[0]["recorded"] == len(held) > 0
    assert second.of_type("import")[0]["recorded"] == 0
    assert second.of_type("import")[0]["unchanged"] == 1
    assert [one.id for one in runs.register("deals")] == [one.id for one in held]


def test_a_dry_run_shows_the_difference_and_writes_nothing(runs: Runs, given: Given) -> None:
    runs("import", "deals", given("one.csv", _ZH + "2026-05-06,测试生物,,辉瑞,TST-001,12.5,1050\n"))
    held = runs.register("deals")
    later = given("two.csv", _ZH + "2026-05-06,测试生物,,辉瑞,TST-001,15,1050\n2026-05-07,测试生物,,GSK,TST-002,1,2\n")
    ran = runs("import", "deals", later, "--dry-run")
    assert ran.status == 0
    assert ran.of_type("change") == [
        {
            "type": "change",
            "subject": "202605-测试生物-tst-001",
            "column": "upfront",
            "old": "12500000",
            "new": "15000000",
        }
    ]
    assert [row["subject"] for row in ran.of_type("added")] == ["202605-测试生物-tst-002"]
    assert ran.of_type("import")[0]["recorded"] == 0
    assert [one.id for one in runs.register("deals")] == [one.id for one in held]
    assert not any((runs.folder / "archive").rglob(f"{ran.of_type('import')[0]['sha256']}*"))


def test_the_file_is_archived_under_its_hash(runs: Runs, given: Given) -> None:
    content = _ZH + "2026-05-06,测试生物,,辉瑞,TST-001,12.5,1050\n"
    sha256 = runs("import", "deals", given("deals.csv", content)).of_type("import")[0]["sha256"]
    assert Archive(runs.folder / "archive").get(sha256).decode() == content
    with sqlite3.connect(runs.folder / "ledger.sqlite") as ledger:
        rows = ledger.execute("SELECT lower(hex(sha256)), location FROM snapshots").fetchall()
    ledger.close()
    assert (sha256, "deals.csv") in rows


def test_the_ledger_keeps_who_published_a_file_when_and_at_which_address(runs: Runs, given: Given) -> None:
    file = given("deals.csv", _ZH + "2026-05-06,测试生物,,辉瑞,TST-001,12.5,1050\n")
    address = "https://example.org/deals.csv"
    ran = runs("import", "deals", file, "--published", "2026-05-08", "--url", address)
    with Ledger.open(runs.folder / "ledger.sqlite") as ledger:
        (source,) = [one for one in ledger.sources() if one.origin.sha256 == ran.of_type("import")[0]["sha256"]]
    assert source.origin.url == address
    assert source.origin.publisher == "database export of deals"
    assert [str(moment) for moment in source.published] == ["2026-05-08"]
    assert source.size == len((_ZH + "2026-05-06,测试生物,,辉瑞,TST-001,12.5,1050\n").encode())


@pytest.mark.parametrize("order", list(permutations(["2026-07-25", "2026-08-01", "2026-09-01"])), ids="-".join)
def test_editions_answer_the_same_in_whatever_order_they_are_imported(
    runs: Runs, given: Given, order: tuple[str, ...]
) -> None:
    said = {"2026-07-25": "其他", "2026-08-01": "药品", "2026-09-01": "生物科技"}
    header: list[Cell] = ["证券代码", "证券简称", "所属恒生行业"]
    for day in order:
        book = made_xlsx({"S": [header, ["1801.HK", "信达生物", said[day]]]})
        ran = runs("import", "listings", given(f"{day}.xlsx", book), "--published", day)
        assert (ran.status, ran.said) == (0, "")
    for known, industry in (("2026-07-31", "其他"), ("2026-08-31", "药品"), ("2026-10-01", "生物科技")):
        held = [
            one.statement for one in runs.register("listings", known=known) if one.statement.attribute == "industry"
        ]
        assert {str(one.value) for one in held} == {str({"status": "press", "value": industry})}, known


def test_a_value_for_every_row_can_be_given(runs: Runs, given: Given) -> None:
    rows = [row for row in _NRDL if row[0] != "国家基本医疗保险药品目录（2031年）"]
    path = given("list.xlsx", made_xlsx({"西药": rows}))
    ran = runs("import", "payment", path, "--published", "2026-01-07")
    assert ran.status == 3
    assert "column 'edition': a value is required" in ran.said
    assert runs("import", "payment", path, "--published", "2026-01-07", "--set", "edition=2031").status == 0
    assert runs.values("payment")["nrdl|2031|注射用测试单抗|", "standard_remark"] == "confidential"


def test_the_maps_are_listed(runs: Runs) -> None:
    ran = runs("import", "deals", "--maps", workspace=False)
    assert [row["map"] for row in ran.rows] == ["deals-usd-millions", "deals-zh", "deals:own"]


@pytest.mark.corpus
@pytest.mark.skipif(not SHARED.is_dir(), reason="the private corpus is not here")
def test_real_lists_are_read_whole(runs: Runs) -> None:
    deals = str(SHARED / "data/bd_deals/china_outlicensing_2023_2026_facts.csv")
    report = runs("import", "deals", deals, "--dry-run").of_type("import")[0]
    assert (report["read"], report["added"], report["left_out"]) == (253, 0, {})
    listed = str(SHARED / "data/market/security_master/hkex_ListOfSecurities_asof2026-03.csv")
    report = runs("import", "listings", listed, "--published", "2026-03-23", "--dry-run").of_type("import")[0]
    assert report["read"] == 2755
    assert report["read"] + sum(report["left_out"].values()) == 17944
