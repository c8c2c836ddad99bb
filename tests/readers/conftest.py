"""What the tests of the readers share: a moment, a stand-in for language detection, an archive."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from hkconcept.model import Document, Language, Moment
from hkconcept.readers import Archive, read

NOW = Moment.parse("2026-01-09 09:00")


def by_characters(text: str) -> Language:
    return "zh-Hans" if any("\u4e00" <= char <= "\u9fff" for char in text) else "en"


@pytest.fixture
def read_bytes() -> Callable[[bytes], Document]:
    def _read(content: bytes) -> Document:
        return read("-", stdin=io.BytesIO(content), archive=None, now=NOW, detect_language=by_characters)

    return _read


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive", allow_loopback=True)
