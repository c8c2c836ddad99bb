"""One application and what happened to it: milestones, clock stops, testing and inspection.

Only what had happened by a day counts on that day: :meth:`Case.known_on` drops the rest, so that an answer as of a
day is not changed by what came later.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Final

from hkconcept.errors import UsageError
from hkconcept.pathway.channels import application_named, channel_named

__all__ = ["STOP_KINDS", "Case", "ChannelChange", "Inspection", "SpecialExtension", "Stop", "Testing"]

STOP_KINDS: Final = ("letter", "rectification", "text_check", "applicant_delay", "suspension", "overseas_inspection")
_ORDER: Final = ("submitted", "accepted", "review_ended", "decided", "licensed")


@dataclass(frozen=True, slots=True)
class Stop:
    """A time that is not counted: from the day after ``start`` up to and including ``end``.

    For a supplement letter ``start`` is the day of the letter and ``end`` the day on which the full answer came.
    ``end`` is ``None`` while it lasts. ``scope`` says which clock stands still.
    """

    start: dt.date
    end: dt.date | None = None
    kind: str = "letter"
    scope: str = "review"


@dataclass(frozen=True, slots=True, order=True)
class ChannelChange:
    """On a day the application went over to another channel."""

    on: dt.date
    channel: str


@dataclass(frozen=True, slots=True)
class Testing:
    """Registration testing; ``kind`` is ``sample`` (samples only) or ``standard`` (with the review of the standard)."""

    kind: str
    started: dt.date
    ended: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """The on-site inspection of production: when the inspection centre was told, began, and reported."""

    notified: dt.date | None = None
    started: dt.date | None = None
    ended: dt.date | None = None


@dataclass(frozen=True, slots=True)
class SpecialExtension:
    """An extension for special reasons, of so many working days, told to the applicant on a day."""

    on: dt.date
    days: int


@dataclass(frozen=True, slots=True)
class Case:
    """One application.

    Raises
    ------
    UsageError
        A date is missing or out of order, or a channel or kind is unknown; what, and the nearest valid choice.

    """

    accepted: dt.date
    application: str = "marketing"
    channel: str = "standard"
    submitted: dt.date | None = None
    review_ended: dt.date | None = None
    decided: dt.date | None = None
    licensed: dt.date | None = None
    stops: tuple[Stop, ...] = ()
    channel_changes: tuple[ChannelChange, ...] = ()
    testing: Testing | None = None
    inspection: Inspection | None = None
    special_extension: SpecialExtension | None = None
    drug: str = ""
    company: str = ""
    code: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        """Check every word and the order of the dates."""
        application_named(self.application)
        for name in (self.channel, *(change.channel for change in self.channel_changes)):
            channel_named(name, self.application)
        self._in_order()
        for stop in self.stops:
            self._check_stop(stop)
        for change in self.channel_changes:
            if change.on < self.accepted:
                _refuse(f"the channel changes on {change.on}, before acceptance on {self.accepted}", "channel_changes")
        if self.testing and self.testing.kind not in {"sample", "standard"}:
            _refuse(f"testing of kind {self.testing.kind!r} is unknown", "testing", "choose sample or standard")
        for name, part in (("testing", self.testing), ("inspection", self.inspection)):
            _check_order(name, part)
        if self.special_extension and self.special_extension.days <= 0:
            _refuse("the extension has no days", "special_extension", "give a number of working days above 0")

    def _in_order(self) -> None:
        held = [(name, day) for name in _ORDER if (day := getattr(self, name)) is not None]
        for (before, first), (after, second) in pairwise(held):
            if second < first:
                _refuse(
                    f"{after} on {second} comes before {before} on {first}",
                    "milestones",
                    f"the order is {', '.join(_ORDER)}",
                )

    def _check_stop(self, stop: Stop) -> None:
        if stop.kind not in STOP_KINDS:
            _refuse(f"clock stop {stop.kind!r} is unknown", "stops", f"choose one of {', '.join(STOP_KINDS)}")
        if stop.scope not in {"review", "testing"}:
            _refuse(f"a stop of the clock of {stop.scope!r} is unknown", "stops", "choose review or testing")
        if stop.end is not None and stop.end < stop.start:
            _refuse(f"the {stop.kind} stop ends on {stop.end}, before it starts on {stop.start}", "stops", "swap them")
        if stop.scope == "testing" and self.testing is None:
            _refuse("a stop of the clock of testing is given, but no testing", "stops", "give testing with its start")
        if stop.scope == "review":
            end = self.review_ended or self.decided
            if stop.start < self.accepted:
                _refuse(
                    f"the {stop.kind} stop starts on {stop.start}, before acceptance on {self.accepted}",
                    "stops",
                    "the clock runs from acceptance",
                )
            if end is not None and (stop.start > end or (stop.end is not None and stop.end > end)):
                _refuse(
                    f"the {stop.kind} stop from {stop.start} reaches beyond the end of the review on {end}",
                    "stops",
                    "correct one of the dates",
                )

    def known_on(self, day: dt.date) -> Case:
        """Return the case as it stood at the end of a day.

        Raises
        ------
        UsageError
            The application had not been accepted by then.

        """
        if day < self.accepted:
            raise UsageError(
                f"the application was accepted on {self.accepted}, after {day}",
                where="as of",
                todo=f"ask for a day from {self.accepted}",
            )

        def by(date: dt.date | None) -> dt.date | None:
            return date if date is not None and date <= day else None

        testing, inspection = self.testing, self.inspection
        testing = replace(testing, ended=by(testing.ended)) if testing and testing.started <= day else None
        return replace(
            self,
            review_ended=by(self.review_ended),
            decided=by(self.decided),
            licensed=by(self.licensed),
            stops=tuple(
                replace(stop, end=by(stop.end))
                for stop in self.stops
                if stop.start <= day and (testing is not None or stop.scope != "testing")
            ),
            channel_changes=tuple(change for change in self.channel_changes if change.on <= day),
            testing=testing,
            inspection=Inspection(by(inspection.notified), by(inspection.started), by(inspection.ended))
            if inspection
            else None,
            special_extension=self.special_extension
            if self.special_extension and self.special_extension.on <= day
            else None,
        )

    def channel_on(self, day: dt.date) -> str:
        """Return the channel of the application on a day."""
        name = self.channel
        for change in sorted(self.channel_changes):
            if change.on <= day:
                name = change.channel
        return name


def _check_order(name: str, part: Testing | Inspection | None) -> None:
    held = [getattr(part, field.name) for field in fields(part)] if part else []
    dates = [day for day in held if isinstance(day, dt.date)]
    if dates != sorted(dates):
        _refuse(f"the dates {', '.join(map(str, dates))} are out of order", name, "give start before end")


def _refuse(what: str, where: str, todo: str = "") -> None:
    raise UsageError(what, where=where, todo=todo)
