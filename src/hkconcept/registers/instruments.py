"""Policy instruments on drugs: what was issued, when it was first public, and which one a text is about.

The day of a news item is not the day of its subject: a column may appear a day after the instrument was
posted and the market has moved. The register therefore holds when each instrument was first public, and the
earliest report whose time of day is held.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from hkconcept.errors import SourceError
from hkconcept.model import Moment, SourceStatus
from hkconcept.registers.columns import day, identifier, text
from hkconcept.registers.rows import FactRow, read_table, status_of
from hkconcept.registers.schema import Evidence, Row, Schema

__all__ = ["SCHEMA", "Policy", "PolicyPoint", "fact_rows", "packaged", "rows"]

_COLUMNS: Final = (
    "id", "number_zh", "number_en", "title_zh", "title_en", "agency", "agency_zh", "agency_en", "issued",
    "first_public", "first_public_source", "earliest_report", "earliest_report_by_zh", "earliest_report_by_en",
    "earliest_report_source", "in_force_from", "in_force_to", "citations", "keywords", "source", "status",
)  # fmt: skip
SCHEMA: Final = Schema(
    register="policies",
    title="policy instruments on drugs",
    key=("id",),
    columns=(
        identifier("agency, year and number"),
        text("number_zh", "number as printed", required=True),
        text("number_en", "number in English", required=True),
        text("title_zh", "subject in our own words", required=True),
        text("title_en", "the same in English", required=True),
        text("agency_zh", "who issued it", required=True),
        text("agency_en", "the same in English", required=True),
        day("issued", "date that it bears"),
        day("first_public", "day on which it could first be read", required=True),
        day("in_force_from", "first day in force"),
        day("in_force_to", "last day in force, included, where it is limited"),
        text("amends", "the instrument that it replaces, revises or builds on"),
        text("points", "provisions held, in our own words"),
    ),
    denominator="all instruments on drugs of the State Council and its agencies",
    unknown_before=dt.date(2018, 10, 23),
)

_POINT_COLUMNS: Final = ("policy", "zh", "en", "status", "source")


@dataclass(frozen=True, slots=True)
class PolicyPoint:
    """One provision of an instrument in our own words; ``status`` says whether the official text was seen."""

    zh: str
    en: str
    status: SourceStatus
    source: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One instrument.

    ``issued`` is the date it bears; ``first_public`` when it could first be read, with precision ``day`` when
    the time of day is not held; ``earliest_report`` the earliest report whose time is held. ``keywords`` are
    groups of alternatives, one of each group being needed, and ``citations`` the ways of printing its number;
    both are matching keys (simplified characters, lower case).
    """

    id: str
    number_zh: str
    number_en: str
    title_zh: str
    title_en: str
    agency: str
    agency_zh: str
    agency_en: str
    first_public: Moment
    first_public_sources: tuple[str, ...]
    keywords: tuple[tuple[str, ...], ...]
    citations: tuple[str, ...]
    source: str
    status: SourceStatus
    issued: dt.date | None = None
    earliest_report: Moment | None = None
    earliest_report_by_zh: str = ""
    earliest_report_by_en: str = ""
    earliest_report_source: str = ""
    in_force_from: dt.date | None = None
    in_force_to: dt.date | None = None
    points: tuple[PolicyPoint, ...] = ()

    @property
    def known_by(self) -> dt.datetime:
        """The first instant at which the instrument was certainly public.

        A timed report on the day proves more than the day alone: 17:21 comes before the end of the day.
        """
        held = [self.first_public.known_by]
        if self.earliest_report is not None:
            held.append(self.earliest_report.known_by)
        return min(held)


@functools.cache
def packaged() -> tuple[Policy, ...]:
    """Return the packaged instruments in the order of their first publication.

    Raises
    ------
    SourceError
        A packaged row cannot be read; the row is named.

    >>> [(p.number_en, str(p.first_public)) for p in packaged() if p.id == "nmpa-2026-3"]
    [('NMPA Announcement No. 3 of 2026', '2026-01-07')]

    """
    points = {
        policy: tuple(PolicyPoint(r["zh"], r["en"], status_of(r["status"], where), r["source"]) for where, r in rows)
        for policy, rows in groupby(read_table("policy_points.csv", _POINT_COLUMNS), key=lambda row: row[1]["policy"])
    }
    policies = [_policy(row, points.get(row["id"], ()), where) for where, row in read_table("policies.csv", _COLUMNS)]
    return tuple(sorted(policies, key=lambda policy: policy.first_public.at))


def _policy(row: dict[str, str], points: tuple[PolicyPoint, ...], where: str) -> Policy:
    if not row["source"] or not row["first_public_source"]:
        raise SourceError("a source is required", where=where)
    try:
        return Policy(
            id=row["id"],
            number_zh=row["number_zh"],
            number_en=row["number_en"],
            title_zh=row["title_zh"],
            title_en=row["title_en"],
            agency=row["agency"],
            agency_zh=row["agency_zh"],
            agency_en=row["agency_en"],
            first_public=Moment.parse(row["first_public"]),
            first_public_sources=tuple(row["first_public_source"].split(" | ")),
            keywords=tuple(tuple(group.split("|")) for group in row["keywords"].split(" & ")),
            citations=tuple(row["citations"].split("|")) if row["citations"] else (),
            source=row["source"],
            status=status_of(row["status"], where),
            issued=_date(row["issued"]),
            earliest_report=Moment.parse(row["earliest_report"]) if row["earliest_report"] else None,
            earliest_report_by_zh=row["earliest_report_by_zh"],
            earliest_report_by_en=row["earliest_report_by_en"],
            earliest_report_source=row["earliest_report_source"],
            in_force_from=_date(row["in_force_from"]),
            in_force_to=_date(row["in_force_to"]),
            points=points,
        )
    except ValueError as error:
        raise SourceError(str(error), where=where) from error


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def fact_rows(policies: Iterable[Policy]) -> tuple[FactRow, ...]:
    """Return instruments as plain tuples for a ledger: number, title, and each provision held."""
    return tuple(
        FactRow(
            subject=f"policy:{policy.id}",
            name=name,
            value=value,
            valid_from=policy.in_force_from,
            valid_to=policy.in_force_to,
            known_at=policy.known_by,
            source=source,
            status=status,
        )
        for policy in policies
        for name, value, source, status in (
            ("number", policy.number_en, policy.source, policy.status),
            ("title", policy.title_en, policy.source, policy.status),
            ("first_public", str(policy.first_public), policy.first_public_sources[0], policy.status),
            *(("provision", point.en, point.source, point.status) for point in policy.points),
        )
    )


def rows(policies: Iterable[Policy]) -> tuple[Row, ...]:
    """Return instruments as rows of the register; what they amend is held in ``later.csv``, with its own evidence."""
    return tuple(
        Row(
            values={
                "id": policy.id,
                "number_zh": policy.number_zh,
                "number_en": policy.number_en,
                "title_zh": policy.title_zh,
                "title_en": policy.title_en,
                "agency_zh": policy.agency_zh,
                "agency_en": policy.agency_en,
                "issued": policy.issued,
                "first_public": policy.first_public.day,
                "in_force_from": policy.in_force_from,
                "in_force_to": policy.in_force_to,
                "points": " / ".join(point.en for point in policy.points) or None,
            },
            evidence=Evidence(
                known_at=_first_known(policy),
                source=policy.source,
                status=policy.status,
                known_at_basis="" if _first_known(policy) == policy.first_public else "earliest report with a time",
            ),
            valid_from=policy.in_force_from,
            valid_to=policy.in_force_to + dt.timedelta(days=1) if policy.in_force_to else None,
        )
        for policy in policies
    )


def _first_known(policy: Policy) -> Moment:
    held = [policy.first_public, *([policy.earliest_report] if policy.earliest_report else [])]
    return min(held, key=lambda moment: moment.known_by)
