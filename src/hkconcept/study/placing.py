"""Placing events on the panel: day 0 from the moment of public knowledge, and who cannot be placed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hkconcept import calendars
from hkconcept.errors import NotAvailableError
from hkconcept.study.answers import Confounder, LeftOut, PlacedEvent
from hkconcept.study.design import Design, StudyEvent, Window
from hkconcept.study.panel import ReturnPanel

__all__ = ["Pair", "Placing", "place"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One event-security on the panel: the event, the column and the row of day 0."""

    event: str
    code: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Placing:
    """What was placed and what was not."""

    events: tuple[PlacedEvent, ...]
    pairs: tuple[Pair, ...]
    left_out: tuple[LeftOut, ...]
    confounders: tuple[Confounder, ...]


def place(panel: ReturnPanel, events: Sequence[StudyEvent], design: Design, others: Sequence[StudyEvent]) -> Placing:
    """Place every event, each security once per day 0.

    Day 0 is the first session in which the market could react (:func:`hkconcept.calendars.day_zero`): a moment
    before the open, in trading hours or in the lunch break belongs to that session, one at or after the close
    (12:00 on a half day) to the next; a day without trading, typhoons included, leads to the next session.
    """
    rows = {session: number for number, session in enumerate(panel.sessions)}
    columns = {code: number for number, code in enumerate(panel.codes)}
    placed: list[PlacedEvent] = []
    pairs: list[Pair] = []
    left: list[LeftOut] = []
    taken: dict[tuple[str, int], str] = {}
    for event in events:
        found = _day_zero(event, panel, rows, left)
        if found is None:
            continue
        placed.append(found)
        row = rows[found.session]
        for code in dict.fromkeys(event.codes):
            column = columns.get(code)
            if column is None or not np.isfinite(panel.returns[:, column]).any():
                left.append(LeftOut(event.id, code, "", "no prices are held", "未收集到价格"))
            elif (code, row) in taken:
                first = taken[code, row]
                en, zh = f"already counted for {first}, which has the same day 0", f"已计入day 0相同的{first}"
                left.append(LeftOut(event.id, code, "", en, zh.replace("day 0", "第0日")))
            else:
                taken[code, row] = event.id
                pairs.append(Pair(event.id, code, column, row))
        left.extend(
            LeftOut(event.id, code, "", "named twice; counted once", "重复列出，只计一次")
            for code in sorted({c for c in event.codes if event.codes.count(c) > 1})
        )
    confounders = _confounders(panel, pairs, [*events, *others], design, rows)
    if design.exclude_confounded:
        barred = {(found.event, found.code): found for found in confounders if found.excluded}
        left.extend(
            LeftOut(found.event, found.code, "", f"{found.other} on {found.session}", f"{found.session}有{found.other}")
            for found in barred.values()
        )
        pairs = [pair for pair in pairs if (pair.event, pair.code) not in barred]
    return Placing(tuple(placed), tuple(pairs), tuple(left), tuple(confounders))


def _day_zero(
    event: StudyEvent, panel: ReturnPanel, rows: Mapping[dt.date, int], left: list[LeftOut]
) -> PlacedEvent | None:
    try:
        zero = calendars.day_zero(event.public)
    except NotAvailableError as error:
        en, zh = f"day 0 is not known: {error.what}", f"{event.public.day}不在港交所日历范围内"
        left.append(LeftOut(event.id, "", "", en, zh))
        return None
    if zero.session not in rows:
        held = f"{panel.sessions[0]} to {panel.sessions[-1]}" if panel.sessions else "none"
        en = f"day 0, {zero.session}, is outside the sessions held ({held})"
        zh = f"第0日{zero.session}不在所收集的交易日之内"
        left.append(LeftOut(event.id, "", "", en, zh))
        return None
    return PlacedEvent(
        event.id,
        event.label_en,
        event.label_zh,
        str(event.public),
        zero.session,
        zero.reason,
        zero.time_known,
        len(set(event.codes)),
    )


def _confounders(
    panel: ReturnPanel, pairs: Sequence[Pair], others: Sequence[StudyEvent], design: Design, rows: Mapping[dt.date, int]
) -> list[Confounder]:
    """Return the other events of each security within the sessions studied."""
    by_code: dict[str, dict[str, int]] = {}
    for other in others:
        try:
            row = rows.get(calendars.day_zero(other.public).session)
        except NotAvailableError:
            continue
        if row is not None:
            for code in other.codes:
                by_code.setdefault(code, {})[other.id] = row
    tested = Window(min(w.first for w in design.windows), max(w.last for w in design.windows))
    found = []
    for pair in pairs:
        for other_id, row in by_code.get(pair.code, {}).items():
            offset = row - pair.row
            if other_id != pair.event and design.path.first <= offset <= design.path.last:
                barred = design.exclude_confounded and tested.first <= offset <= tested.last
                found.append(Confounder(pair.event, pair.code, other_id, panel.sessions[row], offset, barred))
    return found
