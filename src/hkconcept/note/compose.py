"""From checked facts to a note: what goes in, in which order, and with which numbers.

Pure: the same values give the same note. Nothing here knows about HTML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from hkconcept.market import Bars
from hkconcept.market.bars import INDEX
from hkconcept.model import (
    Basket,
    Check,
    Document,
    Extraction,
    Listing,
    Moment,
    StockCode,
)
from hkconcept.note.chart_data import chart_data
from hkconcept.note.citations import Citations
from hkconcept.note.contents import (
    SCHEMA,
    Bilingual,
    Coverage,
    DocumentFacts,
    GroupMean,
    Note,
    NoteLanguage,
    Policy,
    PolicyPoint,
    StockRow,
)
from hkconcept.note.findings import alerts, ambiguous, figure_rows
from hkconcept.note.i18n import both, role_name
from hkconcept.note.performance import Returns, event_session, sessions_known, windows
from hkconcept.note.stocks import StockRows
from hkconcept.note.timeline import remarks_on_dates, timeline
from hkconcept.registers import instruments as registers

if TYPE_CHECKING:
    from hkconcept.note.changes import HeldChanges
    from hkconcept.note.reaction import Reaction

__all__ = ["compose"]

_ROLES = ("innovator", "cxo")
_LANGUAGES: tuple[NoteLanguage, NoteLanguage] = ("zh", "en")


def compose(  # noqa: PLR0913 - a note joins this many kinds of facts, and each is named by its caller
    document: Document,
    extraction: Extraction,
    *,
    policy: registers.Policy | None,
    basket: Basket,
    concept_name: Bilingual,
    roles: Sequence[tuple[str, Bilingual]] | None = None,
    listings: Mapping[StockCode, Listing],
    bars: Bars,
    as_of: Moment,
    checks: Sequence[Check] = (),
    coverage: Sequence[tuple[Coverage, Sequence[str]]] = (),
    remarks: Sequence[Bilingual] = (),
    reaction: Reaction | None = None,
    changes: HeldChanges | None = None,
    languages: tuple[NoteLanguage, ...] = ("zh", "en"),
) -> Note:
    """Compose the note of one document.

    Parameters
    ----------
    document, extraction
        The document and what was found in it; spans of the extraction refer to the document's text.
    policy
        The register's entry for the policy event, or ``None`` when there is none.
    basket
        The concept's members as of ``as_of``.
    concept_name
        The concept's name for readers.
    roles
        The concept's roles with their names, in the order to show them; those of the first concept when ``None``.
    listings
        Listings by code, for current names.
    bars
        Closes of the securities and of the Hang Seng Index; sessions that close after ``as_of`` are not used.
    as_of
        The moment up to which facts may be used.
    checks
        Further checks, against registers; those of the extraction are used in any case.
    coverage
        Further rows of coverage, each with the addresses of its sources.
    remarks
        Further remarks for the end of the note.
    reaction
        What a study says of the event day; left out when ``None``.
    changes
        What the policy's instrument changes; left out when ``None``.
    languages
        The languages in order; the first is shown at first.

    Returns
    -------
    Note
        Ready for the formats.

    """
    citations = Citations()
    source = citations.cite(document.origin.url or document.origin.location, both("source_document"))[0]
    held_policy = _policy(policy, citations) if policy else None
    known = sessions_known(bars, as_of)
    public = held_policy.first_public if held_policy else document.published
    event = event_session(public, known) if public else None
    spans = windows(event, known) if event else ()
    returns = Returns(bars, spans)
    figures = figure_rows(extraction, (*extraction.checks, *checks), citations)
    held_roles = tuple((role, both(f"role_{role}")) for role in _ROLES) if roles is None else tuple(roles)
    rows = StockRows(basket, listings, returns, citations, as_of, tuple(role for role, _ in held_roles))
    named = rows.named(document, extraction)
    members = rows.others(named)
    held_changes = None
    if changes:
        from hkconcept.note.changes import changes_of  # noqa: PLC0415 - the pathway, which only an instrument needs

        codes = [row.code for row in named]
        held_changes = changes_of(changes, named=codes, listings=listings, citations=citations, as_of=as_of)
    chart = chart_data(document, held_policy, event, known, bars=bars, named=named, members=members)
    own = (
        _priced_coverage("coverage_named", named, citations, bars),
        _priced_coverage("coverage_members", members, citations, bars),
        Coverage(both("coverage_figures"), sum(bool(f.workings or f.part_of) for f in figures), len(figures)),
    )
    given = [
        Coverage(row.label, row.held, row.total, row.missing, (*row.sources, *citations.cite(addresses)))
        for row, addresses in coverage
    ]
    return Note(
        schema=SCHEMA,
        concept=basket.concept,
        concept_name=concept_name,
        roles=held_roles,
        headline=held_policy.title if held_policy else Bilingual(document.title, document.title),
        as_of=as_of,
        languages=languages,
        document=_document(document, source),
        policy=held_policy,
        event_quote=extraction.events[0].quote if extraction.events else None,
        event_agency=extraction.events[0].agency if extraction.events else "",
        timeline=timeline(document, held_policy, known, source),
        alerts=alerts(document, extraction),
        ambiguous=ambiguous(document, extraction),
        figures=figures,
        windows=spans,
        benchmark=returns.of_benchmark(),
        benchmark_name=both("benchmark"),
        named=named,
        named_means=_means(named, returns, held_roles),
        members=members,
        members_means=(returns.mean("members", both("mean_members"), members),) if members else (),
        reaction=reaction,
        changes=held_changes,
        chart=chart,
        coverage=tuple(row for row in (*own, *given) if row.total != 0),
        remarks=(*remarks_on_dates(document, held_policy, event), *remarks),
        sources=citations.sources,
    )


def _document(document: Document, source: int) -> DocumentFacts:
    origin = document.origin
    return DocumentFacts(
        document.id,
        document.title,
        document.language,
        origin.location,
        origin.sha256,
        origin.publisher,
        origin.url,
        document.published,
        source,
    )


def _policy(held: registers.Policy, citations: Citations) -> Policy:
    return Policy(
        id=held.id,
        title=Bilingual(held.title_zh, held.title_en),
        number=Bilingual(held.number_zh, held.number_en),
        agency=Bilingual(held.agency_zh, held.agency_en),
        first_public=held.first_public,
        first_public_sources=citations.cite(held.first_public_sources),
        earliest_report=held.earliest_report,
        earliest_report_by=Bilingual(held.earliest_report_by_zh, held.earliest_report_by_en),
        earliest_report_sources=citations.cite(held.earliest_report_source),
        points=tuple(
            PolicyPoint(Bilingual(point.zh, point.en), point.status, citations.cite(point.source))
            for point in held.points
        ),
    )


def _means(rows: Sequence[StockRow], returns: Returns, roles: Sequence[tuple[str, Bilingual]]) -> tuple[GroupMean, ...]:
    if not rows:
        return ()
    found = [
        returns.mean(key, Bilingual(*(role_name("mean", key, language, roles) for language in _LANGUAGES)), held)
        for key in (*(role for role, _ in roles), "none")
        if (held := [row for row in rows if (row.role or "none") == key])
    ]
    return (*found, returns.mean("all", both("mean_all"), rows))


def _priced_coverage(key: str, rows: Sequence[StockRow], citations: Citations, bars: Bars) -> Coverage:
    held = (bars.availability(code) for code in (INDEX, *(row.code for row in rows)))
    origins = [f"{series.provider} ({series.origin})" for series in held if series.available]
    lacking = [row for row in rows if row.unavailable is not None]

    def listed(language: NoteLanguage, mark: str) -> str:
        return mark.join(f"{row.name.text(language)} {row.code.display}" for row in lacking)

    missing = Bilingual(listed("zh", "、"), listed("en", ", "))
    return Coverage(both(key), len(rows) - len(lacking), len(rows), missing, citations.cite(origins))
