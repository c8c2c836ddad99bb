"""Cells made of other cells by a template of a map, such as ``{announced.month}-{licensor.slug}``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from hkconcept.model import PartialDate
from hkconcept.registers.cells import write_cell
from hkconcept.registers.schema import Value

__all__ = ["as_text", "filled", "slug"]


_FIELD: Final = re.compile(r"\{(\w+)(?:\.(year|month|slug))?\}")
_SLUG: Final = re.compile(r"[^a-z0-9\u3400-\u9fff]+")


def as_text(value: object) -> str:
    """Return a value as text, whatever it is."""
    if isinstance(value, (str, Decimal, int, dt.date, PartialDate)):
        typed: Value = value
        return write_cell(typed)
    return "" if value is None else str(value)


def slug(text: str) -> str:
    """Return a text as part of a name: small letters, digits and Han, the rest as hyphens.

    >>> slug("HRS-9821 (PDE3/4)")
    'hrs-9821-pde3-4'

    """
    return _SLUG.sub("-", text.casefold()).strip("-")


def filled(template: str, values: Mapping[str, object]) -> str:
    """Fill a template; empty when one of its fields is."""
    lacking = False

    def put(match: re.Match[str]) -> str:
        nonlocal lacking
        value, part = values.get(match.group(1)), match.group(2)
        text = as_text(value)
        if part in ("year", "month"):
            digits = text.replace("-", "")
            text = digits[: 4 if part == "year" else 6]
        elif part == "slug":
            text = slug(text)[:60]
        lacking = lacking or not text
        return text

    made = _FIELD.sub(put, template)
    return "" if lacking else made
