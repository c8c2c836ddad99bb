"""The readers against real pages with gold, where the private corpus is present."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from hkconcept.readers.dateline import machine_moment
from hkconcept.readers.encoding import decode
from hkconcept.readers.html import read_html

FORMATS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "formats"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not FORMATS.is_dir(), reason="the private corpus of pages is not here"),
]


def _cases() -> list[Path]:
    return [
        path
        for path in sorted((FORMATS / "gold").glob("*.html.json"))
        if json.loads(path.read_text(encoding="utf-8")).get("kind") == "article"
    ]


def _grams(text: str) -> Counter[str]:
    plain = re.sub(r"\s+", "", text)
    return Counter(plain[at : at + 4] for at in range(len(plain) - 3))


def _f1(found: str, gold: str) -> float:
    ours, theirs = _grams(found), _grams(gold)
    shared = (ours & theirs).total()
    return 2 * shared / max(1, ours.total() + theirs.total())


def test_main_text_title_and_date_of_real_pages() -> None:
    scores: list[float] = []
    titles: list[str] = []
    dates: list[str] = []
    for path in _cases():
        gold = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".json")
        body = FORMATS / "gold" / f"{name}.body.txt"
        if not body.exists():
            body = FORMATS / "gold" / f"{re.sub(r'_(gb18030|big5)[.]', '.', name)}.body.txt"
        decoded = decode((FORMATS / "pages" / name).read_bytes(), where=name)
        assert decoded.encoding == gold["encoding"], name
        seen = read_html(decoded.text, where=name)
        scores.append(_f1(seen.text, body.read_text(encoding="utf-8")))
        titles += [] if seen.title.split() == gold["title"].split() else [name]
        day = machine_moment(gold["published"]).at.date() if gold["published"] else None  # type: ignore[union-attr]
        dates += [] if (seen.published.at.date() if seen.published else None) == day else [name]
    assert len(scores) >= 30
    assert sum(scores) / len(scores) > 0.985
    assert min(scores) > 0.85
    assert (titles, dates) == ([], [])
