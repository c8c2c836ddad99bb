"""A news column against a concept: who is named on weak evidence, and who has strong evidence and is not named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hkconcept.concept.definition import Definition
from hkconcept.concept.exposure import strength
from hkconcept.concept.judgement import Judged
from hkconcept.model import StockCode

__all__ = ["Comparison", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a list of named securities and a concept agree, each group by code.

    ``supported`` are named members with moderate or strong evidence; ``weak`` are named members whose evidence is
    weak; ``outside`` are named and no members (their judgement says why); ``unjudged`` are named and not in the
    concept's universe; ``strong_unnamed`` are members with strong evidence that the list leaves out.
    """

    supported: tuple[Judged, ...]
    weak: tuple[Judged, ...]
    outside: tuple[Judged, ...]
    unjudged: tuple[StockCode, ...]
    strong_unnamed: tuple[Judged, ...]


def compare(definition: Definition, found: Sequence[Judged], named: Iterable[StockCode]) -> Comparison:
    """Sort named securities by the evidence that a concept holds for them, as of the moment they were judged."""
    codes = set(named)
    by_code = {judged.code: judged for judged in found}
    members = [judged for judged in found if judged.role is not None]
    listed = [by_code[code] for code in sorted(codes) if code in by_code]
    grades = {judged.code: strength(definition, judged.evidence) for judged in members}
    return Comparison(
        supported=tuple(j for j in listed if grades.get(j.code) in {"moderate", "strong"}),
        weak=tuple(j for j in listed if grades.get(j.code) == "weak"),
        outside=tuple(j for j in listed if j.role is None),
        unjudged=tuple(sorted(codes - by_code.keys())),
        strong_unnamed=tuple(j for j in members if j.code not in codes and grades[j.code] == "strong"),
    )
