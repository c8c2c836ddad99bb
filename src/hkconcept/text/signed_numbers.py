"""Every number of a folded text with its sign: plain ones at one look, the rest by the readers of all forms.

Most numbers of a text are digits with a point, separators or 万 and 亿, and nothing beside them can change what they
are: one pattern cuts them out of the text. Wherever anything else may be a number or a part of one, the readers of all
forms look at the stretch around it that no number crosses; the answers are theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from hkconcept.text.arabic_numbers import CODES, FRACTION_SIGNS, Found
from hkconcept.text.chinese_numbers import CONTINUES, LONE, lone_number
from hkconcept.text.english_numbers import TELLING
from hkconcept.text.lazily import lazily
from hkconcept.text.number_readers import numbers_of_all_forms
from hkconcept.text.numerals import CHINESE_CHARACTERS

__all__ = ["END", "NO_END", "NumberColumns", "number_columns", "signed_numbers"]

END = "\0"
"""Ends a text where several are joined."""

NO_END = "\x01"
"""Means as little, and ends no text."""

# What must not stand before a number whose first digit was just read: a letter, a point, a sign; a minus after a letter
# or digit is none. Most numbers are told by the one character before them.
_BEFORE = (
    r"(?:(?<=[^a-z0-9_.负第 -][0-9])|(?<![a-z0-9_.负第][0-9])(?<![-负第 ] [0-9])(?<!(?<![0-9a-z])-[0-9])"
    r"(?<!minus [0-9])(?<!negative [0-9]))"
)
# The rest of a number, and what must not follow: more digits, a letter, unit or character of number, groups of digits
# set apart by spaces, a fraction.
_REST = (
    r"(?>[0-9]{0,8}(?:(?<![0-9]{4})(?:,[0-9]{3}){1,4})?(?:\.[0-9]{1,9}|(?! [0-9]{3}(?![0-9])| {1,2}[0-9]{1,9}/)))"
    rf"(?:(?=[^0-9a-z{CONTINUES} /^,.])|[万亿](?![0-9 {CONTINUES}点打])"
    rf"|(?! {{0,2}}[{CONTINUES}]|[0-9a-z/^]|[,.][0-9]| {{1,2}}[kgm](?![a-z0-9])))"
)
_PLAIN = lazily(rf"([0-9-](?:(?<=[0-9]){_BEFORE}{_REST}|(?<=[ 一-鿿]-)(?=[0.]*[1-9])[0-9]{_REST}))")
_LONGEST = 32  # characters of a plain number at most
_BLANKS = [" " * length for length in range(_LONGEST)]
_FACTORS = {"万": Decimal(10**4), "亿": Decimal(10**8)}

# Digits of a name: HER2, w00020. Here and below, spaces stand for plain numbers too.
_NO_CODE = "".join(f"(?<!{code}[0-9])" for code in CODES)
_NAMED = rf"(?<=[a-z_][0-9]){_NO_CODE}[0-9]*+(?! {{0,2}}[{CONTINUES}]|[,.][0-9 ])"
_SIGNS = "".join(FRACTION_SIGNS)
# Where one of these words stands, it may be a number, or may make another of one beside it.
_INITIALS = "".join(sorted({word[0] for word in TELLING}))
_OTHER = lazily(
    f"[0-9{CHINESE_CHARACTERS}{_SIGNS}{_INITIALS}:w]"
    rf"(?:(?P<word>(?<=[{_INITIALS}])(?<![a-z][a-z])(?![a-z]*www\.)[a-z]+)"
    rf"|(?<=[{CHINESE_CHARACTERS}])(?P<lone>{LONE})|(?P<named>{_NAMED})"
    rf"|(?P<open>(?<![a-z:]))|(?P<address>(?<=:)//|(?<=w)ww\.))"
)
# What may stand inside a number or an address. Anything else ends a stretch, and is looked at as its neighbour.
_INSIDE = "".join(map(chr, range(1, 128))) + "".join(filter(str.isspace, map(chr, range(128, 0x3001))))
_INSIDE += f"{CHINESE_CHARACTERS}{_SIGNS}兆多余几点分之又负打"
_OUTSIDE = lazily(f"[^{re.escape(_INSIDE)}]|\\Z")


class NumberColumns(NamedTuple):
    """Numbers in reading order, none overlapping; one element of each column for each number.

    Spans include the sign and are half-open; ``kinds`` are integer, decimal, fraction and power.
    """

    starts: list[int]
    ends: list[int]
    values: list[Decimal]
    kinds: list[str]


_Columns = tuple[list[int], list[int], list[Decimal], list[str]]


def signed_numbers(text: str, key: str, *, fractions: bool = True) -> list[Found]:
    """Return the numbers of a folded text with their signs, in reading order and without overlap."""
    return list(map(Found, *number_columns(text, key, fractions=fractions)))


def number_columns(text: str, key: str, *, fractions: bool = True, joined: bool = False) -> NumberColumns:
    """Return the numbers of a folded text; where it is ``joined`` of several, :data:`END` follows each of them."""
    if not joined:
        key = key.replace(END, NO_END)
    pieces = _PLAIN.split(key)
    printed = pieces[1::2]
    places = list(accumulate(map(len, pieces)))
    plain = NumberColumns(places[:-1:2], places[1::2], *_read_plain(printed))
    pieces[1::2] = [_BLANKS[len(number)] for number in printed]
    starts, ends, values, kinds = found = NumberColumns([], [], [], [])
    done = 0
    for first, last, others in _others(text, key, "".join(pieces), plain.starts, fractions=fractions):
        upto = bisect_left(plain.starts, first, done)
        starts += plain.starts[done:upto] + others[0]
        ends += plain.ends[done:upto] + others[1]
        values += plain.values[done:upto] + others[2]
        kinds += plain.kinds[done:upto] + others[3]
        done = bisect_left(plain.starts, last, upto)
    starts += plain.starts[done:]
    ends += plain.ends[done:]
    values += plain.values[done:]
    kinds += plain.kinds[done:]
    return found


def _read_plain(printed: list[str]) -> tuple[list[Decimal], list[str]]:
    """Return values and kinds of plain numbers."""
    if "," in "".join(printed):
        printed = [number.replace(",", "") for number in printed]
    values = [Decimal(number) if number.isascii() else _in_myriads(number) for number in printed]
    return values, [
        "decimal" if "." in number and (number.isascii() or value % 1) else "integer"
        for number, value in zip(printed, values, strict=True)
    ]


def _in_myriads(printed: str) -> Decimal:
    return Decimal(printed[:-1]) * _FACTORS[printed[-1]]


def _others(
    text: str, key: str, rest: str, plain: list[int], *, fractions: bool
) -> Iterator[tuple[int, int, _Columns]]:
    """Yield spans in which the given numbers stand in place of the plain ones.

    ``rest`` is the folded text without the plain numbers, which begin at ``plain``.
    """
    read_to = 0
    for match in _OTHER.finditer(rest):
        start = match.start()
        form = match.lastgroup
        if start < read_to or form == "named":
            continue
        if form == "lone":
            value = lone_number(key, start)
            if value is not None:
                read_to = start + 1
                yield start, read_to, ([start], [read_to], [value], ["integer"])
            continue
        if form == "word" and match[0] not in TELLING:
            continue
        first = read_to + len(key[read_to:start].rstrip(_INSIDE))
        if form == "open" and (before := bisect_left(plain, start)):
            # A plain number set apart from what is before it is read alike without that.
            apart = plain[before - 1]
            first = apart if apart > first and key[apart - 1] == " " else first
        ending = _OUTSIDE.search(key, start)
        read_to = ending.start() if ending else len(key)
        yield first, read_to, _read(text, key, first, read_to, fractions=fractions)


def _read(text: str, key: str, first: int, last: int, *, fractions: bool) -> NumberColumns:
    """Return the numbers of a stretch, read with its neighbours on both sides where they are of the same text."""
    left = first - 1 if first and key[first - 1] != END else first
    right = last + 1 if key[last : last + 1] not in ("", END) else last
    found = NumberColumns([], [], [], [])
    for start, end, value, kind in numbers_of_all_forms(text[left:right], key[left:right], fractions=fractions):
        if left + start >= first:
            found.starts.append(left + start)
            found.ends.append(left + end)
            found.values.append(value)
            found.kinds.append(kind)
    return found
