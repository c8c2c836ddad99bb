"""``hkconcept check``: recompute the figures of one or more documents; no ledger, nothing written but ``--html``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hkconcept.claims import as_asked, check_against_registers, with_register_scopes
from hkconcept.cli.answer import as_table, write_lines
from hkconcept.cli.arguments import Command
from hkconcept.cli.source import moment
from hkconcept.errors import HkconceptError, SourceError
from hkconcept.linking import Gazetteer
from hkconcept.model import Check, Document, Extraction, Figure, Moment, Verdict
from hkconcept.readers import read
from hkconcept.readers.sheets import is_sheet, read_sheets
from hkconcept.service.clock import now
from hkconcept.service.interchange import number
from hkconcept.service.pipeline import extract
from hkconcept.service.totals import every_total
from hkconcept.text import detect_language

__all__ = ["run"]

_CLEAN, _FINDINGS, _UNUSABLE = 0, 1, 3


def run(command: Command) -> int:
    """Check every SOURCE and return 1 when any figure is inconsistent.

    A source that cannot be read is named on standard error and the others are still checked, so that one
    broken file of a newsroom does not hide the errors of the rest; the exit status is then 3.
    """
    present = now()
    published = moment(command.published, "--published") if command.published else None
    gazetteer = Gazetteer.packaged()
    checked: list[tuple[Document, Extraction]] = []
    status = _CLEAN
    for source in command.sources:
        try:
            document = _document(source, present, published)
        except HkconceptError as error:
            print(f"hkconcept: {error}", file=sys.stderr)  # noqa: T201 - this is the command line's voice
            status = _UNUSABLE
            continue
        checked.append((document, _checked(document, gazetteer, present)))
    wrong = any(check.verdict is Verdict.INCONSISTENT for _, found in checked for check in found.checks)
    _show(command, checked)
    if command.html:
        _write_page(command.html, checked)
    return status or (_FINDINGS if wrong else _CLEAN)


def _document(source: str, present: Moment, published: Moment | None) -> Document:
    if is_sheet(source):
        return read_sheets(source, now=present, published=published, detect_language=detect_language)
    return read(
        source,
        stdin=sys.stdin.buffer,
        archive=None,
        now=present,
        published=published,
        detect_language=detect_language,
    )


def _checked(document: Document, gazetteer: Gazetteer, present: Moment) -> Extraction:
    """Return the findings of a document, its figures compared with the registers as of its date."""
    found = extract(document, gazetteer, today=present)
    totals, asked = every_total(), as_asked(document.text, found.figures)
    as_of = document.published or present
    against = check_against_registers(asked, totals, as_of=as_of)
    figures = with_register_scopes(found.figures, asked, totals, as_of=as_of)
    ordered = sorted((*found.checks, *against), key=lambda check: check.claim.quote.span)
    return replace(found, figures=figures, checks=tuple(ordered))


def _show(command: Command, checked: Sequence[tuple[Document, Extraction]]) -> None:
    if as_table(command):
        from hkconcept.cli.checked import print_checked  # noqa: PLC0415 - 80 ms that only a terminal needs

        print_checked(checked)
        return
    for document, found in checked:
        write_lines(_rows(document, found))


def _write_page(path: Path, checked: Sequence[tuple[Document, Extraction]]) -> None:
    from hkconcept.note.annotated import render_annotated  # noqa: PLC0415 - only a page needs the templates

    try:
        path.write_text(render_annotated(checked), encoding="utf-8")
    except OSError as error:
        raise SourceError(
            f"the page cannot be written: {error.strerror}", where=str(path), todo="choose another file with --html"
        ) from error


def _rows(document: Document, found: Extraction) -> Iterator[dict[str, Any]]:
    """Yield one row per check; offsets are code points of the text as read, the end exclusive."""
    figures = {figure.id: figure for figure in found.figures}
    for check in found.checks:
        span = check.claim.quote.span
        yield {
            "source": document.origin.location,
            "document": document.id,
            "kind": check.claim.kind,
            "verdict": check.verdict.value,
            "formula": check.formula,
            "reason": check.reason,
            "reason_zh": check.reason_zh,
            "mend": check.mend or None,
            "computed": None if check.computed is None else number(check.computed),
            "tolerance": None if check.tolerance is None else number(check.tolerance),
            "line": document.text.count("\n", 0, span.start) + 1,
            "start": span.start,
            "end": span.end,
            "quote": check.claim.quote.exact,
            "spans": _spans(check, figures),
            "sources": list(check.sources),
        }


def _spans(check: Check, figures: dict[str, Figure]) -> list[dict[str, Any]]:
    named = [("input", one) for one in check.claim.inputs] + [("result", check.claim.result)]
    return [
        {
            "role": role,
            "figure": one,
            "start": figures[one].quote.span.start,
            "end": figures[one].quote.span.end,
            "surface": figures[one].quote.exact,
        }
        for role, one in named
        if one in figures
    ]
