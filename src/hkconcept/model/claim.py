"""Figures that a text states, the claims that relate them, and the checks run on those claims."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from hkconcept.model.document import Quote, Span
from hkconcept.model.quantity import Quantity
from hkconcept.model.times import PartialDate

__all__ = ["Check", "Claim", "ClaimKind", "DateMention", "Figure", "Scope", "Verdict"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date printed in a text. ``time`` is ``HH:MM`` when a clock time was printed with it."""

    span: Span
    value: PartialDate
    time: str = ""
    end: PartialDate | None = None  # of a date range


@dataclass(frozen=True, slots=True)
class Scope:
    """What a count covers: who counted, until which day, and what the counting rule takes in or leaves out.

    ``from_register`` tells that the text prints no scope and that the only published total that agrees has this one.
    """

    vendor: str = ""
    cut_off: PartialDate | None = None
    rule: str = ""
    from_register: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that a text states, and what it measures.

    ``id`` is stable within one extraction (``f1``, ``f2``... in reading order). ``subject`` is what is
    counted or measured, ``measure`` how (``approvals``, ``deal value``, ``share``), both in plain words;
    ``attributes`` are the qualifiers that tell it from its neighbours (``("type", "chemical")``,
    ``("origin", "domestic")``). ``direction`` is set for a change. ``scope`` is ``None``
    where the sentence of the figure prints none.
    """

    id: str
    quote: Quote
    quantity: Quantity
    subject: str = ""
    measure: str = ""
    period: PartialDate | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    direction: Literal["up", "down"] | None = None
    base: str = ""
    scope: Scope | None = None

    @property
    def company(self) -> str:
        """The code of the company that the figure is about, when its sentence names one alone."""
        return dict(self.attributes).get("company", "")

    @property
    def base_period(self) -> PartialDate | None:
        """The period that a change compares with: the year before of ``year on year``, else the period before.

        >>> quote = Quote.cut("5%", Span(0, 2))
        >>> growth = Figure("f1", quote, Quantity(Decimal(5), "percent"), period=PartialDate(2026, half=1),
        ...                 direction="up", base="year on year")
        >>> str(growth.base_period)
        '2025-H1'

        """
        return self.period.before(self.base) if self.period and self.base else None


class Verdict(StrEnum):
    """The outcome of a check."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    NOT_CHECKABLE = "not_checkable"
    DIFFERS_IN_SCOPE = "differs_in_scope"


ClaimKind = Literal[
    "sum",
    "share",
    "order",
    "growth",
    "difference",
    "same",
    "register",
    "product",
    "conversion",
    "cagr",
    "average",
    "count",
    "weekday",
    "table",
]


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation between figures that the text states.

    ``result`` is the id of the figure that the others imply: the whole of a sum, the percentage of a
    share, the larger of an ordering. ``inputs`` are the ids of the others, in the order of the formula.
    Both are empty where the claim relates what is no figure: a weekday to its date, cells of a table.
    """

    kind: ClaimKind
    inputs: tuple[str, ...]
    result: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Check:
    """The verdict on one claim, with the arithmetic shown.

    ``formula`` is the recomputation as a reader would write it (``38 / 47 = 80.85%``); ``computed`` its
    result in base units; ``tolerance`` what the printed digits allow; ``mend`` the smallest change that
    would make the claim hold. ``sources`` are the addresses of register rows used. ``reason`` is English,
    ``reason_zh`` the same in simplified Chinese; formula and mend read the same in every language.
    """

    claim: Claim
    verdict: Verdict
    formula: str
    reason: str
    computed: Decimal | None = None
    tolerance: Decimal | None = None
    mend: str = ""
    sources: tuple[str, ...] = ()
    reason_zh: str = ""
