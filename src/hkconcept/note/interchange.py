"""A note as JSON: every value with its quote and span, for programs.

Figures are strings, so that no reader rounds them: Decimals as printed, computed percentages to six
places. Moments keep their precision; texts in the note's own voice come as ``{"zh", "en"}``; spans are
code points into the document's text, end exclusive. ``schema`` names the layout and changes with it.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from hkconcept.model import Moment, PartialDate, Span
from hkconcept.note.contents import Note

__all__ = ["as_json_value", "render_json"]

_SIX_PLACES = Decimal("0.000001")


def render_json(note: Note) -> str:
    """Return the note as a JSON text, two blanks per level, keys in the order of the schema."""
    return json.dumps(as_json_value(note), ensure_ascii=False, indent=2) + "\n"


def as_json_value(value: Any) -> Any:  # noqa: ANN401, C901, PLR0911 - one case for each kind of value
    """Return a note's value as JSON types.

    >>> as_json_value({"a": Decimal("80.850"), "b": (PartialDate(2025), dt.date(2026, 1, 7))})
    {'a': '80.850', 'b': ['2025', '2026-01-07']}

    """
    match value:
        case None | bool() | int():
            return value
        case Decimal():
            places = -int(value.as_tuple().exponent)
            return f"{value.quantize(_SIX_PLACES) if places > 6 else value:f}"
        case Enum():
            return str(value.value)
        case str():
            return str(value)
        case Moment():
            at = value.day.isoformat() if value.precision == "day" else value.at.isoformat()
            return {"at": at, "precision": value.precision, "zone_assumed": value.zone_assumed}
        case PartialDate():
            return str(value)
        case dt.date():
            return value.isoformat()
        case Span():
            return {"start": value.start, "end": value.end}
        case dict():
            return {str(key): as_json_value(held) for key, held in value.items()}
        case tuple() | list():
            return [as_json_value(held) for held in value]
    if is_dataclass(value):
        return {field.name: as_json_value(getattr(value, field.name)) for field in fields(value)}
    msg = f"a note holds no {type(value).__name__}"
    raise TypeError(msg)
