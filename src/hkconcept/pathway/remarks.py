"""What a clock says beside its steps: rules from memory or replaced, days that are provisional, a stop that lasts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from hkconcept.pathway.rules import Limit, RuleBook, Text
from hkconcept.pathway.steps import AppliedStop, Remark, Step, from_memory

__all__ = ["remarks_on", "rule_changed"]

_BOUNDED: Final = Text(
    "the clock stands still: due days suppose an answer on its last day, the range an answer today",
    "停钟中：届满日按最后期限答复推算，区间下限按今日答复推算",
)
_UNBOUNDED: Final = Text(
    "the clock stands still for a time without a limit: due days suppose that it ends today, nothing bounds them",
    "停钟中且无期限：届满日按今日恢复推算，无上限",
)
_PROVISIONAL: Final = Text(
    "a due day lies beyond the published working-day calendar: it is provisional and has a range",
    "有届满日超出已公布的工作日历：为暂定，附区间",
)


def rule_changed(later: Limit) -> Remark:
    """Return the remark that another limit has come into force since the acceptance."""
    return Remark(
        "rule_changed",
        Text(
            f"{later.id} has been in force since {later.valid_from}; the limit at acceptance is kept",
            f"{later.id}自{later.valid_from}起施行；按受理时的时限计算",
        ),
        later.id,
    )


def remarks_on(
    steps: Sequence[Step], book: RuleBook, stops: Sequence[AppliedStop], *, rule_day: dt.date
) -> Iterator[Remark]:
    """Yield what is to be said of the rules of the steps, of the ``stops`` that last, and of provisional days."""
    for step in steps:
        if step.recalled:
            yield from_memory(step.rule)
        if step.rule.note:
            yield Remark("note", step.rule.note, step.rule.id)
    for name in dict.fromkeys(step.rule.instrument for step in steps):
        instrument = book.instrument(name)
        if instrument.unconfirmed and instrument.unconfirmed_from and rule_day >= instrument.unconfirmed_from:
            yield Remark("unconfirmed", instrument.unconfirmed, name)
    if stops:
        bounded = all(taken.answer_due for taken in stops)
        yield Remark("open_stop", _BOUNDED if bounded else _UNBOUNDED)
    elif any(step.due.provisional for step in steps):
        yield Remark("provisional", _PROVISIONAL)
