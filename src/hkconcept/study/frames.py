"""A study as polars frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hkconcept.study.answers import Study
from hkconcept.study.rows import tables

if TYPE_CHECKING:
    import polars as pl

__all__ = ["frames"]

_DATES = ("day_zero", "session")


def frames(study: Study) -> dict[str, pl.DataFrame]:
    """Return every table of :func:`hkconcept.study.rows.tables` as a frame; codes are text, dates are dates.

    An empty table is an empty frame.
    """
    import polars as pl  # noqa: PLC0415 - a third of a second that only frames need

    found = {}
    for name, rows in tables(study).items():
        frame = pl.DataFrame(rows, infer_schema_length=None)
        dates = [column for column in _DATES if column in frame.columns and frame[column].dtype == pl.String]
        found[name] = frame.with_columns(pl.col(dates).str.to_date())
    return found
