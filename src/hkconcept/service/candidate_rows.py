"""The cells that an extracted event gives a row of each register, and which of them are concluded, not printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hkconcept.ledger.sources import Reading
from hkconcept.ledger.statement import JsonValue, Recorded, Statement
from hkconcept.model import HKT, Language, Moment, Quote, StockCode

__all__ = ["MAKERS", "Told", "word"]


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


@dataclass(frozen=True, slots=True)
class Told:
    """What an extracted event says."""

    statement: Statement
    value: Mapping[str, JsonValue]
    frame: Mapping[str, str]
    codes: Sequence[str]
    reading: Reading
    quote: Quote

    @property
    def day(self) -> str:
        """The day that the event names, or nothing."""
        return word(self.value, "date")

    @property
    def reported(self) -> str:
        """The day in Hong Kong on which the document told it."""
        return self.statement.known_at.at.astimezone(HKT).date().isoformat()


def _approval(told: Told, *_: object) -> tuple[dict[str, str], dict[str, str]]:
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


def _designation(told: Told, *_: object) -> tuple[dict[str, str], dict[str, str]]:
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
    told: Told, figures: Callable[[str], Sequence[Recorded]], name_of: Callable[[StockCode, Moment, Language], str]
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


def _amounts(told: Told, figures: Sequence[Recorded]) -> dict[str, str]:
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


MAKERS: Final[Mapping[str, Callable[..., tuple[dict[str, str], dict[str, str]]]]] = {
    "approvals": _approval,
    "designations": _designation,
    "deals": _deal,
}


def _kind(drug: str) -> str:
    biological, chemical = bool(_BIOLOGICAL.search(drug)), bool(_CHEMICAL.search(drug))
    if biological == chemical:
        return ""
    return "biological" if biological else "chemical"


def word(value: Mapping[str, JsonValue], name: str) -> str:
    """Return a text of a recorded value, or nothing."""
    found = value.get(name)
    return found if isinstance(found, str) else ""
