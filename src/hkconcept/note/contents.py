"""What a note holds, as values: everything that any format shows, in both languages, and nothing about layout.

Percentages are in percent (``Decimal("5.97")`` is 5.97%), excess returns in percentage points. ``None`` is
"not available", never zero. Sources are numbered once for the whole note; rows refer to them by number.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from hkconcept.model import Language, Moment, PartialDate, Quantity, Quote, Role, StockCode, Verdict
from hkconcept.note.bilingual import UNSAID, Bilingual, NoteLanguage
from hkconcept.note.sections import Changes, Reaction

__all__ = [
    "SCHEMA",
    "Alert",
    "Bilingual",
    "ChartData",
    "ChartEvent",
    "Coverage",
    "DocumentFacts",
    "EvidenceLine",
    "FigureRow",
    "GroupMean",
    "Note",
    "NoteLanguage",
    "Performance",
    "Policy",
    "PolicyPoint",
    "Series",
    "Source",
    "StockRow",
    "TimelineEntry",
    "Window",
    "Working",
]

SCHEMA = "hkconcept.note/1"


@dataclass(frozen=True, slots=True)
class PolicyPoint:
    """One provision in the register's own words; ``status`` tells whether the official text was seen."""

    text: Bilingual
    status: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """The policy event that a source reports, as far as it is held in the register of policies.

    ``first_public`` is the first moment at which the public could know; with precision ``day`` the time
    of day is not held. ``earliest_report`` is the earliest report whose time is held.
    """

    id: str
    title: Bilingual
    number: Bilingual
    agency: Bilingual
    first_public: Moment
    first_public_sources: tuple[int, ...]
    earliest_report: Moment | None
    earliest_report_by: Bilingual
    earliest_report_sources: tuple[int, ...]
    points: tuple[PolicyPoint, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One numbered source. ``address`` is a web address, or a description when there is none."""

    number: int
    address: str
    label: Bilingual = UNSAID


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The document that the note is about."""

    id: str
    title: str
    language: Language
    location: str
    sha256: str
    publisher: str
    url: str
    published: Moment | None
    source: int


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One dated step of the event; ``kind`` is ``announcement``, ``close``, ``report`` or ``document``."""

    kind: str
    moment: Moment
    text: Bilingual
    remark: Bilingual = UNSAID
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """Something an editor must look at before anything else."""

    kind: str
    message: Bilingual
    quote: Quote


@dataclass(frozen=True, slots=True)
class Working:
    """One check as shown beside a figure: the recomputation, or what a register says."""

    kind: str
    verdict: Verdict
    formula: str
    reason: Bilingual
    mend: str = ""
    inputs: tuple[str, ...] = ()
    result: str = ""
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of the source with its verdict. ``part_of`` are the figures whose checks use this one."""

    id: str
    number: int
    quote: Quote
    quantity: Quantity
    subject: Bilingual
    qualifier: Bilingual
    period: PartialDate | None
    direction: str
    verdict: Verdict
    workings: tuple[Working, ...] = ()
    part_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One reason for a membership, with the day from which it was public."""

    fact: Bilingual
    known: dt.date
    status: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A span of sessions: the return is taken from the close of ``start`` to the close of ``end``."""

    key: str
    label: Bilingual
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Performance:
    """A return in percent over one window, and its excess over the benchmark in percentage points."""

    window: str
    change: Decimal | None
    excess: Decimal | None


@dataclass(frozen=True, slots=True)
class StockRow:
    """One security. ``printed`` is the form in the source, empty when the source does not name it."""

    code: StockCode
    name: Bilingual
    printed: tuple[str, ...]
    role: Role | None
    evidence: tuple[EvidenceLine, ...]
    performance: tuple[Performance, ...]
    unavailable: Bilingual | None = None
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupMean:
    """The simple mean over the priced names of a group, window by window, with how many were priced."""

    key: str
    label: Bilingual
    performance: tuple[Performance, ...]
    priced: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Series:
    """One line of the chart, rebased to 100 at the base session; ``None`` is a gap."""

    key: str
    label: Bilingual
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class ChartEvent:
    """An event marked on the chart by its number and explained underneath."""

    number: int
    day: dt.date
    text: Bilingual


@dataclass(frozen=True, slots=True)
class ChartData:
    """Lines over the same sessions."""

    days: tuple[dt.date, ...]
    base: dt.date
    series: tuple[Series, ...]
    events: tuple[ChartEvent, ...]
    caption: Bilingual


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is held of a population: ``held`` of ``total``, and what is missing."""

    label: Bilingual
    held: int
    total: int | None
    missing: Bilingual = UNSAID
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A whole note. ``languages`` gives the order; the first is the one shown at first.

    ``roles`` are the roles of the concept with their names, in the order in which they are shown. ``reaction`` is
    ``None`` when none was asked for, ``changes`` when no rule of the policy's instrument is held.
    """

    schema: str
    concept: str
    concept_name: Bilingual
    roles: tuple[tuple[str, Bilingual], ...]
    headline: Bilingual
    as_of: Moment
    languages: tuple[NoteLanguage, ...]
    document: DocumentFacts
    policy: Policy | None
    event_quote: Quote | None
    event_agency: str
    timeline: tuple[TimelineEntry, ...]
    alerts: tuple[Alert, ...]
    ambiguous: tuple[Alert, ...]
    figures: tuple[FigureRow, ...]
    windows: tuple[Window, ...]
    benchmark: tuple[Performance, ...]
    benchmark_name: Bilingual
    named: tuple[StockRow, ...]
    named_means: tuple[GroupMean, ...]
    members: tuple[StockRow, ...]
    members_means: tuple[GroupMean, ...]
    reaction: Reaction | None
    changes: Changes | None
    chart: ChartData | None
    coverage: tuple[Coverage, ...]
    remarks: tuple[Bilingual, ...]
    sources: tuple[Source, ...]
