"""Plain tables of the room, cells for people and records for programs, and the texts that they share."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hkconcept.calendars import WorkingDay
from hkconcept.pathway.rules import Limit

__all__ = ["Cells", "Table", "due_text", "limit_record", "limit_text", "pick"]

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``records`` hold the same rows with typed values; ``styles`` names the state of each row."""

    title: str
    heads: Cells
    rows: tuple[Cells, ...]
    records: tuple[dict[str, Any], ...]
    remarks: Cells = ()
    styles: Cells = ()


def pick(language: str, en: str, zh: str) -> str:
    """Return the text in ``en`` or ``zh``."""
    return zh if language == "zh" else en


def due_text(due: WorkingDay, language: str) -> str:
    """Return a due day with its range, when it has one.

    >>> import datetime as dt
    >>> due_text(WorkingDay.certain(dt.date(2026, 7, 20)), "en")
    '2026-07-20'

    """
    if not due.provisional:
        return str(due.day)
    latest = due.latest or pick(language, "open", "无上限")
    return pick(language, f"{due.day} ({due.earliest} to {latest})", f"{due.day}（{due.earliest}至{latest}）")


def limit_text(limit: Limit | None) -> str:
    """Return a limit with its unit and its row.

    >>> limit_text(None)
    '-'

    """
    if limit is None:
        return "-"
    plural = "" if limit.limit == 1 or limit.unit == "of limit" else "s"
    unit = (
        limit.unit.replace("working day before", "working days before deadline")
        if "before" in limit.unit
        else f"{limit.unit}{plural}"
    )
    return f"{limit.limit} {unit} ({limit.id})"


def limit_record(limit: Limit | None) -> dict[str, Any] | None:
    """Return a limit for programs, ``None`` where there is none."""
    if limit is None:
        return None
    return {
        "rule": limit.id,
        "limit": int(limit.limit) if limit.limit.denominator == 1 else _fraction(limit.limit),
        "unit": limit.unit,
        "instrument": limit.instrument,
        "article": limit.article,
        "status": limit.status,
        "source": limit.source,
    }


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"
