"""Numbers in Chinese characters wherever they stand: spaced, mixed with digits, decimal, as fractions."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from hkconcept.text.arabic_numbers import DIGITS, Found
from hkconcept.text.lazily import lazily
from hkconcept.text.numerals import CHINESE_CHARACTERS, parse_chinese, parse_digits, parse_mixed

__all__ = ["CONTINUES", "LONE", "chinese_numbers", "lone_number"]

_DIGIT = "零〇一二三四五六七八九"
_ATOM = lazily(rf"{DIGITS}|[{CHINESE_CHARACTERS}兆]|[多余几](?= {{0,2}}[万亿兆])")
_START = lazily(rf"[0-9{CHINESE_CHARACTERS}]")
# Most digits stand alone, and are no matter of this reader, or before one myriad that nothing continues.
_PLAIN = lazily(
    rf"(?P<digits>(?>{DIGITS}))(?:(?! {{0,2}}[{CHINESE_CHARACTERS}兆多余几分又])"
    rf"|(?P<myriad>[万亿])(?![0-9 {CHINESE_CHARACTERS}兆多余几点分又打]))"
)
_GAP = lazily(" {1,2}(?=[0-9\u4e00-\u9fff])")
_POINT = lazily(rf" ?点 ?(?P<decimals>[{_DIGIT}](?: ?[{_DIGIT}]){{0,27}})")
_OF = lazily(r" {0,2}分 {0,2}之 {0,2}(?P<sign>负 ?)?")
_AND = lazily(r" {0,2}又 {0,2}")
_IDIOM = lazily("千万(?=[不别要记注勿小])|万一(?![一二三四五六七八九十百千])")
_DOZENS = lazily("打(?![击开造破包算印断扮扫动听倒架仗下出在字折对压赢败])")
_MORE, _MYRIADS, _PLACES = "多余几", "万亿兆", "十百千拾佰仟廿卅"
_RANK = {"十": 1, "百": 2, "千": 3, "拾": 1, "佰": 2, "仟": 3, "廿": 1, "卅": 1}
_HIGHEST = 4
_TRIES = 4
_SCALES = frozenset("百千万亿兆佰仟")
_LONGEST = 40

# A character that is as often part of a word as a number, with what stands beside it in such words.
_WORD_AFTER = {
    "一": "切看样直起般定些旦下致同向概律味再边面共手时方生心路带流国级线把会经块点半律度举番连股",
    "四": "川处周肢季面方", "五": "角官脏粮行", "十": "足分字堰", "九": "寨龙江州泉", "三": "亚国星明门峡沙角",
    "六": "合安神", "八": "卦路", "七": "夕", "两": "岸侧边面旁性极国", "二": "手维甲",
    "伍": "", "陆": "", "拾": "", "肆": "", "零": "售件部星食头", "俩": "", "幺": "",
}  # fmt: skip
_WORD_BEFORE = {
    "一": "统唯之单第专万逐进", "十": "", "三": "第再", "四": "第", "五": "第", "二": "第", "零": "凋飘归", "九": "第",
}  # fmt: skip
CONTINUES = f"{CHINESE_CHARACTERS}兆多余几分又"
"""What makes a longer number of one before it, with no more than spaces between."""

LONE = rf"(?<![0-9 之负{CONTINUES}点-][{CHINESE_CHARACTERS}])(?![0-9 {CONTINUES}点打])"
"""What stands around a single character that can be no part of a longer number, written after that character."""

_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟俩仨幺"


_LONE_VALUES = {
    char: read.value for char in CHINESE_CHARACTERS if char not in _SCALES and (read := parse_chinese(char)) is not None
}


class _Part(NamedTuple):
    start: int
    end: int
    value: Decimal
    parts: int
    opens: str


def chinese_numbers(key: str) -> list[Found]:
    """Read every number of a folded text that holds a Chinese character of number, without its sign.

    Two neighbouring digits (二三十) name no single number and are left out, as is a character that
    stands for a word (一切, 四川). 百分之 without a number before it belongs to a percentage.

    >>> [str(found.value) for found in chinese_numbers("三百 五又三分之一")]
    ['350.3333333333333333333333333']

    """
    found: list[Found] = []
    at = 0
    while start := _START.search(key, at):
        at = start.start()
        if key[at] <= "9" and (plain := _PLAIN.match(key, at)):
            digits, myriad = plain.groups()
            value = _in_myriads(digits, myriad) if myriad else None
            if value or not myriad:
                at = plain.end()
                found += [Found(plain.start(), at, *value)] if value else []
                continue
        part = _part(key, at)
        if part is None or not part.parts:
            at = part.end if part else _skip(key, at)
            continue
        whole = _mixed(key, part)
        found += [whole] if whole else []
        at = whole.end if whole else part.end
    return found


def lone_number(key: str, at: int) -> Decimal | None:
    """Return the number that a single character is; ``None`` for a scale, an ordinal and a part of a word."""
    return None if key[at - 1 : at] == "第" or _is_word(key, at, at + 1) else _LONE_VALUES.get(key[at])


@lru_cache(maxsize=1024)
def _in_myriads(digits: str, myriad: str) -> tuple[Decimal, str] | None:
    """Return the value and kind of digits before 万 or 亿; ``None`` for what is too long."""
    read = parse_digits(digits)
    if read is None:
        return None
    value = read.value * (10**4 if myriad == "万" else 10**8)
    return value, "integer" if value == value.to_integral_value() else "decimal"


def _skip(key: str, start: int) -> int:
    atom = _ATOM.match(key, start)
    return atom.end() if atom else start + 1


def _mixed(key: str, part: _Part) -> Found | None:  # noqa: PLR0911 - one return per kind of number
    """Read what may follow a number: 又 with a fraction, 分之 with a numerator."""
    joint = _AND.match(key, part.end)
    if joint and (below := _part(key, joint.end())) is not None:
        fraction = _fraction(key, below)
        if fraction:
            return fraction._replace(start=part.start, value=part.value + fraction.value)
    fraction = _fraction(key, part)
    if fraction:
        return fraction
    after_head = key[max(0, part.start - 4) : part.start].rstrip(" ").endswith("分之")
    if part.opens in _SCALES and ((part.parts == 1 and not after_head) or _OF.match(key, part.end)):
        return None  # 百万分之五: the head of a percentage
    if key[part.start].isdigit() and key[part.start : part.end].isascii():
        return None  # left to the numbers in Arabic digits
    dozens = _DOZENS.match(key, part.end)
    if dozens:
        return Found(part.start, dozens.end(), part.value * 12, "integer")
    if not after_head and (_IDIOM.match(key, part.start) or (part.parts == 1 and _is_word(key, part.start, part.end))):
        return None
    kind = "integer" if part.value == part.value.to_integral_value() else "decimal"
    return Found(part.start, part.end, part.value, kind)


def _fraction(key: str, below: _Part) -> Found | None:
    of = _OF.match(key, below.end)
    if not of or not below.value or below.opens in _SCALES:
        return None
    above = _part(key, of.end())
    if above is None or not above.parts:
        return None
    # A minus before the numerator meets the one before the whole.
    value = above.value / below.value
    return Found(below.start, above.end, -value if of["sign"] else value, "fraction")


def _part(key: str, start: int) -> _Part | None:
    """Read the longest well-formed numeral that starts here, with its decimals; two neighbours have no ``parts``."""
    atoms: list[tuple[str, int]] = []
    at = start
    while len(atoms) < _LONGEST and (atom := _ATOM.match(key, at)):
        printed = atom[0]
        if atoms and not _joins(atoms, printed, spaced=at > atoms[-1][1]):
            break
        atoms.append((printed, atom.end()))
        gap = _GAP.match(key, atom.end())
        at = gap.end() if gap else atom.end()
    read, parts = None, list[str]()
    for _ in range(min(_TRIES, len(atoms))):
        parts = [printed for printed, _ in atoms if printed not in _MORE]
        read = parse_mixed(parts) if parts else None
        if read is not None:
            break
        atoms.pop()
    if read is None:
        # A run of this length spells nothing, and is passed over as a whole.
        return _Part(start, at, Decimal(0), 0, "") if len(atoms) + _TRIES >= _LONGEST else None
    if read.upper is not None:
        return _Part(start, atoms[-1][1], read.value, 0, "")
    value, end = read.value, atoms[-1][1]
    point = _POINT.match(key, end)
    if point and not (len(parts) == 1 and parts[0].isascii()):
        decimals = parse_chinese("零点" + point["decimals"].replace(" ", ""))
        if decimals is not None:
            value, end = value + decimals.value, point.end()
    return _Part(start, end, value, len(parts) + (end > atoms[-1][1]), parts[0])


def _joins(atoms: list[tuple[str, int]], printed: str, *, spaced: bool) -> bool:
    """Whether an atom continues a numeral: places descend, Arabic numbers stand apart, digits come in one run."""
    last = atoms[-1][0]
    if printed in _PLACES:
        return _RANK[printed] < _rank_before(atoms)
    if printed in _MYRIADS or printed in _MORE:
        return True
    if last in _MYRIADS or last in _PLACES or last in _MORE or last in "零〇":
        return True
    if printed.isascii() or last.isascii() or spaced:
        return False
    # 两三百 is a pair; a longer run of digits spells a number one by one, and 两 spells nothing.
    return len(atoms) == 1 or (printed not in "两俩仨" and last not in "两俩仨") or atoms[-2][0] in _MYRIADS + _PLACES


def _rank_before(atoms: list[tuple[str, int]]) -> int:
    """Return the place that stands last in the section before a new one; a myriad begins a section."""
    for printed, _ in reversed(atoms):
        if printed in _MYRIADS:
            break
        if printed in _PLACES:
            return _RANK[printed]
    return _HIGHEST


def _is_word(key: str, start: int, end: int) -> bool:
    char = key[start]
    before = key[start - 1] if start else " "
    after = key[end : end + 1]
    if char in _FORMAL:
        # 队伍, 登陆, 收拾: the formal digits are numbers on their own only where the text sets them apart.
        return "\u4e00" <= after <= "\u9fff" or before in "队退入放收大登着"
    if char in "一两" and char in (before, after):
        return True
    return (after != "" and after in _WORD_AFTER.get(char, "")) or before in _WORD_BEFORE.get(char, "")
