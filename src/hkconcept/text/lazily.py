"""Patterns that are compiled when they are first used.

Compiling a large alternation takes a hundred times longer than defining it, and one run of the command
line needs few of them: a Chinese document never asks for the English calendar.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

__all__ = ["lazily"]

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Lazy:
    """Stands for a pattern; the first use of a method compiles it and puts the pattern's own methods in place."""

    def __init__(self, source: str | Callable[[], str]) -> None:
        self._source = source

    def __getattr__(self, name: str) -> object:
        # Only asked for names that are not there yet, so a compiled pattern costs no detour.
        if name not in _METHODS and name not in ("pattern", "groupindex", "groups", "flags"):
            raise AttributeError(name)
        source = self._source if isinstance(self._source, str) else self._source()
        compiled = re.compile(source)
        for method in (*_METHODS, "pattern", "groupindex", "groups", "flags"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)

    def __repr__(self) -> str:
        """Return the form in which it was asked for."""
        return f"lazily({self._source!r})"


def lazily(source: str | Callable[[], str]) -> re.Pattern[str]:
    """Return a pattern that compiles itself at its first use.

    Parameters
    ----------
    source
        The regular expression, or a function that writes it, called once, when the parts are large tables.

    Returns
    -------
    re.Pattern[str]
        It has every method and attribute of a compiled pattern; an error in the expression shows at first use.

    >>> pattern = lazily("[0-9]+")
    >>> pattern.findall("1 to 10")
    ['1', '10']

    """
    return cast("re.Pattern[str]", _Lazy(source))
