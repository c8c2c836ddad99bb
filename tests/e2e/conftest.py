from __future__ import annotations

from pathlib import Path

import pytest

from e2e.commands import Run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The workspace of one test."""
    return tmp_path / "workspace"


@pytest.fixture
def run(tmp_path: Path, home: Path) -> Run:
    """The command, in an empty folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    return Run(folder, home)
