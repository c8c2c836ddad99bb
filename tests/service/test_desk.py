"""The questions of a desk: events out of the ledger, studies that know them, notes in one language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import hkconcept as hk
from hkconcept.errors import NotAvailableError, UsageError
from hkconcept.service.session import Session
from hkconcept.study import StudyEvent

DEAL = "信达生物达成授权合作\n\n2026-01-06 09:00\n\n信达生物(01801.HK)宣布与礼来达成授权合作，首付款2.5亿美元。\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "deal.txt").write_text(DEAL, encoding="utf-8")
    with hk.open(folder / "desk") as opened:
        opened.extract(opened.read(folder / "deal.txt", published="2026-01-06 09:00"), as_of="2026-02-01")
        yield opened


def test_events_come_from_documents_with_quotes_and_from_the_register_of_policies(desk: Session) -> None:
    (deal,) = desk.events("license_out", as_of="2026-02-01")
    assert (deal.codes, str(deal.public), deal.origin) == (("01801",), "2026-01-06 09:00 HKT", "document")
    assert deal.quote is not None
    assert deal.quote.exact in DEAL
    assert deal.source.endswith("deal.txt")
    known = desk.events("policy", as_of="2026-01-08")
    assert [one.id for one in known][-1] == "nmpa-2026-3"
    assert {one.origin for one in known} == {"register"}
    assert all(one.source.startswith("http") for one in known)


def test_events_known_later_change_no_earlier_answer(desk: Session) -> None:
    assert desk.events("license_out", as_of="2026-01-06 08:59") == ()
    assert len(desk.events("license_out", as_of="2026-01-06 09:00")) == 1
    assert "nmpa-2026-3" not in {one.id for one in desk.events("policy", as_of="2026-01-06")}


def test_a_study_names_the_events_of_the_ledger_with_their_document(desk: Session) -> None:
    event = next(one for one in desk.events("policy", as_of="2026-02-01") if one.id == "nmpa-2026-3")
    study = desk.study([event], codes=["01801", "09926", "01276"], as_of="2026-02-01")
    told = {(one.code, one.offset) for one in study.confounders if "授权" in one.other and "2026-01-06" in one.other}
    assert told == {("01801", -1)}
    assert study.earlier is not None
    assert study.earlier.held >= 1


def test_an_event_with_a_company_is_studied_on_it_alone(desk: Session) -> None:
    study = desk.study(desk.events("license_out", as_of="2026-02-01"), windows=["0,0"], as_of="2026-02-01")
    assert [(stock.code, str(stock.session)) for stock in study.stocks] == [("01801", "2026-01-06")]
    assert [str(one.window) for one in study.windows if one.kind == "event"] == ["(0,0)"]


def test_a_basket_gives_the_securities_of_an_event_without_any(desk: Session) -> None:
    event = next(one for one in desk.events("policy", as_of="2026-02-01") if one.id == "nmpa-2026-3")
    basket = desk.concept().basket(as_of=hk.moment("2026-01-07"))
    study = desk.study([event], basket=basket, as_of="2026-02-01")
    assert study.main.asked == len(basket.members)
    with pytest.raises(UsageError, match="the event nmpa-2026-3 names no security"):
        desk.study([event], as_of="2026-02-01")


def test_what_cannot_be_studied_is_refused_with_the_reason(desk: Session) -> None:
    early = StudyEvent("e", hk.moment("2024-01-10"), ("01801",))
    with pytest.raises(NotAvailableError, match="is outside the sessions held"):
        desk.study([early], as_of="2026-02-01")
    with pytest.raises(UsageError, match="prices were given without a benchmark"):
        desk.study([early], prices=["nowhere"], as_of="2026-02-01")


def test_an_event_that_is_denied_is_neither_an_event_nor_a_candidate(tmp_path: Path) -> None:
    path = tmp_path / "denied.txt"
    path.write_text("2026-01-06 信达生物(01801.HK)否认与礼来达成授权合作。", encoding="utf-8")
    with hk.open(tmp_path / "desk") as opened:
        found = opened.extract(opened.read(path, published="2026-01-06"), as_of="2026-02-01")
        assert {event.status for event in found.events} == {"denied"}
        assert [one.id for one in opened.events(as_of="2026-02-01") if one.origin == "document"] == []
        assert opened.review().queue() == ()


def test_a_note_has_the_languages_asked_for(desk: Session, tmp_path: Path) -> None:
    document = desk.read(hk.sample("zh"))
    paths = desk.note(document, as_of="2026-02-01", languages=("en",)).save(tmp_path)
    assert {path.name for path in paths} == {"note.html", "note.json", "note.en.md", "chart.en.svg"}
    page = next(path for path in paths if path.suffix == ".html").read_text(encoding="utf-8")
    assert page.count("<article") == 1
    for wrong in (("fr",), ("zh", "zh")):
        with pytest.raises(UsageError, match="give 'zh', 'en' or both, each once"):
            desk.note(document, languages=wrong)  # type: ignore[arg-type]


def test_what_became_known_on_a_day_is_not_told_before_its_end(desk: Session) -> None:
    # A priority review of 09969 is known from 2 March 2026, a day without an hour.
    document = desk.read(hk.sample("en"))

    def held(as_of: str) -> int:
        changes = desk.note(document, as_of=as_of).note.changes
        assert changes is not None
        return changes.held

    assert held("2026-03-02 12:00") == held("2026-03-01") < held("2026-03-02")


def test_a_clock_refuses_what_it_does_not_know(desk: Session) -> None:
    with pytest.raises(UsageError, match="there is no event 'lettre'"):
        desk.clock(accepted="2026-01-07", events=[("lettre", "2026-02-02")])
