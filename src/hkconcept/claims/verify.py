"""Recomputing every relation that a text states between its figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from hkconcept.claims.arithmetic import (
    Finding,
    judge_difference,
    judge_growth,
    judge_order,
    judge_share,
    judge_sum,
    judge_whole,
)
from hkconcept.claims.intervals import Operand
from hkconcept.claims.passage import Passage, read_passage
from hkconcept.claims.relations import find_relations
from hkconcept.claims.stated import Stated
from hkconcept.model import Check, Claim, Figure, Quote, Verdict

__all__ = ["check_figures"]

_TIME = frozenset({"days", "trading days", "working days", "weeks", "months", "years", "hours", "minutes"})
_RANK = {Verdict.CONSISTENT: 0, Verdict.NOT_CHECKABLE: 1, Verdict.INCONSISTENT: 2}


def check_figures(text: str, figures: Sequence[Figure]) -> tuple[Check, ...]:
    """Check every relation that a text states between its figures, in reading order.

    A claim that the wording lets one read in several ways is inconsistent only when every reading is.
    Restatements that agree are no news and are left out.

    Parameters
    ----------
    text
        The text that the figures were found in.
    figures
        The figures, as :func:`hkconcept.claims.find_figures` returns them.

    """
    # A span of time is never part of these relations, and "the eight months ended" stands inside many.
    related = [figure for figure in figures if figure.quantity.unit not in _TIME]
    if len(related) < 2:
        return ()
    passage = read_passage(text, related)
    checks = []
    for stated in find_relations(passage):
        inputs, result, finding = _best(passage, stated)
        if stated.kind == "same" and finding.verdict is not Verdict.INCONSISTENT:
            continue
        span = passage.quote_span((*inputs, result))
        claim = Claim(
            stated.kind,
            tuple(passage.figures[i].id for i in inputs),
            passage.figures[result].id,
            Quote.cut(text, span),
        )
        checks.append(
            Check(
                claim,
                finding.verdict,
                finding.formula,
                finding.reason,
                finding.computed,
                finding.tolerance,
                finding.mend,
                reason_zh=finding.reason_zh,
            )
        )
    return tuple(sorted(checks, key=lambda check: check.claim.quote.span))


def _best(passage: Passage, stated: Stated) -> tuple[tuple[int, ...], int, Finding]:
    """Return the reading that holds, or else the first."""
    readings = [(stated.inputs, stated.result), *stated.readings]
    judged = [(inputs, result, _judge(passage, stated, inputs, result)) for inputs, result in readings]
    return min(judged, key=lambda one: _RANK[one[2].verdict])


def _judge(passage: Passage, stated: Stated, inputs: Sequence[int], result: int) -> Finding:
    operands = [Operand(passage.figures[i].quantity, passage.figures[i].quote.exact) for i in inputs]
    implied = Operand(passage.figures[result].quantity, passage.figures[result].quote.exact)
    sign: Literal[-1, 1] = -1 if stated.sign < 0 else 1
    match stated.kind:
        case "sum":
            return judge_sum(operands, implied, complete=stated.complete)
        case "share":
            return judge_share(operands[0], operands[1], implied)
        case "order":
            return judge_order(implied, operands[0])
        case "difference":
            return judge_difference(operands[0], operands[1], implied, sign=sign)
        case "same":
            return judge_whole(operands[0], implied)
        case _:
            forms: tuple[Literal["by", "to"], ...] = ("by", "to") if stated.form == "either" else (stated.form,)
            found = [judge_growth(operands[0], operands[1], implied, form=form, sign=sign) for form in forms]
            return min(found, key=lambda finding: _RANK[finding.verdict])
