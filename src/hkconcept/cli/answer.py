"""The form of an answer: tables on a terminal, JSON Lines when piped."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping

from hkconcept.cli.command import Command

__all__ = ["as_table", "write_lines"]


def as_table(command: Command) -> bool:
    """Whether the answer is a table: when asked for, or on a terminal when nothing is asked for."""
    return command.form == "table" or (command.form == "auto" and sys.stdout.isatty())


def write_lines(rows: Iterable[Mapping[str, object]], *, default: Callable[[object], object] | None = None) -> None:
    """Write a row a line to standard output; ``default`` gives a value that JSON has for one that it has not."""
    for row in rows:
        json.dump(row, sys.stdout, ensure_ascii=False, default=default)
        sys.stdout.write("\n")
