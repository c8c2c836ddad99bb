"""The note's section on what an instrument changes: limits before and after, and the Hong Kong companies it may touch.

The limits and the drugs come from the pathway; here they become values with numbered sources, capped so that the
section stays short. Whatever is cut off is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from hkconcept.model import Listing, Moment, StockCode
from hkconcept.note.bilingual import Bilingual
from hkconcept.note.citations import Citations
from hkconcept.note.sections import Changes, LimitLine, TouchedCompany
from hkconcept.pathway.changes import LimitChange, Touched, WhatChanges
from hkconcept.pathway.rules import Limit, RuleBook, Text

__all__ = ["Changes", "HeldChanges", "LimitLine", "TouchedCompany", "changes_of"]

_LIMITS, _COMPANIES, _DRUGS = 4, 6, 2
_ARTICLES_ZH: Final = {
    " (number inferred)": "（条号为推断）",
    "explanation": "政策解读",
    "procedure": "程序",
    "plan": "方案",
    "channel": "通道",
    "not seen": "未见原文",
}
_UNITS: Final = {
    "working day": Bilingual("个工作日", "working days"),
    "working day before": Bilingual("个工作日（届满前）", "working days before the deadline"),
    "of limit": Bilingual("（原时限）", "of the limit"),
    "calendar day": Bilingual("天", "days"),
    "day": Bilingual("天", "days"),
    "week": Bilingual("周", "weeks"),
    "month": Bilingual("个月", "months"),
    "year": Bilingual("年", "years"),
}


@dataclass(frozen=True, slots=True)
class HeldChanges:
    """What a note is given: an instrument's changes with the rules they are set against, and the drugs touched.

    ``drugs`` are touched or may be, out of so many ``designations`` held; ``facts`` are the facts of a drug in words.
    """

    found: WhatChanges
    book: RuleBook
    drugs: tuple[Touched, ...]
    designations: int
    facts: Mapping[str, Text]


def changes_of(
    held: HeldChanges,
    *,
    named: Collection[StockCode],
    listings: Mapping[StockCode, Listing],
    citations: Citations,
    as_of: Moment,
) -> Changes:
    """Return the section for one instrument.

    Parameters
    ----------
    held
        What it changes, and the drugs that it touches or may touch.
    named
        The securities that the document names; they come first.
    listings, as_of
        For the names of the companies at that moment.
    citations
        Numbers the sources.

    """
    found, drugs = held.found, held.drugs
    first = sorted(found.limits, key=lambda change: change.difference is None)
    by_code: dict[StockCode, list[Touched]] = {}
    for one in drugs:
        if one.code:
            by_code.setdefault(StockCode(one.code), []).append(one)
    ordered = sorted(by_code, key=lambda code: (code not in named, -len(by_code[code]), code))
    companies = [
        _company(
            code,
            by_code[code],
            named=code in named,
            listings=listings,
            citations=citations,
            as_of=as_of,
        )
        for code in ordered
    ]
    missing = dict.fromkeys(fact for one in drugs for fact in one.missing)
    return Changes(
        found.instrument.id,
        _both(found.instrument.number),
        tuple(_line(change, held.book, citations) for change in first[:_LIMITS]),
        max(0, len(first) - _LIMITS),
        len(found.provisions),
        tuple(_both(remark) for remark in found.remarks),
        held.designations,
        len({one.drug for one in drugs}),
        len({one.drug for one in drugs if one.verdict == "touched"}),
        len(companies),
        sum(company.named for company in companies),
        tuple(companies[:_COMPANIES]),
        tuple(_both(held.facts[fact]) for fact in missing if fact in held.facts),
        f"hkconcept clock changes {found.instrument.id}",
    )


def _line(change: LimitChange, book: RuleBook, citations: Citations) -> LimitLine:
    after, before = change.after, change.before
    return LimitLine(
        after.id,
        _both(after.what, stop=True),
        None if before is None else str(before.limit),
        Bilingual("", "") if before is None else _unit(before),
        str(after.limit),
        _unit(after),
        change.difference,
        _article(after),
        _before(before, book),
        change.status,
        citations.cite([after.source, *([before.source] if before else [])]),
    )


def _unit(limit: Limit) -> Bilingual:
    return _UNITS.get(limit.unit, Bilingual(limit.unit, limit.unit))


def _before(before: Limit | None, book: RuleBook) -> Bilingual:
    if before is None:
        return Bilingual("", "")
    number, article = book.instrument(before.instrument).number, _article(before)
    numbered = before.article[:1].isdigit()
    return Bilingual(
        f"{number.zh}第{article.zh}条" if numbered else f"{number.zh}，{article.zh}",
        f"{number.en}, {'art. ' if numbered else ''}{article.en}",
    )


def _article(limit: Limit) -> Bilingual:
    zh = limit.article
    for en, told in _ARTICLES_ZH.items():
        zh = zh.replace(en, told)
    return Bilingual(zh, limit.article)


def _company(  # noqa: PLR0913 - the facts of one row
    code: StockCode,
    found: Iterable[Touched],
    *,
    named: bool,
    listings: Mapping[StockCode, Listing],
    citations: Citations,
    as_of: Moment,
) -> TouchedCompany:
    by_drug = {one.drug: one for one in reversed(list(found))}
    shown = list(reversed(by_drug.values()))
    listing, day = listings.get(code), as_of.day
    name = Bilingual(listing.name("zh-Hans", day), listing.name("en", day)) if listing else Bilingual(code, code)
    return TouchedCompany(
        code,
        name,
        named,
        tuple(one.drug for one in shown[:_DRUGS]),
        max(0, len(shown) - _DRUGS),
        citations.cite([one.source for one in shown[:_DRUGS]]),
    )


def _both(text: Text, *, stop: bool = False) -> Bilingual:
    return Bilingual(text.zh.rstrip("。"), text.en.rstrip(".")) if stop else Bilingual(text.zh, text.en)
