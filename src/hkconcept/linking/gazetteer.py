"""Every company listed in Hong Kong, by code and by each form of its name.

The tables are read once per process; :class:`~hkconcept.model.Listing` objects are made only for the
codes that are asked for, and the matcher is compiled on first use.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from hkconcept.linking.forms import USE_ORDER, Entry, Form, Meaning, core, gather
from hkconcept.linking.matcher import Matcher, compile_matcher
from hkconcept.linking.pattern_table import PatternTable
from hkconcept.linking.tables import read_table
from hkconcept.model import Judgement, Language, Listing, Name, StockCode

__all__ = ["Entry", "Form", "Gazetteer", "Meaning", "Row", "core"]


class Row(NamedTuple):
    """One row of the table of listings, as text."""

    code: str
    isin: str
    en: str
    en_use: str
    zh_hans: str
    zh_hant: str
    zh_hant_source: str
    sector: str
    listed_from: str
    listed_from_source: str
    absent_on: str
    absent_source: str
    last_seen: str
    source: str


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _current(form: str, language: Language, source: str, others: Iterable[list[str]]) -> Name:
    """Return the short name of the list of securities, bounded by the dated names of the same language."""
    first: dt.date | None = None
    last: dt.date | None = None
    for _, _, spoken, kind, start, until, _, _ in others:
        if spoken == language and kind == "former" and until:
            first = dt.date.fromisoformat(until) + dt.timedelta(days=1)
        elif spoken == language and kind == "short" and start:
            last = dt.date.fromisoformat(start) - dt.timedelta(days=1)
    return Name(form, language, "short", first, last, source)


def _short_names(row: Row) -> tuple[tuple[str, Language, str], ...]:
    return (
        (row.en, "en", "hkex-list"),
        (row.zh_hans, "zh-Hans", "zh-names"),
        (row.zh_hant, "zh-Hant", row.zh_hant_source),
    )


class _Listings(Mapping[StockCode, Listing]):
    """The listings by code, each made when it is asked for."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __getitem__(self, code: StockCode) -> Listing:
        listing = self._gazetteer.listing(code)
        if listing is None:
            raise KeyError(code)
        return listing

    def __iter__(self) -> Iterator[StockCode]:
        return map(StockCode, self._gazetteer.codes)

    def __len__(self) -> int:
        return len(self._gazetteer.codes)


class Gazetteer:
    """The dated names and codes of all Hong Kong listings, and an exact matcher over every form.

    Use :meth:`packaged`; it is built once per process and read-only.

    >>> gazetteer = Gazetteer.packaged()
    >>> gazetteer.listing("01801").name("zh-Hans", dt.date(2026, 1, 8))
    '信达生物'
    >>> gazetteer.listing("99999") is None
    True

    """

    def __init__(self) -> None:
        """Read the listings; forms and matcher follow on first use."""
        self._rows = {row[0]: row for row in read_table("listings")}
        self._ended: dict[str, dt.date] = {}
        for code, english, hans, start, end, source in read_table("other_listings"):
            use = "caps" if english else ""
            self._rows[code] = [code, "", english, use, hans, "", "", "", start, source, "", "", end, source]
            if end:
                self._ended[code] = dt.date.fromisoformat(end)
        self._made: dict[str, Listing] = {}
        self._entries: dict[str, Entry] = {}
        self._read: dict[str, Row] = {}

    @classmethod
    def packaged(cls) -> Gazetteer:
        """Return the gazetteer that comes with the package."""
        return _packaged()

    @property
    def codes(self) -> Collection[str]:
        """The codes of all listings held."""
        return self._rows.keys()

    def row(self, code: str) -> Row:
        """Return the row of the table of listings; raise ``KeyError`` when the code is not held."""
        row = self._read.get(code)
        if row is None:
            row = self._read[code] = Row._make(self._rows[code])
        return row

    @property
    def listings(self) -> Mapping[StockCode, Listing]:
        """Every listing by its code, made lazily."""
        return _Listings(self)

    @cached_property
    def _named(self) -> dict[str, list[list[str]]]:
        named: dict[str, list[list[str]]] = {}
        for table in ("names", "aliases"):
            for row in read_table(table):
                named.setdefault(row[0], []).append(row)
        return named

    def listing(self, code: str) -> Listing | None:
        """Return the listing of a five-digit code with all its names, or ``None`` when the code is not held."""
        if code in self._made:
            return self._made[code]
        if code not in self._rows:
            return None
        row = self.row(code)
        extra = self._named.get(code, ())
        names = [
            *(_current(form, language, source, extra) for form, language, source in _short_names(row) if form),
            # A former name with a known last day was the short name until then. The tables hold no other
            # languages and kinds than the model's: a test reads every row.
            *(
                Name(
                    form,
                    language,  # type: ignore[arg-type]
                    "short" if kind == "former" and until else kind,  # type: ignore[arg-type]
                    _day(start),
                    _day(until),
                    source,
                )
                for _, form, language, kind, start, until, _, source in extra
            ),
        ]
        made = Listing(
            StockCode(code),
            tuple(names),
            _day(row.listed_from),
            self._ended.get(code),
            isin=row.isin,
            industry=row.sector,
        )
        self._made[code] = made
        return made

    def absence(self, code: str, on: dt.date) -> tuple[Judgement, str] | None:
        """Return what is known against a listing on a day, with the evidence; ``None`` when nothing is.

        ``NOT_YET_LISTED`` rests on the first day of trading, or on a later day on which the code was not in
        the exchange's list or the listing document had only just appeared; ``NOT_IN_HK`` on a delisting.
        """
        row = self.row(code)
        if not (row.listed_from or row.absent_on or code in self._ended):
            return None
        day = on.isoformat()
        if row.listed_from and day < row.listed_from:
            return Judgement.NOT_YET_LISTED, f"{code} first traded on {row.listed_from} ({row.listed_from_source})"
        if row.absent_on and not row.listed_from and day <= row.absent_on:
            return Judgement.NOT_YET_LISTED, f"{code} was not yet listed on {row.absent_on} ({row.absent_source})"
        if code in self._ended and on > self._ended[code]:
            return Judgement.NOT_IN_HK, f"{code} left the exchange on {self._ended[code]} ({row.source})"
        return None

    @cached_property
    def counters(self) -> dict[str, str]:
        """RMB counters (``80700``) to the code of the company's main counter."""
        return {row[1]: row[0] for row in read_table("counters")}

    @cached_property
    def funds(self) -> frozenset[str]:
        """Codes of exchange-traded products: listed, but no company."""
        return frozenset(row[0] for row in read_table("funds"))

    @cached_property
    def other_lines(self) -> dict[str, tuple[str, ...]]:
        """The other listings of the issuer of each code, as MIC and ticker: A shares, depositary shares."""
        held: dict[str, tuple[str, ...]] = {}
        for code, mic, ticker, _ in read_table("lines"):
            held[code] = (*held.get(code, ()), f"{mic}:{ticker}")
        return held

    @cached_property
    def lines(self) -> dict[str, str]:
        """Tickers on other exchanges (``600276``, ``zlab``) to the Hong Kong code of the same issuer."""
        return {row[2].lower(): row[0] for row in read_table("lines")}

    @cached_property
    def _meanings(self) -> dict[str, list[Meaning]]:
        """Every folded form without class suffix, with its raw meanings: codes, use, kind, note."""
        return gather(self._rows.values(), self._named.values())

    def entry(self, key: str) -> Entry:
        """Return the forms of a key with their codes and uses gathered; made once per form that texts print."""
        entry = self._entries.get(key)
        if entry is None:
            forms = self.forms(key)
            codes = tuple(dict.fromkeys(code for form in forms for code in form.codes))
            entry = self._entries[key] = Entry(forms, codes, frozenset(form.use for form in forms))
        return entry

    def forms(self, key: str) -> tuple[Form, ...]:
        """Return what a folded form (without class suffix) may stand for; empty when it is no form of a name.

        >>> Gazetteer.packaged().forms("skb bio")[0].codes
        ('06990',)

        """
        best: dict[str, Form] = {}
        for codes, use, kind, note in self._meanings.get(key, ()):
            if codes not in best or USE_ORDER.get(use, 3) < USE_ORDER.get(best[codes].use, 3):
                best[codes] = Form(tuple(codes.split()), use, kind, note)
        return tuple(best.values())

    @cached_property
    def patterns(self) -> list[str]:
        """The folded forms in the order of the matcher's pattern numbers."""
        return list(self._meanings)

    def stands(self, number: int, *uses: str) -> bool:
        """Whether one of the meanings of a pattern number may be used in one of these ways."""
        return not self.entry(self.patterns[number]).uses.isdisjoint(uses)

    @cached_property
    def automaton(self) -> Matcher:
        """The compiled matcher over :attr:`patterns` (every overlapping match is reported)."""
        return compile_matcher(self.patterns)

    @cached_property
    def table(self) -> PatternTable:
        """The same patterns for many texts together."""
        return PatternTable(self.patterns)


@cache
def _packaged() -> Gazetteer:
    return Gazetteer()
