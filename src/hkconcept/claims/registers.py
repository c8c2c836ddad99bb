"""Comparing a figure with what authorities and vendors have published, each within its scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from hkconcept.claims.asked import INNOVATIVE
from hkconcept.claims.intervals import Interval, Operand
from hkconcept.model import Check, Claim, Figure, Moment, PartialDate, Quantity, Verdict

__all__ = ["Total", "answering", "check_against_registers"]


class Total(Protocol):
    """A published total with its scope, as a register holds it."""

    @property
    def measure(self) -> str:
        """What was measured: ``approvals``, ``deal value``, ``deals``..."""
        ...

    @property
    def period(self) -> PartialDate:
        """The period that the total covers."""
        ...

    @property
    def attributes(self) -> tuple[tuple[str, str], ...]:
        """Qualifiers that narrow the total; empty for the whole."""
        ...

    @property
    def quantity(self) -> Quantity:
        """The value in base units, with its bound."""
        ...

    @property
    def vendor(self) -> str:
        """Who counted."""
        ...

    @property
    def scope_en(self) -> str:
        """What was counted and until when, in English."""
        ...

    @property
    def scope_zh(self) -> str:
        """The same in simplified Chinese."""
        ...

    @property
    def known_at(self) -> Moment:
        """When the total was public."""
        ...

    @property
    def source(self) -> str:
        """Where it was published."""
        ...

    @property
    def status(self) -> str:
        """``official``, ``press`` or ``recalled``."""
        ...


_OFFICIAL: Final = ("NMPA", "CDE", "NHSA", "NHC")
_OF_INNOVATIVE: Final = frozenset({"approvals", "deals", "deal value", "upfront"})
_NUMBERED: Final = frozenset({"round", "batch"})


def check_against_registers(figures: Sequence[Figure], totals: Iterable[Total], *, as_of: Moment) -> tuple[Check, ...]:
    """Compare each figure with the totals published for its measure, period and attributes.

    The figures are in the terms of the registers, see :func:`hkconcept.claims.asked.as_asked`.

    Only rows that were certainly public at ``as_of`` are used. The verdict is *consistent* when a
    regulator's total agrees, or when every published total does; *differs in scope* when the totals of
    some bodies agree and those of others do not; and *not checkable* when none agrees, since a
    total whose counting rule the text does not print cannot be refuted by another. A figure that no
    row can answer gives no check.
    """
    known = [row for row in totals if row.known_at.known_by <= as_of.known_by]
    return tuple([_compare(figure, rows) for figure in figures if (rows := answering(known, figure))])


def answering(totals: Iterable[Total], figure: Figure) -> list[Total]:
    """Return the totals that measure what a figure states: its measure, period, unit and qualifiers."""
    return [row for row in totals if _answers(row, figure)]


def _answers(row: Total, figure: Figure) -> bool:
    """Whether a row measures what the figure states: same measure, period, unit and qualifiers."""
    attributes = frozenset(figure.attributes)
    numbered = figure.period is None and not _NUMBERED.isdisjoint(name for name, _ in attributes)
    return (
        # Every other measure names what is counted itself, such as "listed drugs".
        figure.subject == (INNOVATIVE if row.measure in _OF_INNOVATIVE else "")
        and figure.direction is None
        and row.measure == figure.measure
        and (row.period == figure.period or numbered)
        and row.quantity.unit == figure.quantity.unit
        and frozenset(row.attributes) == attributes
    )


def _compare(figure: Figure, rows: Sequence[Total]) -> Check:
    """Return the verdict on one figure against all rows that answer it."""
    own = Operand(figure.quantity, figure.quote.exact)
    agree = [row for row in rows if Interval.of(figure.quantity).meets(Interval.of(row.quantity))]
    differ = [row for row in rows if row not in agree]
    official = [row for row in agree if _is_official(row)]
    if official or (agree and not differ):
        first = (official or agree)[0]
        verdict = Verdict.CONSISTENT
        reason, reason_zh = f"agrees with {_row_en(first)}", f"与{_row_zh(first)}一致"
        rest = [row for row in rows if row is not first]
        if rest:
            reason += "; also published: " + ", ".join(map(_row_en, rest))
            reason_zh += "；另有公布：" + "、".join(map(_row_zh, rest))
    elif agree:
        verdict = Verdict.DIFFERS_IN_SCOPE
        reason = f"agrees with {', '.join(map(_row_en, agree))}; differs from {', '.join(map(_row_en, differ))}"
        reason_zh = f"与{'、'.join(map(_row_zh, agree))}一致；与{'、'.join(map(_row_zh, differ))}不同"
    else:
        verdict = Verdict.NOT_CHECKABLE
        reason = (
            f"no published total says {own.show()}; published: {', '.join(map(_row_en, rows))}; "
            "the text does not print its counting rule"
        )
        reason_zh = f"未见公布数为{own.show()}；已公布：{'、'.join(map(_row_zh, rows))}；原文未说明统计口径"
    used = official or agree or rows
    signs = " ".join(f"{'=' if row in agree else '≠'} {_value(row)} ({row.vendor})" for row in rows)
    return Check(
        Claim("register", (), figure.id, figure.quote),
        verdict,
        f"{_BOUND.get(figure.quantity.relation, '')}{own.show()}: {signs}",
        reason,
        used[0].quantity.value,
        sources=tuple(dict.fromkeys(row.source for row in rows)),
        reason_zh=reason_zh,
    )


def _is_official(row: Total) -> bool:
    return row.status == "official" or (row.status == "press" and row.vendor in _OFFICIAL)


_BOUND: Final = {"over": ">", "at_least": "≥", "up_to": "≤", "less_than": "<", "about": "≈", "almost": "≈<"}
_LARGE: Final = ((10**9, "bn"), (10**6, "m"))


def _value(row: Total) -> str:
    """Write a total in few characters: ``>130bn USD``, ``76``."""
    quantity = row.quantity
    number, suffix = quantity.value, ""
    for size, letter in _LARGE:
        if quantity.currency and number >= size:
            number, suffix = number / size, letter
            break
    unit = f" {quantity.unit}" if quantity.currency else ""
    return f"{_BOUND.get(quantity.relation, '')}{number.normalize():f}{suffix}{unit}"


_BOUND_ZH: Final = {
    "over": "超",
    "at_least": "至少",
    "up_to": "至多",
    "less_than": "不到",
    "about": "约",
    "almost": "近",
}
_MONEY_ZH: Final = {"CNY": "元人民币", "USD": "美元", "HKD": "港元", "EUR": "欧元"}
_HUNDRED_MILLION: Final = 10**8


def _value_zh(row: Total) -> str:
    """Write a total in few characters as Chinese readers count: ``超1,300亿美元``, ``76``."""
    quantity = row.quantity
    money = _MONEY_ZH.get(quantity.currency or "")
    if money is None or quantity.value < _HUNDRED_MILLION:
        return _value(row)
    return f"{_BOUND_ZH.get(quantity.relation, '')}{(quantity.value / _HUNDRED_MILLION).normalize():,f}亿{money}"


def _row_en(row: Total) -> str:
    recalled = ", recalled" if row.status == "recalled" else ""
    return f"{_value(row)} ({_named(row.vendor, row.scope_en, ': ')}{recalled})"


def _row_zh(row: Total) -> str:
    recalled = "，凭记忆" if row.status == "recalled" else ""
    return f"{_value_zh(row)}（{_named(row.vendor, row.scope_zh, '：')}{recalled}）"


def _named(vendor: str, scope: str, colon: str) -> str:
    """Put the vendor before its scope, unless the scope names it already."""
    return scope if scope.startswith(vendor) else f"{vendor}{colon}{scope}"
