"""The main job: read a document, check it, record it, and write the note."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hkconcept.claims import as_asked, check_against_registers
from hkconcept.concept import Definition
from hkconcept.errors import FindingsError, UsageError
from hkconcept.ledger.records import statements_of
from hkconcept.linking import Gazetteer
from hkconcept.model import Basket, Document, Extraction, Judgement, Moment, StockCode, Verdict
from hkconcept.note.compose import compose
from hkconcept.note.contents import Bilingual, Note, NoteLanguage
from hkconcept.note.files import render_files
from hkconcept.note.markdown import render_markdown
from hkconcept.registers import policies
from hkconcept.service.concepts import Concept, open_concept
from hkconcept.service.durable import refusals_told, write_atomically
from hkconcept.service.pipeline import extract
from hkconcept.service.totals import every_total
from hkconcept.service.workspace import Workspace

if TYPE_CHECKING:
    from hkconcept.note.changes import HeldChanges

__all__ = ["Tracked", "compose_note", "findings_as_of", "named_codes", "track", "write_note"]

_POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Tracked:
    """What one run made: the document, its findings, the note, the files written, and the rows recorded."""

    document: Document
    found: Extraction
    note: Note
    files: tuple[Path, ...]
    recorded: int

    @property
    def clean(self) -> bool:
        """Whether nothing was found that an editor must look at."""
        return not self.found.flags and all(check.verdict is not Verdict.INCONSISTENT for check in self.found.checks)


def findings_as_of(document: Document, gazetteer: Gazetteer, *, as_of: Moment) -> Extraction:
    """Return what is found in a document, its figures compared with the registers as known at a moment."""
    found = extract(document, gazetteer, today=as_of)
    asked = as_asked(document.text, found.figures)
    return replace(found, checks=(*found.checks, *check_against_registers(asked, every_total(), as_of=as_of)))


def compose_note(
    document: Document,
    found: Extraction,
    concept: Concept,
    *,
    as_of: Moment,
    languages: Sequence[NoteLanguage] = (),
) -> Note:
    """Compose the note of a document and its findings, from what could be known at a moment.

    An instrument is named only when the text itself reports a policy event. ``languages`` gives those of the note in
    order; without any it has both, and the document's own comes first.
    """
    from hkconcept.market import Bars  # noqa: PLC0415 - only a note needs prices
    from hkconcept.service.reactions import note_reaction  # noqa: PLC0415 - as above

    definition, basket = concept.definition, concept.basket(as_of=as_of)
    told = any(event.type == _POLICY for event in found.events)
    match = policies.match(document.text, published=document.published, as_of=as_of) if told else None
    policy, bars = match.policy if match else None, Bars.packaged()
    own: tuple[NoteLanguage, ...] = ("en", "zh") if document.language == "en" else ("zh", "en")
    return compose(
        document,
        found,
        policy=policy,
        basket=basket,
        concept_name=Bilingual(definition.name_zh, definition.name_en),
        roles=_roles(definition, basket),
        listings=concept.listings,
        bars=bars,
        as_of=as_of,
        remarks=(Bilingual(definition.coverage_zh, definition.coverage_en),),
        changes=_changes(policy, as_of) if policy else None,
        reaction=note_reaction(policy, named_codes(found), concept, bars, as_of=as_of),
        languages=tuple(languages) or own,
    )


def _changes(policy: policies.Policy, as_of: Moment) -> HeldChanges | None:
    """Return what an instrument changes, or ``None`` when no rule of it is held."""
    from hkconcept.note.changes import HeldChanges  # noqa: PLC0415 - the pathway, which only an instrument needs
    from hkconcept.pathway.changes import touched, what_changes  # noqa: PLC0415 - as above
    from hkconcept.pathway.eligibility import packaged_criteria  # noqa: PLC0415 - as above
    from hkconcept.pathway.register_cases import designated_drugs  # noqa: PLC0415 - as above
    from hkconcept.pathway.rule_files import packaged_rules  # noqa: PLC0415 - as above

    # Rules and designations are known by days: of a day that is not over, nothing counts yet.
    over = Moment.of_day(as_of.day).known_by <= as_of.known_by
    book, day = packaged_rules(), as_of.day if over else as_of.day - dt.timedelta(days=1)
    found = what_changes(book, policy.id, as_of=day)
    if found is None or not (found.limits or found.provisions):
        return None
    drugs = designated_drugs(as_of=day)
    return HeldChanges(found, book, touched(found, drugs, as_of=day), len(drugs), packaged_criteria().facts)


def named_codes(found: Extraction) -> tuple[StockCode, ...]:
    """Return the securities that a text names, in reading order, also those printed with another company's code."""
    linked = {Judgement.LINKED, Judgement.CONFLICT}
    return tuple(dict.fromkeys(one.code for one in found.mentions if one.code and one.judgement in linked))


def _roles(definition: Definition, basket: Basket) -> list[tuple[str, Bilingual]]:
    """Return the roles of a concept, the one with most members first."""
    counts = Counter(member.role for member in basket.members)
    rules = {rule.role: rule for version in definition.versions for rule in version.roles}
    ordered = sorted(rules, key=lambda role: (-counts[role], role))
    return [(role, Bilingual(rules[role].name_zh, rules[role].name_en)) for role in ordered]


def track(  # noqa: PLR0913 - the choices of one run, each named by its caller
    read: Callable[[Workspace], Document],
    workspace: Workspace,
    *,
    out: Path,
    as_of: Moment,
    concept: str,
    version: str,
    strict: bool = False,
) -> Tracked:
    """Read a document, record what is found in it, and write its note.

    What was found is recorded before the note is drawn, so that a failure to draw or to write loses nothing.

    Parameters
    ----------
    read
        Reads the document, given the workspace whose archive keeps the raw bytes.
    workspace
        Open, and so locked for this run.
    out
        Folder for notes; each document has a folder in it, named by its date and its id.
    as_of
        The moment up to which facts may be used.
    concept
        Name of a packaged concept, or the path of a definition.
    version
        Version of the software, noted with the run.
    strict
        Publish nothing when a figure of the source, or of the note itself, is inconsistent.

    Raises
    ------
    FindingsError
        ``strict``, and a figure does not add up; what was found is recorded, no file is written.
    UsageError
        The document was published after ``as_of``.
    SourceError, StoreError, RenderError
        As the rooms below raise them.

    """
    with workspace.run(command="note", version=version, as_of=as_of) as run:
        gazetteer = Gazetteer.packaged()
        opened = open_concept(concept, gazetteer)
        document = read(workspace)
        if document.published and document.published.at > as_of.known_by:
            raise UsageError(
                f"the document was published {document.published}, after --as-of {as_of}",
                where=document.origin.location,
                todo="give a later --as-of",
            )
        found = findings_as_of(document, gazetteer, as_of=as_of)
        recorded = workspace.ledger.record_document(document, statements_of(document, found), run=run)
        note = compose_note(document, found, opened, as_of=as_of)
        if strict:
            refuse_inconsistent(document, found, note, gazetteer)
        files = write_note(note, document, out=out)
    return Tracked(document, found, note, files, recorded)


def refuse_inconsistent(document: Document, found: Extraction, note: Note, gazetteer: Gazetteer) -> None:
    """Refuse to publish a note when a figure of its source or of its own pages is inconsistent.

    What the note says of its own is read as any other text would be, and its figures are recomputed; the table of
    figures quotes the source, which is checked whole.

    Raises
    ------
    FindingsError
        The first formula that does not hold is named.

    """
    told = {"the source": found.checks}
    for language in note.languages:
        told_here = render_markdown(note, language, figures=False)
        own = replace(document, text=told_here, language="en" if language == "en" else "zh-Hans")
        told[f"the note's own text ({language})"] = extract(own, gazetteer, today=note.as_of).checks
    for place, checks in told.items():
        wrong = [check for check in checks if check.verdict is Verdict.INCONSISTENT]
        if wrong:
            raise FindingsError(
                f"the note is not published: in {place} {wrong[0].formula}"
                + (f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""),
                where=document.origin.location,
                todo="mend the figure, or publish without --strict",
            )


def write_note(note: Note, document: Document, *, out: Path) -> tuple[Path, ...]:
    """Write a note's files into a folder of its own under ``out``, each whole or not at all; return their paths."""
    folder = out / _folder_name(document)
    files = render_files(note)
    with refusals_told("the folder for the note cannot be made", folder):
        folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        write_atomically(folder / name, text.encode("utf-8"))
    return tuple(folder / name for name in files)


def _folder_name(document: Document) -> str:
    # The id is a hash: it tells two documents of one day apart, and nothing from outside reaches a path.
    day = document.published.day.isoformat() if document.published else "undated"
    return f"{day}-{document.id[:8]}"
