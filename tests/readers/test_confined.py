from __future__ import annotations

from pathlib import Path

import pytest

from hkconcept.errors import SourceError
from hkconcept.readers.confined import run_confined

_BUSY = "def extract(content):\n    while True: pass\n"
_HOG = "def extract(content):\n    return len(bytearray(10 ** 10))\n"
_CRASH = "import os\ndef extract(content):\n    os.abort()\n"
_TALK = "def extract(content):\n    print('hello')\n    return 1\n"
_WRITE = "import pathlib\ndef extract(content):\n    pathlib.Path('left.bin').write_bytes(b'x')\n"


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "made_child.py"


def test_the_answer_comes_back(child: Path) -> None:
    child.write_text("def extract(content):\n    return {'bytes': len(content), 'zh': '药'}\n", encoding="utf-8")
    assert run_confined("made_child", b"12345", where="a.pdf", todo="x") == {"bytes": 5, "zh": "药"}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (_BUSY, "a.pdf: stopped: reading it took more than 1 s; give less."),
        (_HOG, "a.pdf: stopped: reading it needs more than 300 MB; give less."),
        (_CRASH, "a.pdf: stopped: reading it needs more than 300 MB; give less."),
        (_TALK, "a.pdf: the file is damaged: its reader broke off; give less."),
        (_WRITE, "a.pdf: the file is damaged: its reader broke off; give less."),
    ],
)
def test_whatever_happens_is_one_sentence(child: Path, code: str, told: str) -> None:
    child.write_text(code, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        run_confined("made_child", b"", where="a.pdf", todo="give less", seconds=1, megabytes=300)
    assert str(caught.value) == told
    left = child.with_name("left.bin")
    assert not left.exists() or left.stat().st_size == 0
