"""The event vocabulary: every type of event, the family it belongs to, and the slots of its frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

__all__ = ["FAMILIES", "VOCABULARY", "EventType", "Family", "Realis"]

Family = Literal[
    "approval",
    "ind",
    "acceptance",
    "withdrawal",
    "designation",
    "trial",
    "deal",
    "milestone",
    "reimbursement",
    "procurement",
    "results",
    "profit_alert",
    "buyback",
    "price_move",
    "index_change",
    "rating",
    "capital",
    "holding",
    "policy",
    "regulatory",
    "legal",
    "governance",
]

Realis = Literal["done", "planned", "expected", "negated", "denied"]
"""What a text makes of an event: it happened; it is planned, and the plan is the news; it is hoped for or intended; it
has not happened; somebody says that it is not so."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event.

    Parameters
    ----------
    name
        The word used in :attr:`hkconcept.model.Event.type`.
    family
        The coarse class: types of one family tell of the same kind of change.
    slots
        Names that the frame may hold, in the order in which they are written. ``status`` (``planned``
        when the text speaks of an intention) may be set on every type and is not repeated here.
    sector
        Whether the event makes sense without a company as its subject.

    """

    name: str
    family: Family
    slots: tuple[str, ...] = ()
    sector: bool = False


_DRUG = ("drug", "agency", "indication")
_MONEY = ("amount", "currency")

_TYPES = (
    EventType("policy", "policy", ("agency", "instrument", "number", "topic"), sector=True),
    EventType("policy_report", "policy", ("agency", "instrument", "number", "topic"), sector=True),
    EventType("approval", "approval", _DRUG),
    EventType("approval_conditional", "approval", _DRUG),
    EventType("device_approval", "approval", ("agency",)),
    EventType("approval_statistics", "approval", ("agency", "count", "period"), sector=True),
    EventType("ind_approval", "ind", (*_DRUG, "phase")),
    EventType("ind_accepted", "ind", (*_DRUG, "phase")),
    EventType("application_accepted", "acceptance", _DRUG),
    EventType("application_withdrawn", "withdrawal", _DRUG),
    EventType("application_rejected", "withdrawal", _DRUG),
    EventType("priority_review", "designation", _DRUG),
    EventType("breakthrough_designation", "designation", _DRUG),
    EventType("orphan_designation", "designation", _DRUG),
    EventType("fast_track", "designation", _DRUG),
    EventType("trial_start", "trial", ("drug", "phase")),
    EventType("first_dosing", "trial", ("drug", "phase")),
    EventType("trial_result", "trial", ("drug", "phase", "meeting")),
    EventType("trial_halted", "trial", ("drug", "phase")),
    EventType("pipeline_cut", "trial", ("drug", "phase")),
    EventType("license_out", "deal", ("drug", "upfront", "currency")),
    EventType("license_in", "deal", ("drug", "upfront", "currency")),
    EventType("collaboration", "deal", _MONEY),
    EventType("contract", "deal", _MONEY),
    EventType("deal_terminated", "deal"),
    EventType("milestone_payment", "milestone", _MONEY),
    EventType("reimbursement_review", "reimbursement", ("drug", "list"), sector=True),
    EventType("reimbursement_negotiation", "reimbursement", ("drug", "list"), sector=True),
    EventType("reimbursement_status", "reimbursement", ("drug", "list"), sector=True),
    EventType("reimbursement_personal_account", "reimbursement", (), sector=True),
    EventType("commercial_list_review", "reimbursement", ("drug", "list"), sector=True),
    EventType("essential_drug_list", "reimbursement", ("drug", "list"), sector=True),
    EventType("centralised_procurement", "procurement", ("round", "drug"), sector=True),
    EventType("results", "results", ("period",)),
    EventType("product_sales", "results", ("period", *_MONEY)),
    EventType("operating_data", "results", ("period",)),
    EventType("profit_alert", "profit_alert", ("direction", "period")),
    EventType("guidance", "profit_alert", ("period", *_MONEY)),
    EventType("buyback", "buyback", _MONEY),
    EventType("buyback_plan", "buyback", _MONEY),
    EventType("price_move", "price_move", ("direction", "percent", "index"), sector=True),
    EventType("stock_connect_change", "index_change", ("action",)),
    EventType("index_change", "index_change", ("action",)),
    EventType("southbound_active_list", "index_change"),
    EventType("analyst_rating", "rating", ("rating",)),
    EventType("placing", "capital", _MONEY),
    EventType("share_conversion", "capital"),
    EventType("capital_increase", "capital", _MONEY),
    EventType("financing", "capital", _MONEY),
    EventType("ipo", "capital", _MONEY),
    EventType("listing_plan", "capital"),
    EventType("listing", "capital"),
    EventType("delisting", "capital"),
    EventType("dividend", "capital", _MONEY),
    EventType("shareholding_change", "holding", ("direction",)),
    EventType("fund_holding", "holding"),
    EventType("equity_transfer", "holding", _MONEY),
    EventType("disposal", "holding", _MONEY),
    EventType("acquisition", "holding", _MONEY),
    EventType("investment", "holding", _MONEY),
    EventType("disclosable_transaction", "holding", _MONEY),
    EventType("connected_transaction", "holding", _MONEY),
    EventType("inspection", "regulatory", ("agency",)),
    EventType("regulatory_warning", "regulatory", ("agency",)),
    EventType("regulatory_suspension", "regulatory", ("agency",)),
    EventType("enforcement", "regulatory", ("agency",), sector=True),
    EventType("litigation", "legal"),
    EventType("arbitration", "legal"),
    EventType("settlement", "legal"),
    EventType("auditor_resignation", "governance"),
    EventType("trading_halt", "governance"),
    EventType("name_change", "governance"),
)

VOCABULARY: Mapping[str, EventType] = MappingProxyType({kind.name: kind for kind in _TYPES})
"""Every event type by its name."""

FAMILIES: Mapping[str, Family] = MappingProxyType({kind.name: kind.family for kind in _TYPES})
"""The family of every event type.

>>> FAMILIES["orphan_designation"]
'designation'

"""
