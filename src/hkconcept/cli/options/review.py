"""The options of ``hkconcept review``."""

from __future__ import annotations

import argparse
from pathlib import Path

from hkconcept.cli.options.shared import workspace_and_format

__all__ = ["DESCRIPTION", "HELP", "add"]

HELP = "look at facts found by machine, with their quotes, and accept, edit or reject them"
DESCRIPTION = (
    "Without options: on a terminal, goes through the queue and asks; piped, writes the queue as JSON Lines. "
    "Nothing found by machine enters a register before it is accepted, by a person or by a rule."
)


def add(parser: argparse.ArgumentParser) -> None:
    """Give the parser of the verb its options."""
    parser.add_argument("--register", metavar="REGISTER", help="only facts for this register")
    parser.add_argument("--show", metavar="ID", help="show one fact with its quote in context")
    parser.add_argument("--accept", metavar="ID", action="append", default=[], help="accept a fact (repeatable)")
    parser.add_argument("--reject", metavar="ID", action="append", default=[], help="reject a fact (repeatable)")
    parser.add_argument("--by", metavar="NAME", help="who decides; recorded with the decision")
    parser.add_argument("--reason", metavar="TEXT", help="why; recorded with the decision")
    parser.add_argument(
        "--set",
        dest="given",
        metavar="COLUMN=VALUE",
        action="append",
        default=[],
        help="with --accept: correct or complete the row first, for example type=biological",
    )
    parser.add_argument("--auto", action="store_true", help="accept what the rules allow; each row says which rule")
    parser.add_argument("--rules", type=Path, metavar="FILE", help="with --auto: rules instead of the packaged ones")
    parser.add_argument("--dry-run", action="store_true", help="with --auto: show what the rules would accept")
    workspace_and_format(parser, "tables and questions")
