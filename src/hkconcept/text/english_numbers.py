"""Numbers in English words wherever they stand: cardinals, scales after digits, fractions, decimals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from hkconcept.text.arabic_numbers import Found
from hkconcept.text.lazily import lazily
from hkconcept.text.numerals import CARDINALS, WIDER_SCALES, parse_words

__all__ = ["ORDINALS", "TELLING", "english_numbers", "tokens_of"]

_UNITS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")
_TEENS = ("thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth")
_TENS = ("twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth")
ORDINALS = {"first": 1, "second": 2, **{word: value for value, word in enumerate((*_UNITS, *_TEENS), start=3)}}
ORDINALS |= {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_SCALED = {f"{word}th": value for word, value in WIDER_SCALES.items() if len(word) > 5 and not word.startswith("doz")}
_BELOW = {**ORDINALS, **_SCALED}
_BELOW |= {f"{word}s": value for word, value in _BELOW.items()}
_BELOW |= {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}

_TOKEN = lazily(r"[a-z]+|(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?")
_WORDS = lazily("[a-z]+")
# No number is spelled without one of these; digits alone are not read here.
TELLING = frozenset((*CARDINALS, *WIDER_SCALES, *_BELOW, "nought", "naught", "over", "out"))
_APART = lazily(r" {1,3}| ?- ?")
_NOUGHT = {"nought": "zero", "naught": "zero"}
_NO_COUNT_BEFORE = frozenset({"this", "that", "no", "every", "any", "each", "another", "which"})
_LONGEST, _MOST_DIGITS = 24, 28


class Token(NamedTuple):
    """A word or a number in digits; ``joined`` says whether only a space or a hyphen stands before it."""

    start: int
    end: int
    word: str
    joined: bool


class _Read(NamedTuple):
    value: Decimal
    at: int  # the token after the number
    kind: str
    scale: int = 1


def tokens_of(key: str) -> list[Token]:
    """Cut a folded text into words and numbers in digits."""
    found: list[Token] = []
    end = -1
    for match in _TOKEN.finditer(key):
        gap = key[end : match.start()] if end >= 0 else "."
        attached = not gap and match[0] in WIDER_SCALES
        joined = attached or (len(gap) < 4 and _APART.fullmatch(gap) is not None)
        found.append(Token(*match.span(), _NOUGHT.get(match[0], match[0]), joined))
        end = match.end()
    return found


def english_numbers(key: str, *, fractions: bool = True) -> list[Found]:
    """Read every number of a folded text that holds an English number word, without its sign.

    ``fractions`` says whether "two thirds" and "one out of three" are one number each.

    >>> [str(found.value) for found in english_numbers("one hundred and three and two fifths, 3 million and a half")]
    ['103.4', '3500000.0']

    """
    if TELLING.isdisjoint(_WORDS.findall(key)):
        return []
    tokens = tokens_of(key)
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        read = _number(tokens, at, fractions=fractions) if _may_open(tokens, at) else None
        if read is None:
            at += 1
            continue
        found.append(Found(tokens[at].start, tokens[read.at - 1].end, read.value, read.kind))
        at = read.at
    return found


def _is_digits(word: str) -> bool:
    return word[0].isdigit()


def _may_open(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].word
    if word == "one":
        return not (at and tokens[at].joined and tokens[at - 1].word in _NO_COUNT_BEFORE)
    return word in CARDINALS or word in WIDER_SCALES or word in ("a", "half", "quarter") or _is_digits(word)


def _word(tokens: Sequence[Token], at: int) -> str:
    """Return the token at a place when it continues the one before it, else an empty word."""
    return tokens[at].word if at < len(tokens) and tokens[at].joined else ""


def _number(tokens: Sequence[Token], at: int, *, fractions: bool) -> _Read | None:
    fraction = _fraction(tokens, at) if fractions else None
    if fraction is not None:
        return fraction
    whole = _whole(tokens, at, fractions=fractions)
    if whole is None:
        return None
    only_digits = whole.at == at + 1 and _is_digits(tokens[at].word)
    if _word(tokens, whole.at) == "point" and not only_digits:
        return _decimal(tokens, whole)
    if fractions:
        longer = _with_fraction(tokens, whole) or _ratio(tokens, whole)
        if longer is not None:
            return longer
    return None if only_digits else whole


def _whole(tokens: Sequence[Token], at: int, *, fractions: bool) -> _Read | None:
    """Read the longest run of cardinals, scales and digits that makes one number."""
    words: list[str] = []
    here = at + (tokens[at].word == "a" and _word(tokens, at + 1) in WIDER_SCALES)
    read = None
    while here < len(tokens) and len(words) < _LONGEST and (not words or tokens[here].joined or here == at):
        word = tokens[here].word.replace(",", "")
        step = 1
        if word == "and" and words:
            word, step = _word(tokens, here + 1), 2
            after = CARDINALS.get(word) or (int(word) if word.isdigit() and len(word) < 3 else None)
            if after is None or words[-1] not in WIDER_SCALES or (fractions and _fraction(tokens, here + 1)):
                break
            if _is_digits(word) and _word(tokens, here + 2) in WIDER_SCALES:
                break
        if word not in CARDINALS and word not in WIDER_SCALES and not (word and _is_digits(word)):
            break
        if words and _is_digits(word) and words[-1] not in WIDER_SCALES:
            break
        if len(word) > _MOST_DIGITS or (longer := parse_words([*words, word])) is None:
            break
        read = longer
        words.append(word)
        here += step
    if read is None:
        return None
    kind = "integer" if read.value == read.value.to_integral_value() else "decimal"
    scale = WIDER_SCALES.get(words[-1], 1)
    return _Read(read.value, here, kind, scale if scale >= 1000 else 1)


def _fraction(tokens: Sequence[Token], at: int) -> _Read | None:
    """Read "two thirds", "a half", "twenty twenty fifths", "three quarters million"."""
    here = at + (tokens[at].word == "a")
    above: list[str] = []
    start = here
    while here < len(tokens) and len(above) < _LONGEST and (here == at or tokens[here].joined):
        word = tokens[here].word
        if word in _BELOW:
            break
        if word not in CARDINALS and word not in WIDER_SCALES:
            return None
        above.append(word)
        here += 1
    below = _BELOW.get(_word(tokens, here) if here > at else tokens[here].word) if here < len(tokens) else None
    if below is None or (here == at and tokens[at].word not in ("half", "quarter")):
        return None
    cut = len(above)
    if below < 10 and cut and 20 <= CARDINALS.get(above[-1], 0) < 100 and (cut > 1 or start > at):
        cut, below = cut - 1, below + CARDINALS[above[-1]]
    elif below < 100 and cut > 2 and above[-1] in ("hundred", "thousand"):
        unit = CARDINALS.get(above[-2], 0)
        compound = 20 <= CARDINALS.get(above[-3], 0) < 100
        if 0 < unit < 10 and not compound:
            cut, below = cut - 2, below + unit * WIDER_SCALES[above[-1]]
    if below <= 2 and tokens[here].word not in ("half", "halves"):
        return None
    read = parse_words(above[:cut]) if cut else None
    if cut and read is None:
        return None
    value = (read.value if read else Decimal(1)) / Decimal(below)
    return _scaled(tokens, _Read(value, here + 1, "fraction"))


def _scaled(tokens: Sequence[Token], fraction: _Read) -> _Read:
    at = fraction.at + (_word(tokens, fraction.at) == "a" and _word(tokens, fraction.at + 1) in WIDER_SCALES)
    scale = WIDER_SCALES.get(_word(tokens, at), 1)
    return _Read(fraction.value * scale, at + 1, "fraction", scale) if scale > 1 else fraction


def _with_fraction(tokens: Sequence[Token], whole: _Read) -> _Read | None:
    """Read "five and a quarter"; after a scale the fraction is of that scale: "3 million and a half"."""
    if _word(tokens, whole.at) != "and" or not _word(tokens, whole.at + 1):
        return None
    fraction = _fraction(tokens, whole.at + 1)
    if fraction is None:
        return None
    part = fraction.value if fraction.scale > 1 else fraction.value * whole.scale
    return _Read(whole.value + part, fraction.at, "fraction")


def _ratio(tokens: Sequence[Token], whole: _Read) -> _Read | None:
    """Read "1 over three" and "one out of three"."""
    out_of = _word(tokens, whole.at) == "out" and _word(tokens, whole.at + 1) == "of"
    at = whole.at + (2 if out_of else 1)
    if not (out_of or _word(tokens, whole.at) == "over") or not _word(tokens, at):
        return None
    below = _whole(tokens, at, fractions=False)
    if below is None or not below.value or (out_of and whole.value >= below.value):
        return None
    return _Read(whole.value / below.value, below.at, "fraction")


def _decimal(tokens: Sequence[Token], whole: _Read) -> _Read:
    digits, at = "", whole.at + 1
    while len(digits) < _MOST_DIGITS and (value := CARDINALS.get(_word(tokens, at))) is not None:
        tens = value >= 20 and 0 < CARDINALS.get(_word(tokens, at + 1), 0) < 10
        digits += str(value + CARDINALS[tokens[at + 1].word] if tens else value)
        at += 2 if tens else 1
    if not digits:
        return whole
    return _Read(whole.value + Decimal(f"0.{digits}"), at, "decimal")
