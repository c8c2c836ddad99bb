"""``hkconcept extract``: the machine interface, JSON Lines in and out."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterable

from hkconcept.cli.arguments import Command
from hkconcept.cli.source import moment, open_document
from hkconcept.linking import Gazetteer
from hkconcept.model import Document
from hkconcept.service.clock import now
from hkconcept.service.interchange import findings
from hkconcept.service.pipeline import extract
from hkconcept.service.sources import read_rows

__all__ = ["run"]


def run(command: Command) -> int:
    """Write one line of findings per document. Flags are part of the data here, so the exit status stays 0."""
    single = bool(command.source or command.sample)
    documents: Iterable[Document] = [open_document(command)] if single else read_rows(sys.stdin.buffer, now=now())
    today = moment(command.published, "--published") if command.published else now()
    gazetteer = Gazetteer.packaged()
    # The names stay for the whole run: the collector need not walk them again for every document.
    gc.freeze()
    for document in documents:
        found = extract(document, gazetteer, today=today)
        json.dump(findings(document, found, explain=command.explain), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    return 0
