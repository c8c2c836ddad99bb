"""How much of a concept a security is: a sum of bounded parts, each traced to the facts that it counts.

score = sum of weight x min(1, measure / full_at)

A part that cannot be measured (no market value is held for that day) is not set to zero: the score then has a low and
a high end. Since registers are partial, a count is a lower bound, and the coverage of the definition says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hkconcept.concept.definition import Component, Definition
from hkconcept.concept.judgement import World, fitting
from hkconcept.model import Evidence, Moment, StockCode

__all__ = ["Exposure", "MarketValue", "Part", "Sensitivity", "exposure", "sensitivity", "strength"]

MarketValue = Callable[[StockCode, Moment], tuple[Decimal, str] | None]
"""Gives the market value in HKD known at a moment, with its source, or ``None``."""

_ZERO = Decimal(0)
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score. ``measure`` and ``share`` (0 to 1) are ``None`` where it cannot be measured.

    ``points`` is weight x share. ``formula`` is the arithmetic as a reader would write it, ``evidence`` what it counts.
    ``without_value`` are facts that fit but state no amount, and so add nothing to a sum.
    """

    name: str
    weight: Decimal
    measure: Decimal | None
    share: Decimal | None
    formula: str
    evidence: tuple[Evidence, ...] = ()
    without_value: int = 0

    @property
    def points(self) -> Decimal | None:
        """What the part adds to the score."""
        return None if self.share is None else self.weight * self.share

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The least and the most that the part can add."""
        if self.points is not None:
            return self.points, self.points
        return min(_ZERO, self.weight), max(_ZERO, self.weight)


@dataclass(frozen=True, slots=True)
class Exposure:
    """The score of a security, with its parts. ``low`` and ``high`` differ where a part cannot be measured."""

    code: StockCode
    parts: tuple[Part, ...]

    @property
    def low(self) -> Decimal:
        """The score when every part not measured counts least."""
        return sum((part.bounds[0] for part in self.parts), _ZERO)

    @property
    def high(self) -> Decimal:
        """The score when every part not measured counts most."""
        return sum((part.bounds[1] for part in self.parts), _ZERO)

    @property
    def measured(self) -> Decimal:
        """The sum of the parts that are measured."""
        return sum((part.points for part in self.parts if part.points is not None), _ZERO)


def exposure(
    definition: Definition,
    code: StockCode,
    world: World,
    *,
    as_of: Moment,
    market_value: MarketValue | None = None,
) -> Exposure:
    """Score a security from the facts certainly public at a moment that hold on its day.

    >>> from hkconcept.concept import load_definition
    >>> empty = exposure(load_definition("cn-innovative-drugs"), StockCode("00005"), World({}, {}),
    ...                  as_of=Moment.parse("2026-01-08"))
    >>> empty.low <= 0 <= empty.high
    True

    """
    held = tuple(fact for fact in world.facts.get(code, ()) if fact.holds(known=as_of, on=as_of.day))
    kinds = world.kinds_held(as_of)
    parts = tuple(_part(component, code, held, kinds, as_of, market_value) for component in definition.exposure)
    return Exposure(code, parts)


def _part(  # noqa: PLR0913, PLR0917 - what one part depends on
    component: Component,
    code: StockCode,
    held: Sequence[Evidence],
    kinds: frozenset[str],
    as_of: Moment,
    market_value: MarketValue | None,
) -> Part:
    if component.criterion.facts not in kinds:
        return Part(component.name, component.weight, None, None, f"no {component.criterion.facts} are held")
    fit, _ = fitting(component.criterion, held, as_of)
    missing = 0
    if component.measure == "count":
        measure, shown = Decimal(len(fit)), str(len(fit))
    else:
        name = component.measure.removeprefix("sum:")
        amounts = [Decimal(fact.attribute(name)) for fact in fit if fact.attribute(name)]
        missing = len(fit) - len(amounts)
        measure = sum(amounts, _ZERO)
        shown = " + ".join(f"{amount:f}" for amount in amounts) or "0"
    if component.over and measure:
        value = market_value(code, as_of) if market_value else None
        if value is None:
            todo = "no market value is held for that day"
            return Part(component.name, component.weight, None, None, todo, fit, missing)
        measure = measure * component.rate / value[0]
        shown = f"({shown}) × {component.rate:f} / {value[0]:f}"
    share = min(_ONE, max(_ZERO, measure / component.full_at))
    formula = f"{component.weight:f} × min(1, ({shown}) / {component.full_at:f}) = {component.weight * share:.3f}"
    return Part(component.name, component.weight, measure, share, formula, fit, missing)


def strength(definition: Definition, evidence: Sequence[Evidence]) -> str:
    """Call evidence ``none``, ``weak`` (a single fact, or only recalled ones), ``moderate`` or ``strong``."""
    if not evidence:
        return "none"
    seen = [fact for fact in evidence if fact.status != "recalled"]
    kinds = {fact.kind for fact in seen}
    if len(seen) >= definition.strength.facts and len(kinds) >= definition.strength.kinds:
        return "strong"
    return "moderate" if len(seen) > 1 else "weak"


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How the ranking moves when one weight is changed.

    ``factor`` multiplies the weight of ``part`` (0 leaves it out). ``rank_correlation`` is Spearman's, ties averaged,
    between the scores as defined and as changed; ``largest_move`` names the security whose rank moves most.
    """

    part: str
    factor: Decimal
    rank_correlation: float | None
    largest_move: StockCode | None
    places: float


def sensitivity(
    scores: Iterable[Exposure], factors: Sequence[Decimal] = (Decimal(0), Decimal("0.5"), Decimal("1.5"))
) -> tuple[Sensitivity, ...]:
    """Change each weight in turn and tell how far the ranking by measured score moves."""
    held = sorted(scores, key=lambda score: score.code)
    if not held:
        return ()
    base = _ranks([score.measured for score in held])
    found = []
    for at, part in enumerate(held[0].parts):
        for factor in factors:
            changed = [_changed(score, at, factor).measured for score in held]
            ranks = _ranks(changed)
            moves = [abs(one - other) for one, other in zip(base, ranks, strict=True)]
            furthest = max(range(len(held)), key=lambda n: moves[n])
            found.append(
                Sensitivity(
                    part.name,
                    factor,
                    _correlation(base, ranks),
                    held[furthest].code if moves[furthest] else None,
                    moves[furthest],
                )
            )
    return tuple(found)


def _changed(score: Exposure, at: int, factor: Decimal) -> Exposure:
    parts = tuple(replace(part, weight=part.weight * factor) if n == at else part for n, part in enumerate(score.parts))
    return replace(score, parts=parts)


def _ranks(values: Sequence[Decimal]) -> list[float]:
    """Return ranks from 1 for the largest, ties sharing their mean."""
    return [
        sum(other > value for other in values) + (sum(other == value for other in values) + 1) / 2 for value in values
    ]


def _correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    mean = (len(one) + 1) / 2
    spread_one = sum((value - mean) ** 2 for value in one)
    spread_other = sum((value - mean) ** 2 for value in other)
    if not spread_one or not spread_other:
        return None
    products = sum((a - mean) * (b - mean) for a, b in zip(one, other, strict=True))
    return float(products / (spread_one * spread_other) ** 0.5)
