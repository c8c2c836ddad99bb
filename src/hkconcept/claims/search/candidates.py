"""Candidates for what explains a figure, and the verdict on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import islice
from typing import Final, Literal, NamedTuple, TypeAlias

from hkconcept.claims.arithmetic import judge_sum
from hkconcept.claims.findings import Finding
from hkconcept.claims.intervals import Operand
from hkconcept.claims.passage import Passage
from hkconcept.claims.recomputed import Recomputed, operand
from hkconcept.claims.search.slips import mended_by_a_slip
from hkconcept.model import ClaimKind, Relation, Verdict

__all__ = ["Candidate", "Judge", "Outcome", "Rough", "as_slip", "outcome", "rough_growth", "wrong"]

Judge: TypeAlias = Callable[[Sequence[Operand]], Finding]
"""Judges the inputs and, last, the result of a claim."""

Rough: TypeAlias = Callable[[Sequence[float]], float]

_MOST_TRIED: Final = 4
_LEAST, _MOST = 0.5, 2.0
_NEAR: Final = Decimal("0.02")
_ROUNDED: Final = frozenset({"growth", "share", "product"})


class Candidate(NamedTuple):
    """One assignment of figures to a claim: the inputs and the result by position, and how it is judged.

    ``sure`` is whether the words single this assignment out, so that it is wrong even where no slip would mend it;
    ``acquits`` whether it is too far fetched to be wrong, though it explains the figure where it holds. ``rough`` gives
    the result from the values of the inputs, to pass over at once what is far from it.
    """

    kind: ClaimKind
    inputs: tuple[int, ...]
    result: int
    judge: Judge
    sure: bool = False
    acquits: bool = False
    rough: Rough | None = None


class Outcome(NamedTuple):
    """What became of the candidates for one figure: the one that holds, or those that fail, in order."""

    holding: Recomputed | None
    sure: bool
    failing: tuple[Candidate, ...]


def outcome(passage: Passage, candidates: Iterable[Candidate]) -> Outcome:
    """Judge the candidates of one figure; the first that holds explains it."""
    failing: list[Candidate] = []
    for candidate in candidates:
        operands = _operands(passage, candidate)
        if _far(candidate, operands):
            if not candidate.acquits:
                failing.append(candidate)
            continue
        finding = candidate.judge(operands)
        if finding.verdict is Verdict.CONSISTENT:
            found = Recomputed(candidate.kind, candidate.inputs, candidate.result, finding)
            return Outcome(found, candidate.sure, ())
        if finding.verdict is Verdict.INCONSISTENT and not candidate.acquits:
            failing.append(candidate)
    return Outcome(None, False, tuple(failing))


def wrong(passage: Passage, failing: Iterable[Candidate]) -> Recomputed | None:
    """Return the first candidate that is sure, or that a slip mends: it is what the text got wrong."""
    for candidate in islice(failing, _MOST_TRIED):
        operands = _operands(passage, candidate)
        if not (candidate.sure or mended_by_a_slip(operands, candidate.judge, candidate.rough)):
            continue
        finding = candidate.judge(operands)
        if candidate.kind not in _ROUNDED or not _near(finding, operands[-1]):
            return Recomputed(candidate.kind, candidate.inputs, candidate.result, finding)
    return None


def _far(candidate: Candidate, operands: Sequence[Operand]) -> bool:
    """Whether a result is so far from what is stated that no rounding of exact figures makes up for it."""
    if candidate.rough is None or any(one.quantity.relation is not Relation.EXACT for one in operands):
        return False
    *values, stated = (float(one.value) for one in operands)
    return not _LEAST <= candidate.rough(values) / stated <= _MOST if stated > 0 else False


def _near(finding: Finding, stated: Operand) -> bool:
    """Whether a rate or a product is so nearly right that digits which are not printed may make the difference."""
    if finding.computed is None or not stated.value:
        return True
    return abs(finding.computed - stated.value) <= abs(stated.value) * _NEAR


def as_slip(passage: Passage, found: Recomputed) -> Recomputed | None:
    """Return a sum that was left open as wrong, where one slip in one of its figures makes it whole."""
    if found.result is None:
        return None
    candidate = Candidate("sum", found.inputs, found.result, lambda of: judge_sum(of[:-1], of[-1]), rough=sum)
    finding = candidate.judge(_operands(passage, candidate))
    if finding.verdict is not Verdict.INCONSISTENT:
        return None
    return wrong(passage, [candidate])


def rough_growth(values: Sequence[float], *, sign: Literal[-1, 1]) -> float:
    """Return the rate in per cent at which a new value differs from an old one, the way that ``sign`` points."""
    return sign * (values[0] / values[1] - 1) * 100


def _operands(passage: Passage, candidate: Candidate) -> list[Operand]:
    return [operand(passage, index) for index in (*candidate.inputs, candidate.result)]
