"""The phrasebook: how relations between figures are said, read from a packaged file of patterns."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from hkconcept.claims.wording import Wording
from hkconcept.errors import SourceError

__all__ = ["ASIDE", "direction_words", "phrases", "word_list"]

_FILE: Final = Path(__file__).parents[2] / "data" / "claims" / "phrases.txt"
ASIDE: Final = r"(?:~6\((?:~16{_})?~16\))?"
"""(US$50m), (2024: ...) after a value."""
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_LATIN: Final = re.compile(r"[a-z]{2}")
_ESCAPED: Final = re.compile(r"\\[bdswBDSW]|\{[a-z_]\}|\(\?")
_BAR: Final = re.compile(r"\|(?![^()]*\))")
_SECTION: Final = re.compile(r"\[([a-z-]+)\]")
_WORDS: Final = re.compile(r"<([a-z-]+)>")


def phrases(relation: str, skeleton: str) -> list[Wording]:
    """Return the phrases of a relation that a skeleton may hold, in the order of the file: one of their cues is there.

    >>> len(phrases("stake", "a stake of 5% for 7, valuing it at 9")), phrases("stake", "no such thing")
    (2, [])

    """
    by_cue = _by_cue(relation)
    wordings = _read()[1][relation]
    asked = {number for cue in _present(skeleton) if cue in by_cue for number in by_cue[cue]}
    return [wordings[number] for number in sorted(asked)]


@functools.cache
def _by_cue(relation: str) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, wording in enumerate(_read()[1][relation]):
        for cue in wording.cues:
            found.setdefault(cue, []).append(number)
    return {cue: tuple(numbers) for cue, numbers in found.items()}


@functools.cache
def _cues() -> tuple[str, ...]:
    return tuple(sorted({cue for wordings in _read()[1].values() for wording in wordings for cue in wording.cues}))


@functools.lru_cache(maxsize=2)
def _present(skeleton: str) -> tuple[str, ...]:
    """Return the cues that a skeleton holds: every relation asks for them, of the same passage."""
    return tuple([cue for cue in _cues() if cue in skeleton])


def direction_words() -> tuple[str, str]:
    """Return two patterns: words of a rise and of a fall, English ones whole, Chinese ones anywhere."""
    words = _read()[0]
    return _bounded(words["up"]), _bounded(words["down"])


def word_list(name: str) -> str:
    """Return a list of words of the file as a pattern."""
    return f"(?:{_read()[0][name]})"


def _bounded(words: str) -> str:
    english = [word for word in words.split("|") if word.isascii()]
    chinese = [word for word in words.split("|") if not word.isascii()]
    return rf"\b(?:{'|'.join(english)})\b|{'|'.join(chinese)}"


@functools.cache
def _read() -> tuple[Mapping[str, str], Mapping[str, tuple[Wording, ...]]]:
    words: dict[str, str] = {}
    found: dict[str, list[Wording]] = {}
    section = ""
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{_FILE.name} line {number}"
        if not line or line.startswith("# "):
            continue
        if head := _SECTION.match(line):
            section = head.group(1)
            found.setdefault(section, [])
        elif section == "words":
            name, _, listed = line.partition(" = ")
            words[name] = _WORDS.sub(lambda found: words[found.group(1)], listed)  # a list of lists is one list
        elif line != "#":
            pattern, separator, cues = line.partition(" :: ")
            if not separator or not section:
                raise SourceError("a phrase needs a section, and cues after ' :: '", where=where, todo="restore it")
            filled = _filled(pattern, words, where).replace("@", ASIDE)
            found[section].append(Wording(filled, *(cue.replace("_", " ") for cue in cues.split(" | "))))
    return words, {name: tuple(wordings) for name, wordings in found.items()}


def _filled(pattern: str, words: Mapping[str, str], where: str) -> str:
    """Put the lists of words in; a phrase in one language needs the words of that language alone."""
    own = _WORDS.sub(lambda found: _alone(words.get(found.group(1), "")), pattern)
    chinese, english = bool(_HAN.search(own)), bool(_LATIN.search(_ESCAPED.sub("", own)))

    def listed(found: re.Match[str]) -> str:
        if found.group(1) not in words:
            raise SourceError(f"there is no list of words <{found.group(1)}>", where=where, todo="restore it")
        return _of_language(words[found.group(1)], chinese=chinese, english=english)

    return _WORDS.sub(listed, pattern)


def _alone(listed: str) -> str:
    """Return a list that has words of one language alone, and nothing for a list of both."""
    return "" if _HAN.search(listed) and _LATIN.search(listed) else listed


def _of_language(listed: str, *, chinese: bool, english: bool) -> str:
    # What is in brackets holds bars of its own.
    each = _BAR.split(listed)
    latin = [word for word in each if _LATIN.search(word)]
    han = [word for word in each if not _LATIN.search(word)]
    if chinese == english or not han or not latin:
        return f"(?:{listed})"
    if english:
        return f"(?:{'|'.join(latin)})"
    # The first characters rule out most places at once.
    first = "".join(sorted({word[0] for word in han}))
    return (f"(?=[{first}])" if all(map(_HAN.match, han)) else "") + f"(?:{'|'.join(han)})"
