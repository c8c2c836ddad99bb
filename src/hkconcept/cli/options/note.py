"""The options of ``hkconcept note``."""

from __future__ import annotations

import argparse
from pathlib import Path

from hkconcept.cli.options.shared import answer_format, as_of, source, workspace

__all__ = ["DESCRIPTION", "HELP", "add"]

HELP = "read a document, check it, and write the tracking note (HTML, Markdown, JSON; English and Chinese)"
DESCRIPTION = None


def add(parser: argparse.ArgumentParser) -> None:
    """Give the parser of the verb its options."""
    source(parser, sample=True)
    parser.add_argument(
        "--out", type=Path, default=Path("notes"), metavar="DIR", help="where to write (default: notes)"
    )
    as_of(parser)
    parser.add_argument("--concept", default="cn-innovative-drugs", metavar="NAME", help="a packaged concept or a file")
    workspace(parser)
    answer_format(parser, "the summary on standard output: a table")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="write nothing, and exit 1, when a figure of the source or of the note itself does not add up",
    )
