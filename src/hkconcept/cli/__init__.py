"""The command line: thin verbs over the service room. Nothing heavy is imported before a verb needs it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from hkconcept.cli.arguments import parse
from hkconcept.errors import HkconceptError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 clean, 1 findings, 2 wrong usage, 3 source or store.

    Every error that a user can cause ends in one sentence on standard error, never a traceback.
    """
    # Start-up makes many objects that stay; looking through them every 700 allocations costs a tenth of a short run.
    gc.set_threshold(50_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        # A terminal set to ASCII must not make a Chinese name fail: what it cannot show is escaped.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    command = parse(list(sys.argv[1:] if arguments is None else arguments))
    try:
        return command.run(command)
    except HkconceptError as error:
        print(f"hkconcept: {error}", file=sys.stderr)  # noqa: T201 - this is the command line's voice
        return error.exit_code
    except KeyboardInterrupt:
        print("hkconcept: stopped; what was recorded before is kept.", file=sys.stderr)  # noqa: T201 - as above
        return 130
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; leave quietly, as other filters do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
