"""The packaged tables hold together, and load fast."""

import csv
import datetime as dt
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from hkconcept.errors import SourceError
from hkconcept.linking import Gazetteer, tables
from hkconcept.linking.tables import FOLDER, TABLES, read_table
from hkconcept.model import Language, NameKind, StockCode

GAZETTEER = Gazetteer.packaged()


def test_every_row_has_a_known_source() -> None:
    known = {row[0] for row in read_table("sources")}
    missing = []
    for name, columns in TABLES.items():
        for index, column in enumerate(columns):
            if name != "sources" and (column == "source" or column.endswith("_source")):
                used = {key for row in read_table(name) for key in row[index].split("+") if key}
                missing += [(name, key) for key in used - known]
    assert missing == []


def test_every_code_is_a_stock_code_that_is_held() -> None:
    for name in ("names", "aliases", "counters", "lines"):
        unknown = [row[0] for row in read_table(name) if StockCode(row[0]) not in GAZETTEER.codes]
        assert (name, unknown) == (name, [])
    for form, codes, use, _ in read_table("shared_names"):
        assert use in {"shared", "parent", "head"}, form
        assert set(codes.split()) <= set(GAZETTEER.codes), form


def test_uses_and_dates_are_well_formed() -> None:
    for name in ("names", "aliases"):
        for row in read_table(name):
            assert row[6] in {"", "free", "caps", "near"}, row
            assert row[2] in get_args(Language), row
            assert row[3] in get_args(NameKind), row
            assert all(not day or dt.date.fromisoformat(day) for day in row[4:6]), row


def test_no_form_is_listed_twice_with_the_same_meaning() -> None:
    for name in ("aliases", "other_companies", "phrases", "ordinary_words", "shared_names"):
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            rows = [tuple(row) for row in csv.reader(handle)]
        assert len(rows) == len(set(rows)), name


def test_every_listing_can_be_made() -> None:
    listings = GAZETTEER.listings
    assert len(listings) > 2700
    made = [listings[code] for code in listings]
    assert all(listing.names for listing in made)
    assert len({listing.code for listing in made}) == len(made)


def test_rmb_counters_are_not_companies() -> None:
    assert GAZETTEER.listing("80700") is None
    assert GAZETTEER.counters["80700"] == "00700"


@pytest.mark.parametrize(
    ("code", "language", "on", "name"),
    [
        ("01276", "en", dt.date(2026, 1, 8), "HENGRUI PHARMA"),
        ("06990", "en", dt.date(2026, 1, 8), "SKB BIO-B"),
        ("00013", "zh-Hant", dt.date(2026, 1, 8), "和黃醫藥"),
        ("01177", "zh-Hans", dt.date(2026, 1, 8), "中国生物制药"),
        ("02157", "zh-Hans", dt.date(2026, 5, 10), "乐普生物-B"),
        ("02157", "zh-Hans", dt.date(2026, 5, 11), "乐普生物"),
        ("02396", "zh-Hans", dt.date(2026, 3, 2), "华芢生物-B"),
        ("02396", "zh-Hans", dt.date(2026, 7, 24), "青城新药-B"),
    ],
)
def test_names_as_of_a_day(code: str, language: Language, on: dt.date, name: str) -> None:
    listing = GAZETTEER.listing(code)
    assert listing is not None
    assert listing.name(language, on) == name


def test_listing_dates_are_kept() -> None:
    hengrui = GAZETTEER.listing("01276")
    assert hengrui is not None
    assert hengrui.listed_from == dt.date(2025, 5, 23)
    gone = GAZETTEER.listing("06606")
    assert gone is not None
    assert not gone.listed_on(dt.date(2026, 1, 8))


def test_no_machine_address_is_packaged() -> None:
    pattern = re.compile(r"github|gitlab|huggingface|/work/|raw\.githubusercontent", re.IGNORECASE)
    assert [path.name for path in FOLDER.glob("*.csv") if pattern.search(path.read_text(encoding="utf-8"))] == []


def test_a_broken_table_says_what_and_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "phrases.csv").write_text("form,why,source\na,b\n", encoding="utf-8")
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    with pytest.raises(SourceError, match=r"phrases\.csv line 2: the row has 2 fields, expected 3; mend it\."):
        list(read_table("phrases"))
    with pytest.raises(SourceError, match=r"sources\.csv: the table cannot be read"):
        list(read_table("sources"))
    (tmp_path / "lines.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(SourceError, match="the header is"):
        list(read_table("lines"))


def test_importing_does_not_load_the_matcher() -> None:
    code = "import sys, hkconcept.linking; print('daachorse' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
