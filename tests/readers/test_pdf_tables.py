from __future__ import annotations

from pathlib import Path

import pytest

from hkconcept.errors import SourceError
from hkconcept.readers.tables import Table, read_table_file, read_tables
from made_files import made_pdf, ruled_table, shown

SHARED = Path(__file__).resolve().parents[3] / "shared"
_LIST = [["编号", "药品名称", "支付标准"], ["1", "注射用维拉苷\n酶β Alfa\nTwo", "169.80元"], ["2", "氟维司群", ""]]


def _table(raw: bytes) -> Table:
    (table,) = read_tables(raw, where="list.pdf")
    return table


def _sentence(raw: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_tables(raw, where="list.pdf")
    return str(caught.value)


def test_the_cells_of_a_ruled_table_hold_their_wrapped_text() -> None:
    table = _table(made_pdf([shown("附件", 40, 815) + ruled_table(_LIST, [60, 120, 90])]))
    assert [row.cells for row in table] == [
        ("附件",),
        ("编号", "药品名称", "支付标准"),
        ("1", "注射用维拉苷酶β Alfa Two", "169.80元"),
        ("2", "氟维司群", ""),
    ]
    assert table.place(table.rows[2], 1) == "list.pdf, page 1, line 3, column 2"


def test_lines_drawn_as_thin_rectangles_are_rulings_too() -> None:
    content = "".join(shown(text, x, y) for text, x, y in [("甲组", 43, 785), ("乙组", 143, 785), ("丙组", 43, 765)])
    content += "".join(f"40 {y} 200 0.7 re f\n" for y in (800, 780, 760))
    content += "".join(f"{x} 760 0.7 40 re f\n" for x in (40, 140, 240))
    assert [row.cells for row in _table(made_pdf([content]))] == [("甲组", "乙组"), ("丙组", "")]


def test_a_cell_that_spans_rows_is_in_each_of_them() -> None:
    content = shown("肿瘤", 43, 770) + shown("甲组", 143, 785) + shown("乙组", 143, 765)
    content += "40 800 m 240 800 l S 140 780 m 240 780 l S 40 760 m 240 760 l S\n"
    content += "".join(f"{x} 760 m {x} 800 l S\n" for x in (40, 140, 240))
    assert [row.cells for row in _table(made_pdf([content]))] == [("肿瘤", "甲组"), ("肿瘤", "乙组")]


def test_without_rulings_wide_gaps_part_the_cells() -> None:
    content = shown("编号", 40, 800) + shown("药品名称", 120, 800) + shown("2", 40, 780) + shown("two words", 120, 780)
    assert [row.cells for row in _table(made_pdf([content]))] == [("编号", "药品名称"), ("2", "two words")]


def test_pages_without_text_are_told() -> None:
    table = _table(made_pdf([shown("甲组", 40, 800), "0 0 100 100 re f", shown("乙组", 40, 800)]))
    assert [(row.page, row.number, row.cells) for row in table] == [(1, 1, ("甲组",)), (3, 1, ("乙组",))]
    assert table.ignored == ("pages without text: 2",)


def test_no_text_layer() -> None:
    assert _sentence(made_pdf(["0 0 100 100 re f"])) == (
        "list.pdf: the PDF has no text layer (its 1 page is an image); "
        "recognise its text (OCR) and give the table as xlsx or CSV."
    )


def test_too_many_pages() -> None:
    assert "the PDF has 5,000 pages, and 1,000 are allowed" in _sentence(made_pdf([""] * 5_000))


def test_encrypted() -> None:
    raw = made_pdf([shown("甲组", 40, 800)])
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>"
    raw = raw.replace(b"/Root 1 0 R >>", b"/Root 1 0 R " + lock + b" /ID [<00> <00>] >>")
    assert "the PDF is encrypted and asks for a password" in _sentence(raw)


def test_a_content_stream_bomb_is_stopped() -> None:
    strokes = shown("附件", 40, 800) + "0 0 m " + "9 9 l 0 9 l " * 210_000 + "S"
    assert "the PDF draws more than 400,000 strokes" in _sentence(made_pdf([strokes]))


def test_damaged() -> None:
    assert "the PDF is damaged" in _sentence(b"%PDF-1.7\nnothing")


@pytest.mark.corpus
@pytest.mark.skipif(not SHARED.is_dir(), reason="the private corpus is not here")
def test_a_real_announcement_gives_its_facts() -> None:
    path = SHARED / "corpus/formats/pdf/02652_changfeng_allotment_results_zh.pdf"
    rows = {tuple(dict.fromkeys(row.cells)) for row in read_table_file(str(path)).tables[0]}
    assert {("股份代號", "2652"), ("最終發售價", "14.75港元")} <= rows
