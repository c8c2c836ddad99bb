"""Due days as a calendar file (iCalendar, RFC 5545): one all-day event a step."""

from __future__ import annotations

import datetime as dt
import hashlib

from hkconcept.pathway.clock import Clock, Step
from hkconcept.pathway.names import STEPS, case_title, state_text

__all__ = ["calendar_file"]


def calendar_file(clock: Clock, language: str = "en") -> str:
    """Return the due days of a clock as an ``.ics`` file, lines ended by CR LF and folded at 75 octets.

    A provisional day says so in its title and carries its range. Steps that are done are left out. The identifiers
    depend on the case and the step alone, so that a later file replaces the events of an earlier one.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hkconcept//review clock//EN", "CALSCALE:GREGORIAN"]
    stamp = f"{clock.as_of:%Y%m%d}T000000Z"
    for step in clock.steps:
        if step.end is None:
            lines += _event(clock, step, stamp, language)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))


def _event(clock: Clock, step: Step, stamp: str, language: str) -> list[str]:
    case = clock.case
    name = f"{case.drug}|{case.company}|{case.application}|{case.accepted}|{step.key}"
    title = STEPS[step.key].text(language)
    subject = case_title(case, language)
    due = step.due
    said = [f"{step.rule.id}, {step.rule.article}: {step.rule.what.text(language)}", state_text(step, language)]
    if step.recalled:
        said.append("凭记忆，请核对" if language == "zh" else "from memory: check before use")
    if due.provisional:
        latest = due.latest or ("无上限" if language == "zh" else "not bounded")
        said.append(f"{due.earliest} – {latest}")
    mark = "" if not due.provisional else "（暂定）" if language == "zh" else " (provisional)"
    return [
        "BEGIN:VEVENT",
        f"UID:{hashlib.sha256(name.encode('utf-8')).hexdigest()[:32]}@hkconcept",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{due.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due.day + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(f'{title}{mark}: {subject}' if language == 'en' else f'{title}{mark}：{subject}')}",
        f"DESCRIPTION:{_escape(chr(10).join(said))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escape(text: str) -> str:
    kept = "".join(c for c in text if c == "\n" or c.isprintable())
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> list[str]:
    """Break a line so that no part is longer than 75 octets and no character is cut."""
    parts: list[str] = []
    current = ""
    for char in line:
        if len((current + char).encode("utf-8")) > (75 if not parts else 74):
            parts.append(current)
            current = ""
        current += char
    parts.append(current)
    return [part if n == 0 else f" {part}" for n, part in enumerate(parts)]
