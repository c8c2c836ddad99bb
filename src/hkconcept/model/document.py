"""Documents, where they came from, and quotes that point into them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from hkconcept.model.times import Moment

__all__ = ["Document", "Language", "Origin", "Quote", "Span"]

Language = Literal["zh-Hans", "zh-Hant", "en"]

_CONTEXT = 32


class Span(NamedTuple):
    """Code-point offsets into a document's text; ``end`` is exclusive."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the bytes of a document came from.

    ``location`` is a path, an address, or ``-`` for standard input; ``sha256`` is the hash of the raw
    bytes and names their snapshot in the archive.
    """

    location: str
    sha256: str
    media_type: str
    encoding: str
    fetched_at: Moment
    publisher: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A W3C text-quote and text-position selector: the exact words, some context, and the span."""

    exact: str
    prefix: str
    suffix: str
    span: Span

    @classmethod
    def cut(cls, text: str, span: Span) -> Quote:
        """Cut the quote of a span out of a text, with up to 32 characters of context on each side.

        >>> Quote.cut("approved 76 drugs", Span(9, 11)).exact
        '76'

        """
        start, end = span
        before = start - _CONTEXT if start > _CONTEXT else 0
        return cls(text[start:end], text[before:start], text[end : end + _CONTEXT], span)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its text, and what is known about it.

    ``text`` is what spans and quotes refer to. ``published`` is ``None`` when the source prints no date.
    ``id`` is derived from the content, so reading the same bytes twice gives the same document.
    """

    id: str
    text: str
    language: Language
    origin: Origin
    title: str = ""
    published: Moment | None = None
    published_quote: Quote | None = None
