"""Bytes to text: what the bytes say first, what they are declared to be second, and never mojibake.

Real pages declare ``gb2312`` over UTF-8 bytes, and ``utf-8`` over GB18030 bytes. A declaration is therefore a
hypothesis among others: a byte-order mark decides, then strict UTF-8 (which other encodings do not produce by
accident), then the reading with the fewest broken bytes and the most plausible characters. When no reading is
plausible, or two are equally so, the encoding is uncertain and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hkconcept.errors import SourceError
from hkconcept.readers.characters import plausibility

__all__ = ["Decoded", "declared_charsets", "decode"]

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_HEAD = 4096
_CHARSET = re.compile(rb"""(?:charset|encoding)\s{0,4}=\s{0,4}["']?\s{0,4}([A-Za-z0-9_:.-]{2,24})""", re.IGNORECASE)
# Labels in use, each to the widest encoding of its family: pages say gb2312 and big5 and use their extensions.
_FAMILY = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cp950": "big5hkscs",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "us-ascii": "cp1252",
}
_ALWAYS = ("gb18030", "big5hkscs", "cp1252")
# Measured on news, announcements and blogs: real text gives 0.6 and more, a misreading below 0.3.
_PLAUSIBLE = 0.42
_MARGIN = 0.08
_DECLARED_BONUS = 0.05
# One lost character in 200 is a scar of an earlier conversion; more is a wrong encoding.
_BROKEN_SHARE = 0.005


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding that gave it. ``broken`` counts the characters that no byte sequence gave (U+FFFD)."""

    text: str
    encoding: str
    broken: int = 0


def declared_charsets(raw: bytes) -> tuple[str, ...]:
    """Return the charsets that a page's ``meta`` tags or XML declaration name, lower case, in order.

    >>> declared_charsets(b'<?xml version="1.0" encoding="GB2312"?><meta charset=utf-8>')
    ('gb2312', 'utf-8')

    """
    found = (match.group(1).decode("ascii").lower() for match in _CHARSET.finditer(raw[:_HEAD]))
    return tuple(dict.fromkeys(found))


def decode(raw: bytes, *, declared: Sequence[str] = (), where: str = "") -> Decoded:
    """Decode the bytes of a document.

    Parameters
    ----------
    raw
        The bytes, without any transfer or content coding.
    declared
        Charset labels from outside the bytes (an HTTP header); those inside are found here.
    where
        What to name in an error.

    Raises
    ------
    SourceError
        When no reading is plausible, or two are about equally so.

    >>> decode("国家药监局批准了新药。".encode("gb18030"), declared=("utf-8",)).encoding
    'gb18030'

    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _marked(raw[len(mark) :], encoding, where)
    if not _looks_wide(raw):
        try:
            return Decoded(raw.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    labels = [label.strip().lower() for label in (*declared, *declared_charsets(raw))]
    families = [_FAMILY[label] for label in labels if label in _FAMILY]
    return _most_plausible(raw, dict.fromkeys(families), where)


def _marked(raw: bytes, encoding: str, where: str) -> Decoded:
    text = raw.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken > 1 + _BROKEN_SHARE * len(text):
        raise _uncertain(where, f"it starts with the mark of {encoding}, but {broken} characters are broken")
    return Decoded(text, encoding, broken)


def _looks_wide(raw: bytes) -> bool:
    """Whether NUL bytes sit at every other place, as in UTF-16 text with ASCII in it."""
    head = raw[:_HEAD]
    nulls = (head[0::2].count(0), head[1::2].count(0))
    return max(nulls) > len(head) / 40 and min(nulls) * 8 <= max(nulls)


def _candidates(raw: bytes, families: Sequence[str]) -> list[str]:
    order = ["utf-8", *families, *_ALWAYS]
    if _looks_wide(raw):
        order = ["utf-16-le", "utf-16-be"]
    elif len(raw) % 2 == 0 and b"\x00" in raw:
        order += ["utf-16-le", "utf-16-be"]
    return list(dict.fromkeys(order))


def _most_plausible(raw: bytes, families: dict[str, None], where: str) -> Decoded:
    scored: list[tuple[float, Decoded]] = []
    for encoding in _candidates(raw, tuple(families)):
        text = raw.decode(encoding, "replace")
        broken = text.count("\ufffd")
        beyond = sum(1 for char in text if char >= "\x80") or 1
        if broken > max(1, _BROKEN_SHARE * beyond) or (encoding.startswith("utf-16") and "\x00" in text):
            continue
        score = plausibility(text) - 20 * broken / beyond
        if encoding in families:
            score += _DECLARED_BONUS
        if encoding == "utf-8":
            # Nearly whole UTF-8 with a scar is UTF-8: no other encoding produces its lead and trail bytes.
            score += 0.3
        scored.append((score, Decoded(text, encoding, broken)))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or scored[0][0] < _PLAUSIBLE:
        raise _uncertain(where, "no encoding read here gives plausible text")
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _MARGIN and scored[0][1].text != scored[1][1].text:
        names = f"{scored[0][1].encoding} and {scored[1][1].encoding}"
        raise _uncertain(where, f"{names} give equally plausible text")
    return scored[0][1]


def _uncertain(where: str, why: str) -> SourceError:
    return SourceError(f"encoding uncertain: {why}", where=where, todo="save it as UTF-8 and try again")
