"""The options of ``hkconcept note``."""

from __future__ import annotations

import argparse
from pathlib import Path

from hkconcept.cli.options.shared import source

__all__ = ["DESCRIPTION", "HELP", "add"]

HELP = "read a document, check it, and write the tracking note (HTML, Markdown, JSON; English and Chinese)"
DESCRIPTION = None


def add(parser: argparse.ArgumentParser) -> None:
    """Give the parser of the verb its options."""
    source(parser, sample=True)
    parser.add_argument(
        "--out", type=Path, default=Path("notes"), metavar="DIR", help="where to write (default: notes)"
    )
    parser.add_argument(
        "--as-of",
        metavar="WHEN",
        help="use only what could be known at that moment, for example 2026-01-08 or '2026-01-08 16:30' (default: now)",
    )
    parser.add_argument("--concept", default="cn-innovative-drugs", metavar="NAME", help="a packaged concept or a file")
    parser.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        help="where the ledger and the archive live (default: $HKCONCEPT_HOME or ~/.local/share/hkconcept)",
    )
    parser.add_argument(
        "--format",
        dest="form",
        choices=("auto", "table", "json"),
        default="auto",
        help="the summary on standard output: a table on a terminal, JSON Lines when piped (auto)",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="write nothing, and exit 1, when a figure of the source or of the note itself does not add up",
    )
