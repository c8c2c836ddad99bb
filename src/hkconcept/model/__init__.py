"""Values only: frozen, slotted, dated; the standard library and nothing else."""

from hkconcept.model.claim import Check, Claim, ClaimKind, DateMention, Figure, Scope, Verdict
from hkconcept.model.concept import Basket, Evidence, Membership, Role, SourceStatus
from hkconcept.model.document import Document, Language, Origin, Quote, Span
from hkconcept.model.entity import Candidate, Flag, Judgement, Listing, Mention, Name, NameKind, StockCode
from hkconcept.model.event import Event
from hkconcept.model.extraction import Extraction
from hkconcept.model.quantity import CURRENCIES, Quantity, Relation
from hkconcept.model.times import HKT, Moment, PartialDate

__all__ = [
    "CURRENCIES",
    "HKT",
    "Basket",
    "Candidate",
    "Check",
    "Claim",
    "ClaimKind",
    "DateMention",
    "Document",
    "Event",
    "Evidence",
    "Extraction",
    "Figure",
    "Flag",
    "Judgement",
    "Language",
    "Listing",
    "Membership",
    "Mention",
    "Moment",
    "Name",
    "NameKind",
    "Origin",
    "PartialDate",
    "Quantity",
    "Quote",
    "Relation",
    "Role",
    "Scope",
    "SourceStatus",
    "Span",
    "StockCode",
    "Verdict",
]
