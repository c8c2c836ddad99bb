"""The SOURCE argument shared by the verbs: a path, ``-``, an address, or the packaged sample."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Literal, cast

from hkconcept.cli.arguments import Command
from hkconcept.errors import UsageError
from hkconcept.model import Document, Moment
from hkconcept.readers import Archive, read
from hkconcept.service.clock import now
from hkconcept.service.sources import sample_path
from hkconcept.text import detect_language

__all__ = ["moment", "open_document", "source_of"]


def moment(text: str, option: str) -> Moment:
    """Read a moment given on the command line."""
    try:
        return Moment.parse(text)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is not a date or a time", where=option, todo="write it like 2026-01-08 or '2026-01-08 16:30'"
        ) from error


def source_of(command: Command) -> str:
    """Return the source to read: exactly one of SOURCE and ``--sample``."""
    if command.sample and command.source:
        # `--sample PATH` is read by argparse as a language and a source; either way two were named.
        raise UsageError("both a SOURCE and --sample were given", todo="give one of them")
    if command.sample:
        return sample_path(cast("Literal['en', 'zh']", command.sample))
    if not command.source:
        raise UsageError("no SOURCE was given", todo="give a path, '-', an address, or --sample")
    return command.source


def open_document(command: Command, archive: Archive | None = None) -> Document:
    """Read the document that the command names."""
    document = read(
        source_of(command),
        stdin=sys.stdin.buffer,
        archive=archive,
        now=now(),
        published=moment(command.published, "--published") if command.published else None,
        detect_language=detect_language,
    )
    if command.sample:
        # A note must not tell where on a machine the package is installed.
        name = f"packaged sample column ({command.sample})"
        document = replace(document, origin=replace(document.origin, location=name))
    return document
