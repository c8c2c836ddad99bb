"""The options of ``hkconcept study``."""

from __future__ import annotations

import argparse
from pathlib import Path

from hkconcept.cli.options.shared import answer_format, source

__all__ = ["DESCRIPTION", "HELP", "add"]

HELP = "abnormal returns around an event, with bands and tests that hold their size on a shared date"
DESCRIPTION = (
    "The event is the policy that SOURCE reports, or --policy, or --public. Without --prices the packaged "
    "closes of December 2025 and January 2026 are used, which allow the sample's event alone. Windows are "
    "in sessions from day 0, both ends included; write --window=-1,5 with the equals sign."
)


def add(parser: argparse.ArgumentParser) -> None:
    """Give the parser of the verb its options."""
    source(parser, sample=True)
    parser.add_argument("--policy", metavar="ID", help="a packaged policy instrument, for example nmpa-2026-3")
    parser.add_argument("--public", metavar="WHEN", help="when the event became public; overrides what is held")
    parser.add_argument(
        "--codes", metavar="CODES", help="securities, comma separated (default: members at that moment)"
    )
    parser.add_argument("--concept", default="cn-innovative-drugs", metavar="NAME", help="for members and roles")
    parser.add_argument(
        "--prices",
        action="append",
        default=[],
        metavar="DIR",
        help="a folder of prices, or adjusted=DIR or unadjusted=DIR; again for a further segment",
    )
    parser.add_argument("--benchmark", type=Path, metavar="FILE", help="the market's closes: CSV with date,close")
    parser.add_argument(
        "--window",
        dest="windows",
        action="append",
        default=[],
        metavar="A,B",
        help="an event window; again for more (default: 0,0 0,1 -1,1 0,5); the first is the main one",
    )
    parser.add_argument("--estimation", metavar="A,B", help="the estimation window (default: -250,-11)")
    parser.add_argument("--run-up", metavar="A,B", help="the sessions before day 0 reported apart (default: -10,-1)")
    parser.add_argument(
        "--model",
        default="market",
        choices=("market", "scholes_williams", "dimson", "market_adjusted", "mean_adjusted", "factors"),
        help="the model of normal returns (default: market)",
    )
    parser.add_argument(
        "--min-observations", type=int, metavar="N", help="returns that a security needs to be estimated (default: 60)"
    )
    parser.add_argument(
        "--exclude-confounded", action="store_true", help="leave out securities with another event in the windows"
    )
    parser.add_argument(
        "--trade-to-trade", action="store_true", help="let a return reach back over halts to the last traded close"
    )
    parser.add_argument("--all-tests", action="store_true", help="show every test of every window, not of the main one")
    parser.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        help="also take other and earlier events from the documents recorded there (default: the registers alone)",
    )
    parser.add_argument("--as-of", metavar="WHEN", help="use only what could be known at that moment (default: now)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="also write charts (SVG) and a workbook (XLSX) there")
    answer_format(parser, "tables")
