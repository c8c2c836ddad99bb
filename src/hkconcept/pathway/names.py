"""The names of steps and states in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hkconcept.pathway.case import Case
from hkconcept.pathway.channels import APPLICATIONS
from hkconcept.pathway.clock import State, Step
from hkconcept.pathway.rules import Text

__all__ = ["STATES", "STATUSES", "STEPS", "case_title", "state_text"]

STEPS: Final[Mapping[str, Text]] = {
    "formal_check": Text("Formal check", "形式审查"),
    "review": Text("Technical review", "技术审评"),
    "deemed_consent": Text("Deemed consent", "默示许可"),
    "inspection_start": Text("Inspection started", "启动核查"),
    "inspection_end": Text("Inspection reported", "核查反馈"),
    "testing_sample": Text("Testing, samples", "样品检验"),
    "testing_standard": Text("Testing with the standard", "样品检验和标准复核"),
    "testing_report": Text("Testing reported", "检验反馈"),
    "letter_answer": Text("Answer to a supplement letter", "补充资料"),
    "letter_extension": Text("Extension after a supplement", "补充后延长"),
    "decision": Text("Administrative decision", "行政审批决定"),
    "licence": Text("Licence delivered", "颁发送达"),
    "trial_start": Text("Trial started", "启动临床试验"),
}

STATES: Final[Mapping[State, Text]] = {
    "done": Text("done in time", "按时完成"),
    "done_late": Text("done late", "逾期完成"),
    "running": Text("running", "进行中"),
    "overdue": Text("overdue", "已逾期"),
    "stopped": Text("clock stopped", "停钟"),
    "projected": Text("projected", "推算"),
    "not_held": Text("date not held", "日期未掌握"),
}

STATUSES: Final[Mapping[str, Text]] = {
    "official": Text("official text", "官方文本"),
    "press": Text("press", "媒体"),
    "recalled": Text("from memory", "凭记忆"),
}


def case_title(case: Case, language: str) -> str:
    """Return what an application is called: drug and company, or its kind and its day of acceptance."""
    names = [part for part in (case.drug, case.company) if part]
    if names:
        return ("，" if language == "zh" else ", ").join(names)
    en, zh = APPLICATIONS[case.application]
    return f"{case.accepted}受理的{zh}" if language == "zh" else f"{en} accepted on {case.accepted}"


def state_text(step: Step, language: str) -> str:
    """Return where a step stands, with the days that are left or over.

    >>> from hkconcept.pathway.clock import run
    >>> from hkconcept.pathway.entries import case_of
    >>> from hkconcept.pathway.rule_files import packaged_rules
    >>> import datetime as dt
    >>> clock = run(case_of("2026-01-07", channel="priority"), packaged_rules(), as_of=dt.date(2026, 1, 31))
    >>> state_text(clock.review, "en")
    'running, 17 of 130, 113 left'

    """
    said = STATES[step.state].text(language)
    if step.elapsed is None or step.remaining is None:
        return said
    count = f"{step.elapsed}/{step.total}" if language == "zh" else f"{step.elapsed} of {step.total}"
    if step.remaining < 0:
        return (
            f"{said}，{count}，超{-step.remaining}日"
            if language == "zh"
            else f"{said}, {count}, {-step.remaining} over"
        )
    return f"{said}，{count}，余{step.remaining}日" if language == "zh" else f"{said}, {count}, {step.remaining} left"
