"""A clock as plain tables: steps, the account of the days, stretches, stops and remarks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hkconcept.pathway.clock import Clock, Step
from hkconcept.pathway.explain import REASONS, Stretch, account, days, stretches
from hkconcept.pathway.names import STATUSES, STEPS, case_title, state_text
from hkconcept.pathway.steps import AppliedStop
from hkconcept.pathway.table import Cells, Table, due_text, pick

__all__ = ["clock_tables"]


def clock_tables(clock: Clock, language: str, *, days: bool = False) -> Iterator[Table]:
    """Yield the steps, the account of the days, the stops with the stretches between them, and the remarks."""
    review = clock.review
    channel = clock.channel
    title = pick(
        language,
        f"{case_title(clock.case, language)}: {channel}, as of {clock.as_of}",
        f"{case_title(clock.case, language)}：{channel}，截至{clock.as_of}",
    )
    heads = ("step", "limit", "from", "due", "state", "rule", "status")
    if language == "zh":
        heads = ("环节", "时限", "起算", "届满", "状态", "规则", "依据")
    yield Table(
        title,
        heads,
        tuple(_step_cells(step, language) for step in clock.steps),
        tuple(_step_record(clock, step) for step in clock.steps),
        tuple(f"{_mark(remark.kind)} {remark.shown(language)}" for remark in clock.remarks),
        tuple(step.state for step in clock.steps),
    )
    found = account(clock)
    if found:
        yield Table(
            pick(language, "Calendar days of the review", "审评期间各日历日"),
            (pick(language, "days", "天数"), pick(language, "reason", "原因")),
            (
                *((str(number), REASONS[reason].text(language)) for reason, number in found.items()),
                (str(sum(found.values())), pick(language, "in all", "合计")),
            ),
            ({"type": "account", "days": {str(reason): number for reason, number in found.items()}},),
        )
        parts = stretches(clock)
        yield Table(
            pick(language, "Stretch by stretch", "分段"),
            ("from", "to", "counted", "what") if language == "en" else ("自", "至", "计入", "说明"),
            tuple(_stretch_cells(part, language) for part in parts),
            tuple(_stretch_record(part) for part in parts),
        )
    if days:
        yield _days_table(clock, language)
    if clock.stops:
        yield Table("", (), (), tuple(_stop_record(stop) for stop in clock.stops))
    if review.rule.source:
        yield Table(
            "",
            (),
            (),
            tuple(
                {"type": "remark", "kind": r.kind, "en": r.text.en, "zh": r.text.zh, "rule": r.rule or None}
                for r in clock.remarks
            ),
        )


def _mark(kind: str) -> str:
    return {"recalled": "!", "unconfirmed": "!", "late_answer": "!", "late_stop": "!"}.get(kind, "·")


def _step_cells(step: Step, language: str) -> Cells:
    base = f"{step.base} + {step.total - step.base}" if step.total != step.base else str(step.base)
    return (
        STEPS[step.key].text(language),
        base,
        str(step.start),
        due_text(step.due, language),
        state_text(step, language),
        f"{step.rule.id}",
        STATUSES[step.rule.status].text(language),
    )


def _step_record(clock: Clock, step: Step) -> dict[str, Any]:
    return {
        "type": "step",
        "step": step.key,
        "channel": clock.channel,
        "as_of": str(clock.as_of),
        "base": step.base,
        "total": step.total,
        "unit": step.rule.unit,
        "start": str(step.start),
        "due": str(step.due.day),
        "earliest": str(step.due.earliest),
        "latest": str(step.due.latest) if step.due.latest else None,
        "provisional": step.due.provisional,
        "state": step.state,
        "end": str(step.end) if step.end else None,
        "end_basis": step.end_basis or None,
        "elapsed": step.elapsed,
        "remaining": step.remaining,
        "rule": step.rule.id,
        "instrument": step.rule.instrument,
        "article": step.rule.article,
        "status": step.rule.status,
        "source": step.rule.source,
    }


def _stretch_cells(part: Stretch, language: str) -> Cells:
    if part.reason == "counted":
        said = pick(
            language,
            f"working days {part.first} to {part.last}; weekends {part.weekend}, holidays {part.holiday}, "
            f"make-up days {part.make_up}",
            f"第{part.first}至{part.last}个工作日；周末{part.weekend}，节假日{part.holiday}，调休上班{part.make_up}",
        )
    else:
        said = f"{REASONS[part.reason].text(language)} ({part.rule}): {part.stopped}"
    return str(part.start), str(part.end), str(part.counted), said


def _stretch_record(part: Stretch) -> dict[str, Any]:
    return {
        "type": "stretch",
        "start": str(part.start),
        "end": str(part.end),
        "reason": part.reason,
        "rule": part.rule,
        "first": part.first,
        "last": part.last,
        "counted": part.counted,
        "weekend": part.weekend,
        "holiday": part.holiday,
        "make_up": part.make_up,
        "stopped": part.stopped,
    }


def _days_table(clock: Clock, language: str) -> Table:
    every = tuple(days(clock))
    return Table(
        pick(language, "Day by day", "逐日"),
        ("day", "number", "reason", "rule") if language == "en" else ("日期", "序号", "原因", "规则"),
        tuple((str(one.day), str(one.number or ""), REASONS[one.reason].text(language), one.rule) for one in every),
        tuple(
            {
                "type": "day",
                "day": str(one.day),
                "number": one.number,
                "reason": one.reason,
                "rule": one.rule,
                "provisional": one.provisional,
            }
            for one in every
        ),
    )


def _stop_record(stop: AppliedStop) -> dict[str, Any]:
    return {
        "type": "stop",
        "kind": stop.stop.kind,
        "start": str(stop.start),
        "end": str(stop.stop.end) if stop.stop.end else None,
        "counted_to": str(stop.end),
        "rule": stop.rule.id,
        "added": stop.added,
        "extension": stop.extension.id if stop.extension else None,
        "answer_due": str(stop.answer_due.day) if stop.answer_due else None,
        "capped": stop.capped,
        "ignored": stop.ignored,
    }
