"""What a clock consists of, as values: steps, stops as they were taken, remarks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from hkconcept.calendars import WorkingDay
from hkconcept.pathway.case import Case, Stop
from hkconcept.pathway.conventions import Conventions
from hkconcept.pathway.rules import Limit, Provision, Text

__all__ = ["AppliedStop", "Clock", "Remark", "State", "Step", "from_memory"]

State = Literal["done", "done_late", "running", "overdue", "stopped", "projected", "not_held"]
"""``not_held``: the limit has passed and the case holds no date, which does not show that the limit was missed."""


@dataclass(frozen=True, slots=True)
class AppliedStop:
    """A stop as the clock took it: the days in ``(start, end]``, by which rule, and what it added to the limit.

    ``end`` of a stop that lasts is the last day asked about. ``capped`` says that the answer came later than the rule
    allows and the clock ran on. ``ignored`` says that it began after the deadline and changed nothing.
    """

    stop: Stop
    start: dt.date
    end: dt.date
    rule: Provision
    added: int = 0
    extension: Limit | None = None
    answer_due: WorkingDay | None = None
    capped: bool = False
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the reader must know about the answer; ``rule`` is the row concerned, or empty."""

    kind: str
    text: Text
    rule: str = ""

    def shown(self, language: str) -> str:
        """Return the sentence, with the rule before it where it does not name it itself."""
        said = self.text.text(language)
        colon = "：" if language == "zh" else ": "
        return said if not self.rule or self.rule in said else f"{self.rule}{colon}{said}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Days are counted in ``unit`` after ``start``; ``due`` is the last day of the limit.

    ``total`` is the limit with its extensions. ``elapsed`` and ``remaining`` are counted working days up to ``end``,
    or to the day asked about; ``remaining`` is negative when overdue. ``end_basis`` says where ``end`` comes from
    when the step's own end is not held.
    """

    key: str
    rule: Limit
    start: dt.date
    due: WorkingDay
    state: State
    base: int
    total: int
    end: dt.date | None = None
    end_basis: str = ""
    elapsed: int | None = None
    remaining: int | None = None

    @property
    def recalled(self) -> bool:
        """Whether the limit is known from memory only."""
        return self.rule.status == "recalled"


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock as of a day. ``review`` is the step that everything hangs on; it is also among ``steps``."""

    case: Case
    as_of: dt.date
    channel: str
    conventions: Conventions
    steps: tuple[Step, ...]
    stops: tuple[AppliedStop, ...]
    remarks: tuple[Remark, ...]

    @property
    def review(self) -> Step:
        """The technical review."""
        return self.step("review")

    def step(self, key: str) -> Step:
        """Return the step with a key; ``KeyError`` when this application has no such step."""
        for one in self.steps:
            if one.key == key:
                return one
        raise KeyError(key)

    @property
    def provisional(self) -> bool:
        """Whether any due day reaches into years whose working days are not published, or rests on an open stop."""
        return any(step.due.provisional for step in self.steps)

    @property
    def recalled(self) -> tuple[str, ...]:
        """The rules from memory on which some step rests."""
        return tuple(dict.fromkeys(step.rule.id for step in self.steps if step.recalled))


def from_memory(rule: Limit) -> Remark:
    """Return the mark that every answer bears which rests on a rule from memory."""
    return Remark(
        "recalled",
        Text(
            f"{rule.id} (article {rule.article}) is from memory: check it before use",
            f"{rule.id}（第{rule.article}条）凭记忆，使用前请核对",
        ),
        rule.id,
    )
