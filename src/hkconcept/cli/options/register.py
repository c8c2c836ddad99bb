"""The options of ``hkconcept register``."""

from __future__ import annotations

import argparse
from pathlib import Path

from hkconcept.cli.options.shared import answer_format, workspace

__all__ = ["DESCRIPTION", "HELP", "add"]

HELP = "show a register as it could be known at a moment, with its coverage; export it, compare two moments"
DESCRIPTION = (
    "NAME is acceptances, approvals, deals, designations, drugs, listings, payment, policies, procurement, "
    "procurement-results or totals; or companies, with --drug: which listed companies a drug, an approval or "
    "a deal concerns, and since when one could know."
)


def add(parser: argparse.ArgumentParser) -> None:
    """Give the parser of the verb its options."""
    parser.add_argument("name", metavar="NAME", help="the register")
    parser.add_argument(
        "--as-of", metavar="WHEN", help="use only what could be known at that moment, for example 2026-01-08"
    )
    parser.add_argument("--valid", metavar="DAY", help="only rows that hold on that day")
    parser.add_argument(
        "--where",
        action="append",
        metavar="CONDITION",
        help="only rows that meet it: column=value, column~part, column>=value, column<=value; may be repeated",
    )
    parser.add_argument(
        "--drug",
        metavar="NAME",
        help="only rows about this drug, under any of its names; with payment, also the level at which it is paid",
    )
    parser.add_argument("--export", type=Path, metavar="FILE", help="write a .parquet, .csv, .xlsx or .json file")
    parser.add_argument("--diff", metavar="WHEN", help="show what has become known since that moment")
    workspace(parser, "where the ledger lives")
    answer_format(parser)
