"""``hkconcept extract``: the machine interface, JSON Lines in and out; ``--explain`` shows one document in colour."""

from __future__ import annotations

import gc
import json
import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from hkconcept.cli.arguments import Command
from hkconcept.cli.progress import Progress
from hkconcept.cli.source import moment, open_document
from hkconcept.errors import SourceError, UsageError
from hkconcept.linking import Gazetteer
from hkconcept.model import Moment
from hkconcept.service.clock import now

__all__ = ["run"]

_CLEAN, _UNUSABLE = 0, 3
_ROWS = (".jsonl", ".ndjson")
_SHOWN = 20  # faults named one by one: a file of another format has one on every line


def run(command: Command) -> int:
    """Write one line of findings per document. Flags are part of the data here, so findings leave the status at 0.

    Rows that cannot be read are named on standard error and left out; the exit status is then 3.
    """
    if command.workers is not None and command.workers < 1:
        raise UsageError(f"--workers {command.workers} is less than one process", todo="give 1 or more")
    today = moment(command.published, "--published") if command.published else now()
    if command.source and command.source.lower().endswith(_ROWS):
        try:
            rows = Path(command.source).open("rb")  # noqa: SIM115 - closed below; only the opening is excused
        except OSError as error:
            what = f"the rows cannot be read ({error.strerror})"
            raise SourceError(what, where=command.source, todo="check the path") from error
        with rows:
            return _rows(command, today, rows)
    if command.source or command.sample:
        if command.stories:
            raise UsageError(
                "--stories compares rows, and one SOURCE was given", todo="give rows on standard input or a .jsonl file"
            )
        return _single(command, today)
    return _rows(command, today, sys.stdin.buffer)


def _single(command: Command, today: Moment) -> int:
    from hkconcept.service.interchange import findings  # noqa: PLC0415 - the other branch has its own
    from hkconcept.service.pipeline import extract  # noqa: PLC0415 - as above

    document = open_document(command)
    found = extract(document, Gazetteer.packaged(), today=today)
    if command.explain and sys.stdout.isatty():
        from hkconcept.cli.explained import print_explained  # noqa: PLC0415 - only a terminal needs it

        print_explained(document, found)
    else:
        json.dump(findings(document, found, explain=command.explain), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    return _CLEAN


def _rows(command: Command, today: Moment, rows: BinaryIO) -> int:
    from hkconcept.service.batch import answer_rows  # noqa: PLC0415 - one document needs no batch

    gazetteer = Gazetteer.packaged()
    # The names stay for the whole run: the collector need not walk them again for every document.
    gc.freeze()
    wrong = 0
    whole = _size_of(rows)
    with Progress("extract", total=whole) as progress:
        for answer in answer_rows(
            rows,
            gazetteer,
            today=today,
            explain=command.explain,
            stories=command.stories,
            workers=command.workers or 1,
        ):
            sys.stdout.write(answer.lines)
            if whole is None:
                sys.stdout.flush()  # somebody may be waiting at the other end of the pipe
            for problem in answer.problems:
                wrong += 1
                if wrong <= _SHOWN:
                    print(f"hkconcept: {problem}", file=sys.stderr)  # noqa: T201 - this is the command line's voice
            progress.advance(answer.size)
    if wrong > _SHOWN:
        print(f"hkconcept: {wrong - _SHOWN} more rows have such faults.", file=sys.stderr)  # noqa: T201 - as above
    return _UNUSABLE if wrong else _CLEAN


def _size_of(rows: BinaryIO) -> int | None:
    """Return the size of the rows in bytes when they are a file."""
    try:
        status = os.fstat(rows.fileno())
    except (OSError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None
