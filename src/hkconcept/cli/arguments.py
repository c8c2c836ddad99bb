"""The verbs on argparse: ``hkconcept --help`` must answer at once.

Typer was measured at 0.28 s for ``--help`` and argparse at 0.03 s; see docs/decisions. What a verb takes is in
:mod:`hkconcept.cli.options`, what it does in a module of its own beside this one.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Final, NoReturn

from hkconcept.cli.command import Command
from hkconcept.cli.options import check, clock, concept, extract, import_, index, note, read, register, review, study

__all__ = ["VERBS", "Command", "parse"]

_EXIT_USAGE = 2


_OPTIONS: Final[Mapping[str, ModuleType]] = {
    "note": note,
    "check": check,
    "extract": extract,
    "read": read,
    "register": register,
    "import": import_,
    "review": review,
    "clock": clock,
    "concept": concept,
    "index": index,
    "study": study,
}
"""The module of each verb's options: each offers ``HELP``, ``DESCRIPTION`` and ``add(parser)``."""
VERBS: Final = tuple(_OPTIONS)
_MODULES: Final[Mapping[str, str]] = {"import": "import_"}
"""Verbs whose module cannot have their name."""

_EPILOG = """\
exit status: 0 clean; 1 the source has findings (a figure that does not add up, a wrong code);
2 the command is wrong; 3 a source or the workspace cannot be used.
"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and offers the nearest word."""

    words: frozenset[str] = frozenset(VERBS)
    """Every word of the command line that a typing slip may have meant."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and leave with exit status 2."""
        hint = ""
        wrong = re.search(r"unrecognized arguments: (\S+)|invalid choice: '([^']*)'", message)
        if wrong:
            near = difflib.get_close_matches(wrong.group(1) or wrong.group(2), sorted(self.words), n=1)
            hint = f"; did you mean {near[0]}?" if near else "."
        self.exit(_EXIT_USAGE, f"hkconcept: {message}{hint or '.'} See '{self.prog} --help'.\n")


def _run(name: str) -> Callable[[Command], int]:
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


def _build() -> _Parser:
    parser = _Parser(
        prog="hkconcept",
        description="Check a news column about Hong Kong stock concepts and write a sourced, bilingual note.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.words |= {"--help", "--version"}
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and leave")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, options in _OPTIONS.items():
        verb = verbs.add_parser(
            name,
            help=options.HELP,
            description=options.DESCRIPTION,
            epilog=_EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        options.add(verb)
        verb.set_defaults(run=_run(_MODULES.get(name, name)))
        # An option that no verb knows is told by the parser of all verbs, which must know theirs.
        parser.words |= _words(verb)
    return parser


def _words(parser: argparse.ArgumentParser) -> frozenset[str]:
    """Return every option and sub-command of a verb."""
    words = {*parser._option_string_actions}  # noqa: SLF001 - argparse offers no other list of them
    for action in parser._actions:  # noqa: SLF001 - as above
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            for name, sub in action.choices.items():
                words |= {name, *_words(sub)}
    return frozenset(words)


def _unknown_option(parser: _Parser, arguments: list[str]) -> str:
    """Return the first option that no verb has.

    Left to argparse, the value after it would be taken for a sub-command, and the error would be about that.
    """
    for word in arguments:
        if word == "--":
            break
        option = word.partition("=")[0]
        if option.startswith("--") and not any(known.startswith(option) for known in parser.words):
            return option
    return ""


def parse(arguments: list[str]) -> Command:
    """Parse the command line; leave with a sentence and exit status 2 when it is wrong."""
    parser = _build()
    if not arguments:
        parser.print_help(sys.stderr)
        raise SystemExit(_EXIT_USAGE)
    if unknown := _unknown_option(parser, arguments):
        parser.error(f"unrecognized arguments: {unknown}")
    return parser.parse_args(arguments, namespace=Command())
