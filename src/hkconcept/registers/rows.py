"""Packaged register tables: reading them strictly, and the plain tuples that a ledger can store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, cast, get_args

from hkconcept.errors import SourceError
from hkconcept.model import SourceStatus
from hkconcept.readers.strict_csv import read_rows

__all__ = ["FactRow", "read_table", "status_of"]

_DATA = Path(__file__).parents[1] / "data" / "registers"
_STATUSES: Final = get_args(SourceStatus)


class FactRow(NamedTuple):
    """One property of one thing, as text and dates only.

    ``valid_from`` and ``valid_to`` are the days for which the value holds (both included, ``None`` is
    open); ``known_at`` is the first instant at which it was certainly public, with a time zone.
    """

    subject: str
    name: str
    value: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    known_at: dt.datetime
    source: str
    status: str


def read_table(name: str, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Return the rows of a packaged table, each with the place to name in an error.

    Raises
    ------
    SourceError
        The columns differ from those expected, or a row is too long or too short.

    """
    return read_rows(_DATA / name, columns)


def status_of(text: str, where: str) -> SourceStatus:
    """Check a status word.

    Raises
    ------
    SourceError
        It is none of ``official``, ``press``, ``recalled``.

    """
    if text not in _STATUSES:
        raise SourceError(f"status {text!r} is none of {', '.join(_STATUSES)}", where=where)
    return cast("SourceStatus", text)
