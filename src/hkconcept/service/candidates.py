"""Candidate rows: what an event found in a document would say in a register, had somebody accepted it.

An event gives what its frame and its sentence hold; everything that is concluded rather than printed is named in
``concluded`` with its reason, so that a reviewer can look at it first. Nothing here is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hkconcept.ledger.sources import Reading
from hkconcept.ledger.statement import JsonValue, Recorded, Statement
from hkconcept.model import HKT, Language, Moment, Quote, SourceStatus, StockCode
from hkconcept.registers.directory import schema_of
from hkconcept.registers.imports.templates import slug
from hkconcept.registers.schema import Schema
from hkconcept.service.candidate_rows import MAKERS, Told, word

__all__ = ["EVENTS", "Candidate", "candidates", "key_of", "official_host"]

EVENTS: Final[Mapping[str, str]] = {
    "approval": "approvals",
    "approval_conditional": "approvals",
    "priority_review": "designations",
    "breakthrough_designation": "designations",
    "license_out": "deals",
}
"""The events whose frames say enough for a row, and the register of that row."""

# A plan says so in its frame; an event that is only expected, negated or denied is no row of a register.
_REALISED: Final = frozenset({"", "done", "planned"})
_AT_HOME: Final = frozenset({"", "NMPA", "CDE"})
_OFFICIAL: Final = ("nmpa.gov.cn", "cde.org.cn", "nhsa.gov.cn", "hkexnews.hk", "gov.cn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A row that waits.

    Parameters
    ----------
    id
        Of the extracted statement that it is made from.
    schema
        Of the register that it would enter.
    values
        Its cells as text, by column.
    concluded
        By column: why a value is believed that the sentence does not print.
    dated
        The column whose day is the first on which the row holds.
    event
        The statement itself, and its type.
    quote, document, url, location
        The words, the reading that they are cut from, and where that is from.
    known_at, source, status
        The evidence that the row would have.

    """

    id: str
    schema: Schema
    values: Mapping[str, str]
    concluded: Mapping[str, str]
    dated: str
    event: Statement
    type: str
    quote: Quote
    document: str
    title: str
    url: str
    location: str
    known_at: Moment
    source: str
    status: SourceStatus


def official_host(url: str, hosts: Iterable[str]) -> bool:
    """Whether an address is on one of these hosts or below one; an empty address is on none.

    >>> [official_host(f"https://{host}/a", ["nmpa.gov.cn"]) for host in ("www.nmpa.gov.cn", "nmpa.gov.cn.example")]
    [True, False]

    """
    from urllib.parse import urlsplit  # noqa: PLC0415 - 5 ms that only a fetched document needs

    try:
        host = (urlsplit(url).hostname or "").casefold()
    except ValueError:
        return False
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def candidates(
    events: Iterable[Recorded],
    readings: Iterable[Reading],
    *,
    figures: Callable[[str], Sequence[Recorded]],
    name_of: Callable[[StockCode, Moment, Language], str],
) -> Iterator[Candidate]:
    """Yield the rows that extracted events would make, oldest first.

    Parameters
    ----------
    events
        Statements of the attribute ``event``; those that are not ``extracted`` or not of :data:`EVENTS` are passed
        over, and so are planned events, events without a company, and decisions of foreign regulators.
    readings
        The documents recorded.
    figures
        Gives the extracted figures of a reading; asked for deals only.
    name_of
        Gives the name of a listing at a moment, in the language of the document.

    """
    by_key = {reading.key: reading for reading in readings}
    for one in sorted(events, key=lambda found: (found.statement.known_at.known_by, found.id)):
        statement = one.statement
        value = statement.value
        if statement.status != "extracted" or statement.quote is None or not isinstance(value, Mapping):
            continue
        register = EVENTS.get(word(value, "type"))
        frame = _pairs(value.get("frame"))
        codes = _words(value.get("codes"))
        reading = by_key.get(statement.document or "")
        if register is None or reading is None or not codes or frame.get("status") == "planned":
            continue
        if word(value, "status") not in _REALISED or word(value, "agency") not in _AT_HOME:
            continue
        told = Told(statement, value, frame, codes, reading, statement.quote)
        values, concluded = MAKERS[register](told, figures, name_of)
        official = official_host(reading.url, _OFFICIAL)
        yield Candidate(
            id=one.id,
            schema=schema_of(register),
            values={name: text for name, text in values.items() if text},
            concluded=concluded,
            dated=_DATED[register],
            event=statement,
            type=word(value, "type"),
            quote=statement.quote,
            document=reading.key,
            title=reading.title,
            url=reading.url,
            location=reading.location,
            known_at=statement.known_at,
            source=reading.url or reading.location,
            status="official" if official else "press",
        )


def key_of(candidate: Candidate) -> tuple[str, str]:
    """Return a name for a row that has none, and how it is made; empty while there is no drug to name it by."""
    values = candidate.values
    drug = next(
        (text for name in ("drug_zh", "asset", "drug", "code_names", "drug_en") if (text := values.get(name))), ""
    )
    day = values.get(candidate.dated) or candidate.known_at.at.astimezone(HKT).date().isoformat()
    if not drug:
        return "", ""
    if candidate.schema.register == "approvals":
        number = values.get("approval_no")
        return number or f"{day[:4]}-{drug}", "" if number else "the year and the name, for want of an approval number"
    if candidate.schema.register == "designations":
        return f"{slug(values.get('kind', ''))}-{slug(drug)}-{day}", "the kind, the drug and the day"
    return f"{day[:7].replace('-', '')}-{values.get('hk_code', '')[:5]}-{slug(drug)}", "the month, the code, the asset"


_DATED: Final[Mapping[str, str]] = {"approvals": "approved", "designations": "dated", "deals": "announced"}


def _words(found: JsonValue) -> list[str]:
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _pairs(frame: JsonValue) -> dict[str, str]:
    if not isinstance(frame, list):
        return {}
    return {str(pair[0]): str(pair[1]) for pair in frame if isinstance(pair, list) and len(pair) == 2}
