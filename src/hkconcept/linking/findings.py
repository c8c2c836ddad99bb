"""What has been decided about one text so far: mentions, flags, and the companies it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from hkconcept.linking.codes import PrintedCode
from hkconcept.linking.gazetteer import Gazetteer
from hkconcept.model import Candidate, Flag, Judgement, Mention, Span, StockCode

__all__ = ["Findings", "candidates"]

FlagKind = Literal["wrong_code", "unknown_code", "name_mismatch", "not_listed"]


@lru_cache(maxsize=4096)
def _candidate(code: str, score: float, reason: str) -> Candidate:
    """Return a candidate; news names the same companies for the same reasons again and again."""
    return Candidate(StockCode(code), score, (reason,))


def candidates(codes: Iterable[str], score: float, reason: str) -> tuple[Candidate, ...]:
    """Return a candidate for each code, all with one score and reason."""
    return tuple([_candidate(code, score, reason) for code in codes])


@lru_cache(maxsize=4096)
def _stock_code(code: str) -> StockCode:
    return StockCode(code)


class Findings:
    """The mentions and flags of a text while it is being linked; not shared between texts.

    ``seen`` holds the codes that the text names or prints beyond doubt: weak forms rest on it.
    """

    def __init__(self, text: str, gazetteer: Gazetteer, on: dt.date) -> None:
        """Start with nothing found."""
        self.text, self.gazetteer, self.on = text, gazetteer, on
        self.mentions: list[Mention] = []
        self._covered = bytearray(len(text))
        self.flags: list[Flag] = []
        self.seen: set[str] = set()
        self._ends: set[int] = set()

    def taken(self, span: Span) -> bool:
        """Whether a mention covers part of the span already."""
        return self._covered.find(1, span.start, span.end) >= 0

    def linked_up_to(self, end: int) -> bool:
        """Whether a mention with a code ends at a position."""
        return end in self._ends

    def shown(self, code: str) -> str:
        """Return the Chinese and the English short name of a listing, or the code itself."""
        listing = self.gazetteer.listing(code)
        if listing is None:
            return code
        names = (listing.name("zh-Hans", self.on), listing.name("en", self.on))
        return " ".join(dict.fromkeys(names))

    def add(  # noqa: PLR0913 - the fields of a mention, by keyword
        self,
        span: Span,
        judgement: Judgement,
        reason: str,
        *,
        code: str | None = None,
        fitting: Sequence[Candidate] = (),
        printed: PrintedCode | None = None,
    ) -> None:
        """Record one mention."""
        self._covered[span.start : span.end] = b"\1" * (span.end - span.start)
        if code is not None:
            self._ends.add(span.end)
        self.mentions.append(
            Mention(
                span,
                self.text[span.start : span.end],
                judgement,
                None if code is None else _stock_code(code),
                printed_code=printed.value if printed else "",
                printed_code_span=printed.span if printed else None,
                candidates=tuple(fitting),
                reason=reason,
                lines=self.gazetteer.other_lines.get(code, ()) if code else (),
            )
        )

    def link(  # noqa: PLR0913 - the evidence of a link, by keyword
        self,
        span: Span,
        code: str,
        score: float,
        reason: str,
        *,
        others: Iterable[str] = (),
        printed: PrintedCode | None = None,
    ) -> None:
        """Record a link, or that the company was not listed on the document's day."""
        fitting = (
            *candidates((code,), score, reason),
            *candidates((other for other in others if other != code), 0.1, "the same form of name"),
        )
        absence = self.gazetteer.absence(code, self.on)
        if absence:
            judgement, evidence = absence
            self.add(span, judgement, evidence, fitting=fitting, printed=printed)
            return
        self.add(span, Judgement.LINKED, reason, code=code, fitting=fitting, printed=printed)
        self.seen.add(code)

    def conflict(self, span: Span, named: str, printed: PrintedCode, owner: str | None) -> None:
        """Record that a name was printed with another company's code, and flag the code."""
        shown = f"{owner} {self.shown(owner)}" if owner else "no listing"
        reason = f"{self.text[span.start : span.end]} is {named}; the printed code {printed.value} belongs to {shown}"
        detail = (("printed", printed.value), ("correct", named), ("owner", owner or ""))
        self.flag(printed.span, "wrong_code", reason, detail)
        fitting = candidates((named,), 0.9, "the name")
        if owner:
            fitting += candidates((owner,), 0.1, "the printed code")
        absence = self.gazetteer.absence(named, self.on)
        if absence:
            self.add(span, absence[0], absence[1], fitting=fitting, printed=printed)
            return
        self.add(span, Judgement.CONFLICT, reason, code=named, fitting=fitting, printed=printed)
        self.seen.add(named)

    def flag(self, span: Span, kind: FlagKind, message: str, detail: tuple[tuple[str, str], ...]) -> None:
        """Record something that an editor must look at."""
        self.flags.append(Flag(span, kind, message, detail))
