"""Counts in English prose: a bare number is a figure when it counts something, not when it names something."""

from __future__ import annotations

from typing import NamedTuple

from hkconcept.text.lazily import lazily
from hkconcept.text.scan import Number
from hkconcept.text.units import ENGLISH_COUNTED

__all__ = ["Counted", "english_count"]


class Counted(NamedTuple):
    """The noun phrase after a count (at most five words) and what its head counts, when known."""

    phrase: str
    counter: str


_WORDS_AFTER = lazily(r"[ ](?:of the )?([A-Za-z][A-Za-z'’-]*(?:[ -][A-Za-z][A-Za-z'’-]*){0,5})")
_LAST_WORD = lazily(r"([A-Za-z&.'’]+),? ?(?:the )?\Z")
_SENTENCE_START = lazily(r"(?:^|[.!?:;\n]\s*|—\s*)\Z")
_OF_PATIENTS = lazily(r"-(?:patient|subject|participant|person)(?![a-z])")
_CLOCK = lazily(r"(?::\d\d)? ?[ap]\.?m(?![a-z])")
_TRUNCATED = lazily(r" ?(?:\.\.\.|…)")


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_FINITE = _words("are were is was have had will would")
_STOP = _FINITE | _words(
    "a an the of in on at to for from by with and or but as be been being has can could may might that which who "
    "whose this these those it its their they he she we approved across under over per than more less after before "
    "during since until while when where if so not also both into onto through against among between within without "
    "including include includes only about around all any each every last next am pm a.m p.m percent vs versus "
    "respectively"
)
_MONTHS = _words("January February March April May June July August September October November December")
_NO_VERB = _words("in of by at on since until from during before after and or to than fiscal year")
_PRODUCT_KINDS = _words("biological medicinal drug chemical")
_TIME = _words("years months weeks days hours times quarters")
_ADDRESS = _words("ventures street road avenue")


def english_count(text: str, key: str, number: Number) -> Counted | None:
    """Return the noun phrase that a bare English number counts, or ``None`` when it counts nothing.

    Years, numbers after a capitalised label ("Order 27") and single number words without a noun count nothing.
    """
    if not _may_count(key, number):
        return None
    if _OF_PATIENTS.match(key, number.end) and number.form == "digits":
        return Counted("patient", "patient")
    before = text[max(0, number.start - 24) : number.start]
    last = _LAST_WORD.search(before)
    digits = number.form == "digits"
    after_verb = digits and last is not None and last[1].islower() and last[1] not in _NO_VERB
    following = _WORDS_AFTER.match(text, number.end)
    if not following:
        return Counted("", "") if after_verb and _TRUNCATED.match(key, number.end) else None
    words = following[1].replace("’", "'").split(" ")
    label = last is not None and last[1][:1].isupper() and not _SENTENCE_START.search(before[: last.start()])
    if words[0] in _MONTHS or (label and digits and not words[0][:1].isupper()):
        return None
    phrase = _phrase(words)
    if phrase:
        return _noun(phrase, number)
    return Counted("", "") if digits and (after_verb or words[0] in _FINITE) else None


def _may_count(key: str, number: Number) -> bool:
    """Whether the printed form alone allows a count: no year, no decimals, no leading zero, no list marker."""
    start, end = number.start, number.end
    if number.form == "words":
        return number.value >= 2
    year = 1900 <= number.value <= 2099 and number.step == 1 and end - start == 4
    if year or (number.step < 1 and not number.scale) or (key[start] == "0" and end - start > 1):
        return False
    if _CLOCK.match(key, end):
        return False
    if _OF_PATIENTS.match(key, end):
        return True
    bracketed = start > 0 and key[start - 1] == "(" and key[end : end + 1] == ")"
    return not bracketed and key[end : end + 1] not in ("'", "’", "-")


def _phrase(words: list[str]) -> list[str]:
    phrase: list[str] = []
    for word in words[:5]:
        if word.lower() in _STOP:
            break
        phrase.append(word)
    return phrase


def _noun(phrase: list[str], number: Number) -> Counted | None:
    """Find the head of the phrase: a known noun, else the first plural."""
    for at, word in enumerate(phrase):
        if word.lower() in ENGLISH_COUNTED:
            return Counted(" ".join(phrase[: at + 1]), ENGLISH_COUNTED[word.lower()])
    plural = [at for at, word in enumerate(phrase) if len(word) > 3 and word.lower().endswith(("s", "men", "ple"))]
    if not plural:
        whole = number.form == "digits" and number.step == 1 and phrase[0].islower()
        return Counted("", "") if whole else None
    head = plural[0]
    low, printed = phrase[head].lower(), " ".join(phrase[: head + 1])
    if low == "products" and head and phrase[head - 1].lower() in _PRODUCT_KINDS:
        return Counted(printed, "drug")
    name = phrase[head][:1].isupper() and not phrase[0][:1].isupper()
    if low in _ADDRESS or name or (number.form == "words" and low in _TIME):
        return None
    return Counted(printed, "")
