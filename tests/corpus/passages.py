"""Annotated passages of the project's own: text with its expected findings written into it.

A passage begins with ``== id language published | hard cases``, then the text, then ``> `` and its events. In the
text ``{surface|x ...}`` marks a finding, and ``{surface|}`` nothing:

``m CODE``       a company, linked to its code
``n CODE``       a company that is not listed yet on the day, with its later code
``a CODE/CODE``  a name that stays ambiguous between listings
``o``            a company without a line in Hong Kong
``w CODE``       a printed code that is wrong, with the right one
``f VALUE UNIT`` a figure in base units, ``LOW..HIGH`` for a range
``d VALUE``      a date

An event is ``type code``, ``-`` for the company without code or the whole sector, with ``negated``, ``denied`` or
``planned`` after it when it has not happened; ``none`` when the passage tells of no event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

__all__ = ["FOLDER", "Passage", "read_passages"]

FOLDER = Path(__file__).parent
_HEAD = re.compile(r"== (\S+) (zh-Hans|zh-Hant|en) (\d{4}-\d\d-\d\d \d\d:\d\d) \|(.*)")
_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]*)\}")
_UNITS = {"pp": "percentage points"}


@dataclass(slots=True)
class Passage:
    """One passage. ``gold`` has the shape of a prediction of ``hkconcept extract``, with what is expected."""

    id: str
    language: str
    published: str
    tags: tuple[str, ...]
    text: str = ""
    gold: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def row(self) -> dict[str, str]:
        """The row that ``hkconcept extract`` is given."""
        return {"id": self.id, "text": self.text, "language": self.language, "published": self.published}


def _value(printed: str) -> float | list[float]:
    low, _, high = printed.partition("..")
    return [float(Decimal(low)), float(Decimal(high))] if high else float(Decimal(low))


def _finding(kind: str, words: list[str]) -> tuple[str, dict[str, Any]]:
    if kind == "f":
        unit = " ".join(words[1:])
        return "figures", {"value": _value(words[0]), "unit": _UNITS.get(unit, unit)}
    printed = " ".join(words)
    layers: dict[str, tuple[str, dict[str, Any]]] = {
        "m": ("mentions", {"code": printed}),
        "n": ("mentions", {"code": None, "later": printed}),
        "a": ("mentions", {"code": None, "ambiguous": printed.split("/")}),
        "o": ("mentions", {"code": None}),
        "w": ("flags", {"kind": "wrong_code", "correct": printed}),
        "d": ("dates", {"value": printed}),
    }
    return layers[kind]


def _read(head: str, body: list[str]) -> Passage:
    found = _HEAD.fullmatch(head)
    if found is None:
        raise ValueError(head)
    name, language, published, tags = found.groups()
    passage = Passage(name, language, published, tuple(tag.strip() for tag in tags.split(";")))
    gold: dict[str, list[dict[str, Any]]] = {k: [] for k in ("mentions", "figures", "dates", "events", "flags")}
    lines = [line for line in body if not line.startswith("> ")]
    marked = "\n".join(lines).strip()
    at = 0
    for mark in _MARK.finditer(marked):
        passage.text += marked[at : mark.start()]
        start = len(passage.text)
        passage.text += mark.group(1)
        at = mark.end()
        if mark.group(2):
            kind, *words = mark.group(2).split()
            layer, values = _finding(kind, words)
            gold[layer].append({"start": start, "end": len(passage.text), **values})
    passage.text += marked[at:]
    told = " ".join(line[2:] for line in body if line.startswith("> "))
    for event in told.split(";"):
        words = event.split()
        if words == ["none"]:
            continue
        kind, code, *status = words
        gold["events"].append(
            {"type": kind, "code": None if code == "-" else code, "status": status[0] if status else "done"}
        )
    passage.gold = gold
    return passage


def read_passages(name: str) -> list[Passage]:
    """Read one set, for example ``first``: every file ``first_*.txt`` of the folder."""
    passages: list[Passage] = []
    for path in sorted(FOLDER.glob(f"{name}_*.txt")):
        head = ""
        body: list[str] = []
        for line in [*path.read_text(encoding="utf-8").splitlines(), "== "]:
            if line.startswith("== "):
                if head:
                    passages.append(_read(head, body))
                head, body = line, []
            elif not line.startswith("#"):
                body.append(line)
    return passages
