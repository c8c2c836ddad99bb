"""The measured bars, on passages that are not part of the project."""

import datetime as dt
import json
from pathlib import Path

import pytest

from hkconcept.linking import Gazetteer, link

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
GOLD = SHARED / "corpus" / "gold_dev.jsonl"
SEED = SHARED / "seed"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not GOLD.exists(), reason="the private corpus is not beside the repository"),
]


def test_mentions_and_wrong_codes_on_the_annotated_passages() -> None:
    gazetteer = Gazetteer.packaged()
    right = wrong = missed = flags_right = flags_wrong = flags_missed = spans_missed = 0
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        found = link(passage["text"], gazetteer, dt.date.fromisoformat(passage["published"][:10]))
        gold = {(m["start"], m["end"], m["code"]) for m in passage["mentions"] if m.get("code")}
        ours = {(m.span.start, m.span.end, str(m.code)) for m in found.mentions if m.code}
        right, wrong, missed = right + len(gold & ours), wrong + len(ours - gold), missed + len(gold - ours)
        bad = {(c["start"], c["end"]) for c in passage["codes"] if c.get("wrong")}
        flagged = {tuple(flag.span) for flag in found.flags if flag.kind == "wrong_code"}
        flags_right += len(bad & flagged)
        flags_wrong += len(flagged - bad)
        flags_missed += len(bad - flagged)
        spans_missed += sum(
            not any(s.start <= c["start"] and c["end"] <= s.end for s in found.code_spans) for c in passage["codes"]
        )
    assert right / (right + wrong) >= 0.985
    assert right / (right + missed) >= 0.97
    assert flags_right / (flags_right + flags_wrong) >= 0.98
    assert flags_right / (flags_right + flags_missed) >= 0.9
    assert spans_missed <= 2


def test_the_column_names_sixteen_securities() -> None:
    (path,) = SEED.glob("*.txt")
    found = link(path.read_text(encoding="utf-8"), Gazetteer.packaged(), dt.date(2026, 1, 8))
    named = "01276 06990 00013 09926 01801 01093 09995 01530 01167 02105 03692 06821 03759 06127 02269 02359"
    assert " ".join(m.code or "" for m in found.mentions) == named
    assert len(found.code_spans) == 16
    assert found.flags == ()
