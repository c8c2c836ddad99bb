"""The verbs and their options, on argparse: ``hkconcept --help`` must answer at once.

Typer was measured at 0.28 s for ``--help`` and argparse at 0.03 s; see docs/decisions.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from hkconcept.cli.clock_arguments import ClockOptions, add_clock, clock_words, misspelt

__all__ = ["VERBS", "Command", "parse"]

_EXIT_USAGE = 2

VERBS = ("note", "check", "extract", "read", "register", "clock")

# Every word of the command line that a typing slip may have meant.
_WORDS = (
    *VERBS,
    *("--as-of", "--concept", "--explain", "--format", "--help", "--html", "--out", "--published", "--sample"),
    *("--diff", "--drug", "--export", "--valid", "--where"),
    "--version",
    "--workspace",
    *clock_words(),
)

_EPILOG = """\
exit status: 0 clean; 1 the source has findings (a figure that does not add up, a wrong code);
2 the command is wrong; 3 a source or the workspace cannot be used.
"""


class Command(argparse.Namespace):
    """A parsed command line; ``run`` executes it and returns the exit status."""

    run: Callable[[Command], int]
    workspace: Path | None
    sample: str | None
    source: str | None
    sources: list[str]
    html: Path | None
    out: Path
    as_of: str | None
    published: str | None
    form: str
    explain: bool
    concept: str
    clock: ClockOptions
    name: str
    valid: str | None
    where: list[str] | None
    drug: str | None
    export: Path | None
    diff: str | None


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and offers the nearest word."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and leave with exit status 2."""
        hint = ""
        wrong = re.search(r"unrecognized arguments: (\S+)|invalid choice: '([^']*)'", message)
        if wrong:
            near = difflib.get_close_matches(wrong.group(1) or wrong.group(2), _WORDS, n=1)
            hint = f"; did you mean {near[0]}?" if near else "."
        self.exit(_EXIT_USAGE, f"hkconcept: {message}{hint or '.'} See '{self.prog} --help'.\n")


def _verb(name: str) -> Callable[[Command], int]:
    """Return what runs a verb: its module is imported only then, so a verb loads only what it needs."""

    def run(command: Command) -> int:
        from importlib import import_module  # noqa: PLC0415 - not needed to show a help text

        status: int = import_module(f"hkconcept.cli.{name}").run(command)
        return status

    return run


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the version and leave."""
        from importlib.metadata import version  # noqa: PLC0415 - 30 ms that only this option needs

        parser.exit(0, f"hkconcept {version('hkconcept')}\n")


def _source(parser: argparse.ArgumentParser, *, sample: bool) -> None:
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


def _build() -> _Parser:
    parser = _Parser(
        prog="hkconcept",
        description="Check a news column about Hong Kong stock concepts and write a sourced, bilingual note.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and leave")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    note = verbs.add_parser(
        "note",
        help="read a document, check it, and write the tracking note (HTML, Markdown, JSON; English and Chinese)",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _source(note, sample=True)
    note.add_argument("--out", type=Path, default=Path("notes"), metavar="DIR", help="where to write (default: notes)")
    note.add_argument(
        "--as-of",
        metavar="WHEN",
        help="use only what could be known at that moment, for example 2026-01-08 or '2026-01-08 16:30' (default: now)",
    )
    note.add_argument("--concept", default="cn-innovative-drugs", metavar="NAME", help="a packaged concept or a file")
    note.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        help="where the ledger and the archive live (default: $HKCONCEPT_HOME or ~/.local/share/hkconcept)",
    )
    note.add_argument(
        "--format",
        dest="form",
        choices=("auto", "table", "json"),
        default="auto",
        help="the summary on standard output: a table on a terminal, JSON Lines when piped (auto)",
    )
    note.set_defaults(run=_verb("note"))

    extract = verbs.add_parser(
        "extract",
        help="find companies, figures, dates, events and wrong codes; JSON Lines in, JSON Lines out",
        description=(
            "Without SOURCE, reads JSON Lines {id, text, language?, published?} from standard input and writes one "
            "line of findings each: code-point offsets, end exclusive, values in base units. With SOURCE, reads that "
            "document and writes one line."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _source(extract, sample=True)
    extract.add_argument("--explain", action="store_true", help="add candidates, reasons, roles, checks and quotes")
    extract.set_defaults(run=_verb("extract"))

    check = verbs.add_parser(
        "check",
        help="recompute the figures of documents: sums, shares, growth, prices, tables; exit 1 when one does not hold",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("sources", metavar="SOURCE", nargs="+", help="paths, '-' for standard input, or addresses")
    check.add_argument(
        "--published", metavar="WHEN", help="when the documents were published; overrides what they print"
    )
    check.add_argument("--html", type=Path, metavar="FILE", help="also write a page with the figures highlighted")
    check.add_argument(
        "--format",
        dest="form",
        choices=("auto", "table", "json"),
        default="auto",
        help="annotated text on a terminal, JSON Lines (one line per check) when piped (auto)",
    )
    check.set_defaults(run=_verb("check"))

    read = verbs.add_parser(
        "read",
        help="show what is read from a document: title, moment of publication, encoding, text; as JSON",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _source(read, sample=True)
    read.set_defaults(run=_verb("read"))
    add_clock(verbs, run=_verb("clock"), epilog=_EPILOG)
    _add_register(verbs)
    return parser


def _add_register(verbs: argparse._SubParsersAction[_Parser]) -> None:
    register = verbs.add_parser(
        "register",
        help="show a register as it could be known at a moment, with its coverage; export it, compare two moments",
        description=(
            "NAME is approvals, deals, designations, drugs, listings, payment, policies, procurement, "
            "procurement-results or totals; or companies, with --drug: which listed companies a drug, an approval or "
            "a deal concerns, and since when one could know."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    register.add_argument("name", metavar="NAME", help="the register")
    register.add_argument(
        "--as-of", metavar="WHEN", help="use only what could be known at that moment, for example 2026-01-08"
    )
    register.add_argument("--valid", metavar="DAY", help="only rows that hold on that day")
    register.add_argument(
        "--where",
        action="append",
        metavar="CONDITION",
        help="only rows that meet it: column=value, column~part, column>=value, column<=value; may be repeated",
    )
    register.add_argument(
        "--drug",
        metavar="NAME",
        help="only rows about this drug, under any of its names; with payment, also the level at which it is paid",
    )
    register.add_argument("--export", type=Path, metavar="FILE", help="write a .parquet, .csv, .xlsx or .json file")
    register.add_argument("--diff", metavar="WHEN", help="show what has become known since that moment")
    register.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        help="where the ledger lives (default: $HKCONCEPT_HOME or ~/.local/share/hkconcept)",
    )
    register.add_argument(
        "--format",
        dest="form",
        choices=("auto", "table", "json"),
        default="auto",
        help="a table on a terminal, JSON Lines when piped (auto)",
    )
    register.set_defaults(run=_verb("register"))


def parse(arguments: list[str]) -> Command:
    """Parse the command line; leave with a sentence and exit status 2 when it is wrong."""
    parser = _build()
    if not arguments:
        parser.print_help(sys.stderr)
        raise SystemExit(_EXIT_USAGE)
    wrong = misspelt(arguments)
    if wrong:
        parser.error(f"unrecognized arguments: {wrong}")
    return parser.parse_args(arguments, namespace=Command())
