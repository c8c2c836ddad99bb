"""The packaged lexicon is whole, and no condition of it can run away."""

from __future__ import annotations

import re

import pytest

from hkconcept.events.frames import FAMILIES, VOCABULARY
from hkconcept.events.lexicon import Rule, agencies, agency_forms, pattern, rules
from hkconcept.text import fold

RULES = [*rules(english=False), *rules(english=True)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.type)
def test_conditions_are_folded_linear_and_never_empty(rule: Rule) -> None:
    assert all(word and word == fold(word) for word in rule.words)
    for condition in filter(None, (rule.needs, rule.bars)):
        pattern(condition)
        # A repeated group that holds a repetition is what runs away.
        assert not re.search(r"[+*}]\)(?:[+*]|\{)", condition)
        assert "||" not in condition
        assert not condition.endswith("|")
        assert pattern(condition).search("") is None, "the condition holds for any text"


def test_every_family_has_types_and_every_type_a_family() -> None:
    assert set(FAMILIES) == set(VOCABULARY)
    assert {rule.type for rule in RULES} <= set(VOCABULARY)


def test_agencies_are_folded_and_the_specific_comes_first() -> None:
    assert all(form == fold(form) for agency in agencies() for form in agency.forms)
    _, first = agency_forms(fold("國家藥監局藥審中心"))[0]
    assert first.name == "CDE"
