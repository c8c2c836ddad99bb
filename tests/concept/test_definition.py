"""Reading the definition of a concept strictly."""

from decimal import Decimal
from pathlib import Path

import pytest

from concept.sample import GOOD, definition, write
from hkconcept.concept import load_definition, packaged_definitions
from hkconcept.errors import NotAvailableError, SourceError
from hkconcept.model import Moment, StockCode


def test_a_good_file_is_read(tmp_path: Path) -> None:
    found = definition(tmp_path)
    first, second = found.versions
    (fact,) = found.facts[StockCode("02359")]
    assert (found.concept, found.name_zh, str(found.unknown_before)) == ("sample", "样本", "2025-01-01")
    assert [rule.role for rule in first.roles] == ["cxo", "innovator"]
    assert first.roles[1].criteria[0].where == (("link", ("holder", "parent")),)
    assert (first.roles[1].criteria[0].at_least, first.roles[1].criteria[1].within_years) == (2, 2)
    assert [rule.kind for rule in first.market] == ["boards", "forbid"]
    assert [rule.role for rule in second.roles] == ["innovator"]
    assert found.exposure[2].weight == Decimal("-0.2")
    # A month counts as known at its end, and says that it was a month.
    assert (str(fact.known_at), fact.known_at.precision, fact.known_at.printed) == ("2020-03-31", "day", "2020-03")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('- code: "02359"', "- code: 02359", r"the stock code 02359 is not quoted; write it like \"01276\""),
        ('- code: "02359"', '- code: "2359"', "stock code '2359' is not five ASCII digits"),
        ("        source: https://example.org/1\n", "", "'source' is missing; add it"),
        ("source: https://example.org/1", "source: ", "a text is missing here"),
        ("status: press\n", "status: seen\n", "'seen' is none of official, press, recalled"),
        ('known_at: "2020-03"', 'known_at: "March 2020"', "'March 2020' is not a date"),
        ("at_least: 2", "at_least: two", "'two' is not a whole number of at least 1"),
        ("at_least: 2", "atleast: 2", "unknown key 'atleast'; did you mean at_least\\? allowed are facts, wh"),
        ('unknown_before: "2025-01-01"\n', "", "'unknown_before' is missing"),
        ('effective: "2025-07-01"', 'effective: "2025-07"', "2025-07 is not a day"),
        ('effective: "2025-07-01"', 'effective: "2024-07-01"', "not in the order of their effective days"),
        ("role: cxo\n", "role: innovator\n", "a role is given twice"),
        ("name: {en: Sample, zh: 样本}", "name: Sample", "the keys en, zh are expected here"),
        ("name: {en: Sample, zh: 样本}", "name: {en: Sample", "sample.yml: not YAML"),
        ("measure: count", "measure: mean", "'mean' is neither count nor sum:ATTRIBUTE"),
        ('full_at: "2"', 'full_at: "0"', "full_at must be above zero"),
        ('weight: "0.5"', 'weight: "NaN"', "'NaN' is not a number"),
        ("if_unknown: keep", "if_unknown: guess", "'guess' is none of keep, drop"),
        ("boards: [main]", "boardz: [main]", "unknown key 'boardz'"),
        ("name: {en: Sample, zh: 样本}\ndescription: {en: A sample., zh: 样本。}",
         "name: &same {en: Sample, zh: 样本}\ndescription: *same", "anchors and aliases are not read"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(SourceError, match=message) as refusal:
        load_definition(write(tmp_path, GOOD.replace(old, new, 1)))
    assert refusal.value.where.startswith("sample.yml")


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match="the file is empty"):
        load_definition(write(tmp_path, text))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "binary.yml"
    path.write_bytes(b"\x00\xff\xfe\x01")
    with pytest.raises(SourceError, match=r"binary.yml: not YAML"):
        load_definition(path)


def test_an_unknown_name_lists_what_is_packaged() -> None:
    with pytest.raises(NotAvailableError, match="no such concept; packaged concepts: cn-commercial-catalogue, cn-cxo"):
        load_definition("cn-solar")


@pytest.mark.parametrize("name", packaged_definitions())
def test_packaged_definitions_read_and_speak_both_languages(name: str) -> None:
    found = load_definition(name)
    assert found.concept == name
    for text in (found.name_zh, found.coverage_zh, *(rule.zh for rule in found.versions[-1].roles)):
        assert any("\u4e00" <= char <= "\u9fff" for char in text)
    for facts in found.facts.values():
        for fact in facts:
            assert fact.fact_en.isascii()
            assert fact.known_at.known_by >= Moment.parse("2000-01-01").known_by
