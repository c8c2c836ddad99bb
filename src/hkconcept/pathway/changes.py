"""What an instrument changes: its limits before and after, in words of both languages; and whom it touches.

A limit is set against the row that applied to the same case before, or without, the instrument: an earlier row of the
same step and channel, or the row named in ``instead_of``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from hkconcept.model import SourceStatus
from hkconcept.pathway.channels import CHANNELS, lineage
from hkconcept.pathway.rules import Instrument, Limit, Provision, RuleBook, Text

__all__ = ["LimitChange", "RegisterRow", "Touched", "WhatChanges", "touched", "what_changes"]

_UNITS: Final = {
    "working day": Text("working days", "个工作日"),
    "working day before": Text("working days before the deadline", "个工作日（届满前）"),
    "calendar day": Text("days", "天"),
    "day": Text("days", "天"),
    "week": Text("weeks", "周"),
    "month": Text("months", "个月"),
    "year": Text("years", "年"),
    "of limit": Text("of the limit", "（原时限）"),
}


@dataclass(frozen=True, slots=True)
class LimitChange:
    """One limit of an instrument. ``before`` is ``None`` when nothing held is set against it."""

    after: Limit
    before: Limit | None
    text: Text
    status: SourceStatus

    @property
    def difference(self) -> int | None:
        """After minus before in the unit of both; ``None`` when they cannot be compared."""
        if self.before is None or self.before.unit != self.after.unit:
            return None
        return int(self.after.limit - self.before.limit)


@dataclass(frozen=True, slots=True)
class WhatChanges:
    """The section "what changes" for one instrument."""

    instrument: Instrument
    limits: tuple[LimitChange, ...]
    provisions: tuple[Provision, ...]
    remarks: tuple[Text, ...]

    @property
    def recalled(self) -> bool:
        """Whether any of it is from memory."""
        return "recalled" in {*(one.status for one in self.limits), *(row.status for row in self.provisions)}


def what_changes(book: RuleBook, instrument: str, *, as_of: dt.date) -> WhatChanges | None:
    """Return what an instrument changes, or ``None`` when none of its rules are held or it was not public yet.

    The ids are those of the register of policies, such as ``nmpa-2026-3``.

    >>> from hkconcept.pathway.rule_files import packaged_rules
    >>> found = what_changes(packaged_rules(), "nmpa-2026-3", as_of=dt.date(2026, 1, 8))
    >>> [(c.after.id, c.difference) for c in found.limits]
    [('A3-2', -30), ('A3-3', -20), ('A3-4', -20)]

    """
    known = book.as_of(as_of)
    held = next((one for one in known.instruments if one.id == instrument), None)
    if held is None:
        return None
    limits = tuple(_change(known, row) for row in known.limits if row.instrument == instrument)
    provisions = tuple(row for row in known.provisions if row.instrument == instrument and not row.kinds)
    remarks = [text for text in (held.unconfirmed,) if text]
    ended = [one for one in known.instruments if one.in_force_to == held.in_force_from - dt.timedelta(days=1)]
    remarks += [one.end_note for one in ended if one.end_note]
    return WhatChanges(held, limits, provisions, tuple(remarks))


def _change(book: RuleBook, row: Limit) -> LimitChange:
    earlier = book.find(row.step, row.application, row.channel, row.valid_from - dt.timedelta(days=1))
    named = book.row(row.instead_of) if row.instead_of else None
    before = earlier or (named if isinstance(named, Limit) else None)
    if before is not None and before.id == row.id:
        before = None
    statuses = [row.status, *([before.status] if before else [])]
    worst: SourceStatus = "recalled" if "recalled" in statuses else "press" if "press" in statuses else "official"
    return LimitChange(row, before, _sentence(row, before), worst)


def _sentence(row: Limit, before: Limit | None) -> Text:
    unit = _UNITS[row.unit]
    en = f"{row.what.en.rstrip('.')}: {row.limit} {unit.en}"
    zh = f"{row.what.zh.rstrip('。')}：{row.limit}{unit.zh}"
    if before is not None:
        old = _UNITS[before.unit]
        en += f" instead of {before.limit}" + ("" if before.unit == row.unit else f" {old.en}") + f" ({before.id})"
        zh += f"，原为{before.limit}" + ("" if before.unit == row.unit else old.zh) + f"（{before.id}）"
    return Text(f"{en}.", f"{zh}。")


class RegisterRow(Protocol):
    """A drug of a register. ``channel`` is what is held of its pathway; ``date`` and ``known_at`` are days.

    ``facts`` are facts of its profile as far as a register states them, by the names of the eligibility criteria.
    """

    @property
    def drug(self) -> str: ...  # noqa: D102 - a field
    @property
    def company(self) -> str: ...  # noqa: D102 - a field
    @property
    def code(self) -> str: ...  # noqa: D102 - a field
    @property
    def channel(self) -> str: ...  # noqa: D102 - a field
    @property
    def known_at(self) -> dt.date: ...  # noqa: D102 - a field
    @property
    def source(self) -> str: ...  # noqa: D102 - a field
    @property
    def facts(self) -> dict[str, bool]: ...  # noqa: D102 - a field


@dataclass(frozen=True, slots=True)
class Touched:
    """One drug and company whose pathway an instrument touches, or may touch when ``missing`` facts are so.

    ``rules`` are the limits that it would come under; ``source`` is the evidence of the register's row.
    """

    drug: str
    company: str
    code: str
    verdict: Literal["touched", "possible"]
    rules: tuple[str, ...]
    missing: tuple[str, ...]
    source: str


# What must be true of a drug for a channel's limits to reach it, and the designations that lead to the channel.
_NEEDED: Final = {
    "priority": ((), ("priority", "priority_rare_overseas")),
    "priority_rare_overseas": (
        ("rare_disease", "urgently_needed", "marketed_overseas", "not marketed_in_china"),
        ("priority", "priority_rare_overseas", "overseas_list"),
    ),
    "trial_30": (("innovative", "in_trials"), ("breakthrough",)),
    "trial_30_pilot": (("innovative", "in_trials"), ("breakthrough",)),
    "trial_30_overseas": (("urgently_needed", "marketed_overseas", "trial_needed"), ("breakthrough", "overseas_list")),
    "overseas_list_rare": (("rare_disease", "on_list"), ("overseas_list",)),
    "overseas_list_other": (("on_list",), ("overseas_list",)),
    "paediatric": (("paediatric",), ("priority", "breakthrough")),
    "rare_disease": (("rare_disease",), ("priority", "breakthrough", "overseas_list")),
}


def touched(changes: WhatChanges, rows: Iterable[RegisterRow], *, as_of: dt.date) -> tuple[Touched, ...]:
    """Return the drugs whose pathway an instrument touches, with the evidence held and the facts that are missing.

    Only rows known by ``as_of`` are seen. A drug is ``touched`` when every fact that the channel needs is stated,
    ``possible`` when some are missing, and left out when one is stated to be otherwise. Nothing says that a drug that
    is not listed is untouched: a register holds part of the drugs.
    """
    found = []
    for row in rows:
        if row.known_at > as_of:
            continue
        rules: list[str] = []
        missing: dict[str, None] = {}
        for change in changes.limits:
            channel = change.after.channel
            if channel not in _NEEDED:
                continue
            needed, designations = _NEEDED[channel]
            values = [_holds(fact, row.facts) for fact in needed]
            if False in values or not _designated(row.channel, designations):
                continue
            rules.append(change.after.id)
            missing |= dict.fromkeys(
                fact.removeprefix("not ") for fact, value in zip(needed, values, strict=True) if value is None
            )
        if rules:
            verdict: Literal["touched", "possible"] = "possible" if missing else "touched"
            found.append(Touched(row.drug, row.company, row.code, verdict, tuple(rules), tuple(missing), row.source))
    return tuple(sorted(found, key=lambda one: (len(one.missing), -len(one.rules))))


def _designated(channel: str, designations: tuple[str, ...]) -> bool:
    names = lineage(channel) if channel in CHANNELS else (channel,)
    return any(name in designations for name in names)


def _holds(fact: str, facts: dict[str, bool]) -> bool | None:
    value = facts.get(fact.removeprefix("not "))
    return value if value is None or not fact.startswith("not ") else not value
