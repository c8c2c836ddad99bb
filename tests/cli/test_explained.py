"""One document on a terminal: every finding with its reason, and nothing from the source obeyed."""

from __future__ import annotations

import pytest

from hkconcept.cli.explained import print_explained
from hkconcept.linking import Gazetteer
from hkconcept.model import Moment
from hkconcept.service.pipeline import extract
from hkconcept.service.sources import document_from_row

TODAY = Moment.parse("2026-07-31")


def test_findings_are_shown_with_their_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "凯莱英(02621.HK)：收入增长5%\n[bold]7月2日[/bold]，再鼎医药（09688）公告，\x1b[31m2026年一季度收入1.2亿元，"
        "同比增长15%；该药有望获批上市。"
    )
    row = {"id": "a", "text": text, "published": "2026-07-02 18:00"}
    document = document_from_row(row, where="test", now=TODAY)
    print_explained(document, extract(document, Gazetteer.packaged(), today=TODAY))
    shown = capsys.readouterr().out
    assert "\x1b[31m" not in shown
    assert "[bold]7月2日[/bold]" in shown
    assert "凯莱英 06821" in shown
    assert "the printed code 02621" in shown
    assert "再鼎医药 09688 (XNAS:ZLAB)" in shown
    assert "year on year 2025-Q1" in shown
    assert "currency assumed" in shown
    assert "wrong_code" in shown
    assert "approval 09688 expected" in shown
    assert "known by 2026-07-02 18:00 HKT" in shown
