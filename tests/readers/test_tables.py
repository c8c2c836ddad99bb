from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from hkconcept.errors import SourceError
from hkconcept.readers.tables import Table, column_letters, read_table_file, read_tables
from made_files import Formula, made_xlsx, with_part

SHARED = Path(__file__).resolve().parents[3] / "shared"
_SHEET = "xl/worksheets/sheet1.xml"
_HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_TAIL = b"</sheetData></worksheet>"


def _one(raw: bytes, where: str = "given.csv") -> Table:
    (table,) = read_tables(raw, where=where)
    return table


def _sentence(raw: bytes, where: str = "given.xlsx") -> str:
    with pytest.raises(SourceError) as caught:
        read_tables(raw, where=where)
    return str(caught.value)


# ---- workbooks


def test_a_workbook_gives_text_with_the_rows_that_the_user_sees() -> None:
    raw = made_xlsx({"名单": [[], ["代码", "名称"], ["01276", "恒瑞医药"], [], [1801, 0.1 + 0.2]], "空": []})
    table = _one(raw, "list.xlsx")
    assert (table.name, table.kind) == ("名单", "xlsx")
    assert [(row.number, row.cells) for row in table] == [
        (2, ("代码", "名称")),
        (3, ("01276", "恒瑞医药")),
        (5, ("1801", "0.3")),
    ]
    assert table.rows[2].numeric == {0, 1}
    assert table.rows[1].numeric == frozenset()
    assert table.place(table.rows[2], 1) == "list.xlsx, sheet '名单', row 5, column B"


def test_computed_cells_and_errors_are_named() -> None:
    raw = made_xlsx({"S": [["a", "b", "c"], [Formula("=1+1", 2), Formula("=A1"), Formula("=1/0", "#DIV/0!")], ["x"]]})
    table = _one(raw)
    assert table.rows[1].formulas == {0, 1, 2}
    assert table.rows[1].cell(0) == "2"
    assert table.rows[2].formulas == frozenset()


def test_hidden_sheets_and_what_is_not_looked_at_are_told() -> None:
    raw = made_xlsx({"A": [["1"]], "B": [["2"]]}, hidden=["B"])
    raw = with_part(raw, "xl/vbaProject.bin", b"macro")
    raw = with_part(raw, "xl/externalLinks/externalLink1.xml", b"<x/>")
    first, second = read_tables(raw, where="m.xlsm")
    assert (first.hidden, second.hidden) == (False, True)
    assert first.ignored == ("macros", "links to other files")


def test_a_bomb_is_refused_from_the_directory() -> None:
    rows = b"<row><c><v>1</v></c></row>" * 400_000
    bomb = with_part(made_xlsx({"S": [["a"]]}), _SHEET, _HEAD + rows + _TAIL)
    assert len(bomb) < 60_000
    assert "refused: the member 'xl/worksheets/sheet1.xml' would unpack to" in _sentence(bomb, "bomb.xlsx")


def test_a_cell_in_the_last_corner_is_refused() -> None:
    corner = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r = "XFD1048576"><v>1</v></c></row>'
    told = _sentence(with_part(made_xlsx({"S": [["a"]]}), _SHEET, _HEAD + corner + _TAIL), "corner.xlsx")
    assert told == (
        "corner.xlsx: sheet 'S' spans 1,048,576 rows by 16,384 columns, and 5,000,000 cells are allowed; "
        "split the workbook, or save the sheet as CSV."
    )


def _archive(members: list[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (_archive([("../../etc/passwd", b"x")]), "has a name that leads out of the archive"),
        (_archive([("/etc/passwd", b"x")]), "has a name that leads out of the archive"),
        (_archive([("a\\..\\b", b"x")]), "has a name that leads out of the archive"),
        (_archive([(f"m{number}", b"") for number in range(2_001)]), "the archive has more than 2,000 members"),
        (_archive([("readme.txt", b"x")]), "this ZIP archive is no xlsx workbook"),
        (_archive([("xl/workbook.bin", b"x")]), "an xlsb workbook is not read"),
        (_archive([("xl/workbook.xml", b"<workbook")]), "the workbook is damaged"),
        (made_xlsx({"S": [["a"]]})[:-300], "the archive is damaged or cut short"),
        (b"PK\x03\x04", "the archive is damaged or cut short"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "an old Excel workbook (xls) is not read"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "it is protected by a password"),
        (made_xlsx({"S": []}), "the workbook is empty"),
        (b"", "the file is empty"),
    ],
)
def test_wrong_workbooks(raw: bytes, told: str) -> None:
    assert told in _sentence(raw)


def test_a_member_that_unpacks_to_more_than_it_declares_is_cut() -> None:
    """The directory says 40 bytes of the sheet; the rest of what it would unpack to is never made."""
    raw = bytearray(with_part(made_xlsx({"S": [["a"]]}), _SHEET, _HEAD + b"<row/>" * 100_000 + _TAIL))
    true_size = len(_HEAD + b"<row/>" * 100_000 + _TAIL).to_bytes(4, "little")
    assert raw.count(true_size) == 2
    assert "damaged" in _sentence(bytes(raw.replace(true_size, (40).to_bytes(4, "little"))))


# ---- text files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_a_csv(encoding: str) -> None:
    text = "代码,名称,备注\n01801,信达生物,国家药监局批准上市的创新药\n"
    table = _one(text.encode(encoding))
    assert table.rows[1].cells == ("01801", "信达生物", "国家药监局批准上市的创新药")


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiters(delimiter: str) -> None:
    rows = [["code", "name", "amount"], ["01801", "Innovent", "1"], ["01276", "Hengrui", "2"]]
    table = _one("\n".join(delimiter.join(row) for row in rows).encode())
    assert [list(row.cells) for row in table] == rows


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    table = _one(b'code,name\n\n01801,"two\nlines"\n01276,x\n')
    assert [(row.number, row.cells) for row in table] == [
        (1, ("code", "name")),
        (3, ("01801", "two\nlines")),
        (5, ("01276", "x")),
    ]
    assert table.place(table.rows[1], 1) == "given.csv, line 3, column 2"


def test_text_marks_of_spreadsheets_are_text_and_formulas_are_named() -> None:
    table = _one(b'a,b,c\n"=""01276""",\'01801,=1+1\n')
    assert table.rows[1].cells == ("01276", "01801", "=1+1")
    assert table.rows[1].formulas == {2}


def test_screen_controls_are_taken_out() -> None:
    assert _one("a,b\n\x1b[31m01801,\u202e药\n".encode()).rows[1].cells == ("01801", "药")


def test_mixed_encodings_are_named_by_line() -> None:
    raw = "代码,名称\n01801,信达生物集团\n".encode() + "01276,江苏恒瑞医药股份有限公司\n".encode("gb18030")
    assert _sentence(raw, "mixed.csv") == (
        "mixed.csv: mixed encodings: line 1 is UTF-8 and line 3 is not; save the whole file as UTF-8 and try again."
    )


def test_gb18030_that_holds_a_word_which_is_utf_8_by_chance_is_not_mixed() -> None:
    raw = "代码,名称\n00762,联通\n01801,信达生物是一家创新药公司\n".encode("gb18030")
    assert _one(raw).rows[1].cells == ("00762", "联通")


def test_a_broken_character_is_named_by_line() -> None:
    raw = ("代码,名称\n" + "01801,信达生物国家药监局批准的创新药\n" * 30).encode() + b"01276,\xe6\x81\n"
    assert _sentence(raw, "cut.csv").startswith("cut.csv, line 32: a character is broken (the file was read as utf-8)")


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b'a,b\n01801,"open\n', "line 2: the row that starts here cannot be read"),
        (b" \n\t\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n0000", "an image (PNG) holds no text"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "line 2: the row that starts here cannot be read"),
        (b'{"a": 1}\n{"a": ', "line 2: this is not JSON"),
        (b'{"a": {"b": 1}}', "line 1: the value of 'a' is not flat"),
        (b"[1]", "line 1: this is no JSON object"),
    ],
)
def test_wrong_text_files(raw: bytes, told: str) -> None:
    assert told in _sentence(raw)


def test_json_records_are_a_table() -> None:
    table = _one('{"code": "01801", "zh": "信达"}\n\n{"zh": null, "code": 1276, "new": true}\n'.encode())
    assert [(row.number, row.cells) for row in table] == [
        (0, ("code", "zh", "new")),
        (1, ("01801", "信达")),
        (3, ("1276", "", "TRUE")),
    ]
    assert table.rows[2].numeric == {0}


# ---- pages


def test_cells_that_span_are_laid_out() -> None:
    page = """<!doctype html><table>
    <tr><th rowspan=2>药品</th><th colspan=2>日期</th></tr><tr><th>受理</th><th>批准</th></tr>
    <tr><td><b>甲</b> 乙<br>丙</td><td>2021-07-13</td><td>2021-12-31</td></tr></table>"""
    table = _one(page.encode(), "page.html")
    assert [row.cells for row in table] == [
        ("药品", "日期", "日期"),
        ("药品", "受理", "批准"),
        ("甲 乙\n丙", "2021-07-13", "2021-12-31"),
    ]
    assert table.place(table.rows[2], 0) == "page.html, table 1, row 3, column 1"


def test_dated_links_are_a_list() -> None:
    page = "<html><ul><li><a href='a.html' title='公告（2025年第101号）全文'>公告</a><span>(2025-10-4)</span></li></ul>"
    table = _one(page.encode())
    assert [row.cells for row in table] == [
        ("title", "address", "date"),
        ("公告（2025年第101号）全文", "a.html", "2025-10-04"),
    ]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<html><p>no table", "there is no table in the page"),
        ("<html>" + "<div>" * 500 + "<table><tr><td>1<td>2</table>", "nested more than 400 elements deep"),
        ("<html><table><tr>" + "<td colspan=1000>x" * 11 + "</table>", "row 1: a row has more than 10,000 cells"),
        (
            "<html><table>" + ("<tr>" + "<td colspan=1000 rowspan=1000>x" * 9) + "<tr><td>y" * 300 + "</table>",
            "the tables span more than 2,000,000 cells",
        ),
    ],
)
def test_wrong_pages(page: str, told: str) -> None:
    assert told in _sentence(page.encode(), "page.html")


# ---- files


def test_a_file_keeps_its_bytes_and_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"code,name\n01801,x\n")
    read = read_table_file(str(path))
    assert (read.content, read.name, read.media_type) == (b"code,name\n01801,x\n", "a.csv", "text/csv")
    piped = read_table_file("-", stdin=io.BytesIO(b"code,name\n01801,x\n"))
    assert piped.tables[0].place(piped.tables[0].rows[0]) == "standard input, line 1"


@pytest.mark.parametrize(("name", "told"), [("none.csv", "there is no such file"), (".", "this is a folder")])
def test_files_that_cannot_be_read(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        read_table_file(str(tmp_path / name))


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters_of_columns(index: int, letters: str) -> None:
    assert column_letters(index) == letters


@pytest.mark.corpus
@pytest.mark.skipif(not SHARED.is_dir(), reason="the private corpus is not here")
def test_real_regulator_files() -> None:
    folder = SHARED / "corpus" / "formats" / "tables"
    listed = read_table_file(str(folder / "nmpa_list_ypggtg_20251014.html")).tables[0]
    assert len(listed.rows) == 21
    assert listed.rows[1].cells[0].endswith("（2025年第101号）")
    assert listed.rows[1].cells[2] == "2025-10-14"
    imported = read_table_file(str(folder / "nmpa_datasearch_imported_biologics.jsonl")).tables[0]
    assert imported.rows[1].cells[0] == "S20160004"
    securities = read_table_file(str(SHARED / "data/market/security_master/hkex_ListOfSecurities_asof2026-03.csv"))
    assert len(securities.tables[0].rows) == 17_945
