"""Listed companies, their names over time, and what a text says of them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Self

from hkconcept.model.document import Language, Span

__all__ = ["Candidate", "Flag", "Judgement", "Listing", "Mention", "Name", "NameKind", "StockCode"]

_CODE = re.compile(r"[0-9]{5}")
_PRINTED = re.compile(r"(?:HK[.:]?)?([0-9]{1,5})(?:\.?HK)?", re.IGNORECASE)


class StockCode(str):
    """A Hong Kong stock code: always a string of five ASCII digits, never a number.

    YAML 1.1 reads an unquoted 01276 as octal 702, so an integer is refused instead of padded.

    >>> StockCode.parse("1801.HK"), StockCode("00013")
    ('01801', '00013')
    >>> StockCode(1276)
    Traceback (most recent call last):
    TypeError: stock code 1276 is an integer; write it as a quoted string of five digits, '01276'

    """

    __slots__ = ()

    def __new__(cls, text: object) -> Self:
        """Validate and make the code."""
        if isinstance(text, int):
            msg = f"stock code {text} is an integer; write it as a quoted string of five digits, '{text:05d}'"
            raise TypeError(msg)
        if not isinstance(text, str) or not _CODE.fullmatch(text):
            msg = f"stock code {text!r} is not five ASCII digits; write it like '01801'"
            raise ValueError(msg)
        return super().__new__(cls, text)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the spellings in use (``1801.HK``, ``HK00013``, ``00700``, ``HK.00700``) and pad to five digits."""
        found = _PRINTED.fullmatch(text.strip()) if text.isascii() else None
        if not found:
            msg = f"{text!r} is not a Hong Kong stock code; write it like 01801 or 1801.HK"
            raise ValueError(msg)
        return cls(found.group(1).zfill(5))

    @property
    def display(self) -> str:
        """The form shown to readers, ``01801.HK``."""
        return f"{self}.HK"


NameKind = Literal["short", "full", "former", "alias", "machine"]


@dataclass(frozen=True, slots=True)
class Name:
    """One form of a listed company's name, with the days on which it was in use (inclusive; ``None`` is unknown)."""

    form: str
    language: Language
    kind: NameKind = "short"
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    source: str = ""

    def in_use(self, on: dt.date) -> bool:
        """Whether the name is not known to be out of use on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Listing:
    """One security listed in Hong Kong (``XHKG``), with every form of its name that is held.

    ``listed_from`` is ``None`` when the first day of trading is not held: "unknown", not "always".
    """

    code: StockCode
    names: tuple[Name, ...]
    listed_from: dt.date | None = None
    listed_to: dt.date | None = None
    isin: str = ""
    industry: str = ""

    def listed_on(self, on: dt.date) -> bool:
        """Whether the listing is not known to be absent on that day."""
        return (self.listed_from is None or self.listed_from <= on) and (self.listed_to is None or on <= self.listed_to)

    def name(self, language: Language, on: dt.date) -> str:
        """Return the short name in use on a day, falling back to another language's, then to the code.

        >>> name = Name("INNOVENT BIO", "en")
        >>> Listing(StockCode("01801"), (name,)).name("zh-Hans", dt.date(2026, 1, 8))
        'INNOVENT BIO'

        """
        current = [n for n in self.names if n.kind == "short" and n.in_use(on)]
        order: tuple[Language, ...] = (language, "zh-Hans", "zh-Hant", "en") if language != "en" else ("en", "zh-Hans")
        for wanted in order:
            for candidate in current:
                if candidate.language == wanted:
                    return candidate.form
        return self.code


class Judgement(StrEnum):
    """What was decided about a mention."""

    LINKED = "linked"
    AMBIGUOUS = "ambiguous"  # several listings fit: all candidates are kept
    CONFLICT = "conflict"  # the printed code belongs to another company
    UNKNOWN_CODE = "unknown_code"  # no listing has the printed code
    NOT_YET_LISTED = "not_yet_listed"  # listed, but after the document's date
    NOT_IN_HK = "not_in_hk"  # a company without a Hong Kong line


@dataclass(frozen=True, slots=True)
class Candidate:
    """One listing that a mention may mean, with the evidence for it."""

    code: StockCode
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A company named in a text. ``span`` covers the printed name with its suffix, never the code.

    ``code`` is set for :attr:`Judgement.LINKED`, and for :attr:`Judgement.CONFLICT` it is the code of the
    company named (not the printed one). ``lines`` are the other listings of the same issuer, as MIC and
    ticker: its A-share twin (``XSHG:600276``), its American depositary shares (``XNAS:ZLAB``).
    """

    span: Span
    surface: str
    judgement: Judgement
    code: StockCode | None = None
    printed_code: str = ""
    printed_code_span: Span | None = None
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """Something in the text that an editor must look at."""

    span: Span
    kind: Literal["wrong_code", "unknown_code", "name_mismatch", "bad_figure", "not_listed"]
    message: str
    detail: tuple[tuple[str, str], ...] = field(default=())
