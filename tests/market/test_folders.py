"""Folders of price files in the spellings of their vendors, and what they cannot say."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from hkconcept.errors import SourceError
from hkconcept.market import open_folder

WIND = "\ufeff日期,代码,开盘价(元),收盘价(元),成交量(万股)\n2026-01-06,01801.HK,83,84.5,120.5\n"
CHOICE = "交易时间,证券代码,收盘价,成交量(手)\n2026/1/6,01801.HK,84.50,1205\n"
FUTU = "code,name,time_key,open,close,high,low,volume\nHK.01801,X,2026-01-06 00:00:00,83,84.5,85,82,1205000\n"
YAHOO = "Date,Open,High,Low,Close,Adj Close,Volume\n2026-01-06,83,85,82,84.5,42.25,1205000\n2026-01-07,,,,,,\n"
WIDE = "Date,1801.HK,0013.HK\n2026-01-06,84.5,--\n2026-01-07,,22.46\n"


def folder(path: Path, **files: str) -> Path:
    for name, text in files.items():
        (path / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text", "volume"),
    [
        ("wind_csv", WIND, 1_205_000.0),
        ("choice_csv", CHOICE, None),  # lots: their size differs by security
        ("HK.01801_csv", FUTU, 1_205_000.0),
        ("1801.HK_csv", YAHOO, 1_205_000.0),
    ],
)
def test_each_vendor_gives_the_same_close(tmp_path: Path, name: str, text: str, volume: float | None) -> None:
    source = open_folder(folder(tmp_path, **{name: text}), basis="unadjusted")
    (row,) = source.fetch().rows
    assert (row.code, row.session, row.close, row.volume) == ("01801", dt.date(2026, 1, 6), 84.5, volume)


def test_adjusted_prices_come_from_their_own_column(tmp_path: Path) -> None:
    source = open_folder(folder(tmp_path, **{"1801.HK_csv": YAHOO}), basis="adjusted")
    (row,) = source.fetch().rows
    assert (row.close, row.open) == (42.25, None)  # the day's range is on the other basis


def test_a_column_for_each_code(tmp_path: Path) -> None:
    source = open_folder(folder(tmp_path, closes_csv=WIDE), basis="unadjusted")
    held = [(row.code, row.session.day, row.close) for row in source.fetch().rows]
    assert held == [("01801", 6, 84.5), ("00013", 7, 22.46)]
    assert [row.code for row in source.fetch(["00013"]).rows] == ["00013"]
    assert source.fetch(last=dt.date(2026, 1, 6)).rows[0].code == "01801"


def test_parquet_and_xlsx_give_the_same(tmp_path: Path) -> None:
    pl.DataFrame({"date": [dt.date(2026, 1, 6)], "close": [84.5], "volume": [1205000]}).write_parquet(
        tmp_path / "hk01801.parquet"
    )
    book = xlsxwriter.Workbook(str(tmp_path / "00013.HK.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["日期", "收盘价"])
    sheet.write_row(1, 0, ["2026-01-07", 22.46])
    book.close()
    rows = open_folder(tmp_path, basis="unadjusted").fetch().rows
    assert [(row.code, row.close, row.volume) for row in rows] == [("00013", 22.46, None), ("01801", 84.5, 1_205_000.0)]


def test_a_label_says_what_the_files_are(tmp_path: Path) -> None:
    label = "provider: my desk\nbasis: adjusted\ncurrency: HKD\nretrieved: 2026-01-31\n"
    source = open_folder(folder(tmp_path, source_yml=label, **{"1801.HK_csv": YAHOO}))
    segment = source.segment
    assert (segment.provider, segment.basis, segment.retrieved) == ("my desk", "adjusted", dt.date(2026, 1, 31))


def test_rows_of_days_without_trading_are_left_out_and_counted(tmp_path: Path) -> None:
    text = "date,close,volume\n2026-01-09,5,10\n2026-01-10,5,0\n2026-01-12,6,9\n"
    fetched = open_folder(folder(tmp_path, **{"1801.HK_csv": text}), basis="unadjusted").fetch()
    assert [row.session.day for row in fetched.rows] == [9, 12]
    assert fetched.remarks == ("1801.HK.csv: 1 rows without volume on days without trading left out (2026-01-10)",)


def bad(tmp_path: Path, name: str, text: str) -> str:
    with pytest.raises(SourceError) as caught:
        open_folder(folder(tmp_path, **{name: text}), basis="unadjusted").fetch()
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "1801.HK_csv",
            "when,close\n2026-01-06,1\n",
            "1801.HK.csv, line 1: no column of dates; call one date or 日期.",
        ),
        (
            "prices_csv",
            "date,close\n2026-01-06,1\n",
            "prices.csv: neither the name of the file nor a column gives the code; name it 01801.HK.csv.",
        ),
        (
            "1801.HK_csv",
            "date,close\n2026-13-06,1\n",
            "1801.HK.csv, line 2, column 1: '2026-13-06' is not a day; write it like 2026-01-07.",
        ),
        (
            "1801.HK_csv",
            "date,close\n2026-01-06,-1\n",
            "1801.HK.csv, line 2, column 2: '-1' is not a price or a volume; correct the cell.",
        ),
        (
            "prices_csv",
            "date,code,close\n2026-01-06,AAPL,1\n",
            "prices.csv, line 2, column 2: 'AAPL' is not a Hong Kong stock code; write it like 01801.HK.",
        ),
    ],
)
def test_a_bad_cell_is_named(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    assert bad(tmp_path, name, text) == sentence


def test_a_code_stored_as_a_number_is_refused(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "prices.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["date", "code", "close"])
    sheet.write_row(1, 0, ["2026-01-07", 13, 22.46])
    book.close()
    with pytest.raises(SourceError, match="the code 13 is stored as a number, which loses its zeros"):
        open_folder(tmp_path, basis="unadjusted").fetch()


def test_the_basis_is_never_guessed(tmp_path: Path) -> None:
    folder(tmp_path, **{"1801.HK_csv": YAHOO})
    with pytest.raises(SourceError, match="nothing says the basis of the prices; write 'basis: unadjusted' or"):
        open_folder(tmp_path)
    with pytest.raises(SourceError, match="basis 'raw' is neither adjusted nor unadjusted"):
        open_folder(tmp_path, basis="raw")
    folder(tmp_path, source_yml="basis: adjusted\nbases: x\n")
    with pytest.raises(
        SourceError, match=r"source.yml line 2: unknown key 'bases'; did you mean basis\? allowed are p"
    ):
        open_folder(tmp_path)


def test_a_folder_must_hold_price_files(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no price files"):
        open_folder(tmp_path, basis="unadjusted")
    with pytest.raises(SourceError, match="this is not a folder"):
        open_folder(tmp_path / "none", basis="unadjusted")
    (tmp_path / "1801.HK.parquet").write_bytes(b"PAR1")
    with pytest.raises(SourceError, match="this is not a Parquet file; export it again"):
        open_folder(tmp_path, basis="unadjusted").fetch()
