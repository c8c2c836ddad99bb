"""The statutory review clock of one application: every step with its limit, its due day, and where it stands.

The limit of the review is the one of the channel; an answered supplement letter lengthens it. Days that are not
counted (article 103 of Order 27) are taken out. Steps that have not begun are projected from the latest end of the
step before, and say so. What rests on a rule from memory is marked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from math import floor
from typing import Final

from hkconcept.calendars import WorkingDay, nth_working_day, working_days_between
from hkconcept.errors import UsageError
from hkconcept.pathway.case import Case
from hkconcept.pathway.conventions import Conventions
from hkconcept.pathway.counting import add_months, counted_between, day_reached, merged
from hkconcept.pathway.remarks import remarks_on, rule_changed
from hkconcept.pathway.rules import Limit, RuleBook
from hkconcept.pathway.steps import AppliedStop, Clock, Remark, State, Step, from_memory
from hkconcept.pathway.stopping import Setting, Stopping

__all__ = ["AppliedStop", "Clock", "Remark", "State", "Step", "run"]

_ONE_DAY: Final = dt.timedelta(days=1)


def run(case: Case, book: RuleBook, *, as_of: dt.date, conventions: Conventions | None = None) -> Clock:
    """Compute the clock of an application as it stood at the end of a day.

    Nothing that happened or was published after ``as_of`` is used.

    Raises
    ------
    UsageError
        The application was accepted after that day, or a stop does not fit the rules.
    NotAvailableError
        No limit was in force for its channel at its date, or a count leaves the calendar.

    >>> from hkconcept.pathway.rule_files import packaged_rules
    >>> day = dt.date.fromisoformat
    >>> clock = run(Case(day("2021-07-13"), channel="priority", decided=day("2021-12-31")), packaged_rules(),
    ...             as_of=day("2022-01-31"))
    >>> clock.review.elapsed, clock.review.total, clock.review.due.day.isoformat()
    (119, 130, '2022-01-18')

    """
    return _Run(case.known_on(as_of), book.as_of(as_of), as_of, conventions or Conventions()).clock()


class _Run:
    """One computation, in the order in which the steps depend on each other."""

    def __init__(self, case: Case, book: RuleBook, as_of: dt.date, conventions: Conventions) -> None:
        self.case = case
        self.book = book
        self.as_of = as_of
        self.options = conventions
        self.channel = case.channel_on(as_of)
        self.remarks: list[Remark] = []
        self.rule_day = case.accepted if conventions.rule_date == "acceptance" else as_of
        self.stopping = Stopping(Setting(case, book, as_of, conventions, self.channel, self.rule_day))

    def clock(self) -> Clock:
        steps = list(self._steps())
        told = remarks_on(steps, self.book, self.stopping.open(), rule_day=self.rule_day)
        remarks = tuple(dict.fromkeys((*self.stopping.remarks, *self.remarks, *told)))
        return Clock(
            self.case, self.as_of, self.channel, self.options, tuple(steps), tuple(self.stopping.applied), remarks
        )

    def _steps(self) -> Iterator[Step]:
        case = self.case
        if case.submitted:
            yield self._simple("formal_check", case.submitted, case.accepted, rule_day=case.submitted)
        review = self._review()
        yield review
        if case.application == "marketing":
            yield from self._inspection(review)
            yield from self._testing(review)
        if case.application == "trial" and self.book.find("deemed_consent", "trial", self.channel, self.rule_day):
            yield self._simple("deemed_consent", case.accepted, review.end)
        yield from self._after(review)

    # the review and its stops

    def _review(self) -> Step:
        case, options = self.case, self.options
        rule = self._review_rule()
        start = case.accepted
        if options.channel_change == "from_change" and case.channel_changes:
            start = max(change.on for change in case.channel_changes)
        after = start - _ONE_DAY if options.first_day == "same" else start
        if rule.unit != "working day":
            return self._review_by_calendar(rule, start)
        base = int(rule.limit)
        total = base + (case.special_extension.days if case.special_extension else 0)
        self._check_special(rule, base)
        total = self.stopping.apply(rule, after, total)
        due = self.stopping.due(after, total)
        end, basis = self._review_end()
        until = end or self.as_of
        elapsed = counted_between(after, until, self.stopping.intervals("expected"))
        return Step(
            "review",
            rule,
            start,
            due,
            self._state(end, due, stopped=bool(self.stopping.open())),
            base,
            total,
            end,
            basis,
            elapsed,
            total - elapsed,
        )

    def _review_rule(self) -> Limit:
        rule = self.book.limit("review", self.case.application, self.channel, self.rule_day)
        if self.options.rule_date == "acceptance" and self.rule_day != self.as_of:
            later = self.book.find("review", self.case.application, self.channel, self.as_of)
            if later is not None and later.id != rule.id:
                self.remarks.append(rule_changed(later))
        return rule

    def _review_by_calendar(self, rule: Limit, start: dt.date) -> Step:
        if any(stop.scope == "review" for stop in self.case.stops):
            raise UsageError(
                f"no rule held stops the clock of {rule.id}, a limit of {rule.limit} {rule.unit}s",
                where="stops",
                todo="leave the stops out, or choose a channel whose limit is in working days",
            )
        if rule.unit != "month":
            raise UsageError(f"a review limit in {rule.unit}s is not computed", where=rule.id)
        due = WorkingDay.certain(add_months(start, int(rule.limit)))
        end, basis = self._review_end()
        return Step("review", rule, start, due, self._state(end, due), int(rule.limit), int(rule.limit), end, basis)

    def _check_special(self, rule: Limit, base: int) -> None:
        special = self.case.special_extension
        if special is None:
            return
        bound = self.book.find("special_extension", self.case.application, self.channel, special.on)
        if bound is None or "DRR-102" not in rule.extensions:
            raise UsageError(f"{rule.id} allows no extension for special reasons", where="special_extension")
        most = floor(base * bound.limit)
        if special.days > most:
            raise UsageError(
                f"an extension by {special.days} working days is more than half of the limit of {base}",
                where="special_extension",
                todo=f"give at most {most}",
            )
        if bound.status == "recalled":
            self.remarks.append(from_memory(bound))

    def _review_end(self) -> tuple[dt.date | None, str]:
        if self.case.review_ended:
            return self.case.review_ended, ""
        if self.case.decided:
            return self.case.decided, "decision"
        return None, ""

    # the other steps

    def _inspection(self, review: Step) -> Iterator[Step]:
        held = self.case.inspection
        begun = (held.notified or held.started) if held else None
        if self.book.find("inspection_start", self.case.application, self.channel, self.rule_day):
            yield self._simple("inspection_start", self.case.accepted, begun, held=held is not None)
        before = self._before_deadline("inspection_end", review, held.ended if held else None)
        if before is not None:
            yield before

    def _testing(self, review: Step) -> Iterator[Step]:
        testing = self.case.testing
        if testing is not None:
            key = f"testing_{testing.kind}"
            rule = self.book.limit(key, self.case.application, self.channel, self._testing_day(testing.started))
            stops = merged(
                (taken.start, taken.end)
                for stop in self.case.stops
                if stop.scope == "testing"
                for taken in (self.stopping.taken(stop, self.stopping.rule_of(rule, stop)),)
            )
            base = int(rule.limit)
            due = day_reached(testing.started, base, stops)
            elapsed = counted_between(testing.started, testing.ended or self.as_of, stops)
            yield Step(
                key,
                rule,
                testing.started,
                due,
                self._state(testing.ended, due),
                base,
                base,
                testing.ended,
                "",
                elapsed,
                base - elapsed,
            )
        before = self._before_deadline("testing_report", review, testing.ended if testing else None)
        if before is not None:
            yield before

    def _testing_day(self, started: dt.date) -> dt.date:
        if self.options.rule_date == "latest":
            return self.as_of
        return max(started, self.case.accepted)

    def _before_deadline(self, key: str, review: Step, end: dt.date | None) -> Step | None:
        """Return a step that must end so many counted working days before the review deadline."""
        rule = self.book.find(key, self.case.application, self.channel, self.rule_day)
        if rule is None or review.rule.unit != "working day" or review.total <= rule.limit:
            return None
        number = review.total - int(rule.limit)
        after = review.start - _ONE_DAY if self.options.first_day == "same" else review.start
        due = self.stopping.due(after, number)
        elapsed = counted_between(after, end or self.as_of, self.stopping.intervals("expected"))
        held = self.case.inspection if key == "inspection_end" else self.case.testing
        if end is None and (held is None or review.end is not None) and self.as_of > due.day:
            return Step(key, rule, review.start, due, "not_held", number, number)
        state = self._state(end, due, stopped=bool(self.stopping.open()))
        return Step(key, rule, review.start, due, state, number, number, end, "", elapsed, number - elapsed)

    def _after(self, review: Step) -> Iterator[Step]:
        case = self.case
        projected = review.end is None
        start = WorkingDay.certain(review.end) if review.end is not None else review.due
        if review.end_basis == "decision":
            # The end of the review is not held, only that it came no later than the decision.
            decided = case.decided
        else:
            rule = self.book.find("decision", case.application, self.channel, self.rule_day)
            if rule is None:
                return
            step = self._following("decision", rule, start, case.decided, projected=projected)
            yield step
            decided = case.decided
            start = step.due
        rule = self.book.find("licence", case.application, self.channel, self.rule_day)
        if rule is not None:
            origin = WorkingDay.certain(decided) if decided else start
            yield self._following("licence", rule, origin, case.licensed, projected=decided is None)
        rule = self.book.find("trial_start", case.application, self.channel, self.rule_day)
        if rule is not None and decided:
            due = WorkingDay.certain(decided + dt.timedelta(weeks=int(rule.limit)))
            state: State = "running" if self.as_of <= due.day else "not_held"
            yield Step("trial_start", rule, decided, due, state, int(rule.limit), int(rule.limit))

    def _following(self, key: str, rule: Limit, origin: WorkingDay, end: dt.date | None, *, projected: bool) -> Step:
        base = int(rule.limit)
        due = nth_working_day(origin.day, base)
        if origin.provisional:
            latest = None if origin.latest is None else nth_working_day(origin.latest, base).latest
            due = WorkingDay(due.day, min(nth_working_day(origin.earliest, base).earliest, due.day), latest)
        if projected:
            return Step(key, rule, origin.day, due, "projected", base, base)
        if end is None and key == "licence" and self.as_of > due.day:
            return Step(key, rule, origin.day, due, "not_held", base, base)
        elapsed = working_days_between(origin.day, end or self.as_of)
        return Step(key, rule, origin.day, due, self._state(end, due), base, base, end, "", elapsed, base - elapsed)

    def _simple(
        self, key: str, start: dt.date, end: dt.date | None, *, rule_day: dt.date | None = None, held: bool = True
    ) -> Step:
        """Return a step that runs from a day without stops."""
        rule = self.book.limit(key, self.case.application, self.channel, rule_day or self.rule_day)
        base = int(rule.limit)
        due = nth_working_day(start, base)
        over = self.case.review_ended or self.case.decided
        if end is None and (over is not None or not held) and self.as_of > due.day:
            return Step(key, rule, start, due, "not_held", base, base)
        elapsed = working_days_between(start, end or self.as_of)
        return Step(key, rule, start, due, self._state(end, due), base, base, end, "", elapsed, base - elapsed)

    def _state(self, end: dt.date | None, due: WorkingDay, *, stopped: bool = False) -> State:
        if end is not None:
            return "done" if end <= due.day else "done_late"
        if stopped:
            return "stopped"
        return "overdue" if self.as_of > (due.latest or due.day) else "running"
