"""A register as it stood at a moment: rows, coverage, and what became of it since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hkconcept.ledger.statement import Recorded
from hkconcept.model import Moment
from hkconcept.registers.conditions import matching, parse_condition
from hkconcept.registers.coverage import Coverage, coverage
from hkconcept.registers.difference import Difference, diff
from hkconcept.registers.schema import Row, Schema
from hkconcept.registers.statements import rows_of

if TYPE_CHECKING:
    import polars as pl

__all__ = ["View", "view_of"]


@dataclass(frozen=True, slots=True)
class View:
    """The rows of a register that could be known at a moment.

    ``coverage`` is that of the whole register at that moment, also where ``rows`` are only some of them.
    ``valid`` is the day on which the rows hold; ``None`` for rows of every day.
    """

    schema: Schema
    as_of: Moment
    valid: dt.date | None
    rows: tuple[Row, ...]
    coverage: Coverage
    conditions: tuple[str, ...] = ()

    @property
    def frame(self) -> pl.DataFrame:
        """The rows as a polars frame; see :func:`hkconcept.registers.frames.frame`."""
        from hkconcept.registers.frames import frame  # noqa: PLC0415 - brings polars

        return frame(self.schema, self.rows)

    @property
    def evidence(self) -> pl.DataFrame:
        """One line per value with its own moment of knowledge, source and status, as a polars frame."""
        from hkconcept.registers.frames import evidence_frame  # noqa: PLC0415 - brings polars

        return evidence_frame(self.schema, self.rows)

    def where(self, *conditions: str) -> View:
        """Return the rows that meet every condition, such as ``type=tcm``; see :func:`parse_condition`."""
        read = [parse_condition(self.schema, one) for one in conditions]
        return replace(self, rows=matching(self.rows, read), conditions=(*self.conditions, *conditions))

    def since(self, earlier: View) -> Difference:
        """Return what this view has that an earlier one had not, and the reverse."""
        return diff(self.schema, earlier.rows, self.rows)


def view_of(
    schema: Schema,
    recorded: Iterable[Recorded],
    *,
    as_of: Moment,
    valid: dt.date | None = None,
    still_open: Iterable[str] = (),
) -> View:
    """Put a view together from the statements of a register that stand at a moment.

    Parameters
    ----------
    schema
        The register.
    recorded
        What ``ledger.as_of(known=as_of, valid=None, subject_kind=schema.register)`` returns.
    as_of, valid
        The moment of knowledge, and the day on which rows must hold (``None`` for all).
    still_open
        Reconciliations that do not come out, to be shown with the coverage.

    """
    rows, conflicts = rows_of(schema, recorded)
    counted = coverage(
        schema, rows, as_of=as_of, conflicts=[str(one) for one in conflicts], still_open=tuple(still_open)
    )
    held = tuple(row for row in rows if valid is None or _holds(row, valid))
    return View(schema, as_of, valid, held, counted)


def _holds(row: Row, day: dt.date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day < row.valid_to)
