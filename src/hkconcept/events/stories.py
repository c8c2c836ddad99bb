"""Novelty: which documents tell of the same event, when it was first seen, and which repeat one another.

Two reports tell of one event when the company and the family of the event agree, they lie within a few days of each
other, and nothing that both say differs: drug, agency, amount, partner, percentage, number of the instrument. A report
that fits several known events is kept apart with its candidates; it is not guessed into one of them. A round-up is
linked to every event that it contains, and a near-duplicate of a whole document joins its stories.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from hkconcept.events.frames import FAMILIES
from hkconcept.model import Event, Moment, StockCode
from hkconcept.text.duplicates import DuplicateIndex
from hkconcept.text.fold import fold

__all__ = ["Placed", "Placement", "Stories", "Story"]

# Events that recur every day are one event only on one day; a decision is reported for a week.
_DAILY = frozenset({"buyback", "price_move", "shareholding_change", "trading_halt"})
_WINDOW = dt.timedelta(days=7)
_ONE_DAY = dt.timedelta(days=1)
# Slots that tell two events of one kind apart; an amount is rounded in every retelling.
_NAMES = ("drug", "instrument", "number", "round", "index", "list")
_AMOUNTS = ("amount", "upfront", "percent", "count")
_ROUNDING = Decimal("0.02")
# The review centre decides for the agency above it, and reports name either.
_UNDER = {"CDE": "nmpa"}
_SHORTEST = 3  # letters of a drug's name that must agree


@dataclass(slots=True)
class Story:
    """One event as documents tell of it. ``first_seen`` is the earliest moment of publication among them."""

    id: str
    type: str
    code: StockCode | None
    first_seen: Moment | None
    first_in: str
    day: dt.date | None = None
    slots: dict[str, str] = field(default_factory=dict)
    documents: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one event of a document was placed: its story, and whether the document is the first to tell of it.

    ``candidates`` are the stories that fit equally well when there are several; the event then has a story of its own.
    """

    type: str
    code: StockCode | None
    story: str
    new: bool
    first_seen: Moment | None
    first_in: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """What is new in one document: the earlier document that it repeats, and the story of each of its events."""

    document_id: str
    duplicate_of: str | None
    similarity: float
    events: tuple[Placed, ...]


class Stories:
    """The stories told so far. Documents are given in the order of their arrival.

    >>> stories = Stories()
    >>> stories.add("a", "无关的一句话", None, ()).duplicate_of is None
    True

    """

    def __init__(self, *, threshold: float = 0.5, window: dt.timedelta = _WINDOW) -> None:
        """Start with nothing told.

        Parameters
        ----------
        threshold
            The estimated Jaccard similarity from which a document repeats an earlier one.
        window
            How long after its first report an event is still the same news.

        """
        self._duplicates = DuplicateIndex(threshold=threshold)
        self._window = window
        self._told: dict[tuple[str, StockCode | None], list[Story]] = {}
        self._of_document: dict[str, list[Story]] = {}
        self._count = 0

    def add(self, document_id: str, text: str, published: Moment | None, events: Iterable[Event]) -> Placement:
        """Place the events of one document among the stories.

        Parameters
        ----------
        document_id, text, published
            The document; an id that was added before is an error.
        events
            Its events; those that it denies or only hopes for are left out.

        Raises
        ------
        ValueError
            When a document of that id was added before.

        """
        if document_id in self._of_document:
            msg = f"document {document_id!r} was added before; give every document an id of its own"
            raise ValueError(msg)
        repeated = next(iter(self._duplicates.add(document_id, text)), None)
        known = self._of_document.get(repeated.key, []) if repeated else []
        mine: list[Story] = []
        self._of_document[document_id] = mine
        placed: list[Placed] = []
        for event in events:
            if not event.realised:
                continue
            for code in event.codes or (None,):
                where = self._place(document_id, published, event, code, known)
                placed.append(where)
                mine.append(self._told[FAMILIES[event.type], code][-1] if where.new else self._story(where, code))
        return Placement(
            document_id, repeated.key if repeated else None, repeated.similarity if repeated else 0.0, tuple(placed)
        )

    def _story(self, placed: Placed, code: StockCode | None) -> Story:
        return next(s for s in self._told[FAMILIES[placed.type], code] if s.id == placed.story)

    def _place(
        self, document_id: str, published: Moment | None, event: Event, code: StockCode | None, known: list[Story]
    ) -> Placed:
        family = FAMILIES[event.type]
        stories = self._told.setdefault((family, code), [])
        slots = dict(event.frame)
        if event.agency:
            slots["agency"] = event.agency
        day = _day(event, published)
        fitting = [story for story in stories if self._fits(story, event.type, day, slots)]
        repeated = [story for story in fitting if any(story is other for other in known)]
        if len(fitting) > 1:
            # The one that agrees in a telling slot, or that the repeated document told.
            named = [story for story in fitting if _agrees(story.slots, slots)]
            fitting = repeated if len(repeated) == 1 else named if len(named) == 1 else fitting
        if len(fitting) == 1:
            story = fitting[0]
            if document_id not in story.documents:
                story.documents.append(document_id)
            for name, value in slots.items():
                story.slots.setdefault(name, value)
            if published is not None and (story.first_seen is None or published.at < story.first_seen.at):
                story.first_seen, story.first_in = published, document_id
            return Placed(event.type, code, story.id, new=False, first_seen=story.first_seen, first_in=story.first_in)
        self._count += 1
        story = Story(f"s{self._count}", event.type, code, published, document_id, day, slots, [document_id])
        stories.append(story)
        return Placed(
            event.type,
            code,
            story.id,
            new=True,
            first_seen=published,
            first_in=document_id,
            candidates=tuple(other.id for other in fitting),
        )

    def _fits(self, story: Story, kind: str, day: dt.date | None, slots: Mapping[str, str]) -> bool:
        daily = kind in _DAILY or story.type in _DAILY
        if day is not None and story.day is not None:
            apart = abs(day - story.day)
            if apart > (_ONE_DAY if daily else self._window) or (daily and apart):
                return False
        if "deal_terminated" in (kind, story.type) and kind != story.type:
            return False
        return not _differs(story.slots, slots)


def _day(event: Event, published: Moment | None) -> dt.date | None:
    if event.date is not None and event.date.day is not None:
        return event.date.first_day
    if event.known_at is not None:
        return event.known_at.day
    return published.day if published else None


def _differs(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two frames say different things of what both of them say something."""
    for name in (*_NAMES, "agency", "phase", "direction", "action"):
        if name in one and name in other and not _same_name(one[name], other[name]):
            return True
    return any(name in one and name in other and not _same_amount(one[name], other[name]) for name in _AMOUNTS)


def _agrees(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two frames share a slot that tells events apart."""
    return any(name in one and name in other for name in (*_NAMES, *_AMOUNTS)) and not _differs(one, other)


def _same_name(one: str, other: str) -> bool:
    if one.isascii() != other.isascii():
        return True  # 依沃西 and ivonescimab cannot be compared
    first, second = sorted((_UNDER.get(one, fold(one).strip()), _UNDER.get(other, fold(other).strip())), key=len)
    return first == second or (len(first) >= _SHORTEST and first in second)


def _same_amount(one: str, other: str) -> bool:
    try:
        first, second = Decimal(one), Decimal(other)
    except InvalidOperation:
        return one == other
    return abs(first - second) <= _ROUNDING * max(abs(first), abs(second))
