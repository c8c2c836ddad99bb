"""Kill a run with SIGKILL at every step in turn and report what the next run finds.

A step is a file system call (seen through the interpreter's audit events and, while a note is written, its calls
on the open file), the start or the end of an SQL
statement, a commit, or a stretch of work inside SQLite. Run as a program of its own:
``killed_runs.py new|existing FOLDER`` prints one JSON object.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from hkconcept.ledger import Ledger, Statement
from hkconcept.ledger.records import statements_of
from hkconcept.model import Document, Extraction, Figure, Moment, Origin, Quantity, Quote, Span
from hkconcept.service.workspace import Workspace
from killing import KILLER, killed, watch

NOW = Moment.parse("2026-01-09 10:00")
EVER = Moment.parse("2100-01-01")
NOTE = b"<p>76 drugs</p>\n" * 2000
FACTS = [
    Statement(
        subject_kind="security",
        subject=f"{number:05d}",
        attribute="role",
        value="innovator",
        known_at=Moment.parse("2018-10-31"),
        status="packaged",
    )
    for number in range(200)
]
OLD_FACTS = 50  # of the version before, in the campaign on an existing workspace
FIGURES = 60
FILE_CALLS = {"write", "flush", "fsync", "close", "truncate", "fileno"}


def profiled(_frame: object, name: str, called: object) -> None:
    """Count the calls on an open file too, which raise no audit event."""
    if name == "c_call" and getattr(called, "__name__", "") in FILE_CALLS:
        KILLER.step()


def a_document(name: str) -> tuple[Document, tuple[Statement, ...]]:
    text = f"Column {name}: " + ", ".join(f"{number} drugs" for number in range(FIGURES))
    origin = Origin(f"{name}.md", name.encode().hex().zfill(64), "text/markdown", "utf-8", NOW)
    document = Document(name, text, "en", origin, published=Moment.parse("2026-01-08 08:07"))
    figures = tuple(
        Figure(f"f{number}", Quote.cut(text, Span(number, number + 5)), Quantity(Decimal(number), "count"))
        for number in range(FIGURES)
    )
    return document, statements_of(document, Extraction(name, figures=figures))


def whole_run(folder: Path, says: int) -> None:
    document, stated = a_document("second")
    with Workspace.open(folder, now=NOW, packaged=lambda: FACTS, packaged_version="v1") as workspace:
        os.write(says, b"O")
        with workspace.run(command="note", version="0") as run:
            os.write(says, b"B")
            workspace.ledger.record_document(document, stated, run=run)
            os.write(says, b"R")
            sys.setprofile(profiled)
            workspace.write_atomically(workspace.notes / "second.html", NOTE)
            sys.setprofile(None)
            os.write(says, b"N")
        os.write(says, b"F")


def complaints(folder: Path, reported: str, *, first_held: bool) -> list[str]:
    """Say what a reader finds wrong after a killed run, before any other run has mended anything."""
    wrong = []
    note = folder / "notes" / "second.html"
    if note.exists() and note.read_bytes() != NOTE:
        wrong.append("a half-written note")
    if "N" in reported and not note.exists():
        wrong.append("a finished note was lost")
    held: dict[str, int] = {}
    if (folder / "ledger.sqlite").exists():
        with closing(sqlite3.connect(folder / "ledger.sqlite")) as reader:
            if reader.execute("SELECT count(*) FROM sqlite_master WHERE name = 'statements'").fetchone()[0]:
                held = dict(reader.execute("SELECT status, count(*) FROM statements GROUP BY status"))
                held["documents"] = reader.execute("SELECT count(*) FROM documents").fetchone()[0]
            if reader.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                wrong.append("a damaged ledger")
    before = int(first_held)
    documents = held.get("documents", 0)
    packaged = held.get("packaged", 0)
    if packaged not in (OLD_FACTS * before, len(FACTS)) or ("O" in reported and packaged != len(FACTS)):
        wrong.append(f"packaged facts: {held}")
    if documents not in (before, before + 1) or held.get("extracted", 0) != documents * FIGURES:
        wrong.append(f"half a document: {held}")
    if "R" in reported and documents != before + 1:
        wrong.append(f"a recorded document was lost: {held}")
    return wrong


def answers(folder: Path) -> list[str]:
    with Ledger.open(folder / "ledger.sqlite") as ledger:
        return [row.id for row in ledger.as_of(known=EVER, valid=None)]


def campaign(base: Path, *, first_held: bool) -> dict[str, object]:
    start = base / "start"
    if first_held:
        document, stated = a_document("first")
        with Workspace.open(start, now=NOW, packaged=lambda: FACTS[:OLD_FACTS], packaged_version="v0") as workspace:
            workspace.ledger.record_document(document, stated)
    folder = base / "w"

    def afresh() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        if start.exists():
            shutil.copytree(start, folder)

    afresh()
    died, _, steps = killed(lambda says: whole_run(folder, says), 0)
    expected = answers(folder)
    found: list[str] = ["the run without a kill died"] if died else []
    kills = 0
    for last in range(1, steps + 1):
        afresh()
        died, reported, _ = killed(lambda says: whole_run(folder, says), last)
        kills += died
        found += [f"step {last} ({reported}): {item}" for item in complaints(folder, reported, first_held=first_held)]
        died, reported, _ = killed(lambda says: whole_run(folder, says), 0)
        if died or reported != "OBRNF" or answers(folder) != expected:
            found.append(f"step {last}: the next run came to {reported!r}")
        if left := [item.name for item in folder.rglob(".hkconcept-*")]:
            found.append(f"step {last}: left {left}")
    return {"steps": steps, "kills": kills, "rows": len(expected), "wrong": found}


if __name__ == "__main__":
    watch()
    print(json.dumps(campaign(Path(sys.argv[2]), first_held=sys.argv[1] == "existing")))  # noqa: T201 - its answer
