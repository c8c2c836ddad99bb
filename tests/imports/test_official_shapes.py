"""Small made files in the shape that official lists are known to have: headings, empty cells, categories, stars."""

from __future__ import annotations

from collections.abc import Callable

from imports.conftest import Runs
from made_files import Cell, made_xlsx

Given = Callable[[str, bytes | str], str]

_CATEGORY = ["药品分类", "", "", ""]
_TERM = "2031年1月1日至2032年12月31日"
_NEGOTIATED: list[list[Cell]] = [
    ["国家基本医疗保险、生育保险和工伤保险药品目录（2031年）"],
    ["药品分类代码", *_CATEGORY, "", "编号", "药品名称", "医保支付标准", "备注", "协议有效期"],
    ["（一）西药"],
    ["XA", "消化道和代谢方面的药物", "", "", "", "", "", "", "", "", ""],
    ["XA05A", "", "", "胆病治疗药", "", "", "", "", "", "", ""],
    ["", "", "", "", "", "乙", 1, "测试口服混悬液", "169.80元(250ml:12.5g/瓶)", "", _TERM],
    ["XL01F", "", "", "单克隆抗体", "", "", "", "", "", "", ""],
    ["", "", "", "", "", "乙", 2, "注射用测试单抗", "*", "限成人", _TERM],
]
_NEGOTIATED[1][5] = "甲乙类"


def test_the_negotiated_part_with_categories_over_four_columns(runs: Runs, given: Given) -> None:
    ran = runs("import", "payment", given("a.xlsx", made_xlsx({"S": _NEGOTIATED})), "--published", "2026-01-07")
    assert (ran.status, ran.said) == (0, "")
    assert ran.of_type("import")[0]["map"] == "nhsa-nrdl-negotiated"
    assert ran.of_type("import")[0]["left_out"] == {"headings between rows": 4}
    values = runs.values("payment")
    first, second = "nrdl|2031|测试口服混悬液|250ml:12.5g/瓶", "nrdl|2031|注射用测试单抗|"
    assert (values[first, "category"], values[first, "payment_standard"]) == ("XA05A", "169.80")
    assert (values[second, "category"], values[second, "standard_remark"]) == ("XL01F", "confidential")
    assert values[second, "payment_class"] == "乙"


def test_the_regular_part_with_a_starred_number_and_without_forms(runs: Runs, given: Given) -> None:
    rows: list[list[Cell]] = [
        ["国家基本医疗保险、生育保险和工伤保险药品目录（2031年）"],
        ["药品分类代码", *_CATEGORY, "甲乙类", "编号", "药品名称", "剂型", "备注"],
        ["XA02BA", "", "", "", "H2受体拮抗剂", "", "", "", "", ""],
        ["", "", "", "", "", "甲", 36, "测试替丁", "口服常释剂型", ""],
        ["", "", "", "", "", "乙", "★（36）", "测试替丁", "注射剂", "限重症"],
        ["", "", "", "", "", "乙", 37, "测试拉唑肠溶片", "", ""],
    ]
    ran = runs("import", "payment", given("a.xlsx", made_xlsx({"S": rows})), "--published", "2026-01-07")
    assert (ran.status, ran.said) == (0, "")
    assert ran.of_type("import")[0]["map"] == "nhsa-nrdl-regular"
    values = runs.values("payment")
    for pack, payment_class in (("口服常释剂型", "甲"), ("注射剂", "乙")):
        row = f"nrdl|2031|测试替丁|{pack}"
        assert (values[row, "number"], values[row, "payment_class"]) == ("36", payment_class)
    assert values["nrdl|2031|测试拉唑肠溶片|", "number"] == "37"


def test_a_column_beside_a_heading_that_does_not_span_is_still_refused(runs: Runs, given: Given) -> None:
    rows: list[list[Cell]] = [
        ["编号", "药品名称", "", "医保支付标准", "协议有效期", "2031年版"],
        [1, "测试片", "什么", "1.00元", _TERM, ""],
    ]
    ran = runs("import", "payment", given("a.xlsx", made_xlsx({"S": rows})), "--published", "2026-01-07")
    assert ran.status == 3
    assert "the column has no heading but holds text" in ran.said


def test_priority_review_with_every_heading_of_the_page(runs: Runs, given: Given) -> None:
    rows: list[list[Cell]] = [
        [
            "序号",
            "受理号",
            "药品名称",
            "注册申请人",
            "承办日期",
            "申请日期",
            "公示日期",
            "公示截止日期",
            "是否为罕见病药物",
        ],
        [1, "CXSS2100010", "测试单抗注射液", "甲公司", "2021-02-01", "2021-02-03", "2021-02-10", "2021-02-17", "否"],
    ]
    ran = runs("import", "designations", given("a.xlsx", made_xlsx({"S": rows})))
    assert (ran.status, ran.said) == (0, "")
    values = runs.values("designations")
    assert values["priority-CXSS2100010", "dated"] == "2021-02-10"  # the day shown, not that of the request
    assert ("priority-CXSS2100010", "batch") not in values


def test_the_commercial_catalogue_with_its_twelve_columns(runs: Runs, given: Given) -> None:
    names = ["编号", "药品名称", "商品名", "适应症", "上市许可持有人", "授权企业", "协议有效期"]
    rows: list[list[Cell]] = [["商业健康保险创新药品目录（2031年）"], ["药品分类代码", *_CATEGORY, *names]]
    for number in range(1, 11):
        rows += [
            [f"XL01F{chr(64 + number)}", "", "", "", "类别", "", "", "", "", "", "", ""],
            ["", "", "", "", "", number, f"测试药品{number}号", "甲宁", "限成人", "甲公司", "乙公司", _TERM],
        ]
    ran = runs("import", "payment", given("a.xlsx", made_xlsx({"S": rows})), "--published", "2026-01-07")
    assert (ran.status, ran.said) == (0, "")
    assert ran.of_type("import")[0]["map"] == "nhsa-commercial-catalogue"
    values = runs.values("payment")
    assert values["commercial|2031|测试药品3号|", "category"] == "XL01FC"
    assert values["commercial|2031|测试药品3号|", "authorised_company"] == "乙公司"


def test_winners_of_the_form_of_2019(runs: Runs, given: Given) -> None:
    rows: list[list[Cell]] = [
        ["联盟地区药品集中采购拟中选结果表（第2批）"],
        ["序号", "药品通用名", "剂型", "规格包装", "计价单位", "拟中选企业", "拟中选价格(元)", "供应省(区)"],
        [1, "测试他汀钙片", "片剂", "10mg*14片", "盒", "甲药业有限公司", "1.68", "浙江 山东"],
        ["", "", "片剂", "20mg*7片", "盒", "乙药业有限公司", "2.00", "湖北"],
    ]
    given_round = ("--published", "2026-01-07", "--set", "round=02")
    ran = runs("import", "procurement-results", given("a.xlsx", made_xlsx({"S": rows})), *given_round)
    assert (ran.status, ran.said) == (0, "")
    values = runs.values("procurement-results")
    assert values["02|测试他汀钙片|10mg*14片|甲药业有限公司", "price"] == "1.68"
    assert values["02|测试他汀钙片|20mg*7片|乙药业有限公司", "regions"] == "湖北"
