"""Names of a package that are imported when they are first asked for, because what they bring takes time to load."""

from __future__ import annotations

from collections.abc import Callable, Mapping

__all__ = ["late"]


def late(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return the ``__getattr__`` of a package whose names live in modules of it: ``homes`` has the module by name.

    >>> late("hkconcept.readers", {"Archive": "archive"})("Archive").__name__
    'Archive'

    """

    def get(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        from importlib import import_module  # noqa: PLC0415 - only a late name needs it

        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return get
