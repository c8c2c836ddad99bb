"""An application as a person writes it down: a few words, and events such as ``letter=2025-06-10/2025-08-15``.

The same events serve the command line and case files:

==================== ======================================================================
``submitted``        ``DAY``; so do ``review_ended``, ``decided`` and ``licensed``
a clock stop         ``FROM/TO``, or ``FROM`` while it lasts; see :data:`.case.STOP_KINDS`
``testing_letter``   ``FROM/TO``: a request for material during registration testing
``testing``          ``sample:FROM/TO`` or ``standard:FROM/TO``
``inspection``       ``NOTIFIED/ENDED``, or ``NOTIFIED`` while it lasts
``channel``          ``DAY:CHANNEL``: the application went over to another channel
``extension``        ``DAY:NUMBER``: extended for special reasons by so many working days
==================== ======================================================================
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from hkconcept.errors import SourceError, UsageError
from hkconcept.pathway.case import STOP_KINDS, Case, ChannelChange, Inspection, SpecialExtension, Stop, Testing
from hkconcept.readers.strict_yaml import StrictYaml

__all__ = ["EVENTS", "case_of", "read_case"]

_DAYS: Final = ("submitted", "review_ended", "decided", "licensed")
EVENTS: Final = (*_DAYS, *STOP_KINDS, "testing_letter", "testing", "inspection", "channel", "extension")
_WORDS: Final = ("drug", "company", "code", "source", "application", "channel")


def case_of(
    accepted: str | None, events: Iterable[tuple[str, str]] = (), *, where: str = "--event", **words: str
) -> Case:
    """Return a case from a day of acceptance, events and words (``application``, ``channel``, ``drug``...).

    Raises
    ------
    UsageError
        The day of acceptance is missing, an event is unknown or given twice, a date is none, or the dates do not fit.

    >>> case = case_of("2025-03-03", [("letter", "2025-06-10/2025-08-15")], channel="priority")
    >>> case.stops[0].end
    datetime.date(2025, 8, 15)

    """
    if not accepted:
        raise UsageError(
            "the day of acceptance is missing", where="accepted", todo="the clock runs from it: give it like 2026-01-07"
        )
    held: dict[str, Any] = {"stops": (), "channel_changes": (), **words}
    for name, value in events:
        if name not in EVENTS:
            near = difflib.get_close_matches(name, EVENTS, n=1) or [", ".join(EVENTS)]
            raise UsageError(f"there is no event {name!r}", where=where, todo=f"did you mean {near[0]}?")
        key, part = _event(name, value.strip(), where)
        if key in {"stops", "channel_changes"}:
            held[key] = (*held[key], part)
        elif key in held:
            raise UsageError(f"{name} is given twice", where=where, todo="give it once")
        else:
            held[key] = part
    return Case(_day(accepted, "accepted"), **held)


def _event(name: str, value: str, where: str) -> tuple[str, Any]:
    place = f"{where} {name}"
    if name in _DAYS:
        return name, _day(value, place)
    if name in STOP_KINDS or name == "testing_letter":
        start, end = _interval(value, place)
        scope = "testing" if name == "testing_letter" else "review"
        return "stops", Stop(start, end, "letter" if scope == "testing" else name, scope)
    if name == "inspection":
        start, end = _interval(value, place)
        return name, Inspection(notified=start, ended=end)
    head, colon, tail = value.partition(":")
    if not colon:
        form = {"testing": "standard:2026-03-02", "channel": "2026-03-02:priority", "extension": "2026-03-02:20"}[name]
        raise UsageError(f"{value!r} lacks a colon", where=place, todo=f"write it like {form}")
    if name == "testing":
        return name, Testing(head, *_interval(tail, place))
    if name == "channel":
        return "channel_changes", ChannelChange(_day(head, place), tail)
    if not (tail.isascii() and tail.isdigit()):
        raise UsageError(f"{tail!r} is not a number of working days", where=place, todo="write it like 2026-03-02:20")
    return "special_extension", SpecialExtension(_day(head, place), int(tail[:6]))


def _interval(text: str, where: str) -> tuple[dt.date, dt.date | None]:
    start, slash, end = text.partition("/")
    return _day(start, where), _day(end, where) if slash else None


def _day(text: str, where: str) -> dt.date:
    try:
        # A length of its own: Python also reads 20260107 and 2026-W02-3.
        return dt.date.fromisoformat(text if len(text) == 10 else "")
    except ValueError:
        raise UsageError(f"{text!r} is not a date", where=where, todo="write it like 2026-01-07") from None


def read_case(path: Path) -> Case:
    """Read a case from a YAML or JSON file.

    The keys are ``accepted`` and, optionally, ``application``, ``channel``, ``drug``, ``company``, ``code``,
    ``source`` and ``events``, a list of one event each, such as ``- letter: 2025-06-10/2025-08-15``.

    Raises
    ------
    NotAvailableError
        There is no such file.
    SourceError
        The file breaks the contract, with the line; or its dates do not fit, with what does not.

    """
    reader, root = StrictYaml.open(path)
    top = reader.mapping(root, (), ("accepted", "events", *_WORDS))
    events = []
    for node in reader.items(top["events"]) if "events" in top else ():
        part = reader.mapping(node, (), EVENTS)
        events += [(name, reader.text(value)) for name, value in part.items()]
    words = {name: reader.text(top[name]) for name in _WORDS if name in top}
    if "code" in top:
        words["code"] = reader.quoted_code(top["code"])
    try:
        return case_of(reader.text(top["accepted"]) if "accepted" in top else None, events, where="event", **words)
    except UsageError as error:
        raise SourceError(f"{error.where}: {error.what}", where=path.name, todo=error.todo) from error
