"""The options of ``hkconcept import``."""

from __future__ import annotations

import argparse

from hkconcept.cli.options.shared import workspace_and_format

__all__ = ["DESCRIPTION", "HELP", "add"]

HELP = "read an official list or an export (xlsx, CSV, HTML, PDF) into a register, all of it or nothing"
DESCRIPTION = None


def add(parser: argparse.ArgumentParser) -> None:
    """Give the parser of the verb its options."""
    parser.add_argument("register", metavar="REGISTER", nargs="?", help="approvals, deals, listings, payment...")
    parser.add_argument("source", metavar="FILE", nargs="?", help="a path, or '-' for standard input")
    parser.add_argument("--map", metavar="NAME|FILE", help="the column map (default: the one that fits the header)")
    parser.add_argument("--maps", action="store_true", help="list the maps of REGISTER, or of all registers")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet that holds the table, when several fit")
    parser.add_argument(
        "--published",
        metavar="WHEN",
        help="when the file was published, for example 2025-12-07; from then on its rows could be known",
    )
    parser.add_argument("--url", metavar="ADDRESS", default="", help="where the file was fetched from, for the record")
    parser.add_argument(
        "--set",
        dest="given",
        metavar="COLUMN=VALUE",
        action="append",
        default=[],
        help="a value for every row that the file does not print, for example edition=2025",
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
    workspace_and_format(parser, "a summary with the changes")
