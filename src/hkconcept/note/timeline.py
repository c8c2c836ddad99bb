"""When things happened: the dated steps of an event, and how its dates lie to each other, as facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hkconcept import calendars
from hkconcept.model import HKT, Document, Moment
from hkconcept.note.contents import Bilingual, NoteLanguage, Policy, TimelineEntry
from hkconcept.note.i18n import both, day, moment

__all__ = ["remarks_on_dates", "timeline"]

_NONE = Bilingual("", "")


def timeline(
    document: Document, policy: Policy | None, known: Sequence[dt.date], source: int
) -> tuple[TimelineEntry, ...]:
    """Return the dated steps in order; ``known`` are the sessions held, ``source`` the document's number."""
    entries = []
    if policy:
        not_held = both("time_not_held") if policy.first_public.precision == "day" else _NONE
        step = both("step_announcement", number=policy.number)
        entries.append(TimelineEntry("announcement", policy.first_public, step, not_held, policy.first_public_sources))
        if policy.first_public.day in known:
            close = Moment(calendars.session_open_close(policy.first_public.day)[1])
            entries.append(TimelineEntry("close", close, both("step_close")))
        if policy.earliest_report:
            by = policy.earliest_report_by
            entries.append(
                TimelineEntry(
                    "report",
                    policy.earliest_report,
                    both("step_report", by=by) if by.zh or by.en else both("step_report_plain"),
                    sources=policy.earliest_report_sources,
                )
            )
    if document.published:
        publisher = Bilingual(document.origin.publisher, document.origin.publisher)
        entries.append(TimelineEntry("document", document.published, both("step_document"), publisher, (source,)))
    order = {"announcement": 0, "close": 1, "report": 2, "document": 3}
    return tuple(sorted(entries, key=lambda e: (e.moment.day, e.moment.at, order[e.kind])))


def remarks_on_dates(document: Document, policy: Policy | None, event: dt.date | None) -> tuple[Bilingual, ...]:
    """Say, as facts, how the dates of the event, of the reports and of the document lie to each other."""
    if not policy or event is None:
        return ()

    def told(key: str, **days: dt.date | Moment | str) -> Bilingual:
        def shown(language: NoteLanguage) -> dict[str, object]:
            return {
                k: moment(v, language) if isinstance(v, Moment) else day(v, language) if isinstance(v, dt.date) else v
                for k, v in days.items()
            }

        return Bilingual(both(key, **shown("zh")).zh, both(key, **shown("en")).en)

    found = []
    report, public = policy.earliest_report, policy.first_public
    if report and public.precision == "day" and report.day == public.day == event:
        close = calendars.session_open_close(event)[1]
        if report.at >= close:
            found.append(told("fact_before_report", time=_clock(report.at), close=_clock(close), day=event))
    if document.published and document.published.day > policy.first_public.day:
        found.append(
            told(
                "fact_document_later",
                document=document.published,
                public=policy.first_public.day,
                session=event,
            )
        )
    else:
        found.append(told("fact_document_same", session=event))
    if public.precision == "day":
        found.append(both("fact_day_convention"))
    return tuple(found)


def _clock(at: dt.datetime) -> str:
    return f"{at.astimezone(HKT):%H:%M} HKT"
