"""The options of ``hkconcept check``."""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["DESCRIPTION", "HELP", "add"]

HELP = "recompute the figures of documents: sums, shares, growth, prices, tables; exit 1 when one does not hold"
DESCRIPTION = None


def add(parser: argparse.ArgumentParser) -> None:
    """Give the parser of the verb its options."""
    parser.add_argument("sources", metavar="SOURCE", nargs="+", help="paths, '-' for standard input, or addresses")
    parser.add_argument(
        "--published", metavar="WHEN", help="when the documents were published; overrides what they print"
    )
    parser.add_argument("--html", type=Path, metavar="FILE", help="also write a page with the figures highlighted")
    parser.add_argument(
        "--format",
        dest="form",
        choices=("auto", "table", "json"),
        default="auto",
        help="annotated text on a terminal, JSON Lines (one line per check) when piped (auto)",
    )
