"""The options of ``hkconcept index``."""

from __future__ import annotations

import argparse
from pathlib import Path

from hkconcept.cli.options.shared import answer_format

__all__ = ["DESCRIPTION", "HELP", "add"]

HELP = "levels, weights, divisor log and attribution of an index, by rules that are a file"

_ACTIONS = {
    "levels": "the level of every session: price and total return, value, divisor, how many were carried",
    "weights": "the basket at the close of --on (default: the last session): units, price, weight, role",
    "divisors": "the divisor log: every change with value and divisor before and after it, and the reason",
    "attribution": "what each role and security added to the level between --from and --to, in points",
}
DESCRIPTION = "actions:\n" + "\n".join(f"  {name:<13}{told}" for name, told in _ACTIONS.items())


def add(parser: argparse.ArgumentParser) -> None:
    """Give the parser of the verb its options."""
    parser.add_argument("action", metavar="ACTION", choices=tuple(_ACTIONS), help=", ".join(_ACTIONS))
    parser.add_argument(
        "--methodology",
        default="cn-innovative-drugs-equal",
        metavar="NAME",
        help="the packaged rules of an index, or a YAML file",
    )
    parser.add_argument(
        "--prices",
        action="append",
        default=[],
        metavar="DIR",
        help="a folder of price files with a source.yml; may be repeated (default: the packaged sample)",
    )
    parser.add_argument("--members", metavar="FILE", help="a table of memberships (default: the concept's ledger)")
    parser.add_argument(
        "--facts", metavar="DIR", help="a folder with actions, shares, exposure, rates or members as CSV or xlsx"
    )
    parser.add_argument(
        "--as-of", metavar="WHEN", help="use only what could be known at that moment, for example 2026-01-08"
    )
    parser.add_argument("--on", metavar="DAY", help="for weights: the session")
    parser.add_argument("--from", dest="since", metavar="DAY", help="for levels and attribution: the first session")
    parser.add_argument("--to", dest="until", metavar="DAY", help="for levels and attribution: the last session")
    parser.add_argument("--currency", metavar="CODE", help="for levels: in another currency, with rates in --facts")
    parser.add_argument("--export", type=Path, metavar="FILE", help="also write the whole audit trail as .xlsx")
    parser.add_argument(
        "--chart",
        type=Path,
        metavar="FILE",
        help="for levels and attribution: also draw an .svg (name.zh.svg: Chinese)",
    )
    answer_format(parser)
