"""Events out of the ledger: what recorded documents told, and the instruments of the register of policies.

A document's event is public from when its text says that it was announced, else from when the document appeared, and
it leads to its quote. A document that was read twice tells an event once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hkconcept.ledger.statement import Recorded
from hkconcept.model import Moment, Quote, StockCode
from hkconcept.registers import policies

if TYPE_CHECKING:
    from hkconcept.ledger.sources import Reading
    from hkconcept.service.workspace import Workspace
    from hkconcept.study import StudyEvent

__all__ = ["HeldEvent", "held_events"]

_POLICY: Final = "policy"
# Told of a market, not of something that happened to a company.
_NO_EVENT: Final = frozenset({"price_move", "policy_report", "approval_statistics", "southbound_active_list"})
_WORDS: Final = 80  # characters of a quote that a name shows; the quote itself is kept whole
_REALISED: Final = frozenset({"done", "planned"})


@dataclass(frozen=True, slots=True)
class HeldEvent:
    """One event as held: what, of which companies, public since when, and where that is from.

    ``kind`` is a word of the event vocabulary. ``origin`` is ``register`` for an instrument of the register of
    policies, which names no company, and ``document`` for what a recorded document told, with its ``quote``.
    ``status`` is ``done`` or ``planned``.
    """

    id: str
    kind: str
    public: Moment
    codes: tuple[StockCode, ...]
    origin: str
    source: str
    label_en: str
    label_zh: str
    status: str = "done"
    quote: Quote | None = None

    def of(self, codes: tuple[str, ...] = ()) -> StudyEvent:
        """Return it as an event to be studied; ``codes`` are used where it names no company itself.

        Labels of what a document told say which, so that a study shows where a confounding event is from.
        """
        from hkconcept.study import StudyEvent  # noqa: PLC0415 - numpy, only for a study

        return StudyEvent(self.id, self.public, self.codes or codes, self.kind, self.label_en, self.label_zh)


def held_events(workspace: Workspace, *, as_of: Moment, kind: str | None = None) -> tuple[HeldEvent, ...]:
    """Return the events that could be known at a moment, by when they became public.

    Parameters
    ----------
    workspace
        Open; its ledger holds the documents that were read into it.
    as_of
        Only documents that had appeared, and instruments that were public, by then.
    kind
        Only events of this word of the vocabulary, such as ``policy`` or ``license_out``.

    """
    found: dict[tuple[str, tuple[StockCode, ...], str], HeldEvent] = {}
    for one in (*_instruments(as_of), *_told(workspace, as_of)):
        if kind is None or one.kind == kind:
            found.setdefault((one.kind, one.codes, one.id), one)
    return tuple(sorted(found.values(), key=lambda one: (one.public.at, one.id)))


def _instruments(as_of: Moment) -> Iterator[HeldEvent]:
    for one in policies.packaged():
        if one.known_by <= as_of.known_by:
            source = " | ".join(one.first_public_sources)
            yield HeldEvent(one.id, _POLICY, one.first_public, (), "register", source, one.number_en, one.number_zh)


def _told(workspace: Workspace, as_of: Moment) -> Iterator[HeldEvent]:
    readings = {reading.key: reading for reading in workspace.ledger.documents()}
    for one in workspace.ledger.as_of(known=as_of, valid=None, attribute="event"):
        reading = readings.get(one.statement.document or "")
        if reading is not None and (event := _event(one, reading)) is not None:
            yield event


def _event(one: Recorded, reading: Reading) -> HeldEvent | None:
    """Return the event of a statement; ``None`` when it is of no company, did not happen, or was withdrawn."""
    statement, value = one.statement, one.statement.value
    if not isinstance(value, Mapping) or statement.quote is None:
        return None
    kind, status = str(value.get("type") or ""), str(value.get("status") or "done")
    listed = value.get("codes")
    codes = tuple(StockCode(str(code)) for code in listed) if isinstance(listed, (list, tuple)) else ()
    # A sector-wide event of a document has no company to study, and instruments come from their register.
    if not codes or kind in _NO_EVENT or kind == _POLICY or status not in _REALISED:
        return None
    said = value.get("public")
    public = Moment.parse(said) if isinstance(said, str) else statement.known_at
    source = reading.url or reading.location
    words = " ".join(statement.quote.exact.split())[:_WORDS]
    name = reading.title or source
    return HeldEvent(
        # The name of the document stands in the id, because a study lists other events by theirs.
        f"{kind}: {words} ({name}, {public})",
        kind,
        public,
        codes,
        "document",
        source,
        f"{kind}: {words} ({name})",
        f"{kind}：{words}（{name}）",
        status,
        statement.quote,
    )
