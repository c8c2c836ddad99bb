"""The package's own font: coverage, and subsets embedded in a note so that it looks the same everywhere.

Both files are subsets of Noto Sans CJK SC under the SIL Open Font License (``data/fonts/OFL.txt``),
made by ``tools/build_font.py``.
"""

from __future__ import annotations

import base64
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from hkconcept.errors import RenderError

__all__ = ["FAMILY", "Weight", "face_css", "missing", "require", "subset"]

FAMILY = "hkconcept Sans"

Weight = Literal["regular", "bold"]


@cache
def _face(weight: Weight) -> Any:  # noqa: ANN401 - the library has no types
    import uharfbuzz  # noqa: PLC0415 - 60 ms that only a note needs

    data = files("hkconcept").joinpath("data", "fonts", f"hkconcept-sans-{weight}.otf").read_bytes()
    return uharfbuzz.Face(uharfbuzz.Blob(data))


@cache
def _covered(weight: Weight) -> Any:  # noqa: ANN401 - as above
    return _face(weight).unicodes


def missing(text: str, weight: Weight = "regular") -> tuple[str, ...]:
    """Return the visible characters of a text that the font has no glyph for, in order of appearance.

    >>> missing("药明康德 02359.HK ▲"), missing("\U0001f48a")
    ((), ('💊',))

    """
    covered = _covered(weight)
    return tuple(c for c in dict.fromkeys(text) if ord(c) not in covered and unicodedata.category(c)[0] not in "CZ")


def require(text: str, *, where: str, weight: Weight = "regular") -> None:
    """Refuse a text that the font cannot draw, because a chart would silently leave characters out.

    Raises
    ------
    RenderError
        With the characters, where they stand, and what to do.

    """
    lacking = missing(text, weight)
    if lacking:
        shown = " ".join(f"{c} (U+{ord(c):04X})" for c in lacking[:8])
        them = "it" if len(lacking) == 1 else "them"
        todo = f"add {them} with tools/build_font.py --also FILE, or change the text"
        raise RenderError(f"the font lacks {shown}", where=where, todo=todo)


def subset(text: str, weight: Weight = "regular") -> bytes:
    """Return an OpenType font that holds the characters of a text and no others."""
    import uharfbuzz  # noqa: PLC0415 - 60 ms that only a note needs

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update({ord(c) for c in text} | {0x20})
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.invert()  # every feature that the font has
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    made = uharfbuzz.subset(_face(weight), wanted)
    return bytes(made.blob.data)


def face_css(text: str, weight: Weight = "regular") -> str:
    """Return an ``@font-face`` rule with the subset for a text as a ``data:`` address."""
    encoded = base64.b64encode(subset(text, weight)).decode("ascii")
    number = 700 if weight == "bold" else 400
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{number};font-style:normal;font-display:block;'
        f'src:url(data:font/otf;base64,{encoded}) format("opentype")}}'
    )
