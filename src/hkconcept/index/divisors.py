"""The divisor log: one entry for each change, with what is needed to compute it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["EXPLAINED", "DivisorEntry", "Kind"]

Kind = Literal[
    "base",
    "split",
    "rights",
    "rights_not_taken",
    "special_dividend",
    "dividend",
    "shares",
    "addition",
    "deletion",
    "delisting",
    "reweighting",
    "postponed",
    "left_out",
    "in_prices",
]

EXPLAINED: Final[dict[Kind, str]] = {
    "base": "the basket of the base session; its value over the base level is the divisor",
    "split": "units times the ratio, price over the ratio; no value is added",
    "rights": "price falls to the theoretical ex-rights price",
    "rights_not_taken": "the subscription price is not below the close: nobody takes the rights, nothing changes",
    "special_dividend": "the price falls by the dividend",
    "dividend": "the value falls by the dividend in the total return alone: it is reinvested in the whole basket",
    "shares": "the shares in issue or their free float changed",
    "addition": "enters at its last close",
    "deletion": "leaves at its last usable close",
    "delisting": "leaves for good at its last usable close, or at the price given",
    "reweighting": "the units of those who stay are set anew",
    "postponed": "did not trade in the session before: enters after the first session in which it does",
    "left_out": "cannot be weighted or priced: does not enter",
    "in_prices": "already in the adjusted prices: nothing is done a second time",
}


@dataclass(frozen=True, slots=True)
class DivisorEntry:
    """One change before the opening of a session.

    ``divisor_after = divisor_before * value_after / value_before`` for the price divisor, and likewise for the total
    one; for a dividend the total divisor alone moves. Values are in the index currency at the close before, ``code``
    is empty where the whole basket changes. ``due`` is the session in which the change was effective: earlier than
    ``session`` when it became known late.
    """

    session: dt.date
    due: dt.date
    kind: Kind
    code: str
    units_before: float
    units_after: float
    price_before: float
    price_after: float
    value_before: float
    value_after: float
    divisor_before: float
    divisor_after: float
    total_divisor_before: float
    total_divisor_after: float
    detail: str = ""

    @property
    def late(self) -> bool:
        """Whether the change became known only after it was effective."""
        return self.due < self.session

    @property
    def reason(self) -> str:
        """What the change does, as a clause, and what is particular about this one."""
        return f"{EXPLAINED[self.kind]}; {self.detail}" if self.detail else EXPLAINED[self.kind]


def columns(entries: Sequence[DivisorEntry]) -> dict[str, list[object]]:
    """Return the entries as columns."""
    names = [name for name in DivisorEntry.__slots__ if name != "detail"]
    found: dict[str, list[object]] = {name: [getattr(entry, name) for entry in entries] for name in names}
    return {**found, "late": [entry.late for entry in entries], "reason": [entry.reason for entry in entries]}
