"""YAML is read strictly by one reader, whoever asks; a file made to end the process is refused with a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from hkconcept.concept import load_definition
from hkconcept.errors import HkconceptError, NotAvailableError, SourceError
from hkconcept.index import load_methodology
from hkconcept.market import open_folder
from hkconcept.pathway.eligibility import read_criteria, read_profile
from hkconcept.pathway.entries import read_case
from hkconcept.pathway.inspection import read_features
from hkconcept.pathway.rule_files import read_comparators, read_instrument
from hkconcept.readers.strict_yaml import StrictYaml
from hkconcept.registers.imports import load_map
from hkconcept.service.rules import load_rules


def _labelled_folder(path: Path) -> object:
    path.rename(path.parent / "source.yml")
    (path.parent / "1801.HK.csv").write_text("date,close\n2026-01-06,1\n", encoding="utf-8")
    return open_folder(path.parent)


READERS: dict[str, Callable[[Path], object]] = {
    "case": read_case,
    "column map": lambda path: load_map(str(path)),
    "comparators": read_comparators,
    "criteria": read_criteria,
    "definition of a concept": load_definition,
    "inspection": read_features,
    "instrument": read_instrument,
    "label of a folder of prices": _labelled_folder,
    "methodology": lambda path: load_methodology(str(path)),
    "profile": read_profile,
    "rules of the review": load_rules,
}
HOSTILE = {
    "deep in brackets": ("[" * 900_000, "is nested more than 20 deep"),
    "deep in braces": ("{a: " * 200_000, "is nested more than 20 deep"),
    "deep in dashes": ("- " * 400_000, "is nested more than 20 deep"),
    "too large": ("#" * 1_000_001, "has more than 1000000 bytes"),
    "a name of its own": ("a: &x [*x, *x]", ""),
    "a tag": ("!!python/object/apply:os.system [true]", ""),
    "no YAML": ("a: [", "not YAML: "),
    "nothing": ("", "is empty; write its keys into it"),
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("reader", READERS)
def test_every_reader_of_yaml_refuses_with_a_sentence(tmp_path: Path, reader: str, kind: str) -> None:
    text, sentence = HOSTILE[kind]
    path = tmp_path / "given.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        READERS[reader](path)
    assert sentence in str(caught.value)
    assert len(str(caught.value)) < 800
    assert ".yml" in caught.value.where


@pytest.mark.parametrize("reader", [name for name in READERS if name != "label of a folder of prices"])
def test_a_missing_file_is_named(tmp_path: Path, reader: str) -> None:
    with pytest.raises(HkconceptError) as caught:
        READERS[reader](tmp_path / "none.yml")
    assert "none.yml" in str(caught.value)


def test_nothing_else_knows_yaml() -> None:
    source = Path(__file__).parents[2] / "src" / "hkconcept"
    found = [path.stem for path in source.rglob("*.py") if re.search("(?m)^ *(import|from) yaml", path.read_text())]
    assert found == ["strict_yaml"]


def _scalar(text: str) -> tuple[StrictYaml, object]:
    return StrictYaml.parse(text.encode(), "given.yml")


@pytest.mark.parametrize(
    ("text", "method", "value"),
    [
        ("01276", "text", "01276"),
        ("yes", "text", "yes"),
        ("'02269'", "code", "02269"),
        ("2026-01-07", "day", "2026-01-07"),
        ("2026-Q1", "date", "2026-Q1"),
        ("0.10", "decimal", "0.10"),
        ("007", "whole", "7"),
        ("true", "flag", "True"),
        ("press", "status", "press"),
    ],
)
def test_values_are_what_is_written(text: str, method: str, value: str) -> None:
    reader, node = _scalar(text)
    assert str(getattr(reader, method)(node)) == value


@pytest.mark.parametrize(
    ("text", "method", "sentence"),
    [
        ("01276", "code", 'the stock code 01276 is not quoted; write it like "01276".'),
        ("'1276'", "code", "stock code '1276' is not five ASCII digits"),
        ("2026-01", "day", "2026-01 is not a day; write it like 2026-01-07."),
        ("20260107", "day", "'20260107' is not a date; write it like 2026-01-07."),
        ("2026-02-30", "day", "'2026-02-30' is not a date; write it like 2026-01-07."),
        ("1e999999999", "decimal", "'1e999999999' is not a number; write it like 0.25."),
        ("１", "decimal", "'１' is not a number; write it like 0.25."),
        ("-1", "whole", "'-1' is not a whole number of at least 0."),
        ("99999999", "whole", "'99999999' is not a whole number of at least 0."),
        ("yes", "flag", "'yes' is none of true, false."),
        ("seen", "status", "'seen' is none of official, press, recalled."),
        ("[]", "items", "a list with at least one entry is expected here."),
        ("x", "items", "a list with at least one entry is expected here."),
        ("[x]", "free_mapping", "a mapping is expected here."),
        ("{[x]: y}", "free_mapping", "a text is missing here; write one."),
        ("{x: 1, x: 2}", "free_mapping", "key 'x' is given twice."),
    ],
)
def test_a_wrong_value_is_refused_with_file_and_line(text: str, method: str, sentence: str) -> None:
    reader, node = _scalar(f"\n{text}")
    with pytest.raises(SourceError) as caught:
        getattr(reader, method)(node)
    assert str(caught.value).startswith("given.yml line 2: ")
    assert sentence in str(caught.value)


def test_an_alias_is_refused() -> None:
    reader, root = StrictYaml.parse(b"a: &x [1]\nb: *x\n", "given.yml")
    found = reader.free_mapping(root)
    assert reader.texts(found["a"]) == ("1",)
    with pytest.raises(SourceError, match=r"given\.yml line 1: anchors and aliases are not read; write the entry out"):
        reader.texts(found["b"])


def test_what_is_no_file_is_never_waited_for(tmp_path: Path) -> None:
    with pytest.raises(NotAvailableError, match="there is no such file; give the path of a YAML or JSON file"):
        StrictYaml.open(tmp_path)
