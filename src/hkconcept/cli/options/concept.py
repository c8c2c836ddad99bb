"""The options of ``hkconcept concept``."""

from __future__ import annotations

import argparse

from hkconcept.cli.options.shared import answer_format, as_of

__all__ = ["DESCRIPTION", "HELP", "add"]

HELP = "who belongs to a concept as of a moment, why, since when, how purely; what changed"

_ACTIONS = {
    "show": "the rules in force, and how many securities they place where",
    "basket": "the members as could be known at a moment: role, since when, evidence, exposure",
    "changes": "every entry of the membership ledger up to a moment, with its cause",
    "diff": "what changed between --from and --as-of, with the reasons",
    "explain": "one security: which rule, which facts, every part of its score, its history",
    "compare": "a news column against the concept: named on weak evidence, strong evidence and not named",
    "sensitivity": "how the ranking by exposure moves when one weight is changed",
}
DESCRIPTION = "actions:\n" + "\n".join(f"  {name:<12}{told}" for name, told in _ACTIONS.items())


def add(parser: argparse.ArgumentParser) -> None:
    """Give the parser of the verb its options."""
    parser.add_argument("action", metavar="ACTION", choices=tuple(_ACTIONS), help=", ".join(_ACTIONS))
    parser.add_argument(
        "source", metavar="SUBJECT", nargs="?", help="for explain a stock code; for compare a path, '-' or an address"
    )
    parser.add_argument("--concept", default="cn-innovative-drugs", metavar="NAME", help="a packaged concept or a file")
    as_of(parser)
    parser.add_argument("--from", dest="since", metavar="WHEN", help="for diff: the earlier moment")
    parser.add_argument("--on", metavar="DAY", help="for basket: the members of another day, as known at --as-of")
    parser.add_argument("--role", metavar="ROLE", help="for basket: only members of a role")
    parser.add_argument("--published", metavar="WHEN", help="for compare: when the source was published")
    answer_format(parser)
    parser.set_defaults(sample=None)
