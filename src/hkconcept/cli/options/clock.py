"""The options of ``hkconcept clock`` and its sub-commands."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hkconcept.cli.options.shared import answer_format

__all__ = ["ACTIONS", "DESCRIPTION", "HELP", "ClockOptions", "add"]

ACTIONS = ("compare", "eligible", "inspection", "rules", "changes")

HELP = "the statutory review clock of an application in China: limits, due days, what was counted and why"
DESCRIPTION = """\
Compute China's statutory review clock of one application: each step with its limit, its due day, what has been
counted and what has not. Events are given as KIND=WHEN, for example
  --event letter=2025-06-10/2025-08-15   a supplement letter and the day of its full answer (no /DAY while it is open)
  --event channel=2025-04-01:priority    the application went over to another channel
  --event testing=standard:2025-04-01    registration testing (sample: or standard:) with its start, /END when done
  --event extension=2025-09-01:20        extended for special reasons by 20 working days
and submitted, review_ended, decided, licensed (a day); overseas_inspection, applicant_delay, suspension,
rectification, text_check, testing_letter, inspection (FROM/TO). The exit status is 1 when a step is overdue.
"""


class ClockOptions(argparse.Namespace):
    """What a command of the clock was asked; ``action`` is empty for the clock itself."""

    action: str = ""
    case: Path | None = None
    accepted: str | None = None
    application: str = "marketing"
    channel: str = "standard"
    events: Sequence[str] = ()
    conventions: Sequence[str] = ()
    day: str | None = None
    until: str | None = None
    other: str | None = None
    profile: Path | None = None
    policy: str = ""
    days: bool = False
    forecast: bool = False
    svg: Path | None = None
    ics: Path | None = None
    html: Path | None = None
    language: str = "en"


class _Store(argparse.Action):
    """Puts a value into the options of the clock, so that they stay together; repeats are kept in order."""

    def __call__(self, _: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, *__: object) -> None:  # noqa: ANN401 - as argparse passes it
        """Keep the value."""
        options = _options(namespace)
        if self.metavar in {"KIND=WHEN", "NAME=CHOICE"}:
            values = [*getattr(options, self.dest), values]
        setattr(options, self.dest, True if self.nargs == 0 else values)


def _options(namespace: argparse.Namespace) -> ClockOptions:
    found: ClockOptions | None = getattr(namespace, "clock", None)
    if found is None:
        found = namespace.clock = ClockOptions()
    return found


def add(parser: argparse.ArgumentParser) -> None:
    """Give the parser of the verb its options and its sub-commands."""
    clock = parser
    shape: dict[str, Any] = {"epilog": parser.epilog, "formatter_class": argparse.RawDescriptionHelpFormatter}
    clock.set_defaults(clock=None)
    _case(clock)
    _as_of(clock)
    _put(clock, "--convention", "conventions", "NAME=CHOICE", "choose an open convention otherwise, as fraction=down")
    clock.add_argument("--days", dest="days", action=_Store, nargs=0, help="account for every single day of the review")
    clock.add_argument(
        "--forecast", dest="forecast", action=_Store, nargs=0, help="add how long completed cases of the register took"
    )
    for name, what in (("svg", "a Gantt chart"), ("ics", "a calendar file of the due days"), ("html", "a page")):
        _put(clock, f"--{name}", name, "FILE", f"also write {what}", type=Path)
    _language(clock)
    _format(clock)
    actions = clock.add_subparsers(title="sub-commands", metavar="ACTION")

    compare = _action(actions, "compare", "two channels (--with), or two days (--from, --to), step by step", shape)
    _channel(compare)
    _put(compare, "--with", "other", "CHANNEL", "the channel to compare with")
    _put(compare, "--on", "day", "DAY", "the day of acceptance for two channels (default: today)")
    _put(compare, "--from", "day", "DAY", "the first day of acceptance")
    _put(compare, "--to", "until", "DAY", "the second day of acceptance")
    _put(
        compare,
        "--profile",
        "profile",
        "FILE",
        "a drug's profile: which channels it may take, before and after",
        type=Path,
    )
    _language(compare)
    _format(compare)

    eligible = _action(actions, "eligible", "which channels a drug's profile (YAML or JSON) may take, and why", shape)
    _put(
        eligible,
        "--profile",
        "profile",
        "FILE",
        "the profile: facts, each yes or no; what is left out is unknown",
        type=Path,
    )
    _put(eligible, "--on", "day", "DAY", "as of this day (default: today)")
    _language(eligible)
    _format(eligible)

    inspection = _action(actions, "inspection", "the inspection system, and what it does to the clock", shape)
    _put(inspection, "--on", "day", "DAY", "as of this day (default: today)")
    _case(inspection)
    _language(inspection)
    _format(inspection)

    rules = _action(actions, "rules", "every limit in force on a day, with article, source and status", shape)
    _put(rules, "--on", "day", "DAY", "the day (default: today)")
    _language(rules)
    _format(rules)

    changes = _action(actions, "changes", "what an instrument changes, such as nmpa-2026-3", shape)
    changes.add_argument("policy", metavar="POLICY", action=_Store, help="the instrument, by its id in the register")
    _as_of(changes)
    _language(changes)
    _format(changes)


def _action(
    actions: argparse._SubParsersAction[Any], name: str, what: str, shape: dict[str, Any]
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(
        name, help=what, description=f"{what[0].upper()}{what[1:]}.", **shape
    )
    parser.set_defaults(action=name)
    return parser


def _put(parser: argparse.ArgumentParser, option: str, dest: str, metavar: str, what: str, **more: Any) -> None:  # noqa: ANN401 - one option a line
    parser.add_argument(option, dest=dest, metavar=metavar, action=_Store, default=argparse.SUPPRESS, help=what, **more)


def _case(parser: argparse.ArgumentParser) -> None:
    _put(parser, "--case", "case", "FILE", "read the application from a YAML or JSON file instead", type=Path)
    _put(parser, "--accepted", "accepted", "DAY", "the day of acceptance")
    _channel(parser)
    _put(parser, "--event", "events", "KIND=WHEN", "something that happened; may be repeated")


def _channel(parser: argparse.ArgumentParser) -> None:
    _put(parser, "--application", "application", "KIND", "marketing (default), trial, supplementary, ...")
    _put(parser, "--channel", "channel", "NAME", "standard (default), priority, priority_rare_overseas, trial_30, ...")


def _as_of(parser: argparse.ArgumentParser) -> None:
    _put(parser, "--as-of", "day", "DAY", "use only what had happened and was public by that day (default: today)")


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language", dest="language", action=_Store, choices=("en", "zh"), default=argparse.SUPPRESS, help="en or zh"
    )


def _format(parser: argparse.ArgumentParser) -> None:
    answer_format(parser)
