"""Numbers without a noun: the 64 of "82 medicines, up from 64", the 29 of "added 114 drugs and removed 29".

They are no figures of their own, since only the wording of a relation says what they count. A relation that needs
one takes it as an operand without an id.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from hkconcept.claims.passage import Passage, read_passage
from hkconcept.model import DateMention, Figure, Quantity, Quote, Span
from hkconcept.text.lazily import lazily

__all__ = ["with_bare_numbers"]

# A whole number that is no part of a code, a date, a version or a longer numeral.
_BARE: Final = lazily(
    r"(?:(?<![\w.,$€£¥/:+#-])|(?<=[约由从至到较]))(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,5})(?:(?=[席票床院增升降减跌至到])|(?![\w%号、]|[.,:/-]\d|(?:st|nd|rd|th)\b|\s?(?:mg|kg|ml|nm|mm|cm)\b))"
)
_WORDS: Final = {
    word: value
    for value, word in enumerate(
        (
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ),
        2,
    )
}
_LATIN: Final = lazily(r"[a-z]{3} ")
_WORD: Final = lazily(rf"\b(?:{'|'.join(_WORDS)})\b(?!-| (?:thirds|quarters|fifths|in (?:three|four|five))\b)")
# What makes a number a name: phase 3, round 11, page 4, Order 27, H1.
_NAMED: Final = lazily(
    r"(?:\b(?:phase|stage|round|batch|class|category|type|part|chapter|page|no\.?|number|order|article|section|week|day|"
    r"grade|line|version|series|tier|top|(?:one|two|three) in|"
    r"january|february|march|april|may|june|july|august|september|october|"
    r"november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s*|第)$"
)
# A rate of exchange: the 1.10 of "at an exchange rate of 1.10".
_RATE: Final = lazily(
    r"(?:\brate of|\brate:|汇率(?:为|按|约|是|以)?|中间价(?:为|约)?)\s?(\d{1,3}\.\d{1,5})(?![\w%.])(?! ?(?:per|%))"
)
# Where an index stands: "lost 102.2 points to 27,934.02".
_LEVEL: Final = lazily(r"(?:\b(?:to|at)|报|收于)\s?(\d{1,3}(?:,\d{3})*\.\d{1,2})(?![\w%.,]\d|[\w%])")
_POINT: Final = lazily(r"\b(half an?|one|an?|a full|one full) (?:percentage )?point\b|(半|一)个百分点")
_HALF_POINT: Final = Quantity(Decimal("0.5"), "percentage points", step=Decimal("0.2"))
_ONE_POINT: Final = Quantity(Decimal(1), "percentage points", step=Decimal("0.2"))
_FRACTION: Final = lazily(r"[ -](?:thirds|quarters|fifths|in (?:three|four|five))\b")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_FEW_WON: Final = 100_000  # "272 won" after a count of bidders is a verb; a sum of won is printed in millions


def with_bare_numbers(passage: Passage, text: str, figures: Sequence[Figure], dates: Sequence[DateMention]) -> Passage:
    """Return a passage whose figures include the bare numbers, as counts with an empty id.

    Parameters
    ----------
    passage
        Gives the folded text.
    text
        The text as printed.
    figures
        Its figures.
    dates
        Its dates, whose digits are no numbers.

    """
    kept = list(figures)
    if _LATIN.search(passage.text):
        kept = [
            _verb_not_won(figure, text)
            for figure in figures
            if not (figure.quantity.unit == "count" and _FRACTION.match(passage.text, figure.quote.span.end))
        ]
    taken = sorted({figure.quote.span for figure in kept} | {date.span for date in dates})
    found = [
        Figure("", Quote.cut(text, span), quantity)
        for span, quantity in _numbers(passage.text)
        if not _covered(span, taken)
    ]
    return read_passage(text, [*kept, *found]) if found or kept != list(figures) else passage


def _verb_not_won(figure: Figure, text: str) -> Figure:
    quantity = figure.quantity
    if quantity.unit != "KRW" or quantity.value >= _FEW_WON or not figure.quote.exact.endswith("won"):
        return figure
    start, end = figure.quote.span
    span = Span(start, end - len("won") - (1 if figure.quote.exact.endswith(" won") else 0))
    return Figure(figure.id, Quote.cut(text, span), Quantity(quantity.value, "count", quantity.relation))


def _numbers(folded: str) -> Iterator[tuple[Span, Quantity]]:
    for found in _RATE.finditer(folded) if "rate" in folded or "汇率" in folded or "中间价" in folded else ():
        rate = Decimal(found.group(1))
        yield Span(*found.span(1)), Quantity(rate, "count", step=Decimal(1).scaleb(int(rate.as_tuple().exponent)))
    for found in _LEVEL.finditer(folded) if "points" in folded or "点" in folded else ():
        printed = found.group(1)
        step = Decimal(1).scaleb(-len(printed.partition(".")[2]))
        yield Span(*found.span(1)), Quantity(Decimal(printed.replace(",", "")), "count", step=step)
    for found in _POINT.finditer(folded) if "point" in folded or "百分点" in folded else ():
        half = (found.group(1) or found.group(2)).startswith(("half", "半"))
        yield Span(*found.span()), _HALF_POINT if half else _ONE_POINT
    for found in _BARE.finditer(folded):
        printed = found.group()
        alone = folded[found.start() - 1 : found.start()] == "(" and folded[found.end() : found.end() + 1] == ")"
        if alone or _YEAR.fullmatch(printed) or _NAMED.search(folded, max(0, found.start() - 12), found.start()):
            continue
        yield Span(*found.span()), Quantity(Decimal(printed.replace(",", "")), "count")
    for found in _WORD.finditer(folded) if _LATIN.search(folded) else ():
        if not _NAMED.search(folded, max(0, found.start() - 12), found.start()):
            yield Span(*found.span()), Quantity(Decimal(_WORDS[found.group()]), "count")


def _covered(span: Span, taken: Sequence[Span]) -> bool:
    at = bisect_left(taken, (span.end, 0))
    return any(other.start < span.end and span.start < other.end for other in taken[max(0, at - 3) : at])
