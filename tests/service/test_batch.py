"""Rows in, lines out: in order, with one process or several, whatever is among them."""

from __future__ import annotations

import io
import json

import pytest

from hkconcept.linking import Gazetteer
from hkconcept.model import Document, Extraction, Moment
from hkconcept.service import batch
from hkconcept.service.batch import answer_rows
from hkconcept.service.pipeline import extract

TODAY = Moment.parse("2026-07-31")
COMPANIES = ("信达生物（01801）", "康方生物（09926.HK）", "恒瑞医药（600276/01276）", "Zai Lab (9688.HK)")


def rows(count: int) -> list[bytes]:
    return [
        json.dumps(
            {"id": f"r{n}", "text": f"{COMPANIES[n % 4]}7月2日上涨{n}.5%", "published": "2026-07-02 18:00"}
        ).encode()
        for n in range(count)
    ]


def answered(lines: list[bytes], *, workers: int = 1, stories: bool = False) -> tuple[str, list[str]]:
    stream = io.BytesIO(b"\n".join(lines) + b"\n")
    answers = list(answer_rows(stream, Gazetteer.packaged(), today=TODAY, workers=workers, stories=stories))
    return "".join(a.lines for a in answers), [problem for a in answers for problem in a.problems]


def test_several_processes_give_the_same_lines_in_the_same_order() -> None:
    lines = rows(150)
    lines[70] = b"{"
    alone = answered(lines)
    shared = answered(lines, workers=2)
    assert shared == alone
    ids = [json.loads(line)["id"] for line in alone[0].splitlines()]
    assert ids == [f"r{n}" for n in range(150) if n != 70]
    assert alone[1] == ["standard input, line 71: the line is not JSON; give one JSON object a line, in UTF-8."]


def test_stories_are_the_same_however_many_processes_share_the_rows() -> None:
    lines = rows(90)
    alone, shared = answered(lines, stories=True), answered(lines, stories=True, workers=2)
    assert shared == alone
    assert all("novelty" in json.loads(line) for line in alone[0].splitlines())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{not json", "line 2: the line is not JSON"),
        (b'{"id": "x"}', "line 2: the row has no text"),
        (b'["text"]', "line 2: the row has no text"),
        (b'{"text": 5}', "line 2: the row has no text"),
        (b"\xff\xfe\x00", "line 2: the line is not JSON"),
        (b"[" * 100_000, "line 2: the line is not JSON"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_answered(line: bytes, said: str) -> None:
    good = rows(2)
    told, problems = answered([good[0], line, b"", good[1]])
    assert [json.loads(row)["id"] for row in told.splitlines()] == ["r0", "r1"]
    assert len(problems) == 1
    assert said in problems[0]


def test_a_line_that_is_too_long_is_read_past(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_MAX_LINE", 400)
    told, problems = answered([rows(1)[0], b'{"id":"long","text":"' + b"a" * 5000 + b'"}', rows(2)[1]])
    assert [json.loads(row)["id"] for row in told.splitlines()] == ["r0", "r1"]
    assert problems == ["standard input, line 2: the line is longer than 20 MB; split the document."]


def test_what_can_be_left_out_is_answered_with_a_warning() -> None:
    told, problems = answered(
        [
            b'\xef\xbb\xbf{"id": 7, "text": "\xe4\xbf\xa1\xe8\xbe\xbe\xe7\x94\x9f\xe7\x89\xa9", "published": "soon"}',
            b'{"id": 0, "text": "x", "language": "xx"}',
            b'{"text": "\\ud800", "language": "zh_TW"}',
        ]
    )
    found = [json.loads(line) for line in told.splitlines()]
    assert [row["id"] for row in found[:2]] == [7, 0]
    assert found[0]["mentions"][0]["code"] == "01801"
    assert len(found[2]["id"]) == 16
    assert [problem.split(";")[0] for problem in problems] == [
        "standard input, line 1: published 'soon' is no date",
        "standard input, line 2: language 'xx' is not known",
    ]


def test_a_fault_on_one_row_costs_that_row_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(document: Document, gazetteer: Gazetteer, *, today: Moment) -> Extraction:
        if document.id == "r1":
            raise RuntimeError("a fault")
        return extract(document, gazetteer, today=today)

    monkeypatch.setattr(batch, "extract", faulty)
    told, problems = answered(rows(3))
    assert [json.loads(row)["id"] for row in told.splitlines()] == ["r0", "r2"]
    assert "line 2: the row could not be answered (RuntimeError('a fault'))" in problems[0]
