"""The sections of a note that further rooms fill: the reaction of the market, and what an instrument changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from hkconcept.model import StockCode
from hkconcept.note.bilingual import UNSAID, Bilingual

__all__ = ["Changes", "LimitLine", "OtherEvent", "Reaction", "TouchedCompany", "WindowEffect"]


@dataclass(frozen=True, slots=True)
class WindowEffect:
    """The mean abnormal return of ``n`` of ``of`` securities over one window of sessions, such as ``(0,0)``.

    ``mean``, ``low`` and ``high`` are in percent: the mean, and the band of the effects that the test would not
    reject. ``test`` is the key of the default test, ``p`` its p-value.
    """

    window: str
    n: int
    of: int
    mean: Decimal | None
    low: Decimal | None
    high: Decimal | None
    p: Decimal | None
    test: str


@dataclass(frozen=True, slots=True)
class OtherEvent:
    """Another event that falls into the sessions studied, with the securities that it concerns."""

    label: Bilingual
    session: dt.date
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reaction:
    """The reaction to the event. ``sentence`` is the finding, or the reason why there is none.

    ``main`` and ``run_up`` are ``None`` when nothing was studied; ``test_name`` is the default test in words.
    """

    sentence: Bilingual
    main: WindowEffect | None = None
    run_up: WindowEffect | None = None
    test_name: Bilingual = UNSAID
    others: tuple[OtherEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit: ``before`` (``None`` when nothing held is set against it) and ``after``, each in its unit.

    ``status`` is the weakest of the evidence of both. ``before_article`` names the instrument and article of the
    limit that applied before.
    """

    rule: str
    what: Bilingual
    before: str | None
    before_unit: Bilingual
    after: str
    unit: Bilingual
    difference: int | None
    article: Bilingual
    before_article: Bilingual
    status: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TouchedCompany:
    """A listed company with the drugs of the register that an instrument touches or may touch.

    ``drugs`` are the first few, ``more`` counts the others. ``sources`` are those of the drugs shown.
    """

    code: StockCode
    name: Bilingual
    named: bool
    drugs: tuple[str, ...]
    more: int
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What an instrument changes, and whom it may touch.

    ``provisions`` counts its rules without a limit. Of ``held`` designations, ``drugs`` drugs are touched or may be,
    ``certain`` of them without a missing fact, and ``companies_total`` listed companies, ``companies_named`` of which
    the document names too; ``companies`` are the first of them. ``missing`` are the facts that would decide.
    ``command`` shows the rest.
    """

    instrument: str
    number: Bilingual
    limits: tuple[LimitLine, ...]
    more_limits: int
    provisions: int
    remarks: tuple[Bilingual, ...]
    held: int
    drugs: int
    certain: int
    companies_total: int
    companies_named: int
    companies: tuple[TouchedCompany, ...]
    missing: tuple[Bilingual, ...]
    command: str

    @property
    def more_companies(self) -> int:
        """How many companies are not listed."""
        return self.companies_total - len(self.companies)
