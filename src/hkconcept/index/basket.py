"""The basket before an opening: units, prices on the basis of the opening, the divisor, and the log of each change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hkconcept.errors import NotAvailableError
from hkconcept.index.held import Holding, Logged
from hkconcept.index.knowledge import Knowledge
from hkconcept.index.weights import tree_sum

if TYPE_CHECKING:
    from hkconcept.index.divisors import Kind
    from hkconcept.index.inputs import Inputs
    from hkconcept.index.methodology import Version
    from hkconcept.market.arrays import Floats

__all__ = ["Basket", "Change", "Step"]


class Change(NamedTuple):
    """Something to do before the opening of session ``at``; ``order`` ranks the changes of one session.

    ``code`` is the column of the security (-1 for the whole basket), ``row`` what its kind needs: a row of a table, or
    the session in which it was due.
    """

    at: int
    order: int
    code: int
    kind: str
    row: int


class Step(NamedTuple):
    """What a change does to one security: its units and price after it, on the basis of the opening."""

    kind: Kind
    code: int
    due: int
    units: float
    price: float
    detail: str = ""


class Basket:
    """Units per security, and the divisor; changed in place as a calculation advances.

    ``open`` are the closes before the opening of session ``at``, taken to its basis (after a split, ex rights);
    ``value`` is the basket at them.
    """

    def __init__(self, inputs: Inputs) -> None:
        """Start empty."""
        self.inputs = inputs
        self.known = Knowledge(inputs)
        self.units: Floats = np.zeros(len(inputs.panel.codes))
        self.open: Floats = inputs.prices[0]
        self.at = 0
        self.value = self.divisor = float("nan")
        self.log: list[Logged] = []
        self.holdings: list[Holding] = []
        self.factors: list[tuple[int, int, float]] = []  # session, column, price after an action over price before

    def version(self, t: int) -> Version:
        """Return the rules in force in a session."""
        return self.inputs.methodology.version(self.inputs.sessions[t])

    def name(self, i: int) -> str:
        """Return the security and the session, for an error."""
        return f"{self.inputs.panel.codes[i]} on {self.inputs.sessions[self.at]}"

    def open_session(self, t: int, value: float) -> None:
        """Take the closes before session ``t`` and the value of the basket at them."""
        self.at, self.open, self.value = t, self.inputs.prices[t - 1].copy(), value

    def close_changes(self) -> None:
        """Keep the basket as it opens the session, where it or the basis of a price changed."""
        if not self.units.any():
            raise NotAvailableError("no member is left in the basket", where=str(self.inputs.sessions[self.at]))
        before = self.inputs.prices[self.at - 1]
        if not np.array_equal(self.holdings[-1].units, self.units) or not np.array_equal(self.open, before):
            self.holdings.append(Holding(self.at, self.units.copy(), self.open))

    def worth(self, units: Floats) -> float:
        """Return the value of units at the opening."""
        columns = np.flatnonzero(units)
        return float(tree_sum(units[columns] * self.open[columns]))

    def take(self, step: Step, *, value: float | None = None) -> None:
        """Log a change of one security and make it; ``value`` is the basket's after it where the change keeps it."""
        i = step.code
        units, price = float(self.units[i]), float(self.open[i])
        if value is None:
            value = self.value + (step.units * step.price - units * price)
        self._move(step, units, price, value)
        self.units[i] = step.units

    def reweight(self, units: Floats, detail: str) -> None:
        """Log and take new units of the whole basket."""
        self._move(Step("reweighting", -1, self.at, 0.0, 0.0, detail), 0.0, 0.0, self.worth(units))
        self.units = units

    def note(self, kind: Kind, i: int, due: int, detail: str = "") -> None:
        """Log that something was not done."""
        units, price = float(self.units[i]), float(self.open[i])
        self._move(Step(kind, i, due, units, price, detail), units, price, self.value)

    def remove(self, i: int, kind: Kind, due: int) -> None:
        """Take a security out at its last usable close."""
        if self.units[i]:
            if np.count_nonzero(self.units) == 1:
                raise NotAvailableError("no member is left in the basket", where=str(self.inputs.sessions[self.at]))
            self.take(Step(kind, i, due, 0.0, float(self.open[i])))

    def rebase(self, step: Step, *, value: float | None = None) -> None:
        """Take a security to another basis of its price; while it does not trade the new price stands in."""
        i, before = step.code, float(self.open[step.code])
        if before <= 0:
            return  # never priced: there is nothing to take over
        self.factors.append((self.at, i, step.price / before))
        t = self.at
        while t < len(self.inputs.sessions) and not self.inputs.fresh[t, i]:
            self.inputs.prices[t, i] = step.price
            t += 1
        if self.units[i]:
            self.take(step, value=value)
        self.open[i] = step.price

    def _move(self, step: Step, units: float, price: float, value: float) -> None:
        divisor = self.divisor if value == self.value else self.divisor * (value / self.value)
        self.log.append(
            Logged(
                self.at,
                step.due,
                step.kind,
                step.code,
                units,
                step.units,
                price,
                step.price,
                self.value,
                value,
                self.divisor,
                divisor,
                step.detail,
            )
        )
        self.value, self.divisor = value, divisor
