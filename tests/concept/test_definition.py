"""Reading the definition of a concept strictly."""

from pathlib import Path

import pytest

from hkconcept.concept import load_definition
from hkconcept.errors import NotAvailableError, SourceError

GOOD = """\
concept: sample
name: {en: Sample, zh: 样本}
description: {en: A sample., zh: 样本。}
unknown_before: 2025-01-01
coverage: {en: All of it., zh: 全部。}
rules:
  - {role: innovator, en: Develops drugs., zh: 研发新药。}
members:
  - code: "01276"
    role: innovator
    listed: {from: 2025-05-23, status: press, source: somewhere}
    evidence:
      - kind: approval
        known_at: 2025-05
        status: press
        source: https://example.org/1
        fact_en: A drug was approved.
        fact_zh: 一药获批。
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sample.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    definition = load_definition(write(tmp_path, GOOD))
    (member,) = definition.members
    (fact,) = member.evidence
    assert (definition.concept, member.code, member.role) == ("sample", "01276", "innovator")
    # A month counts as known at its end, and says that it was a month.
    assert (str(fact.known_at), fact.known_at.precision, fact.known_at.printed) == ("2025-05-31", "day", "2025-05")
    assert str(definition.first_days[member.code].day) == "2025-05-23"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"01276"', "01276", r"sample.yml line 9: the stock code 01276 is not quoted; write it like \"01276\""),
        ('"01276"', "09926", r"line 9: the stock code 09926 is not quoted"),
        ('"01276"', '"1276"', "line 9: stock code '1276' is not five ASCII digits"),
        ("role: innovator\n    listed", "role: maker\n    listed", "line 10: 'maker' is none of innovator, cxo"),
        ("        source: https://example.org/1\n", "", "line 13: 'source' is missing; add it"),
        ("source: https://example.org/1", "source: ", "line 16: a text is missing here"),
        ("kind: approval", "kind: rumour", "line 13: 'rumour' is none of approval, designation, deal, business"),
        ("status: press\n", "status: seen\n", "line 15: 'seen' is none of official, press, recalled"),
        ("known_at: 2025-05", "known_at: May 2025", "line 14: 'May 2025' is not a date"),
        ("role: innovator\n    listed", "role: innovator\n    weight: 2\n    listed", "line 11: unknown key 'weight'"),
        ("fact_zh:", "fact_en:", "line 18: key 'fact_en' is given twice"),
        ("unknown_before: 2025-01-01\n", "", "'unknown_before' is missing"),
        ("from: 2025-05-23", "from: 2025-05", "line 11: 2025-05 is not a day"),
        ("members:\n", "members: none\nmore:\n", "unknown key 'more'"),
        ("name: {en: Sample, zh: 样本}", "name: Sample", "line 2: the keys en, zh are expected here"),
        ("name: {en: Sample, zh: 样本}", "name: {en: Sample", "sample.yml: not YAML"),
        ("name: {en: Sample, zh: 样本}\ndescription: {en: A sample., zh: 样本。}",
         "name: &same {en: Sample, zh: 样本}\ndescription: *same", "anchors and aliases are not read"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(SourceError, match=message):
        load_definition(write(tmp_path, GOOD.replace(old, new, 1)))


def test_a_member_given_twice_is_refused(tmp_path: Path) -> None:
    member = GOOD[GOOD.index('  - code: "01276"') :]
    with pytest.raises(SourceError, match="01276 is a member twice; merge the two entries"):
        load_definition(write(tmp_path, GOOD + member))


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match="the file is empty; define a concept in it"):
        load_definition(write(tmp_path, text))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "binary.yml"
    path.write_bytes(b"\x00\xff\xfe\x01")
    with pytest.raises(SourceError, match=r"binary.yml: not YAML"):
        load_definition(path)


def test_an_unknown_name_lists_what_is_packaged() -> None:
    with pytest.raises(NotAvailableError, match="no such concept; packaged concepts: cn-innovative-drugs"):
        load_definition("cn-solar")
