"""Whether the words before a printed code can be a name of the company that has the code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from string import ascii_letters, digits
from typing import NamedTuple

from hkconcept.linking.gazetteer import core
from hkconcept.linking.legal_names import GENERIC_WORDS, PLACES
from hkconcept.linking.names import CLASS_SUFFIX
from hkconcept.model import Listing, Span
from hkconcept.text.fold import fold
from hkconcept.text.lazily import lazily

__all__ = ["Agreement", "name_before", "run_before", "stems"]

_REACH = 28  # characters looked back at: a long legal name
_GAP = lazily(r"[\s(\[]*(?:a\+h股?|h股|港股|股票代码|股份代号|证券代码|hkex|sehk|stock code)?[\s:(]*$")
_GAP_CHARACTERS = "".join(sorted({*filter(str.isspace, map(chr, range(0x3001))), *"([:+ahkexstocd股港票代码份号证券"}))
_GENERIC = lazily(rf"(?:{GENERIC_WORDS}|公司|有限公司|股份有限公司|a\+h|港股|h股)*")
# Not 服务, 物业 or 国际: what stands before those is the parent group.
_DROPPED_END = lazily(
    "(?:集团|控股|股份|生物医药|生物科技|生物技术|生物|医药|制药|药业|医疗科技|医疗健康|医疗|科技|技术)$"
)
_COMMON_WORDS = "国际|东方|中华|中国|大众|现代|环球|新世|太平|华夏|远东|亚洲|第一|联合|美国"
_COMMON_STEM = lazily(rf"(?:{PLACES}|{GENERIC_WORDS}|{_COMMON_WORDS})*")
_SUFFIX_LAST = lazily(r"-(?:sw|sb|sp|wp|wb|[sbwp])$")
_CHINESE_RUN = lazily(r"[\u4e00-\u9fffa-z0-9&.·'-]+$")
_FORM_WORD = lazily(r"[a-z0-9']+")
_ENGLISH_WORD = lazily(r"[A-Za-z0-9][A-Za-z0-9&.'’-]*")
_ENGLISH_RUN = lazily(r"(?:[A-Z0-9][A-Za-z0-9&.'’-]*[ ,]{1,2}){0,6}[A-Z0-9][A-Za-z0-9&.'’-]*$")
_ENGLISH_CHARACTERS = f"{ascii_letters}{digits}.&'’, -"
_ENGLISH_GENERIC = frozenset(
    {
        *("pharma", "pharmaceutical", "pharmaceuticals", "bio", "biotech", "biotechnology", "biologics", "medical"),
        *("medicine", "medicines", "therapeutics", "laboratories", "technology", "health", "international"),
        *("holdings", "group", "limited", "ltd", "inc", "company", "companies"),
        *("the", "china", "hong", "kong", "and", "of", "leading", "listed"),
    }
)


class Agreement(NamedTuple):
    """A name that fits a listing: where it stands, how well it fits, and why."""

    span: Span
    score: float
    reason: str


def stems(name: str) -> tuple[str, ...]:
    """Return the shorter forms of a Chinese name in use among readers: words of trade dropped from its end.

    >>> stems("创胜集团医药"), stems("中国生物制药")
    (('创胜集团', '创胜'), ())

    """
    found: list[str] = []
    rest = name
    while True:
        ending = _DROPPED_END.search(rest)
        # One character names nobody, and words of trade name everybody.
        if not ending or ending.start() < 2 or _COMMON_STEM.fullmatch(rest, 0, ending.start()):
            return tuple(found)
        rest = rest[: ending.start()]
        found.append(rest)


def run_before(text: str, folded: str, position: int) -> Span:
    """Return the unbroken words that end before a printed code, its bracket and filler words left out."""
    begin = max(0, position - _REACH)
    # Only from where the characters of a gap, or of English words, begin can either pattern reach the end.
    gap = _GAP.search(folded, begin + len(folded[begin:position].rstrip(_GAP_CHARACTERS)), position)
    end = gap.start() if gap else position
    if text[end - 1 : end].isascii():
        first = max(0, end - 60)
        english = _ENGLISH_RUN.search(text, first + len(text[first:end].rstrip(_ENGLISH_CHARACTERS)), end)
        if english:
            return Span(english.start(), end)
    run = _CHINESE_RUN.search(folded, begin, end)
    return Span(run.start(), end) if run else Span(end, end)


@lru_cache(maxsize=4096)
def _key(form: str) -> str:
    return fold(core(form))


def name_before(text: str, folded: str, position: int, listing: Listing) -> Agreement | None:
    """Return the name printed before a code, when it can be a name of the listing that has the code."""
    run = run_before(text, folded, position)
    if run.end - run.start < 2:  # one character names nobody
        return None
    words = folded[run.start : run.end]
    suffix = _SUFFIX_LAST.search(words) if "-" in words else None
    bare = words[: suffix.start()] if suffix else words
    printed = _ENGLISH_WORD.findall(text, run.start, run.end)
    low_words = _telling(printed)
    initials = "".join([word[0].lower() for word in printed])
    best: Agreement | None = None
    for name in listing.names:
        form = _key(name.form)
        if name.language != "en":
            found = _chinese(bare, form, run)
        else:
            found = _english(low_words, initials, form, run) if printed else None
        if found and (best is None or found.score > best.score):
            best = found
    return best


def _chinese(bare: str, form: str, run: Span) -> Agreement | None:
    # A stem of the name, and nothing after it but words of trade: 越疆科技股份有限公司 for 越疆.
    opening = form[:2]  # one character names nobody
    start = bare.find(opening) if len(opening) == 2 else -1
    while start >= 0:
        shared = 2
        limit = min(len(form), len(bare) - start)
        while shared < limit and bare[start + shared] == form[shared]:
            shared += 1
        rest = _GENERIC.fullmatch(bare, start + shared)
        if rest and not _COMMON_STEM.fullmatch(form, 0, shared):
            whole = shared == len(form)
            reason = "extends" if whole else "shortens"
            return Agreement(
                Span(run.start + start, run.end), 0.9 if whole else 0.85, f"{reason} the listed name {form}"
            )
        start = bare.find(opening, start + 1)
    # One character misprinted: 柠檬影视 for 柠萌影视.
    size = len(form)
    if size >= 3 and len(bare) >= size:  # in two characters, one wrong is half the name
        window = bare[-size:]
        if sum(a == b for a, b in zip(window, form, strict=True)) >= size - 1 and not form.isascii():
            return Agreement(
                Span(run.end - size - (run.end - run.start - len(bare)), run.end),
                0.8,
                f"one character from the listed name {form}",
            )
    return None


@lru_cache(maxsize=4096)
def _telling_words(form: str) -> tuple[str, ...]:
    return tuple(word for word in _FORM_WORD.findall(form) if word not in _ENGLISH_GENERIC)


def _telling(printed: Sequence[str]) -> list[str]:
    """Return printed English words in lower case, those that tell no company from another left out."""
    words = [CLASS_SUFFIX.sub("", low) if "-" in low else low for low in map(str.lower, printed)]
    # Two letters are in every name.
    return [word for word in words if len(word) > 2 and word not in _ENGLISH_GENERIC]


def _english(words: Sequence[str], initials: str, form: str, run: Span) -> Agreement | None:
    held = _telling_words(form)
    for word in words:
        for other in held:
            common = min(len(word), len(other))
            if common >= 4 and word[:common] == other[:common]:  # abbreviations keep four letters
                return Agreement(run, 0.85, f"shares {other!r} with the listed name {form}")
    if len(initials) >= 3 and initials in held:  # as above
        return Agreement(run, 0.75, f"has the initials of the listed name {form}")
    return None
