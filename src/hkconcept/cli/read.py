"""``hkconcept read``: what was read from a document, before anything is concluded from it."""

from __future__ import annotations

import json
import sys

from hkconcept.cli.arguments import Command
from hkconcept.cli.source import open_document

__all__ = ["run"]


def run(command: Command) -> int:
    """Print the document as one JSON object: title, moment of publication, encoding, hash, text."""
    document = open_document(command)
    row = {
        "id": document.id,
        "title": document.title,
        "published": document.published.at.isoformat() if document.published else None,
        "published_printed": document.published.printed if document.published else None,
        "published_precision": document.published.precision if document.published else None,
        "zone_assumed": document.published.zone_assumed if document.published else None,
        "language": document.language,
        "publisher": document.origin.publisher or None,
        "media_type": document.origin.media_type,
        "encoding": document.origin.encoding,
        "sha256": document.origin.sha256,
        "location": document.origin.location,
        "text": document.text,
    }
    json.dump(row, sys.stdout, ensure_ascii=False, indent=None if not sys.stdout.isatty() else 2)
    sys.stdout.write("\n")
    return 0
