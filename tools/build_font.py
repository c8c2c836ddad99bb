"""Build the project's own fonts, subsets of Noto Sans CJK SC under the SIL Open Font License.

Charts and notes must look the same on a machine that has no Chinese fonts, so the package carries two files:

``hkconcept-sans-regular.otf``
    Every character of GB 2312, the first level of Big5, Latin with its extensions, Greek, punctuation,
    arrows and numerals in circles, and every character that the packaged facts use.
``hkconcept-sans-bold.otf``
    The first level of GB 2312, the same Latin part, and what the package's wording, its registers and
    listed names use: enough for headings and labels.

The subset is a modified version in the sense of the licence. The family is therefore called "hkconcept
Sans", and names, trademark and vendor fields of the original are removed; the copyright notice and the
licence stay, in the files and in ``OFL.txt`` beside them.

Run on Debian with ``apt-get install fonts-noto-cjk``::

    python tools/build_font.py [--also FILE_OR_FOLDER ...]

``--also`` adds the characters of further texts. The result depends only on the input font and the characters.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "hkconcept" / "data"
FONTS = DATA / "fonts"
NOTO = Path("/usr/share/fonts/opentype/noto")
FAMILY = "hkconcept Sans"
SOURCE_FAMILY = "Noto Sans CJK SC"
COPYRIGHT = (
    "Copyright 2014-2021 Adobe (http://www.adobe.com/). Subset and renamed for hkconcept from Noto Sans CJK SC 2.004."
)
LICENCE = (
    "This Font Software is licensed under the SIL Open Font License, Version 1.1. "
    "This license is available with a FAQ at: https://openfontlicense.org"
)
TEXT_SUFFIXES = {".csv", ".yml", ".yaml", ".py", ".j2", ".md", ".txt", ".json", ".jsonl"}
_FEATURES = ["kern", "halt", "chws", "pwid"]
_BLOCKS = (
    (0x20, 0x7E),
    (0xA0, 0x17F),  # Latin-1 and Latin Extended-A
    (0x391, 0x3C9),  # Greek
    (0x2010, 0x2044),  # dashes, quotation marks, ellipsis, fractions
    (0x2070, 0x209C),
    (0x20A0, 0x20BF),
    (0x2100, 0x2122),
    (0x2150, 0x218B),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x2460, 0x2473),  # numerals in circles
    (0x2500, 0x25FF),
    (0x2600, 0x2606),
    (0x2713, 0x2717),
    (0x3000, 0x3017),
    (0xFE30, 0xFE6B),
    (0xFF01, 0xFFE6),
)


def _blocks() -> set[int]:
    return {
        code for first, last in _BLOCKS for code in range(first, last + 1) if unicodedata.category(chr(code)) != "Cn"
    }


def _decoded(codec: str, leads: Iterable[int], trails: Iterable[int]) -> Iterator[int]:
    trails = list(trails)
    for lead in leads:
        for trail in trails:
            try:
                character = bytes((lead, trail)).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(character) == 1:
                yield ord(character)


def _used(paths: Iterable[Path]) -> set[int]:
    found: set[int] = set()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and file.suffix in TEXT_SUFFIXES:
                found.update(map(ord, file.read_text(encoding="utf-8", errors="ignore")))
    return {code for code in found if unicodedata.category(chr(code))[0] not in "CZ" and not 0xE000 <= code <= 0xF8FF}


def characters(also: Iterable[Path]) -> tuple[set[int], set[int]]:
    """Return the code points wanted in the regular and in the bold file."""
    trail = range(0xA1, 0xFF)
    level_one = set(_decoded("gb2312", range(0xB0, 0xD8), trail))
    gb2312 = set(_decoded("gb2312", range(0xA1, 0xF8), trail))
    big5 = set(_decoded("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))))
    own = _used([ROOT / "src" / "hkconcept"])
    blocks = _blocks()
    headings = _used([ROOT / "src" / "hkconcept" / "note", DATA / "registers", DATA / "concepts"])
    names = _used([DATA / "gazetteer"]) & gb2312
    return blocks | gb2312 | big5 | own | _used(also), blocks | level_one | headings | names


def build(collection: Path, wanted: set[int], style: str, out: Path) -> tuple[int, int]:
    """Write one subset; return its number of characters and its size in bytes."""
    font = next(
        f for f in TTCollection(collection, lazy=True).fonts if f["name"].getDebugName(1).startswith(SOURCE_FAMILY)
    )
    options = subset.Options()
    options.layout_features = _FEATURES
    options.hinting = False
    options.desubroutinize = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 13, 14]
    options.name_languages = [0x409]
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    maker = subset.Subsetter(options)
    maker.populate(unicodes=wanted)
    maker.subset(font)
    _rename(font, style)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(out)
    return len(font.getBestCmap()), out.stat().st_size


def _rename(font: TTFont, style: str) -> None:
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = {
        0: COPYRIGHT,
        1: FAMILY,
        2: style,
        3: f"1.0;{postscript}",
        4: f"{FAMILY} {style}",
        5: "Version 1.0",
        6: postscript,
        13: LICENCE,
        14: "https://openfontlicense.org",
    }
    table = font["name"]
    table.names = []
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].achVendID = "NONE"
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = f"{FAMILY} {style}", FAMILY
    top.Notice = COPYRIGHT
    for field in ("Copyright", "Weight", "version"):
        top.rawDict.pop(field, None)
    for inner in getattr(top, "FDArray", []):
        inner.FontName = postscript + "-" + inner.FontName.rsplit("-", 1)[-1]


def main() -> None:
    """Build both files and print what they hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--also", type=Path, nargs="*", default=[], help="further texts whose characters are needed")
    regular, bold = characters(parser.parse_args().also)
    FONTS.mkdir(parents=True, exist_ok=True)
    for weight, wanted in (("Regular", regular), ("Bold", bold)):
        out = FONTS / f"hkconcept-sans-{weight.lower()}.otf"
        count, size = build(NOTO / f"NotoSansCJK-{weight}.ttc", wanted, weight, out)
        print(f"{out.relative_to(ROOT)}: {count} characters, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
