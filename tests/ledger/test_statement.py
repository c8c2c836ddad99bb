import datetime as dt
import hashlib
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkconcept.ledger import Statement, document_key
from hkconcept.ledger.statement import JsonValue, canonical_json, withdrawal
from hkconcept.model import Document, Moment, Origin, Quote, Span

ROLE = Statement(
    subject_kind="security",
    subject="01801",
    attribute="role",
    value="innovator",
    known_at=Moment.parse("2018-10-31"),
    status="packaged",
    source="prospectus",
)

DIFFERENT = [
    replace(ROLE, subject_kind="issuer"),
    replace(ROLE, subject="02269"),
    replace(ROLE, attribute="stage"),
    replace(ROLE, value="cxo"),
    replace(ROLE, value=["innovator"]),
    replace(ROLE, known_at=Moment.parse("2018-11-01")),
    replace(ROLE, known_at=Moment.parse("2018-10-31 00:00")),  # the same instant, known to the minute
    replace(ROLE, status="accepted"),
    replace(ROLE, source="annual report"),
    replace(ROLE, valid_from=dt.date(2018, 10, 31)),
    replace(ROLE, valid_to=dt.date(2018, 10, 31)),
    replace(ROLE, document="00" * 32),
    replace(ROLE, document="00" * 32, quote=Quote("76", "", "", Span(3, 5))),
    replace(ROLE, document="00" * 32, quote=Quote("76", "", "", Span(4, 6))),
    replace(ROLE, supersedes="00" * 32),
]


def test_every_part_of_the_content_changes_the_id() -> None:
    ids = [ROLE.id, *(statement.id for statement in DIFFERENT)]
    assert len(set(ids)) == 1 + len(DIFFERENT)


def test_the_id_is_the_same_in_every_version() -> None:
    # Worked out by hand: the SHA-256 of this line is what existing ledgers hold.
    line = (
        '{"attribute":"role","document":null,"known_at":["2018-10-30T16:00:00+00:00","day",true],"quote":null,'
        '"source":"prospectus","status":"packaged","subject":"01801","subject_kind":"security",'
        '"valid_from":null,"valid_to":null,"value":"innovator"}'
    )
    assert ROLE.id == hashlib.sha256(line.encode()).hexdigest()


def test_the_id_does_not_depend_on_the_zone_or_on_the_printed_form() -> None:
    at = dt.datetime(2026, 1, 8, 8, 7, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    here = replace(ROLE, known_at=Moment(at, printed="08:07 08/01/2026"))
    there = replace(ROLE, known_at=Moment(at.astimezone(dt.UTC)))
    assert here.id == there.id


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": None}, '{"a":null,"b":1}'),
        (["恒瑞", "1.30", True], '["恒瑞","1.30",true]'),
        ((1, 2), "[1,2]"),
    ],
)
def test_canonical_json(value: JsonValue, text: str) -> None:
    assert canonical_json(value) == text


@pytest.mark.parametrize("value", [0.1, [0.1], {"share": {"of": (1, 0.5)}}, {1: "a"}, {"a": {"b"}}])
def test_json_without_a_faithful_form_is_refused(value: JsonValue) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"subject": ""}, "needs a subject kind"),
        ({"valid_from": dt.date(2026, 1, 8), "valid_to": dt.date(2026, 1, 8)}, "the end is exclusive"),
        ({"status": "retracted"}, "takes back"),
        ({"quote": Quote("a", "", "", Span(0, 1))}, "key of the document"),
    ],
)
def test_statements_that_could_never_be_answered_are_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(ROLE, **change)  # type: ignore[arg-type]


def test_a_withdrawal_takes_back_exactly_one_row_from_the_moment_it_was_known() -> None:
    taken_back = withdrawal(ROLE)
    assert (taken_back.supersedes, taken_back.status, taken_back.known_at) == (ROLE.id, "retracted", ROLE.known_at)


def test_each_reading_of_a_document_has_its_own_key() -> None:
    origin = Origin("a.md", "00" * 32, "text/markdown", "utf-8", Moment.parse("2026-01-08"))
    first = Document("d1", "76 drugs", "en", origin)
    assert document_key(first) == document_key(replace(first, title="another title"))
    assert document_key(first) != document_key(replace(first, text="76  drugs"))


def test_values_do_not_load_the_database_toolkit() -> None:
    code = "import sys, hkconcept.ledger, hkconcept.ledger.records; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(
    value=st.one_of(st.none(), st.text(), st.booleans(), st.integers(), st.lists(st.text(), max_size=3)),
    words=st.tuples(*(st.text(min_size=1),) * 4),
    known=st.sampled_from(["2026-01-08", "2026-01-08 08:07", "2026-01-08T00:07:01+00:00"]),
    first=st.one_of(st.none(), st.dates(dt.date(2000, 1, 1), dt.date(2020, 1, 1))),
    quote=st.one_of(st.none(), st.text(min_size=1, max_size=9)),
)
def test_a_statement_is_named_by_its_canonical_json(
    value: JsonValue, words: tuple[str, ...], known: str, first: dt.date | None, quote: str | None
) -> None:
    kind, subject, attribute, source = words
    row = Statement(
        subject_kind=kind,
        subject=subject,
        attribute=attribute,
        value=value,
        known_at=Moment.parse(known),
        status="accepted",
        valid_from=first,
        source=source,
        document="d" * 64 if quote else None,
        quote=Quote.cut(f"{quote} and more", Span(0, len(quote))) if quote else None,
    )
    moment = row.known_at
    fields: dict[str, JsonValue] = {
        "subject_kind": kind,
        "subject": subject,
        "attribute": attribute,
        "value": value,
        "known_at": [moment.at.astimezone(dt.UTC).isoformat(), moment.precision, moment.zone_assumed],
        "status": "accepted",
        "valid_from": first.isoformat() if first else None,
        "valid_to": None,
        "source": source,
        "document": row.document,
        "quote": [row.quote.exact, row.quote.prefix, row.quote.suffix, *row.quote.span] if row.quote else None,
    }
    named = hashlib.sha256(canonical_json(fields).encode("utf-8", "surrogatepass")).hexdigest()
    assert row.content == named
