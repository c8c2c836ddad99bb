"""Published wholes held against their published parts: what adds up, and what stays open.

A sum that does not come out is no error of a register. It is shown as open, with both figures and who printed them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hkconcept.errors import SourceError
from hkconcept.model import Moment
from hkconcept.registers.published import PublishedTotal
from hkconcept.registers.rows import read_table

__all__ = ["Reconciliation", "reconcile"]

_COLUMNS: Final = ("id", "register", "what_en", "what_zh", "whole", "parts", "remark_en")
_ROWS: Final = "rows:"


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One whole and the sum of its parts; ``formula`` shows both."""

    id: str
    register: str
    what_en: str
    what_zh: str
    whole: Decimal
    parts: Decimal
    formula: str
    holds: bool
    remark_en: str

    def __str__(self) -> str:
        """Return ``drugs procured in rounds 01 to 11: 490 published, 491 by adding; ten of ... are from memory``."""
        remark = f" ({self.remark_en})" if self.remark_en else ""
        if self.holds:
            return f"{self.what_en}: {self.formula}{remark}"
        return f"{self.what_en}: {self.whole:,} published, {self.parts:,} by adding up{remark}"


def reconcile(
    totals: Iterable[PublishedTotal],
    sum_of_rows: Callable[[str, str, str], Decimal | None],
    *,
    as_of: Moment,
    register: str | None = None,
) -> tuple[Reconciliation, ...]:
    """Return every reconciliation whose whole and parts were all known at a moment.

    Parameters
    ----------
    totals
        Every published total of every register.
    sum_of_rows
        Given a register, a column and a condition (empty for all rows), the sum over the rows that stood at the
        moment; ``None`` where none did.
    as_of
        The moment of knowledge.
    register
        Only those of this register; ``None`` for all.

    Raises
    ------
    SourceError
        The packaged table names a total that is not held.

    """
    held = {total.id: total for total in totals}
    made: list[Reconciliation] = []
    for where, row in read_table("reconciliations.csv", _COLUMNS):
        if register is None or row["register"] == register:
            one = _one(row, where, held, sum_of_rows, as_of)
            made += [one] if one is not None else []
    return tuple(made)


def _one(
    row: dict[str, str],
    where: str,
    held: Mapping[str, PublishedTotal],
    sum_of_rows: Callable[[str, str, str], Decimal | None],
    as_of: Moment,
) -> Reconciliation | None:
    names = [name for name in (row["whole"], *row["parts"].split("|")) if not name.startswith(_ROWS)]
    if unknown := [name for name in names if name not in held]:
        raise SourceError(f"no published total is called {unknown[0]!r}", where=where)
    if not all(held[name].known(as_of) for name in names):
        return None
    whole = held[row["whole"]].quantity
    if row["parts"].startswith(_ROWS):
        register, column, *condition = row["parts"].removeprefix(_ROWS).split(":")
        summed = sum_of_rows(register, column, ":".join(condition))
        if summed is None:
            return None
        formula = f"{summed:,} {'=' if summed == whole.value else '≈'} {whole.value:,}"
    else:
        values = [held[name].quantity.value for name in row["parts"].split("|")]
        summed = sum(values, Decimal(0))
        formula = f"{' + '.join(f'{value:,}' for value in values)} = {summed:,}"
    low, high = whole.rounding_interval
    return Reconciliation(
        row["id"], row["register"], row["what_en"], row["what_zh"], whole.value, summed, formula,
        low <= summed <= high, row["remark_en"],
    )  # fmt: skip
