"""At which level a drug is paid on a day: basic insurance, commercial catalogue, neither, or not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from hkconcept.registers.coverage import Coverage
from hkconcept.registers.schema import Row

__all__ = ["Level", "ListState", "level"]

Answer: TypeAlias = Literal["listed", "not listed", "unknown"]
_LISTS: tuple[tuple[Literal["nrdl", "commercial"], str], ...] = (("nrdl", "basic"), ("commercial", "commercial"))


@dataclass(frozen=True, slots=True)
class ListState:
    """What is known of one list on the day: the answer, the rows behind it, and why."""

    name: Literal["nrdl", "commercial"]
    answer: Answer
    reason: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """The answer for a drug on a day.

    ``level`` is ``basic``, ``commercial``, ``basic and commercial``, ``neither`` (only where both lists are held
    whole for that day) or ``unknown``.
    """

    day: dt.date
    level: str
    lists: tuple[ListState, ...]

    def __str__(self) -> str:
        """Return ``commercial on 2026-03-01 (basic: unknown, 17 of 3,253 held; commercial: listed, ...)``."""
        told = "; ".join(f"{one.name}: {one.answer}, {one.reason}" for one in self.lists)
        return f"{self.level} on {self.day} ({told})"


def level(rows: Sequence[Row], of_drug: Sequence[Row], coverage: Coverage, day: dt.date) -> Level:
    """Return at which level a drug is paid on a day.

    Parameters
    ----------
    rows
        All rows of the register of payment at a moment.
    of_drug
        Those of the drug.
    coverage
        Of the register at that moment: only a list that is held whole can say "not listed".
    day
        The day asked about; agreements include their last day.

    """
    states = tuple(_state(name, rows, of_drug, coverage, day) for name, _ in _LISTS)
    answers = {state.name: state.answer for state in states}
    listed = [word for name, word in _LISTS if answers[name] == "listed"]
    found = " and ".join(listed) if listed else "neither" if set(answers.values()) == {"not listed"} else "unknown"
    return Level(day, found, states)


def _state(
    name: Literal["nrdl", "commercial"], rows: Sequence[Row], of_drug: Sequence[Row], coverage: Coverage, day: dt.date
) -> ListState:
    own = tuple(row for row in of_drug if row["list"] == name)
    current = tuple(row for row in own if _in_force(row, day))
    if current:
        until = max((row.valid_to for row in current if row.valid_to is not None), default=None)
        end = f", to {until - dt.timedelta(days=1)}" if until is not None else ""
        return ListState(name, "listed", f"edition {current[0].text('edition')}{end}", current)
    in_force = [row for row in rows if row["list"] == name and _in_force(row, day)]
    if own and not in_force:
        ended = max((row.valid_to for row in own if row.valid_to is not None), default=None)
        if ended is not None and ended <= day:
            return ListState(name, "unknown", f"its agreement ended on {ended - dt.timedelta(days=1)}", own)
    if not in_force:
        return ListState(name, "unknown", "no edition of that day is held")
    edition = in_force[0].text("edition")
    for share in coverage.shares:
        if share.denominator.id == f"{name}-{edition}":
            one = share.denominator
            if share.missing == 0:
                return ListState(name, "not listed", f"all {one.total:,} drugs of edition {edition} are held")
            return ListState(name, "unknown", f"{share.held:,} of {one.total:,} drugs of edition {edition} are held")
    return ListState(name, "unknown", f"how many drugs edition {edition} has was not known")


def _in_force(row: Row, day: dt.date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day < row.valid_to)
