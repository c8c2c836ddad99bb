import datetime as dt
from decimal import Decimal

import pytest

from hkconcept.ledger import Ledger, Statement, document_key
from hkconcept.ledger.records import statements_of
from hkconcept.model import (
    Candidate,
    Check,
    Claim,
    DateMention,
    Document,
    Event,
    Extraction,
    Figure,
    Flag,
    Judgement,
    Mention,
    Moment,
    Origin,
    PartialDate,
    Quantity,
    Quote,
    Relation,
    Span,
    StockCode,
    Verdict,
)

TEXT = "2026年1月7日，药监局批准创新药76个，其中化学药47个；授权交易超1300亿美元。信达生物（01801）、凯莱英(02621)。"
DOCUMENT = Document(
    "d1",
    TEXT,
    "zh-Hans",
    Origin("-", "cd" * 32, "text/plain", "utf-8", Moment.parse("2026-01-09 10:00")),
    published=Moment.parse("2026-01-08 08:07"),
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def quote(words: str) -> Quote:
    return Quote.cut(TEXT, span(words))


FOUND = Extraction(
    "d1",
    mentions=(
        Mention(span("信达生物"), "信达生物", Judgement.LINKED, StockCode("01801"), "01801"),
        Mention(
            span("凯莱英"),
            "凯莱英",
            Judgement.CONFLICT,
            StockCode("06821"),
            "02621",
            candidates=(Candidate(StockCode("06821"), 0.9, ("name",)),),
            reason="the code is another company's",
        ),
    ),
    figures=(
        Figure("f1", quote("76个"), Quantity(Decimal(76), "count", counter="drug"), "drugs", "approvals"),
        Figure(
            "f2",
            quote("超1300亿美元"),
            Quantity(Decimal("1.3E+11"), "USD", Relation.OVER, step=Decimal(10**8)),
            period=PartialDate(2025),
            attributes=(("type", "out-licensing"),),
        ),
    ),
    dates=(DateMention(span("2026年1月7日"), PartialDate(2026, 1, 7)),),
    events=(
        Event("policy", quote("批准"), agency="NMPA", date=PartialDate(2026, 1, 7)),
        Event("policy", quote("药监局"), agency="NMPA", date=PartialDate(2026, 1)),
    ),
    checks=(
        Check(
            Claim("order", ("f1",), "f2", quote("47个")), Verdict.CONSISTENT, "76 > 48", "holds", computed=Decimal(28)
        ),
    ),
    flags=(Flag(span("02621"), "wrong_code", "02621 is not 凯莱英", (("right", "06821"),)),),
)


def stated(attribute: str) -> list[Statement]:
    return [item for item in statements_of(DOCUMENT, FOUND) if item.attribute == attribute]


def test_every_finding_is_stated_with_the_words_it_was_found_in() -> None:
    rows = statements_of(DOCUMENT, FOUND)
    assert [row.attribute for row in rows] == [
        "mention", "mention", "figure", "figure", "date", "event", "event", "check", "flag"
    ]  # fmt: skip
    for row in rows:
        assert row.quote is not None
        assert TEXT[slice(*row.quote.span)] == row.quote.exact
        assert (row.document, row.status, row.known_at) == (document_key(DOCUMENT), "extracted", DOCUMENT.published)


def test_only_a_linked_mention_is_about_a_security() -> None:
    linked, conflict = stated("mention")
    assert (linked.subject_kind, linked.subject) == ("security", "01801")
    assert (conflict.subject_kind, conflict.subject) == ("document", "d1")
    assert conflict.value == {
        "surface": "凯莱英",
        "judgement": "conflict",
        "code": "06821",
        "printed_code": "02621",
        "candidates": [{"code": "06821", "score": "0.9", "reasons": ["name"]}],
        "reason": "the code is another company's",
    }


def test_figures_keep_their_digits_bound_and_scope() -> None:
    _, deals = stated("figure")
    assert deals.value == {
        "figure": "f2",
        "value": "1.3E+11",
        "upper": None,
        "unit": "USD",
        "relation": "over",
        "step": "100000000",
        "counter": "",
        "currency_assumed": False,
        "subject": "",
        "measure": "",
        "period": "2025",
        "attributes": [["type", "out-licensing"]],
        "direction": None,
        "base": "",
    }


def test_an_event_is_a_fact_from_its_printed_day_on_and_from_an_unknown_day_otherwise() -> None:
    assert [event.valid_from for event in stated("event")] == [dt.date(2026, 1, 7), None]


def test_an_event_that_did_not_happen_says_so_and_an_earlier_announcement_is_kept() -> None:
    quoted = quote("药监局批准")
    told = Moment.parse("2026-01-08 08:07")
    events = (
        Event("approval", quoted, known_at=told),
        Event("approval", quoted, known_at=Moment.parse("2026-01-07"), status="denied"),
    )
    values = [one.value for one in statements_of(DOCUMENT, Extraction("d1", events=events))]
    assert all(isinstance(value, dict) for value in values)
    assert [(v.get("status"), v.get("public")) for v in values if isinstance(v, dict)] == [
        (None, None),
        ("denied", "2026-01-07"),
    ]


def test_a_check_keeps_its_verdict_and_its_arithmetic() -> None:
    (check,) = stated("check")
    assert check.value == {
        "kind": "order",
        "inputs": ["f1"],
        "result": "f2",
        "verdict": "consistent",
        "formula": "76 > 48",
        "reason": "holds",
        "computed": "28",
        "tolerance": None,
        "mend": "",
        "sources": [],
    }


def test_findings_of_another_document_are_refused() -> None:
    with pytest.raises(ValueError, match="of document d2, not of d1"):
        statements_of(DOCUMENT, Extraction("d2"))


def test_all_of_it_goes_through_the_ledger_and_back() -> None:
    rows = statements_of(DOCUMENT, FOUND)
    with Ledger.open(":memory:") as ledger:
        assert ledger.record_document(DOCUMENT, rows) == len(rows)
        held = ledger.as_of(known=Moment.parse("2026-01-08 08:07"), valid=None)
        assert {row.id: row.statement.value for row in held} == {row.id: row.value for row in rows}
        assert ledger.as_of(known=Moment.parse("2026-01-08 08:06"), valid=None) == ()
