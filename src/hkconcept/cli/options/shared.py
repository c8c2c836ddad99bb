"""Options that several verbs share."""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["answer_format", "as_of", "source", "workspace", "workspace_and_format"]


def source(parser: argparse.ArgumentParser, *, sample: bool) -> None:
    """Give a verb the source that it reads, and the packaged sample where it takes that."""
    what = "a path, '-' for standard input, or an http(s) address of a text, Markdown or HTML document"
    parser.add_argument("source", metavar="SOURCE", nargs="?", help=what)
    if sample:
        parser.add_argument(
            "--sample",
            choices=("en", "zh"),
            nargs="?",
            const="en",
            help="use the packaged sample column (English by default) instead of a SOURCE",
        )
    parser.add_argument(
        "--published",
        metavar="WHEN",
        help="when it was published, for example '2026-01-08 08:07' (Hong Kong time); overrides what it prints",
    )


def as_of(parser: argparse.ArgumentParser) -> None:
    """Give a verb the moment of knowledge."""
    parser.add_argument(
        "--as-of",
        metavar="WHEN",
        help="use only what could be known at that moment, for example 2026-01-08 or '2026-01-08 16:30' (default: now)",
    )


def workspace_and_format(parser: argparse.ArgumentParser, what: str) -> None:
    """Give a verb the workspace and the form of its answer."""
    workspace(parser)
    answer_format(parser, what)


def workspace(parser: argparse.ArgumentParser, what: str = "where the ledger and the archive live") -> None:
    """Give a verb the workspace."""
    parser.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        help=f"{what} (default: $HKCONCEPT_HOME or ~/.local/share/hkconcept)",
    )


def answer_format(parser: argparse.ArgumentParser, what: str = "a table") -> None:
    """Give a verb the form of its answer; ``what`` is what it shows on a terminal."""
    parser.add_argument(
        "--format",
        dest="form",
        choices=("auto", "table", "json"),
        default="auto",
        help=f"{what} on a terminal, JSON Lines when piped (auto)",
    )
