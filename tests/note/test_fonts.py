"""The project's own font: its name and licence, what it covers, and subsets of it."""

from __future__ import annotations

import io
from importlib.resources import files

import pytest
from fontTools.ttLib import TTFont

from hkconcept.errors import RenderError
from hkconcept.note import fonts
from hkconcept.note.fonts import Weight

WEIGHTS: list[Weight] = ["regular", "bold"]


def _packaged(weight: str) -> TTFont:
    data = files("hkconcept").joinpath("data", "fonts", f"hkconcept-sans-{weight}.otf").read_bytes()
    return TTFont(io.BytesIO(data))


@pytest.mark.parametrize("weight", WEIGHTS)
def test_names_are_our_own_and_the_licence_stays(weight: Weight) -> None:
    names = {record.nameID: str(record) for record in _packaged(weight)["name"].names}
    assert names[1] == fonts.FAMILY
    assert "SIL Open Font License, Version 1.1" in names[13]
    assert "Adobe" in names[0]
    for own in (names[1], names[3], names[4], names[6]):
        assert not {"noto", "source"} & set(own.lower().replace("-", " ").split())


def test_the_licence_lies_beside_the_fonts() -> None:
    text = files("hkconcept").joinpath("data", "fonts", "OFL.txt").read_text(encoding="utf-8")
    assert text.startswith("Copyright 2014-2021 Adobe")
    assert "PERMISSION & CONDITIONS" in text


@pytest.mark.parametrize(("lead", "last"), [(0xB0, 0xF8)])
def test_gb2312_is_covered(lead: int, last: int) -> None:
    pairs = (bytes((a, b)) for a in range(lead, last) for b in range(0xA1, 0xFF))
    hanzi = "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)
    assert len(hanzi) == 6763
    assert fonts.missing(hanzi) == ()


def test_big5_level_one_and_signs_are_covered() -> None:
    pairs = (bytes((a, b)) for a in range(0xA4, 0xC7) for b in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    hanzi = "".join(pair.decode("big5", errors="ignore") for pair in pairs)
    assert len(hanzi) >= 5401
    assert fonts.missing(hanzi + "▲▼＝−–—…“”《》①②→✓×○≠·€£¥") == ()


def test_missing_counts_each_character_once_and_no_blanks() -> None:
    assert fonts.missing("💊 药💊\n\u200b🧬") == ("💊", "🧬")


def test_require_names_the_characters_and_the_place() -> None:
    with pytest.raises(RenderError, match=r"^chart \(en\): the font lacks 💊 \(U\+1F48A\) 🧬 \(U\+1F9EC\); add them"):
        fonts.require("💊🧬", where="chart (en)")


@pytest.mark.parametrize("weight", WEIGHTS)
def test_a_subset_has_the_characters_asked_for_and_no_others(weight: Weight) -> None:
    made = TTFont(io.BytesIO(fonts.subset("药明康德 02359", weight)))
    assert sorted(map(chr, made.getBestCmap())) == sorted(set("药明康德 02359"))
    assert fonts.subset("药") == fonts.subset("药")


@pytest.mark.parametrize("folder", ["gazetteer", "concepts", "registers"])
def test_the_packaged_facts_can_be_drawn(folder: str) -> None:
    held = [path for path in files("hkconcept").joinpath("data", folder).iterdir() if path.is_file()]
    assert held
    lacking = fonts.missing("".join(path.read_text(encoding="utf-8") for path in held))
    assert lacking == (), "build the fonts anew with tools/build_font.py"
