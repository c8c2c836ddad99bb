"""Count how many expected results of two public recognisers the general recognisers reproduce.

The expectations (Microsoft Recognizers-Text, JioNLP) are not part of this project; they are read from
``../shared/corpus`` (or the folder given) when they are there. A case passes when every expected result is found with
its text and value and nothing else is found; a case that their files mark as unsupported is counted like any other.
Where a convention differs on purpose the case is a miss.

    python benchmarks/recognizers.py [--corpus DIR] [--errors]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from hkconcept.model import Relation
from hkconcept.text import find_currencies, find_date_expressions, find_numbers, find_percentages
from hkconcept.text.amounts import Amount
from hkconcept.text.fold import fold, fold_prose

ROOT = Path(__file__).resolve().parents[1]
Case = dict[str, Any]
# A result as compared: the printed text, folded, and its value with its unit.
Result = tuple[str, str]
# The expected values are printed with fifteen digits, of which binary arithmetic spoiled the last two (1.1^23).
DIGITS = 13
# Stands for "no such date" in the expected results.
NO_DATE = "0001-01-01"
# Names of units in the expected results, with our code and what one is worth in it.
UNITS = {
    "Chinese yuan": ("CNY", "1"), "United States dollar": ("USD", "1"), "Dollar": ("USD", "1"), "Euro": ("EUR", "1"),
    "New Taiwan dollar": ("TWD", "1"), "Japanese yen": ("JPY", "1"), "Canadian dollar": ("CAD", "1"),
    "Australian dollar": ("AUD", "1"), "Pound": ("GBP", "1"), "British pound": ("GBP", "1"), "Pence": ("GBP", "0.01"),
    "Cent": ("USD", "0.01"), "Franc": ("CHF", "1"), "Mexican peso": ("MXN", "1"), "Turkish lira": ("TRY", "1"),
    "Rupee": ("INR", "1"), "Costa Rican colón": ("CRC", "1"), "Lao kip": ("LAK", "1"), "Sen": ("JPY", "0.01"),
    "Bitcoin": ("XBT", "1"), "Satoshi": ("XBT", "0.00000001"),
}  # fmt: skip
CHINESE_UNITS = {
    "元": "CNY", "美元": "USD", "新台币": "TWD", "泰铢": "THB", "港元": "HKD", "欧元": "EUR", "澳元": "AUD",
}  # fmt: skip
DEFINITIONS = {
    "accurate": {Relation.EXACT},
    "blur": {Relation.ABOUT, Relation.RANGE},
    "blur+": {Relation.OVER, Relation.AT_LEAST},
    "blur-": {Relation.UP_TO, Relation.LESS_THAN, Relation.ALMOST},
}


def number(value: Decimal | str | None) -> str:
    """Return a value with the precision of the expected results; ``None`` is a unit without a number."""
    return "-" if value is None else f"{Decimal(value):.{DIGITS - 1}E}"


def found(amounts: Sequence[Amount], text: str, *, units: bool = False) -> list[Result]:
    """Return amounts in the form of comparison."""
    return [
        (fold_prose(text[slice(*amount.span)]), number(amount.value) + (f" {amount.unit}" if units else ""))
        for amount in amounts
    ]


def expected(case: Case, value: Callable[[dict[str, Any]], str]) -> list[Result]:
    """Return the expected results of a case in the form of comparison."""
    return [(fold_prose(result["Text"]), value(result.get("Resolution") or {})) for result in case["Results"]]


def plain(resolution: dict[str, Any]) -> str:
    """Return the expected value of a number or a percentage."""
    printed = resolution.get("value")
    return number(None if printed in (None, "null") else str(printed).rstrip("%"))


def money(resolution: dict[str, Any]) -> str:
    """Return the expected value of an amount of money, in whole units of its currency."""
    code, factor = UNITS.get(resolution.get("unit", ""), ("?", "1"))
    value = resolution.get("value")
    return f"{number(None if value is None else Decimal(value) * Decimal(factor))} {code}"


def compare(case: Case, got: list[Result], want: list[Result]) -> str:
    """Return an empty text for a pass, else what differs; a case without resolution is compared by its text."""
    if case.get("IgnoreResolution"):
        got, want = [(text, "") for text, _ in got], [(text, "") for text, _ in want]
    return "" if got == want else f"{case['Input']!r}\n      found    {got}\n      expected {want}"


def numbers(case: Case, *, fractions: bool = True) -> str:
    """Compare the numbers of a case."""
    return compare(case, found(find_numbers(case["Input"], fractions=fractions), case["Input"]), expected(case, plain))


def percentages(case: Case, *, shares: bool = False) -> str:
    """Compare the percentages of a case."""
    return compare(case, found(find_percentages(case["Input"], shares=shares), case["Input"]), expected(case, plain))


def currencies(case: Case) -> str:
    """Compare the amounts of money of a case."""
    text = case["Input"]
    return compare(case, found(find_currencies(text, names=True), text, units=True), expected(case, money))


def dates(case: Case, *, day_first: bool) -> str:
    """Compare the dates of a case; a date that the text leaves open has two readings, and ours is to be one of them."""
    text = case["Input"]
    anchor = dt.datetime.fromisoformat(case["Context"]["ReferenceDateTime"]).date()
    got = [
        (fold(text[slice(*mention.span)]), str(mention.value) if mention.value else "-")
        for mention in find_date_expressions(text, anchor, day_first=day_first)
    ]
    want = []
    for at, entry in enumerate(case["Results"]):
        days = {entry["Value"][side]["date"] for side in ("FutureResolution", "PastResolution")}
        readings = {"-" if day == NO_DATE else day for day in days}
        ours = got[at][1] if at < len(got) else ""
        want.append((fold(entry["Text"]), ours if ours in readings else min(readings)))
    return compare(case, got, want)


def jionlp_money(case: Case) -> str:
    """Compare value, currency and bound of one amount; a bare number is money here."""
    printed, want = case["case"]
    amounts = find_currencies(printed, assume="CNY")
    values = want["num"] if isinstance(want["num"], list) else [want["num"]]
    if len(amounts) == 1:
        amount = amounts[0]
        got = [value for value in (amount.value, amount.upper) if value is not None]
        same = got == [Decimal(value) for value in values] and amount.unit == CHINESE_UNITS[want["case"]]
        if same and amount.relation in DEFINITIONS[want["definition"]]:
            return ""
    return f"{printed!r}\n      found    {amounts}\n      expected {want}"


def jionlp_found(case: Case) -> str:
    """Compare the spans of the amounts of a sentence."""
    text, want = case["case"]
    spans = [(amount.span.start, amount.span.end) for amount in find_currencies(text)]
    return "" if spans == [tuple(entry["offset"]) for entry in want] else f"{text!r}\n      found    {spans}"


MODELS: tuple[tuple[str, str, Callable[[Case], str]], ...] = (
    ("zh Number", "recognizers/Chinese/Number_NumberModel.json", numbers),
    ("en Number", "recognizers/English/Number_NumberModel.json", numbers),
    (
        "en Number (percent mode)",
        "recognizers/English/Number_NumberModelPercentMode.json",
        lambda case: numbers(case, fractions=False),
    ),
    ("zh Percentage", "recognizers/Chinese/Number_PercentModel.json", percentages),
    ("en Percentage", "recognizers/English/Number_PercentModel.json", percentages),
    (
        "en Percentage (percent mode)",
        "recognizers/English/Number_PercentModelPercentMode.json",
        lambda case: percentages(case, shares=True),
    ),
    ("zh Currency", "recognizers/Chinese/NumberWithUnit_CurrencyModel.json", currencies),
    ("en Currency", "recognizers/English/NumberWithUnit_CurrencyModel.json", currencies),
    ("zh Date", "recognizers/Chinese/DateTime_DateParser.json", lambda case: dates(case, day_first=True)),
    ("en Date", "recognizers/English/DateTime_DateParser.json", lambda case: dates(case, day_first=False)),
    ("jionlp money values", "jionlp/test_money_parser.jsonl", jionlp_money),
    ("jionlp money spans", "jionlp/test_money_extractor.jsonl", jionlp_found),
)


def cases_of(path: Path) -> list[Case]:
    """Read the cases of a file of either kind."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return list(json.loads(text))


def main() -> int:
    """Print passes and cases of every model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    if not (options.corpus / MODELS[0][1]).exists():
        print(f"{options.corpus}: no expected results here; nothing was compared.", file=sys.stderr)
        return 3
    for name, where, check in MODELS:
        cases = cases_of(options.corpus / where)
        misses = [difference for case in cases if (difference := check(case))]
        passed = len(cases) - len(misses)
        print(f"{name:30} {passed:4} of {len(cases):4}  {passed / len(cases):6.1%}")
        if options.errors:
            for difference in misses:
                print(f"   {difference}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
