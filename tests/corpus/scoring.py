"""Compare findings with what people read, layer by layer, one finding to one expectation.

A mention counts with its exact span and its code; a figure with an overlapping span, its value and its unit; a date
with an overlapping span and its value; an event as family and company, once for a passage; a wrong code with an
overlapping span. Predicted mentions without a code are not held against the system, nor is one of the candidates of a
name that is expected to stay ambiguous. Events that the text denies or plans are expected to be absent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["LAYERS", "Score", "compare", "event_family"]

LAYERS = ("mentions", "figures", "dates", "events", "flags")
Item = dict[str, Any]

# Units that readers use for one another.
_ONE_UNIT = {"patients": "count", "working days": "days", "trading days": "days", "class": "count", "rank": "count"}
_FAMILIES = {
    "approval": "approval approval_conditional device_approval approval_statistics",
    "ind": "ind_approval trial_approval ind_accepted",
    "acceptance": "application_accepted",
    "withdrawal": "application_withdrawn",
    "rejection": "application_rejected",
    "designation": "priority_review breakthrough_designation orphan_designation fast_track",
    "trial": "trial_start first_dosing trial_result trial_halted pipeline_cut conference",
    "deal": "license_out license_in collaboration contract deal_terminated",
    "milestone": "milestone_payment",
    "reimbursement": "reimbursement_review commercial_list_review essential_drug_list reimbursement_negotiation"
    " reimbursement_status reimbursement_personal_account",
    "procurement": "centralised_procurement",
    "results": "results product_sales operating_data sales_trend business_update",
    "profit_alert": "profit_alert profit_warning guidance",
    "buyback": "buyback buyback_plan",
    "price_move": "price_move",
    "index_change": "stock_connect_change index_change southbound_active_list",
    "rating": "analyst_rating analyst_forecast",
    "capital": "placing share_conversion capital_increase financing ipo listing_plan listing delisting dividend",
    "holding": "shareholding_change fund_holding equity_transfer disposal acquisition investment"
    " connected_transaction disclosable_transaction",
    "policy": "policy policy_report",
    "regulatory": "regulatory_warning regulatory_suspension enforcement",
    "inspection": "inspection",
    "legal": "litigation arbitration settlement",
    "governance": "auditor_resignation trading_halt name_change",
}
_FAMILY = {kind: family for family, kinds in _FAMILIES.items() for kind in kinds.split()}


def event_family(kind: str) -> str:
    """Return the family of an event type; a type that is not known stands for itself."""
    return _FAMILY.get(kind, kind)


@dataclass(slots=True)
class Score:
    """Right, false and missed findings of one layer."""

    right: int = 0
    false: int = 0
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """Right of found."""
        return self.right / (self.right + self.false) if self.right + self.false else None

    @property
    def recall(self) -> float | None:
        """Right of expected."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two."""
        total = 2 * self.right + self.false + self.missed
        return 2 * self.right / total if total else None

    def add(self, other: Score) -> None:
        """Count another score in."""
        self.right += other.right
        self.false += other.false
        self.missed += other.missed
        self.errors += other.errors


def _overlap(one: Item, other: Item) -> int:
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def _paired(gold: Sequence[Item], found: Sequence[Item], fits: Callable[[Item, Item], bool]) -> list[tuple[int, int]]:
    pairs = [
        (-_overlap(g, p), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(found)
        if _overlap(g, p) > 0 and fits(g, p)
    ]
    used_gold: set[int] = set()
    used_found: set[int] = set()
    kept = []
    for _, i, j in sorted(pairs):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            kept.append((i, j))
    return kept


def _values(item: Item) -> list[float]:
    value = item["value"]
    return [abs(float(v)) for v in value] if isinstance(value, list) else [abs(float(value))]


def _same_figure(gold: Item, found: Item) -> bool:
    units = [_ONE_UNIT.get(item["unit"], item["unit"]) for item in (gold, found)]
    one, other = _values(gold), _values(found)
    return (
        units[0] == units[1]
        and len(one) == len(other)
        and all(abs(a - b) <= 1e-9 * max(1.0, a) for a, b in zip(one, other, strict=True))
    )


def _score(text: str, gold: Sequence[Item], found: Sequence[Item], fits: Callable[[Item, Item], bool]) -> Score:
    pairs = _paired(gold, found, fits)
    done_gold, done_found = {i for i, _ in pairs}, {j for _, j in pairs}

    def told(word: str, item: Item) -> str:
        rest = {k: v for k, v in item.items() if k not in {"start", "end"}}
        return f"{word} {text[item['start'] : item['end']]!r} {rest}"

    errors = [told("missed", g) for i, g in enumerate(gold) if i not in done_gold]
    errors += [told("false", p) for j, p in enumerate(found) if j not in done_found]
    return Score(len(pairs), len(found) - len(pairs), len(gold) - len(pairs), errors)


def _days(items: Sequence[Item]) -> list[Item]:
    """Two dates that are printed as one expression (2026; 2027) count as two."""
    return [{**item, "value": value} for item in items for value in item["value"].split("; ")]


def _events(gold: Sequence[Item], found: Sequence[Item]) -> Score:
    wanted = {(event_family(e["type"]), e["code"]) for e in gold if e.get("status", "done") == "done"}
    got = {(event_family(e["type"]), e["code"]) for e in found}
    errors = [f"missed event {x}" for x in sorted(wanted - got, key=str)]
    errors += [f"false event {x}" for x in sorted(got - wanted, key=str)]
    return Score(len(wanted & got), len(got - wanted), len(wanted - got), errors)


def compare(text: str, gold: dict[str, list[Item]], found: dict[str, Any]) -> dict[str, Score]:
    """Return the score of each layer of :data:`LAYERS` for one passage."""
    linked = [m for m in gold["mentions"] if m["code"]]
    open_names = [m for m in gold["mentions"] if m.get("ambiguous")]
    mentions = [
        m
        for m in found["mentions"]
        if m["code"] and not any(_overlap(a, m) > 0 and m["code"] in a["ambiguous"] for a in open_names)
    ]

    def same_mention(g: Item, p: Item) -> bool:
        return bool(g["code"] == p["code"] and (g["start"], g["end"]) == (p["start"], p["end"]))

    wrong, flagged = ([f for f in flags if f["kind"] == "wrong_code"] for flags in (gold["flags"], found["flags"]))
    return {
        "mentions": _score(text, linked, mentions, same_mention),
        "figures": _score(text, gold["figures"], found["figures"], _same_figure),
        "dates": _score(text, _days(gold["dates"]), _days(found["dates"]), lambda g, p: bool(g["value"] == p["value"])),
        "events": _events(gold["events"], found["events"]),
        "flags": _score(text, wrong, flagged, lambda _g, _p: True),
    }
