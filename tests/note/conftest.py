"""A whole note made from small tables: a text in the project's own words, the facts around it, and real closes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from hkconcept.market import Availability, Bar, Bars
from hkconcept.market.bars import INDEX
from hkconcept.model import (
    Basket,
    Check,
    Claim,
    ClaimKind,
    Document,
    Event,
    Evidence,
    Extraction,
    Figure,
    Flag,
    Judgement,
    Listing,
    Membership,
    Mention,
    Moment,
    Name,
    Origin,
    PartialDate,
    Quantity,
    Quote,
    Relation,
    Role,
    Span,
    StockCode,
    Verdict,
)
from hkconcept.note.changes import HeldChanges
from hkconcept.note.compose import compose
from hkconcept.note.contents import Bilingual, Coverage, Note
from hkconcept.note.reaction import OtherEvent, Reaction, WindowEffect
from hkconcept.pathway.changes import Touched, what_changes
from hkconcept.pathway.eligibility import packaged_criteria
from hkconcept.pathway.rule_files import packaged_rules
from hkconcept.registers.instruments import Policy, PolicyPoint

TEXT = """China's drug regulator is optimizing the review of urgently needed drugs that are marketed overseas.
China approved 76 innovative drugs in 2025, against 48 in 2024. The 76 comprise 47 chemical drugs, 23 biological
products and 6 traditional Chinese medicines. Of the 47, 38 were domestic and 9 imported, so domestic drugs were
80.85%. Of the 23, 21 were domestic and 2 imported: 91.30%. Out-licensing in 2025 exceeded US$130 billion, in over
150 deals. Innovators: Jiangsu Hengrui (01276), SKB BIO-B (06990), HUTCHMED (00013), AKESO (09926), INNOVENT BIO
(01801), CSPC PHARMA (01093), REMEGEN (09995), 3SBIO (01530), JACOBIO-B (01167), LAEKNA-B (02105), HANSOH PHARMA
(03692). CXO: Asymchem (06821), Pharmaron (03759), Joinn (06127), WUXI BIO (02269), WuXi AppTec (02359)."""

# code: printed form, short name in Chinese, in English, role
NAMED: dict[str, tuple[str, str, str, Role]] = {
    "01276": ("Jiangsu Hengrui", "恒瑞医药", "HENGRUI PHARMA", "innovator"),
    "06990": ("SKB BIO-B", "科伦博泰生物", "SKB BIO", "innovator"),
    "00013": ("HUTCHMED", "和黄医药", "HUTCHMED", "innovator"),
    "09926": ("AKESO", "康方生物", "AKESO", "innovator"),
    "01801": ("INNOVENT BIO", "信达生物", "INNOVENT BIO", "innovator"),
    "01093": ("CSPC PHARMA", "石药集团", "CSPC PHARMA", "innovator"),
    "09995": ("REMEGEN", "荣昌生物", "REMEGEN", "innovator"),
    "01530": ("3SBIO", "三生制药", "3SBIO", "innovator"),
    "01167": ("JACOBIO-B", "加科思-B", "JACOBIO-B", "innovator"),
    "02105": ("LAEKNA-B", "来凯医药-B", "LAEKNA-B", "innovator"),
    "03692": ("HANSOH PHARMA", "翰森制药", "HANSOH PHARMA", "innovator"),
    "06821": ("Asymchem", "凯莱英", "ASYMCHEM", "cxo"),
    "03759": ("Pharmaron", "康龙化成", "PHARMARON", "cxo"),
    "06127": ("Joinn", "昭衍新药", "JOINN", "cxo"),
    "02269": ("WUXI BIO", "药明生物", "WUXI BIO", "cxo"),
    "02359": ("WuXi AppTec", "药明康德", "WUXI APPTEC", "cxo"),
}
OTHERS = {
    "01177": ("中国生物制药", "SINO BIOPHARM"),
    "06160": ("百济神州", "BEONE MEDICINES"),
    "09969": ("诺诚健华", "INNOCARE"),
}

# Closes in Hong Kong dollars (index points for HSI), as reported by the exchange for these sessions.
DAYS = (
    "2025-12-24", "2025-12-29", "2025-12-30", "2025-12-31", "2026-01-02", "2026-01-05", "2026-01-06", "2026-01-07",
    "2026-01-08", "2026-01-09", "2026-01-12", "2026-01-13", "2026-01-14", "2026-01-15", "2026-01-16", "2026-01-19",
)  # fmt: skip
HSI = """25818.93 25635.23 25854.6 25630.54 26338.47 26347.24 26710.45 26458.95 26149.31 26231.79 26608.48 26848.47
26999.81 26923.62 26844.96 26563.9"""
CLOSES = {
    "01276": "71.2 70.25 71.3 71.25 74.1 75.1 74.55 77.75 77.55 76.75 76.95 78.7 79.1 78.0 77.3 76.9",
    "06990": "419.2 405.8 399.2 392.2 400.6 432.0 441.0 473.8 469.2 476.4 489.0 480.8 466.4 470.4 473.8 448.0",
    "00013": "20.72 20.54 20.46 20.62 20.94 21.18 21.3 22.46 23.24 23.24 23.08 23.5 23.42 23.92 25.44 24.76",
    "09926": "112.6 111.6 111.3 113.0 113.3 117.1 120.4 129.2 128.2 127.6 126.1 120.6 123.4 121.9 121.0 117.3",
    "01801": "80.75 79.35 79.15 76.25 78.8 83.6 84.5 89.05 89.0 89.3 89.45 89.35 89.45 89.0 89.5 85.35",
    "01093": "8.77 8.57 8.5 8.43 8.48 8.89 8.86 9.12 9.09 9.18 9.46 9.78 9.81 9.8 9.83 9.74",
    "09995": "76.0 75.5 72.75 72.0 73.65 79.5 81.2 91.7 92.05 94.65 92.8 100.1 93.15 94.25 97.8 95.2",
    "01530": "25.88 25.0 24.82 24.18 24.58 25.98 26.26 28.14 27.5 27.66 27.1 28.32 27.32 26.96 26.48 25.02",
    "03692": "37.42 36.78 36.7 36.08 36.44 38.08 38.58 40.04 40.74 41.6 40.64 42.04 42.94 43.12 43.0 41.28",
    "06821": "73.8 75.05 72.25 71.2 73.6 76.15 77.35 84.25 83.2 85.25 85.1 88.45 86.1 89.7 88.15 86.75",
    "03759": "20.74 20.3 19.52 19.59 19.83 20.88 21.94 22.66 22.96 23.18 23.0 24.2 24.94 23.84 22.9 22.1",
    "06127": "21.64 21.12 19.97 20.6 19.96 22.7 22.36 23.22 24.22 26.1 24.98 25.28 26.12 25.72 25.68 25.72",
    "02269": "32.6 31.84 32.06 31.44 32.54 33.52 34.1 36.12 36.44 37.06 37.58 39.78 40.0 40.02 39.78 37.86",
    "02359": "99.15 100.3 99.95 98.7 101.0 104.2 105.8 111.0 112.7 111.6 110.8 120.0 118.7 119.9 121.0 118.6",
    "01177": "6.42 6.29 6.28 6.18 6.36 6.51 6.58 6.83 6.78 6.83 6.85 6.91 7.11 7.0 6.95 6.52",
    "06160": "183.5 183.8 182.6 179.3 184.5 194.3 192.3 198.8 199.3 197.3 203.4 204.0 205.0 205.6 202.8 200.4",
    "09969": "13.11 12.68 12.35 12.3 12.5 13.0 12.9 13.34 13.06 13.48 13.26 13.26 13.07 13.02 12.94 12.33",
}
NMPA = "https://www.ccfdie.org/en/gzdt/webinfo/2026/01/1759936113371400.htm"
PRESS = "https://reportify.cn/news/1206338596173385728"
TOTALS = "https://www.sxkjnews.com/index.php?itemid=14829"


def dates() -> list[dt.date]:
    return [dt.date.fromisoformat(day) for day in DAYS]


def closes(table: Mapping[str, str] = CLOSES) -> Bars:
    """Return the table above as bars; a code without a line is not available."""
    held = {
        code: {
            day: Bar(Decimal(v), None if code == INDEX else 1000) for day, v in zip(dates(), line.split(), strict=True)
        }
        for code, line in {**table, INDEX: HSI}.items()
    }
    days = dates()
    series = {
        code: Availability(code, True, days[0], days[-1], provider="Daily closes", origin="test table") for code in held
    }
    return Bars(held, series)


@dataclass
class Facts:
    """Everything that compose() takes, so that a test can replace one thing."""

    document: Document
    extraction: Extraction
    rest: dict[str, Any]

    def note(self, **changes: object) -> Note:
        return compose(self.document, self.extraction, **{**self.rest, **changes})


def _span(word: str, after: int = 0) -> Span:
    start = TEXT.index(word, after)
    return Span(start, start + len(word))


def _figures() -> tuple[Figure, ...]:

    def drugs(count: int) -> Quantity:
        return Quantity(Decimal(count), "count", counter="drug")

    year = PartialDate(2025)
    kinds: list[tuple[str, str, Quantity, str, str, PartialDate, tuple[tuple[str, str], ...]]] = [
        ("76 innovative", "76", drugs(76), "innovative drugs", "approvals", year, ()),
        ("48 in", "48", drugs(48), "innovative drugs", "approvals", PartialDate(2024), ()),
        ("47 chemical", "47", drugs(47), "innovative drugs", "approvals", year,
         (("type", "chemical"),)),
        ("23 biological", "23", drugs(23), "innovative drugs", "approvals", year,
         (("type", "biological"),)),
        ("6 traditional", "6", drugs(6), "innovative drugs", "approvals", year,
         (("type", "tcm"),)),
        ("38 were", "38", drugs(38), "innovative drugs", "approvals", year,
         (("type", "chemical"), ("origin", "domestic"))),
        ("9 imported", "9", drugs(9), "innovative drugs", "approvals", year,
         (("type", "chemical"), ("origin", "imported"))),
        ("80.85%", "80.85%", Quantity(Decimal("80.85"), "percent", step=Decimal("0.01")), "innovative drugs", "share",
         year, (("type", "chemical"), ("origin", "domestic"))),
        ("21 were", "21", drugs(21), "innovative drugs", "approvals", year,
         (("type", "biological"), ("origin", "domestic"))),
        ("2 imported", "2", drugs(2), "innovative drugs", "approvals", year,
         (("type", "biological"), ("origin", "imported"))),
        ("91.30%", "91.30%", Quantity(Decimal("91.30"), "percent", step=Decimal("0.01")), "innovative drugs", "share",
         year, (("type", "biological"), ("origin", "domestic"))),
        ("US$130 billion", "US$130 billion",
         Quantity(Decimal(130 * 10**9), "USD", Relation.OVER, step=Decimal(10**9)),
         "out-licensing", "deal value", year, ()),
        ("150 deals", "150 deals", Quantity(Decimal(150), "count", Relation.OVER, counter="deal"), "out-licensing",
         "deals", year, ()),
    ]  # fmt: skip
    found = []
    for n, (anchor, exact, quantity, what, measure, period, attributes) in enumerate(kinds, 1):
        start = _span(anchor).start
        quote = Quote.cut(TEXT, Span(start, start + len(exact)))
        found.append(Figure(f"f{n}", quote, quantity, what, measure, period, attributes))
    return tuple(found)


def _check(kind: ClaimKind, inputs: str, result: str, formula: str, figures: tuple[Figure, ...]) -> Check:
    quote = next(f.quote for f in figures if f.id == result)
    claim = Claim(kind, tuple(inputs.split()), result, quote)
    return Check(claim, Verdict.CONSISTENT, formula, "holds within the printed digits")


@pytest.fixture(scope="session")
def make_facts() -> Callable[[], Facts]:
    return build_facts


@pytest.fixture
def facts() -> Facts:
    return build_facts()


@pytest.fixture
def note(facts: Facts) -> Note:
    return facts.note()


def build_facts() -> Facts:
    """Return the facts of the fixture note; a plain function, so that tools can use it too."""
    figures = _figures()
    mentions = []
    for code, (printed, *_) in NAMED.items():
        span = _span(printed + " (") if f"{printed} (" in TEXT else _span(printed)
        span = Span(span.start, span.start + len(printed))
        mentions.append(Mention(span, printed, Judgement.LINKED, StockCode(code), code, _span(code)))
    checks = (
        _check("sum", "f3 f4 f5", "f1", "47 + 23 + 6 = 76", figures),
        _check("order", "f2", "f1", "76 > 48", figures),
        _check("sum", "f6 f7", "f3", "38 + 9 = 47", figures),
        _check("share", "f6 f3", "f8", "38 / 47 = 80.85%", figures),
        _check("sum", "f9 f10", "f4", "21 + 2 = 23", figures),
        _check("share", "f9 f4", "f11", "21 / 23 = 91.30%", figures),
    )
    register = (
        replace(_check("register", "", "f1", "76 = 76", figures), sources=(TOTALS,), reason="NMPA, 2025: 76"),
        replace(
            _check("register", "", "f12", "> US$130bn | US$135.655bn", figures),
            verdict=Verdict.DIFFERS_IN_SCOPE,
            sources=("https://www.hk01.com/article/60309269",),
            reason="NextPharma counts US$135.655bn in 157 deals; its cut-off and rules differ",
        ),
    )
    extraction = Extraction(
        "doc",
        mentions=tuple(mentions),
        figures=figures,
        events=(Event("policy", Quote.cut(TEXT, Span(0, 100)), agency="NMPA"),),
        checks=checks,
    )
    fetched = Moment.parse("2026-01-08 09:00")
    origin = Origin("column.md", "0" * 64, "text/markdown", "utf-8", fetched, publisher="Example Desk")
    document = Document("doc", TEXT, "en", origin, "Regulator speeds up review", Moment.parse("2026-01-08 08:07"))
    members = [_member(code, role) for code, (*_, role) in NAMED.items()]
    members += [_member(code, "innovator") for code in OTHERS]
    as_of = Moment.parse("2026-01-19")
    names = {code: (zh, en) for code, (_, zh, en, _) in NAMED.items()} | OTHERS
    rest: dict[str, Any] = {
        "policy": _policy(),
        "basket": Basket("cn-innovative-drugs", as_of, tuple(members)),
        "concept_name": Bilingual("中国创新药", "Chinese innovative drugs"),
        "listings": {
            StockCode(c): Listing(StockCode(c), (Name(z, "zh-Hans"), Name(e, "en"))) for c, (z, e) in names.items()
        },
        "bars": closes(),
        "as_of": as_of,
        "checks": register,
        "reaction": reaction(),
        "changes": changes(),
        "coverage": (
            (
                Coverage(Bilingual("2025年获批创新药逐一具名", "Approvals of 2025 held by name"), 61, 76),
                (TOTALS,),
            ),
        ),
    }
    return Facts(document, extraction, rest)


def reaction() -> Reaction:
    """Return a reaction made up for the test; its figures belong to no study."""
    return Reaction(
        Bilingual("14只股票的平均异常收益为+7.05%。", "14 of 16 stocks returned +7.05% on average."),
        WindowEffect("(0,0)", 14, 16, Decimal("7.05"), Decimal("0.75"), Decimal("12.96"), Decimal("0.032"), "kp_bmp"),
        WindowEffect("(-1,-1)", 14, 16, Decimal("-0.08"), None, None, Decimal("0.992"), "kp_bmp"),
        Bilingual("BMP", "BMP"),
        (OtherEvent(Bilingual("一项对外授权", "A deal"), dt.date(2026, 1, 6), ("01801", "09926")),),
    )


def changes() -> HeldChanges:
    """Return the packaged changes of the announcement, and drugs made up for the test."""
    book = packaged_rules()
    found = what_changes(book, "nmpa-2026-3", as_of=dt.date(2026, 1, 19))
    assert found is not None
    missing = ("rare_disease", "marketed_in_china")
    made = [("00700", "无名药", 1), ("01801", "甲药", 1), ("01801", "乙药", 1), ("01801", "丙药", 1), ("", "丁药", 0)]
    drugs = tuple(
        Touched(drug, "x", code, "possible" if open_ else "touched", ("A3-3",), missing if open_ else (), PRESS)
        for code, drug, open_ in made
    )
    return HeldChanges(found, book, drugs, 9, packaged_criteria().facts)


def _member(code: str, role: Role) -> Membership:
    evidence = Evidence(
        "business",
        "Develops innovative drugs in China" if role == "innovator" else "Contract research and manufacturing",
        "在中国研发或销售创新药" if role == "innovator" else "提供医药研发与生产外包服务",
        Moment.parse("2025-12-31"),
        "https://www.hkexnews.hk/",
        "official",
    )
    return Membership("cn-innovative-drugs", StockCode(code), role, (evidence,))


def _policy() -> Policy:
    return Policy(
        id="nmpa-2026-3",
        number_zh="国家药监局公告2026年第3号",
        number_en="NMPA Announcement No. 3 of 2026",
        title_zh="进一步优化临床急需境外已上市药品的审评审批",
        title_en="Further optimising the review and approval of urgently needed drugs already marketed overseas",
        agency="NMPA",
        agency_zh="国家药品监督管理局",
        agency_en="National Medical Products Administration",
        first_public=Moment.parse("2026-01-07"),
        first_public_sources=(NMPA, PRESS),
        keywords=(),
        citations=(),
        source=NMPA,
        status="official",
        issued=dt.date(2026, 1, 7),
        earliest_report=Moment.parse("2026-01-07 17:21"),
        earliest_report_by_zh="证券时报网",
        earliest_report_by_en="Securities Times online",
        earliest_report_source=PRESS,
        points=(
            PolicyPoint(
                "原研药与仿制药只要临床急需、境外已上市，均可申报，符合要求的可进入优先审评。",
                "Originators and generics may both apply when urgently needed, and may enter priority review.",
                "official",
                NMPA,
            ),
            PolicyPoint(
                "罕见病药注册检验：仅样品检验由60日改为40日，连同标准复核由90日改为70日。",
                "Testing of rare-disease drugs: 40 days instead of 60 for samples only, 70 instead of 90 in full.",
                "press",
                PRESS,
            ),
        ),
    )


@pytest.fixture
def wrong_code(facts: Facts) -> Facts:
    """The same text in which one code belongs to another company and one to none."""
    mentions = list(facts.extraction.mentions)
    at = next(i for i, m in enumerate(mentions) if m.code == "06821")
    mentions[at] = replace(mentions[at], judgement=Judgement.CONFLICT, printed_code="02621")
    flag = Flag(mentions[at].printed_code_span or mentions[at].span, "wrong_code", "02621 is not Asymchem")
    facts.extraction = replace(facts.extraction, mentions=tuple(mentions), flags=(flag,))
    return facts
