"""The console that tables are printed to."""

from __future__ import annotations

from rich.console import Console

__all__ = ["console_of_width"]


def console_of_width(width: int) -> Console:
    """Return a console that prints texts literally: a document may hold brackets that markup would obey.

    A log has no width of its own; there it is ``width``, so that rows are kept whole rather than wrapped at 80.
    """
    console = Console(highlight=False, markup=False, emoji=False)
    return console if console.is_terminal else Console(highlight=False, markup=False, emoji=False, width=width)
