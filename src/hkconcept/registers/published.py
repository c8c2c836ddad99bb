"""Published totals: a number that somebody announced, with its scope, so that it can be compared or refused.

A total without vendor, scope and cut-off is not comparable: counts of one year differ between bodies
because they count different things, and neither is wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from hkconcept.errors import SourceError
from hkconcept.model import Moment, PartialDate, Quantity, Relation, SourceStatus
from hkconcept.registers.columns import code, day, identifier, partial, text
from hkconcept.registers.rows import FactRow, read_table, status_of
from hkconcept.registers.schema import Column, ColumnType, Evidence, Row, Schema

__all__ = ["SCHEMA", "PublishedTotal", "fact_rows", "read_totals", "row_of"]

_COLUMNS: Final = (
    "id", "measure", "period", "attributes", "relation", "value", "step", "unit", "counter", "vendor", "scope_en",
    "scope_zh", "cut_off", "known_at", "known_at_basis", "source", "status",
)  # fmt: skip


SCHEMA: Final = Schema(
    register="totals",
    title="totals that authorities and vendors published, each with its scope",
    key=("id",),
    columns=(
        identifier("vendor, period and what is counted"),
        text("measure", "what is measured: approvals, deals, deal value, listed drugs", required=True),
        partial("period", "the period that it covers", required=True),
        text("attributes", "what narrows it: type=chemical;origin=domestic"),
        code("relation", "exact, over, about..., as it was worded", required=True),
        Column(name="value", type=ColumnType.DECIMAL, meaning="value in base units", required=True),
        text("unit", "unit of the value", required=True),
        text("counter", "what a count counts"),
        text("vendor", "who counted", required=True),
        text("scope_en", "what was counted and until when", required=True),
        text("scope_zh", "the same in Chinese", required=True),
        day("cut_off", "last day counted, where it is not the end of the period"),
    ),
    denominator="every total that anybody published; two of one year may differ without either being wrong",
)
"""The totals of all registers as one register, so that they can be asked for with vendor and scope."""


@dataclass(frozen=True, slots=True)
class PublishedTotal:
    """One announced total.

    ``measure`` is ``approvals``, ``deal value``, ``deals`` or ``upfront``; ``attributes`` narrow it
    (``("type", "chemical")``, ``("origin", "domestic")``) and are empty for the whole; ``("until", "2025-07-31")``
    marks a count that was never meant for the whole period. ``quantity`` holds the value in base units (US
    dollars, drugs, deals) with its bound: "over 130 billion" is open above.
    ``cut_off`` is the last day counted when it is not the end of the period. ``known_at`` is when the
    total was public; ``known_at_basis`` says how that is known when it is not printed on the page.
    """

    id: str
    measure: str
    period: PartialDate
    attributes: tuple[tuple[str, str], ...]
    quantity: Quantity
    vendor: str
    scope_en: str
    scope_zh: str
    known_at: Moment
    source: str
    status: SourceStatus
    cut_off: dt.date | None = None
    known_at_basis: str = ""

    def known(self, as_of: Moment) -> bool:
        """Whether the total was certainly public at a moment."""
        return self.known_at.known_by <= as_of.known_by


def read_totals(name: str) -> tuple[PublishedTotal, ...]:
    """Read a packaged table of totals.

    Raises
    ------
    SourceError
        A cell cannot be read; the row is named.

    """
    return tuple(_total(row, where) for where, row in read_table(name, _COLUMNS))


def _total(row: dict[str, str], where: str) -> PublishedTotal:
    if not row["source"] or not row["vendor"] or not row["scope_en"] or not row["scope_zh"]:
        raise SourceError("source, vendor and scope are required", where=where)
    try:
        quantity = Quantity(
            Decimal(row["value"]),
            row["unit"],
            Relation(row["relation"]),
            step=Decimal(row["step"]),
            counter=row["counter"],
        )
        return PublishedTotal(
            id=row["id"],
            measure=row["measure"],
            period=PartialDate.parse(row["period"]),
            attributes=_attributes(row["attributes"]),
            quantity=quantity,
            vendor=row["vendor"],
            scope_en=row["scope_en"],
            scope_zh=row["scope_zh"],
            known_at=Moment.parse(row["known_at"]),
            source=row["source"],
            status=status_of(row["status"], where),
            cut_off=dt.date.fromisoformat(row["cut_off"]) if row["cut_off"] else None,
            known_at_basis=row["known_at_basis"],
        )
    except (ValueError, InvalidOperation) as error:
        raise SourceError(str(error), where=where) from error


def _attributes(text: str) -> tuple[tuple[str, str], ...]:
    pairs = []
    for part in text.split(";") if text else ():
        key, separator, value = part.partition("=")
        if not separator:
            msg = f"attribute {part!r} is not key=value"
            raise ValueError(msg)
        pairs.append((key, value))
    return tuple(pairs)


def fact_rows(totals: Iterable[PublishedTotal]) -> tuple[FactRow, ...]:
    """Return totals as plain tuples for a ledger: one row each, valid for the days of its period."""
    return tuple(
        FactRow(
            subject=f"total:{total.id}",
            name=" ".join((total.measure, *(f"{key}={value}" for key, value in total.attributes))),
            value=f"{total.quantity.relation} {total.quantity.value} {total.quantity.unit}",
            valid_from=total.period.first_day,
            valid_to=total.cut_off or total.period.last_day,
            known_at=total.known_at.known_by,
            source=total.source,
            status=total.status,
        )
        for total in totals
    )


def row_of(total: PublishedTotal) -> Row:
    """Return a total as a row of the register of totals."""
    return Row(
        values={
            "id": total.id,
            "measure": total.measure,
            "period": total.period,
            "attributes": ";".join(f"{key}={value}" for key, value in total.attributes) or None,
            "relation": total.quantity.relation.value,
            "value": total.quantity.value,
            "unit": total.quantity.unit,
            "counter": total.quantity.counter or None,
            "vendor": total.vendor,
            "scope_en": total.scope_en,
            "scope_zh": total.scope_zh,
            "cut_off": total.cut_off,
        },
        evidence=Evidence(
            known_at=total.known_at,
            source=total.source,
            status=total.status,
            known_at_basis=total.known_at_basis,
        ),
    )
