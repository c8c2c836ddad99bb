"""The record: append-only statements with evidence, in valid time and in knowledge time.

The values (:class:`Statement`) cost nothing to import; the store (:class:`Ledger`) brings a database
toolkit with it and is therefore loaded when it is first named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hkconcept.ledger.statement import JsonValue, Recorded, Statement, Status, document_key

if TYPE_CHECKING:
    from hkconcept.ledger.store import Ledger

__all__ = ["JsonValue", "Ledger", "Recorded", "Statement", "Status", "document_key"]


def __getattr__(name: str) -> object:
    """Load the store on first use."""
    if name == "Ledger":
        from hkconcept.ledger.store import Ledger  # noqa: PLC0415 - the database toolkit takes 0.2 to 0.4 s to import

        return Ledger
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
