"""Quantities as printed: a Decimal value, its unit, the bound that the wording sets, and the printed digits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

__all__ = ["CURRENCIES", "Quantity", "Relation"]

CURRENCIES = frozenset({"CNY", "HKD", "USD", "EUR", "GBP", "JPY", "CHF", "KRW", "SGD", "AUD", "CAD", "TWD", "MOP"})


class Relation(StrEnum):
    """How the printed value bounds the true one."""

    EXACT = "exact"
    OVER = "over"  # strictly more than the printed value
    AT_LEAST = "at_least"
    UP_TO = "up_to"
    LESS_THAN = "less_than"
    ABOUT = "about"
    ALMOST = "almost"  # just under the printed value
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One printed quantity in base units.

    ``value`` is the printed number (the lower end of a range), ``upper`` the upper end of a range.
    ``unit`` is an ISO currency code, ``CNY/share``, ``percent``, ``percentage points``, ``multiple``,
    ``shares``, ``count``, ``days``, ``trading days``, ``months``, ``years``, ``index points``, ``mg``...
    ``counter`` says what a count counts when the text does (``drug``, ``deal``, ``company``, ``patient``).
    ``step`` is the value of one unit in the last printed digit, in base units: 80.85 percent has step
    0.01; "130 billion" has step 10**9. Rounding tolerance follows from it.
    ``currency_assumed`` is true for a bare yuan sign or 元 read as CNY.

    >>> Quantity(Decimal(150), "count", Relation.OVER, counter="deal").bounds
    (Decimal('150'), None)

    """

    value: Decimal
    unit: str
    relation: Relation = Relation.EXACT
    upper: Decimal | None = None
    step: Decimal = Decimal(1)
    counter: str = ""
    currency_assumed: bool = False

    def __post_init__(self) -> None:
        """Keep ranges whole and values finite."""
        if not self.value.is_finite() or (self.upper is not None and not self.upper.is_finite()):
            msg = "a quantity must be finite"
            raise ValueError(msg)
        if (self.upper is not None) != (self.relation is Relation.RANGE):
            msg = "an upper value belongs to a range, and a range needs one"
            raise ValueError(msg)

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """Lower and upper bound of the true value, before rounding; ``None`` is unbounded.

        ``about`` and ``almost`` give no bound on the far side; see :meth:`rounding_interval`.
        """
        match self.relation:
            case Relation.EXACT:
                return self.value, self.value
            case Relation.RANGE:
                return self.value, self.upper
            case Relation.OVER | Relation.AT_LEAST:
                return self.value, None
            case Relation.UP_TO | Relation.LESS_THAN | Relation.ALMOST:
                return None, self.value
            case _:
                return None, None

    @property
    def rounding_interval(self) -> tuple[Decimal, Decimal]:
        """Closed interval of true values that print as ``value``: half a step either side (counts are exact)."""
        half = Decimal(0) if self.unit in {"count", "shares"} and self.step == 1 else self.step / 2
        return self.value - half, (self.upper if self.upper is not None else self.value) + half

    @property
    def currency(self) -> str | None:
        """ISO code when the quantity is money or money per share."""
        head = self.unit.split("/", 1)[0]
        return head if head in CURRENCIES else None
