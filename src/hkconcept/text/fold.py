"""The matching key: script, width and case folded, character for character.

A key that keeps the length of its text needs no offset map: a span found in the key is a span of the
text. Whatever cannot be folded one for one (``㎎``, ``İ``) stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from hkconcept.text.lazily import lazily

__all__ = ["FULL_WIDTH_SEPARATOR", "fold", "fold_prose", "simplified_only", "simplify", "traditional_only"]

_TABLE = Path(__file__).resolve().parents[1] / "data" / "text" / "traditional_simplified.txt"

# Hyphens and minus signs that stand for the same thing in codes, names and numbers. The em dash and the
# horizontal bar separate clauses and are kept.
_HYPHENS = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
FULL_WIDTH_SEPARATOR = lazily(r"，(?<=[０-９]，)(?=[０-９]{3})")
"""A full-width comma that separates thousands, and clauses nowhere."""

_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


def _script_pairs() -> dict[int, int]:
    pairs: dict[int, int] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            pairs.update((ord(pair[0]), ord(pair[1])) for pair in line.split())
    return pairs


@cache
def simplify() -> dict[int, int]:
    """Return the table from traditional to simplified characters, by code point (OpenCC, Apache-2.0).

    >>> chr(simplify()[ord("藥")])
    '药'

    """
    return _script_pairs()


@cache
def traditional_only() -> frozenset[str]:
    """Return the characters that only traditional text uses, in the sense of the table of :func:`simplify`."""
    return frozenset(map(chr, simplify()))


@cache
def simplified_only() -> frozenset[str]:
    """Return the characters that only simplified text uses: targets of the table that traditional text lacks."""
    # 后, 里, 只, 面, 台 and others are old characters in their own right and prove nothing.
    shared = frozenset(
        "后里只面台几云于干谷余系制划御姜斗松板准克冬出别卜卷厂吁咨回困复姓宁家尸尽布帘并征志念恶愿才托扎折担据据采摆摺旋曲术朱极柜梁欲汇沈沟洒涂淀漓灶炼烟累舍胡致范苏苹荐药蒙蔑虫蜡血表裂谷赞踊迹适郁酸里钟雕须鬼麻黄鼓党无万与丑仆从众优伙价伞"
    )
    return frozenset(map(chr, simplify().values())) - traditional_only() - shared


# Longer texts are documents, shorter ones names.
_NAME = 40


@cache
def _fold_table() -> dict[int, int]:
    table = dict(simplify())
    # Half-width and small forms, compatibility ideographs and the like; superscripts, subscripts and
    # circled digits are left alone, since "m²" and "①" are no numbers.
    for code in (*range(0xFE50, 0xFE6C), *range(0xFF01, 0xFF5F), *range(0xFFE0, 0xFFE7), *range(0xF900, 0xFB00)):
        single = unicodedata.normalize("NFKC", chr(code))
        if len(single) == 1 and single != chr(code):
            table[code] = table.get(ord(single), ord(single))
    table.update(dict.fromkeys(map(ord, _HYPHENS), ord("-")))
    table.update(dict.fromkeys(map(ord, _SPACES), ord(" ")))
    table[0xFFE5] = ord("¥")
    # Capitals outside ASCII whose lower case is one character.
    for code, target in list(table.items()):
        lower = chr(target).lower()
        if len(lower) == 1:
            table[code] = ord(lower)
    return table


@cache
def _prose_table() -> dict[int, int]:
    table = dict(_fold_table())
    del table[ord("，")]
    return table


def fold(text: str) -> str:
    """Return the key of a text for matching: same length, so spans of the key are spans of the text.

    Full-width and small forms become ASCII, traditional characters their simplified form one for one,
    capitals lower case, no-break and ideographic spaces a space, hyphens of every kind ``-``.

    >>> fold("恆瑞醫藥（０１２７６．ＨＫ）－Ｂ")
    '恒瑞医药(01276.hk)-b'

    """
    if text.isascii():
        return text.lower()
    # Every room folds the document it is given: the key of running text serves them all.
    return fold_prose(text).replace("，", ",") if len(text) > _NAME else _lower(text.translate(_fold_table()))


def fold_prose(text: str) -> str:
    """Return the key of running text: as :func:`fold`, but a full-width comma between clauses stays one.

    It becomes a thousands separator only between full-width digits.

    >>> fold_prose("收入１，３００亿，增5％")
    '收入1,300亿，增5%'

    """
    return text.lower() if text.isascii() else _prose_key(text)


@lru_cache(maxsize=2)
def _prose_key(text: str) -> str:
    key = _lower(_one_form(text))
    if "，" in key and FULL_WIDTH_SEPARATOR.search(text):
        at = {match.start() for match in FULL_WIDTH_SEPARATOR.finditer(text)}
        key = "".join("," if place in at else char for place, char in enumerate(key))
    return key


_OTHER_FORM = lazily(lambda: f"[{re.escape(''.join(map(chr, _prose_table())))}]")
_MANY = 24


def _one_form(text: str) -> str:
    """Return a text as :func:`_prose_table` translates it.

    Most texts hold few forms that fold, and replacing these takes a fifth of the time of looking up every character.
    """
    others, table = set(_OTHER_FORM.findall(text)), _prose_table()
    forms = [(other, chr(table[ord(other)])) for other in others]
    # 薴 becomes 苧, and 苧 another character: one after the other would change it twice.
    if len(forms) > _MANY or not others.isdisjoint([form for _, form in forms]):
        return text.translate(table)
    for other, form in forms:
        text = text.replace(other, form)
    return text


def _lower(folded: str) -> str:
    lower = folded.lower()
    if len(lower) == len(folded):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in folded)
