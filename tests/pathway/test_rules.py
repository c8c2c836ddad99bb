"""The rule files: complete, sourced, and read strictly."""

import csv
import datetime as dt
import re
from fractions import Fraction
from pathlib import Path

import pytest

from hkconcept.errors import HkconceptError, NotAvailableError, SourceError
from hkconcept.pathway.rule_files import load_rules, packaged_rules, read_instrument
from hkconcept.pathway.rules import Comparator, Limit, Provision

BOOK = packaged_rules()
LAW_TEXTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "law_texts"

WORDS = """\
instrument: test-1
number: {en: "No. 1", zh: "第1号"}
title: {en: Test, zh: 测试}
public: 2026-01-01
in_force_from: 2026-01-07
source: "https://example.org"
status: official
limits:
  - id: T-1
    article: "1"
    step: review
    application: marketing
    channel: priority
    limit: "130"
    unit: working day
    starts: acceptance
    en: Review.
    zh: 审评。
    source: "https://example.org"
    status: official
"""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("asked", "limit", "rule"),
    [
        ("review marketing standard 2020-07-01", 200, "DRR-96-2a"),
        ("review marketing priority 2026-11-25", 130, "DRR-96-2b"),
        ("review marketing priority_rare_overseas 2026-11-25", 70, "DRR-96-2c"),
        ("review trial standard 2025-01-02", 60, "DRR-96-1"),
        ("review trial trial_30_pilot 2025-01-02", 30, "P2024-1"),
        ("review trial trial_30 2025-09-12", 30, "A86-1"),
        ("review supplementary standard 2025-01-02", 60, "DRR-96-4a"),
        ("review supplementary_combined standard 2025-01-02", 80, "DRR-96-4b"),
        ("review supplementary_data standard 2025-01-02", 200, "DRR-96-4c"),
        ("review generic_name standard 2025-01-02", 30, "DRR-96-5"),
        ("review re_registration standard 2025-01-02", 120, "DRR-99"),
        ("formal_check trial trial_30 2025-10-09", 5, "DRR-95"),
        ("testing_sample marketing priority 2026-01-07", 60, "DRR-98-1"),
        ("testing_sample marketing priority_rare_overseas 2026-01-06", 60, "DRR-98-1"),
        ("testing_sample marketing priority_rare_overseas 2026-01-07", 40, "A3-3"),
        ("testing_standard marketing priority_rare_overseas 2026-01-07", 70, "A3-4"),
        ("testing_standard marketing standard 2026-01-07", 90, "DRR-98-2"),
        ("letter_answer marketing standard 2026-01-07", 80, "DRR-87-1"),
        ("letter_extension marketing standard 2026-01-07", Fraction(1, 3), "DRR-87-2"),
        ("letter_extension marketing priority_rare_overseas 2026-01-07", Fraction(1, 4), "DRR-87-3"),
        ("decision marketing priority 2026-01-07", 20, "DRR-100"),
        ("decision marketing overseas_list_rare 2019-01-07", 10, "A79-4"),
        ("review marketing overseas_list_other 2019-01-07", 6, "A79-3"),
    ],
)
def test_the_rule_of_a_day(asked: str, limit: Fraction | int, rule: str) -> None:
    step, application, channel, on = asked.split()
    found = BOOK.limit(step, application, channel, day(on))
    assert found.limit == limit
    assert found.id == rule


def test_every_row_has_a_source_a_status_and_both_languages() -> None:
    rows: list[Limit | Provision | Comparator] = [*BOOK.limits, *BOOK.provisions, *BOOK.comparators]
    assert len(rows) > 75
    for row in rows:
        assert row.source
        assert re.search(r"[\u4e00-\u9fff]", row.what.zh), row
        assert not re.search(r"[\u4e00-\u9fff]", row.what.en), row
    assert {row.id for row in BOOK.limits if row.status == "recalled"} == {"DRR-99", "DRR-100", "DRR-101", "DRR-102"}


@pytest.mark.corpus
def test_every_limit_that_was_collected_is_held() -> None:
    path = LAW_TEXTS / "clock_rules_china.csv"
    if not path.is_file():
        pytest.skip("the private law texts are not here")
    with path.open(encoding="utf-8") as file:
        collected = {row["rule_id"] for row in csv.DictReader(file) if row["limit"]}
    held = {row.id for row in BOOK.limits}
    # P2024-1 stands for the review and P2024-2 for its start of the trial; A3-2 to A3-4 keep their names.
    assert collected <= held
    with (LAW_TEXTS / "clock_comparators.csv").open(encoding="utf-8") as file:
        agencies = {row["agency"] for row in csv.DictReader(file)}
    assert {a for a in agencies if not a.startswith("median")} <= {row.agency for row in BOOK.comparators}


def test_the_strict_reader_takes_a_good_file(tmp_path: Path) -> None:
    (tmp_path / "t.yml").write_text(WORDS, encoding="utf-8")
    book = load_rules(tmp_path)
    assert book.limit("review", "marketing", "priority", day("2026-01-07")).limit == 130
    with pytest.raises(NotAvailableError, match="the nearest is T-1, in force from 2026-01-07"):
        book.limit("review", "marketing", "priority", day("2026-01-06"))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("    source: ", "    sauce: ", "t.yml line 19: unknown key 'sauce'"),
        ('    source: "https://example.org"\n', "", "t.yml line 9: 'source' is missing; add it"),
        ('    source: "https://example.org"\n', "    source:\n", "t.yml line 19: a text is missing here"),
        ('"130"', '"-130"', "t.yml line 14: '-130' is not a positive number"),
        ('"130"', '"1/3"', "t.yml line 14: 1/3 working days is not a whole number"),
        ('"130"', '"１３０"', "t.yml line 14: '１３０' is not a positive number"),
        (
            "status: official\nlimits",
            "status: sure\nlimits",
            "t.yml line 7: 'sure' is none of official, press, recalled",
        ),
        ("step: review", "step: revue", "t.yml line 11: 'revue' is none of"),
        ("unit: working day", "unit: fortnight", "t.yml line 15: 'fortnight' is none of"),
        ("public: 2026-01-01", "public: 01/01/2026", "t.yml line 4: '01/01/2026' is not a date"),
        (
            "    zh: 审评。\n",
            "    zh: 审评。\n    valid_to: 2025-01-01\n",
            "the row ends on 2025-01-01, before it starts",
        ),
        ("    zh: 审评。\n", "    zh: 审评。\n    zh: 审评。\n", "t.yml line 19: key 'zh' is given twice"),
        ("    zh: 审评。\n", "    zh: 审评。\n    stops: [T-9]\n", "T-1 refers to rule T-9, which is not held"),
    ],
)
def test_a_broken_rule_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in WORDS
    (tmp_path / "t.yml").write_text(WORDS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        load_rules(tmp_path)
    assert sentence in str(caught.value)


def test_a_name_that_is_not_used_again_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "t.yml").write_text(WORDS.replace("limits:", "limits: &a", 1), encoding="utf-8")
    assert [row.id for row in load_rules(tmp_path).limits] == ["T-1"]


def test_an_empty_or_huge_or_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no rule file"):
        load_rules(tmp_path)
    (tmp_path / "t.yml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(SourceError, match="more than 1000000 bytes"):
        load_rules(tmp_path)
    with pytest.raises(HkconceptError, match="there is no such file"):
        read_instrument(tmp_path / "none.yml")
