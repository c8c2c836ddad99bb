"""The errors a user may meet: each says what happened, where, and what to do next.

Findings (a figure that does not add up, a name that contradicts its code) are data and are
collected, never raised. An exception here means that a contract was broken: the source cannot be
read, the command was wrong, or the store refused.
"""

from __future__ import annotations

__all__ = [
    "FindingsError",
    "HkconceptError",
    "NotAvailableError",
    "RenderError",
    "SourceError",
    "StoreError",
    "UsageError",
]


class HkconceptError(Exception):
    """Base of every error that is shown to a user as one sentence.

    Parameters
    ----------
    what
        What went wrong, as a clause without a full stop.
    where
        The file, address, row or argument concerned; empty when there is none.
    todo
        What the user can do next; empty when there is nothing to do.

    >>> str(SourceError("the file is empty", where="note.md", todo="give a file with text in it"))
    'note.md: the file is empty; give a file with text in it.'

    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        """Keep the three parts; the sentence is made from them."""
        self.what = what
        self.where = where
        self.todo = todo
        sentence = f"{where}: {what}" if where else what
        super().__init__(f"{sentence}; {todo}." if todo else f"{sentence}.")


class UsageError(HkconceptError):
    """The command or an argument is wrong (exit status 2)."""


class SourceError(HkconceptError):
    """A source cannot be reached or read (exit status 3)."""

    exit_code = 3


class StoreError(HkconceptError):
    """The workspace or its ledger cannot be used (exit status 3)."""

    exit_code = 3


class FindingsError(HkconceptError):
    """What was to be published has findings, and the strict mode was asked for (exit status 1)."""

    exit_code = 1


class RenderError(HkconceptError):
    """A note or a chart cannot be drawn faithfully, for instance for want of a glyph (exit status 3)."""

    exit_code = 3


class NotAvailableError(HkconceptError):
    """Something asked for is not held: said plainly instead of invented (exit status 3)."""

    exit_code = 3
