"""Evidence-first tracker of Hong Kong stock concepts.

>>> import hkconcept as hk
>>> found = hk.extract(hk.read(hk.sample("zh")), as_of="2026-02-01")
>>> [check.formula for check in found.checks if check.claim.kind == "sum"]
['47 + 23 + 6 = 76', '38 + 9 = 47', '21 + 2 = 23']

Nothing is imported before it is used: ``import hkconcept`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hkconcept.service.session import extract, moment, open_concept, read
    from hkconcept.service.session import open_session as open  # noqa: A004 - hk.open() reads like the built-in
    from hkconcept.service.sources import sample_path as sample

__all__ = ["extract", "moment", "open", "open_concept", "read", "sample"]

_HOMES = {
    "moment": ("hkconcept.service.session", "moment"),
    "extract": ("hkconcept.service.session", "extract"),
    # Not "concept": a module of that name is here as soon as anything has imported it.
    "open_concept": ("hkconcept.service.session", "open_concept"),
    "open": ("hkconcept.service.session", "open_session"),
    "read": ("hkconcept.service.session", "read"),
    "sample": ("hkconcept.service.sources", "sample_path"),
}


def __getattr__(name: str) -> object:
    """Load a public name on first use."""
    if name not in _HOMES:
        msg = f"module 'hkconcept' has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module  # noqa: PLC0415 - only when something is used

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
