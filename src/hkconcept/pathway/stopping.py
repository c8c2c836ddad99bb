"""Clock stops: which rule provides for each, which days it takes out, and what it adds to the limit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from hkconcept.calendars import WorkingDay, nth_working_day, working_days_between
from hkconcept.errors import UsageError
from hkconcept.pathway.case import Case, Stop
from hkconcept.pathway.conventions import Conventions
from hkconcept.pathway.counting import Interval, day_reached, merged
from hkconcept.pathway.rules import Limit, Provision, RuleBook, Text
from hkconcept.pathway.steps import AppliedStop, Remark

__all__ = ["Setting", "Stopping"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a clock is asked with: the case and the rules as they stood on a day, and the conventions.

    ``rule_day`` is the day whose rules hold.
    """

    case: Case
    book: RuleBook
    as_of: dt.date
    options: Conventions
    channel: str
    rule_day: dt.date


class Stopping:
    """The stops of one case as of a day, applied in order; ``applied`` and ``remarks`` grow as they are."""

    def __init__(self, setting: Setting) -> None:
        """Keep what every stop is judged by; nothing is applied yet."""
        self.case, self.book, self.as_of = setting.case, setting.book, setting.as_of
        self.options, self.channel, self.rule_day = setting.options, setting.channel, setting.rule_day
        self.applied: list[AppliedStop] = []
        self.remarks: list[Remark] = []

    def apply(self, rule: Limit, after: dt.date, total: int) -> int:
        """Take the stops in order; return the limit with what the answered letters add."""
        letters = 0
        for stop in sorted(self.case.stops, key=_in_time):
            if stop.scope != "review":
                continue
            provision = self.rule_of(rule, stop)
            due = day_reached(after, total, self.intervals("expected"))
            taken = self.taken(stop, provision)
            if stop.start > due.day:
                self.applied.append(replace(taken, ignored=True, capped=False))
                self.remarks.append(
                    Remark(
                        "late_stop",
                        Text(
                            f"the {stop.kind.replace('_', ' ')} stop of {stop.start} began after the deadline of "
                            f"{due.day} and changes nothing",
                            f"{stop.start}开始的停钟晚于{due.day}的届满日，不影响时限",
                        ),
                        provision.id,
                    )
                )
                continue
            extension = self._extension(rule, stop)
            if extension is not None and (stop.end is not None or taken.capped):
                letters += 1
                if letters == 1 or self.options.second_letter == "again":
                    taken = replace(taken, added=self._fraction(rule.limit * extension.limit), extension=extension)
            elif extension is not None:
                # Not answered yet: the answer will lengthen the limit, so the projection already does.
                if letters == 0 or self.options.second_letter == "again":
                    taken = replace(taken, added=self._fraction(rule.limit * extension.limit), extension=extension)
                letters += 1
            total += taken.added
            self.applied.append(taken)
        return total

    def rule_of(self, rule: Limit, stop: Stop) -> Provision:
        """Return the provision by which a stop holds up a limit.

        Raises
        ------
        UsageError
            None does.

        """
        if self.case.application == "trial" and stop.kind == "letter":
            raise UsageError(
                "a clinical trial application takes no new technical data during review (Order 27, article 88)",
                where="stops",
                todo="give another kind of stop, or another kind of application",
            )
        for name in rule.stops:
            provision = self.book.row(name)
            if isinstance(provision, Provision) and stop.kind in provision.kinds:
                return provision
        raise UsageError(f"no rule held lets {stop.kind!r} stop the clock of {rule.id}", where="stops")

    def taken(self, stop: Stop, provision: Provision) -> AppliedStop:
        """Return a stop as it is taken: a letter answered late stops the clock only as long as it allowed."""
        end = stop.end or self.as_of
        if stop.kind != "letter":
            return AppliedStop(stop, stop.start, end, provision)
        step = "testing_letter" if stop.scope == "testing" else "letter_answer"
        allowed = self.book.find(step, self.case.application, self.channel, stop.start)
        if allowed is None:
            return AppliedStop(stop, stop.start, end, provision)
        answer_due = nth_working_day(stop.start, int(allowed.limit))
        late = end > answer_due.day
        if late:
            days = working_days_between(stop.start, end)
            self.remarks.append(
                Remark(
                    "late_answer",
                    Text(
                        f"the letter of {stop.start} was {'answered' if stop.end else 'open'} after {days} working "
                        f"days; {allowed.id} allows {allowed.limit}, to {answer_due.day}",
                        f"{stop.start}的补充资料通知{'答复用时' if stop.end else '至今未答复，已'}{days}个工作日；"
                        f"{allowed.id}规定{allowed.limit}日，至{answer_due.day}",
                    ),
                    allowed.id,
                )
            )
        capped = late and self.options.late_answer == "capped"
        return AppliedStop(
            stop, stop.start, answer_due.day if capped else end, provision, answer_due=answer_due, capped=capped
        )

    def _extension(self, rule: Limit, stop: Stop) -> Limit | None:
        if stop.kind != "letter" or not rule.extensions:
            return None
        found = self.book.find("letter_extension", self.case.application, self.channel, self.rule_day)
        return found if found is not None and found.id in rule.extensions else None

    def _fraction(self, days: Fraction) -> int:
        return ceil(days) if self.options.fraction == "up" else floor(days)

    def intervals(
        self, case: Literal["shortest", "expected", "longest"], *, ahead: bool = False
    ) -> tuple[Interval, ...]:
        """Return the times taken out; with ``ahead``, an unanswered letter is projected to the end of its time."""
        found = []
        for taken in self.applied:
            if taken.ignored:
                continue
            end = taken.end
            if ahead and taken.stop.end is None and taken.answer_due is not None and case != "shortest":
                answer = taken.answer_due
                end = max(end, (answer.latest or answer.day) if case == "longest" else answer.day)
            found.append((taken.start, end))
        return merged(found)

    def due(self, after: dt.date, number: int) -> WorkingDay:
        """Return the day of the ``number``-th counted working day, with a range while a stop lasts."""
        expected = day_reached(after, number, self.intervals("expected", ahead=True))
        if not self.open():
            return expected
        shortest = day_reached(after, number, self.intervals("shortest", ahead=True))
        longest = day_reached(after, number, self.intervals("longest", ahead=True))
        bounded = all(taken.answer_due is not None for taken in self.open())
        return WorkingDay(expected.day, min(shortest.earliest, expected.day), longest.latest if bounded else None)

    def open(self) -> list[AppliedStop]:
        """Return the stops that last on the day asked about."""
        return [taken for taken in self.applied if taken.stop.end is None and not taken.ignored and not taken.capped]


def _in_time(stop: Stop) -> tuple[dt.date, dt.date, str]:
    return stop.start, stop.end or dt.date.max, stop.kind
