import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from hkconcept.errors import StoreError
from hkconcept.ledger import Ledger, Statement, Status, document_key
from hkconcept.ledger.records import statements_of
from hkconcept.model import (
    Document,
    Extraction,
    Figure,
    Judgement,
    Mention,
    Moment,
    Origin,
    Quantity,
    Quote,
    Span,
    StockCode,
)

TEXT = "In 2025 the regulator approved 76 innovative drugs. Innovent Biologics rose."
EVER = Moment.parse("2100-01-01")


def a_document(
    text: str = TEXT, *, published: str | None = "2026-01-08 08:07", fetched: str = "2026-01-09"
) -> Document:
    origin = Origin("column.md", "ab" * 32, "text/markdown", "utf-8", Moment.parse(fetched), publisher="a desk")
    moment = Moment.parse(published) if published else None
    return Document("d1", text, "en", origin, title="A column", published=moment)


def findings(document: Document, *figures: str) -> tuple[Statement, ...]:
    found = []
    for number, printed in enumerate(figures, 1):
        start = document.text.index(printed)
        quote = Quote.cut(document.text, Span(start, start + len(printed)))
        found.append(Figure(f"f{number}", quote, Quantity(Decimal(printed), "count", counter="drug")))
    start = document.text.index("Innovent")
    mention = Mention(Span(start, start + 8), "Innovent", Judgement.LINKED, StockCode("01801"))
    return statements_of(document, Extraction(document.id, (mention,), tuple(found)))


def live(ledger: Ledger, known: Moment = EVER) -> list[tuple[str, str, str | None]]:
    rows = [row.statement for row in ledger.as_of(known=known, valid=None)]
    return [(row.subject, row.attribute, row.quote.exact if row.quote else None) for row in rows]


def test_what_is_recorded_is_read_back_unchanged() -> None:
    document = a_document()
    stated = findings(document, "76")
    with Ledger.open(":memory:") as ledger:
        assert ledger.record_document(document, stated, size=80) == 2
        rows = ledger.as_of(known=EVER, valid=None)
        assert {row.id: row.statement for row in rows} == {
            item.id: replace(item, known_at=replace(item.known_at, printed="")) for item in stated
        }
        assert all(row.id == row.statement.id for row in rows)
        (reading,) = ledger.documents()
        assert (reading.id, reading.title, reading.location, reading.language) == ("d1", "A column", "column.md", "en")
        assert str(reading.published) == "2026-01-08 08:07 HKT"
        assert ledger.text_of(reading.key) == TEXT
        for row in rows:
            assert row.statement.quote is not None
            start, end = row.statement.quote.span
            assert ledger.text_of(row.statement.document or "")[start:end] == row.statement.quote.exact


def test_recording_twice_is_recording_once(tmp_path: Path) -> None:
    document = a_document()
    for new in (2, 0):
        with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
            assert ledger.record_document(document, findings(document, "76")) == new
            counts = ledger.counts()
    assert counts == {"snapshots": 1, "documents": 1, "statements": 2, "runs": 0, "extracted": 2}


def test_an_undated_document_is_known_from_its_first_fetch_however_often_it_is_read() -> None:
    first, again = (a_document(published=None, fetched=day) for day in ("2026-01-09", "2026-02-01"))
    with Ledger.open(":memory:") as ledger:
        assert ledger.record_document(first, findings(first, "76")) == 2
        assert ledger.record_document(again, findings(again, "76")) == 0
        assert live(ledger, Moment.parse("2026-01-08")) == []
        assert len(live(ledger, Moment.parse("2026-01-09"))) == 2


def test_a_better_reading_withdraws_what_it_no_longer_states_and_a_repeat_restores_it() -> None:
    document = a_document()
    one, two = findings(document, "2025", "76"), findings(document, "76")
    # The figure ids move with the reading, so 76 is f2 in the first and f1 in the second.
    with Ledger.open(":memory:", clock=iter_clock()) as ledger:
        ledger.record_document(document, one)
        before = ledger.as_of(known=EVER, valid=None)
        written = max(row.recorded_at for row in before)
        assert ledger.record_document(document, two) == 3  # 2025 and the old 76 withdrawn, the new 76 added
        assert [item[2] for item in live(ledger)] == ["76", "Innovent"]
        assert ledger.as_of(known=EVER, valid=None, recorded_by=written) == before
        assert ledger.record_document(document, two) == 0
        assert ledger.record_document(document, one) == 3
        assert [item[2] for item in live(ledger)] == ["2025", "76", "Innovent"]
        assert ledger.record_document(document, one) == 0
        ledger.record_document(document, two)
        assert [item[2] for item in live(ledger)] == ["76", "Innovent"]


def iter_clock() -> Callable[[], dt.datetime]:
    ticks = iter(range(1_000_000))
    start = dt.datetime(2026, 1, 10, tzinfo=dt.UTC)
    return lambda: start + dt.timedelta(seconds=next(ticks))


def test_a_changed_text_of_the_same_document_replaces_the_statements_of_the_old_one() -> None:
    document, changed = a_document(), a_document("Preface. " + TEXT)
    with Ledger.open(":memory:") as ledger:
        ledger.record_document(document, findings(document, "76"))
        ledger.record_document(changed, findings(changed, "76"))
        assert len(ledger.documents()) == 2
        keys = {row.statement.document for row in ledger.as_of(known=EVER, valid=None)}
        assert keys == {document_key(changed)}


@pytest.mark.parametrize("status", ["accepted", "retracted"])
def test_what_a_person_decided_survives_another_reading(status: Status) -> None:
    document = a_document()
    stated = findings(document, "76")
    (figure,) = (item for item in stated if item.attribute == "figure")
    decision = replace(
        figure,
        status=status,
        supersedes=figure.id,
        source="me",
        value={"figure": "f1"} if status == "accepted" else "no",
    )
    with Ledger.open(":memory:") as ledger:
        ledger.record_document(document, stated)
        assert ledger.record([decision]) == 1
        after = live(ledger)
        assert len(after) == (2 if status == "accepted" else 1)
        assert ledger.record_document(document, stated) == 0
        assert live(ledger) == after
        assert ledger.record_document(document, findings(document)) == 0
        assert live(ledger) == after


def test_statements_of_another_document_are_refused_and_nothing_is_recorded() -> None:
    document, other = a_document(), a_document("Innovent 76")
    with Ledger.open(":memory:") as ledger:
        with pytest.raises(ValueError, match="does not quote the document d1"):
            ledger.record_document(document, findings(other, "76"))
        assert ledger.counts()["documents"] == 0


def test_a_statement_that_quotes_nothing_held_is_refused_whole() -> None:
    good = replace(findings(a_document())[0], document=None, quote=None)
    bad = findings(a_document(), "76")[1]
    with Ledger.open(":memory:") as ledger:
        with pytest.raises(StoreError, match="quotes a document, or names a run, that the ledger does not hold"):
            ledger.record([good, bad])
        assert ledger.counts()["statements"] == 0


def test_half_a_character_is_refused_with_a_sentence() -> None:
    document = replace(a_document(), title="broken \ud83d title")
    with Ledger.open(":memory:") as ledger:
        with pytest.raises(StoreError, match="half a character"):
            ledger.record_document(document, findings(document, "76"))
        assert ledger.counts()["snapshots"] == 0


def test_runs_are_noted_and_an_unfinished_one_shows() -> None:
    with Ledger.open(":memory:") as ledger:
        done = ledger.begin_run(command="note", version="0.1.0", as_of=Moment.parse("2026-01-08"))
        cut = ledger.begin_run(command="note", version="0.1.0")
        ledger.finish_run(done, outcome="finished")
        document = a_document()
        ledger.record_document(document, findings(document, "76"), run=done)
        assert {row.run for row in ledger.as_of(known=EVER, valid=None)} == {done}
        assert ledger.interrupted_runs() == (cut,)
        with pytest.raises(StoreError, match="append-only"):
            ledger.finish_run(done, outcome="something else")


def test_packaged_facts_follow_their_version_in_both_directions() -> None:
    base = findings(a_document())[0]
    alpha, beta = (
        replace(base, subject=code, value="x", status="packaged", document=None, quote=None)
        for code in ("01801", "02269")
    )
    with Ledger.open(":memory:") as ledger:
        assert ledger.packaged_version is None
        assert ledger.restate_packaged([alpha, beta], version="1") == 2
        assert ledger.restate_packaged([alpha], version="2") == 1
        assert [item[0] for item in live(ledger)] == ["01801"]
        assert ledger.restate_packaged([alpha, beta], version="1") == 1
        assert [item[0] for item in live(ledger)] == ["01801", "02269"]
        assert ledger.packaged_version == "1"


def test_a_packaged_correction_that_is_dropped_gives_way_to_what_it_corrected() -> None:
    base = replace(findings(a_document())[0], status="packaged", document=None, quote=None, value="48")
    mended = replace(base, value="43", supersedes=base.id)
    with Ledger.open(":memory:") as ledger:
        ledger.restate_packaged([base, mended], version="1")
        assert [row.statement.value for row in ledger.as_of(known=EVER, valid=None)] == ["43"]
        ledger.restate_packaged([base], version="2")
        assert [row.statement.value for row in ledger.as_of(known=EVER, valid=None)] == ["48"]
        ledger.restate_packaged([base, mended], version="1")
        assert [row.statement.value for row in ledger.as_of(known=EVER, valid=None)] == ["43"]
