"""The inspection system as a view of its own: what starts an inspection, where, how, and what it does to the clock."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast

from hkconcept.errors import SourceError
from hkconcept.model import SourceStatus
from hkconcept.pathway.case import Case
from hkconcept.pathway.clock import run
from hkconcept.pathway.rules import RuleBook, Text
from hkconcept.readers.strict_yaml import StrictYaml

if TYPE_CHECKING:
    from hkconcept.readers.strict_yaml import Node

__all__ = ["ASPECTS", "Effect", "Feature", "effect_of_overseas", "features", "packaged_features", "read_features"]

_DATA = Path(__file__).parents[1] / "data" / "rules" / "inspection.yml"

ASPECTS: Final[Mapping[str, Text]] = {
    "trigger": Text("What starts it", "启动情形"),
    "site": Text("Where", "地点"),
    "mode": Text("How", "方式"),
    "testing": Text("Testing", "注册检验"),
    "batches": Text("Batches and samples", "批次和样品"),
    "after": Text("After it", "核查之后"),
}


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of the system. ``clock`` says whether the review clock ``runs``, ``stands``, or is not concerned."""

    id: str
    aspect: str
    clock: Literal["runs", "stands", "before"]
    what: Text
    article: str
    rules: tuple[str, ...]
    source: str
    status: SourceStatus
    valid_from: dt.date
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What an overseas inspection does to a review: the deadline without it, with it, and the working days between."""

    without: dt.date
    with_it: dt.date
    taken_out: int


def features(on: dt.date) -> tuple[Feature, ...]:
    """Return the features that hold on a day, in the order of :data:`ASPECTS`.

    >>> [f.id for f in features(dt.date(2026, 1, 7)) if f.aspect == "batches"]
    ['INS-12']

    """
    order = list(ASPECTS)
    held = [one for one in packaged_features() if one.valid_from <= on and (one.valid_to is None or on <= one.valid_to)]
    return tuple(sorted(held, key=lambda one: order.index(one.aspect)))


def effect_of_overseas(case: Case, book: RuleBook, *, as_of: dt.date) -> Effect:
    """Return what the overseas inspections of a case do to the deadline of its review."""
    clock = run(case, book, as_of=as_of)
    others = tuple(stop for stop in case.stops if stop.kind != "overseas_inspection")
    without = run(replace(case, stops=others), book, as_of=as_of)
    counted, fewer = clock.review.elapsed or 0, without.review.elapsed or 0
    return Effect(without.review.due.day, clock.review.due.day, fewer - counted)


@functools.cache
def packaged_features() -> tuple[Feature, ...]:
    """Return the packaged features, whenever they hold."""
    return read_features(_DATA)


def read_features(path: Path) -> tuple[Feature, ...]:
    """Read features strictly.

    Raises
    ------
    SourceError
        The file breaks the contract, with the line.

    """
    reader, root = StrictYaml.open(path)
    top = reader.mapping(root, ("inspection",))
    found = tuple(_feature(reader, node) for node in reader.items(top["inspection"]))
    ids = [one.id for one in found]
    for name in ids:
        if ids.count(name) > 1:
            raise SourceError(f"{name} stands twice", where=path.name, todo="give each row an id of its own")
    return found


def _feature(reader: StrictYaml, node: Node) -> Feature:
    keys = ("id", "aspect", "valid_from", "clock", "rules", "en", "zh", "article", "source", "status")
    part = reader.mapping(node, keys, ("valid_to",))
    return Feature(
        id=reader.text(part["id"]),
        aspect=reader.one_of(part["aspect"], ASPECTS),
        clock=cast("Literal['runs', 'stands', 'before']", reader.one_of(part["clock"], ("runs", "stands", "before"))),
        what=Text(reader.text(part["en"]), reader.text(part["zh"])),
        article=reader.text(part["article"]),
        rules=reader.texts(part["rules"], empty=True),
        source=reader.text(part["source"]),
        status=reader.status(part["status"]),
        valid_from=reader.day(part["valid_from"]),
        valid_to=reader.day(part["valid_to"]) if "valid_to" in part else None,
    )
