"""A text in two languages: each passage by its own rules, with spans into the whole."""

from __future__ import annotations

from hkconcept.linking import Gazetteer
from hkconcept.model import Moment
from hkconcept.service.pipeline import extract
from hkconcept.service.sources import document_from_row
from hkconcept.text import language_passages

TEXT = """信達生物（01801）自願公告
信達生物（01801）宣佈，其注射液獲國家藥監局批准上市，用於治療銀屑病。
Akeso (9926.HK) said the FDA has accepted its biologics license application for the antibody.
The company said Innovent (1801.HK) won NMPA approval for its injection in psoriasis patients."""
TODAY = Moment.parse("2026-07-31")


def test_each_passage_tells_its_events() -> None:
    document = document_from_row({"id": "a", "text": TEXT}, where="test", now=TODAY)
    found = extract(document, Gazetteer.packaged(), today=TODAY)
    assert {(event.type, event.codes) for event in found.events} == {
        ("approval", ("01801",)),
        ("application_accepted", ("09926",)),
    }
    for event in found.events:
        assert TEXT[slice(*event.quote.span)] == event.quote.exact


def test_passages_cover_the_text_and_short_lines_join() -> None:
    passages = language_passages(TEXT)
    assert [language for _, language in passages] == ["zh-Hant", "en"]
    assert passages[0][0].start == 0
    assert passages[0][0].end == passages[1][0].start
    assert passages[1][0].end == len(TEXT)
    mixed = "公司的PD-1/VEGF双抗在Phase III研究中\nHARMONi-A\n达到主要终点"
    assert [language for _, language in language_passages(mixed)] == ["zh-Hans"]
