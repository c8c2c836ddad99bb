"""Every day of a review accounted for: counted or not, and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from hkconcept.calendars import is_mainland_working_day
from hkconcept.calendars.mainland import LAST_DAY, SETTLED_TO
from hkconcept.calendars.statutory import is_statutory_holiday
from hkconcept.calendars.table import exceptions
from hkconcept.pathway.clock import AppliedStop, Clock
from hkconcept.pathway.rules import Text

__all__ = ["REASONS", "Day", "Reason", "Stretch", "account", "days", "stretches"]

Reason = Literal[
    "counted",
    "make_up",
    "weekend",
    "holiday",
    "letter",
    "rectification",
    "text_check",
    "applicant_delay",
    "suspension",
    "overseas_inspection",
]

REASONS: Final[Mapping[Reason, Text]] = {
    "counted": Text("working day, counted", "工作日，计入"),
    "make_up": Text("weekend day worked, counted", "调休上班日，计入"),
    "weekend": Text("weekend", "周末"),
    "holiday": Text("public holiday", "法定节假日"),
    "letter": Text("waiting for the answer to a supplement letter", "补充资料期间"),
    "rectification": Text("rectification after an inspection", "核查后整改"),
    "text_check": Text("applicant checks process, standard and label", "申请人核对工艺、标准和说明书"),
    "applicant_delay": Text("delay caused by the applicant", "申请人原因延迟"),
    "suspension": Text("suspended by law", "依法中止"),
    "overseas_inspection": Text("inspection overseas", "境外核查"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """One calendar day of the review: its number when it is counted, else the reason and the rule.

    ``provisional`` says that the calendar of its year is not published.
    """

    day: dt.date
    reason: Reason
    number: int | None
    rule: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row that count, or that a stop takes out; weekends and holidays are told within them.

    ``first`` and ``last`` are the numbers of the counted days, or ``None``.
    """

    start: dt.date
    end: dt.date
    reason: Reason
    rule: str
    first: int | None
    last: int | None
    counted: int
    weekend: int
    holiday: int
    make_up: int
    stopped: int


def days(clock: Clock, upto: dt.date | None = None) -> Iterator[Day]:
    """Yield every calendar day after the start of the review up to its end, or the day asked about, or ``upto``.

    The numbers run on: the last one is what :attr:`Step.elapsed` says.

    Only a review whose limit is in working days is counted day by day; another yields nothing.
    """
    review = clock.review
    if review.rule.unit != "working day":
        return
    end = upto or review.end or clock.as_of
    first = review.start if clock.conventions.first_day == "same" else review.start + dt.timedelta(days=1)
    number = 0
    for offset in range((end - first).days + 1):
        day = first + dt.timedelta(days=offset)
        stop = _stop_on(clock, day)
        working = is_mainland_working_day(day) if day <= LAST_DAY else _expected(day)
        provisional = day > SETTLED_TO
        if not working:
            holiday = exceptions("mainland.csv").get(day) == "holiday" or (day > LAST_DAY and is_statutory_holiday(day))
            rule = "calendar"
            yield Day(day, "holiday" if holiday and day.weekday() < 5 else "weekend", None, rule, provisional)
        elif stop is not None:
            yield Day(day, stop.stop.kind, None, stop.rule.id, provisional)  # type: ignore[arg-type] # checked on input
        else:
            number += 1
            yield Day(day, "make_up" if day.weekday() >= 5 else "counted", number, review.rule.id, provisional)


def _expected(day: dt.date) -> bool:
    return day.weekday() < 5 and not is_statutory_holiday(day)


def _stop_on(clock: Clock, day: dt.date) -> AppliedStop | None:
    for stop in clock.stops:
        if not stop.ignored and stop.start < day <= stop.end:
            return stop
    return None


def account(clock: Clock) -> Mapping[Reason, int]:
    """Return how many calendar days fall under each reason; they add up to the calendar days of the review."""
    found = Counter(day.reason for day in days(clock))
    return {reason: found[reason] for reason in REASONS if found[reason]}


def stretches(clock: Clock, upto: dt.date | None = None) -> tuple[Stretch, ...]:
    """Return the days grouped: a stretch that counts, then a stop, and so on."""
    groups: list[list[Day]] = []
    kinds: list[str] = []
    for day in days(clock, upto):
        stop = _stop_on(clock, day.day)
        kind = f"{stop.stop.kind} {stop.start}" if stop else "counted"
        if kinds and kinds[-1] == kind:
            groups[-1].append(day)
        else:
            groups.append([day])
            kinds.append(kind)
    return tuple(_stretch(group, kind, clock) for group, kind in zip(groups, kinds, strict=True))


def _stretch(group: list[Day], kind: str, clock: Clock) -> Stretch:
    stop = _stop_on(clock, group[0].day) if kind != "counted" else None
    numbers = [day.number for day in group if day.number is not None]
    found = Counter(day.reason for day in group)
    return Stretch(
        start=group[0].day,
        end=group[-1].day,
        reason="counted" if stop is None else stop.stop.kind,  # type: ignore[arg-type] # checked on input
        rule=clock.review.rule.id if stop is None else stop.rule.id,
        first=numbers[0] if numbers else None,
        last=numbers[-1] if numbers else None,
        counted=len(numbers),
        weekend=found["weekend"],
        holiday=found["holiday"],
        make_up=found["make_up"],
        stopped=0 if stop is None else found[stop.stop.kind],  # type: ignore[index] # as above
    )
