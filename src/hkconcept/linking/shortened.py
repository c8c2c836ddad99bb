"""Shorter forms of companies that a text names in full: stems, first words, terms that it defines."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from hkconcept.linking.agreement import stems
from hkconcept.linking.findings import Findings
from hkconcept.linking.gazetteer import core
from hkconcept.linking.legal_names import PLACE_AHEAD, Extent, extend
from hkconcept.linking.matcher import leftmost_longest
from hkconcept.linking.names import CLASS_SUFFIX
from hkconcept.model import Span
from hkconcept.text.fold import fold
from hkconcept.text.lazily import lazily

__all__ = ["link_shortened"]

_DEFINITION = lazily(
    r"[^\n()]{0,2}\((?:[^()\n]{0,40}?(?:简称|下称|统称))?[为:\s]{0,2}[“\"「『‘'](?P<term>[^”\"」』’'\n]{2,12})[”\"」』’']"
)
_NO_TERM = lazily(r"(?:本|贵|该|母|目标)?(?:公司|集团|发行人|企业|银行|基金|卖方|买方|甲方|乙方)|company|group|the .*")
_SHORTEST_BRAND = 6
# First words of names that say where a company is, or how great, and are used of others.
_NO_BRAND = frozenset(
    (
        "american", "beijing", "biotech", "central", "century", "chongqing", "digital", "dragon", "eastern", "general",
        "genetic", "global", "golden", "guangdong", "guangzhou", "guizhou", "hainan", "hangzhou", "health",
        "healthcare", "international", "jiangsu", "livzon", "luzhou", "medical", "modern", "nanjing", "national",
        "northern", "oriental", "pacific", "people's", "peoples", "pharma", "shandong", "shanghai", "shenzhen",
        "sichuan", "sinopharm", "southern", "standard", "suzhou", "tianjin", "united", "universal", "western", "yunnan",
        "zhejiang",
    )
)  # fmt: skip


class _Term(NamedTuple):
    """Whom a shorter form names, how surely, and why."""

    code: str
    score: float
    reason: str


@lru_cache(maxsize=4096)
def _stems(name: str) -> tuple[str, ...]:
    return stems(fold(core(name)))


def _brand(surface: str) -> str:
    """Return the first word of an English name of several, which a text may call the company by: Everest Medicines."""
    first, _, rest = surface.partition(" ")
    word = first.lower()
    brand = len(first) >= _SHORTEST_BRAND and first.isascii() and first.isalpha() and first[0].isupper()
    return word if brand and rest[:1].isalpha() and word not in _NO_BRAND else ""


def link_shortened(folded: str, findings: Findings) -> None:
    """Link the shorter forms of companies that the text names in full, and the terms it defines for them.

    ``雍禾医疗集团有限公司（下称“雍禾”）`` defines 雍禾; 创胜集团医药 may go on as 创胜集团, and Everest Medicines
    as Everest.
    """
    terms = _terms(folded, findings)
    if not terms:
        return
    forms = list(terms)
    for start, end, number in leftmost_longest(forms, folded):
        suffix = CLASS_SUFFIX.match(folded, end)
        span = Span(start, suffix.end() if suffix else end)
        if not _stands_alone(folded, findings, Span(start, end)) or findings.taken(span):
            continue
        if PLACE_AHEAD.match(folded, span.end):
            continue
        wide, extent = extend(findings.text, folded, span)
        if extent is not Extent.SUBSIDIARY and not findings.taken(wide):
            findings.link(wide, *terms[forms[number]])


def _terms(folded: str, findings: Findings) -> dict[str, _Term]:
    """Return the shorter forms that the companies linked so far may go by."""
    terms: dict[str, _Term] = {}
    free = findings.gazetteer.forms  # a form of the gazetteer was decided as one
    for mention in findings.mentions:
        if mention.code and (brand := _brand(mention.surface)) and not free(brand):
            terms.setdefault(brand, _Term(mention.code, 0.8, "first word of a name that the text gives in full"))
    for code in sorted({mention.code for mention in findings.mentions if mention.code}):
        for stem in _stems(findings.gazetteer.row(code).zh_hans):
            # Two characters are part of too many other words.
            if len(stem) > 2 and not free(stem):
                terms.setdefault(stem, _Term(code, 0.8, "shortened form of a company that the text names in full"))
    for mention in findings.mentions:
        end = mention.span.end
        defined = _DEFINITION.match(folded, end) if mention.code and "(" in folded[end : end + 3] else None
        if defined and mention.code and not _NO_TERM.fullmatch(defined["term"]):
            terms[defined["term"]] = _Term(mention.code, 0.9, f"term defined in the text for {mention.surface}")
    return terms


def _stands_alone(folded: str, findings: Findings, span: Span) -> bool:
    """Whether a form is no part of a Latin word, and a Latin one is written as a name."""
    start, end = span
    if not folded[start].isascii():
        return True
    around = folded[max(0, start - 1) : start] + folded[end : end + 1]
    return not any(character.isalnum() for character in around) and findings.text[start].isupper()
