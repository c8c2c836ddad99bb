"""The whole note of the packaged sample, as a reader gets it, compared on every run.

After a change that is meant, write the files anew, read the difference, and commit it::

    HKCONCEPT_WRITE_GOLDEN=1 pytest tests/e2e/test_golden_note.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from e2e.commands import Run

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_note_of_the_sample_is_the_one_that_was_read(run: Run, language: str) -> None:
    done = run("note", "--sample", language, "--as-of", "2026-02-01")
    assert done.returncode == 0, done.stderr
    made = next((done.folder / "notes").glob(f"*/note.{language}.md")).read_text(encoding="utf-8")
    golden = GOLDEN / f"sample.{language}.md"
    if os.environ.get("HKCONCEPT_WRITE_GOLDEN"):
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")
