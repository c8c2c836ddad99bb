"""What happened after earlier events like it, with how many there were and how many could be studied."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence
from dataclasses import replace

from hkconcept.study.answers import Earlier, EarlierEvent
from hkconcept.study.design import Design, StudyEvent
from hkconcept.study.panel import ReturnPanel
from hkconcept.study.run import run

__all__ = ["earlier"]


def earlier(panel: ReturnPanel, event: StudyEvent, past: Sequence[StudyEvent], design: Design | None = None) -> Earlier:
    """Study each earlier event of the same kind over the main window, on the securities that it names.

    An event counts as earlier when it was public before this one. One that cannot be studied is kept in the
    list with the reason, so that the count is of all events held. Two with the same day 0 count once.
    """
    design = replace(design or Design(), exclude_confounded=False)
    like = sorted(
        (one for one in past if one.kind == event.kind and one.public.at < event.public.at),
        key=lambda one: one.public.at,
    )
    rows: list[EarlierEvent] = []
    counted: dict[dt.date, str] = {}
    for one in like:
        study = run(panel, [one], design, only=("calibrated",))
        if not study.events:
            why = study.left_out[0]
            rows.append(_unknown(one, why.reason_en, why.reason_zh))
            continue
        main = study.main
        session = study.events[0].session
        first = counted.setdefault(session, one.id)
        if first != one.id:
            same = _unknown(one, f"the same day 0 as {first}, counted once", f"与{first}同为第0日，只计一次")
            rows.append(replace(same, session=session))
            continue
        if not main.effect.n:
            rows.append(
                replace(
                    _unknown(one, "no security has enough returns", "没有证券具备足够的收益"),
                    session=session,
                )
            )
            continue
        rows.append(
            EarlierEvent(
                one.id,
                one.label_en,
                one.label_zh,
                session,
                main.effect.n,
                main.effect.mean,
                main.default.p,
            )
        )
    means = [row.effect for row in rows if row.effect is not None]
    return Earlier(
        event.kind,
        design.windows[0],
        len(rows),
        len(means),
        statistics.median(means) if means else None,
        sum(mean > 0 for mean in means),
        tuple(rows),
    )


def _unknown(event: StudyEvent, en: str, zh: str) -> EarlierEvent:
    return EarlierEvent(event.id, event.label_en, event.label_zh, event.public.day, 0, None, None, en, zh)
