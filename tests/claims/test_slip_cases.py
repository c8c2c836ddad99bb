"""Right texts stand and one slip of the pen is found, whatever the order of the words; other numbers are let be."""

import json
from pathlib import Path

import pytest

from claims.test_worked_cases import checks_of
from hkconcept.model import Verdict

CASES = [
    json.loads(line) for line in Path(__file__).with_name("slip_cases.jsonl").read_text(encoding="utf-8").splitlines()
]


def refuted(text: str, language: str) -> list[str]:
    checks = checks_of(text, language)  # type: ignore[arg-type] # a language of the file
    return [check.formula for check in checks if check.verdict is Verdict.INCONSISTENT]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_slip_is_found_and_the_right_text_stands(case: dict[str, str]) -> None:
    assert refuted(case["text"], case["language"]) == []
    assert refuted(case["text"].replace(case["old"], case["new"], 1), case["language"]) != []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # a share of another whole than the one that is printed
        ("zh-Hans", "可购回的股份总数为4,000万股，已购回200万股，占已发行股份的0.52%。"),
        # a rate whose own values are not the nearest
        ("zh-Hans", "股价早盘跌近30%，最低报12港元，较20港元的发行价跌幅达40%。"),
        ("en", "Revenue rose from RMB3.0 billion to RMB3.6 billion, while costs grew by only 7% to RMB2.1 billion."),
        ("zh-Hans", "毛利由6亿元增至9亿元，毛利率由50%升至54%。"),
        # the turnover of a day beside what a buyback cost
        ("zh-Hans", "以每股8.10港元至8.30港元回购100万股，涉资820万港元。收市价8.20港元，全天成交额1.28亿港元。"),
    ],
)
def test_numbers_of_other_things_are_let_be(language: str, text: str) -> None:
    assert refuted(text, language) == []
