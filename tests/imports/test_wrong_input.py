"""Every wrong file is refused with its row and column, and nothing of it is imported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imports.conftest import Runs
from made_files import Cell, Formula, made_xlsx, with_part

Given = Callable[[str, bytes | str], str]

_HEADER: list[Cell] = [
    "announce_date",
    "licensor",
    "licensor_ticker",
    "licensee",
    "asset",
    "upfront_usd_m",
    "total_usd_m",
]
_GOOD: list[Cell] = ["2025-07-28", "Hengrui", "1276.HK", "GSK", "HRS-9821", 500, 12000]


def _book(*rows: list[Cell], sheet: str = "Deals") -> bytes:
    return made_xlsx({sheet: [_HEADER, _GOOD, *rows]})


def _changed(column: str, value: Cell) -> list[Cell]:
    row = list(_GOOD)
    row[4] = "HRS-0001"
    row[_HEADER.index(column)] = value
    return row


_SHEET = "xl/worksheets/sheet1.xml"
_BOMB = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    + b"<row><c><v>1</v></c></row>" * 400_000
    + b"</sheetData></worksheet>"
)

CASES: list[tuple[str, str, bytes, str]] = [
    (
        "wrong sheet",
        "deals.xlsx",
        made_xlsx({"Readme": [["Deals of 2025"], ["compiled in January"]]}),
        "deals.xlsx, sheet 'Readme': no row within the first 40 has the labels of the map",
    ),
    (
        "shifted header",
        "deals.xlsx",
        made_xlsx({"Deals": [["", *_HEADER[:-1]], _GOOD]}),
        "deals.xlsx, sheet 'Deals', row 1: the header lacks 'total_usd_m', which the map deals-usd-millions needs",
    ),
    (
        "header shifted against its rows",
        "deals.xlsx",
        made_xlsx({"Deals": [_HEADER, ["1", *_GOOD[:-1]]]}),
        "sheet 'Deals', row 2, column A, column 'announce_date': '1' is not a date",
    ),
    (
        "integer codes",
        "deals.xlsx",
        _book(_changed("licensor_ticker", 1276)),
        (
            "sheet 'Deals', row 3, column C, column 'licensor_ticker': "
            "1276 is a number, and a stock code is text; leading zeros are lost: format the column as text"
        ),
    ),
    (
        "codes that lost their zeros",
        "deals.csv",
        (
            b"announce_date,licensor,licensor_ticker,licensee,asset,upfront_usd_m,total_usd_m\n"
            b"2025-07-28,Hengrui,1276,GSK,HRS-9821,500,12000\n"
        ),
        (
            "line 2, column 3, column 'licensor_ticker': '1276' has lost its zeros or is no Hong Kong code; "
            "write 01276 or 1276.HK"
        ),
    ),
    (
        "mixed encodings",
        "deals.csv",
        "公告日期,转让方,受让方,药品名称,首付款(百万美元),总金额(百万美元)\n".encode()
        + "2025-07-28,江苏恒瑞医药股份有限公司,葛兰素史克,新药,500,12000\n".encode("gb18030"),
        "deals.csv: mixed encodings: line 1 is UTF-8 and line 2 is not",
    ),
    (
        "duplicate keys",
        "deals.xlsx",
        _book(_GOOD),
        (
            "row '202507-hengrui-hrs-9821', column 'id': the key stands twice for the same days "
            "(first at deals.xlsx, sheet 'Deals', row 2)"
        ),
    ),
    (
        "impossible dates",
        "deals.xlsx",
        _book(_changed("announce_date", "2025-02-30")),
        "sheet 'Deals', row 3, column A, column 'announce_date': '2025-02-30' is a day that no calendar has",
    ),
    (
        "a date that may be read in two ways",
        "deals.xlsx",
        _book(_changed("announce_date", "07/01/2026")),
        "sheet 'Deals', row 3, column A, column 'announce_date': '07/01/2026' may be day or month first",
    ),
    (
        "a date that is a number",
        "deals.xlsx",
        _book(_changed("announce_date", 46030)),
        "sheet 'Deals', row 3, column A, column 'announce_date': 46030 is a number, not a date",
    ),
    (
        "negative amounts",
        "deals.xlsx",
        _book(_changed("upfront_usd_m", -5)),
        (
            "sheet 'Deals', row 3, column F, row '202507-hengrui-hrs-0001', column 'upfront_usd_m': "
            "-5000000 is below the minimum 0"
        ),
    ),
    (
        "a total below its upfront",
        "deals.xlsx",
        _book(_changed("total_usd_m", 400)),
        (
            "sheet 'Deals', row 3, column G, row '202507-hengrui-hrs-0001', column 'total_usd_m': "
            "400000000 is below upfront 500000000"
        ),
    ),
    (
        "formula cells",
        "deals.xlsx",
        _book(_changed("total_usd_m", Formula("=F3*24", 12000))),
        (
            "sheet 'Deals', row 3, column G, column 'total_usd_m': "
            "the cell holds a formula or an error; save the sheet with values only"
        ),
    ),
    (
        "formula cells that were never computed",
        "deals.xlsx",
        _book(_changed("total_usd_m", Formula("=F3*24"))),
        "sheet 'Deals', row 3, column G, column 'total_usd_m': the cell holds a formula or an error",
    ),
    (
        "an xlsx bomb",
        "deals.xlsx",
        with_part(_book(), _SHEET, _BOMB),
        "deals.xlsx: refused: the member 'xl/worksheets/sheet1.xml' would unpack to",
    ),
    (
        "a column that no map covers",
        "deals.xlsx",
        made_xlsx({"Deals": [[*_HEADER, "probability"], [*_GOOD, 0.5]]}),
        "deals.xlsx, sheet 'Deals', row 1, column H: the column 'probability' is not covered by the map",
    ),
    (
        "a column without a heading",
        "deals.xlsx",
        made_xlsx({"Deals": [[*_HEADER, ""], [*_GOOD, "x"]]}),
        "deals.xlsx, sheet 'Deals', row 2, column H: the column has no heading but holds text",
    ),
    (
        "a column that stands twice",
        "deals.xlsx",
        made_xlsx({"Deals": [[*_HEADER, "asset"], [*_GOOD, "x"]]}),
        "deals.xlsx, sheet 'Deals', row 1, column H: the column 'asset' stands twice, also in column E",
    ),
    (
        "an empty cell that is needed",
        "deals.xlsx",
        _book(_changed("licensee", "")),
        "sheet 'Deals', row 3, column D, column 'licensee': a value is required",
    ),
    (
        "an amount beyond all measure",
        "deals.xlsx",
        _book(_changed("total_usd_m", 12_000_000)),
        "column 'total_usd_m': 12000000000000 is outside 0 to 100000000000, which the map deals-usd-millions expects",
    ),
    (
        "words where a figure belongs",
        "deals.xlsx",
        _book(_changed("upfront_usd_m", "about 500")),
        "sheet 'Deals', row 3, column F, column 'upfront_usd_m': 'about 500' is not a number",
    ),
    (
        "an announcement that is still to come",
        "deals.xlsx",
        _book(_changed("announce_date", "2199-01-01")),
        "column 'known_at': 2199-01-01 is still to come",
    ),
]


@pytest.mark.parametrize(("name", "content", "told"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_refused_with_row_and_column_and_nothing_imported(
    runs: Runs, given: Given, name: str, content: bytes, told: str
) -> None:
    ran = runs("import", "deals", given(name, content))
    assert ran.status == 3
    assert told in ran.said
    assert ran.said.count("\n") == 1
    assert "Traceback" not in ran.said
    assert not runs.folder.exists() or runs.register("deals") == []


def test_every_fault_is_told_once_each_with_its_place(runs: Runs, given: Given) -> None:
    rows = [_changed("upfront_usd_m", -5), _changed("announce_date", "2025-02-30"), _changed("licensor_ticker", 1276)]
    rows[0][4], rows[1][4], rows[2][4] = "A-1", "A-2", "A-3"
    ran = runs("import", "deals", given("deals.xlsx", _book(*rows)))
    assert ran.status == 3
    assert [(row["where"], row["column"]) for row in ran.of_type("finding")] == [
        ("deals.xlsx, sheet 'Deals', row 4, column A", "announce_date"),
        ("deals.xlsx, sheet 'Deals', row 5, column C", "licensor_ticker"),
        ("deals.xlsx, sheet 'Deals', row 3, column F", "upfront_usd_m"),
    ]
    assert "because of 3 faults" in ran.said
    assert runs.register("deals") == []


def test_a_good_row_beside_a_bad_one_is_not_imported(runs: Runs, given: Given) -> None:
    path = given("deals.xlsx", _book(_changed("upfront_usd_m", -5)))
    assert runs("import", "deals", path).status == 3
    assert runs.register("deals") == []
    assert runs("import", "deals", given("good.xlsx", _book())).status == 0
    assert runs.values("deals")["202507-hengrui-hrs-9821", "total"] == "12000000000"


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["import", "deal", "FILE"], 2, "there is no register 'deal'; did you mean deals? choose one of"),
        (["import", "deals", "FILE", "--map", "nothing"], 3, "nothing: there is no such map; packaged maps: "),
        (
            ["import", "payment", "FILE", "--map", "deals-zh"],
            2,
            "--map: the map deals-zh is for the register deals, not for payment",
        ),
        (["import", "deals", "FILE", "--sheet", "Other"], 3, "there is no sheet 'Other'; choose one of 'Deals'"),
        (["import", "deals", "FILE", "--set", "x"], 2, "--set: 'x' is not COLUMN=VALUE"),
        (["import", "deals", "FILE", "--set", "colour=red"], 2, "--set: the register deals has no column 'colour'"),
        (["import", "deals", "FILE", "--published", "soon"], 2, "--published: 'soon' is not a date or a time"),
        (["import", "deals", "FILE", "--published", "2199-01-01"], 2, "--published: 2199-01-01 is still to come"),
        (["import", "deals"], 2, "a REGISTER and a FILE are needed"),
        (["import", "deals", "/nowhere.xlsx"], 3, "/nowhere.xlsx: there is no such file"),
    ],
)
def test_wrong_commands(runs: Runs, given: Given, arguments: list[str], status: int, told: str) -> None:
    path = given("deals.xlsx", _book())
    ran = runs(*(path if argument == "FILE" else argument for argument in arguments))
    assert ran.status == status
    assert told in ran.said


def test_a_file_that_does_not_say_when_it_was_published(runs: Runs, given: Given) -> None:
    rows = "Stock Code,Name of Securities,Category,Sub-Category,Board Lot,ISIN\n01801,INNOVENT BIO,Equity,,500,\n"
    ran = runs("import", "listings", given("list.csv", rows))
    assert ran.status == 2
    assert "list.csv: the file does not say when it was published" in ran.said
    assert "give --published, for example --published 2025-12-07" in ran.said
