"""Statutory limits as dated rows, and the choice of the one in force on a day.

An amendment is a new row with a later ``valid_from``; nothing is changed in place. So a book in which a row has been
added that starts later answers every question about an earlier day as before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from hkconcept.errors import NotAvailableError, SourceError
from hkconcept.model import SourceStatus
from hkconcept.pathway.channels import ANY, lineage

__all__ = ["Comparator", "Instrument", "Limit", "Provision", "RuleBook", "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in English and in Chinese."""

    en: str
    zh: str

    def text(self, language: str) -> str:
        """Return the sentence in ``en`` or ``zh``."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, order or announcement. ``public`` is the day on which it could first be read.

    ``in_force_to`` is the last day on which it held, or ``None``. From ``unconfirmed_from`` on, whether it still
    stands is not confirmed, for the reason given.
    """

    id: str
    number: Text
    title: Text
    public: dt.date
    in_force_from: dt.date
    source: str
    status: SourceStatus
    issued: dt.date | None = None
    in_force_to: dt.date | None = None
    end_note: Text | None = None
    unconfirmed_from: dt.date | None = None
    unconfirmed: Text | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: for a step of an application under a channel, from ``valid_from`` to ``valid_to`` (both included).

    ``limit`` is in ``unit``: working days, calendar days, weeks, months or years from ``starts``; working days
    before it; or a fraction of another limit. ``stops`` and ``extensions`` name the rows that stop or lengthen it;
    ``instead_of`` names the row that applied to the same case before or without it.
    """

    id: str
    instrument: str
    article: str
    step: str
    application: str
    channel: str
    limit: Fraction
    unit: str
    starts: str
    what: Text
    source: str
    status: SourceStatus
    valid_from: dt.date
    known_from: dt.date
    valid_to: dt.date | None = None
    stops: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    instead_of: str = ""
    note: Text | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What the row regulates: step, application, channel."""
        return self.step, self.application, self.channel

    def holds(self, on: dt.date) -> bool:
        """Whether the row is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Provision:
    """A rule without a number of days. ``kinds`` are the stops that it provides for, if it is about stops."""

    id: str
    instrument: str
    article: str
    subject: str
    what: Text
    source: str
    status: SourceStatus
    valid_from: dt.date
    known_from: dt.date
    valid_to: dt.date | None = None
    kinds: tuple[str, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Comparator:
    """A clock of another agency; ``limit`` and ``standard`` are in ``unit``, ``None`` where there is no clock."""

    agency: str
    programme: str
    limit: int | None
    standard: int | None
    unit: str
    what: Text
    source: str
    status: SourceStatus


@dataclass(frozen=True)
class RuleBook:
    """The rules held. :meth:`as_of` leaves those that were public on a day."""

    instruments: tuple[Instrument, ...]
    limits: tuple[Limit, ...]
    provisions: tuple[Provision, ...] = ()
    comparators: tuple[Comparator, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two rows with one id, and two rows that would hold for the same thing from the same day."""
        ids = [*(row.id for row in self.limits), *(row.id for row in self.provisions)]
        starts = [(row.key, row.valid_from) for row in self.limits]
        for number, rule in enumerate(ids):
            if rule in ids[:number]:
                raise SourceError(f"rule {rule} stands twice", where="rules", todo="give each row an id of its own")
        for row, start in zip(self.limits, starts, strict=True):
            if starts.count(start) > 1:
                raise SourceError(
                    f"two rows regulate {', '.join(row.key)} from {row.valid_from}",
                    where=f"rules {row.id}",
                    todo="date the amendment, or give it a channel of its own",
                )

    @cached_property
    def _by_key(self) -> dict[tuple[str, str, str], list[Limit]]:
        found: dict[tuple[str, str, str], list[Limit]] = {}
        for row in sorted(self.limits, key=lambda row: row.valid_from, reverse=True):
            found.setdefault(row.key, []).append(row)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Limit | Provision]:
        found: dict[str, Limit | Provision] = {row.id: row for row in self.limits}
        return found | {row.id: row for row in self.provisions}

    def find(self, step: str, application: str, channel: str, on: dt.date) -> Limit | None:
        """Return the limit in force on a day: of the channel itself, else of those it follows; latest row first."""
        for name in lineage(channel):
            for kind in (application, ANY):
                for row in self._by_key.get((step, kind, name), ()):
                    if row.holds(on):
                        return row
        return None

    def limit(self, step: str, application: str, channel: str, on: dt.date) -> Limit:
        """Return the limit in force on a day.

        Raises
        ------
        NotAvailableError
            None was in force; the sentence names the nearest row in time, or the channels that have one.

        """
        found = self.find(step, application, channel, on)
        if found is not None:
            return found
        own = [row for row in self.limits if row.step == step and row.application in {application, ANY}]
        same = sorted(
            (row for row in own if row.channel in lineage(channel)),
            key=lambda row: abs((row.valid_from - on).days),
        )
        if same:
            near = same[0]
            until = f" to {near.valid_to}" if near.valid_to else ""
            hint = f"the nearest is {near.id}, in force from {near.valid_from}{until}"
            open_then = sorted({row.channel for row in own if row.holds(on) and row.channel != ANY})
            todo = hint + (f"; channels in force that day: {', '.join(open_then)}" if open_then else "")
        else:
            todo = f"channels with one: {', '.join(sorted({row.channel for row in own})) or 'none'}"
        raise NotAvailableError(
            f"no limit for the {step.replace('_', ' ')} of a {application} application under {channel} was in force "
            f"on {on}",
            where="rules",
            todo=todo,
        )

    def row(self, rule: str) -> Limit | Provision | None:
        """Return the row with an id, if it is held."""
        return self._by_id.get(rule)

    def instrument(self, name: str) -> Instrument:
        """Return the instrument with an id.

        Raises
        ------
        NotAvailableError
            It is not held; those that are are named.

        """
        for one in self.instruments:
            if one.id == name:
                return one
        held = ", ".join(one.id for one in self.instruments)
        raise NotAvailableError(f"no rules of {name!r} are held", where="rules", todo=f"instruments held: {held}")

    def as_of(self, day: dt.date) -> RuleBook:
        """Return the book with the rows that were public by the end of a day.

        A row that ended by an instrument which was not yet public is open again.
        """
        public = {one.id for one in self.instruments if one.public <= day}
        if len(public) == len(self.instruments):
            return self
        return RuleBook(
            instruments=tuple(one for one in self.instruments if one.id in public),
            limits=tuple(_reopened(row, day) for row in self.limits if row.known_from <= day),
            provisions=tuple(row for row in self.provisions if row.known_from <= day),
            comparators=self.comparators,
        )

    def with_limits(self, rows: Iterable[Limit]) -> RuleBook:
        """Return a book with further rows."""
        return RuleBook(self.instruments, (*self.limits, *rows), self.provisions, self.comparators)

    def in_force(self, on: dt.date) -> Iterator[Limit]:
        """Yield the limits in force on a day that no later row of the same key has replaced."""
        for rows in self._by_key.values():
            current = next((row for row in rows if row.holds(on)), None)
            if current is not None:
                yield current


def _reopened(row: Limit, day: dt.date) -> Limit:
    return replace(row, valid_to=None) if row.valid_to is not None and row.valid_to >= day else row
