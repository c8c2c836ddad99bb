"""Agreement with people's reading of real news, the companies given."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from hkconcept.events import find_events
from hkconcept.model import DateMention, Judgement, Mention, PartialDate, Span, StockCode

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"


def predicted(passage: dict[str, Any]) -> list[dict[str, str | None]]:
    mentions = [
        Mention(
            Span(mention["start"], mention["end"]),
            mention["surface"],
            Judgement.LINKED if mention.get("code") else Judgement.NOT_IN_HK,
            StockCode(mention["code"]) if mention.get("code") else None,
        )
        for mention in passage["mentions"]
    ]
    dates = [
        DateMention(Span(date["start"], date["end"]), PartialDate.parse(date["value"]))
        for date in passage["dates"]
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", date["value"])
    ]
    day = re.match(r"\d{4}-\d{2}-\d{2}", passage.get("published") or "")
    events = find_events(
        passage["text"],
        language=passage["language"],
        mentions=mentions,
        dates=dates,
        quantities=(),
        published=dt.date.fromisoformat(day.group()) if day else None,
    )
    return [{"type": event.type, "code": code} for event in events for code in event.codes or (None,)]


@pytest.mark.corpus
@pytest.mark.skipif(not (CORPUS / "gold_dev.jsonl").is_file(), reason="the private corpus is not there")
def test_events_agree_with_readers() -> None:
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    lines = (CORPUS / "gold_dev.jsonl").read_text(encoding="utf-8").splitlines()
    passages = [json.loads(line) for line in lines if line.strip()]
    total, _ = score.score(passages, {p["id"]: {"events": predicted(p)} for p in passages})
    precision, recall, f1 = score.prf(total["all"]["event"])
    assert f1 >= 0.95
    assert min(precision, recall) >= 0.93
