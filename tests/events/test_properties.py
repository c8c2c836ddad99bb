"""What holds for any text whatever."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from hkconcept.events import VOCABULARY, find_events
from hkconcept.model import Judgement, Language, Mention, Span, StockCode

WORDS = (
    "甲药业,乙生物,（01801）,获批上市,临床试验,回购,100万股,涨5.2%,，,。,；,：,国家药监局,发布,公告,拟,不,收入,2025年",
    "港股通,调入,、,approved,FDA ,$5M ,(,%, ,\n",
)
PIECES = st.sampled_from([word for line in WORDS for word in line.split(",")])


@given(st.lists(PIECES, max_size=40), st.sampled_from(["zh-Hans", "zh-Hant", "en"]))
def test_events_quote_the_text_and_name_only_companies_that_were_found(pieces: list[str], language: Language) -> None:
    text = "".join(pieces)
    mentions = []
    for name, code in (("甲药业", "01801"), ("乙生物", None)):
        start = text.find(name)
        while start >= 0:
            span = Span(start, start + len(name))
            judgement = Judgement.LINKED if code else Judgement.NOT_IN_HK
            mentions.append(Mention(span, name, judgement, StockCode(code) if code else None))
            start = text.find(name, start + 1)
    events = find_events(
        text,
        language=language,
        mentions=mentions,
        dates=(),
        quantities=(),
        published=dt.date(2026, 1, 1),
    )
    named = {mention.code for mention in mentions}
    for event in events:
        assert event.type in VOCABULARY
        assert text[slice(*event.quote.span)] == event.quote.exact
        assert set(event.codes) <= named
    facts = [(event.type, event.codes, event.agency) for event in events]
    assert len(facts) == len(set(facts))


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    languages: tuple[Language, ...] = ("zh-Hans", "en")
    for language in languages:
        events = find_events(text, language=language, mentions=(), dates=(), quantities=(), published=None)
        assert all(event.codes == () for event in events)
