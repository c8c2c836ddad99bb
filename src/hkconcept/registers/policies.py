"""The register of policies: the packaged instruments, and which one a text is about, with the phrases that say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hkconcept.model import Moment, Span
from hkconcept.registers.instruments import SCHEMA, Policy, PolicyPoint, fact_rows, packaged, rows
from hkconcept.text import fold

__all__ = ["SCHEMA", "Policy", "PolicyMatch", "PolicyPoint", "candidates", "fact_rows", "match", "packaged", "rows"]

# The groups of an instrument must meet within one statement, not anywhere in a long text.
_WINDOW: Final = 160
# Later than this an instrument is background to the news, unless its number is printed.
_RECENT: Final = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class PolicyMatch:
    """An instrument that a text refers to.

    ``phrases`` are the spans of the words that led to it, in reading order; ``cited`` is true when the text
    prints the instrument's number.
    """

    policy: Policy
    phrases: tuple[Span, ...]
    cited: bool
    reason_en: str
    reason_zh: str


def match(text: str, *, published: Moment | None, as_of: Moment) -> PolicyMatch | None:
    """Return the instrument that a text is about, or ``None`` when none fits or two fit equally.

    An instrument printed by number comes first; otherwise the one whose subject is stated first in the text.
    Two that rest on the same words are not told apart: :func:`candidates` lists them.

    Parameters
    ----------
    text
        The document's text in either script or in English.
    published
        When the document appeared; an instrument first public after that, or more than 60 days before it
        without its number printed, is not what the document reports. ``None`` lifts both conditions.
    as_of
        Instruments not certainly public at this moment are not seen.

    >>> found = match("药监局进一步优化临床急需境外已上市药品审评审批",
    ...               published=Moment.parse("2026-01-08"), as_of=Moment.parse("2026-01-08"))
    >>> found.policy.number_en if found else None
    'NMPA Announcement No. 3 of 2026'

    """
    ranked = candidates(text, published=published, as_of=as_of)
    if not ranked:
        return None
    best, *others = ranked
    whole = Span(best.phrases[0].start, best.phrases[-1].end)
    for other in others:
        if other.cited == best.cited and Span(other.phrases[0].start, other.phrases[-1].end).overlaps(whole):
            return None
    return best


def candidates(text: str, *, published: Moment | None, as_of: Moment) -> tuple[PolicyMatch, ...]:
    """Return every instrument that a text refers to, numbers printed first, then in reading order."""
    key = fold(text)
    found = [
        hit
        for policy in packaged()
        if policy.known_by <= as_of.known_by
        and (published is None or policy.first_public.at < published.known_by)
        and (hit := _hit(policy, text, key, published)) is not None
    ]
    return tuple(sorted(found, key=lambda hit: (not hit.cited, hit.phrases[0].start)))


def _hit(policy: Policy, text: str, key: str, published: Moment | None) -> PolicyMatch | None:
    cited = next((spans for phrase in policy.citations if (spans := tuple(_occurrences(key, phrase)))), ())
    if cited:
        quoted = text[slice(*cited[0])]
        return PolicyMatch(policy, cited[:1], True, f"the text prints “{quoted}”", f"文中印有“{quoted}”")
    if published is not None and published.day - policy.first_public.day > _RECENT:
        return None
    spans = _first_window(policy, key)
    if not spans:
        return None
    words = [text[slice(*span)] for span in spans]
    english = ", ".join(f"“{word}”" for word in words)
    chinese = "、".join(f"“{word}”" for word in words)
    return PolicyMatch(policy, spans, False, f"the text says {english} in one statement", f"文中同一处写有{chinese}")


def _first_window(policy: Policy, key: str) -> tuple[Span, ...]:
    """Return one hit of every group of keywords, all within the first window that holds them."""
    hits = sorted((span, number) for number, group in enumerate(policy.keywords) for span in _longest(key, group))
    latest: dict[int, Span] = {}
    for span, number in hits:
        latest[number] = span
        if len(latest) == len(policy.keywords):
            spans = sorted(set(latest.values()))
            if max(s.end for s in spans) - spans[0].start <= _WINDOW:
                return tuple(spans)
    return ()


def _longest(key: str, phrases: tuple[str, ...]) -> Iterator[Span]:
    """Yield where any of the phrases stands, without those that lie inside another."""
    reached = 0
    for start, last in sorted((span.start, -span.end) for phrase in phrases for span in _occurrences(key, phrase)):
        if -last > reached:
            reached = -last
            yield Span(start, reached)


def _occurrences(key: str, phrase: str) -> Iterator[Span]:
    at = key.find(phrase)
    while at >= 0:
        yield Span(at, at + len(phrase))
        at = key.find(phrase, at + len(phrase))
