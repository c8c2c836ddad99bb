"""Which registers there are, and the schema of each; a register itself knows none of the others."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from importlib import import_module
from typing import Final

from hkconcept.errors import UsageError
from hkconcept.registers.schema import Schema

__all__ = ["NAMES", "schema_of"]

_HOMES: Final[Mapping[str, tuple[str, str]]] = {
    "approvals": ("approvals", "SCHEMA"),
    "deals": ("deals", "SCHEMA"),
    "designations": ("designations", "SCHEMA"),
    "drugs": ("drugs", "SCHEMA"),
    "listings": ("listings", "SCHEMA"),
    "payment": ("payment", "SCHEMA"),
    "policies": ("policies", "SCHEMA"),
    "procurement": ("procurement", "SCHEMA"),
    "procurement-results": ("procurement", "RESULTS"),
    "totals": ("published", "SCHEMA"),
}

NAMES: Final = tuple(_HOMES)


def schema_of(register: str) -> Schema:
    """Return the schema of a register.

    Raises
    ------
    UsageError
        There is no register of that name; the nearest is offered.

    >>> schema_of("deals").key
    ('id',)

    """
    if register not in _HOMES:
        near = difflib.get_close_matches(register[:64], NAMES, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise UsageError(f"there is no register {register!r}", todo=f"{hint}choose one of {', '.join(NAMES)}")
    module, name = _HOMES[register]
    schema: Schema = getattr(import_module(f"hkconcept.registers.{module}"), name)
    return schema
