"""``hkconcept note``: the main job, and its summary."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from hkconcept.cli.answer import as_table, write_lines
from hkconcept.cli.arguments import Command
from hkconcept.cli.source import moment, open_document
from hkconcept.errors import UsageError
from hkconcept.model import Verdict
from hkconcept.readers import Archive
from hkconcept.service.clock import now
from hkconcept.service.tracking import Tracked, track
from hkconcept.service.workspace import Workspace

__all__ = ["run"]

_FINDINGS = 1


def run(command: Command) -> int:
    """Write the note and print its summary; exit 1 when the source has findings."""
    from hkconcept.service.facts import facts_version, packaged_facts  # noqa: PLC0415 - only a workspace needs them

    present = now()
    as_of = moment(command.as_of, "--as-of") if command.as_of else present
    if as_of.at > present.at:
        raise UsageError(f"{as_of} has not come yet", where="--as-of", todo="give a moment in the past")
    with Workspace.open(
        command.workspace, now=present, packaged=packaged_facts, packaged_version=facts_version()
    ) as workspace:
        tracked = track(
            lambda opened: open_document(command, Archive(opened.archive)),
            workspace,
            out=command.out,
            as_of=as_of,
            concept=command.concept,
            version=version("hkconcept"),
            strict=command.strict,
        )
    if as_table(command):
        from hkconcept.cli.summary import print_summary  # noqa: PLC0415 - 80 ms that only a table needs

        print_summary(tracked)
    else:
        write_lines(_rows(tracked))
    return 0 if tracked.clean else _FINDINGS


def _rows(tracked: Tracked) -> Iterator[dict[str, Any]]:
    note = tracked.note
    yield {
        "type": "note",
        "document": note.document.id,
        "title": note.document.title,
        "published": str(note.document.published) if note.document.published else None,
        "concept": note.concept,
        "policy": note.policy.number.en if note.policy else None,
        "first_public": str(note.policy.first_public) if note.policy else None,
        "as_of": str(note.as_of),
        "inconsistent": sum(check.verdict is Verdict.INCONSISTENT for check in tracked.found.checks),
        "flags": len(tracked.found.flags),
    }
    for figure in note.figures:
        yield {
            "type": "figure",
            "id": figure.id,
            "quote": figure.quote.exact,
            "value": str(figure.quantity.value),
            "unit": figure.quantity.unit,
            "relation": figure.quantity.relation.value,
            "subject": figure.subject.en,
            "period": str(figure.period) if figure.period else None,
            "verdict": figure.verdict.value,
            "formulas": [working.formula for working in figure.workings],
        }
    for row in note.named:
        yield {
            "type": "stock",
            "code": row.code,
            "name": row.name.en,
            "printed": list(row.printed),
            "role": row.role,
            "returns": {p.window: None if p.change is None else str(round(p.change, 4)) for p in row.performance},
        }
    for flag in tracked.found.flags:
        yield {
            "type": "flag",
            "kind": flag.kind,
            "message": flag.message,
            "start": flag.span.start,
            "end": flag.span.end,
        }
    for path in tracked.files:
        yield {"type": "file", "path": str(path)}
