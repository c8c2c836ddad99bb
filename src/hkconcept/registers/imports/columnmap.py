"""Column maps: how the table of one source becomes rows of a register. :mod:`.map_files` reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from hkconcept.model import SourceStatus
from hkconcept.registers.schema import EVIDENCE, Schema

__all__ = ["Above", "Bounds", "ColumnMap", "ColumnRule", "own_form"]

Fate: TypeAlias = Literal["read", "ignored", "refused"]


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """What one column of the source is.

    ``labels`` are the spellings of its heading; ``to`` the columns of the register that it fills (a name that
    starts with ``_`` is only used by the map itself); ``read`` names the conversion. ``optional`` columns may be
    missing from the file; ``required`` cells may not be empty. ``reason`` says why a column is ignored or refused. The
    heading of an ignored one may run over the columns to its right, when it ``spans`` them.
    """

    labels: tuple[str, ...]
    fate: Fate
    to: tuple[str, ...] = ()
    read: str = "text"
    words: Mapping[str, str] | None = None
    times: Decimal = Decimal(1)
    order: str = ""
    required: bool = False
    optional: bool = False
    spans: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Above:
    """A value printed above the header: the first group of ``pattern`` goes to the column ``to``."""

    to: str
    pattern: re.Pattern[str]
    order: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a whole file must keep within: number of rows, and smallest and largest values of columns."""

    rows: tuple[int, int] | None = None
    columns: Mapping[str, tuple[Decimal, Decimal]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """How one source's table becomes rows of a register.

    Parameters
    ----------
    name, title
        Its name for ``--map``, and what it reads, in a few words.
    schema
        The register that it fills.
    seen
        Where the form of the table is known from; ``recalled`` when no such file was seen.
    sheet
        What the sheet's name must match, or ``None`` for any.
    header_rows
        Number of rows that the header has.
    constants, above, keys
        Values for every row; values printed above the header; templates of columns made from others, the first
        that can be filled.
    only, ignore
        By column: the values that a row must have to be read, and those for which it is left out and counted. A
        value in neither list stops the import.
    skip
        Patterns of rows that are no data (footers, notes, page numbers), for their cells that hold anything, parted by
        tabs.
    headings
        Patterns of rows that head those below them and are no data, as for ``skip``; what they hold fills down.
    section
        The column that takes the text of a row that holds one text only (a heading between rows); empty for none.
    fill_down
        Labels whose empty cells take the value above (cells merged over rows).
    continued
        The label of the column that every row fills: a row at the head of a PDF's page without it goes on with the
        last row of the page before.
    valid_from, valid_to
        The columns of the first and of the last day on which a row holds (of a date that is not full, its last day);
        empty for rows that say nothing of it.
    known_at
        The column whose day is the moment of first knowledge of its row; empty when the whole file has one.
    status, publisher
        Evidence of its rows.
    bounds
        What the file must keep within.
    partial
        Whether rows may only add to rows that the register holds already.

    """

    name: str
    title: str
    schema: Schema
    seen: str
    columns: tuple[ColumnRule, ...]
    sheet: re.Pattern[str] | None = None
    header_rows: int = 1
    constants: Mapping[str, str]
    above: tuple[Above, ...] = ()
    keys: Mapping[str, tuple[str, ...]]
    only: Mapping[str, tuple[str, ...]]
    ignore: Mapping[str, tuple[str, ...]]
    skip: tuple[re.Pattern[str], ...] = ()
    headings: tuple[re.Pattern[str], ...] = ()
    section: str = ""
    fill_down: tuple[str, ...] = ()
    continued: str = ""
    valid_from: str = ""
    valid_to: str = ""
    known_at: str = ""
    status: SourceStatus = "official"
    publisher: str = ""
    bounds: Bounds = Bounds()
    partial: bool = False


def own_form(schema: Schema) -> ColumnMap:
    """Return the map of a register's own table: the header that it is exported with."""
    return ColumnMap(
        name=f"{schema.register}:own",
        title=f"the register's own table: {schema.title}",
        schema=schema,
        seen="this software",
        columns=tuple(
            ColumnRule((name,), "read", (name,), "exact", optional=name in EVIDENCE) for name in schema.header
        ),
        constants={},
        keys={},
        only={},
        ignore={},
        status="press",
    )
