"""Two clocks side by side: two channels, or the rules of two days; and what that means for a drug's profile."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from hkconcept.errors import NotAvailableError
from hkconcept.pathway.case import Case
from hkconcept.pathway.channels import CHANNELS
from hkconcept.pathway.eligibility import Criteria, Profile, Result, judge
from hkconcept.pathway.rules import Limit, RuleBook, Text

__all__ = ["ChannelChange", "StepChange", "compare_channels", "compare_dates", "compare_profile", "limits_of"]

_STEPS = (
    *("formal_check", "review", "deemed_consent", "inspection_start", "inspection_end", "testing_sample"),
    *("testing_standard", "testing_report", "letter_answer", "letter_extension", "decision", "licence"),
)


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step under two sets of rules; ``None`` where it has no limit. ``difference`` is after minus before.

    It is ``None`` when a limit is missing or the units differ, so that months are never set against working days.
    """

    step: str
    before: Limit | None
    after: Limit | None

    @property
    def changed(self) -> bool:
        """Whether another row holds."""
        return (self.before and self.before.id) != (self.after and self.after.id)

    @property
    def difference(self) -> int | None:
        """The difference in the unit of both."""
        if self.before is None or self.after is None or self.before.unit != self.after.unit:
            return None
        change = self.after.limit - self.before.limit
        return int(change) if change.denominator == 1 else None


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """A channel for one drug before and after: ``None`` where it was not in force."""

    channel: str
    what: Text
    before: Result | None
    after: Result | None
    limit_before: Limit | None
    limit_after: Limit | None

    @property
    def changed(self) -> bool:
        """Whether the verdict differs, or the channel opened or closed."""
        return (self.before and self.before.verdict) != (self.after and self.after.verdict)


def limits_of(book: RuleBook, application: str, channel: str, on: dt.date) -> dict[str, Limit]:
    """Return the limit of every step that has one, for an application accepted on a day.

    A channel that was not in force that day has no limits at all, not those of another.
    """
    if book.find("review", application, channel, on) is None:
        return {}
    steps = ((step, book.find(step, application, channel, on)) for step in _STEPS)
    return {step: row for step, row in steps if row is not None}


def compare_channels(
    book: RuleBook, application: str, first: str, second: str, *, on: dt.date
) -> tuple[StepChange, ...]:
    """Compare the steps of two channels for an application accepted on a day."""
    return _changes(limits_of(book, application, first, on), limits_of(book, application, second, on), second, on)


def compare_dates(
    book: RuleBook, application: str, channel: str, before: dt.date, after: dt.date
) -> tuple[StepChange, ...]:
    """Compare the steps of a channel for applications accepted on two days.

    Raises
    ------
    NotAvailableError
        The channel was in force on neither day.

    """
    return _changes(
        limits_of(book, application, channel, before), limits_of(book, application, channel, after), channel, after
    )


def _changes(before: dict[str, Limit], after: dict[str, Limit], channel: str, on: dt.date) -> tuple[StepChange, ...]:
    if not before and not after:
        raise NotAvailableError(
            f"channel {channel} has no review limit on {on} or before",
            where="rules",
            todo=f"channels: {', '.join(CHANNELS)}",
        )
    return tuple(
        StepChange(step, before.get(step), after.get(step)) for step in _STEPS if step in before or step in after
    )


def compare_profile(
    profile: Profile, criteria: Criteria, book: RuleBook, *, before: dt.date, after: dt.date
) -> tuple[ChannelChange, ...]:
    """Return every channel in force on either day, judged for a drug on both, with its review limit."""
    first = {result.channel.id: result for result in judge(profile, criteria, book, on=before)}
    second = {result.channel.id: result for result in judge(profile, criteria, book, on=after)}
    return tuple(
        ChannelChange(
            test.id,
            test.what,
            first.get(test.id),
            second.get(test.id),
            _limit(book, test.limit_channel, test.serves, before) if test.id in first else None,
            _limit(book, test.limit_channel, test.serves, after) if test.id in second else None,
        )
        for test in criteria.channels
        if test.id in first or test.id in second
    )


def _limit(book: RuleBook, channel: str, application: str, on: dt.date) -> Limit | None:
    return book.find("review", application, channel, on) if channel else None


def under(case: Case, channel: str) -> Case:
    """Return a case as if it had been in a channel from the start."""
    return replace(case, channel=channel, channel_changes=())
