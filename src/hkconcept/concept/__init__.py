"""Concepts: their rules as dated data, who belongs as of a moment and why, and how much of the concept each is."""

from hkconcept.concept.comparison import Comparison, compare
from hkconcept.concept.definition import Definition
from hkconcept.concept.definition_files import load_definition, packaged_definitions
from hkconcept.concept.exposure import Exposure, MarketValue, Part, Sensitivity, exposure, sensitivity, strength
from hkconcept.concept.judgement import Facts, Judged, World, judge
from hkconcept.concept.membership import Change, LeftOut, basket, changes, diff, judgements, left_out
from hkconcept.concept.universe import Universe, first_days, load_universe

__all__ = [
    "Change",
    "Comparison",
    "Definition",
    "Exposure",
    "Facts",
    "Judged",
    "LeftOut",
    "MarketValue",
    "Part",
    "Sensitivity",
    "Universe",
    "World",
    "basket",
    "changes",
    "compare",
    "diff",
    "exposure",
    "first_days",
    "judge",
    "judgements",
    "left_out",
    "load_definition",
    "load_universe",
    "packaged_definitions",
    "sensitivity",
    "strength",
]
