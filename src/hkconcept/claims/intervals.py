"""What a printed number can stand for: an interval of true values, and the words it was printed in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from hkconcept.model import Quantity, Relation

__all__ = ["Interval", "Operand"]

_NUMERAL = re.compile(r"\d[\d,，]*(?:[.．]\d+)?")
_BARE = {"count": "", "percent": "%", "percentage points": "pp", "multiple": "x"}  # units shown without the noun
_ABOUT = Decimal("0.05")  # "about" and "almost" are read as within five per cent: wide on purpose
_TO_THE_DIGIT = 3  # digits from which on "about 49.66" is a habit of speech and no approximation
_LOOSE = frozenset({Relation.ABOUT, Relation.ALMOST})
_ZERO = Decimal(0)
_MOST_DIGITS = 26  # decimal arithmetic holds 28


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of true values; ``None`` is unbounded on that side."""

    low: Decimal | None
    high: Decimal | None

    @classmethod
    def of(cls, quantity: Quantity) -> Interval:
        """Return the true values that a printed quantity allows, its bound and its rounding together.

        >>> Interval.of(Quantity(Decimal("80.85"), "percent", step=Decimal("0.01")))
        Interval(low=Decimal('80.845'), high=Decimal('80.855'))
        >>> Interval.of(Quantity(Decimal(150), "count", Relation.OVER))
        Interval(low=Decimal('150'), high=None)

        """
        low, high = quantity.rounding_interval
        slack = quantity.step
        if (
            quantity.relation in _LOOSE
            and len(str(int(abs(quantity.value) / quantity.step)).rstrip("0")) < _TO_THE_DIGIT
        ):
            slack = max(abs(quantity.value) * _ABOUT, slack)
        match quantity.relation:
            case Relation.OVER | Relation.AT_LEAST:
                return cls(quantity.value, None)
            case Relation.UP_TO | Relation.LESS_THAN:
                return cls(None, quantity.value)
            case Relation.ABOUT:
                return cls(low - slack, high + slack)
            case Relation.ALMOST:
                return cls(low - slack, high)
            case _:
                return cls(low, high)

    def __add__(self, other: Interval) -> Interval:
        """Return every sum of one value from each."""
        return Interval(_both(self.low, other.low), _both(self.high, other.high))

    def __neg__(self) -> Interval:
        """Return every negated value."""
        return Interval(None if self.high is None else -self.high, None if self.low is None else -self.low)

    def over(self, other: Interval) -> Interval:
        """Return every quotient of two non-negative quantities; unbounded where the divisor may be zero."""
        low = _ZERO if self.low is None or self.low < 0 or other.high is None else _divide(self.low, other.high)
        high = None if self.high is None or other.low is None else _divide(self.high, other.low)
        return Interval(low, high)

    def times(self, other: Interval) -> Interval:
        """Return every product of two non-negative quantities."""
        low = _ZERO if self.low is None or other.low is None else max(self.low, _ZERO) * max(other.low, _ZERO)
        return Interval(low, None if self.high is None or other.high is None else self.high * other.high)

    def widened(self, fraction: Decimal) -> Interval:
        """Return the interval with a fraction of each end added on its side."""
        return Interval(
            None if self.low is None else self.low - abs(self.low) * fraction,
            None if self.high is None else self.high + abs(self.high) * fraction,
        )

    def scaled(self, factor: Decimal) -> Interval:
        """Return every value times a positive factor."""
        return Interval(
            None if self.low is None else self.low * factor, None if self.high is None else self.high * factor
        )

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common."""
        return not (
            (self.low is not None and other.high is not None and self.low > other.high)
            or (other.low is not None and self.high is not None and other.low > self.high)
        )

    @property
    def closed(self) -> bool:
        """Whether both ends are known."""
        return self.low is not None and self.high is not None


def _both(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def _divide(one: Decimal, other: Decimal) -> Decimal | None:
    return None if other <= 0 else one / other


@dataclass(frozen=True, slots=True)
class Operand:
    """A quantity with the words it was printed in, so that a formula shows what the reader sees."""

    quantity: Quantity
    printed: str = ""

    @property
    def value(self) -> Decimal:
        """The printed number in base units."""
        return self.quantity.value

    def reached(self) -> Operand:
        """Return the figure without its bound: the amount that "up to" or "at least" names, as if it were met."""
        return Operand(replace(self.quantity, relation=Relation.EXACT), self.printed)

    def show(self, value: Decimal | None = None, step: Decimal | None = None) -> str:
        """Write a value (default: its own) the way the quantity was printed, with the digits of ``step``.

        >>> Operand(Quantity(Decimal(244000000), "CNY", step=Decimal(1000000)), "2.44亿元").show(Decimal(245000000))
        '2.45亿元'
        >>> Operand(Quantity(Decimal(47), "count"), "47 drugs").show()
        '47'

        """
        quantity = self.quantity
        value = quantity.value if value is None else value
        step = quantity.step if step is None else step
        if quantity.unit in _BARE and (quantity.unit != "count" or quantity.step <= 1):
            return _plain(value, step) + _BARE[quantity.unit]
        found = _NUMERAL.search(self.printed)
        if quantity.relation is Relation.RANGE or not found:
            return _plain(value, step)
        number = Decimal(found.group().replace(",", "").replace("，", "").replace("．", "."))
        if number == 0 or quantity.value <= 0:
            return _plain(value, step)
        scale = quantity.value / number
        head, tail = self.printed[: found.start()], self.printed[found.end() :]
        return head + _plain(value / scale, step / scale) + tail


def _plain(value: Decimal, step: Decimal) -> str:
    """Write a number with the digits of a step, without an exponent."""
    places = max(0, -int(step.normalize().as_tuple().exponent)) if step > 0 else 0
    if value.adjusted() + places > _MOST_DIGITS:
        return f"{value:.3e}"
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"
