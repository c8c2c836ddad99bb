"""The options of ``hkconcept extract``."""

from __future__ import annotations

import argparse

from hkconcept.cli.options.shared import source

__all__ = ["DESCRIPTION", "HELP", "add"]

HELP = "find companies, figures, dates, events and wrong codes; JSON Lines in, JSON Lines out"
DESCRIPTION = (
    "Without SOURCE, or with a .jsonl file, reads JSON Lines {id, text, language?, published?} and writes one line of "
    "findings each, in order: code-point offsets, end exclusive, values in base units. A row that cannot be read is "
    "named on standard error and left out, and the exit status is 3. With any other SOURCE, reads that document and "
    "writes one line."
)


def add(parser: argparse.ArgumentParser) -> None:
    """Give the parser of the verb its options."""
    source(parser, sample=True)
    parser.add_argument(
        "--explain",
        action="store_true",
        help="add candidates, reasons, roles, checks and quotes; one SOURCE on a terminal is shown in colour",
    )
    parser.add_argument(
        "--stories", action="store_true", help="add to each row which events it tells first and which row it repeats"
    )
    parser.add_argument("--workers", type=int, metavar="N", help="share rows among N processes (default: 1)")
