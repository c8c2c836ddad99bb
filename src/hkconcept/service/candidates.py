"""Candidate rows: what an event found in a document would say in a register, had somebody accepted it.

An event gives what its frame and its sentence hold; everything that is concluded rather than printed is named in
``concluded`` with its reason, so that a reviewer can look at it first. Nothing here is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hkconcept.ledger.statement import JsonValue, Recorded, Statement
from hkconcept.ledger.views import Reading
from hkconcept.model import HKT, Language, Moment, Quote, StockCode
from hkconcept.registers.directory import schema_of
from hkconcept.registers.rows import Status
from hkconcept.registers.schema import Schema

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
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_NEW_INDICATION: Final = re.compile(r"新增?适应症|新適應症|扩展适应症|new indication|label expansion", re.IGNORECASE)
_MARKETING: Final = re.compile(r"上市|药品注册证书|藥品註冊證書|marketing|to market", re.IGNORECASE)
_PROPOSED: Final = re.compile(r"拟|擬|公示|propos", re.IGNORECASE)
# The stems of international nonproprietary names and of their Chinese forms say what kind of substance a drug is.
_BIOLOGICAL: Final = re.compile(
    r"单抗|雙抗|双抗|抗体|抗體|疫苗|融合蛋白|西普|白蛋白|干扰素|mab\b|cept\b|vaccine", re.IGNORECASE
)
_CHEMICAL: Final = re.compile(
    r"替尼|帕利|列汀|格列净|沙坦|他汀|拉唑|[a-z]{3}(?:tinib|parib|gliptin|gliflozin|ciclib|rafenib)\b", re.IGNORECASE
)
_LICENSEE: Final = (
    re.compile(
        r"(?:与|與|和|同|向|授权予|授權予|授权给)(?P<name>[^，。,、；;与與和\d]{2,20}?)(?:就|达成|達成|订立|訂立|签订|簽訂|签署|簽署|授[权權])"
    ),
    re.compile(r"\b(?:to|with) (?P<name>[A-Z][\w&.\-]*(?: (?:and |& )?[A-Z][\w&.\-]*){0,3})"),
)
_TOTAL_BEFORE: Final = re.compile(
    r"(?:总额|總額|总金额|總金額|总交易额|总价|合计|totall?ing|total value of|worth)[^，。,;；]{0,8}$", re.IGNORECASE
)
_SLUG: Final = re.compile(r"[^a-z0-9\u3400-\u9fff]+")


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
    status: Status


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
        register = EVENTS.get(_word(value, "type"))
        frame = _pairs(value.get("frame"))
        codes = _words(value.get("codes"))
        reading = by_key.get(statement.document or "")
        if register is None or reading is None or not codes or frame.get("status") == "planned":
            continue
        if _word(value, "status") not in _REALISED:
            continue
        if _word(value, "agency") not in _AT_HOME:
            continue
        told = _Told(statement, value, frame, codes, reading, statement.quote)
        values, concluded = _MAKERS[register](told, figures, name_of)
        official = official_host(reading.url, _OFFICIAL)
        yield Candidate(
            id=one.id,
            schema=schema_of(register),
            values={name: text for name, text in values.items() if text},
            concluded=concluded,
            dated=_DATED[register],
            event=statement,
            type=_word(value, "type"),
            quote=statement.quote,
            document=reading.key,
            title=reading.title,
            url=reading.url,
            location=reading.location,
            known_at=statement.known_at,
            source=reading.url or reading.location,
            status="official" if official else "press",
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """What an extracted event says."""

    statement: Statement
    value: Mapping[str, JsonValue]
    frame: Mapping[str, str]
    codes: Sequence[str]
    reading: Reading
    quote: Quote

    @property
    def day(self) -> str:
        return _word(self.value, "date")

    @property
    def reported(self) -> str:
        return self.statement.known_at.at.astimezone(HKT).date().isoformat()


def _approval(told: _Told, *_: object) -> tuple[dict[str, str], dict[str, str]]:
    drug, words = told.frame.get("drug", ""), told.quote.exact
    chinese = bool(_HAN.search(drug))
    values = {
        "approved": told.day,
        "date_basis": "day printed in the report" if told.day else "",
        "drug_zh": drug if chinese else "",
        "name_basis": "seen" if chinese else "",
        "code_names": "" if chinese else drug,
        "type": _kind(drug),
        "hk_code": ";".join(told.codes),
        "pathway": "conditional" if told.value.get("type") == "approval_conditional" else "",
        "event": "new indication"
        if _NEW_INDICATION.search(words)
        else "first approval"
        if _MARKETING.search(words)
        else "",
    }
    concluded = {}
    if values["type"]:
        concluded["type"] = "from the stem of the name"
    if values["event"]:
        said = "a new indication" if values["event"] == "new indication" else "marketing, and no new indication"
        concluded["event"] = f"the sentence speaks of {said}"
    return values, concluded


def _designation(told: _Told, *_: object) -> tuple[dict[str, str], dict[str, str]]:
    drug = told.frame.get("drug", "")
    kind = "priority review" if told.value.get("type") == "priority_review" else "breakthrough therapy"
    proposed = bool(_PROPOSED.search(told.quote.exact))
    values = {
        "kind": kind,
        "stage": "proposed" if proposed else "granted",
        "dated": told.day,
        "date_basis": "day printed in the report" if told.day else "",
        "drug": drug,
        "hk_code": ";".join(told.codes),
    }
    return values, {"stage": f"the sentence {'speaks' if proposed else 'does not speak'} of a proposal"}


def _deal(
    told: _Told, figures: Callable[[str], Sequence[Recorded]], name_of: Callable[[StockCode, Moment, Language], str]
) -> tuple[dict[str, str], dict[str, str]]:
    asset = told.frame.get("drug", "")
    day = told.day or told.reported
    licensor = name_of(StockCode(told.codes[0]), told.statement.known_at, told.reading.language)
    licensee = next((found["name"].strip() for one in _LICENSEE if (found := one.search(told.quote.exact))), "")
    values = {
        "announced": day,
        "licensor": licensor,
        "hk_code": ";".join(told.codes),
        "licensee": licensee,
        "asset": asset,
        "scope": "out-licence",
        "currency": told.frame.get("currency", "") if told.frame.get("upfront") else "",
        "upfront": told.frame.get("upfront", ""),
        **_amounts(told, figures(told.reading.key)),
    }
    concluded = {"licensor": "the company that the event is about", "scope": "the event is an out-licence"}
    if licensee:
        concluded["licensee"] = "the name after 与, to or with"
    if not told.day:
        concluded["announced"] = "the day of the report"
    return values, concluded


def _amounts(told: _Told, figures: Sequence[Recorded]) -> dict[str, str]:
    """Return milestones and total, each only when one figure of the sentence can be meant, in its currency."""
    start, end = told.quote.span
    found: dict[str, set[str]] = {"milestones": set(), "total": set()}
    for one in figures:
        value, quote = one.statement.value, one.statement.quote
        if one.statement.status != "extracted" or not isinstance(value, Mapping) or quote is None:
            continue
        inside = start <= quote.span.start < end and value.get("unit") == told.frame.get("currency")
        before = told.quote.exact[max(0, quote.span.start - start - 16) : quote.span.start - start]
        measure = "total" if _TOTAL_BEFORE.search(before) else value.get("measure")
        if inside and isinstance(measure, str) and measure in found and not value.get("upper"):
            found[measure].add(format(Decimal(str(value.get("value"))).normalize(), "f"))
    return {measure: next(iter(amounts)) for measure, amounts in found.items() if len(amounts) == 1}


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
        return f"{_slug(values.get('kind', ''))}-{_slug(drug)}-{day}", "the kind, the drug and the day"
    return f"{day[:7].replace('-', '')}-{values.get('hk_code', '')[:5]}-{_slug(drug)}", "the month, the code, the asset"


_MAKERS: Final[Mapping[str, Callable[..., tuple[dict[str, str], dict[str, str]]]]] = {
    "approvals": _approval,
    "designations": _designation,
    "deals": _deal,
}


_DATED: Final[Mapping[str, str]] = {"approvals": "approved", "designations": "dated", "deals": "announced"}


def _kind(drug: str) -> str:
    biological, chemical = bool(_BIOLOGICAL.search(drug)), bool(_CHEMICAL.search(drug))
    if biological == chemical:
        return ""
    return "biological" if biological else "chemical"


def _slug(text: str) -> str:
    return _SLUG.sub("-", text.casefold()).strip("-")


def _word(value: Mapping[str, JsonValue], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _words(found: JsonValue) -> list[str]:
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _pairs(frame: JsonValue) -> dict[str, str]:
    if not isinstance(frame, list):
        return {}
    return {str(pair[0]): str(pair[1]) for pair in frame if isinstance(pair, list) and len(pair) == 2}
